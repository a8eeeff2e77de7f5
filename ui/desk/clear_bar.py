"""清除卷宗: one line below what was handed in, once a receipt has confirmed something."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.domain.ids import ReviewId
from app.domain.task import TaskState
from app.errors import UserFacingError
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.desk_clearing import Cleared
from app.services.desk_views import Task
from ui.desk.context import DeskContext
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.layouts import row
from ui.message import Gravity, Message
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class ClearBar(QWidget):
    """Not there as long as there is nothing to clear.

    Signals:
        message_raised: for the strip.
        failed: an error for the teller.
    """

    message_raised = Signal(object)
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks: tuple[Task, ...] = ()
        self._words = PlainLabel(role="muted", is_wrapped=True)
        self.button = QPushButton(_("Clear dossiers …"))
        set_role(self.button, "quiet")
        self.button.clicked.connect(self._on_clear)
        line = row(self._words, self.button, gap=Space.INSIDE)
        line.setStretch(0, 1)
        line.setContentsMargins(px(Space.PAGE), px(Space.HALF), px(Space.PAGE), px(Space.HALF))
        self.setLayout(line)
        self.hide()

    def show_tasks(self, tasks: tuple[Task, ...]) -> None:
        """Count what is confirmed and still here."""
        self._tasks = tuple(
            task
            for task in tasks
            if task.state is TaskState.CONFIRMED and task.documents_here and task.cleared_at is None
        )
        count = len(self._tasks)
        words = ngettext(
            "{count} review is confirmed; its dossier is still on this computer.",
            "{count} reviews are confirmed; their dossiers are still on this computer.",
            count,
        )
        self._words.setText(words.format(count=count))
        self.setVisible(bool(self._tasks))

    def clear(self, out: Path) -> None:
        """Remove the dossiers that are shown, and write the confirmation to *out*."""
        self.button.setEnabled(False)
        self._context.saver.flush()
        self._context.workers.run(
            partial(self._clear, tuple(task.review for task in self._tasks), out),
            title=_("Clearing dossiers"),
            done=self._on_cleared,
            failed=self._on_failed,
            cancelled=self._on_ended,
        )

    def _clear(self, reviews: tuple[ReviewId, ...], out: Path, _progress: Progress) -> Cleared:
        return self._context.desk.clearing.clear(reviews, out=out)

    def _on_clear(self) -> None:
        count = len(self._tasks)
        text = ngettext(
            "The documents of {count} dossier are removed from this computer: {names}. Your signed review stays. "
            "A page to sign is written. The secretariat can send the documents again.",
            "The documents of {count} dossiers are removed from this computer: {names}. Your signed reviews stay. "
            "A page to sign is written. The secretariat can send the documents again.",
            count,
        ).format(count=count, names=_(", ").join(task.application for task in self._tasks))
        if not ConfirmDialog.ask(_("Clear dossiers"), text, verb=_("Clear dossiers"), parent=self):
            return
        name, _kind = QFileDialog.getSaveFileName(self, _("Confirmation to sign"), "", "*.pdf")
        if name:
            out = Path(name)
            self.clear(out if out.suffix else out.with_suffix(".pdf"))

    def _on_ended(self) -> None:
        self.button.setEnabled(True)

    def _on_cleared(self, cleared: object) -> None:
        self._on_ended()
        if not isinstance(cleared, Cleared):
            return
        count = len(cleared.reviews)
        words = ngettext(
            "The documents of {count} dossier are removed; your review stays. Sign and hand in: {file}",
            "The documents of {count} dossiers are removed; your reviews stay. Sign and hand in: {file}",
            count,
        ).format(count=count, file=cleared.file.name)
        self.message_raised.emit(Message(words, Gravity.GOOD, key="cleared"))
        self._context.hub.publish(cleared.changes, by=self)

    def _on_failed(self, error: Exception) -> None:
        self._on_ended()
        if isinstance(error, UserFacingError):
            self.message_raised.emit(Message(error.sentence(), Gravity.BAD, key="cleared"))
        else:
            self.failed.emit(error)
