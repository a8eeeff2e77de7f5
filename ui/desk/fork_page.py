"""A review that was signed at two computers: both versions side by side, and a button under each."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QScrollArea, QSizePolicy, QWidget

from app.domain.changes import Changes
from app.domain.forks import Fork, Version
from app.domain.ids import ReviewId
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.words.days import moment_words
from app.words.forks import SideBySide, place_words, side_by_side
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, hairline, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import PlainLabel

_DIFFERENT = "≠"


class ForkPage(QWidget):
    """Shows what differs first; everything else is one tick away. Nothing is taken over without a reason.

    Signals:
        back_asked: the task list, please.
        chosen: the review whose draft now says what one version says.
        failed: an error to tell.
    """

    back_asked = Signal()
    chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._review: ReviewId | None = None
        self._fork: Fork | None = None
        self._back = QPushButton(_("‹ Task list"))
        set_role(self._back, "quiet")
        self._title = PlainLabel(role="title")
        self.only_different = QCheckBox(_("Only what differs"))
        self.only_different.setChecked(True)
        self._words = PlainLabel(
            _(
                "This review was signed at more than one computer. Choose one version whole; it becomes a new revision "
                "that you look at and sign once more. Until then the version in the record counts."
            ),
            is_wrapped=True,
        )
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(_("Why this version (is signed along)"))
        self._reason.setAccessibleName(_("Why this version (is signed along)"))
        self._problem = PlainLabel(role="bad", is_wrapped=True)
        self._problem.hide()
        self._empty = EmptyState(_("Nothing to choose"), _("There is only one signed version of this review."))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        set_role(self._scroll, "reading")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(_("The versions side by side"))
        self._foot = QWidget()
        self.buttons: list[QPushButton] = []
        self._build()
        self._back.clicked.connect(self.back_asked)
        self.only_different.toggled.connect(self._fill)
        self._reason.textChanged.connect(self._refresh)
        context.hub.changed.connect(self._on_changed)

    def ask(self, review: ReviewId) -> None:
        """Show the versions of *review*."""
        if review != self._review:
            self._reason.clear()
        self._review = review
        self._problem.hide()
        self._context.saver.flush()
        self._context.workers.run(
            partial(self._load, review), lane=Lane.DATABASE, is_quiet=True, done=self._on_read, failed=self._on_failed
        )

    def lines(self) -> tuple[SideBySide, ...]:
        """The lines that are shown."""
        if self._fork is None:
            return ()
        every = side_by_side(self._fork)
        return tuple(line for line in every if line.is_different or not self.only_different.isChecked())

    def set_reason(self, reason: str) -> None:
        """Why one version is chosen."""
        self._reason.setText(reason)

    def problem(self) -> str:
        """What is said to be wrong."""
        return self._problem.text() if self._problem.isVisibleTo(self) else ""

    def _build(self) -> None:
        head = row(self._back, self._title, self.only_different, margin=Space.HALF, gap=Space.INSIDE)
        head.setStretchFactor(self._title, 1)
        self._words.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.PAGE), px(Space.INSIDE))
        layout = column(head, hairline(), self._words, self._empty, self._scroll, hairline(), self._foot, gap=0)
        layout.setStretchFactor(self._scroll, 1)
        layout.setStretchFactor(self._empty, 1)
        self._buttons = row(None, gap=Space.INSIDE)
        foot = column(self._problem, self._reason, self._buttons, gap=Space.INSIDE)
        foot.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.PAGE), px(Space.INSIDE))
        self._foot.setLayout(foot)
        self.setLayout(layout)

    def _load(self, review: ReviewId, _progress: Progress) -> Fork:
        return self._context.desk.forks.fork(review)

    def _on_read(self, fork: object) -> None:
        if not isinstance(fork, Fork) or fork.review != self._review:
            return
        self._fork = fork
        self._title.setText(
            _("{application} · {operator}").format(application=fork.application, operator=fork.operator)
        )
        self._show_buttons(fork)
        self._fill()
        self._reason.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._fork = None
        self._fill()
        self.failed.emit(error)

    def _show_buttons(self, fork: Fork) -> None:
        for button in self.buttons:
            self._buttons.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for place, version in enumerate(fork.versions):
            button = QPushButton(_("Go on with version {letter}").format(letter=letter(place)))
            button.setAccessibleDescription(_facts(version))
            choose = partial(self._on_choose, version)
            button.clicked.connect(lambda _checked, choose=choose: choose())
            self.buttons.append(button)
            self._buttons.insertWidget(self._buttons.count() - 1, button)
        self._refresh()

    def _fill(self) -> None:
        self._empty.setVisible(self._fork is None)
        for part in (self._scroll, self._foot, self._words, self.only_different):
            part.setVisible(self._fork is not None)
        if self._fork is not None:
            self._scroll.setWidget(_table(self._fork, self.lines()))

    def _refresh(self) -> None:
        for button in self.buttons:
            button.setEnabled(bool(self._reason.text().strip()))

    def _on_choose(self, version: Version) -> None:
        review, reason = self._review, self._reason.text()
        if review is None:
            return
        self._context.workers.run(
            lambda _progress: self._context.desk.forks.choose(review, version.content, reason=reason),
            lane=Lane.DATABASE,
            is_quiet=True,
            done=self._on_chosen,
            failed=self._on_refused,
        )

    def _on_chosen(self, changes: object) -> None:
        if isinstance(changes, Changes) and self._review is not None:
            self._reason.clear()
            self._context.hub.publish(changes, by=self)
            self.chosen.emit(self._review)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, UserFacingError):
            self._problem.setText(error.sentence())
            self._problem.show()
        else:
            self.failed.emit(error)

    def _on_changed(self, changes: object, by: object) -> None:
        is_ours = isinstance(changes, Changes) and (changes.packages or self._review in changes.reviews)
        if self.isVisible() and by is not self and is_ours and self._review is not None:
            self.ask(self._review)


def letter(place: int) -> str:
    """What the version in that *place* (from 0) is called here: A, B, … – numbers are those of revisions."""
    return chr(ord("A") + place)


def _facts(version: Version) -> str:
    lines = [
        _("Revision {number}, code {code}").format(number=version.revision, code=version.code),
        _("Signed {moment}").format(moment=moment_words(version.sealed_at)),
        place_words(version),
    ]
    if version.is_counted:
        lines.append(_("✓ In the record until you choose"))
    if version.reason:
        lines.append(_("Reason then: {reason}").format(reason=version.reason))
    return "\n".join(lines)


def _table(fork: Fork, lines: tuple[SideBySide, ...]) -> QWidget:
    """One column for each version; a line whose texts differ has the sign for it in front."""
    table, grid = QWidget(), QGridLayout()
    grid.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.PAGE), px(Space.PAGE))
    grid.setHorizontalSpacing(px(Space.BETWEEN))
    grid.setVerticalSpacing(px(Space.INSIDE))
    grid.setColumnMinimumWidth(1, px(Size.RAIL) * 2)
    for place, version in enumerate(fork.versions):
        name = PlainLabel(_("Version {letter}").format(letter=letter(place)), role="reading")
        facts = PlainLabel(_facts(version), role="muted", is_wrapped=True)
        grid.addLayout(column(name, facts, None, gap=0), 0, place + 2)
        grid.setColumnStretch(place + 2, 1)
    for number, line in enumerate(lines):
        _add(grid, 2 * number + 1, line)
    if not lines:
        grid.addWidget(PlainLabel(_("They say the same; only the signatures differ."), role="muted"), 1, 1, 1, -1)
    grid.setRowStretch(grid.rowCount(), 1)
    table.setLayout(grid)
    set_role(table, "page")
    return table


def _add(grid: QGridLayout, place: int, line: SideBySide) -> None:
    grid.addWidget(hairline(), place, 0, 1, grid.columnCount())
    top = Qt.AlignmentFlag.AlignTop
    sign = PlainLabel(_DIFFERENT if line.is_different else "", role="warn")
    sign.setAccessibleName(_("different") if line.is_different else _("the same"))
    title = PlainLabel(line.title, is_wrapped=True)
    title.setFixedWidth(px(Size.RAIL) * 2)
    grid.addWidget(sign, place + 1, 0, top)
    grid.addWidget(title, place + 1, 1, top)
    for column_number, text in enumerate(line.texts, start=2):
        words = PlainLabel(text or _("nothing"), is_wrapped=True, is_selectable=True, role="" if text else "muted")
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        grid.addWidget(words, place + 1, column_number, top)
