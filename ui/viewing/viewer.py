"""The document viewer: files on the left, the page on the right, and what is looked at as an anchor."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.domain.evidence import Anchor
from app.domain.ids import Sha256
from app.errors import UserFacingError
from app.i18n import _
from ui.jobs import Workers
from ui.layouts import column, row
from ui.remembered import Remembered
from ui.theme import px
from ui.tokens import Size
from ui.viewing.contents_tree import ContentsTree
from ui.viewing.document_list import DocumentEntry, DocumentList
from ui.viewing.opened import Opened
from ui.viewing.page_canvas import FIT_PAGE, FIT_WIDTH, PageCanvas
from ui.viewing.page_layout import Fit, Zoom
from ui.viewing.page_loader import PageLoader
from ui.viewing.sheet_view import SheetView
from ui.viewing.source import OpenSource, OutlineLike
from ui.viewing.text_view import TextView
from ui.viewing.thumbnails import Thumbnails
from ui.viewing.viewer_bar import ViewerBar
from ui.widgets.empty_state import EmptyState


class Viewer(QWidget):
    """Opens one document at a time, without ever waiting for it on the GUI thread.

    Signals:
        document_shown: the SHA-256 of a document; ``page_shown``: that and the page in view.
        cited: an :class:`~app.domain.evidence.Anchor` somebody wants to attach.
        turned: somebody moved through the document; counts as being there.
    """

    document_shown = Signal(str)
    page_shown = Signal(str, int)
    cited = Signal(object)
    turned = Signal()

    def __init__(
        self,
        source: OpenSource,
        workers: Workers,
        parent: QWidget | None = None,
        *,
        remembered: Remembered | None = None,
    ) -> None:
        super().__init__(parent)
        self._opened: Opened | None = None
        self._going_to: Anchor | None = None
        self._sha256: Sha256 | None = None
        self.loader = PageLoader(source, workers, self)
        self.documents, self.side = DocumentList(), QWidget()
        self._occurrence: int | None = None
        self._is_opening = False
        self.canvas, self.thumbnails = PageCanvas(self.loader), Thumbnails(self.loader)
        self.contents = ContentsTree()
        self.sheets, self.text = SheetView(self.loader), TextView()
        self.bar, self.empty = ViewerBar(), EmptyState(_("No document open"), _("Choose one in the list."))
        self.splitter, self._stack = QSplitter(), QStackedWidget()
        self._build()
        self._wire()
        if remembered is not None:
            remembered.splitter(self.splitter, "viewer")

    def show_documents(self, entries: Sequence[DocumentEntry]) -> None:
        """The files of a dossier; the one that is open stays open."""
        self.documents.show_entries(entries)
        if self._sha256 is not None:
            self.documents.show_current(self._sha256)

    def open_document(self, sha256: Sha256) -> None:
        """Open a document at its first page."""
        self.go_to(Anchor(sha256))

    def go_to(self, anchor: Anchor) -> None:
        """Open the document of *anchor* if need be, and show the place."""
        self._going_to, self._occurrence = anchor, None
        self._go()

    def show_found(self, wanted: str) -> None:
        """Light up *wanted* (folded) on the pages; nothing if it is empty."""
        self.canvas.show_found(wanted)

    def go_to_found(self, anchor: Anchor, occurrence: int) -> None:
        """Show one of the places of a page on which the words that were searched for stand."""
        self._going_to, self._occurrence = anchor, occurrence
        self._go()

    def sha256(self) -> Sha256 | None:
        """The document that is open or on its way."""
        return self._sha256

    def _go(self) -> None:
        anchor = self._going_to
        if anchor is None:
            return
        if anchor.document == self._sha256 and self._opened is not None:
            self._arrive()
            return
        if anchor.document == self._sha256 and self._is_opening:
            return  # it is on its way, and goes to the newest place
        self._opened, self._sha256, self._is_opening = None, anchor.document, True
        self.documents.show_current(anchor.document)
        self._show_nothing(_("Opening …"), "")
        self.loader.open(anchor.document, page=anchor.page or 1)

    def close_document(self) -> None:
        """Forget the open document and all of its pictures."""
        self.loader.close()
        self._opened = self._sha256 = self._going_to = None
        self._is_opening = False
        self._show_nothing(_("No document open"), _("Choose one in the list."))

    def current_anchor(self) -> Anchor | None:
        """What “cite” attaches now: the marked words, region or cells, or the page in view."""
        if self._opened is None:
            return None
        document = self._opened.sha256
        if self._stack.currentWidget() is self.sheets:
            place = self.sheets.place()
            return Anchor(document, sheet=place[0], range=place[1] or None) if place else Anchor(document)
        if self._stack.currentWidget() is self.text:
            marked_text = self.text.place()
            return Anchor(document, chars=marked_text[0], words=marked_text[1]) if marked_text else Anchor(document)
        marked = self.canvas.marked()
        page = marked.page if marked else self.canvas.page()
        box, words = (marked.box, marked.words or None) if marked else (None, None)
        return Anchor(document, page=None if self._opened.is_picture else page, box=box, words=words)

    def set_can_cite(self, can_cite: bool) -> None:
        """Nothing can be attached to a sealed review."""
        self.bar.set_can_cite(can_cite)

    def fold_list(self, is_folded: bool) -> None:
        """Give the room of the list to the page, where the window is small."""
        self.documents.setVisible(not is_folded)
        self.side.setVisible(not is_folded)

    def add_to_side(self, part: QWidget) -> None:
        """Put *part* below the list of documents."""
        layout = self.side.layout()
        if layout is not None:
            layout.addWidget(part)

    def _build(self) -> None:
        pages = QWidget()
        paged = row(self.contents, self.thumbnails, self.canvas, gap=0)
        paged.setStretchFactor(self.canvas, 1)
        pages.setLayout(paged)
        self._pages = pages
        self.thumbnails.hide()
        self.contents.hide()
        for part in (self.empty, pages, self.sheets, self.text):
            self._stack.addWidget(part)
        right = QWidget()
        layout = column(self._stack, self.bar, gap=0)
        layout.setStretchFactor(self._stack, 1)
        right.setLayout(layout)
        beside = column(self.documents, gap=0)
        beside.setStretchFactor(self.documents, 1)
        self.side.setLayout(beside)
        self.splitter.addWidget(self.side)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([px(Size.DIALOG_WIDTH) // 2, px(Size.READING_WIDTH)])
        self.setLayout(column(self.splitter))
        self.bar.setEnabled(False)

    def _wire(self) -> None:
        self.documents.document_chosen.connect(self.open_document)
        self.loader.opened.connect(self._on_opened)
        self.loader.measured.connect(self._on_measured)
        self.loader.refused.connect(self._on_refused)
        self.loader.part_failed.connect(self._on_refused)
        self.loader.text_ready.connect(self._on_text)
        self.loader.outline_ready.connect(self._on_outline)
        self.canvas.page_shown.connect(self._on_page)
        self.canvas.zoom_changed.connect(self._on_zoom)
        self.canvas.marked_changed.connect(self._on_marked)
        self.canvas.turned.connect(self.turned)
        self.sheets.marked_changed.connect(self._on_marked)
        self.text.selectionChanged.connect(self._on_marked)
        self.thumbnails.page_chosen.connect(self.canvas.go_to)
        self.contents.page_chosen.connect(self.canvas.go_to)
        bar = self.bar
        bar.page_asked.connect(self._on_page_asked)
        bar.stepped.connect(self._on_stepped)
        bar.zoomed.connect(self.canvas.zoom_by)
        bar.real_size.connect(self._on_real_size)
        bar.fit_width.connect(self._on_fit_width)
        bar.fit_page.connect(self._on_fit_page)
        bar.rotated.connect(self.canvas.rotate)
        bar.thumbnails_wanted.connect(self.thumbnails.setVisible)
        bar.contents_wanted.connect(self._show_contents)
        bar.cite_asked.connect(self._on_cite)
        for keys, slot in (
            (QKeySequence.StandardKey.ZoomIn, self._on_larger),
            (QKeySequence.StandardKey.ZoomOut, self._on_smaller),
            (QKeySequence("Ctrl+0"), self._on_real_size),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _on_opened(self, opened: Opened) -> None:
        self._opened, self._is_opening = opened, False
        is_sheet, has_pages = bool(opened.overview.sheets), bool(opened.sizes)
        self.bar.setEnabled(True)
        self.bar.show_tools(has_pages=len(opened.sizes) > 1, is_scaled=has_pages)
        self.sheets.show_document(opened if is_sheet else None)
        self.canvas.show_document(opened if has_pages else None)
        self.thumbnails.show_document(opened if has_pages else None)
        if is_sheet:
            self._stack.setCurrentWidget(self.sheets)
        elif has_pages:
            self._stack.setCurrentWidget(self._pages)
            self._on_page(1)
            if not opened.is_picture:
                self.loader.want_outline()
        else:
            self.loader.want_text()
        self.document_shown.emit(opened.sha256)
        if is_sheet or has_pages:
            self._arrive()
            self._on_marked()

    def _on_measured(self, opened: Opened) -> None:
        self._opened = opened
        self.canvas.show_sizes(opened)
        self.thumbnails.show_sizes(opened)

    def _on_outline(self, outline: OutlineLike) -> None:
        self.contents.show_outline(outline)
        self.contents.show_page(self.canvas.page())
        self.bar.show_contents_tool(has_contents=bool(outline.entries))
        self._show_contents()

    def _show_contents(self) -> None:
        self.contents.setVisible(self.bar.wants_contents() and self.contents.topLevelItemCount() > 0)

    def _on_text(self, text: str) -> None:
        self.text.show_text(text)
        self._stack.setCurrentWidget(self.text)
        self._arrive()
        self._on_marked()

    def _arrive(self) -> None:
        anchor, self._going_to = self._going_to, None
        if anchor is None:
            return
        if anchor.page is not None and self._occurrence is not None:
            self.canvas.go_to_found(anchor.page, self._occurrence)
        elif anchor.page is not None or anchor.box is not None:
            self.canvas.go_to(anchor.page or 1, anchor.box)
        if anchor.sheet is not None:
            self.sheets.show_sheet(anchor.sheet)
            if anchor.range is not None:
                self.sheets.show_range(anchor.range)
        if anchor.chars is not None:
            self.text.mark(*anchor.chars)

    def _on_refused(self, error: UserFacingError) -> None:
        self._is_opening = False
        self._show_nothing(_("This document cannot be shown"), error.sentence())

    def _show_nothing(self, title: str, reason: str) -> None:
        self.empty.say(title, reason)
        self._stack.setCurrentWidget(self.empty)
        self.canvas.show_document(None)
        self.thumbnails.show_document(None)
        self.contents.show_outline(None)
        self._show_contents()
        self.sheets.show_document(None)
        self.text.show_text("")
        self.bar.setEnabled(False)

    def _on_page(self, page: int) -> None:
        self.bar.show_page(page, self.canvas.page_count())
        self.thumbnails.show_page(page)
        self.contents.show_page(page)
        if self._opened is not None:
            self.page_shown.emit(self._opened.sha256, page)

    def _on_zoom(self) -> None:
        self.bar.show_factor(self.canvas.factor())

    def _on_marked(self) -> None:
        anchor = self.current_anchor()
        if anchor is None or self._opened is None:
            return
        if anchor.words:
            self.bar.show_cite(_("Cite these words"))
        elif anchor.box is not None:
            self.bar.show_cite(_("Cite this region"))
        elif anchor.range is not None:
            self.bar.show_cite(_("Cite these cells"))
        elif anchor.sheet is not None:
            self.bar.show_cite(_("Cite this sheet"))
        elif self._opened.is_picture:
            self.bar.show_cite(_("Cite this picture"))
        else:
            self.bar.show_cite(_("Cite this page") if self._opened.sizes else _("Cite this document"))

    def _on_page_asked(self, page: int) -> None:
        self.canvas.go_to(min(page, self.canvas.page_count()))
        self.canvas.setFocus()

    def _on_stepped(self, steps: int) -> None:
        self.canvas.go_to(self.canvas.page() + steps)

    def _on_larger(self) -> None:
        self.canvas.zoom_by(1)

    def _on_smaller(self) -> None:
        self.canvas.zoom_by(-1)

    def _on_real_size(self) -> None:
        self.canvas.set_zoom(Zoom(Fit.FACTOR))

    def _on_fit_width(self) -> None:
        self.canvas.set_zoom(FIT_WIDTH)

    def _on_fit_page(self) -> None:
        self.canvas.set_zoom(FIT_PAGE)

    def _on_cite(self) -> None:
        anchor = self.current_anchor()
        if anchor is not None:
            self.cited.emit(anchor)
