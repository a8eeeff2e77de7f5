"""The finished reviews with a tick each: what goes into the next package."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.ids import ReviewId
from app.domain.task import TaskState
from app.i18n import _
from app.services.desk_views import Task
from app.words.examination import review_kind_word
from ui.desk.words import title_words, total_words
from ui.layouts import column
from ui.plain import plain, plain_tool_tip
from ui.widgets.empty_state import EmptyState

_REVIEW = Qt.ItemDataRole.UserRole


class ReadyList(QWidget):
    """Space ticks; moving shows the form of that review.

    Signals:
        ticked_changed: other reviews are ticked.
        looked_at: the :class:`Task` whose form is wanted.
    """

    ticked_changed = Signal()
    looked_at = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks: dict[ReviewId, Task] = {}
        self._unticked: set[ReviewId] = set()
        self._is_showing = False
        self.view = QListWidget()
        self.view.setAccessibleName(_("Finished reviews"))
        self.empty = EmptyState(
            _("Nothing is ready to sign"),
            _("A review is ready when every indicator is dealt with and the opinion is complete."),
        )
        self.setLayout(column(self.view, self.empty, gap=0))
        self.view.itemChanged.connect(self._on_changed)
        self.view.currentItemChanged.connect(self._on_current)

    def show_tasks(self, tasks: tuple[Task, ...]) -> None:
        """Show what can be signed or waits to be sent; ticks stay."""
        current = self.view.currentItem().data(_REVIEW) if self.view.currentRow() >= 0 else None
        self._tasks = {task.review: task for task in tasks}
        self._is_showing = True
        self.view.clear()
        for task in tasks:
            self.view.addItem(self._item(task))
            if task.review == current:
                self.view.setCurrentRow(self.view.count() - 1)
        if tasks and self.view.currentRow() < 0:
            self.view.setCurrentRow(0)
        self._is_showing = False
        if tasks:
            self._on_current(self.view.currentItem())
        self.view.setVisible(bool(tasks))
        self.empty.setVisible(not tasks)
        # A hidden list would take the keyboard and keep it. The stub does not know that there may be none.
        self.setFocusProxy(self.view if tasks else None)  # type: ignore[arg-type]
        self.ticked_changed.emit()

    def ticked(self) -> tuple[ReviewId, ...]:
        """What is to be signed."""
        ready = (review for review, task in self._tasks.items() if task.state is TaskState.COMPLETE)
        return tuple(review for review in ready if review not in self._unticked)

    def waiting(self) -> tuple[ReviewId, ...]:
        """What is signed and goes along in any case."""
        return tuple(review for review, task in self._tasks.items() if task.state is TaskState.SEALED)

    def tick_only(self, reviews: tuple[ReviewId, ...]) -> None:
        """Tick these and no others; look at the first."""
        if not reviews:
            return
        self._unticked = {review for review in self._tasks if review not in reviews}
        for number in range(self.view.count()):
            item = self.view.item(number)
            review = item.data(_REVIEW)
            if self._tasks[review].state is TaskState.COMPLETE:
                item.setCheckState(_check(is_ticked=review in reviews))
            if review == reviews[0]:
                self.view.setCurrentItem(item)

    def _item(self, task: Task) -> QListWidgetItem:
        words = plain(
            f"{task.application}  {title_words(task)} · {review_kind_word(task.kind)}  {total_words(task.total)}"
        )
        item = QListWidgetItem(words)
        item.setData(_REVIEW, task.review)
        item.setToolTip(plain_tool_tip(words))
        if task.state is TaskState.COMPLETE:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_check(is_ticked=task.review not in self._unticked))
        else:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            item.setText(_("{words} (signed, goes along)").format(words=words))
        return item

    def _on_changed(self, item: QListWidgetItem) -> None:
        if self._is_showing:
            return
        review = item.data(_REVIEW)
        if item.checkState() is Qt.CheckState.Checked:
            self._unticked.discard(review)
        else:
            self._unticked.add(review)
        self.ticked_changed.emit()

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._is_showing:
            self.looked_at.emit(self._tasks[item.data(_REVIEW)])


def _check(*, is_ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
