"""The line of tools under the page: contents, thumbnails, page, zoom, fit, turn, cite."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QIntValidator, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from app.i18n import _
from ui.icons import Icon, icon
from ui.layouts import row
from ui.plain import plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class ViewerBar(QWidget):
    """Buttons only; the viewer knows what they do.

    Signals:
        page_asked: a number somebody typed; ``stepped``: a page back or on.
        zoomed: steps larger or smaller; ``real_size``, ``fit_width``, ``fit_page``, ``rotated``: as they say.
        thumbnails_wanted, contents_wanted: shown or not; one of them at most.
        print_asked: pages of it on paper.
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
    contents_wanted = Signal(bool)
    print_asked = Signal()
    cite_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contents = self._tool(Icon.CONTENTS, _("Contents"))
        self._thumbnails = self._tool(Icon.THUMBNAILS, _("Thumbnails"))
        for tool in (self._contents, self._thumbnails):
            tool.setCheckable(True)
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
        self._print = self._tool(Icon.PRINT, _("Print with a watermark …"))
        self._can_print = self._is_folding = False
        self._cite = QPushButton(_("Cite this page"))
        self._cite.setIcon(icon(Icon.CITE))
        self._cite.setToolTip(plain_tool_tip(_("Attach the page in view, or what is marked on it, as evidence")))
        self._rest, self._rest_menu = self._tool(Icon.MORE, _("More tools")), QMenu(self)
        self._rest.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._rest.setMenu(self._rest_menu)
        set_role(self._rest, "bare")
        paged = self._thumbnails, self._back, self._page, self._of, self._on
        scaled = self._out, self._percent, self._in, self._width, self._whole, self._turn
        self._fitting: dict[QWidget, bool] = dict.fromkeys((self._contents, *paged, *scaled, self._print), False)
        self._paged, self._scaled = frozenset[QWidget](paged), frozenset[QWidget](scaled)
        self._foldable: tuple[tuple[tuple[QToolButton, ...], int], ...] = (
            (
                (self._contents, self._thumbnails, self._turn, self._whole, self._print),
                Size.READING_WIDTH + Size.RAIL // 2,
            ),
            ((self._back, self._on, self._percent), Size.DIALOG_WIDTH),
            ((self._width,), Size.RAIL * 5),
        )
        layout = row(self._contents, *paged, None, *scaled, self._print, self._rest, None, self._cite, gap=Space.HALF)
        layout.setContentsMargins(px(Space.INSIDE), px(Space.HALF), px(Space.INSIDE), px(Space.HALF))
        self.setLayout(layout)
        self._wire()
        self.show_tools(has_pages=False, is_scaled=False)

    def show_tools(self, *, has_pages: bool, is_scaled: bool) -> None:
        """Only what fits the kind of document; whether it has a table of contents is told later."""
        for tool in self._fitting:
            self._fitting[tool] = has_pages if tool in self._paged else is_scaled and tool in self._scaled
        self._fitting[self._print] = is_scaled and self._can_print
        self._fold()

    def show_contents_tool(self, *, has_contents: bool) -> None:
        """Whether the document has a table of contents."""
        self._fitting[self._contents] = has_contents
        self._fold()

    def offer_printing(self) -> None:
        """Pages of these documents can go on paper, if the campaign allows it."""
        self._can_print = True

    def wants_contents(self) -> bool:
        """Whether the table of contents is wanted beside the page, where there is one."""
        return self._contents.isChecked()

    def minimumSizeHint(self) -> QSize:
        """As much as the tools that never fold away need."""
        return QSize(px(Size.RAIL) * 3, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Where the room is small, the tools that are needed least go into a menu first."""
        if self._is_folding:  # what is shown here can change the width, which leads here again without end
            return
        self._is_folding = True
        room, folded = self.width(), list[QToolButton]()
        for tools, needed in self._foldable:
            if room < px(needed):
                folded += [tool for tool in tools if self._fitting[tool]]
        for tool, is_fitting in self._fitting.items():
            tool.setVisible(is_fitting and tool not in folded)
        self._rest.setVisible(bool(folded))
        self._is_folding = False
        self._rest_menu.clear()
        for tool in sorted(folded, key=list(self._fitting).index):
            self._rest_menu.addAction(self._action(tool))

    def _action(self, tool: QToolButton) -> QAction:
        action = QAction(tool.icon(), tool.accessibleName(), self._rest_menu)
        action.setCheckable(tool.isCheckable())
        action.setChecked(tool.isChecked())
        action.setEnabled(tool.isEnabled())
        action.triggered.connect(tool.click)
        return action

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
        self._thumbnails.toggled.connect(self._on_thumbnails)
        self._contents.toggled.connect(self._on_contents)
        self._rest_menu.aboutToShow.connect(self._fold)
        self._back.clicked.connect(self._on_back)
        self._on.clicked.connect(self._on_next)
        self._page.returnPressed.connect(self._on_typed)
        self._out.clicked.connect(self._on_smaller)
        self._in.clicked.connect(self._on_larger)
        self._percent.clicked.connect(self.real_size)
        self._width.clicked.connect(self.fit_width)
        self._whole.clicked.connect(self.fit_page)
        self._turn.clicked.connect(self.rotated)
        self._print.clicked.connect(self.print_asked)
        self._cite.clicked.connect(self.cite_asked)

    def _on_thumbnails(self, is_wanted: bool) -> None:
        if is_wanted:
            self._contents.setChecked(False)
        self.thumbnails_wanted.emit(is_wanted)

    def _on_contents(self, is_wanted: bool) -> None:
        if is_wanted:
            self._thumbnails.setChecked(False)
        self.contents_wanted.emit(is_wanted)

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
