"""The On site place: what the list says, a new visit with little typing, and the way into and out of one."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDateTimeEdit, QLineEdit, QPlainTextEdit

from app.domain.onsite.checklist import Grade
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.ids import ItemId, MemberId
from app.domain.onsite.visit import MeetingKind, Member, Role, Stage
from app.domain.review import ReviewKind
from app.words.onsite import conclusion_words
from tests.ui.visit.conftest import OnSite
from ui.visit.visit_frame import PHOTOS

Start = Callable[..., OnSite]


def test_empty_list_says_why_and_offers_a_visit(on_site: Start) -> None:
    site = on_site(is_planned=False)
    assert site.place.list.table.empty.isVisible()
    site.place.plan_action.trigger()
    assert site.place.screen_code() == "D41"


def test_nothing_can_be_planned_before_a_declaration(on_site: Start) -> None:
    site = on_site(is_planned=False, is_unlocked=False)
    assert not site.place.plan_action.isEnabled()
    assert "申报" in site.place.list.table.empty._reason.text()


def test_proposed_visit_is_planned_with_one_press(on_site: Start) -> None:
    site = on_site(is_planned=False)
    site.place.plan()
    page = site.place.planning
    assert page.dossier.count() == 2
    page.plan.click()
    site.settle()
    frame = site.place.visit
    assert frame is not None
    assert frame.sheet is not None
    plan = frame.sheet.plan
    assert [one.role for one in plan.team] == [Role.LEADER]
    assert plan.leader.id == frame.sheet.me
    assert plan.sites[0].name == frame.sheet.face.operator
    assert {one.kind for one in plan.meetings} == set(MeetingKind)
    assert len(plan.timetable) == 1
    assert plan.leader.name == "示例专家"


def test_plan_that_cannot_be_is_told_beside_the_button(on_site: Start) -> None:
    site = on_site(is_planned=False)
    site.place.plan()
    page = site.place.planning
    page.form.slots.lines[0].items.setText("Z99")
    page.plan.click()
    site.settle()
    assert "Z99" in page.note.text()
    assert site.place.visit is None
    assert page.form.slots.lines[0].items.text() == "Z99"


def test_title_says_operator_stage_and_progress(on_site: Start) -> None:
    site = on_site()
    assert site.planned is not None
    site.place.open_visit(site.planned.visit)
    site.settle()
    assert "0/27" in site.place.about()
    assert site.sheet.face.operator in site.place.about()
    assert site.place.visit is not None
    site.place.visit.checklist.page.grades.give_number(2)
    site.settle()
    assert "1/27" in site.place.about()


def test_title_says_the_conclusion_once_there_is_one(on_site: Start) -> None:
    site = on_site()
    assert site.planned is not None
    visits, visit = site.planned.desk.visits, site.planned.visit
    for item in site.sheet.checklist.items:
        visits.notes.grade(visit, item.id, Grade.PASS if item.is_veto else Grade.CONFORM)
    visits.meeting.conclude(visit, opinion="示例联合意见")
    site.place.open_visit(visit)
    site.settle()
    assert conclusion_words(Conclusion.PASS) in site.place.about()


def test_opening_a_visit_leaves_the_keyboard_with_the_window(on_site: Start) -> None:
    site = on_site()
    assert site.planned is not None
    site.place.open_visit(site.planned.visit)
    site.settle()
    assert site.opened.window.isActiveWindow()


def test_enter_opens_the_visit_and_back_returns_to_it(on_site: Start) -> None:
    site = on_site()
    view = site.place.list.table.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    site.settle()
    assert site.place.screen_code() == "D43"  # the checklist is what is needed most
    assert site.place.visit is not None
    site.place.visit.back.click()
    site.settle()
    row = site.place.list.table.current_row()
    assert site.place.screen_code() == "D40"
    assert row is not None
    assert row.line.visit == site.place.visit.visit


def test_number_keys_grade_at_once_after_enter_opened_the_visit(on_site: Start) -> None:
    site = on_site()
    view = site.place.list.table.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    site.settle()
    focused = site.opened.window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_2)
    site.settle()
    (given,) = site.sheet.grades
    assert (given.item, given.grade) == ("A1", Grade.CONFORM)


@pytest.mark.parametrize("index", range(5))
def test_every_tab_shows_the_visit_and_names_its_controls(on_site: Start, index: int) -> None:
    site = on_site()
    assert site.planned is not None
    site.planned.desk.visits.notes.grade(site.planned.visit, ItemId("A1"), Grade.CONFORM)
    site.place.open_visit(site.planned.visit)
    site.settle()
    frame = site.place.visit
    assert frame is not None
    frame.bar.setCurrentIndex(index)
    site.settle()
    assert site.opened.said == []
    tab = frame.stack.currentWidget()
    assert tab is not None
    for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QDateTimeEdit):
        for part in tab.findChildren(kind):
            is_inner = isinstance(part, QLineEdit) and part.objectName().startswith("qt_")
            if part.isVisible() and not is_inner and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert part.accessibleName() or getattr(part, "text", str)(), (kind, part.parent())


def test_photos_of_an_item_lead_to_the_photographs(on_site: Start) -> None:
    site = on_site()
    assert site.planned is not None
    site.place.open_visit(site.planned.visit)
    site.settle()
    frame = site.place.visit
    assert frame is not None
    frame.checklist.page.photos.all.click()
    assert frame.bar.currentIndex() == PHOTOS


def test_plan_is_changed_and_what_is_not_saved_stays(on_site: Start) -> None:
    site = on_site()
    assert site.planned is not None
    site.place.open_visit(site.planned.visit)
    site.settle()
    frame = site.place.visit
    assert frame is not None
    frame.bar.setCurrentIndex(0)
    plan = frame.plan
    plan.form.sites.add.click()
    line = plan.form.sites.lines[-1]
    QTest.keyClicks(line.name, "Second")
    plan.form.slots.add.click()
    slot = plan.form.slots.lines[-1]
    QTest.keyClicks(slot.what, "Line 2")
    QTest.keyClicks(slot.items, "a1-a3 B2")
    slot.site.setCurrentIndex(1)
    site.planned.desk.visits.notes.grade(site.planned.visit, ItemId("A1"), Grade.CONFORM)
    frame.reload()
    site.settle()
    assert line.name.text() == "Second"
    assert plan.keep.isVisible()
    plan.keep.click()
    site.settle()
    kept = site.sheet.plan
    assert [one.name for one in kept.sites] == ["示例一厂", "Second"]
    assert kept.timetable[-1].items == tuple(map(ItemId, ("A1", "A2", "A3", "B2")))
    assert kept.timetable[-1].site == kept.sites[1].id
    assert not plan.keep.isVisible()


def test_attendance_of_the_opening_meeting_is_kept(on_site: Start) -> None:
    site = on_site()
    plan = site.open_plan()
    meeting = plan.form.meetings[0]
    meeting.switch.click()
    meeting.people.setPlainText("示例甲，厂长，示例公司\n示例乙")
    plan.keep.click()
    site.settle()
    (kept,) = site.sheet.plan.meetings
    assert [(one.name, one.post) for one in kept.attendees] == [("示例甲", "厂长"), ("示例乙", "")]


def test_meetings_follow_the_day_of_the_timetable_unless_they_were_set_apart(on_site: Start) -> None:
    site = on_site(is_planned=False)
    site.place.plan()
    site.settle()
    form = site.place.planning.form
    opening, closing = form.meetings
    clock, day = closing.at.moment().time(), form.slots.lines[0].day
    day.setDate(day.date().addDays(3))
    assert opening.at.date() == closing.at.date() == day.date()
    assert closing.at.moment().time() == clock
    opening.at.setDate(day.date().addDays(-1))  # the evening before
    day.setDate(day.date().addDays(1))
    assert (opening.at.date().daysTo(day.date()), closing.at.date()) == (2, day.date())
    assert all(one.switch.isChecked() for one in form.meetings)


def test_stage_moves_on_without_touching_the_plan(on_site: Start) -> None:
    site = on_site()
    plan = site.open_plan()
    plan.next_stage.setCurrentIndex(plan.next_stage.findData(Stage.GATHERING))
    plan.advance.click()
    site.settle()
    assert site.sheet.plan.stage is Stage.GATHERING


def test_postponed_visit_says_why_before_the_stage_is_set(on_site: Start) -> None:
    site = on_site()
    plan = site.open_plan()
    plan.next_stage.setCurrentIndex(plan.next_stage.findData(Stage.POSTPONED))
    assert plan.hindered.reason.isVisible()
    assert not plan.advance.isEnabled()
    plan.hindered.reason.setText("示例：停产检修")
    plan.hindered.reason.textEdited.emit("示例：停产检修")
    plan.advance.click()
    site.settle()
    assert site.sheet.plan.stage is Stage.POSTPONED
    (hindrance,) = site.sheet.hindrances
    assert (hindrance.reason, hindrance.until) == ("示例：停产检修", plan.hindered.until.day())
    assert "示例：停产检修" in plan.hindered.told.text()


def test_dossier_that_is_assigned_for_a_visit_is_the_one_proposed(on_site: Start) -> None:
    site = on_site(is_planned=False)
    first, second = site.place._tasks
    page = site.place.planning
    assigned = replace(second, kind=ReviewKind.ONSITE)
    page.begin((first, assigned), "示例专家", teams={}, unwritten={})
    assert page.dossier.currentData() == assigned.review
    assert page.form.draft().sites[0].name == assigned.face.operator


def test_member_whose_number_is_taken_away_is_the_same_person_on_paper(on_site: Start) -> None:
    site = on_site(is_planned=False)
    form = site.place.planning.form
    leader = Member(MemberId("E0002"), "示例组长", Role.LEADER, has_desk=True)
    member = Member(MemberId("E0001"), "示例组员", Role.MEMBER, has_desk=True)
    form.propose("示例企业", leader.name, team=(leader, member))
    form.team.lines[1].code.clear()
    assert form.draft().team == (leader, replace(member, has_desk=False))
    form.team.lines[1].code.setText("E0001")
    assert form.draft().team == (leader, member)
