"""A visit on a real desk, in the desk's own window or tab by tab."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from app.services.visit_sheet import VisitSheet
from tests.support.desks import DeskStory, stories
from tests.support.visit_photos import PlannedVisit, plan
from tests.support.visit_tabs import TabWindow
from tests.ui.desk.conftest import OpenWindow, open_window
from ui.desk.window import ON_SITE
from ui.jobs import Workers
from ui.visit.checklist_tab import ChecklistTab
from ui.visit.plan_tab import PlanTab
from ui.visit.visit_place import VisitPlace

__all__ = ["open_window", "stories"]


@dataclass
class OnSite:
    """The window on its On site place."""

    opened: OpenWindow
    place: VisitPlace
    planned: PlannedVisit | None = None

    def settle(self) -> None:
        self.opened.settle()

    def open_plan(self) -> PlanTab:
        """Into the visit, to its plan."""
        assert self.planned is not None
        self.place.open_visit(self.planned.visit)
        self.settle()
        assert self.place.visit is not None
        self.place.visit.bar.setCurrentIndex(0)
        return self.place.visit.plan

    @property
    def sheet(self) -> VisitSheet:
        assert self.planned is not None
        return self.planned.sheet


@pytest.fixture
def on_site(stories: Callable[..., DeskStory], open_window: Callable[[DeskStory], OpenWindow]) -> Callable[..., OnSite]:
    """``on_site(is_planned=True)`` shows the list of visits of a desk whose dossiers are open."""

    def start(*, is_planned: bool = True, is_unlocked: bool = True) -> OnSite:
        story = stories("assigned")
        if is_unlocked:
            story.unlock()
        planned = plan(story) if is_planned else None
        opened = open_window(story)
        place = opened.window.show_place(ON_SITE)
        assert isinstance(place, VisitPlace)
        opened.settle()
        return OnSite(opened, place, planned)

    return start


@dataclass
class Checklist:
    """The checklist of one visit in a window of its own."""

    planned: PlannedVisit
    window: TabWindow
    tab: ChecklistTab

    def settle(self) -> None:
        self.window.settle()

    @property
    def sheet(self) -> VisitSheet:
        return self.planned.sheet


@pytest.fixture
def checklist(stories: Callable[..., DeskStory], workers: Workers, qtbot: QtBot) -> Callable[..., Checklist]:
    """``checklist()`` shows the checklist of a visit; ``before(planned)`` is done first."""

    def start(before: Callable[[PlannedVisit], object] | None = None) -> Checklist:
        planned = plan(stories("assigned").unlock())
        if before is not None:
            before(planned)
        window = TabWindow(planned, workers, qtbot)
        tab = ChecklistTab(window.context, planned.visit)
        window.show(tab)
        return Checklist(planned, window, tab)

    return start
