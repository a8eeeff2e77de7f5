"""The window before and around a workspace: start page, unlocking, creating, and giving way to the workspace."""

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QMainWindow, QStackedWidget, QWidget

from app.i18n import _
from app.platform.restart import restart_program
from ui.clipboard import Clipboard
from ui.errors import Teller
from ui.help.keys import HELP_KEY, DialogKeys
from ui.jobs import Lane, Workers
from ui.layouts import column
from ui.message import Gravity, Message
from ui.remembered import Remembered
from ui.start.form_page import FormPage
from ui.start.recent import Workspace, WorkspaceKind, kind_of, recent_workspaces, remember
from ui.start.restoring import RESTORE
from ui.widgets.strip import MessageStrip

if TYPE_CHECKING:
    from ui.help.reader import HelpReader
    from ui.start.begun_page import BegunPage
    from ui.start.desk_page import DeskPage
    from ui.start.opening import Begun
    from ui.start.practice import Practice
    from ui.start.record_page import RecordPage
    from ui.start.restore_page import RestorePage
    from ui.start.start_page import StartPage
    from ui.start.unlock_page import UnlockPage
    from ui.start.workspace_window import WorkspaceWindow

SCREEN = "S01"
P = TypeVar("P", bound=FormPage)


class StartWindow(QMainWindow):
    """Owns the workers of everything before a workspace is open, and the open workspace's window."""

    def __init__(self, teller: Teller, parent: QWidget | None = None, *, file: str = "", place: str = "") -> None:
        super().__init__(parent)
        self._teller = teller
        self._workers = Workers(self)
        self._remembered = Remembered(self)
        self._clipboard = Clipboard(self)
        self._inner: WorkspaceWindow | None = None
        self._open: tuple[object, Workspace] | None = None
        self._place = ""
        self._reader: HelpReader | None = None
        self._strip = MessageStrip()
        self._stack = QStackedWidget()
        holder = QWidget()
        layout = column(self._strip, self._stack, gap=0)
        layout.setStretchFactor(self._stack, 1)
        holder.setLayout(layout)
        self.setCentralWidget(holder)
        self.setWindowTitle(_("Youpin Review"))
        self.setAcceptDrops(True)
        self._wire()
        if not self._remembered.geometry(self, "start"):
            self.resize(1180, 690)
        if file:
            self.take_file(file, place)
        if not file or self._stack.count() == 0:
            self._show_start()
        teller.say_in(self._strip.show_message)

    def take_file(self, file: str, place: str = "") -> None:
        """Do what fits *file*: unlock a desk or record, begin an enrolment with an invitation."""
        kind = kind_of(file)
        self._place = "" if place == RESTORE else place
        if kind is WorkspaceKind.DESK and place == RESTORE:
            self.restore(file)
        elif kind is not None:
            self._ask_passphrase(Workspace(file, kind))
        elif Path(file).is_file():
            self._desk.begin_with(Path(file))
            self._stack.setCurrentWidget(self._desk)
        else:
            self._strip.show_message(Message(_("“{name}” is not there.").format(name=Path(file).name), Gravity.WARN))

    def show_record_page(self) -> None:
        """The page that creates a record."""
        self._stack.setCurrentWidget(self._record)

    def restore(self, desk: str = "") -> None:
        """Put a backup back: of *desk*, or of any desk that was open here."""
        known = [one.location for one in recent_workspaces() if one.kind is WorkspaceKind.DESK]
        self._restore.begin_with(tuple(Path(location) for location in ([desk] if desk else known)))
        self._stack.setCurrentWidget(self._restore)

    def practise(self) -> None:
        """Build the sample campaign in a folder of its own and open it."""
        from ui.start.practice import practising

        words = _("Drawing the sample campaign: about half a minute …")
        self._strip.show_message(Message(words, key="practice", is_lasting=True))
        self._workers.run(
            practising(),
            title=_("Drawing the sample"),
            lane=Lane.OTHER,
            done=self._on_practice,
            failed=self._on_practice_failed,
        )

    def shut_down(self) -> None:
        """End the jobs and close what is open."""
        self._remembered.keep_geometry(self, "start")
        if self._inner is not None:
            self._inner.shut_down()
        self._workers.close()
        self._clipboard.clear()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.take_file(files[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut_down()
        super().closeEvent(event)

    # Each page is made when somebody goes there: until then it would only delay the first one.

    @cached_property
    def _start(self) -> "StartPage":
        from ui.start.start_page import StartPage

        page = StartPage()
        page.workspace_chosen.connect(self._ask_passphrase)
        page.open_requested.connect(self._on_open)
        page.invitation_requested.connect(self._on_invitation)
        page.desk_requested.connect(self._on_desk)
        page.record_requested.connect(self.show_record_page)
        page.practice_requested.connect(self.practise)
        page.restore_requested.connect(self.restore)
        self._stack.addWidget(page)
        return page

    @cached_property
    def _unlock(self) -> "UnlockPage":
        from ui.start.unlock_page import UnlockPage

        page = UnlockPage(self._workers)
        page.opened.connect(self._on_opened)
        return self._wire_form(page)

    @cached_property
    def _desk(self) -> "DeskPage":
        from ui.start.desk_page import DeskPage

        page = DeskPage(self._workers)
        page.begun.connect(self._on_begun)
        return self._wire_form(page)

    @cached_property
    def _restore(self) -> "RestorePage":
        from ui.start.restore_page import RestorePage

        page = RestorePage(self._workers)
        page.opened.connect(self._on_opened)
        return self._wire_form(page)

    @cached_property
    def _record(self) -> "RecordPage":
        from ui.start.record_page import RecordPage

        page = RecordPage(self._workers)
        page.begun.connect(self._on_begun)
        return self._wire_form(page)

    @cached_property
    def _begun(self) -> "BegunPage":
        from ui.start.begun_page import BegunPage

        page = BegunPage()
        page.finished.connect(self._on_finished)
        return self._wire_form(page)

    def _wire_form(self, page: P) -> P:
        page.back_requested.connect(self._show_start)
        page.help_asked.connect(self.show_help)
        page.went_wrong.connect(self._teller.tell)
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        return page

    def _wire(self) -> None:
        self._workers.failed.connect(self._teller.tell)
        self._strip.help_asked.connect(self.show_help)
        self._dialog_keys = DialogKeys(self)
        self._dialog_keys.pressed.connect(self._on_help_in_dialog)
        # Until a workspace is open, whose frame has the same keys: two that claim one key would silence each other.
        self._keys = (self.addAction(_("Help")), self.addAction(_("Help text")))
        for action, keys, slot in zip(self._keys, (HELP_KEY, "F2"), (self._on_page, self._on_help), strict=True):
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(slot)

    def _show_start(self) -> None:
        self._start.show_recent(recent_workspaces())
        self._stack.setCurrentWidget(self._start)
        self._start.begin()

    def _ask_passphrase(self, workspace: Workspace) -> None:
        self._unlock.show_workspace(workspace)
        self._stack.setCurrentWidget(self._unlock)

    def _on_open(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Open a desk or record"), "", "*.desk *.record")
        if path:
            self.take_file(path)

    def _on_invitation(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self,
            _("The invitation you received"),
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation),
            "*.youpin",
        )
        if path:
            self.take_file(path)

    def _on_desk(self) -> None:
        self._desk.begin_empty()
        self._stack.setCurrentWidget(self._desk)

    def _on_begun(self, begun: "Begun") -> None:
        self._begun.show_begun(begun)
        self._stack.setCurrentWidget(self._begun)

    def _on_finished(self, begun: "Begun") -> None:
        self._on_opened(begun.workspace, begun.location)

    def _on_practice(self, practice: "Practice") -> None:
        self._strip.withdraw("practice")
        self._on_opened(practice.workspace, practice.location)

    def _on_practice_failed(self, error: Exception) -> None:
        self._strip.withdraw("practice")
        self._teller.tell(error)

    def _on_opened(self, workspace: object, location: Workspace) -> None:
        from ui.start.workspace_window import widget_of, workspace_window

        remember(location)
        inner = workspace_window(
            workspace, location.kind, teller=self._teller, remembered=self._remembered, clipboard=self._clipboard
        )
        self._inner = inner
        inner.lock_requested.connect(self._on_lock)
        inner.help_requested.connect(self._on_help_text)
        inner.page_requested.connect(self.show_help)
        for action in self._keys:
            action.setEnabled(False)
        self._open = (workspace, location)
        self.setWindowTitle(" — ".join((location.name, _("Youpin Review"))))
        self.setCentralWidget(widget_of(inner))
        if self._place:
            inner.show_place(self._place)

    def _on_lock(self, place: str) -> None:
        """The process that holds the keys ends; a new one stands at the same place and asks for the passphrase."""
        if self._open is None:
            return
        location = self._open[1].location
        self.shut_down()
        restart_program([location, "--place", place])

    def screen_code(self) -> str:
        """The code of what is shown, before a workspace is open and after."""
        if self._inner is not None:
            return self._inner.screen_code()
        page = self._stack.currentWidget()
        return page.help_screen if isinstance(page, FormPage) else SCREEN

    def show_help(self, name: str) -> None:
        """Open the help at the page of a screen or of a sentence; it stays open beside the work."""
        if self._reader is None:
            self._reader = self._new_reader(self)
        self._reader.show_page(name)

    def _new_reader(self, parent: QWidget) -> "HelpReader":
        from ui.help.reader import HelpReader  # pages and pictures: not needed to start

        reader = HelpReader(parent)
        reader.text_asked.connect(self._on_help)
        reader.guide_asked.connect(partial(self._on_guide, reader))
        return reader

    def _on_guide(self, reader: "HelpReader", path: str) -> None:
        from app.services.expert_guide import write_guide  # draws paper

        self._workers.run(
            lambda _progress: write_guide(Path(path)),
            title=_("Writing the pages for experts"),
            lane=Lane.OTHER,
            done=reader.say_written,
            failed=self._teller.tell,
        )

    def _on_page(self) -> None:
        self.show_help(self.screen_code())

    def _on_help_in_dialog(self, dialog: QDialog) -> None:
        """A reader of its own: what belongs to a dialog can be read while the dialog waits."""
        reader = self._new_reader(dialog)
        reader.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        reader.show_page(self.screen_code())

    def _on_help(self) -> None:
        self._on_help_text(self.screen_code())

    def _on_help_text(self, screen: str) -> None:
        from ui.dialogs.help_dialog import HelpDialog  # health and versions: not needed to start

        dialog = HelpDialog(
            self._open[0] if self._open else None,
            screen=screen,
            codes=self._teller.recent_codes()[::-1],
            clipboard=self._clipboard,
            parent=self,
        )
        dialog.open()
