"""Panels by hand and by proposal; what is sent is never taken back by a slip of the hand."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.domain.assigning import AssignmentState
from app.domain.ids import ApplicationCode, ExpertCode
from app.domain.review import ReviewKind
from tests.support.record_world import FakeDesk, RecordWorld
from tests.ui.record.conftest import Settle
from tests.ui.record.pages import page
from ui.models.table_model import Role
from ui.record import window as places
from ui.record.assignment_screen import AssignmentScreen
from ui.record.expert_choice_dialog import ExpertChoiceDialog
from ui.record.reason_dialog import ReasonDialog
from ui.record.window import RecordWindow

FIRST, THIRD = ApplicationCode("2026-0001"), ExpertCode("E0003")


@pytest.fixture
def screen(desks: list[FakeDesk], window: RecordWindow, settle: Settle) -> AssignmentScreen:
    made = page(window, places.ASSIGNMENT, AssignmentScreen)
    settle()
    return made


def states(world: RecordWorld) -> dict[tuple[str, str], AssignmentState]:
    return {pair: cell.state for pair, cell in world.record.assigning.matrix().cells.items()}


def test_click_assigns_and_a_second_click_takes_it_back(
    world: RecordWorld, screen: AssignmentScreen, settle: Settle
) -> None:
    place = screen.view.visualRect(screen.model.index(0, 2)).center()
    QTest.mouseClick(screen.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert states(world)[FIRST, THIRD] is AssignmentState.ASSIGNED
    assert screen.model.data(screen.model.index(0, 2), Role.STATE).sign == "●"
    QTest.mouseClick(screen.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert (FIRST, THIRD) not in states(world)


def test_space_assigns_too(world: RecordWorld, screen: AssignmentScreen, settle: Settle) -> None:
    screen.view.setCurrentIndex(screen.model.index(0, 2))
    QTest.keyClick(screen.view, Qt.Key.Key_Space)
    settle()
    assert states(world)[FIRST, THIRD] is AssignmentState.ASSIGNED


def test_what_was_sent_stays_until_a_reason_is_given(
    world: RecordWorld, screen: AssignmentScreen, settle: Settle, said: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    index = screen.model.index(0, 0)
    screen.view.setCurrentIndex(index)
    screen._on_toggled(index)
    assert "has been sent" in said()
    assert (FIRST, ExpertCode("E0001")) in states(world)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_words, **_more: "示例原因")
    screen.recall.trigger()
    settle()
    assert (FIRST, ExpertCode("E0001")) not in states(world)


def test_conflict_cannot_be_assigned_and_its_path_is_said(
    world: RecordWorld, window: RecordWindow, settle: Settle, said: Callable[[], str]
) -> None:
    world.enrol(1, employer="示例企业1有限公司")
    world.apply(1)
    screen = page(window, places.ASSIGNMENT, AssignmentScreen)
    screen.renew()
    settle()
    screen._on_toggled(screen.model.index(0, 0))
    assert "employed by 示例企业1有限公司" in said()
    assert states(world) == {}


def test_reassigned_application_goes_to_the_chosen_expert(
    world: RecordWorld, screen: AssignmentScreen, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def ask(*_words: object, **more: object) -> ExpertCode:
        offered.extend(one.expert for one in more["experts"])  # type: ignore[attr-defined]
        return THIRD

    monkeypatch.setattr(ExpertChoiceDialog, "ask", ask)
    screen.view.setCurrentIndex(screen.model.index(0, 0))
    screen.reassign.trigger()
    settle()
    assert offered == [THIRD]
    assert states(world)[FIRST, THIRD] is AssignmentState.ASSIGNED
    assert (FIRST, ExpertCode("E0001")) not in states(world)


def test_proposal_is_shown_first_and_taken_with_the_button(
    world: RecordWorld, screen: AssignmentScreen, settle: Settle
) -> None:
    before = states(world)
    screen.proposal_panel._panel.setValue(3)
    screen.primary_action().trigger()  # type: ignore[union-attr]
    settle()
    action = screen.primary_action()
    assert action is not None
    assert action.text() == "Make 4 assignments"
    assert states(world) == before
    assert screen.model.data(screen.model.index(0, 2), Role.STATE).sign == "+"
    action.trigger()
    settle()
    assert len(states(world)) == len(before) + 4
    assert screen.proposal_panel.isHidden()


def test_dismissed_proposal_leaves_no_trace(world: RecordWorld, screen: AssignmentScreen, settle: Settle) -> None:
    before = states(world)
    screen.proposal_panel._panel.setValue(3)
    screen.propose()
    settle()
    screen.proposal_panel.dismissed.emit()
    assert states(world) == before
    assert screen.model.data(screen.model.index(0, 2), Role.STATE) is None


def test_shortfall_is_named(screen: AssignmentScreen, settle: Settle) -> None:
    screen.proposal_panel._panel.setValue(5)
    screen.propose()
    settle()
    assert "2026-0001: 2 experts missing" in screen.proposal_panel._short.text()


def kind_button(screen: AssignmentScreen, word: str) -> QAbstractButton:
    return next(one for one in screen._kinds.buttons() if one.text() == word)


def test_chosen_kind_is_what_a_click_assigns(world: RecordWorld, screen: AssignmentScreen, settle: Settle) -> None:
    kind_button(screen, "Examination").click()
    settle()
    assert screen.about().startswith("Article 9")
    assert not screen.model.matrix.cells
    screen._on_toggled(screen.model.index(0, 0))
    settle()
    assert list(world.record.assigning.matrix(ReviewKind.EXAMINATION).cells) == [(FIRST, "E0001")]
    assert len(states(world)) == 8  # the qualification reviews are what they were
    screen.propose()
    settle()
    assert screen._proposal is not None
    kind_button(screen, "Qualification review").click()
    settle()
    assert screen._proposal is None
    assert len(screen.model.matrix.cells) == 8


def test_who_is_chosen_first_leads_the_visit_until_somebody_else_does(
    world: RecordWorld, screen: AssignmentScreen, settle: Settle
) -> None:
    kind_button(screen, "On-site review").click()
    settle()
    assert screen.primary_action() is None
    for column in (0, 2):
        screen._on_toggled(screen.model.index(0, column))
        settle()
    assert [seat.is_leader for seat in world.record.visits.team(FIRST)] == [True, False]
    assert screen.model.data(screen.model.index(0, 0), Role.STATE).sign.startswith("★")
    screen.view.setCurrentIndex(screen.model.index(0, 2))
    screen.lead.trigger()
    settle()
    assert [seat.is_leader for seat in world.record.visits.team(FIRST)] == [False, True]
    assert "leads the visit" in screen.model.data(screen.model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
