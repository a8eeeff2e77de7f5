"""The places in the dossier that a score points at: a chip each, one click goes there."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from app.domain.evidence import Anchor
from app.i18n import _
from app.services.desk_views import DocumentView
from ui.desk.words import anchor_words
from ui.layouts import row
from ui.plain import plain, plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.flow_layout import FlowLayout


class EvidenceRow(QWidget):
    """Chips, and the button that attaches the page in view. Del on a chip takes it away.

    Signals:
        wanted: an :class:`Anchor` to show; ``removed``: one to take away.
        cite_asked: attach what is in view.
        left_forwards: Tab on the last of them.
    """

    wanted = Signal(object)
    removed = Signal(object)
    cite_asked = Signal()
    left_forwards = Signal()

    def __init__(self, parent: QWidget | None = None, *, has_cite: bool = True) -> None:
        """*has_cite*: the button that attaches is here, and not somewhere else for several rows."""
        super().__init__(parent)
        self._has_cite = has_cite
        self._chips: list[_Chip] = []
        self._shown: tuple[tuple[Anchor, str], ...] = ()
        self._flow = FlowLayout(gap=px(Space.HALF))
        self.cite = _LastButton(_("Cite this page"))
        self.cite.setToolTip(plain_tool_tip(_("Attach the page in view, or what is marked on it  Ctrl+E")))
        self.cite.clicked.connect(self.cite_asked)
        self.cite.left_forwards.connect(self.left_forwards)
        self._flow.addWidget(self.cite)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(_("Evidence"))

    def show_evidence(
        self, anchors: tuple[Anchor, ...], documents: tuple[DocumentView, ...], *, is_editable: bool
    ) -> None:
        """Show *anchors*, named by the numbers of *documents*."""
        self.cite.setVisible(is_editable and self._has_cite)
        shown = tuple((anchor, anchor_words(anchor, documents)) for anchor in anchors)
        for chip in self._chips:
            chip.set_editable(is_editable=is_editable)
        if shown == self._shown:
            return
        had_focus = any(chip.has_focus() for chip in self._chips)
        self._shown = shown
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._flow.removeWidget(self.cite)
        self._chips = [_Chip(anchor, words, self) for anchor, words in shown]
        before: QWidget | None = None
        for chip in self._chips:
            chip.set_editable(is_editable=is_editable)
            chip.go.clicked.connect(partial(self.wanted.emit, chip.anchor))
            chip.removed.connect(self.removed)
            self._flow.addWidget(chip)
            if before is not None:
                QWidget.setTabOrder(before, chip.go)
            before = chip.go
            chip.show()
        self._flow.addWidget(self.cite)
        if before is not None:
            QWidget.setTabOrder(before, self.cite)
        if had_focus:
            self.cite.setFocus()
        self.updateGeometry()

    def words(self) -> tuple[str, ...]:
        """What the chips say."""
        return tuple(words for _anchor, words in self._shown)

    def chips(self) -> tuple[QPushButton, ...]:
        """The buttons that go to the places."""
        return tuple(chip.go for chip in self._chips)

    def first(self) -> QWidget:
        """Where Tab comes in."""
        return self._chips[0].go if self._chips else self.cite


class _LastButton(QPushButton):
    """Tab leads to the next indicator instead of around the window."""

    left_forwards = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        set_role(self, "quiet")

    def focusNextPrevChild(self, is_next: bool) -> bool:
        if is_next:
            self.left_forwards.emit()
            return True
        return super().focusNextPrevChild(is_next)


class _Chip(QWidget):
    removed = Signal(object)

    def __init__(self, anchor: Anchor, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.anchor = anchor
        self.go = _ChipButton(plain(words).replace("&", "&&"))
        self.go.setAccessibleName(_("Evidence {words}: go there").format(words=plain(words)))
        self.go.setToolTip(plain_tool_tip(_("Go to {words}").format(words=anchor.words or words)))
        self._remove = QToolButton()
        self._remove.setText("×")
        self._remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._remove.setAccessibleName(_("Remove evidence {words}").format(words=plain(words)))
        self._remove.setToolTip(plain_tool_tip(_("Remove  Del")))
        self._remove.clicked.connect(self._on_remove)
        self.go.remove_asked.connect(self._on_remove)
        self.setLayout(row(self.go, self._remove, gap=0))

    def has_focus(self) -> bool:
        return self.go.hasFocus() or self._remove.hasFocus()

    def set_editable(self, *, is_editable: bool) -> None:
        self._remove.setVisible(is_editable)

    def _on_remove(self) -> None:
        if not self._remove.isHidden():
            self.removed.emit(self.anchor)


class _ChipButton(QPushButton):
    remove_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)
