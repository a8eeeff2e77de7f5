"""Enter presses the button that has the keyboard, as it does in every dialog."""

from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget


def press_with_enter(application: QApplication) -> None:
    """From now on Enter does outside dialogs what Space does; called once.

    Qt gives Enter to buttons in dialogs alone, and a dark button with a ring around it that does not answer looks
    broken. An answer that stays pressed is still chosen by Space: Enter, which ends a line, must not take it back.
    """
    application.focusChanged.connect(_on_focus)


def _on_focus(_old: QWidget | None, now: QWidget | None) -> None:
    if isinstance(now, QPushButton) and not now.isCheckable() and not isinstance(now.window(), QDialog):
        now.setAutoDefault(True)
