"""Full-text search below the list of documents: type, choose a place, and the page shows it lit up.

The words are taken in by a quiet job in the background, which begins when the dossier is opened.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from app.domain.folding import folded
from app.domain.ids import ReviewId, Sha256
from app.errors import UserFacingError
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.desk_searching import Found, Hit, Unsearchable
from ui.desk.context import DeskContext
from ui.desk.search_line import HIT, SearchLine, SearchLineDelegate
from ui.jobs import Job, Lane
from ui.layouts import column
from ui.plain import plain, plain_tool_tip
from ui.tokens import Space
from ui.viewing.viewer import Viewer
from ui.widgets.filter_edit import FilterEdit
from ui.widgets.plain_label import PlainLabel

_LONGEST: Final = 200
_MOST_LACKS: Final = 3  # told in full; the tool tip has the rest
_ACROSS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class SearchPanel(QWidget):
    """Knows one review at a time."""

    def __init__(self, context: DeskContext, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._viewer = context, viewer
        self._review: ReviewId | None = None
        self._hits: tuple[Hit, ...] = ()
        self._asked = 0
        self._indexing: Job | None = None
        self._indexed: frozenset[Sha256] = frozenset()
        self.field = FilterEdit(_("Search the dossier"))
        self.only_here = QCheckBox(_("In this document only"))
        self.status = PlainLabel(role="small", is_wrapped=True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Places found"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(SearchLineDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = column(self.field, self.only_here, self.status, self.list, margin=Space.HALF, gap=Space.HALF)
        layout.setStretchFactor(self.list, 1)
        self.setLayout(layout)
        self._show_parts()
        self.setFocusProxy(self.field)
        self.field.filter_changed.connect(self._search)
        self.field.returnPressed.connect(self.next)
        self.field.left_downwards.connect(self._on_downwards)
        self.only_here.toggled.connect(self._search)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemClicked.connect(self._on_clicked)
        viewer.document_shown.connect(self._on_document)

    def show_dossier(self, review: ReviewId, documents: frozenset[Sha256]) -> None:
        """Search in *review*, of which *documents* are here; those that are new are taken in."""
        if review != self._review:
            self.close_review()
            self._review = review
        if documents != self._indexed:
            self._indexed = documents
            self._index()

    def close_review(self) -> None:
        """Forget what was searched for; an index that is being made goes on at the next visit."""
        if self._indexing is not None:
            self._indexing.cancel()
        self._review, self._indexing, self._indexed = None, None, frozenset()
        self.field.clear()

    def ask(self, *, only_here: bool) -> None:
        """Ready to type what is searched for."""
        self._viewer.fold_list(is_folded=False)
        self.only_here.setChecked(only_here)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def next(self) -> None:
        """The next place, after the last one the first."""
        self._step(1)

    def previous(self) -> None:
        """The place before."""
        self._step(-1)

    def _step(self, steps: int) -> None:
        if self._hits:
            row = self.list.currentRow()
            first = 0 if steps > 0 else len(self._hits) - 1
            self.list.setCurrentRow((row + steps) % len(self._hits) if row >= 0 else first)

    def _index(self) -> None:
        if self._indexing is not None:
            self._indexing.cancel()
        if self._review is not None and self._indexed:
            self._indexing = self._context.workers.run(
                partial(self._take_in, self._review),
                lane=Lane.OTHER,
                is_quiet=True,
                done=self._on_indexed,
                failed=self._on_failed,
            )

    def _take_in(self, review: ReviewId, progress: Progress) -> ReviewId:
        self._context.desk.searching.index(review, progress)
        return review

    def _on_indexed(self, review: ReviewId) -> None:
        if review == self._review:
            self._indexing = None
            self._search()

    def _search(self) -> None:
        wanted = folded(self.field.text())
        self._viewer.show_found(wanted)
        self._asked += 1
        self._show_parts()
        if self._review is None or not wanted:
            self._hits = ()
            self.list.clear()
            self.status.setText("")
            return
        here = self._viewer.sha256() if self.only_here.isChecked() else None
        self._context.workers.run(
            partial(self._find, self._review, self.field.text(), here, self._asked),
            lane=Lane.DATABASE,
            is_quiet=True,
            done=self._on_found,
            failed=self._on_failed,
        )

    def _find(
        self, review: ReviewId, text: str, document: Sha256 | None, asked: int, _progress: Progress
    ) -> tuple[int, Found]:
        return asked, self._context.desk.searching.search(review, text, document=document)

    def _on_found(self, reply: tuple[int, Found]) -> None:
        asked, found = reply
        if asked != self._asked:
            return
        current = self._hits[self.list.currentRow()] if self.list.currentRow() >= 0 else None
        self._hits = found.hits
        self.list.blockSignals(True)
        self.list.clear()
        for hit in found.hits:
            line = SearchLine.of(_place(hit), hit)
            item = QListWidgetItem(plain(f"{line.place}  {line.snippet}", _LONGEST))
            item.setData(HIT, line)
            item.setToolTip(plain_tool_tip(f"{hit.number:02} {hit.name}\n{hit.snippet}"))
            self.list.addItem(item)
        self.list.setCurrentRow(found.hits.index(current) if current in found.hits else -1)
        self.list.blockSignals(False)
        self.status.setText(_told(found))
        self.status.setToolTip(plain_tool_tip("\n".join(_lack_line(lack) for lack in found.unsearchable)))

    def _on_failed(self, error: Exception) -> None:
        self._indexing = None
        if isinstance(error, UserFacingError):
            self.status.setText(error.sentence())
            self.status.show()
        else:
            self._context.workers.failed.emit(error)

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._hits):
            hit = self._hits[row]
            self._viewer.go_to_found(hit.anchor, hit.occurrence)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._on_row(self.list.row(item))

    def _on_downwards(self) -> None:
        if self._hits:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if self.list.currentRow() < 0:
                self.list.setCurrentRow(0)

    def _on_document(self) -> None:
        if self.only_here.isChecked() and self.field.text():
            self._search()

    def _show_parts(self) -> None:
        is_searching = bool(self.field.text())
        for part in (self.only_here, self.status, self.list):
            part.setVisible(is_searching)


class SearchKeys(QObject):
    """Ctrl+F, Ctrl+Shift+F, F3 and Shift+F3 within *screen*, before the window's own Ctrl+F hears of it."""

    def __init__(self, screen: QWidget, panel: SearchPanel) -> None:
        super().__init__(screen)
        self._panel = panel
        screen.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            is_find = event.matches(QKeySequence.StandardKey.Find)
            if (
                is_find
                or (event.key() == Qt.Key.Key_F and event.modifiers() == _ACROSS)
                or event.key() == Qt.Key.Key_F3
            ):
                if event.type() is QEvent.Type.ShortcutOverride:
                    event.accept()
                elif event.key() == Qt.Key.Key_F3:
                    is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                    (self._panel.previous if is_back else self._panel.next)()
                else:
                    self._panel.ask(only_here=is_find)
                return True
        return super().eventFilter(watched, event)


def _place(hit: Hit) -> str:
    anchor = hit.anchor
    if anchor.page is not None:
        return _("{number:02} p. {page}").format(number=hit.number, page=anchor.page)
    return f"{hit.number:02} {anchor.range}" if anchor.range is not None else f"{hit.number:02}"


def _told(found: Found) -> str:
    count = len(found.hits)
    said = [ngettext("{count} place", "{count} places", count).format(count=count)]
    if found.is_cut:
        said = [_("The first {count} places; type more to narrow it.").format(count=count)]
    if found.waiting:
        ready = found.documents - found.waiting
        words = _("Still reading the documents: {ready} of {documents}. More may be found.")
        said.append(words.format(ready=ready, documents=found.documents))
    said += [_lack_line(lack) for lack in found.unsearchable[:_MOST_LACKS]]
    more = len(found.unsearchable) - _MOST_LACKS
    if more > 0:
        words = ngettext(
            "{count} more document has pages without text.", "{count} more documents have pages without text.", more
        )
        said.append(words.format(count=more))
    return "\n".join(said)


def _lack_line(lack: Unsearchable) -> str:
    return f"{lack.number:02}  {lack.reason}"
