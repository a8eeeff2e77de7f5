"""The import desk: files in, first only looked at, then taken; an outcome with a sentence for everything."""

from enum import IntEnum
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QWidget

from app.domain.outcome import Group, Outcome
from app.i18n import _, ngettext
from app.services.record_import import ImportReport
from ui.jobs import Job
from ui.layouts import column, row
from ui.message import Gravity
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.drop_area import DropArea
from ui.record.import_lines import ImportLine, lines_of
from ui.record.screen import RecordScreen
from ui.record.states import outcome_state
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.filter_chips import ChipCount, FilterChips
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


class Column(IntEnum):
    """Columns of what was found."""

    OUTCOME = 0
    WHAT = 1
    WHO = 2
    APPLICATION = 3
    RECEIPT = 4
    SENTENCE = 5


class ImportPage(RecordScreen):
    """Dropping files rehearses the import; the button performs it.

    Signals:
        tray_requested: something is held and the person wants to decide about it.
    """

    tray_requested = Signal()
    watched: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._paths: tuple[Path, ...] = ()
        self._receipts: Path | None = None
        self._rehearsed: ImportReport | None = None
        self._job: Job | None = None
        self._import = QAction(self)
        self._import.triggered.connect(self._on_import)
        self._drop = DropArea(
            _("Drop the packages of the experts here, or a folder of them."), pattern=_("Packages (*.youpin)")
        )
        self._drop.dropped.connect(self.look_at)
        self._words = PlainLabel(role="muted")
        self._folder = QPushButton(_("Also write receipts…"))
        set_role(self._folder, "quiet")
        self._folder.setToolTip(_("A signed receipt for each expert; without it the next package carries it"))
        self._folder.clicked.connect(self._on_folder)
        self._bar = QProgressBar(textVisible=False)
        self._stop = QPushButton(_("Stop"))
        set_role(self._stop, "quiet")
        self._stop.clicked.connect(self._on_stop)
        self._chips = FilterChips()
        self._chips.chosen_changed.connect(self._on_chips)
        self.lines: Table[ImportLine] = Table(
            _columns(), key=lambda line: line.number, name="record_import", remembered=context.remembered,
            clipboard=context.clipboard,
        )  # fmt: skip
        self.lines.view.setAccessibleName(_("Packages"))
        self._build()
        self._show_state()

    def about(self) -> str:
        return _("looked at, nothing taken yet") if self._rehearsed else _("Article 13")

    def primary_action(self) -> QAction | None:
        return self._import

    def search_hint(self) -> str:
        return _("File, expert, application") if self.lines.model.total() else ""

    def search(self, text: str) -> None:
        self.lines.filter(text)

    def look_at(self, paths: tuple[Path, ...]) -> None:
        """Say what would become of *paths*; writes nothing."""
        if self._job is None:
            self._paths = paths
            self._run(is_rehearsal=True)

    def _build(self) -> None:
        line = QWidget()
        line.setLayout(row(self._words, None, self._folder))
        self._line = line
        busy = row(self._bar, self._stop)
        busy.setStretchFactor(self._bar, 1)
        top = column(self._drop, busy, line, self._chips)
        top.setContentsMargins(px(Space.PAGE), px(Space.ROOM), px(Space.PAGE), px(Space.INSIDE))
        layout = column(top, self.lines, gap=0)
        layout.setStretchFactor(self.lines, 1)
        self.setLayout(layout)

    def _run(self, *, is_rehearsal: bool) -> None:
        record, paths, receipts = self.context.record, self._paths, None if is_rehearsal else self._receipts
        self._job = self.context.workers.run(
            lambda progress: (
                record.importing.import_files(paths, dry_run=is_rehearsal, receipts=receipts, progress=progress),
                {one.expert: one.name for one in record.roster.experts()},
            ),
            title=_("Looking at the packages") if is_rehearsal else _("Importing"),
            done=self._on_rehearsed if is_rehearsal else self._on_imported, failed=self._on_failed,
            cancelled=self._on_cancelled, progressed=self._on_progressed,
        )  # fmt: skip
        self._show_state()

    def _show_state(self) -> None:
        is_busy, takeable = self._job is not None, self._takeable()
        for part in (self._bar, self._stop):
            part.setVisible(is_busy)
        self._drop.setEnabled(not is_busy)
        self._folder.setVisible(self._rehearsed is not None and not is_busy)
        self._line.setVisible(bool(self._words.text()) or (self._rehearsed is not None and not is_busy))
        if self._receipts is not None:
            self._folder.setText(_("Receipts go to {name}").format(name=self._receipts.name))
        count = len(self._rehearsed.packages) if self._rehearsed else 0
        self._import.setText(
            ngettext("Import {count} package", "Import {count} packages", count).format(count=count)
            if count
            else _("Import")
        )
        self._import.setEnabled(takeable and not is_busy)
        self.lines.empty.say(
            _("Nothing dropped yet"),
            _(
                "Drop what the experts sent back, in any order and as often as you like: what is here already is "
                "recognised. First everything is only looked at."
            ),
        )
        self.header_changed.emit()

    def _takeable(self) -> bool:
        """Whether importing would change anything: also a refused file is entered in the tray."""
        report = self._rehearsed
        return report is not None and any(one.outcome is not Outcome.ALREADY_IMPORTED for one in report.packages)

    def _show_report(self, report: ImportReport, names: dict[str, str]) -> None:
        lines = lines_of(report.packages, names, is_rehearsal=self._rehearsed is not None)
        self._chips.clear_choice()
        self.lines.show_rows(lines)
        counts = {outcome: sum(line.outcome is outcome for line in lines) for outcome in Outcome}
        self._chips.show_counts(
            ChipCount(outcome, outcome_state(outcome), count) for outcome, count in counts.items() if count
        )

    def _on_rehearsed(self, answer: tuple[ImportReport, dict[str, str]]) -> None:
        report, names = answer
        self._job, self._rehearsed = None, report
        self._show_report(report, names)
        if not report.packages:
            self._words.setText(_("No packages among these files."))
        elif not self._takeable():
            self._words.setText(_("Everything here was imported before. There is nothing to do."))
        else:
            self._words.setText(_("Looked at only. Nothing has been taken yet."))
        self._show_state()

    def _on_imported(self, answer: tuple[ImportReport, dict[str, str]]) -> None:
        report, names = answer
        self._job, self._rehearsed = None, None
        self._show_report(report, names)
        groups = {group: sum(one.outcome.group is group for one in report.packages) for group in Group}
        words = _("{taken} taken, {known} here already, {held} held, {refused} refused.").format(
            taken=groups[Group.TAKEN],
            known=groups[Group.NOTHING_TO_DO],
            held=groups[Group.HELD],
            refused=groups[Group.REFUSED],
        )
        if report.receipts:
            written = ngettext("{count} receipt was written.", "{count} receipts were written.", len(report.receipts))
            words = f"{words} {written.format(count=len(report.receipts))}"
        self._words.setText("")
        if groups[Group.HELD]:
            self.say(words, Gravity.WARN, action_text=_("Decide"), action=self.tray_requested.emit, key="import")
        else:
            self.say(words, Gravity.WARN if groups[Group.REFUSED] else Gravity.GOOD, key="import")
        self.publish(report.changes)
        self._show_state()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._show_state()
        self.context.teller.tell(error)

    def _on_cancelled(self) -> None:
        self._job = None
        self.say(
            _("Stopped. What was taken before stands; drop the same files again to go on."), Gravity.INFO, key="import"
        )
        self._show_state()

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setMaximum(total)
        self._bar.setValue(done)

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_chips(self, chosen: frozenset[Outcome]) -> None:
        self.lines.narrow((lambda line: line.outcome in chosen) if chosen else None)

    def _on_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Folder for the receipts"))
        if name:
            self._receipts = Path(name)
            self._show_state()

    def _on_import(self) -> None:
        if self._job is None:
            self._run(is_rehearsal=False)


def _columns() -> dict[IntEnum, ColumnSpec[ImportLine]]:
    return {
        Column.OUTCOME: ColumnSpec(
            _("Outcome"),
            text=lambda line: outcome_state(line.outcome).word,
            sort=lambda line: line.outcome.gravity,
            state=lambda line: outcome_state(line.outcome),
            width=130,
        ),
        Column.WHAT: ColumnSpec(_("Package or review"), text=lambda line: line.what, width=190),
        Column.WHO: ColumnSpec(_("From"), text=lambda line: line.who, width=230),
        Column.APPLICATION: ColumnSpec(_("Application"), text=lambda line: line.application, width=92),
        Column.RECEIPT: ColumnSpec(_("Receipt number"), text=lambda line: line.receipt, width=92),
        Column.SENTENCE: ColumnSpec(_("What happened, what to do"), text=lambda line: line.sentence, width=0),
    }
