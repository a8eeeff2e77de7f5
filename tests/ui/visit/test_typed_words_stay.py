"""What is typed on site and cannot be written down yet is still there when somebody comes back to it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.ids import ItemId
from app.services.visit_notes import RecordDraft
from tests.support.desks import DeskStory, stories
from tests.support.visit_photos import PAPER, PlannedVisit, plan
from tests.support.visit_tabs import TabWindow
from tests.ui.desk.conftest import OpenWindow
from tests.ui.visit.conftest import Checklist
from ui.desk.window import ON_SITE
from ui.jobs import Workers
from ui.visit.finding_steps import Step
from ui.visit.findings_tab import FindingsTab
from ui.visit.visit_frame import VisitFrame
from ui.visit.visit_place import VisitPlace

__all__ = ["stories"]
PLAN, CHECKLIST, FINDINGS, MEETING = 0, 1, 3, 4  # places in the bar of a visit
Start = Callable[..., Checklist]
Type = Callable[[QWidget, str], None]
A1, A2, A3 = ItemId("A1"), ItemId("A2"), ItemId("A3")


def test_note_without_a_method_waits_for_its_item(checklist: Start, type_text: Type) -> None:
    shown = checklist()
    record = shown.tab.page.record
    for button in record.methods.values():
        button.setChecked(False)
    type_text(record.seen, "示例：三份记录缺签字")
    shown.tab.go_to(A2)
    assert record.seen.toPlainText() == ""
    shown.tab.go_to(A1)
    assert record.seen.toPlainText() == "示例：三份记录缺签字"
    assert record.hint.isVisible()
    next(iter(record.methods.values())).click()
    shown.settle()
    (kept,) = shown.sheet.records
    assert (kept.item, kept.seen) == (A1, "示例：三份记录缺签字")


def test_note_from_paper_waits_until_its_sheet_is_named(checklist: Start, type_text: Type) -> None:
    shown = checklist()
    record = shown.tab.page.record
    shown.tab.author.setCurrentIndex(shown.tab.author.findData(PAPER))
    shown.tab.author.activated.emit(shown.tab.author.currentIndex())
    type_text(record.seen, "示例所见")
    shown.tab.step(1)
    shown.tab.step(-1)
    assert record.seen.toPlainText() == "示例所见"
    type_text(record.sheet_name, "2")
    shown.settle()
    (kept,) = shown.sheet.records
    assert (kept.author, kept.seen, kept.paper) == (PAPER, "示例所见", "2")


def test_what_was_asked_waits_for_what_was_seen(checklist: Start, type_text: Type) -> None:
    shown = checklist()
    record = shown.tab.page.record
    record.more.click()
    type_text(record.asked, "示例提问")
    shown.tab.go_to(A3)
    assert record.asked.toPlainText() == ""
    shown.tab.go_to(A1)
    assert record.asked.toPlainText() == "示例提问"
    assert record.asked.isVisible()


def test_kept_note_that_was_emptied_comes_back_as_it_was_left(checklist: Start, type_text: Type) -> None:
    shown = checklist()
    record = shown.tab.page.record
    type_text(record.seen, "示例")
    shown.settle()
    record.seen.selectAll()
    QTest.keyClick(record.seen, Qt.Key.Key_Delete)
    shown.tab.go_to(A2)
    shown.tab.go_to(A1)
    assert record.seen.toPlainText() == ""
    assert record.hint.isVisible()
    type_text(record.seen, "示例二")
    shown.settle()
    (kept,) = shown.sheet.records
    assert kept.seen == "示例二"


def test_second_note_begun_without_a_method_is_not_thrown_away(checklist: Start, type_text: Type) -> None:
    shown = checklist()
    record = shown.tab.page.record
    type_text(record.seen, "示例一")
    shown.settle()
    record.new.click()
    for button in record.methods.values():
        button.setChecked(False)
    type_text(record.seen, "示例二")
    shown.tab.page.records.list.setCurrentRow(0)
    shown.tab.page.records.list.itemActivated.emit(shown.tab.page.records.list.item(0))
    assert record.seen.toPlainText() == "示例一"
    shown.tab.go_to(A2)
    shown.tab.go_to(A1)
    assert record.seen.toPlainText() == "示例二"


def test_sample_being_described_waits_for_its_item(checklist: Start, type_text: Type) -> None:
    shown = checklist()
    samples = shown.tab.page.samples
    type_text(samples.of, "示例登记簿")
    type_text(samples.population, "80")
    shown.tab.go_to(A2)
    assert samples.of.text() == ""
    shown.tab.go_to(A1)
    assert (samples.of.text(), samples.population.text()) == ("示例登记簿", "80")


def test_reason_typed_for_one_note_is_not_offered_for_another(checklist: Start, type_text: Type) -> None:
    shown = checklist()
    record, records = shown.tab.page.record, shown.tab.page.records
    type_text(record.seen, "示例一")
    shown.settle()
    record.new.click()
    type_text(record.seen, "示例二")
    shown.settle()
    records.list.setCurrentRow(0)
    type_text(records.reason, "示例理由")
    records.list.setCurrentRow(1)
    assert records.reason.text() == ""
    records.list.setCurrentRow(0)
    assert records.reason.text() == "示例理由"


def test_number_key_grades_nothing_that_is_not_seen(checklist: Start) -> None:
    def before(planned: PlannedVisit) -> None:
        planned.desk.visits.planning.ask(planned.story.review, "示例：核对证书原件")

    shown = checklist(before)
    shown.tab.asked.click()
    shown.tab.asked.setFocus()
    QTest.keyClick(shown.tab.asked, Qt.Key.Key_1)
    shown.settle()
    assert shown.sheet.settled == ()
    shown.tab.asked.click()
    QTest.keyClick(shown.tab.asked, Qt.Key.Key_1)
    shown.settle()
    assert dict(shown.sheet.settled) == {A1: Grade.STRONG}


@pytest.fixture
def findings(stories: Callable[..., DeskStory], workers: Workers, qtbot: QtBot) -> FindingsTab:
    """The findings of a visit where A2 was graded down and nobody has said why."""
    planned = plan(stories("assigned").unlock())
    planned.desk.visits.notes.grade(planned.visit, A2, Grade.MINOR)
    window = TabWindow(planned, workers, qtbot)
    tab = FindingsTab(window.context, planned.visit)
    window.show(tab)
    return tab


def test_finding_being_typed_stays_while_one_about_another_item_is_begun(
    findings: FindingsTab, type_text: Type
) -> None:
    form = findings.form
    findings.new.click()
    type_text(form.fact, "示例：关于A1")
    (lacking,) = findings.lacking
    lacking.click()
    assert (form.item.currentData(), form.fact.toPlainText()) == (A2, "")
    type_text(form.fact, "示例：关于A2")
    findings.begin(A1, FindingKind.MINOR)
    assert form.fact.toPlainText() == "示例：关于A1"
    findings.begin(A2, FindingKind.MINOR)
    assert form.fact.toPlainText() == "示例：关于A2"


@pytest.fixture
def story(stories: Callable[..., DeskStory]) -> DeskStory:
    return stories("assigned").unlock()


@pytest.fixture
def on_site(story: DeskStory, open_window: Callable[[DeskStory], OpenWindow]) -> Callable[[], VisitPlace]:
    """Each call closes the desk, as a lock does, and shows the visits again."""
    windows: list[OpenWindow] = []

    def show() -> VisitPlace:
        for each in windows:
            each.close()
        windows.append(open_window(story))
        place = windows[-1].window.show_place(ON_SITE)
        assert isinstance(place, VisitPlace)
        windows[-1].settle()
        return place

    return show


@dataclass
class DayAfter:
    """A visit about whose A1 two members differ; each call closes the desk and shows *tab* of the visit again."""

    planned: PlannedVisit
    on_site: Callable[[], VisitPlace]
    qtbot: QtBot

    def __call__(self, tab: int = CHECKLIST) -> VisitFrame:
        place = self.on_site()
        place.open_visit(self.planned.visit)
        frame = place.visit
        assert frame is not None
        self.qtbot.waitUntil(lambda: frame.sheet is not None)
        frame.bar.setCurrentIndex(tab)
        return frame


@pytest.fixture
def day_after(story: DeskStory, on_site: Callable[[], VisitPlace], qtbot: QtBot) -> DayAfter:
    planned = plan(story)
    story.desk.visits.notes.grade(planned.visit, A1, Grade.CONFORM)
    story.desk.visits.notes.grade(planned.visit, A1, Grade.MINOR, author=PAPER)
    return DayAfter(planned, on_site, qtbot)


def test_a_lock_keeps_what_is_typed_in_every_form_of_a_visit(day_after: DayAfter, type_text: Type) -> None:
    frame = day_after()
    page = frame.checklist.page
    page.record.more.click()
    type_text(page.record.asked, "示例提问")
    type_text(page.samples.of, "示例登记簿")
    type_text(page.samples.population, "80")
    frame.bar.setCurrentIndex(FINDINGS)
    frame.findings.new.click()
    type_text(frame.findings.form.fact, "示例事实")
    frame.bar.setCurrentIndex(MEETING)
    type_text(frame.meeting.dissent.text, "示例不同意见")
    (line,) = frame.meeting.differences.lines.values()
    type_text(line.reason, "示例合议理由")
    form = frame.meeting.acknowledgement.form
    form.outcome.buttons[AcknowledgementOutcome.RESERVED].click()
    type_text(form.signed_by, "示例代表")
    type_text(form.remark, "示例保留意见")

    frame = day_after()
    page = frame.checklist.page
    assert page.record.asked.toPlainText() == "示例提问"
    assert (page.samples.of.text(), page.samples.population.text()) == ("示例登记簿", "80")
    frame.bar.setCurrentIndex(FINDINGS)
    assert frame.findings.form.fact.toPlainText() == "示例事实"
    frame.bar.setCurrentIndex(MEETING)
    assert frame.meeting.dissent.text.toPlainText() == "示例不同意见"
    assert frame.meeting.dissent.add.isEnabled()
    (line,) = frame.meeting.differences.lines.values()
    assert line.reason.toPlainText() == "示例合议理由"
    form = frame.meeting.acknowledgement.form
    assert (form.signed_by.text(), form.remark.toPlainText()) == ("示例代表", "示例保留意见")


def test_what_was_written_down_is_not_offered_again(day_after: DayAfter, type_text: Type, qtbot: QtBot) -> None:
    frame = day_after()
    samples = frame.checklist.page.samples
    type_text(samples.of, "示例登记簿")
    type_text(samples.population, "80")
    samples.draw.click()
    frame.bar.setCurrentIndex(FINDINGS)
    frame.findings.new.click()
    frame.findings.form.kind.buttons[FindingKind.STRENGTH].click()
    type_text(frame.findings.form.fact, "示例优势")
    frame.findings.form.keep.click()
    frame.bar.setCurrentIndex(MEETING)
    type_text(frame.meeting.dissent.text, "示例不同意见")
    frame.meeting.dissent.add.click()
    qtbot.waitUntil(lambda: frame.sheet is not None and bool(frame.sheet.dissents) and bool(frame.sheet.findings))

    frame = day_after()
    assert frame.sheet is not None
    assert [one.of for one in frame.sheet.samples] == ["示例登记簿"]
    assert [one.fact for one in frame.sheet.findings] == ["示例优势"]
    assert [one.text for one in frame.sheet.dissents] == ["示例不同意见"]
    assert frame.sheet.unwritten == ()


def test_reason_for_withdrawing_a_finding_waits_for_another_day(day_after: DayAfter, type_text: Type) -> None:
    findings = day_after(FINDINGS).findings
    findings.new.click()
    findings.form.kind.buttons[FindingKind.STRENGTH].click()
    type_text(findings.form.fact, "示例优势")
    findings.form.keep.click()

    findings = day_after(FINDINGS).findings
    findings.table.view.selectRow(0)
    findings.steps.buttons[Step.WITHDRAW].click()
    type_text(findings.steps.reason, "示例反证")

    findings = day_after(FINDINGS).findings
    findings.table.view.selectRow(0)
    findings.steps.buttons[Step.WITHDRAW].click()
    assert findings.steps.reason.toPlainText() == "示例反证"


def test_reason_for_withdrawing_a_note_waits_for_another_day(
    day_after: DayAfter, type_text: Type, qtbot: QtBot
) -> None:
    draft = RecordDraft(item=A1, methods=(Method.RECORD,), seen="示例所见")
    day_after.planned.desk.visits.notes.record(day_after.planned.visit, draft)
    records = day_after().checklist.page.records
    records.list.setCurrentRow(0)
    type_text(records.reason, "示例理由")

    records = day_after().checklist.page.records
    records.list.setCurrentRow(0)
    assert records.reason.text() == "示例理由"
    with qtbot.waitSignal(records._writer.written):
        records.withdraw.click()

    day_after()
    assert [one.state_reason for one in day_after.planned.sheet.records] == ["示例理由"]
    assert day_after.planned.sheet.unwritten == ()


def test_reason_for_many_items_that_do_not_apply_waits_for_another_day(day_after: DayAfter, type_text: Type) -> None:
    items = [one.id for one in day_after.planned.sheet.checklist.items if not one.is_veto]
    day_after.planned.grade_all(**dict.fromkeys(items, Grade.NOT_APPLICABLE))
    conclusion = day_after(MEETING).meeting.conclusion
    assert conclusion.approval.isVisible()
    type_text(conclusion.approval, "示例：服务类申报")
    assert day_after(MEETING).meeting.conclusion.approval.toPlainText() == "示例：服务类申报"


def test_changes_of_a_plan_wait_for_another_day_until_they_are_saved_or_discarded(
    day_after: DayAfter, type_text: Type, qtbot: QtBot
) -> None:
    tab = day_after(PLAN).plan
    type_text(tab.form.limitations, "示例限制")
    type_text(tab.form.slots.lines[1].what, "示例仓库")
    type_text(tab.form.sites.lines[0].address, "示例地址")

    tab = day_after(PLAN).plan
    assert tab.form.limitations.text() == "示例限制"
    assert tab.form.slots.lines[1].what.text().endswith("示例仓库")
    assert tab.keep.isVisible()
    tab.keep.click()
    qtbot.waitUntil(lambda: not tab.keep.isVisible())
    assert day_after.planned.sheet.plan.sites[0].address == "示例地址"

    tab = day_after(PLAN).plan
    assert not tab.keep.isVisible()
    type_text(tab.form.limitations, "，另一限制")
    tab.discard.click()

    tab = day_after(PLAN).plan
    assert not tab.keep.isVisible()
    assert tab.form.limitations.text() == "示例限制"


def test_a_new_plan_waits_for_another_day_until_its_visit_is_planned(
    on_site: Callable[[], VisitPlace], type_text: Type, qtbot: QtBot
) -> None:
    place = on_site()
    place.plan()
    type_text(place.planning.form.sites.lines[0].address, "示例地址")
    place.planning.dossier.setCurrentIndex(1)
    place.planning.dossier.activated.emit(1)
    assert place.planning.form.sites.lines[0].address.text() == ""

    place = on_site()
    place.plan()
    assert place.planning.form.sites.lines[0].address.text() == "示例地址"
    with qtbot.waitSignal(place.planning.planned):
        place.planning.plan.click()

    place = on_site()
    place.plan()
    assert place.planning.form.sites.lines[0].address.text() == ""
