"""The window of an open record: the places of the secretariat's work."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _, ngettext
from ui.change_hub import ChangeHub
from ui.clipboard import Clipboard
from ui.errors import Teller
from ui.frame import Frame
from ui.icons import Icon
from ui.idle_lock import IdleLock
from ui.jobs import Workers
from ui.layouts import column
from ui.message import Gravity, Message
from ui.place import Place
from ui.record.application_list import ApplicationList
from ui.record.assignment_screen import AssignmentScreen
from ui.record.context import RecordContext
from ui.record.enrolment_page import EnrolmentPage
from ui.record.expert_list import ExpertList
from ui.record.import_page import ImportPage
from ui.record.intake_page import IntakePage
from ui.record.issue_page import IssuePage
from ui.record.log_screen import LogScreen
from ui.record.overview_screen import OverviewScreen
from ui.record.results_screen import ResultsScreen
from ui.record.returns_page import ReturnsPage
from ui.record.standing import Standing, Step
from ui.record.tabbed_place import Page, TabbedPlace
from ui.record.tray_page import TrayPage
from ui.remembered import Remembered
from ui.session_lock import SessionLock

if TYPE_CHECKING:
    from app.bootstrap.record import RecordWorkspace

OVERVIEW, APPLICATIONS, EXPERTS, ASSIGNMENT, PACKAGES, RESULTS, LOG = "R01", "R02", "R03", "R04", "R05", "R06", "R10"
LIST, INTAKE = "R02-1", "R02-2"
ROSTER, ENROLMENT = "R03-1", "R03-2"
ISSUE, IMPORT, TRAY, RETURNS = "R05-1", "R05-2", "R05-3", "R05-4"


class RecordWindow(QWidget):
    """Owns the workers of one open record.

    Signals:
        lock_requested: the person or the idle timer wants to lock; carries the code of the place.
        help_requested: carries the screen code.
        page_requested: carries the code of a screen or sentence whose help is wanted.
    """

    lock_requested = Signal(str)
    help_requested = Signal(str)
    page_requested = Signal(str)

    def __init__(
        self, record: "RecordWorkspace", *, teller: Teller, remembered: Remembered, clipboard: Clipboard,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._record = record
        self._place = OVERVIEW
        self.workers = Workers(self)
        self.workers.failed.connect(teller.tell)
        self.hub = ChangeHub(self)
        self._context = RecordContext(record, self.workers, self.hub, teller, remembered, clipboard)
        self._packages: TabbedPlace | None = None
        self.frame = Frame(self._places(), self.workers)
        self.frame.place_shown.connect(self._on_place_shown)
        self.frame.lock_requested.connect(self._on_lock)
        self.frame.help_requested.connect(self.help_requested)
        self.frame.page_requested.connect(self.page_requested)
        self.frame.status.set_note(_("{name} has the record open").format(name=record.opener) if record.opener else "")
        teller.say_in(self.frame.strip.show_message)
        self._idle = IdleLock(self)
        self._idle.due.connect(self._on_lock)
        self._idle.warned.connect(self._on_idle_warned)
        self._idle.resumed.connect(self._on_resumed)
        self._session = SessionLock(self)
        self._session.due.connect(self._on_lock)
        self._idle.start()
        self._session.start(self)
        self.setLayout(column(self.frame))
        self.frame.show_place(OVERVIEW)

    def show_place(self, code: str) -> object:
        """Go to the place called *code*, or to the page of that code inside its place."""
        place, _dash, _page = code.partition("-")
        view = self.frame.show_place(place)
        if code != place and isinstance(view, TabbedPlace):
            return view.show_page(code)
        return view

    def screen_code(self) -> str:
        """The code of what is shown, for help."""
        return self.frame.screen_code()

    def show_step(self, step: Step) -> None:
        """Go where *step* is done."""
        waiting = self._standing.waiting if self._standing else 0
        self.show_place(
            {
                Step.INTAKE: INTAKE,
                Step.EXPERTS: ENROLMENT if self._standing and self._standing.experts else ROSTER,
                Step.ASSIGNMENT: ASSIGNMENT,
                Step.ISSUE: ISSUE,
                Step.IMPORT: TRAY if waiting else IMPORT,
                Step.RESULTS: RESULTS,
            }[step]
        )

    def shut_down(self) -> None:
        """End the jobs and close the record."""
        view = self.frame.current()
        if view is not None:
            view.left()
        self._idle.stop()
        self._session.stop()
        self.workers.close()
        self._record.close()

    def _places(self) -> tuple[Place, ...]:
        return (
            Place(OVERVIEW, _("Overview"), Icon.OVERVIEW, self._make_overview),
            Place(APPLICATIONS, _("Applications"), Icon.APPLICATIONS, self._make_applications),
            Place(EXPERTS, _("Experts"), Icon.EXPERTS, self._make_experts),
            Place(ASSIGNMENT, _("Panels"), Icon.PANELS, self._make_assignment),
            Place(PACKAGES, _("Packages"), Icon.PACKAGES, self._make_packages),
            Place(RESULTS, _("Results"), Icon.RESULTS, self._make_results),
            Place(LOG, _("Log"), Icon.LOG, self._make_log),
        )

    @property
    def _standing(self) -> Standing | None:
        return self._overview.standing

    def _make_overview(self) -> OverviewScreen:
        self._overview = OverviewScreen(self._context)
        self._overview.step_chosen.connect(self.show_step)
        self._overview.standing_read.connect(self._on_standing)
        return self._overview

    def _make_applications(self) -> TabbedPlace:
        entries = ApplicationList(self._context)
        entries.intake_requested.connect(self._on_intake)
        return TabbedPlace((Page(LIST, _("List"), entries), Page(INTAKE, _("Taking in"), IntakePage(self._context))))

    def _make_experts(self) -> TabbedPlace:
        roster = ExpertList(self._context)
        return TabbedPlace(
            (Page(ROSTER, _("Roster"), roster), Page(ENROLMENT, _("Enrolment"), EnrolmentPage(self._context)))
        )

    def _make_assignment(self) -> AssignmentScreen:
        return AssignmentScreen(self._context)

    def _make_packages(self) -> TabbedPlace:
        desk = ImportPage(self._context)
        desk.tray_requested.connect(self._on_tray)
        self._packages = TabbedPlace(
            (
                Page(ISSUE, _("Send out"), IssuePage(self._context)),
                Page(IMPORT, _("Bring in"), desk),
                Page(TRAY, _("Tray"), TrayPage(self._context)),
                Page(RETURNS, _("Side by side"), ReturnsPage(self._context)),
            )
        )
        if self._standing is not None:
            self._on_standing(self._standing)
        return self._packages

    def _make_results(self) -> ResultsScreen:
        return ResultsScreen(self._context)

    def _make_log(self) -> LogScreen:
        return LogScreen(self._context)

    def _on_standing(self, standing: Standing) -> None:
        waiting = standing.waiting
        if self._packages is not None:
            title = _("Tray")
            self._packages.set_tab_title(TRAY, f"{title} {waiting}" if waiting else title)
        title = ngettext("Packages {count}", "Packages {count}", waiting).format(count=waiting)
        self.frame.rail.set_badge(PACKAGES, title if waiting else _("Packages"))

    def _on_intake(self) -> None:
        self.show_place(INTAKE)

    def _on_tray(self) -> None:
        self.show_place(TRAY)

    def _on_place_shown(self, code: str) -> None:
        self._place = code

    def _on_lock(self) -> None:
        self.lock_requested.emit(self._place)

    def _on_idle_warned(self, seconds: int) -> None:
        words = _("Locking in {seconds} seconds. Move the mouse to go on.").format(seconds=seconds)
        self.frame.strip.show_message(Message(words, Gravity.WARN, key="idle"))

    def _on_resumed(self) -> None:
        self.frame.strip.withdraw("idle")
