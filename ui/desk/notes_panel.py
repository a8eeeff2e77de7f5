"""Private marks and notes beside the dossier: Ctrl+H marks what is chosen on the page, a line below says why."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.domain.evidence import Anchor
from app.domain.ids import ReviewId
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.services.desk_reading import LONGEST_NOTE, MarkRecord, ReadingService
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, row
from ui.plain import plain, plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.viewing.viewer import Viewer
from ui.widgets.plain_label import PlainLabel

_LONGEST: Final = 200


class NotesPanel(QWidget):
    """Knows one review at a time; hidden as long as there is nothing marked and nobody marks."""

    def __init__(self, context: DeskContext, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._viewer = context, viewer
        self._review: ReviewId | None = None
        self._marks: tuple[MarkRecord, ...] = ()
        self._removed: MarkRecord | None = None
        self.title = PlainLabel(_("My marks and notes (private)"), role="small")
        self.list, self.note = QListWidget(), QLineEdit()
        self.list.setAccessibleName(_("My marks and notes (private)"))
        self.list.setMaximumHeight(px(Size.ROW) * 5)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(_("Note to myself"))
        self.note.setAccessibleName(_("Note to myself"))
        self.remove, self.undo = QPushButton(_("Delete")), QPushButton(_("Undo"))
        self.message = PlainLabel(role="small", is_wrapped=True)
        for button in (self.remove, self.undo):
            set_role(button, "quiet")
        buttons = row(self.remove, self.undo, None, gap=Space.HALF)
        parts = column(self.title, self.list, self.note, buttons, self.message, margin=Space.HALF, gap=Space.HALF)
        self.setLayout(parts)
        self._show()
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemClicked.connect(self._on_clicked)
        self.note.editingFinished.connect(self._on_note)
        self.remove.clicked.connect(self._on_remove)
        self.undo.clicked.connect(self._on_undo)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.list, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_remove)

    @property
    def marks(self) -> tuple[MarkRecord, ...]:
        """What is marked in this review, the oldest first."""
        return self._marks

    def show_review(self, review: ReviewId | None) -> None:
        """The marks of *review*, or none."""
        self._review, self._marks, self._removed = review, (), None
        self._show()
        if review is not None:
            self._run(_nothing)

    def mark(self) -> None:
        """Mark what is chosen on the page, or the page itself, and be ready for a note."""
        self.finish_typing()
        anchor = self._viewer.current_anchor()
        if anchor is not None and self._review is not None:
            self._viewer.fold_list(is_folded=False)
            self._run(partial(_add, review=self._review, anchor=anchor))

    def finish_typing(self) -> None:
        """A note that is half typed is meant: the next mark, a lock or another review must not take it away."""
        self._on_note()

    def _run(self, act: Callable[[ReadingService], int]) -> None:
        if self._review is not None:
            self._context.workers.run(
                partial(_work, self._context, self._review, act),
                lane=Lane.DATABASE,
                is_quiet=True,
                done=self._on_done,
                failed=self._on_failed,
            )

    def _on_done(self, done: tuple[ReviewId, tuple[MarkRecord, ...], int]) -> None:
        review, marks, added = done
        if review != self._review:
            return
        self._marks = marks
        self.message.setText("")
        self._show(chosen=len(marks) - 1 if added else None)
        if added:
            self._viewer.canvas.clear_marked()
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserFacingError):
            self.message.setText(error.sentence())
        else:
            self._context.workers.failed.emit(error)

    def _show(self, *, chosen: int | None = None) -> None:
        before = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for mark in self._marks:
            item = QListWidgetItem(plain(_line(mark), _LONGEST))
            item.setToolTip(plain_tool_tip("\n".join(filter(None, (mark.anchor.words, mark.note)))))
            self.list.addItem(item)
        self.list.setCurrentRow(min(before if chosen is None else chosen, len(self._marks) - 1))
        self.list.blockSignals(False)
        self._show_note()
        self.undo.setVisible(self._removed is not None)
        self.setVisible(bool(self._marks) or self._removed is not None)
        self._viewer.canvas.show_marks(
            [(mark.anchor.document, mark.anchor.page, mark.anchor.box) for mark in self._marks]
        )

    def _show_note(self) -> None:
        mark = self._current()
        self.note.setText(mark.note if mark else "")
        self.note.setEnabled(mark is not None)
        self.remove.setEnabled(mark is not None)

    def _current(self) -> MarkRecord | None:
        line = self.list.currentRow()
        return self._marks[line] if 0 <= line < len(self._marks) else None

    def _on_row(self, _line: int) -> None:
        self._show_note()
        mark = self._current()
        if mark is not None:
            self._viewer.go_to(mark.anchor)

    def _on_clicked(self, _item: QListWidgetItem) -> None:
        self._on_row(self.list.currentRow())

    def _on_note(self) -> None:
        mark = self._current()
        if mark is not None and self.note.text().strip() != mark.note:
            self._run(partial(_change, mark=mark, note=self.note.text()))

    def _on_remove(self) -> None:
        mark = self._current()
        if mark is not None:
            self._removed = mark
            self._run(partial(_remove, mark=mark))

    def _on_undo(self) -> None:
        mark, self._removed = self._removed, None
        if mark is not None:
            self._run(partial(_put_back, mark=mark))


def _line(mark: MarkRecord) -> str:
    said = mark.note or mark.anchor.words or mark.anchor.sheet or _("Marked")
    if mark.anchor.page is None:
        return said
    return _("p. {page}").format(page=mark.anchor.page) + f"  {said}"


def _work(
    context: DeskContext, review: ReviewId, act: Callable[[ReadingService], int], _progress: Progress
) -> tuple[ReviewId, tuple[MarkRecord, ...], int]:
    added = act(context.desk.reading)
    return review, context.desk.reading.marks(review), added


def _nothing(_reading: ReadingService) -> int:
    return 0


def _add(reading: ReadingService, *, review: ReviewId, anchor: Anchor) -> int:
    reading.add_mark(review, anchor)
    return 1


def _change(reading: ReadingService, *, mark: MarkRecord, note: str) -> int:
    reading.change_note(mark, note)
    return 0


def _remove(reading: ReadingService, *, mark: MarkRecord) -> int:
    reading.remove_mark(mark)
    return 0


def _put_back(reading: ReadingService, *, mark: MarkRecord) -> int:
    reading.put_back(mark)
    return 0
