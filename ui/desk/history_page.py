"""What changed since the last signature, and the draft's last states, each with the way back."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from app.domain.changes import Changes
from app.domain.history import State
from app.domain.ids import ReviewId
from app.domain.print_pages import PrintMade
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.desk_history import History
from app.words.changes import difference_words, target_words
from app.words.days import moment_words
from app.words.prints import print_words
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


@dataclass(frozen=True, slots=True)
class _Past:
    history: History
    prints: tuple[PrintMade, ...]


class HistoryPage(QScrollArea):
    """In place of the form.

    Signals:
        shown: it has been read and is to be looked at.
        failed: an error to tell.
    """

    shown = Signal()
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._review: ReviewId | None = None
        self._title, self._since = PlainLabel(role="reading", is_wrapped=True), PlainLabel(is_wrapped=True)
        self._states = PlainLabel(_("Earlier states of this draft"), role="reading")
        self._note = PlainLabel(role="small", is_wrapped=True)
        self._lines = column(gap=Space.HALF)
        self._printed_title = PlainLabel(_("Printed from the dossier"), role="reading")
        self._printed = PlainLabel(role="small", is_wrapped=True)
        self._parts: list[QWidget] = []
        self.buttons: list[QPushButton] = []
        inner = QWidget()
        parts = (
            self._title,
            self._since,
            self._states,
            self._note,
            self._lines,
            self._printed_title,
            self._printed,
            None,
        )
        inner.setLayout(column(*parts, margin=Space.ROOM, gap=Space.INSIDE))
        set_role(inner, "page")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        context.hub.changed.connect(self._on_changed)

    def words(self) -> str:
        """What it says of the last signature and of what was printed."""
        return f"{self._title.text()}\n{self._since.text()}\n{self._printed.text()}"

    def ask(self, review: ReviewId) -> None:
        """Read the history of *review* and ask to be shown."""
        self._review = review
        self._context.saver.flush()
        self._context.workers.run(
            partial(self._load, review), lane=Lane.DATABASE, is_quiet=True, done=self._on_read, failed=self.failed.emit
        )

    def _load(self, review: ReviewId, _progress: Progress) -> _Past:
        return _Past(self._context.desk.history.history(review), self._context.desk.dossier_prints.prints(review))

    def _on_read(self, past: object) -> None:
        if not isinstance(past, _Past):
            return
        history = past.history
        self._show_printed(past.prints)
        self._show_since(history)
        for part in self._parts:
            self._lines.removeWidget(part)
            part.deleteLater()
        self._parts, self.buttons = [], []
        for place, state in enumerate(history.states):
            self._add(state, history, is_now=place == 0)
        self._states.setVisible(bool(history.states))
        self._note.setText(
            _("Putting a state back is a step like any other: undo takes it back.")
            if history.states
            else _("Nothing was written since it was opened or signed.")
        )
        self.shown.emit()
        if self.buttons:
            self.buttons[0].setFocus()

    def _show_printed(self, prints: tuple[PrintMade, ...]) -> None:
        self._printed.setText(plain("\n".join(print_words(made) for made in prints)))
        for part in (self._printed_title, self._printed):
            part.setVisible(bool(prints))

    def _show_since(self, history: History) -> None:
        since = history.since
        self._title.setVisible(since is not None)
        self._since.setVisible(since is not None)
        if since is None:
            return
        count = len(since.differences)
        words = ngettext(
            "{count} change since revision {number} was signed", "{count} changes since revision {number} was signed",
            count,
        )  # fmt: skip
        self._title.setText(words.format(count=count, number=since.revision))
        self._since.setText(plain("\n".join(difference_words(each, history.rubric) for each in since.differences)))
        self._since.setVisible(bool(since.differences))

    def _add(self, state: State, history: History, *, is_now: bool) -> None:
        at = moment_words(state.at) if state.at else _("The beginning")
        touched = _(", ").join(dict.fromkeys(target_words(target, history.rubric) for target in state.targets))
        when = PlainLabel(at)
        what = PlainLabel(plain(touched), role="small", is_wrapped=True)
        part = QWidget()
        if is_now:
            part.setLayout(column(row(when, PlainLabel(_("as it is now"), role="muted"), None), what, gap=0))
        else:
            button = QPushButton(_("Put back"))
            set_role(button, "quiet")
            button.setAccessibleName(_("Put back: {when}").format(when=at))
            button.setEnabled(history.is_editable)
            restore = partial(self._on_restore, state.number)
            button.clicked.connect(lambda _checked: restore())
            self.buttons.append(button)
            part.setLayout(column(row(when, button, None), what, gap=0))
        self._parts.append(part)
        self._lines.addWidget(part)

    def _on_restore(self, number: int) -> None:
        if self._review is not None:
            self._context.saver.now(partial(self._context.desk.history.restore, self._review, number))

    def _on_changed(self, changes: object, _by: object) -> None:
        """The list follows what is put back or undone while somebody looks at it."""
        if self.isVisible() and self._review and isinstance(changes, Changes) and self._review in changes.reviews:
            self.ask(self._review)
