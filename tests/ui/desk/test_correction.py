"""A dossier that changed, in the window: the notice, the list, confirming by keys, and the reason to sign again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.evidence import Anchor
from app.i18n import _
from app.words.corrections import correction_words, reason_words
from tests.support.desks import INDICATOR, DeskStory
from tests.support.secretariat import dossier
from tests.ui.desk.conftest import OpenWindow

Start = Callable[[DeskStory], OpenWindow]
CODE = "2026-0001"


@pytest.fixture
def story(stories: Callable[..., DeskStory]) -> DeskStory:
    """A complete review whose one score rests on the second document."""
    begun = stories("complete", CODE)
    begun.desk.scoring.mark_opened(begun.review)
    anchor = Anchor(begun.dossiers[0].documents[1].sha256, page=1)
    begun.desk.scoring.attach_evidence(begun.review, INDICATOR, anchor)
    return begun


def correct(story: DeskStory, *files: bytes) -> None:
    changed = dossier(CODE, files=files)
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, [changed]))


def test_the_notice_says_what_is_to_be_confirmed_and_goes_when_it_is(story: DeskStory, open_window: Start) -> None:
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    opened = open_window(story)
    review = opened.review()
    corrections = review.corrections
    correction = opened.sheet().task.correction
    assert correction
    assert correction_words(correction) in corrections.notice.words()
    corrections.notice.look.click()
    assert corrections.list.isVisible()
    focused = review.window().focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == _("Go there")
    stands = next(b for b in corrections.list.findChildren(QPushButton) if b.text() == _("Stands"))
    stands.setFocus()
    opened.press(Qt.Key.Key_Space)
    opened.settle()
    assert not corrections.notice.isVisible()
    assert opened.sheet().task.correction is None


def test_going_there_opens_the_indicator(story: DeskStory, open_window: Start) -> None:
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    opened = open_window(story)
    review = opened.review()
    review.corrections.notice.look.click()
    opened.press(Qt.Key.Key_Space)
    assert review.form.isVisible()


def test_an_addition_is_noted_and_put_away(story: DeskStory, open_window: Start) -> None:
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 two", b"%PDF-1.7 three")
    opened = open_window(story)
    notice = opened.review().corrections.notice
    correction = opened.sheet().task.correction
    assert correction
    assert correction_words(correction) in notice.words()
    assert not notice.look.isVisible()
    notice.read.click()
    opened.settle()
    assert not notice.isVisible()


def test_a_signed_review_proposes_the_reason_to_open_it_with(story: DeskStory, open_window: Start) -> None:
    story.seal()
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    opened = open_window(story)
    correction = opened.sheet().task.correction
    assert correction
    review = opened.review()
    review.ask_for_revision()
    opened.press(Qt.Key.Key_Return)
    opened.settle()
    assert opened.sheet().revision_reason == reason_words(correction)
    assert review.corrections.notice.look.isVisible()


def test_reason_for_a_revision_waits_for_another_day_and_belongs_to_its_review(
    stories: Callable[..., DeskStory], open_window: Start, type_text: Callable[[QWidget, str], None]
) -> None:
    story = stories("complete")
    story.seal()
    second = story.dossiers[1].review
    opened = open_window(story)
    type_text(opened.review().notice._reason, "示例：补充证据")
    opened.tasks.open_review(second)
    opened.settle()
    assert opened.tasks.review.notice._reason.text() == ""
    opened.close()

    opened = open_window(story)
    notice = opened.review().notice
    assert notice._reason.text() == "示例：补充证据"
    notice._open.click()
    opened.settle()
    assert opened.sheet().revision_reason == "示例：补充证据"
    assert story.desk.unwritten.all() == {}
