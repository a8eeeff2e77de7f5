"""First of all: conflicts of interest, every assigned applicant in one table, before any document can be opened."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from app.domain.changes import Changes
from app.domain.conflict import Declared
from app.domain.ids import ReviewId
from app.errors import UserFacingError
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.desk_declaring import DeclarationLine
from app.services.desk_sealing import HandedIn
from app.services.desk_unwritten import declaring
from app.services.desk_views import Task
from ui.desk.context import DeskContext
from ui.desk.declare_line import DeclareLine
from ui.desk.sign_bar import SignBar
from ui.desk.unwritten import keep_unwritten
from ui.layouts import column, hairline, row
from ui.message import Gravity, Message
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.written_file import open_folder_of


class DeclarePage(QWidget):
    """Confirming writes the answers and the small return at once.

    Signals:
        finished: answered and written; on to the list.
        put_off: later; what is not answered stays locked.
        message_raised: for the strip.
        failed: an exception that is no sentence.
    """

    finished = Signal()
    put_off = Signal()
    message_raised = Signal(object)
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: dict[str, DeclareLine] = {}
        self._unsent = 0
        self._written: Path | None = None
        self._count = PlainLabel(role="muted")
        self._rest = QPushButton(_("No conflict with all others"))
        self._later = QPushButton(_("Later"))
        for button in (self._rest, self._later):
            set_role(button, "quiet")
        self._sign = SignBar(_("Confirm and write the return"))
        self._box = column(gap=0)
        self._build()
        self._rest.clicked.connect(self._on_rest)
        self._later.clicked.connect(self.put_off)
        self._sign.asked.connect(self._on_confirm)

    def show_tasks(self, tasks: tuple[Task, ...], *, unsent: int, file_name: str, unwritten: Mapping[str, str]) -> None:
        """Show those that are not declared yet; answers that were given stay. *unsent* waits for a return.

        *unwritten*: what was answered another day and not confirmed.
        """
        wanted = {task.review: task for task in tasks}
        self._unsent = unsent
        for review in self._lines.keys() - wanted.keys():
            line = self._lines.pop(review)
            self._box.removeWidget(line)
            line.deleteLater()
        for review, task in wanted.items():
            if review not in self._lines:
                line = DeclareLine(task)
                line.show_typed(unwritten.get(declaring(review), ""))
                line.changed.connect(self._refresh)
                line.answered.connect(partial(self._keep, review))
                self._lines[review] = line
                self._box.addWidget(line)
        self._sign.propose(file_name)
        self._refresh()

    def focus_first(self) -> None:
        """Ready for the first answer."""
        line = next(iter(self._lines.values()), None)
        if line is not None:
            line.focus_first()
        else:
            self._sign.focus_first()

    def lines(self) -> tuple[DeclareLine, ...]:
        """What is shown."""
        return tuple(self._lines.values())

    def _build(self) -> None:
        note = _(
            "Say for every applicant whether there is a conflict of interest. The documents of an applicant open only "
            "after that. With a conflict or an abstention its files are deleted from this computer."
        )
        head = row(PlainLabel(note, is_wrapped=True), gap=Space.BETWEEN)
        head.setContentsMargins(px(Space.PAGE), px(Space.ROOM), px(Space.PAGE), px(Space.ROOM))
        inner = QWidget()
        inner.setLayout(column(self._box, None, gap=0))
        set_role(inner, "page")
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inner)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its lines take the keyboard and bring themselves into view
        answered = row(self._count, None, self._rest, self._later, gap=Space.INSIDE)
        why = PlainLabel(
            _("The return goes to the secretariat. It shows that the package arrived and opens."), role="small"
        )
        foot = column(answered, self._sign, why, gap=Space.INSIDE)
        foot.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.PAGE), px(Space.INSIDE))
        layout = column(head, hairline(), scroll, hairline(), foot, gap=0)
        layout.setStretchFactor(scroll, 1)
        self.setLayout(layout)

    def _refresh(self) -> None:
        complete = sum(line.is_complete() for line in self._lines.values())
        self._count.setText(_("{count} of {of} answered").format(count=complete, of=len(self._lines)))
        unanswered = sum(line.answer() is None for line in self._lines.values())
        self._rest.setVisible(unanswered > 0)
        self._rest.setText(
            ngettext("No conflict with the other {count}", "No conflict with the other {count}", unanswered).format(
                count=unanswered
            )
        )
        self._sign.set_ready(is_ready=complete > 0 or (not self._lines and self._unsent > 0))

    def _keep(self, review: ReviewId, text: str) -> None:
        keep_unwritten(self._context, declaring(review), text)

    def _on_rest(self) -> None:
        for line in self._lines.values():
            if line.answer() is None:
                line.choose(Declared.NONE)
        self._sign.focus_first()

    def _on_confirm(self) -> None:
        for line in self._lines.values():
            if line.answer() is not None and not line.is_complete():
                self._sign.say(_("A conflict needs its kind, and a conflict or an abstention a few words why."))
                line.focus_first()
                return
        lines = tuple(line.line() for line in self._lines.values() if line.is_complete())
        self._context.saver.flush()
        work = partial(self._work, lines, passphrase=self._sign.passphrase(), out=self._sign.target())
        self._sign.set_busy(is_busy=True)
        self._context.workers.run(work, title=_("Writing the return"), done=self._on_done, failed=self._on_failed)

    def _work(self, lines: tuple[DeclarationLine, ...], progress: Progress, *, passphrase: str, out: Path) -> object:
        changes = self._context.desk.declaring.declare(lines) if lines else Changes()
        try:
            handed_in = self._context.desk.sealing.seal(
                (), passphrase=passphrase, out=out, declarations=True, progress=progress
            )
        except UserFacingError as error:  # what was declared stands; the return can be written again
            return changes, error
        return changes | handed_in.changes, handed_in

    def _on_done(self, reply: object) -> None:
        self._sign.set_busy(is_busy=False)
        if not isinstance(reply, tuple):
            return
        changes, result = reply
        if isinstance(result, UserFacingError):
            self._sign.say(result.sentence())
        elif isinstance(result, HandedIn):
            self._sign.forget()
            self._sign.proposed_anew(result.file.name)
            words = _("The declarations are saved. Send this file to the secretariat: {file}").format(file=result.file)
            self._written = result.file
            self.message_raised.emit(
                Message(words, Gravity.GOOD, action_text=_("Open the folder"), action=self._on_folder, key="return")
            )
        self._context.hub.publish(changes, by=self)
        if isinstance(result, HandedIn) and all(line.is_complete() for line in self._lines.values()):
            self.finished.emit()

    def _on_folder(self) -> None:
        if self._written is not None:
            open_folder_of(self._written)

    def _on_failed(self, error: Exception) -> None:
        self._sign.set_busy(is_busy=False)
        if isinstance(error, UserFacingError):
            self._sign.say(error.sentence())
        else:
            self.failed.emit(error)
