"""The team's meeting in the window: differences agreed on, dissent, acknowledgement with its seal, the conclusion."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.ids import ItemId
from app.domain.onsite.sheet_code import VisitForm
from app.services.visit_meeting import AcknowledgementDraft, FindingDraft
from app.services.visit_notes import RecordDraft
from tests.support.desks import DeskStory, stories
from tests.support.visit_photos import OTHER, PAPER, PlannedVisit, picture, plan
from tests.support.visit_tabs import TabWindow
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.jobs import Workers
from ui.visit.conclude_section import provisional
from ui.visit.meeting_tab import MeetingTab

__all__ = ["stories"]
Type = Callable[[QWidget, str], None]
B5, S1 = ItemId("B5"), "S1"


class World:
    """A visit, graded throughout."""

    def __init__(self, story: DeskStory, workers: Workers, qtbot: QtBot) -> None:
        self.planned: PlannedVisit = plan(story.unlock())
        self.planned.grade_all()
        self.visits, self.visit = self.planned.desk.visits, self.planned.visit
        self.window = TabWindow(self.planned, workers, qtbot)
        self.tab = MeetingTab(self.window.context, self.visit)

    def differ(self) -> None:
        self.visits.notes.grade(self.visit, B5, Grade.MINOR, reason="示例理由甲")
        self.visits.notes.grade(self.visit, B5, Grade.MAJOR, author=PAPER, reason="示例理由乙")

    def find(self) -> None:
        seen = RecordDraft(item=B5, methods=(Method.RECORD,), seen="示例所见")
        record, _changes = self.visits.notes.record(self.visit, seen)
        fact = FindingDraft(kind=FindingKind.MINOR, item=B5, fact="示例事实", clause="示例条款", records=(record,))
        self.visits.meeting.find(self.visit, fact)

    def show(self) -> MeetingTab:
        self.window.show(self.tab, height=1400)
        return self.tab

    def settle(self) -> None:
        self.window.settle()


@pytest.fixture
def world(stories: Callable[..., DeskStory], workers: Workers, qtbot: QtBot) -> World:
    return World(stories("assigned"), workers, qtbot)


def test_a_difference_shows_every_grade_with_its_reason_and_is_agreed_on_with_one(
    world: World, type_text: Type
) -> None:
    world.differ()
    tab = world.show()
    (line,) = tab.differences.lines.values()
    words = line._given.text()
    assert "示例理由甲" in words
    assert "示例理由乙" in words
    assert not tab.conclusion.conclude.isEnabled()
    line.grade.buttons[Grade.MINOR].click()
    assert not line.agree.isEnabled()
    type_text(line.reason, "多数意见")
    line.agree.click()
    world.settle()
    (agreed,) = world.planned.sheet.agreed
    assert (agreed.item, agreed.grade, agreed.reason) == ("B5", Grade.MINOR, "多数意见")
    assert len(world.planned.sheet.disagreements[0].grades) == 2
    assert "多数意见" in line.agreed.text()
    assert not line.reason.isVisible()
    assert not tab.conclusion.conclude.isEnabled()  # nobody has said yet what is wrong there
    world.find()
    tab.refresh(world.planned.sheet)
    assert tab.conclusion.conclude.isEnabled()


def test_what_was_agreed_can_be_agreed_anew(world: World) -> None:
    world.differ()
    world.visits.meeting.agree(world.visit, B5, grade=Grade.MINOR, reason="先前")
    tab = world.show()
    (line,) = tab.differences.lines.values()
    line.change.click()
    assert line.reason.hasFocus()
    line.grade.buttons[Grade.MAJOR].click()
    line.reason.setPlainText("再议")
    line.agree.click()
    world.settle()
    assert [(one.grade, one.reason) for one in world.planned.sheet.agreed] == [(Grade.MAJOR, "再议")]


def test_news_do_not_wipe_a_reason_that_is_being_typed(world: World, type_text: Type) -> None:
    world.differ()
    tab = world.show()
    (line,) = tab.differences.lines.values()
    type_text(line.reason, "一半")
    type_text(tab.dissent.text, "另一半")
    world.visits.notes.grade(world.visit, ItemId("A1"), Grade.STRONG)
    tab.refresh(world.planned.sheet)
    assert line.reason.toPlainText() == "一半"
    assert tab.dissent.text.toPlainText() == "另一半"


def test_a_dissent_is_written_down_for_a_member_on_paper_and_stays(world: World, type_text: Type) -> None:
    tab = world.show()
    type_text(tab.dissent.text, "示例不同意见")
    tab.dissent.item.setCurrentIndex(tab.dissent.item.findData("B5"))
    tab.dissent.author.setCurrentIndex(tab.dissent.author.findData(PAPER))
    tab.dissent.add.click()
    world.settle()
    (dissent,) = world.planned.sheet.dissents
    assert (dissent.author, dissent.item, dissent.text) == (PAPER, "B5", "示例不同意见")
    assert "示例不同意见" in tab.dissent.written.text()
    assert tab.dissent.text.toPlainText() == ""


def test_an_agreement_names_who_signed_and_carries_the_photographed_sheet(world: World, tmp_path: Path) -> None:
    (sheet,) = world.planned.take(picture(tmp_path / "sheet.jpg"))
    form = world.show().acknowledgement.form
    assert not form.keep.isEnabled()
    form.outcome.buttons[AcknowledgementOutcome.AGREED].click()
    assert not form.keep.isEnabled()
    form.signed_by.setText("示例厂长")
    form.signed_by.textEdited.emit("示例厂长")
    form.sheets.combo.setCurrentIndex(form.sheets.combo.findData(sheet))
    form.keep.click()
    world.settle()
    made = world.planned.sheet.acknowledgement
    assert made is not None
    assert (made.outcome, made.signed_by, made.sheets) == (AcknowledgementOutcome.AGREED, "示例厂长", (sheet,))
    assert not form.isVisible()
    assert "示例厂长" in world.tab.acknowledgement.outcome.text()


def test_a_refusal_needs_the_leaders_reason_and_a_second_members_witness(world: World) -> None:
    form = world.show().acknowledgement.form
    form.outcome.buttons[AcknowledgementOutcome.REFUSED].click()
    assert not form.signed_by.isVisible()
    assert not form.keep.isEnabled()
    assert [form.witness.itemData(n) for n in range(form.witness.count())] == [PAPER, OTHER]
    form.remark.setPlainText("示例：代表认为事实需总部确认")
    form.keep.click()
    world.settle()
    made = world.planned.sheet.acknowledgement
    assert made is not None
    assert (made.witness, made.signed_by) == (PAPER, "")


@pytest.mark.parametrize("is_blank", [False, True])
def test_a_seal_to_come_is_attached_by_digits_or_by_the_visits_number(
    world: World, tmp_path: Path, *, is_blank: bool
) -> None:
    (scan,) = world.planned.take(picture(tmp_path / "seal.jpg", seed=9))
    draft = AcknowledgementDraft(
        outcome=AcknowledgementOutcome.SEAL_PENDING, signed_by="示例厂长", seal_due=date(2026, 12, 8)
    )
    world.visits.meeting.acknowledge(world.visit, draft)
    section = world.show().acknowledgement
    assert section.code.isVisible()
    section.seal_sheet.combo.setCurrentIndex(section.seal_sheet.combo.findData(scan))
    section.code.setText("00000000")
    section._show_attach()
    section.attach.click()
    world.settle()
    assert section.note.isVisible()
    section.code.setText(world.planned.sheet.code if is_blank else world.planned.sheet.facts_code)
    section.attach.click()
    world.settle()
    made = world.planned.sheet.acknowledgement
    assert made is not None
    assert made.sealed_on is not None
    assert made.sheets == (scan,)
    assert not section.code.isVisible()


def test_a_printed_sheet_is_found_by_its_code_and_one_without_is_a_photo_to_compare(
    world: World, tmp_path: Path
) -> None:
    tab = world.show()
    picker = tab.acknowledgement.form.sheets
    picker.read(picture(tmp_path / "nothing.jpg"))
    world.settle()
    assert picker.sheet() == world.planned.sheet.photos[0].photo.sha256
    assert picker.note.isVisible()
    (written,) = world.visits.forms.write(world.visit, tmp_path / "印", forms=[VisitForm.ACKNOWLEDGEMENT])
    picker.read(written.file)
    world.settle()
    (scan,) = world.planned.sheet.scans
    assert scan.form is VisitForm.ACKNOWLEDGEMENT
    tab.refresh(world.planned.sheet)
    assert picker.sheet() == scan.scan  # not the photo that was chosen before


def test_facts_that_changed_after_the_signature_are_told(world: World, tmp_path: Path) -> None:
    draft = AcknowledgementDraft(outcome=AcknowledgementOutcome.AGREED, signed_by="示例厂长")
    world.visits.meeting.acknowledge(world.visit, draft)
    tab = world.show()
    assert not tab.acknowledgement.stale.isVisible()
    (photo,) = world.planned.take(picture(tmp_path / "a.jpg"))
    world.visits.photos.bind(world.visit, photo, B5)
    tab.refresh(world.planned.sheet)
    assert tab.acknowledgement.stale.isVisible()
    tab.acknowledgement.again.click()
    form = tab.acknowledgement.form
    assert form.signed_by.text() == "示例厂长"
    assert not form.keep.isEnabled()  # nothing is written over without a word
    form.why.setText("示例：照片补签")
    form.why.textEdited.emit("示例：照片补签")
    form.keep.click()
    world.settle()
    tab.refresh(world.planned.sheet)
    assert "示例：照片补签" in tab.acknowledgement.earlier.text()
    assert not tab.acknowledgement.stale.isVisible()


def test_the_joint_opinion_is_saved_while_it_is_typed_and_stands_in_the_result(world: World, type_text: Type) -> None:
    tab = world.show()
    type_text(tab.conclusion.opinion, "示例联合意见")
    world.window.saver.flush()
    world.settle()
    assert world.planned.sheet.opinion == "示例联合意见"
    assert tab.conclusion.opinion.toPlainText() == "示例联合意见"
    tab.conclusion.finish()
    world.settle()
    result = world.planned.sheet.result
    assert result is not None
    assert (result.opinion, result.at_visit) == ("示例联合意见", Conclusion.PASS)
    assert not tab.conclusion.conclude.isVisible()
    assert tab.conclusion.opinion.isReadOnly()


def test_who_has_concluded_is_brought_to_the_signatures_which_say_that_the_conclusion_stands(world: World) -> None:
    world.window.show(world.tab, height=560)
    signing = world.tab.signing
    assert signing.isHidden()
    world.tab.conclusion.finish()
    world.settle()
    seen = world.tab.viewport()
    top = signing.mapTo(seen, signing.rect().topLeft()).y()
    assert 0 <= top < seen.height() - signing.about.height()
    assert "现场评价结论已作出：通过" in signing.about.text()


def test_items_without_a_grade_are_named_and_lead_to_the_checklist(world: World, qtbot: QtBot) -> None:
    world.visits.notes.grade(world.visit, B5, None)
    tab = world.show()
    assert provisional(world.planned.sheet) is None
    assert "B5" in tab.conclusion.missing.text()
    with qtbot.waitSignal(tab.item_wanted) as went:
        tab.conclusion.go.click()
    assert went.args == ["B5"]
    assert not tab.conclusion.conclude.isEnabled()


def test_many_items_that_do_not_apply_need_the_leaders_reason(world: World, type_text: Type) -> None:
    names = [item.id for item in world.planned.sheet.checklist.items if not item.is_veto]
    world.planned.grade_all(**dict.fromkeys(names[:15], Grade.NOT_APPLICABLE))
    tab = world.show()
    assert not tab.conclusion.conclude.isEnabled()
    type_text(tab.conclusion.approval, "示例：服务业不设车间")
    assert tab.conclusion.conclude.isEnabled()
    tab.conclusion.finish()
    world.settle()
    result = world.planned.sheet.result
    assert result is not None
    assert result.approval == "示例：服务业不设车间"


def test_conclusion_waits_for_the_nonconformity_behind_a_grade_and_leads_to_it(world: World) -> None:
    world.planned.grade_all(B5=Grade.MINOR)
    section = world.show().conclusion
    assert not section.conclude.isEnabled()
    assert section.missing.isVisible()
    assert "B5" in section.missing.text()
    wanted: list[str] = []
    section.item_wanted.connect(wanted.append)
    section.go.click()
    assert wanted == ["B5"]


def test_the_rules_in_words_mark_the_one_that_applies(world: World) -> None:
    world.planned.grade_all(B3=Grade.FAIL)
    tab = world.show()
    marked = [line for line in tab.conclusion.rules.text().splitlines() if line.startswith("▸")]
    assert len(marked) == 1
    assert "否决" in marked[0]
    assert "B3" in tab.conclusion.counts.text()


def test_every_control_of_the_meeting_has_a_name_for_a_screen_reader(world: World) -> None:
    world.differ()
    tab = world.show()
    nameless = [
        part
        for part in tab.findChildren(QWidget)
        if part.isVisible()
        and part.focusPolicy().value
        and not (part.accessibleName() or getattr(part, "text", str)() or part.objectName().startswith("qt_"))
    ]
    assert nameless == []


def test_limited_evidence_is_flagged_and_lifted_in_one_line(world: World, type_text: Type) -> None:
    tab = world.show()
    assert provisional(world.planned.sheet) is Conclusion.PASS
    type_text(tab.limited.reason, "示例：停产检修")
    tab.limited.keep.click()
    world.settle()
    assert provisional(world.planned.sheet) is Conclusion.RECHECK
    assert "示例：停产检修" in tab.limited.about.text()
    assert tab.limited.about.isVisible()
    tab.conclusion.finish()
    world.settle()
    type_text(tab.limited.reason, "示例：复产后看了灌装线")
    tab.limited.keep.click()
    world.settle()
    result = world.planned.sheet.result
    assert result is not None
    assert (result.at_visit, result.now) == (Conclusion.RECHECK, Conclusion.PASS)
    assert tab.limited.isHidden()


@pytest.mark.parametrize("is_sure", [False, True])
def test_the_conclusion_asks_once_and_takes_no_for_an_answer(
    world: World, monkeypatch: pytest.MonkeyPatch, *, is_sure: bool
) -> None:
    asked: list[str] = []

    def ask(title: str, _text: str, **_more: object) -> bool:
        asked.append(title)
        return is_sure

    monkeypatch.setattr(ConfirmDialog, "ask", ask)
    world.show().conclusion.conclude.click()
    world.settle()
    assert len(asked) == 1
    assert (world.planned.sheet.result is not None) is is_sure
