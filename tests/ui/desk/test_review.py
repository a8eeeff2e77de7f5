"""Scoring beside the dossier: by keys alone, saved at once, taken back, tied to pages."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.application import Document, MediaType
from app.domain.evidence import Anchor
from app.domain.ids import ReviewId
from app.domain.review import Recommendation
from app.domain.scoring import Standing
from app.packages import canonical
from tests.support import stranger_files
from tests.support.desks import INDICATOR, DeskStory
from tests.support.secretariat import Dossier, face
from tests.ui.desk.conftest import OpenWindow
from ui.desk.outline import Done
from ui.desk.words import final_words, total_words

Opener = Callable[[DeskStory], OpenWindow]
Stories = Callable[..., DeskStory]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(stories: Stories, open_window: Opener) -> OpenWindow:
    return open_window(stories("assigned").unlock())


def entry(opened: OpenWindow) -> tuple[Standing | None, int | None, str]:
    found = opened.sheet().draft.entry(INDICATOR)
    return found.standing, found.percent, found.reason


def test_an_indicator_is_scored_by_keys_alone(opened: OpenWindow) -> None:
    review = opened.review()
    assert opened.window.focusWidget() is review.form.ruler.field
    opened.type("75")
    opened.press(Qt.Key.Key_Tab)
    assert opened.window.focusWidget() is review.form.reason
    opened.type("audited")
    opened.press(Qt.Key.Key_Tab)
    assert opened.window.focusWidget() is review.form.evidence.cite
    opened.press(Qt.Key.Key_Tab)
    assert opened.window.focusWidget() is review.form.ruler.field
    assert review.form.indicator() == "ip_achievement"
    opened.settle()
    assert entry(opened) == (Standing.GIVEN, 75, "audited")


def test_a_click_into_the_field_of_the_score_puts_the_keyboard_there(opened: OpenWindow) -> None:
    review = opened.review()
    review.form.reason.setFocus()
    QTest.mouseClick(review.form.ruler.field, Qt.MouseButton.LeftButton)
    assert opened.window.focusWidget() is review.form.ruler.field
    opened.type("75")
    review.finish_typing()
    opened.settle()
    assert entry(opened)[1] == 75


def test_full_width_digits_are_understood(opened: OpenWindow, type_text: Callable[[QWidget, str], None]) -> None:
    review = opened.review()
    type_text(review.form.ruler.field, "７５")
    review.finish_typing()
    opened.settle()
    assert entry(opened)[1] == 75


def test_per_cent_between_two_steps_is_answered_and_not_saved(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("33")
    opened.press(Qt.Key.Key_Return)
    assert review.form.ruler.problem()
    opened.settle()
    assert entry(opened)[0] is None


def test_a_number_that_cannot_be_stays_and_is_marked_until_it_is_mended(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("33")
    opened.press(Qt.Key.Key_Tab)
    opened.type("audited")
    opened.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    opened.settle()
    assert [row.done for row in review.outline.rows()][:2] == [Done.REFUSED, Done.REFUSED]
    assert entry(opened) == (None, None, "audited")
    opened.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert review.form.ruler.field.text() == "33"
    assert "30 或 35" in review.form.ruler.problem()
    review.close_review()
    opened.tasks.open_review(opened.story.review)
    opened.settle()
    assert review.form.ruler.field.text() == "33"
    review.form.ruler.field.selectAll()
    opened.type("35")
    opened.press(Qt.Key.Key_Return)
    opened.settle()
    assert entry(opened)[1] == 35
    assert Done.REFUSED not in {row.done for row in review.outline.rows()}


def test_signing_leads_to_a_number_that_was_not_taken_instead_of_taking_the_old_one(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("75")
    opened.press(Qt.Key.Key_Return)
    review.form.focus_value()
    opened.type("33")
    review.show_opinion()
    opened.tasks._check.trigger()
    assert review.screen_code() == "D13"
    assert review.form.ruler.field.text() == "33"
    opened.settle()
    assert entry(opened)[1] == 75


def test_undo_takes_back_a_number_that_was_not_taken_first(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("75")
    opened.press(Qt.Key.Key_Return)
    review.form.focus_value()
    opened.type("33")
    review.form.ruler.decide()
    opened.press(Qt.Key.Key_Z, CONTROL)
    opened.settle()
    assert review.form.ruler.field.text() == "75"
    assert entry(opened)[1] == 75


def test_a_value_goes_to_the_indicator_it_was_typed_for(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("75")
    opened.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    opened.settle()
    assert entry(opened)[1] == 75
    assert review.form.ruler.field.text() == ""


def test_a_number_typed_on_the_way_back_takes_the_place_of_the_one_before(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("75")
    opened.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    opened.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    opened.settle()
    opened.type("50")
    opened.press(Qt.Key.Key_Return)
    opened.settle()
    assert not review.form.ruler.problem()
    assert entry(opened)[1] == 50


def test_every_keystroke_is_in_the_store_within_a_second(opened: OpenWindow) -> None:
    review = opened.review()
    review.form.reason.setFocus()
    opened.type("half a word")
    opened.qtbot.waitUntil(lambda: entry(opened)[2] == "half a word", timeout=1000)
    assert review.form.reason.hasFocus()


def test_what_was_typed_survives_closing_at_once(opened: OpenWindow) -> None:
    review = opened.review()
    review.form.reason.setFocus()
    opened.type("just before closing")
    opened.close()
    assert entry(opened)[2] == "just before closing"


def test_locking_waits_until_everything_is_saved(opened: OpenWindow) -> None:
    review = opened.review()
    review.form.ruler.field.setFocus()
    opened.type("50")
    with opened.qtbot.waitSignal(opened.window.lock_requested) as locked:
        opened.press(Qt.Key.Key_L, CONTROL)
    assert locked.args == ["D01"]
    assert entry(opened)[1] == 50


def test_typing_goes_on_while_the_store_answers(opened: OpenWindow) -> None:
    review = opened.review()
    review.form.reason.setFocus()
    opened.type("one")
    opened.window.saver.flush()
    opened.type(" two")
    opened.settle()
    assert review.form.reason.toPlainText() == "one two"
    assert entry(opened)[2] == "one two"


def test_undo_and_redo_work_from_inside_the_fields(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("75")
    opened.press(Qt.Key.Key_Return)
    opened.settle()
    opened.type("why")
    opened.press(Qt.Key.Key_Z, CONTROL)
    opened.settle()
    assert review.form.reason.toPlainText() == ""
    assert entry(opened) == (Standing.GIVEN, 75, "")
    opened.press(Qt.Key.Key_Z, CONTROL)
    opened.settle()
    assert entry(opened)[0] is None
    assert review.form.ruler.field.text() == ""
    for _step in range(2):
        opened.press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        opened.settle()
    assert entry(opened) == (Standing.GIVEN, 75, "why")


def test_no_total_is_told_before_everything_is_dealt_with(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("95")
    opened.press(Qt.Key.Key_Return)
    opened.settle()
    assert opened.tasks.about().endswith("38 分 · 已评 1/24")
    assert review.outline.rows()[0].tail == "38/160"
    opened.tasks.show_list()
    opened.settle()
    task = opened.story.desk.tasks.task(opened.story.review)
    assert final_words(task) == ""


def test_the_total_of_a_complete_review_has_two_decimals_as_on_paper(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("complete"))
    opened.review()
    total = total_words(opened.sheet().totals.total)
    assert re.fullmatch(r"\d+\.\d\d", total)
    assert opened.tasks.about().endswith(f"24/24 已评 · {total}/1000")
    assert final_words(opened.sheet().task) == total


def test_control_enter_finds_the_next_unscored(opened: OpenWindow) -> None:
    review = opened.review()
    opened.story.desk.scoring.set_score(
        opened.story.review, review.editor.sheet.rubric.dimensions[0].indicators[1].id, percent=60
    )
    opened.type("75")
    review.editor._read()
    opened.settle()
    opened.press(Qt.Key.Key_Return, CONTROL)
    opened.settle()
    assert review.form.indicator() == "product_process_innovation"


def test_cannot_judge_asks_for_a_reason_and_counts_as_missing(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("?")
    opened.settle()
    sheet = opened.sheet()
    assert sheet.draft.entry(INDICATOR).standing is Standing.UNJUDGED
    assert f"reason:{INDICATOR}" in {missing.key() for missing in sheet.missing}
    assert review.form._reason_label.property("role") == "warn"


def test_cap_lowers_a_value_and_is_kept(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("90")
    opened.press(Qt.Key.Key_Return)
    review.form.ruler._cap.click()
    opened.settle()
    found = opened.sheet().draft.entry(INDICATOR)
    assert (found.percent, found.at_cap) == (45, True)


def test_rail_shows_how_far_each_part_is(opened: OpenWindow) -> None:
    review = opened.review()
    opened.type("75")
    opened.press(Qt.Key.Key_Return)
    opened.settle()
    rows = {row.text: row.done for row in review.outline.rows()}
    assert list(rows.values())[:3] == [Done.PARTLY, Done.ALL, Done.NOTHING]


def test_opinion_is_saved_as_it_is_written(opened: OpenWindow) -> None:
    review = opened.review()
    review.show_opinion()
    review.opinion._no.click()
    review.opinion.strengths.setFocus()
    opened.type("strong")
    review.opinion.concerns.setFocus()
    opened.type("weak")
    review.finish_typing()
    opened.settle()
    opinion = opened.sheet().draft.opinion
    assert (opinion.recommend, opinion.strengths, opinion.concerns) == (Recommendation.NO, "strong", "weak")


def test_veto_fact_is_noted_and_taken_back(opened: OpenWindow) -> None:
    review = opened.review()
    review.show_opinion()
    line = review.opinion.vetoes._lines["V2"]
    line._tick.click()
    line._fact.setPlainText("商标已失效")
    review.finish_typing()
    opened.settle()
    assert [(v.veto, v.fact) for v in opened.sheet().draft.vetoes] == [("V2", "商标已失效")]
    line._tick.click()
    opened.settle()
    assert opened.sheet().draft.vetoes == ()


def test_missing_list_leads_to_each_gap(opened: OpenWindow) -> None:
    review = opened.review()
    opened.tasks._check.trigger()
    assert review.screen_code() == "D15"
    last = opened.sheet().missing[-1]
    review.missing.wanted.emit(last)
    assert opened.window.focusWidget() is review.opinion.concerns


def test_signed_review_is_read_only_until_a_revision_is_opened(stories: Stories, open_window: Opener) -> None:
    story = stories("complete")
    story.seal(story.review)
    opened = open_window(story)
    review = opened.review()
    assert review.form.ruler.field.isReadOnly()
    assert review.form.reason.isReadOnly()
    assert opened.tasks.primary_action() is None
    review.notice._reason.setText("补充证据后重评")
    review.notice._open.click()
    opened.settle()
    assert not review.form.ruler.field.isReadOnly()
    sheet = opened.sheet()
    assert (sheet.revision, sheet.revision_reason) == (2, "补充证据后重评")
    review.notice._discard.click()
    opened.settle()
    assert not opened.sheet().is_editable


def real_dossier(story: DeskStory) -> DeskStory:
    """Assign one application with documents that can be opened."""
    data = stranger_files.pdf(("One", "Two", "Three"))
    picture = stranger_files.picture()
    files = (
        (Document(canonical.sha256(data), len(data), MediaType.PDF, "申请书.pdf", 3), data),
        (Document(canonical.sha256(picture), len(picture), MediaType.PNG, "照片.png"), picture),
    )
    story.dossiers = (Dossier(ReviewId("01930000-0000-7000-8000-000000000001"), face("2026-0001"), files),)
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers))
    return story.unlock()


def test_page_in_view_is_attached_and_one_click_goes_back(stories: Stories, open_window: Opener) -> None:
    opened = open_window(real_dossier(stories("enrolled")))
    review = opened.review()
    document = opened.story.dossiers[0].documents[0].sha256
    opened.qtbot.waitUntil(lambda: review.viewer.current_anchor() == Anchor(document, page=1))
    review.viewer.go_to(Anchor(document, page=3))
    opened.qtbot.waitUntil(lambda: review.viewer.current_anchor() == Anchor(document, page=3))
    opened.press(Qt.Key.Key_E, CONTROL)
    opened.settle()
    assert opened.sheet().draft.entry(INDICATOR).evidence == (Anchor(document, page=3),)
    assert len(review.form.evidence.chips()) == 1
    review.viewer.go_to(Anchor(document, page=1))
    opened.qtbot.waitUntil(lambda: review.viewer.current_anchor() == Anchor(document, page=1))
    review.form.evidence.chips()[0].click()
    opened.qtbot.waitUntil(lambda: review.viewer.current_anchor() == Anchor(document, page=3))
    review.form.evidence.chips()[0].setFocus()
    opened.press(Qt.Key.Key_Delete)
    opened.settle()
    assert opened.sheet().draft.entry(INDICATOR).evidence == ()


@pytest.mark.parametrize(("width", "height", "is_folded"), [(1366, 690, False), (911, 460, True)])
def test_file_list_and_radar_fold_away_where_the_window_is_small(
    opened: OpenWindow, width: int, height: int, *, is_folded: bool
) -> None:
    review = opened.review()
    opened.window.resize(width, height)
    opened.settle()
    assert opened.window.width() == width
    assert review.viewer.documents.isHidden() is is_folded
    assert review.radar.isHidden() is is_folded


def test_everything_to_score_one_indicator_fits_on_a_small_laptop(opened: OpenWindow) -> None:
    review = opened.review()
    for indicator in opened.sheet().rubric.indicators:
        review.go_to(indicator.id)
        assert review.form.verticalScrollBar().maximum() == 0, indicator.number
