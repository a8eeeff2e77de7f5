"""Dialogs ask, answer, and are freed."""

import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.dialogs.crash_dialog import CrashDialog


def _confirm() -> ConfirmDialog:
    return ConfirmDialog("Recall?", "It cannot be undone. <b>x</b>", verb="Recall")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_both_mean_no(qtbot, key: Qt.Key) -> None:
    dialog = _confirm()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, key)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()


def test_only_the_verb_means_yes(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConfirmDialog)
        dialog._yes.click()

    QTimer.singleShot(0, press)
    assert ConfirmDialog.ask("Recall?", "It cannot be undone.", verb="Recall", parent=window)


@pytest.mark.parametrize("make", [_confirm, lambda: CrashDialog("details")])
def test_a_closed_dialog_is_freed(qapp, make: Callable[[], QDialog]) -> None:
    dialog = make()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    still_there = weakref.ref(dialog)
    dialog.close()
    del dialog
    assert still_there() is None
