"""The window of an open workspace, desk or record, as the start window sees it."""

from typing import Any, Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from ui.clipboard import Clipboard
from ui.errors import Teller
from ui.language import speak_as_chosen
from ui.remembered import Remembered
from ui.start.recent import WorkspaceKind


class WorkspaceWindow(Protocol):
    """What both windows offer to the one around them.

    Signals:
        lock_requested: the person or the idle timer wants to lock; carries the code of the place.
        help_requested: carries the screen code.
        page_requested: carries the code of a screen or sentence whose help is wanted.
    """

    lock_requested: SignalInstance
    help_requested: SignalInstance
    page_requested: SignalInstance

    def show_place(self, code: str) -> object:
        """Go to the place called *code*."""

    def screen_code(self) -> str:
        """The code of what is shown, for help."""

    def shut_down(self) -> None:
        """Settle what was typed, end the jobs, close the workspace."""


def workspace_window(
    workspace: Any, kind: WorkspaceKind, *, teller: Teller, remembered: Remembered, clipboard: Clipboard
) -> WorkspaceWindow:
    """The window of an open desk or record; its screens are imported only now."""
    if kind is WorkspaceKind.DESK:
        from ui.desk.window import DeskWindow

        application = QApplication.instance()
        if isinstance(application, QApplication):  # before the first word of the desk is on the screen
            speak_as_chosen(application, remembered, workspace.settings.all().language)
        return DeskWindow(workspace, teller=teller, remembered=remembered, clipboard=clipboard)
    from ui.record.window import RecordWindow

    return RecordWindow(workspace, teller=teller, remembered=remembered, clipboard=clipboard)


def widget_of(window: WorkspaceWindow) -> QWidget:
    """The same window as a widget to be placed."""
    return cast("QWidget", window)
