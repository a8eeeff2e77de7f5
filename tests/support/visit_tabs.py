"""A tab of a visit over a real desk: shown in a window of its own, fed with the sheet whenever something changed."""

from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.domain.onsite.ids import VisitId
from app.errors import UserFacingError
from app.services.visit_sheet import VisitSheet
from tests.support.visit_photos import PlannedVisit
from ui.change_hub import ChangeHub
from ui.clipboard import Clipboard
from ui.desk.context import DeskContext
from ui.desk.saver import Saver
from ui.jobs import Workers
from ui.remembered import Remembered


class Tab(Protocol):
    """What every tab of a visit is."""

    changed: SignalInstance

    def refresh(self, sheet: VisitSheet) -> None: ...


class _Feeder(QObject):
    def __init__(self, planned: PlannedVisit, hub: ChangeHub) -> None:
        super().__init__()
        self.planned, self.tab = planned, None
        hub.changed.connect(self._on_changed)

    tab: Tab | None

    def _on_changed(self, changes: object, _by: object) -> None:
        if self.tab is not None and isinstance(changes, Changes) and self.planned.visit in changes.visits:
            self.tab.refresh(self.planned.sheet)


@dataclass
class TabWindow:
    """The context of one tab, and what was refused."""

    planned: PlannedVisit
    workers: Workers
    qtbot: QtBot
    refused: list[UserFacingError] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        hub = ChangeHub()
        self.saver = Saver(self.workers, hub)
        self.saver.refused.connect(self.refused.append)
        self.workers.failed.connect(self.failed.append)
        self.context = DeskContext(self.planned.desk, self.workers, hub, self.saver, Remembered(), Clipboard())
        self._feeder = _Feeder(self.planned, hub)

    @property
    def visit(self) -> VisitId:
        return self.planned.visit

    def show(self, tab: QWidget, *, width: int = 1280, height: int = 560) -> None:
        """Show *tab*, in front, with the sheet as it stands."""
        self.qtbot.addWidget(tab)
        tab.resize(width, height)
        self._feeder.tab = tab  # type: ignore[assignment]
        tab.refresh(self.planned.sheet)  # type: ignore[attr-defined]
        with self.qtbot.waitExposed(tab):
            tab.show()
        tab.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Until nothing is on its way any more."""
        self.qtbot.waitUntil(lambda: not self.workers.jobs and self.saver.is_idle)
