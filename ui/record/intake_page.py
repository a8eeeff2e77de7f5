"""Taking in applications: a table and a folder, a look at everything, then one button."""

from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QWidget

from app.i18n import _, ngettext
from app.progress import Progress
from app.services.record_intake import CheckedIntake, IntakeResult, IntakeService
from app.words.dossiers import dossiers_changed
from ui.jobs import Job, Lane
from ui.layouts import column, row
from ui.message import Gravity
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.drop_area import DropArea
from ui.record.intake_lines import LEVELS, IntakeLine, level_of, lines_of, taken_line
from ui.record.screen import RecordScreen
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.filter_chips import ChipCount, FilterChips
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

_TABLE_ENDING: Final = ".xlsx"


class Column(IntEnum):
    """Columns of what was found."""

    LEVEL = 0
    PLACE = 1
    SUBJECT = 2
    SENTENCE = 3


class IntakePage(RecordScreen):
    """Nothing is written before the button is pressed; looking can be repeated as often as one likes."""

    watched: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._table: Path | None = None
        self._folder: Path | None = None
        self._checked: CheckedIntake | None = None
        self._lines: tuple[IntakeLine, ...] = ()
        self._job: Job | None = None
        self._take = QAction(self)
        self._take.triggered.connect(self._on_take)
        self._drop = DropArea(
            _("Drop the summary table and the folder with the dossiers here."), pattern=_("Tables (*.xlsx)")
        )
        self._drop.dropped.connect(self.take_paths)
        self._chosen = PlainLabel(is_wrapped=True)
        self._template = _quiet_button(_("Save an empty table…"))
        self._template.clicked.connect(self._on_template)
        self._findings = _quiet_button(_("Save the findings…"))
        self._findings.setToolTip(_("One table per recommending department, to be sent back"))
        self._findings.clicked.connect(self._on_findings)
        self._again = _quiet_button(_("Check again"))
        self._again.clicked.connect(self.check)
        self._bar = QProgressBar(textVisible=False)
        self._cancel = _quiet_button(_("Stop"))
        self._cancel.clicked.connect(self._on_cancel)
        self._chips = FilterChips()
        self._chips.chosen_changed.connect(self._on_chips)
        self.lines: Table[IntakeLine] = Table(
            _columns(), key=lambda line: line.number, name="record_intake", remembered=context.remembered,
            clipboard=context.clipboard,
        )  # fmt: skip
        self.lines.view.setAccessibleName(_("Applications"))
        self._build()
        self._show_state()

    def about(self) -> str:
        return _("Articles 8 and 9")

    def primary_action(self) -> QAction | None:
        return self._take

    def search_hint(self) -> str:
        return _("Operator, file, what was found") if self._checked else ""

    def search(self, text: str) -> None:
        self.lines.filter(text)

    def take_paths(self, paths: tuple[Path, ...]) -> None:
        """A table, a folder, or a folder with exactly one table in it; looks at them as soon as there is a table."""
        for path in paths:
            if path.is_dir():
                self._folder = path
            elif path.suffix.lower() == _TABLE_ENDING:
                self._table = path
        if self._table is None and self._folder is not None:
            tables = [one for one in self._folder.iterdir() if one.suffix.lower() == _TABLE_ENDING and one.is_file()]
            self._table = tables[0] if len(tables) == 1 else None
        if self._table is None:
            self.say(_("The summary table (.xlsx) is still missing. Drop it here too."), Gravity.INFO, key="intake")
            self._show_state()
        else:
            self.check()

    def check(self) -> None:
        """Look at everything; every document is opened once, so this can take some minutes."""
        if self._table is None or self._job is not None:
            return
        intake = self.context.record.intake
        self._job = self.context.workers.run(
            partial(_check, intake, self._table, self._folder), title=_("Checking the dossiers"), lane=Lane.OTHER,
            done=self._on_checked, failed=self._on_failed, cancelled=self._on_cancelled,
            progressed=self._on_progressed,
        )  # fmt: skip
        self._show_state()

    def _build(self) -> None:
        files = row(self._chosen, self._again, self._findings, self._template)
        files.setStretchFactor(self._chosen, 1)
        busy = row(self._bar, self._cancel)
        busy.setStretchFactor(self._bar, 1)
        top = column(self._drop, files, busy, self._chips, gap=Space.INSIDE)
        top.setContentsMargins(px(Space.PAGE), px(Space.ROOM), px(Space.PAGE), px(Space.INSIDE))
        layout = column(top, self.lines, gap=0)
        layout.setStretchFactor(self.lines, 1)
        self.setLayout(layout)

    def _show_state(self) -> None:
        is_busy, checked = self._job is not None, self._checked
        for part in (self._bar, self._cancel):
            part.setVisible(is_busy)
        self._again.setVisible(self._table is not None and not is_busy)
        self._findings.setVisible(checked is not None and not is_busy)
        self._chips.setVisible(checked is not None and not is_busy)
        names = [path.name for path in (self._table, self._folder) if path is not None]
        self._chosen.setText(" + ".join(names))
        count = len(checked.acceptable) if checked else 0
        changed = len(checked.extended) if checked else 0
        self._take.setText(_take_words(count, changed) if checked else _("Take applications"))
        self._take.setEnabled(count + changed > 0 and not is_busy)
        if is_busy:
            self.lines.empty.say(_("Checking …"), _("Every document is opened once. You can go on working meanwhile."))
        elif checked is None:
            self.lines.empty.say(
                _("Nothing chosen yet"),
                _(
                    "Choose the summary table of the recommending department and the folder with one subfolder per "
                    "line. First everything is only looked at; nothing is written before you say so."
                ),
            )
        self.header_changed.emit()

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setMaximum(total)
        self._bar.setValue(done)

    def _on_checked(self, checked: CheckedIntake) -> None:
        self._job, self._checked = None, checked
        lines = self._lines = lines_of(checked)
        self.lines.show_rows(lines)
        counts = [(level, sum(line.level == level for line in lines)) for level in LEVELS]
        self._chips.show_counts(ChipCount(level, level_of(level), count) for level, count in counts if count)
        self._show_state()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._show_state()
        self.context.teller.tell(error)

    def _on_cancelled(self) -> None:
        self._job = None
        self.say(_("Stopped. Nothing was taken."), Gravity.INFO, key="intake")
        self._show_state()

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_chips(self, chosen: frozenset[str]) -> None:
        self.lines.narrow((lambda line: line.level in chosen) if chosen else None)

    def _on_take(self) -> None:
        if self._checked is None or self._job is not None:
            return
        intake, checked = self.context.record.intake, self._checked
        self._job = self.context.workers.run(
            lambda progress: intake.take(checked, progress=progress), title=_("Taking applications in"),
            done=self._on_taken, failed=self._on_failed, cancelled=self._on_cancelled,
            progressed=self._on_progressed,
        )  # fmt: skip
        self._show_state()

    def _on_taken(self, result: IntakeResult) -> None:
        self._job, self._checked = None, None
        codes = {line.row: line.application for line in result.applications if line.application}
        self.lines.show_rows([taken_line(line, codes) for line in self._lines])
        self._chips.show_counts(())
        words = ngettext("{count} application was taken.", "{count} applications were taken.", result.taken)
        words = words.format(count=result.taken)
        if result.extended:
            told = dossiers_changed(len(result.extended))
            words = f"{words} {told}" if result.taken else told
        if result.refused:
            left = ngettext(
                "{count} was not; its findings can be saved and sent back.",
                "{count} were not; their findings can be saved and sent back.",
                result.refused,
            ).format(count=result.refused)
            words = f"{words} {left}"
        self.say(words, Gravity.WARN if result.refused else Gravity.GOOD, key="intake")
        self.publish(result.changes)
        self._show_state()

    def _on_template(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save an empty table"), _("Recommendation summary.xlsx"), _("Tables (*.xlsx)")
        )
        if name:
            intake, path = self.context.record.intake, Path(name)
            self.context.workers.run(
                lambda _progress: _write_template(intake, path), title=_("Saving"), lane=Lane.OTHER,
                done=self._on_saved,
            )  # fmt: skip

    def _on_findings(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Folder for the findings"))
        if name and self._checked is not None:
            intake, checked, folder = self.context.record.intake, self._checked, Path(name)
            self.context.workers.run(
                lambda _progress: intake.export_findings(checked, folder), title=_("Saving"), lane=Lane.OTHER,
                done=self._on_findings_saved,
            )  # fmt: skip

    def _on_saved(self, path: Path) -> None:
        self.say(_("Saved as {name}.").format(name=path.name))

    def _on_findings_saved(self, files: tuple[Path, ...]) -> None:
        words = ngettext("{count} file was saved.", "{count} files were saved.", len(files))
        self.say(words.format(count=len(files)))


def _check(intake: IntakeService, table: Path, folder: Path | None, progress: Progress) -> CheckedIntake:
    return intake.check(table, folder, progress=progress)


def _take_words(count: int, changed: int) -> str:
    if changed and not count:
        return ngettext("Change {count} dossier", "Change {count} dossiers", changed).format(count=changed)
    return ngettext("Take {count} application", "Take {count} applications", count).format(count=count)


def _write_template(intake: IntakeService, path: Path) -> Path:
    intake.template(path)
    return path


def _quiet_button(text: str) -> QPushButton:
    button = QPushButton(text)
    set_role(button, "quiet")
    return button


def _columns() -> dict[IntEnum, ColumnSpec[IntakeLine]]:
    return {
        Column.LEVEL: ColumnSpec(
            _("Result"),
            text=lambda line: level_of(line.level).word,
            sort=lambda line: LEVELS.index(line.level),
            state=lambda line: level_of(line.level),
            width=116,
        ),
        Column.PLACE: ColumnSpec(_("Where"), text=lambda line: line.place, sort=lambda line: line.row, width=110),
        Column.SUBJECT: ColumnSpec(_("Application or file"), text=lambda line: line.subject, width=300),
        Column.SENTENCE: ColumnSpec(
            _("What was found, what to do"),
            text=lambda line: line.sentence,
            tip=lambda line: f"{line.sentence}\n{line.codes}",
            width=0,
        ),
    }
