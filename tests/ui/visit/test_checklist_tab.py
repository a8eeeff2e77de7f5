"""The checklist in the window: graded by keys, noted as one types, asked and answered, at a desk and on a tablet."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.ids import ItemId
from app.domain.onsite.record import RecordState
from app.services.visit_notes import RecordDraft
from tests.support.visit_photos import PAPER, PlannedVisit, picture
from tests.ui.visit.conftest import Checklist
from ui.theme import px
from ui.tokens import Size
from ui.visit.checklist_tab import ChecklistTab

Start = Callable[..., Checklist]
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def words_of(shown: Checklist) -> str:
    """What the list says of the item that is marked."""
    line = shown.tab.list.currentItem()
    assert line is not None
    return line.text(1)


def test_number_keys_grade_and_the_list_shows_it(checklist: Start) -> None:
    shown = checklist()
    shown.tab.list.setFocus()
    QTest.keyClick(shown.tab.list, Qt.Key.Key_3)
    shown.settle()
    assert dict(shown.sheet.settled) == {"A1": Grade.MINOR}
    assert shown.tab.page.grades.buttons[Grade.MINOR].isChecked()
    assert "○" in words_of(shown)
    assert shown.tab.page.ungrounded.isVisible()  # where the facts belong is said at once
    QTest.keyClick(shown.tab.list, Qt.Key.Key_2)
    shown.settle()
    assert not shown.tab.page.ungrounded.isVisible()


def test_same_key_again_leaves_the_grade_and_the_same_box_takes_it_back(checklist: Start) -> None:
    shown = checklist()
    for _n in range(2):
        QTest.keyClick(shown.tab.list, Qt.Key.Key_1)
        shown.settle()
    assert dict(shown.sheet.settled) == {"A1": Grade.STRONG}
    QTest.mouseClick(shown.tab.page.grades.buttons[Grade.STRONG], Qt.MouseButton.LeftButton)
    shown.settle()
    assert shown.sheet.settled == ()


def test_last_grade_is_taken_back_by_key(checklist: Start) -> None:
    shown = checklist()
    for key in (Qt.Key.Key_2, Qt.Key.Key_4):
        QTest.keyClick(shown.tab.list, key)
        shown.settle()
    QTest.keyClick(shown.tab.list, Qt.Key.Key_Z, CONTROL)
    shown.settle()
    assert dict(shown.sheet.settled) == {"A1": Grade.CONFORM}
    QTest.keyClick(shown.tab.list, Qt.Key.Key_Z, CONTROL)
    shown.settle()
    assert shown.sheet.settled == ()


def test_veto_item_has_two_boxes(checklist: Start) -> None:
    shown = checklist()
    shown.tab.go_to(ItemId("B3"))
    boxes = [grade for grade, button in shown.tab.page.grades.buttons.items() if button.isVisible()]
    assert boxes == [Grade.PASS, Grade.FAIL]
    QTest.keyClick(shown.tab.list, Qt.Key.Key_3)
    shown.settle()
    assert shown.sheet.settled == ()
    QTest.keyClick(shown.tab.list, Qt.Key.Key_4)
    shown.settle()
    assert dict(shown.sheet.settled) == {"B3": Grade.FAIL}


def test_number_that_means_conforming_never_fails_a_veto_item(checklist: Start) -> None:
    shown = checklist()
    for item in ("A2", "B3"):
        shown.tab.go_to(ItemId(item))
        QTest.keyClick(shown.tab.list, Qt.Key.Key_2)
        shown.settle()
    assert dict(shown.sheet.settled) == {"A2": Grade.CONFORM, "B3": Grade.PASS}
    assert shown.tab.page.grades.buttons[Grade.PASS].text().startswith("2 ")


def test_control_enter_finds_the_next_without_a_grade(checklist: Start) -> None:
    def before(planned: PlannedVisit) -> None:
        for item in ("A1", "A2", "A3"):
            planned.desk.visits.notes.grade(planned.visit, ItemId(item), Grade.CONFORM)

    shown = checklist(before)
    QTest.keyClick(shown.tab.list, Qt.Key.Key_Return, CONTROL)
    assert shown.tab.item() == "A4"
    shown.tab.page.record.seen.setFocus()
    QTest.keyClick(shown.tab.page.record.seen, Qt.Key.Key_Return, CONTROL)
    assert shown.tab.item() == "A5"


def test_arrows_walk_the_list_and_the_boxes(checklist: Start) -> None:
    shown = checklist()
    shown.tab.list.setFocus()
    QTest.keyClick(shown.tab.list, Qt.Key.Key_Down)
    assert shown.tab.item() == "A2"
    button = shown.tab.page.grades.first()
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Down)
    assert shown.tab.item() == "A3"
    QTest.keyClick(shown.tab, Qt.Key.Key_Up, ALT)
    assert shown.tab.item() == "A2"


def test_note_is_saved_as_it_is_typed_and_stays_one_record(checklist: Start) -> None:
    shown = checklist()
    record = shown.tab.page.record
    record.seen.setFocus()
    QTest.keyClicks(record.seen, "two of 8")
    shown.settle()
    QTest.keyClicks(record.seen, " unsigned")
    shown.settle()
    record.more.click()
    QTest.keyClicks(record.place, "lab")
    QTest.keyClicks(record.population, "120")
    QTest.keyClicks(record.looked_at, "8")
    shown.settle()
    (kept,) = shown.sheet.records
    assert (kept.seen, kept.place, kept.population, kept.sample_size) == ("two of 8 unsigned", "lab", 120, 8)
    assert kept.methods == (Method.INTERVIEW,)
    assert shown.sheet.settled == ()


def test_digits_in_a_note_are_no_grades(checklist: Start) -> None:
    shown = checklist()
    shown.tab.page.record.seen.setFocus()
    QTest.keyClicks(shown.tab.page.record.seen, "12345")
    shown.settle()
    assert shown.sheet.settled == ()
    assert shown.sheet.records[0].seen == "12345"


def test_note_of_another_item_begins_empty_and_comes_back(checklist: Start) -> None:
    shown = checklist()
    QTest.keyClicks(shown.tab.page.record.seen, "first")
    shown.tab.step(1)
    assert shown.tab.page.record.seen.toPlainText() == ""
    QTest.keyClicks(shown.tab.page.record.seen, "second")
    shown.settle()
    shown.tab.step(-1)
    assert shown.tab.page.record.seen.toPlainText() == "first"
    assert [(one.item, one.seen) for one in shown.sheet.records] == [("A1", "first"), ("A2", "second")]


def test_another_note_is_another_record(checklist: Start) -> None:
    shown = checklist()
    record = shown.tab.page.record
    QTest.keyClicks(record.seen, "one")
    shown.settle()
    record.new.click()
    QTest.keyClicks(record.seen, "two")
    shown.settle()
    assert sorted(one.seen for one in shown.sheet.records) == ["one", "two"]


def test_sample_larger_than_its_population_is_told_before_it_is_saved(checklist: Start, english: None) -> None:
    shown = checklist()
    record = shown.tab.page.record
    QTest.keyClicks(record.seen, "x")
    record.more.click()
    QTest.keyClicks(record.population, "3")
    QTest.keyClicks(record.looked_at, "5")
    shown.settle()
    assert "More were looked at" in record.hint.text()
    assert shown.window.refused == []


def test_paper_of_a_member_is_typed_with_the_name_of_its_sheet(checklist: Start, english: None) -> None:
    shown = checklist()
    shown.tab.author.setCurrentIndex(shown.tab.author.findData(PAPER))
    shown.tab.author.activated.emit(shown.tab.author.currentIndex())
    record = shown.tab.page.record
    QTest.keyClicks(record.seen, "from paper")
    shown.settle()
    assert not shown.sheet.records
    assert "paper sheet" in record.hint.text()
    QTest.keyClicks(record.sheet_name, "No. 3")
    QTest.keyClick(shown.tab.list, Qt.Key.Key_2)
    shown.settle()
    (kept,) = shown.sheet.records
    assert (kept.author, kept.typed_by, kept.paper) == (PAPER, shown.sheet.me, "No. 3")
    assert [(one.author, one.grade) for one in shown.sheet.grades] == [(PAPER, Grade.CONFORM)]


def test_grades_that_differ_are_shown_beside_the_item(checklist: Start) -> None:
    def before(planned: PlannedVisit) -> None:
        planned.desk.visits.notes.grade(planned.visit, ItemId("A1"), Grade.CONFORM)
        planned.desk.visits.notes.grade(planned.visit, ItemId("A1"), Grade.MAJOR, author=PAPER)

    shown = checklist(before)
    assert "示例组员" in shown.tab.page.others.text()
    assert "≠" in words_of(shown)


def test_record_is_withdrawn_only_with_a_reason(checklist: Start) -> None:
    def before(planned: PlannedVisit) -> None:
        draft = RecordDraft(item=ItemId("A1"), methods=(Method.RECORD,), seen="示例所见")
        planned.desk.visits.notes.record(planned.visit, draft)

    shown = checklist(before)
    records = shown.tab.page.records
    records.list.setCurrentRow(0)
    records.withdraw.click()
    shown.settle()
    assert records.note.isVisible()
    assert shown.sheet.records[0].state is RecordState.STANDING
    QTest.keyClicks(records.reason, "disproved")
    records.withdraw.click()
    shown.settle()
    (kept,) = shown.sheet.records
    assert (kept.state, kept.state_reason) == (RecordState.WITHDRAWN, "disproved")
    assert "disproved" in records.list.item(0).text()


def test_sample_is_drawn_by_the_table_and_shows_its_seed(checklist: Start) -> None:
    shown = checklist()
    samples = shown.tab.page.samples
    samples.draw.click()
    assert samples.note.isVisible()
    QTest.keyClicks(samples.of, "orders")
    QTest.keyClicks(samples.population, "120")
    samples.draw.click()
    shown.settle()
    (drawn,) = shown.sheet.samples
    assert len(drawn.numbers) == 8
    assert drawn.seed in samples.drawn.text()
    assert not samples.note.isVisible()


def test_question_is_placed_on_an_item_and_answered_there(checklist: Start) -> None:
    def before(planned: PlannedVisit) -> None:
        planned.desk.visits.planning.ask(planned.story.review, "示例问题")

    shown = checklist(before)
    assert shown.tab.asked.isVisible()
    shown.tab.asked.click()
    (line,) = shown.tab.loose.lines.values()
    line.item.setCurrentIndex(line.item.findData(ItemId("A1")))
    line.item.activated.emit(line.item.currentIndex())
    shown.settle()
    assert not shown.tab.asked.isVisible()
    (line,) = shown.tab.page.questions.lines.values()
    QTest.keyClicks(line.answer, "as claimed")
    shown.settle()
    assert [one.text for one in shown.sheet.questions[0].answers] == ["as claimed"]
    (asked,) = shown.planned.desk.visits.questions(shown.planned.story.review)
    assert asked.answers[0].text == "as claimed"


def test_photos_taken_at_an_item_are_on_it(checklist: Start, tmp_path: Path) -> None:
    shown = checklist()
    shown.tab.page.photos.take_files((picture(tmp_path / "一.jpg"), picture(tmp_path / "二.jpg", seed=1)))
    shown.settle()
    assert [one.items for one in shown.sheet.photos] == [("A1",), ("A1",)]
    assert "2" in shown.tab.page.photos.all.text()


def test_large_layout_has_boxes_for_a_thumb_and_is_remembered(checklist: Start) -> None:
    shown = checklist()
    tab = shown.tab
    tab.resize(700, 1100)
    tab.set_large(is_large=True)
    assert not tab.list.isVisible()
    assert tab.jump.isVisible()
    grades = [one for one in tab.page.grades.buttons.values() if one.isVisible()]
    assert len(grades) == 5
    touch = px(Size.TOUCH_ROW)
    for button in (*grades, tab.next, tab.before, tab.page.photos.take):
        assert button.sizeHint().height() >= touch or button.minimumHeight() >= touch, button.text()
    assert tab.minimumSizeHint().width() <= 700
    again = ChecklistTab(shown.window.context, shown.planned.visit)
    assert again.large.isChecked()
    tab.set_large(is_large=False)
    assert tab.list.isVisible()


def test_concluded_visit_can_be_read_only(checklist: Start) -> None:
    def before(planned: PlannedVisit) -> None:
        planned.grade_all()
        planned.desk.visits.meeting.conclude(planned.visit, opinion="示例意见")

    shown = checklist(before)
    assert not any(one.isEnabled() for one in shown.tab.page.grades.buttons.values() if one.isVisible())
    assert shown.tab.page.record.seen.isReadOnly()
    assert not shown.tab.page.samples.isVisible()
