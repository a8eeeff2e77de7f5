"""The expert's window over one open desk: places, saving, locking, and files dropped anywhere."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from app.domain.health import Health as StoreHealth
from app.domain.health import Severity, worst_severity
from app.domain.ids import ReviewId
from app.domain.onsite.ids import VisitId
from app.domain.outcome import Outcome
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.services.desk_importing import DeskImport
from app.services.desk_settings import DeskSettings
from app.services.desk_views import Overview
from ui.change_hub import ChangeHub
from ui.clipboard import Clipboard
from ui.desk.context import DeskContext
from ui.desk.hand_in_place import HandInPlace
from ui.desk.import_lines import ImportLines
from ui.desk.saver import Saver
from ui.desk.settings_place import SettingsPlace
from ui.desk.task_place import TaskPlace
from ui.errors import Teller
from ui.frame import Frame
from ui.icons import Icon
from ui.idle_lock import IdleLock
from ui.jobs import Lane, Workers
from ui.layouts import column
from ui.message import Gravity, Message
from ui.place import Place, PlaceView
from ui.remembered import Remembered
from ui.session_lock import SessionLock
from ui.start.restoring import RESTORE
from ui.status_line import Health, SavedState
from ui.theme import apply_theme, look
from ui.tokens import Theme
from ui.visit.visit_place import VisitPlace

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace

TASKS: Final = "D01"
HAND_IN: Final = "D02"
SETTINGS: Final = "D03"
ON_SITE: Final = "D04"
_HEALTH: Final = {
    Severity.GOOD: Health.GOOD,
    Severity.INFO: Health.INFO,
    Severity.WARN: Health.WARN,
    Severity.CRITICAL: Health.CRITICAL,
}
_BEFORE_WORK: Final = ("D10", "D11", "D12", "D40")  # where an import leads to; what it told is read there
_ENDING: Final = ".youpin"
_INVITATION: Final = "invitation"  # the kind as every import names it


class DeskWindow(QWidget):
    """Owns the workers of the open desk and lets go of everything in :meth:`shut_down`.

    Signals:
        lock_requested: everything typed is in the store; lock now. Carries the code of the place.
        help_requested: carries the screen code.
        page_requested: carries the code of a screen or sentence whose help is wanted.
    """

    lock_requested = Signal(str)
    help_requested = Signal(str)
    page_requested = Signal(str)

    def __init__(
        self,
        desk: "DeskWorkspace",
        *,
        teller: Teller,
        remembered: Remembered,
        clipboard: Clipboard,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._teller = teller
        workers, hub = Workers(self), ChangeHub(self)
        self.saver = Saver(workers, hub, parent=self)
        self.context = DeskContext(desk, workers, hub, self.saver, remembered, clipboard)
        self._is_locking = self._is_closed = False
        self._lock_place = self._screen = ""
        self._files_lie_in = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        self._views: dict[str, PlaceView] = {}
        self.idle, self.session = IdleLock(self), SessionLock(self)
        places = (
            Place(TASKS, _("Tasks"), Icon.TASKS, self._make_tasks),
            Place(ON_SITE, _("On site"), Icon.SITE, self._make_on_site),
            Place(HAND_IN, _("Hand in"), Icon.HAND_IN, self._make_hand_in),
            Place(SETTINGS, _("Settings"), Icon.SETTINGS, self._make_settings),
        )
        self.imported = ImportLines()
        self.frame = Frame(places, workers)
        layout = column(self.imported, self.frame, gap=0)
        layout.setStretchFactor(self.frame, 1)
        self.setLayout(layout)
        self.setAcceptDrops(True)
        self._wire()
        self.show_place(TASKS)
        self._tell_health(worst_severity(finding.severity for finding in desk.opening_findings))
        workers.run(self._read_settings, is_quiet=True, done=self._on_settings)
        workers.run(self._warm_up, lane=Lane.OTHER, is_quiet=True)
        self.idle.start()
        self.session.start(self)

    def show_place(self, code: str) -> PlaceView:
        """Go to the place called *code*; an unknown one is the tasks."""
        return self.frame.show_place(code if code in {TASKS, ON_SITE, HAND_IN, SETTINGS} else TASKS)

    def screen_code(self) -> str:
        """The code of what is shown, for help."""
        return self.frame.screen_code()

    def import_files(self, paths: Iterable[Path]) -> None:
        """Take over whatever came from the secretariat or from the team; each file gets its line."""
        files = [file for path in paths for file in _files_of(path)]
        if files:
            self.context.workers.run(
                partial(self._import, files), title=_("Importing"), done=self._on_imported, failed=self._teller.tell
            )

    def shut_down(self) -> None:
        """Settle what was typed, end the jobs, close the desk. Safe to call twice."""
        if self._is_closed:
            return
        self._is_closed = True
        self.idle.stop()
        self.session.stop()
        self._finish_typing()
        self.saver.drain()
        self.context.workers.close()
        self.context.desk.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.import_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut_down()
        super().closeEvent(event)

    def _wire(self) -> None:
        frame, teller = self.frame, self._teller
        self.imported.visit_asked.connect(self._on_visit)
        self.imported.meeting_asked.connect(self._on_meeting)
        teller.say_in(frame.strip.show_message)
        self.context.workers.failed.connect(teller.tell)
        self.saver.refused.connect(teller.tell)
        self.saver.troubled.connect(self._on_troubled)
        self.saver.state_changed.connect(self._on_saved)
        self.saver.idle.connect(self._on_saver_idle)
        frame.lock_requested.connect(self._on_lock)
        frame.help_requested.connect(self.help_requested)
        frame.page_requested.connect(self.page_requested)
        frame.place_shown.connect(self._on_place_shown)
        self.idle.due.connect(self._on_lock)
        self.session.due.connect(self._on_lock)
        self.idle.warned.connect(self._on_idle_warned)
        self.idle.resumed.connect(self._on_idle_resumed)

    def _make_tasks(self) -> PlaceView:
        place = TaskPlace(self.context)
        place.hand_in_asked.connect(self._on_hand_in)
        place.overview_changed.connect(self._on_overview)
        place.file_asked.connect(self._on_file_asked)
        place.visit_asked.connect(self._on_visit)
        place.failed.connect(self._teller.tell)
        place.review.viewer.turned.connect(self.idle.touch)
        return self._kept(TASKS, place)

    def _make_on_site(self) -> PlaceView:
        place = VisitPlace(self.context)
        place.failed.connect(self._teller.tell)
        place.hand_in_asked.connect(self._on_hand_in)
        place.file_asked.connect(self._on_file_asked)
        return self._kept(ON_SITE, place)

    def _make_hand_in(self) -> PlaceView:
        place = HandInPlace(self.context)
        place.failed.connect(self._teller.tell)
        return self._kept(HAND_IN, place)

    def _make_settings(self) -> PlaceView:
        place = SettingsPlace(self.context)
        place.failed.connect(self._teller.tell)
        place.idle_changed.connect(self.idle.set_minutes)
        place.theme_changed.connect(self._on_theme)
        place.health_found.connect(self._on_health)
        place.restore_asked.connect(partial(self._lock_at, RESTORE))
        return self._kept(SETTINGS, place)

    def _kept(self, code: str, place: PlaceView) -> PlaceView:
        self._views[code] = place
        place.header_changed.connect(self._on_header)
        return place

    def _finish_typing(self) -> None:
        for code in (TASKS, ON_SITE):
            if code in self._views:
                self._views[code].left()
        self.saver.flush()

    def _import(self, files: list[Path], progress: Progress) -> DeskImport:
        return self.context.desk.importing.import_files(files, progress=progress)

    def _on_imported(self, result: object) -> None:
        if not isinstance(result, DeskImport):
            return
        invitation = next((item for item in result.packages if _is_unanswered(item.kind, item.outcome)), None)
        tasks = None
        if result.changes.tasks or invitation is not None:
            tasks = self.show_place(TASKS)
        elif result.changes.visits and self.frame.current_code() != ON_SITE:
            self.show_place(ON_SITE)
        if invitation is not None and isinstance(tasks, TaskPlace):
            tasks.answer_invitation(invitation.file)
        if invitation is None or len(result.packages) > 1:
            self.imported.show_files(result.packages)
        self.context.hub.publish(result.changes, by=self)

    def _on_file_asked(self) -> None:
        paths, _kind = QFileDialog.getOpenFileNames(
            self, _("Files from the secretariat or from the team"), self._files_lie_in, f"*{_ENDING}"
        )
        if paths:
            self._files_lie_in = str(Path(paths[0]).parent)
            self.import_files([Path(path) for path in paths])

    def _on_meeting(self, visit: str) -> None:
        place = self.show_place(ON_SITE)
        if isinstance(place, VisitPlace):
            place.open_visit(VisitId(visit), is_meeting=True)

    def _on_hand_in(self, reviews: tuple[ReviewId, ...]) -> None:
        place = self.show_place(HAND_IN)
        if isinstance(place, HandInPlace):
            place.tick_only(reviews)

    def _on_visit(self, visit: str) -> None:
        place = self.show_place(ON_SITE)
        if isinstance(place, VisitPlace) and visit:
            place.open_visit(VisitId(visit))

    def _on_overview(self, overview: Overview) -> None:
        words = _("{count} of {of} handed in").format(count=overview.handed_in, of=overview.of)
        self.frame.status.set_note(words if overview.of else "")

    def _on_place_shown(self, code: str) -> None:
        for edit in self._views[code].findChildren(QLineEdit):
            edit.setAcceptDrops(False)  # a file that is dropped is imported wherever it falls

        self._go_on()

    def _on_header(self) -> None:
        screen = self.screen_code()
        if screen != self._screen and screen not in _BEFORE_WORK:
            self._go_on()
        self._screen = screen

    def _go_on(self) -> None:
        """What was told about the work before needs no room above the next."""
        self.imported.go_on()
        self.frame.strip.go_on()

    def _on_saved(self, state: SavedState, at: datetime | None) -> None:
        self.frame.status.set_saved(state, at=at)
        if state is SavedState.SAVED:
            self.frame.strip.withdraw("saving")

    def _on_troubled(self, error: UserFacingError) -> None:
        words = _("{sentence} It is tried again by itself; what you typed is still here.")
        message = Message(words.format(sentence=error.sentence()), Gravity.BAD, code=error.code, key="saving")
        self.frame.strip.show_message(message)

    def _on_lock(self) -> None:
        self._lock_at("")

    def _lock_at(self, place: str) -> None:
        """Lock once everything typed is saved; then stand at *place*, or where the expert is now."""
        self._is_locking, self._lock_place = True, place
        self._finish_typing()
        self._on_saver_idle()

    def _on_saver_idle(self) -> None:
        if self._is_locking and self.saver.is_idle:
            self._is_locking = False
            self.lock_requested.emit(self._lock_place or self.frame.current_code())

    def _on_idle_warned(self, seconds: int) -> None:
        words = _("No input for a while: the desk locks in {seconds} seconds. Any key keeps it open.")
        self.frame.strip.show_message(Message(words.format(seconds=seconds), Gravity.WARN, key="idle"))

    def _on_idle_resumed(self) -> None:
        self.frame.strip.withdraw("idle")

    def _on_theme(self, theme: Theme) -> None:
        self.context.remembered.keep_choice("theme", theme)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, theme, scale=look().scale)

    def _on_health(self, health: StoreHealth) -> None:
        self._tell_health(health.worst)

    def _tell_health(self, worst: Severity) -> None:
        self.frame.status.set_health(_HEALTH[worst])
        if worst in {Severity.WARN, Severity.CRITICAL} and self.frame.current_code() != SETTINGS:
            gravity = Gravity.BAD if worst is Severity.CRITICAL else Gravity.WARN
            finding = next(found for found in self.context.desk.opening_findings if found.severity is worst)
            self.frame.strip.show_message(
                Message(
                    finding.sentence,
                    gravity,
                    code=finding.code,
                    action_text=_("Go there"),
                    action=self._on_look_at_health,
                    key="health",
                )
            )

    def _on_look_at_health(self) -> None:
        self.show_place(SETTINGS)

    def _read_settings(self, _progress: Progress) -> DeskSettings:
        return self.context.desk.settings.all()

    def _on_settings(self, settings: object) -> None:
        if isinstance(settings, DeskSettings):
            self.idle.set_minutes(settings.idle_minutes)
            theme = Theme(settings.theme)
            if theme not in {Theme.SYSTEM, look().theme}:
                self._on_theme(theme)

    def _warm_up(self, _progress: Progress) -> None:
        self.context.desk.viewing.warm_up()


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix.lower() == _ENDING)


def _is_unanswered(kind: str, outcome: Outcome) -> bool:
    return kind == _INVITATION and outcome is Outcome.WRONG_KIND
