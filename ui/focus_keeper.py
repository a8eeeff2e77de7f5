"""Keeps the keyboard where the work is when what had it goes away."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_BY_TAB = Qt.FocusPolicy.TabFocus


class FocusKeeper(QObject):
    """A button that is pressed and then hidden or greyed hands the keyboard to whatever comes next in the window.

    At the end of a page that is the rail, where one Enter leaves the work. Here it goes back instead: to what stood
    before it on the page, or to where the page begins. Who walks to the rail by Tab stays there.
    """

    def __init__(
        self, rail: QWidget, page: Callable[[], QWidget | None], home: Callable[[], None], parent: QWidget
    ) -> None:
        """*page* is what is shown, *home* gives the keyboard to its first part."""
        super().__init__(parent)
        self._rail, self._page, self._home = rail, page, home
        self._lost: QWidget | None = None
        self._before: QWidget | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._bring_back)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_changed)

    def _on_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is None or now is None or not self._rail.isAncestorOf(now) or self._rail.isAncestorOf(old):
            return
        self._lost, self._before = old, self._standing_before(old)
        self._later.start()

    def _bring_back(self) -> None:
        lost, before = self._lost, self._before
        self._lost = self._before = None
        if not any(part.hasFocus() for part in self._rail.findChildren(QWidget)):
            return
        if lost is not None and shiboken6.isValid(lost) and lost.isVisible() and lost.isEnabled():
            return  # walked here by Tab
        if before is not None and shiboken6.isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._home()

    def _standing_before(self, lost: QWidget) -> QWidget | None:
        page = self._page()
        each = lost.previousInFocusChain()
        while page is not None and each is not None and each is not lost:
            if page.isAncestorOf(each) and each.isVisible() and each.isEnabled() and each.focusPolicy() & _BY_TAB:
                return each
            each = each.previousInFocusChain()
        return None
