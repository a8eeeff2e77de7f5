"""Pages of which only the one that is shown asks for room: a wide page elsewhere makes no narrow one scroll."""

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

_IGNORED = QSizePolicy.Policy.Ignored


class NarrowStack(QStackedWidget):
    """A stacked widget as wide and high as its current page needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._on_current)

    def add(self, page: QWidget) -> None:
        """One page more."""
        self.addWidget(page)
        self._on_current()

    def hasHeightForWidth(self) -> bool:
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()  # Qt would ask all of them
        return page.heightForWidth(width) if page is not None and page.hasHeightForWidth() else -1

    def _on_current(self) -> None:
        for place in range(self.count()):
            policy = QSizePolicy.Policy.Preferred if place == self.currentIndex() else _IGNORED
            page = self.widget(place)
            if page is not None:
                page.setSizePolicy(policy, policy)
