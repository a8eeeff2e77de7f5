"""A document's own table of contents beside its pages: a click, or arrow keys and Enter, go there."""

from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from app.i18n import _
from ui.plain import plain, plain_tool_tip
from ui.theme import px
from ui.tokens import Size, Space
from ui.viewing.source import OutlineEntryLike, OutlineLike

_LONGEST: Final = 200
_OPEN_LEVELS: Final = 1  # parts and their chapters are seen at once
_PAGE: Final = Qt.ItemDataRole.UserRole


class ContentsTree(QTreeWidget):
    """Chapters nested as the document nests them; whatever leads nowhere is only read.

    Signals:
        page_chosen: the number of a page.
    """

    page_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(px(Space.ROOM))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFixedWidth(px(Size.THUMBNAIL) + px(Size.RAIL))
        self.setAccessibleName(_("Contents"))
        self.itemClicked.connect(self._on_chosen)
        self.itemActivated.connect(self._on_chosen)

    def show_outline(self, outline: OutlineLike | None) -> None:
        """Another document's table of contents, or none."""
        self.clear()
        if outline is None:
            return
        above: list[QTreeWidgetItem] = []
        for entry in outline.entries:
            del above[max(0, entry.level) :]
            line = QTreeWidgetItem([plain(entry.title, _LONGEST) or _("(without a title)")])
            if above:
                above[-1].addChild(line)
            else:
                self.addTopLevelItem(line)
            above.append(line)
            _fill(line, entry)
        if outline.is_cut:
            rest = QTreeWidgetItem(self, [_("(more is not shown)")])
            rest.setFlags(Qt.ItemFlag.NoItemFlags)
        self.expandToDepth(_OPEN_LEVELS - 1)

    def show_page(self, page: int) -> None:
        """Mark the chapter that *page* belongs to, as far as it is unfolded."""
        here: QTreeWidgetItem | None = None
        best = 0
        for line in self._seen():
            start = line.data(0, _PAGE)
            if isinstance(start, int) and best < start <= page:
                here, best = line, start
        self.setCurrentIndex(QModelIndex() if here is None else self.indexFromItem(here))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(Size.THUMBNAIL), px(Size.ROW) * 3)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.topLevelItemCount():
            self.setCurrentIndex(self.model().index(0, 0))  # or nobody would see where the keyboard is

    def _seen(self) -> list[QTreeWidgetItem]:
        """Every line that is not folded away, from the top."""
        seen: list[QTreeWidgetItem] = []
        line = self.topLevelItem(0)
        while line is not None:
            seen.append(line)
            line = self.itemBelow(line)
        return seen

    def _on_chosen(self, line: QTreeWidgetItem) -> None:
        page = line.data(0, _PAGE)
        if isinstance(page, int):
            self.page_chosen.emit(page)


def _fill(line: QTreeWidgetItem, entry: OutlineEntryLike) -> None:
    name = plain(entry.title, _LONGEST) or _("(without a title)")
    if entry.page is None:
        line.setToolTip(0, plain_tool_tip(_("{name}: leads to no page").format(name=name)))
        return
    line.setData(0, _PAGE, entry.page)
    said = _("{name}, page {page}").format(name=name, page=entry.page)
    line.setToolTip(0, plain_tool_tip(said))
    line.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
