"""A team of three over two factories: two desks and one on paper, from the plan to the joint opinion (Art. 14)."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.clock import BEIJING
from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.checklist import Grade
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.ids import ItemId, VisitId
from app.domain.onsite.returned import SignedBy
from app.domain.onsite.sheet_code import VisitForm
from app.domain.review import ReviewKind
from tests.support.onsite_world import PASSPHRASE, onsite
from tests.support.team_at_work import Team, team
from tests.support.telephone import photographed, printed
from tests.support.visit_photos import picture
from tests.ui.conftest import _dressed, _gui_garbage, qtbot
from ui.desk.hand_in_place import HandInPlace
from ui.desk.window import HAND_IN
from ui.dialogs.confirm_dialog import ConfirmDialog

__all__ = ["_dressed", "_gui_garbage", "onsite", "qtbot", "team"]
PLAN, CHECKLIST, PHOTOS, FINDINGS, MEETING = range(5)
PHOTOGRAPHS = 120
DIFFERENT = {"A2": "minor", "C4": "major"}


pytestmark = pytest.mark.timeout(900)  # under a minute on a computer that has nothing else to do


def test_three_people_visit_two_factories(team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_words, **_more: True)
    person = team.person
    visits = first, second = plans_both(team)
    given = gives(team)
    goes_through_the_checklist(team, first)
    for item in team.sheet(second).checklist.items:  # the second factory was all as it should be
        person.desk.visits.notes.grade(second, item.id, Grade.PASS if item.is_veto else Grade.CONFORM)
    takes_photographs(team, visits, tmp_path / "存储卡")
    writes_findings(team, first)
    types_what_stands_on_paper(team, first)
    member_differs(team, given, first)
    person.drop(member_gives(team))
    agrees_on_what_differs(team, first)
    writes_what_the_grades_ask_for(team, first)
    representative_signs(team, first, AcknowledgementOutcome.AGREED)
    representative_signs(team, second, AcknowledgementOutcome.SEAL_PENDING)
    for visit in visits:
        concludes(team, visit)
    member_cosigns(team, gives(team), first)
    hand_ins = [leader_signs(team, "hand-in"), member_hands_in(team)]
    seal_comes_later(team, second, tmp_path)
    hand_ins.append(leader_signs(team, "later hand-in"))
    person.close()
    record_takes(team, hand_ins)


def plans_both(team: Team) -> tuple[VisitId, VisitId]:
    """With one press each: the team is there already; the second factory is visited a day later."""
    place = team.place
    for application in team.applications:
        place.show_list()
        team.person.settle()
        place.plan_action.trigger()
        page = place.planning
        line = next(n for n in range(page.dossier.count()) if application in page.dossier.itemText(n))
        page.dossier.setCurrentIndex(line)
        page.dossier.activated.emit(line)
        team.person.settle()
        slot = page.form.slots.lines[0]
        if application == team.applications[1]:
            slot.day.setDate(slot.day.date().addDays(1))
        team.person.click(slot.items)
        slot.items.selectAll()
        team.person.type("A1-A7 B1-B7")
        team.person.click(page.plan)
        assert not page.note.text()
    lines = {one.application: one.visit for one in team.person.desk.visits.all()}
    visits = tuple(lines[one] for one in team.applications)
    plan = team.sheet(visits[0]).plan
    assert {one.id: one.has_desk for one in plan.team} == {
        team.leader.expert: True,
        team.member.expert: True,
        team.paper.expert: False,
    }
    assert plan.leader.id == team.leader.expert
    return visits[0], visits[1]


def goes_through_the_checklist(team: Team, visit: VisitId) -> None:
    """Every item by number key, one note, one random sample; then the sheet that the third filled in by hand."""
    tab = team.open(visit, CHECKLIST).checklist
    person = team.person
    for item in team.sheet(visit).checklist.items:
        tab.go_to(item.id)
        tab.list.setFocus()
        person.press(Qt.Key.Key_2)
    person.settle()
    assert not team.sheet(visit).score.missing
    tab.go_to(ItemId("D2"))
    person.click(tab.page.record.seen)
    person.type("抽查工单八份，处理时限均有记录。")
    samples = tab.page.samples
    for edit, words in ((samples.of, "十月工单"), (samples.population, "60")):
        person.click(edit)
        person.type(words)
    person.click(samples.draw)
    sheet = team.sheet(visit)
    assert [one.seen for one in sheet.records] == ["抽查工单八份，处理时限均有记录。"]
    assert len(sheet.samples[0].numbers) == 8


def takes_photographs(team: Team, visits: tuple[VisitId, VisitId], card: Path) -> None:
    """The card holds both days; each photograph goes to the factory that was visited when it was taken."""
    card.mkdir()
    half = PHOTOGRAPHS // 2
    for place, visit in enumerate(visits):
        begins = team.sheet(visit).plan.timetable[0].starts_at.astimezone(BEIJING)
        for number in range(half):
            at = (begins + timedelta(seconds=20 * number)).strftime("%Y:%m:%d %H:%M:%S")
            name = f"IMG_{place * half + number + 1:04}.JPG"
            picture(card / name, seed=place * half + number, size=(120, 90), at=at)
    tab = team.open(visits[0], PHOTOS).photos
    tab.take([card])
    team.person.settle()
    team.person.click(tab.bar.each)
    assert [len(team.sheet(visit).photos) for visit in visits] == [half, half]
    tab.tray.choose([tab.tray.photos.line(row).sha256 for row in range(3)])
    tab.tray.setFocus()
    QTest.keyClicks(tab.tray, "b")
    QTest.keyClicks(tab.items.field, "5")
    QTest.keyClick(tab.items.field, Qt.Key.Key_Return)
    team.person.settle()
    assert sum("B5" in one.items for one in team.sheet(visits[0]).photos) == 3


def writes_findings(team: Team, visit: VisitId) -> None:
    """A strength and a nonconformity, each with what it rests on; the item is graded down for it."""
    person, checklist = team.person, team.open(visit, CHECKLIST).checklist
    checklist.go_to(ItemId("B5"))
    checklist.list.setFocus()
    person.press(Qt.Key.Key_3)
    person.settle()
    tab = team.open(visit, FINDINGS).findings
    for kind, item, fact, clause in (
        (FindingKind.STRENGTH, "D2", "示例：工单处理及时", ""),
        (FindingKind.MINOR, "B5", "示例：点检表缺两日签字", "GB/T 19001 8.5.1"),
    ):
        person.click(tab.new)
        person.click(tab.form.kind.buttons[kind])
        tab.form.item.setCurrentIndex(tab.form.item.findData(item))
        person.click(tab.form.fact)
        person.type(fact)
        if clause:
            person.click(tab.form.clause)
            person.type(clause)
            tab.form.evidence.list.item(0).setCheckState(Qt.CheckState.Checked)
        person.click(tab.form.keep)
        assert not tab.form.note.text()
    assert [one.kind for one in team.sheet(visit).findings] == [FindingKind.MINOR, FindingKind.STRENGTH]


def gives(team: Team) -> Path:
    """What the leader's desk knows of every open visit, on a stick."""
    out = team.file("leader gives")
    (written,) = team.person.desk.exchange.give(out, passphrase=PASSPHRASE).files
    return written.file


def types_what_stands_on_paper(team: Team, visit: VisitId) -> None:
    """The third member's sheet, typed by the leader under the third member's name; and what that member thinks."""
    tab, person = team.open(visit, CHECKLIST).checklist, team.person
    tab.author.setCurrentIndex(tab.author.findData(team.paper.expert))
    tab.author.activated.emit(tab.author.currentIndex())
    tab.go_to(ItemId("C3"))
    for edit, words in ((tab.page.record.seen, "示例：产量与电费单一致"), (tab.page.record.sheet_name, "检查表第2页")):
        person.click(edit)
        person.type(words)
    person.settle()
    records = {one.author: one for one in team.sheet(visit).records}
    assert (records[team.paper_id].typed_by, records[team.paper_id].paper) == (team.leader.expert, "检查表第2页")
    meeting = team.open(visit, MEETING).meeting
    person.click(meeting.dissent.text)
    person.type("示例组员认为可评为优")
    meeting.dissent.author.setCurrentIndex(meeting.dissent.author.findData(team.paper.expert))
    person.click(meeting.dissent.add)
    assert [one.author for one in team.sheet(visit).dissents] == [team.paper.expert]


def member_differs(team: Team, given: Path, visit: VisitId) -> None:
    """At the member's own desk: two items seen otherwise, and a photograph of one's own."""
    taken = team.run("import", given)
    assert (taken.status, taken.outcomes) == (0, ["new"]), taken.errors
    code = team.sheet(visit).application
    for item, grade in DIFFERENT.items():
        done = team.run("visit grade", code, item, grade, "--reason", "示例：本人现场所见不同")
        assert done.status == 0, done.errors
    photo = picture(team.world.folder / "组员.jpg", seed=9_999, at="2026:12:01 09:00:00")
    assert team.run("visit photos", code, photo).document["counts"]["taken"] == 1


def member_gives(team: Team) -> Path:
    """The member's file for the leader."""
    out = team.file("member gives")
    done = team.run("visit exchange", "--out", out)
    assert done.status == 0, done.errors
    return out


def agrees_on_what_differs(team: Team, visit: VisitId) -> None:
    """Two lines for the meeting, each agreed on with its reason."""
    meeting, person = team.open(visit, MEETING).meeting, team.person
    assert [one.item for one in team.sheet(visit).disagreements] == list(DIFFERENT)
    for line in meeting.differences.lines.values():
        person.click(line.grade.buttons[Grade.MINOR])
        person.click(line.reason)
        person.type("以现场记录为准")
        person.click(line.agree)
    sheet = team.sheet(visit)
    assert [(one.item, one.grade) for one in sheet.agreed] == [(item, Grade.MINOR) for item in DIFFERENT]
    assert len(sheet.photos) == PHOTOGRAPHS // 2 + 1


def writes_what_the_grades_ask_for(team: Team, visit: VisitId) -> None:
    """Every grade that the team agreed on and that takes points away has its finding, begun by one press."""
    tab, person = team.open(visit, FINDINGS).findings, team.person
    for item in DIFFERENT:
        person.click(next(button for button in tab.lacking if button.text().startswith(item)))
        person.click(tab.form.fact)
        person.type("示例：现场所见与要求有出入")
        person.click(tab.form.clause)
        person.type("示例条款")
        if not tab.form.evidence.everything.isChecked():
            person.click(tab.form.evidence.everything)
        tab.form.evidence.list.item(0).setCheckState(Qt.CheckState.Checked)
        person.click(tab.form.keep)
        assert not tab.form.note.text()
    assert {one.item for one in team.sheet(visit).findings} == {"B5", "D2", *DIFFERENT}
    assert not tab.lacking


def representative_signs(team: Team, visit: VisitId, outcome: AcknowledgementOutcome) -> None:
    """The short sheet is printed, signed with a pen, photographed, and found again by its code."""
    frame, person = team.open(visit, MEETING), team.person
    pdf = team.world.folder / f"{visit}.pdf"
    frame.forms.save(VisitForm.ACKNOWLEDGEMENT, pdf)
    person.settle()
    sheet = team.world.folder / f"{visit}.jpg"
    sheet.write_bytes(photographed(printed(pdf.read_bytes()), turn=4, tilt=0.05))
    frame.forms.take([sheet])
    person.settle()
    form = frame.meeting.acknowledgement.form
    person.click(form.outcome.buttons[outcome])
    person.click(form.signed_by)
    person.type("示例厂长")
    person.click(form.keep)
    made = team.sheet(visit).acknowledgement
    assert made is not None
    assert (made.outcome, made.signed_by, len(made.sheets)) == (outcome, "示例厂长", 1)
    assert not team.sheet(visit).is_acknowledgement_stale


def concludes(team: Team, visit: VisitId) -> None:
    """The joint opinion is written and the visit concluded: score and conclusion follow by the rules."""
    conclusion, person = team.open(visit, MEETING).meeting.conclusion, team.person
    person.click(conclusion.opinion)
    person.type("示例联合意见：管理规范，建议通过。")
    person.settle()
    person.click(conclusion.conclude)
    result = team.sheet(visit).result
    assert result is not None, conclusion.note.text()
    assert result.opinion == "示例联合意见：管理规范，建议通过。"


def member_cosigns(team: Team, given: Path, visit: VisitId) -> None:
    """The concluded opinion comes by stick and is signed at the member's own desk."""
    taken = team.run("import", given)
    assert (taken.status, taken.outcomes) == (0, ["new"]), taken.errors
    signed = team.run("visit cosign", team.sheet(visit).application)
    assert signed.status == 0, signed.errors


def leader_signs(team: Team, name: str) -> Path:
    """Whatever is ready, through the hand-in place."""
    place, person = team.person.window.show_place(HAND_IN), team.person
    assert isinstance(place, HandInPlace)
    person.settle()
    assert place.ready.ticked()
    out = team.file(name)
    person.sign(place.sign, PASSPHRASE, out)
    assert out.exists()
    return out


def member_hands_in(team: Team) -> Path:
    """The co-signature goes straight to the secretariat."""
    out = team.file("member hands in")
    done = team.run("seal", "--declarations", "--out", out)
    assert (done.status, done.document["cosignatures"]) == (0, 1), done.errors
    return out


def seal_comes_later(team: Team, visit: VisitId, folder: Path) -> None:
    """The company's seal was not there on the day: the sealed sheet is attached, and the review signed again."""
    frame = team.open(visit, MEETING)
    sealed = folder / "盖章页.jpg"
    sealed.write_bytes(photographed(printed((team.world.folder / f"{visit}.pdf").read_bytes()), turn=-3, seed=5))
    section, person = frame.meeting.acknowledgement, team.person
    section.seal_sheet.read(sealed)
    person.settle()
    if section.attach.isVisible() and section.attach.isEnabled():
        person.click(section.attach)
    made = team.sheet(visit).acknowledgement
    assert made is not None
    assert made.sealed_on is not None
    review = person.task(team.sheet(visit).application, ReviewKind.ONSITE).review
    person.desk.scoring.revise(review, "示例：盖章页已补")


def record_takes(team: Team, hand_ins: list[Path]) -> None:
    """Everything is taken in, and the results say what the team said."""
    record = team.world.record.record
    taken = [one for file in hand_ins for one in record.importing.import_files([file]).packages]
    assert [[str(one.outcome) for one in package.reviews] for package in taken] == [
        ["new", "new"],
        [],
        ["already_imported", "revision"],
    ]
    assert record.verification.verify().is_ok
    found = {one.application: one.onsite for one in record.results.results()}
    first, second = (found[one] for one in team.applications)
    assert first is not None
    assert first.facts is not None
    assert len(first.facts.dissents) == 1
    assert [one.signed for one in first.members] == [SignedBy.PACKAGE, SignedBy.DIGITAL, SignedBy.MISSING]
    assert second is not None
    assert second.facts is not None
    assert second.facts.acknowledgement is not None
    assert second.facts.acknowledgement.sealed_on is not None
