"""The record's window: its places, its codes, what the rail counts, and how it ends."""

import pytest
from pytestqt.qtbot import QtBot

from tests.support.record_world import FakeDesk, RecordWorld
from ui.record import window as places
from ui.record.standing import Step
from ui.record.tabbed_place import TabbedPlace
from ui.record.window import RecordWindow

PAGES = {
    places.APPLICATIONS: (places.LIST, places.INTAKE),
    places.EXPERTS: (places.ROSTER, places.ENROLMENT),
    places.PACKAGES: (places.ISSUE, places.IMPORT, places.TRAY, places.RETURNS),
}
SINGLE = (places.OVERVIEW, places.ASSIGNMENT, places.RESULTS, places.LOG)


@pytest.mark.parametrize("code", [*SINGLE, *(page for pages in PAGES.values() for page in pages)])
def test_every_place_of_an_empty_record_opens_and_names_its_code(
    window: RecordWindow, settle: object, code: str
) -> None:
    window.show_place(code)
    settle()  # type: ignore[operator]
    assert window.frame.screen_code() == code
    assert window.frame.strip.current() is None


def test_steps_lead_to_their_places(window: RecordWindow) -> None:
    for step, code in (
        (Step.INTAKE, places.INTAKE),
        (Step.EXPERTS, places.ROSTER),
        (Step.ASSIGNMENT, places.ASSIGNMENT),
        (Step.ISSUE, places.ISSUE),
        (Step.IMPORT, places.IMPORT),
        (Step.RESULTS, places.RESULTS),
    ):
        window.show_step(step)
        assert window.frame.screen_code() == code


def test_primary_button_of_the_overview_goes_to_the_next_step(window: RecordWindow) -> None:
    view = window.frame.current()
    assert view is not None
    action = view.primary_action()
    assert action is not None
    assert (action.text(), action.isEnabled()) == ("Take in applications", True)
    action.trigger()
    assert window.frame.screen_code() == places.INTAKE


def test_rail_and_tab_count_what_waits_wherever_the_person_is(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: object
) -> None:
    place = window.show_place(places.IMPORT)
    settle()  # type: ignore[operator]
    assert place is not None
    desk = window.frame.current()
    assert isinstance(desk, TabbedPlace)
    importing = desk.current().view
    review = world.record.returns.overview()[0].review
    world.clock.forward(days=60)  # late: held for a decision; the other one can only be put away
    late = world.file(desks[0].hand_in(desks[0].sealed(review)))
    importing.look_at((world.file(b"nothing of ours"), late))  # type: ignore[attr-defined]
    settle()  # type: ignore[operator]
    action = window.frame.current().primary_action()  # type: ignore[union-attr]
    assert action is not None
    action.trigger()
    settle()  # type: ignore[operator]
    assert window.frame.rail._buttons[places.PACKAGES].text() == "Packages 1"
    assert desk._bar.tabText(2) == "Tray 1"


def test_locking_names_the_place(window: RecordWindow, qtbot: QtBot) -> None:
    window.show_place(places.RESULTS)
    with qtbot.waitSignal(window.lock_requested) as asked:
        window.frame.lock_requested.emit()
    assert asked.args == [places.RESULTS]


def test_search_text_goes_along_from_tab_to_tab(desks: list[FakeDesk], window: RecordWindow, settle: object) -> None:
    window.show_place(places.RETURNS)
    settle()  # type: ignore[operator]
    place = window.frame.current()
    assert isinstance(place, TabbedPlace)
    place.search("E0001")
    returns = place.current().view
    assert returns.table.model.rowCount() == 4  # type: ignore[attr-defined]
    place.show_page(places.TRAY)
    place.search("")
    place.show_page(places.RETURNS)
    assert returns.table.model.rowCount() == 8  # type: ignore[attr-defined]


def test_keys_walk_through_the_tabs(window: RecordWindow) -> None:
    window.show_place(places.ISSUE)
    place = window.frame.current()
    assert isinstance(place, TabbedPlace)
    place._on_previous()
    assert window.frame.screen_code() == places.RETURNS
    place._on_next()
    assert window.frame.screen_code() == places.ISSUE
