"""Evidence for sentences of the opinion, in the window: attached at the cursor, led back to, told when it is stale."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain.evidence import Anchor
from app.domain.review import Citation, OpinionPart
from tests.support.desks import INDICATOR, DeskStory
from tests.ui.desk.conftest import OpenWindow
from tests.ui.desk.test_review import real_dossier
from ui.desk.evidence_row import EvidenceRow
from ui.desk.review_screen import ReviewScreen

Opener = Callable[[DeskStory], OpenWindow]
STRENGTHS = OpinionPart.STRENGTHS
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(stories: Callable[..., DeskStory], open_window: Opener) -> OpenWindow:
    return open_window(stories("assigned", "2026-0001").unlock())


def written(opened: OpenWindow, text: str = "检测能力完整。售后数据齐全。") -> ReviewScreen:
    """The opinion with two sentences, the cursor in the first, a document in view."""
    review = opened.review()
    review.show_opinion()
    edit = review.opinion.strengths
    edit.setFocus()
    edit.setPlainText(text)
    cursor = edit.textCursor()
    cursor.setPosition(min(2, len(text)))
    edit.setTextCursor(cursor)
    opened.settle()
    return review


def anchor(opened: OpenWindow) -> Anchor:
    return Anchor(opened.story.dossiers[0].documents[0].sha256, page=1)


def test_what_is_cited_goes_to_the_sentence_at_the_cursor(opened: OpenWindow) -> None:
    review = written(opened)
    review.viewer.cited.emit(anchor(opened))
    opened.settle()
    assert opened.sheet().draft.citations == (Citation(STRENGTHS, "检测能力完整", (anchor(opened),)),)
    assert review.opinion.citations[STRENGTHS].words() == ("“检测能力完整”",)


def test_control_e_cites_the_page_in_view_without_leaving_the_text(
    stories: Callable[..., DeskStory], open_window: Opener
) -> None:
    opened = open_window(real_dossier(stories("enrolled")))
    review = written(opened)
    opened.qtbot.waitUntil(lambda: review.viewer.current_anchor() is not None)
    opened.press(Qt.Key.Key_E, CONTROL)
    opened.settle()
    assert opened.sheet().draft.citations[0].sentence == "检测能力完整"
    assert opened.window.focusWidget() is review.opinion.strengths


def test_one_click_leads_back_to_the_place_and_del_takes_it_away(opened: OpenWindow) -> None:
    review = written(opened)
    review.viewer.cited.emit(anchor(opened))
    opened.settle()
    wanted: list[Anchor] = []
    review.opinion.anchor_wanted.connect(wanted.append)
    (row,) = review.opinion.citations[STRENGTHS].findChildren(EvidenceRow)
    (chip,) = row.chips()
    chip.click()
    assert wanted == [anchor(opened)]
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    opened.settle()
    assert opened.sheet().draft.citations == ()
    assert review.opinion.citations[STRENGTHS].isHidden()


def test_a_rewritten_sentence_says_so_and_is_tied_again(opened: OpenWindow) -> None:
    review = written(opened)
    review.viewer.cited.emit(anchor(opened))
    opened.settle()
    review.opinion.strengths.setPlainText("检测能力较完整。")
    opened.window.saver.flush()
    opened.settle()
    lines = review.opinion.citations[STRENGTHS]
    assert len(lines.words()) == 2
    retie = next(b for b in lines.findChildren(QPushButton) if b.accessibleName().startswith(("Tie", "把")))
    retie.click()
    opened.settle()
    assert opened.sheet().draft.citations == (Citation(STRENGTHS, "检测能力较完整", (anchor(opened),)),)
    assert len(lines.words()) == 1


def test_without_a_sentence_citing_says_what_to_do(opened: OpenWindow) -> None:
    review = written(opened, "")
    review.viewer.cited.emit(anchor(opened))
    opened.settle()
    assert opened.sheet().draft.citations == ()
    assert "sentence_missing" in opened.window.property("teller").recent_codes()


def test_scores_without_evidence_are_counted_all_the_time(opened: OpenWindow) -> None:
    opened.story.desk.scoring.set_score(opened.story.review, INDICATOR, percent=75)
    review = opened.review()
    review.go_to(INDICATOR)
    assert "1" in review.bar.uncited.text()
    review.form.attach(anchor(opened))
    opened.settle()
    assert "1" not in review.bar.uncited.text()


def test_the_length_of_a_text_is_shown_while_it_is_typed(opened: OpenWindow) -> None:
    review = opened.review()
    review.form.focus_reason()
    opened.type("three short words")
    assert "3" in review.form.reason_head.words()
