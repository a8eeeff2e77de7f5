"""Findings in the window: written down with their evidence, corrected, withdrawn, verified; nothing typed is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.ids import Sha256
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.finding import Finding, FindingKind, FindingState
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.ids import EntryId, ItemId
from app.services.visit_meeting import FindingDraft
from app.services.visit_notes import RecordDraft
from tests.support.desks import DeskStory, stories
from tests.support.visit_photos import PAPER, picture, plan
from tests.support.visit_tabs import TabWindow
from ui.jobs import Workers
from ui.tokens import Size
from ui.visit.finding_steps import Step
from ui.visit.findings_tab import FindingsTab
from ui.visit.meeting_touch import TouchLayout

__all__ = ["stories"]
Type = Callable[[QWidget, str], None]


class World:
    """A visit with one record and one photo on B3, and its findings."""

    def __init__(self, story: DeskStory, workers: Workers, qtbot: QtBot, *, photo: Path) -> None:
        self.planned = plan(story.unlock())
        (self.photo,) = self.planned.take(photo)
        self.planned.desk.visits.photos.bind(self.planned.visit, self.photo, ItemId("B3"))
        draft = RecordDraft(item=ItemId("B3"), methods=(Method.RECORD,), seen="示例所见")
        self.record = self.planned.desk.visits.notes.record(self.planned.visit, draft)[0]
        self.window = TabWindow(self.planned, workers, qtbot)
        self.tab = FindingsTab(self.window.context, self.planned.visit)

    def show(self) -> FindingsTab:
        self.window.show(self.tab)
        return self.tab

    def find(self, kind: FindingKind = FindingKind.MINOR, fact: str = "示例事实", *, item: str = "B3") -> EntryId:
        draft = FindingDraft(kind=kind, item=ItemId(item), fact=fact, clause="示例条款", photos=(self.photo,))
        return self.planned.desk.visits.meeting.find(self.planned.visit, draft)[0]

    def tick(self, key: str) -> None:
        listed = self.tab.form.evidence.list
        line = next(
            listed.item(n) for n in range(listed.count()) if listed.item(n).data(Qt.ItemDataRole.UserRole) == key
        )
        line.setCheckState(Qt.CheckState.Checked)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.planned.sheet.findings

    @property
    def sheet_photo(self) -> Sha256:
        return self.photo


@pytest.fixture
def world(stories: Callable[..., DeskStory], workers: Workers, qtbot: QtBot, tmp_path: Path) -> World:
    return World(stories("assigned"), workers, qtbot, photo=picture(tmp_path / "a.jpg"))


def step(tab: FindingsTab, which: Step, words: str) -> None:
    tab.steps.buttons[which].click()
    tab.steps.reason.setPlainText(words)


def test_a_nonconformity_is_written_down_with_clause_fact_record_and_photo(world: World, type_text: Type) -> None:
    tab = world.show()
    tab.new.click()
    form = tab.form
    assert form.fact.hasFocus()
    type_text(form.fact, "示例：两份记录缺签字")
    form.item.setCurrentIndex(form.item.findData("B3"))
    form.clause.setFocus()
    type_text(form.clause, "检查表 B3")
    world.tick(world.record)
    world.tick(world.photo)
    form.keep.click()
    world.window.settle()
    (finding,) = world.findings
    assert (finding.kind, finding.item, finding.clause) == (FindingKind.MINOR, "B3", "检查表 B3")
    assert (finding.records, finding.photos) == ((world.record,), (world.photo,))
    assert finding.rectification is not None
    assert [one.id for one in tab.table.selected_rows()] == [finding.id]
    assert not form.discard.isVisible()
    assert not form.keep.isEnabled()


def test_what_is_missing_is_said_beside_the_button_and_nothing_typed_is_lost(world: World, type_text: Type) -> None:
    tab = world.show()
    tab.new.click()
    type_text(tab.form.fact, "示例事实")
    tab.form.kind.buttons[FindingKind.MAJOR].click()
    tab.form.keep.click()
    world.window.settle()
    assert world.findings == ()
    assert tab.form.note.isVisible()
    assert tab.form.note.text()
    assert tab.form.fact.toPlainText() == "示例事实"
    assert tab.form.keep.isEnabled()
    assert tab.form.kind.value() is FindingKind.MAJOR


def test_a_strength_needs_no_clause_and_has_nothing_to_rectify(world: World, type_text: Type) -> None:
    tab = world.show()
    tab.new.click()
    tab.form.kind.buttons[FindingKind.STRENGTH].click()
    assert not tab.form.clause.isVisible()
    type_text(tab.form.fact, "示例优势")
    tab.form.keep.click()
    world.window.settle()
    assert [(one.kind, one.rectification) for one in world.findings] == [(FindingKind.STRENGTH, None)]
    assert not tab.steps.buttons[Step.CORRECT].isVisible()
    assert not tab.steps.buttons[Step.VERIFY].isVisible()


def test_words_typed_for_one_finding_wait_while_another_is_looked_at(world: World, type_text: Type) -> None:
    one, other = world.find(fact="示例甲"), world.find(fact="示例乙")
    tab = world.show()
    tab.table.select(one)
    type_text(tab.form.fact, "补充")
    typed = tab.form.fact.toPlainText()
    tab.table.select(other)
    assert tab.form.fact.toPlainText() == "示例乙"
    tab.refresh(world.planned.sheet)
    tab.table.select(one)
    assert tab.form.fact.toPlainText() == typed
    assert tab.form.discard.isVisible()
    tab.form.discard.click()
    assert tab.form.fact.toPlainText() == "示例甲"


def test_news_from_elsewhere_do_not_disturb_what_is_being_typed(world: World, type_text: Type) -> None:
    entry = world.find()
    tab = world.show()
    tab.table.select(entry)
    type_text(tab.form.fact, "还在写")
    typed = tab.form.fact.toPlainText()
    world.find(fact="示例别人")
    tab.refresh(world.planned.sheet)
    assert tab.form.fact.toPlainText() == typed


def test_a_finding_corrected_on_the_spot_stays_and_says_how(world: World) -> None:
    entry = world.find()
    tab = world.show()
    tab.table.select(entry)
    step(tab, Step.CORRECT, "当场补签")
    tab.steps.do.click()
    world.window.settle()
    (finding,) = world.findings
    assert (finding.state, finding.state_reason, finding.counts) == (FindingState.CORRECTED, "当场补签", True)
    assert "当场补签" in tab.steps.state.text()
    assert not tab.steps.buttons[Step.CORRECT].isVisible()
    assert not tab.form.fact.isEnabled()


def test_a_disproved_finding_is_withdrawn_with_its_reason_and_never_without(world: World) -> None:
    entry = world.find()
    tab = world.show()
    tab.table.select(entry)
    tab.steps.buttons[Step.WITHDRAW].click()
    assert tab.steps.reason.hasFocus()
    assert not tab.steps.do.isEnabled()
    tab.steps.reason.setPlainText("原件证明已签")
    tab.steps.do.click()
    world.window.settle()
    assert [(one.state, one.counts) for one in world.findings] == [(FindingState.WITHDRAWN, False)]
    assert "原件证明已签" in tab.steps.state.text()


def test_a_reason_half_typed_waits_for_its_step(world: World) -> None:
    entry = world.find()
    tab = world.show()
    tab.table.select(entry)
    step(tab, Step.CORRECT, "一半")
    tab.steps.buttons[Step.WITHDRAW].click()
    assert tab.steps.reason.toPlainText() == ""
    tab.steps.buttons[Step.CORRECT].click()
    assert tab.steps.reason.toPlainText() == "一半"


def test_rectification_is_verified_after_the_conclusion_and_changes_it(world: World) -> None:
    entry = world.find(item="B5")
    world.planned.grade_all(B5=Grade.MINOR)
    world.planned.desk.visits.meeting.conclude(world.planned.visit)
    tab = world.show()
    tab.table.select(entry)
    assert not tab.new.isEnabled()
    step(tab, Step.VERIFY, "已补齐并培训")
    assert not tab.steps.do.isEnabled()
    tab.steps.effective.buttons[True].click()
    tab.steps.do.click()
    world.window.settle()
    assert world.findings[0].is_verified
    result = world.planned.sheet.result
    assert result is not None
    assert (result.at_visit, result.now) == (Conclusion.PAPER, Conclusion.PASS)


def test_a_grade_without_a_finding_begins_one_by_one_press(world: World) -> None:
    world.planned.grade_all(B5=Grade.MINOR, B4=Grade.FAIL)
    tab = world.show()
    assert [button.text().split()[0] for button in tab.lacking] == ["B4", "B5"]
    tab.lacking[1].click()
    assert (tab.form.item.currentData(), tab.form.kind.value()) == ("B5", FindingKind.MINOR)
    tab.lacking[0].click()
    assert (tab.form.item.currentData(), tab.form.kind.value()) == ("B4", FindingKind.MAJOR)


def test_a_paper_members_finding_keeps_its_author(world: World, type_text: Type) -> None:
    tab = world.show()
    tab.new.click()
    tab.form.kind.buttons[FindingKind.OPPORTUNITY].click()
    type_text(tab.form.fact, "示例改进")
    tab.form.author.setCurrentIndex(tab.form.author.findData(PAPER))
    tab.form.keep.click()
    world.window.settle()
    assert [one.author for one in world.findings] == [PAPER]


def test_the_form_is_filled_by_keyboard_alone(world: World) -> None:
    tab = world.show()
    tab.new.setFocus()
    QTest.keyClick(tab.new, Qt.Key.Key_Space)
    assert tab.form.fact.hasFocus()
    QTest.keyClicks(tab.form.fact, "fact")
    seen = set()
    for _turn in range(40):
        part = tab.window().focusWidget()
        if part in seen:
            break
        seen.add(part)
        QTest.keyClick(part, Qt.Key.Key_Tab)
    assert {tab.form.keep, tab.form.item, tab.form.evidence.list} <= seen


def test_the_large_layout_gives_every_control_the_height_of_a_thumb(world: World) -> None:
    world.find()
    world.planned.grade_all(B5=Grade.MINOR)
    tab = world.show()
    remembered = world.window.context.remembered
    remembered.keep_choice("visit.layout", TouchLayout.LARGE)
    tab.refresh(world.planned.sheet)
    world.window.settle()
    controls = (*tab.lacking, tab.new, tab.form.keep, tab.form.item, tab.form.clause, *tab.form.kind.buttons.values())
    assert all(one.height() >= Size.TOUCH_ROW for one in controls if one.isVisible())
    assert tab.table.view.rowHeight(0) == Size.TOUCH_ROW
    remembered.keep_choice("visit.layout", TouchLayout.NORMAL)
    tab.refresh(world.planned.sheet)
    assert tab.new.minimumHeight() == 0


def test_on_a_screen_that_stands_upright_the_form_lies_below_the_list(world: World) -> None:
    tab = world.show()
    assert tab._splitter.orientation() is Qt.Orientation.Horizontal
    tab.resize(800, 1200)
    assert tab._splitter.orientation() is Qt.Orientation.Vertical
