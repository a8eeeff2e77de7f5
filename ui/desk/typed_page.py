"""What somebody else typed into a sheet, with a tick for each difference; nothing is taken without one."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QPushButton, QScrollArea, QWidget

from app.domain.draft import Entry
from app.domain.ids import ReviewId
from app.domain.typed_form import TypedDifference
from app.errors import UserFacingError
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.desk_typing import TypedForm
from app.words.changes import entry_words
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class TypedPage(QScrollArea):
    """In place of the form.

    Signals:
        shown: something to look at has arrived.
        failed: an error that is not the file's.
    """

    shown = Signal()
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._form: TypedForm | None = None
        self._title, self._note = PlainLabel(role="reading", is_wrapped=True), PlainLabel(is_wrapped=True)
        self._lines = column(gap=Space.HALF)
        self._ticks: dict[QCheckBox, TypedDifference] = {}
        self._parts: list[QWidget] = []
        self.tick_all, self.take = QPushButton(_("Tick all")), QPushButton(_("Take over what is ticked"))
        set_role(self.tick_all, "quiet")
        self.tick_all.clicked.connect(self._on_tick_all)
        self.take.clicked.connect(self._on_take)
        inner = QWidget()
        buttons = row(self.take, self.tick_all, None, gap=Space.INSIDE)
        inner.setLayout(
            column(self._title, self._note, self._lines, buttons, None, margin=Space.ROOM, gap=Space.INSIDE)
        )
        set_role(inner, "page")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def words(self) -> str:
        """Title and note, as they are read."""
        return f"{self._title.text()}\n{self._note.text()}"

    def ticks(self) -> tuple[QCheckBox, ...]:
        """One for each difference."""
        return tuple(self._ticks)

    def ask(self, review: ReviewId) -> None:
        """Ask for a sheet that was filled in."""
        name, _kind = QFileDialog.getOpenFileName(self, _("The sheet that was filled in"), "", "*.xlsx")
        if name:
            self.read(review, Path(name))

    def read(self, review: ReviewId, path: Path) -> None:
        """Read *path* off the GUI thread and show what it would change."""
        self._context.saver.flush()
        self._context.workers.run(
            partial(self._read, review, path), lane=Lane.OTHER, done=self._on_read, failed=self._on_failed
        )

    def write(self, review: ReviewId) -> None:
        """Ask where to, and write a sheet to type into."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Sheet to type into"), "", "*.xlsx")
        if name:
            target = Path(name)
            target = target if target.suffix else target.with_suffix(".xlsx")
            work = partial(self._write, review, target)
            self._context.workers.run(work, lane=Lane.OTHER, done=self._on_written, failed=self._on_failed)

    def _read(self, review: ReviewId, path: Path, _progress: Progress) -> TypedForm:
        return self._context.desk.typing.read(review, path)

    def _write(self, review: ReviewId, path: Path, _progress: Progress) -> Path:
        return self._context.desk.forms.typing_sheet(review, path)

    def _on_written(self, path: object) -> None:
        name = path.name if isinstance(path, Path) else ""
        self._show(_("Written: {file}").format(file=name), _("It holds numbers and indicator names only."))

    def _on_read(self, form: object) -> None:
        if not isinstance(form, TypedForm):
            return
        self._form = form
        count = len(form.reading.differences)
        title = ngettext("{count} difference in the sheet", "{count} differences in the sheet", count)
        self._show(title.format(count=count), _note(form), form.reading.differences)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserFacingError):
            self._show(_("Nothing was taken over"), error.sentence())
        else:
            self.failed.emit(error)

    def _show(self, title: str, note: str, differences: tuple[TypedDifference, ...] = ()) -> None:
        for part in self._parts:
            self._lines.removeWidget(part)
            part.deleteLater()
        self._parts, self._ticks = [], {}
        self._title.setText(plain(title))
        self._note.setText(plain(note))
        for difference in differences:
            self._add(difference)
        self.take.setVisible(bool(differences))
        self.tick_all.setVisible(bool(differences))
        self._on_ticked()
        self.shown.emit()
        if self._ticks:
            next(iter(self._ticks)).setFocus()

    def _add(self, difference: TypedDifference) -> None:
        form = self._form
        if form is None:
            return
        indicator = form.rubric.indicator(difference.indicator)
        tick = QCheckBox(plain(f"{indicator.number} {indicator.name}").replace("&", "&&"))
        tick.toggled.connect(self._on_ticked)
        words = PlainLabel(plain(_change(difference)), role="small", is_wrapped=True)
        tick.setAccessibleDescription(words.text())
        part = QWidget()
        part.setLayout(column(tick, words, gap=0))
        self._ticks[tick] = difference
        self._parts.append(part)
        self._lines.addWidget(part)

    def _on_ticked(self) -> None:
        self.take.setEnabled(any(tick.isChecked() for tick in self._ticks))

    def _on_tick_all(self) -> None:
        for tick in self._ticks:
            tick.setChecked(True)
        self.take.setFocus()

    def _on_take(self) -> None:
        wanted = [difference.indicator for tick, difference in self._ticks.items() if tick.isChecked()]
        if self._form is None or not wanted:
            return
        self._context.saver.now(partial(self._context.desk.typing.take, self._form, wanted))
        words = ngettext("{count} row taken over", "{count} rows taken over", len(wanted)).format(count=len(wanted))
        self._form = None
        self._show(words, _("One undo takes all of it back. Only you sign."))


def _change(difference: TypedDifference) -> str:
    now, then = difference.now, difference.then
    lines = []
    if _value(now) != _value(then):
        lines.append(_("now {now}, in the sheet {then}").format(now=entry_words(now), then=entry_words(then)))
    if now.reason != then.reason:
        lines.append(_("reason in the sheet: {reason}").format(reason=then.reason))
        if now.reason:
            lines.append(_("reason now: {reason}").format(reason=now.reason))
    return "\n".join(lines)


def _value(entry: Entry) -> tuple[object, object]:
    return entry.standing, entry.percent


def _note(form: TypedForm) -> str:
    lines = [_("Tick what you agree with; the rest stays as it is. Only you sign.")] if form.reading.differences else []
    lines += [
        _("row {row}: {sentence}").format(row=each.row, sentence=each.problem.sentence())
        for each in form.reading.refusals
    ]
    return "\n".join(lines)
