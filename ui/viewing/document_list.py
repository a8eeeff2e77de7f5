"""The files of a dossier beside the page: number, title, and whether something of it was cited."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from app.domain.ids import Sha256
from app.i18n import _
from ui.icons import Icon, icon
from ui.plain import plain, plain_tool_tip

Index = QModelIndex | QPersistentModelIndex
_LONGEST: Final = 200
_BEHIND_A_NUMBER: Final = frozenset(" 　_-—.．、：:")


class EntryKind(StrEnum):
    """What stands beside the name as a picture."""

    PDF = "pdf"
    PICTURE = "picture"
    SHEET = "sheet"
    TEXT = "text"


_ICONS: Final = {
    EntryKind.PDF: Icon.PDF,
    EntryKind.PICTURE: Icon.PICTURE,
    EntryKind.SHEET: Icon.SHEET,
    EntryKind.TEXT: Icon.TEXT,
}


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One file.

    Attributes:
        note: a few words more in the tool tip, such as the type of document.
        is_here: its part has arrived.
        is_cited: a score points at it.
        read, pages: how many of its pages were in view, of how many; without *pages* nothing is said of it.
    """

    sha256: Sha256
    number: str
    title: str
    kind: EntryKind
    note: str = ""
    is_here: bool = True
    is_cited: bool = False
    read: int = 0
    pages: int = 0

    def named(self) -> str:
        """Number and title, the number once."""
        rest = self.title.removeprefix(self.number)
        is_numbered = rest != self.title and rest[:1] in _BEHIND_A_NUMBER
        title = rest.lstrip("".join(_BEHIND_A_NUMBER)) if is_numbered else self.title
        return f"{self.number} {title or self.title}"

    def line(self) -> str:
        """What the list says."""
        tail = " ✓" if self.is_cited else "" if self.is_here else _(" (not here yet)")
        if self.is_here and self.pages:
            tail += _("  read") if self.read >= self.pages else f"  {self.read}/{self.pages}" if self.read else ""
        return f"{self.named()}{tail}"

    def read_words(self) -> str:
        """How much of it was read."""
        if not self.pages or not self.is_here:
            return ""
        if not self.read:
            return _("Not read yet")
        return _("Read {read} of {pages} pages").format(read=self.read, pages=self.pages)


class DocumentModel(QAbstractListModel):
    """The entries in the order of the dossier."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[DocumentEntry, ...] = ()

    def show_entries(self, entries: Sequence[DocumentEntry]) -> None:
        """Show *entries*; ticks that change do not move the selection."""
        same = [entry.sha256 for entry in entries] == [entry.sha256 for entry in self._entries]
        if not same:
            self.beginResetModel()
        self._entries = tuple(entries)
        if not same:
            self.endResetModel()
        elif entries:
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))

    def entry(self, row: int) -> DocumentEntry:
        """The entry in line *row*."""
        return self._entries[row]

    def line_of(self, sha256: Sha256) -> int | None:
        """Where a document stands."""
        return next((line for line, entry in enumerate(self._entries) if entry.sha256 == sha256), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not self._entries[index.row()].is_here:
            return flags & ~Qt.ItemFlag.ItemIsEnabled
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(entry.line(), _LONGEST)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(f"{entry.line()}\n{entry.note}\n{entry.read_words()}".strip())
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(_ICONS[entry.kind], "muted")
        return None


class DocumentList(QListView):
    """Arrow keys walk, Enter or a click opens.

    Signals:
        document_chosen: the SHA-256 of a document.
    """

    document_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents = DocumentModel(self)
        self.setModel(self._documents)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Documents"))
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)

    def show_entries(self, entries: Sequence[DocumentEntry]) -> None:
        """Show the files of a dossier."""
        self._documents.show_entries(entries)

    def show_current(self, sha256: Sha256) -> None:
        """Mark the document that is shown."""
        line = self._documents.line_of(sha256)
        if line is not None:
            self.setCurrentIndex(self._documents.index(line))

    def title(self, sha256: Sha256) -> str:
        """Number and name of a document; empty if it is not listed."""
        line = self._documents.line_of(sha256)
        return "" if line is None else self._documents.entry(line).named()

    def neighbour(self, steps: int) -> Sha256 | None:
        """The document so many lines further down that is here."""
        row = self.currentIndex().row() + steps
        if 0 <= row < self._documents.rowCount() and self._documents.entry(row).is_here:
            return self._documents.entry(row).sha256
        return None

    def _on_chosen(self, index: QModelIndex) -> None:
        entry = self._documents.entry(index.row())
        if entry.is_here:
            self.document_chosen.emit(entry.sha256)
