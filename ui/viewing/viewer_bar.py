"""The line of tools under the page: cite, page, zoom, fit, turn, thumbnails."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QWidget

from app.i18n import _
from ui.icons import Icon, icon
from ui.layouts import row
from ui.plain import plain_tool_tip
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class ViewerBar(QWidget):
    """Buttons only; the viewer knows what they do.

    Signals:
        page_asked: a number somebody typed; ``stepped``: a page back or on.
        zoomed: steps larger or smaller; ``real_size``, ``fit_width``, ``fit_page``, ``rotated``: as they say.
        thumbnails_wanted: shown or not.
        cite_asked: attach what is in view or marked.
    """

    page_asked = Signal(int)
    stepped = Signal(int)
    zoomed = Signal(int)
    real_size = Signal()
    fit_width = Signal()
    fit_page = Signal()
    rotated = Signal()
    thumbnails_wanted = Signal(bool)
    cite_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = self._tool(Icon.THUMBNAILS, _("Thumbnails"))
        self._thumbnails.setCheckable(True)
        self._back = self._tool(Icon.PREVIOUS, _("Page before  ←"))
        self._on = self._tool(Icon.NEXT, _("Next page  →"))
        self._page, self._of = QLineEdit(), PlainLabel(role="small")
        self._page.setFixedWidth(px(Size.TOUCH_ROW))
        self._page.setAccessibleName(_("Page"))
        self._page.setValidator(QIntValidator(1, 1_000_000, self))
        self._out = self._tool(Icon.ZOOM_OUT, _("Smaller  Ctrl+-"))
        self._percent = QToolButton()
        self._percent.setAccessibleName(_("Real size  Ctrl+0"))
        self._percent.setToolTip(plain_tool_tip(_("Real size  Ctrl+0")))
        self._in = self._tool(Icon.ZOOM_IN, _("Larger  Ctrl++"))
        self._width = self._tool(Icon.FIT_WIDTH, _("Fit the width"))
        self._whole = self._tool(Icon.FIT_PAGE, _("Fit the page"))
        self._turn = self._tool(Icon.ROTATE, _("Turn by 90°"))
        self._cite = QPushButton(_("Cite this page"))
        self._cite.setIcon(icon(Icon.CITE))
        self._cite.setToolTip(plain_tool_tip(_("Attach the page in view, or what is marked on it, as evidence")))
        self._paged: tuple[QWidget, ...] = (self._thumbnails, self._back, self._page, self._of, self._on)
        self._scaled: tuple[QWidget, ...] = (
            self._out, self._percent, self._in, self._width, self._whole, self._turn,
        )  # fmt: skip
        self._foldable = (
            ((self._thumbnails, self._turn, self._whole), Size.READING_WIDTH),
            ((self._back, self._on, self._percent), Size.DIALOG_WIDTH),
            ((self._width,), Size.RAIL * 5),
        )
        layout = row(*self._paged, None, *self._scaled, None, self._cite, gap=Space.HALF)
        layout.setContentsMargins(px(Space.INSIDE), px(Space.HALF), px(Space.INSIDE), px(Space.HALF))
        self.setLayout(layout)
        self._shown = (False, False)
        self._wire()
        self.show_tools(has_pages=False, is_scaled=False)

    def show_tools(self, *, has_pages: bool, is_scaled: bool) -> None:
        """Only what fits the kind of document."""
        self._shown = has_pages, is_scaled
        for tool in self._paged:
            tool.setVisible(has_pages)
        for tool in self._scaled:
            tool.setVisible(is_scaled)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """As much as the tools that never fold away need."""
        return QSize(px(Size.RAIL) * 3, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Where the room is small, the tools that are needed least go first; their keys still work."""
        has_pages, is_scaled = self._shown
        room = self.width()
        for tools, needed in self._foldable:
            for tool in tools:
                is_paged = tool in self._paged
                tool.setVisible((has_pages if is_paged else is_scaled) and room >= px(needed))

    def show_page(self, page: int, count: int) -> None:
        """Where we are."""
        if not self._page.hasFocus():
            self._page.setText(str(page))
        self._of.setText(f"/ {count}")
        self._back.setEnabled(page > 1)
        self._on.setEnabled(page < count)

    def show_factor(self, factor: float) -> None:
        """How large the page is."""
        self._percent.setText(f"{round(factor * 100)} %")

    def show_cite(self, words: str) -> None:
        """What “cite” would attach now."""
        self._cite.setText(words)

    def set_can_cite(self, can_cite: bool) -> None:
        """Nothing can be attached to a sealed review."""
        self._cite.setVisible(can_cite)

    def _tool(self, picture: Icon, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setIconSize(QSize(px(Size.ICON), px(Size.ICON)))
        button.setToolTip(plain_tool_tip(tip))
        button.setAccessibleName(tip)
        return button

    def _wire(self) -> None:
        self._thumbnails.toggled.connect(self.thumbnails_wanted)
        self._back.clicked.connect(self._on_back)
        self._on.clicked.connect(self._on_next)
        self._page.returnPressed.connect(self._on_typed)
        self._out.clicked.connect(self._on_smaller)
        self._in.clicked.connect(self._on_larger)
        self._percent.clicked.connect(self.real_size)
        self._width.clicked.connect(self.fit_width)
        self._whole.clicked.connect(self.fit_page)
        self._turn.clicked.connect(self.rotated)
        self._cite.clicked.connect(self.cite_asked)

    def _on_back(self) -> None:
        self.stepped.emit(-1)

    def _on_next(self) -> None:
        self.stepped.emit(1)

    def _on_typed(self) -> None:
        self.page_asked.emit(int(self._page.text()))

    def _on_smaller(self) -> None:
        self.zoomed.emit(-1)

    def _on_larger(self) -> None:
        self.zoomed.emit(1)
