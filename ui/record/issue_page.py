"""Sending the work out: what each expert would get, then one sealed file each and a list to hand them out by."""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QProgressBar, QPushButton, QWidget

from app.domain.changes import Changes
from app.domain.ids import ApplicationCode
from app.domain.parting import DEFAULT_MAX_MB
from app.domain.results import ExpertStatus, ReturnLine
from app.domain.roster import ExpertEntry
from app.i18n import _, ngettext
from app.services.record_issue import IssuedPackage, IssueResult, PlannedPackage
from app.words.packages import medium_word
from app.words.sizes import size_words
from ui.jobs import Job
from ui.layouts import column, row
from ui.message import Gravity
from ui.models.table_model import ColumnSpec
from ui.plain import plain_tool_tip
from ui.record.context import RecordContext
from ui.record.deadline_edit import DeadlineEdit
from ui.record.screen import RecordScreen
from ui.state import State, Tone
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

DEFAULT_DAYS: Final = 14
_SIZES: Final = (45, 95, 650, DEFAULT_MAX_MB)
_APPLICATIONS_NAMED: Final = 6


class Column(IntEnum):
    """Columns of the files."""

    STATE = 0
    EXPERT = 1
    NAME = 2
    PART = 3
    COUNT = 4
    SIZE = 5
    MEDIUM = 6
    FILE = 7
    APPLICATIONS = 8


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file, planned or written; ``file`` is its name once it is there."""

    expert: str
    name: str
    part: str
    applications: tuple[str, ...]
    bytes: int
    medium: str
    file: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """One line of the list."""
        return self.expert, self.part, self.file


class IssuePage(RecordScreen):
    """Only what is new for a device is sent; the plan changes nothing."""

    watched: ClassVar[frozenset[str]] = frozenset({"applications", "experts", "assignments", "packages"})

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._planned: tuple[FileRow, ...] = ()
        self._issued: tuple[FileRow, ...] = ()
        self._names: dict[str, str] = {}
        self._job: Job | None = None
        self._issue = QAction(self)
        self._issue.triggered.connect(self._on_issue)
        self._size = QComboBox()
        self._size.setAccessibleName(_("Largest file"))
        for size in _SIZES:
            self._size.addItem(_size_choice(size), size)
        self._size.setCurrentIndex(len(_SIZES) - 1)
        self._size.currentIndexChanged.connect(self.renew)
        self._deadline = DeadlineEdit(days=DEFAULT_DAYS)
        self._printing = QCheckBox(_("Experts may print pages, with a watermark"))
        self._printing.setToolTip(
            plain_tool_tip(
                _("Goes along with every package written from now on. Each print-out is noted in the review's log.")
            )
        )
        self._printing.clicked.connect(self._on_printing)
        self._stranded, self._leaderless = (PlainLabel(role="warn", is_wrapped=True) for _number in range(2))
        self._bar = QProgressBar(textVisible=False)
        self._stop = QPushButton(_("Stop"))
        set_role(self._stop, "quiet")
        self._stop.clicked.connect(self._on_stop)
        self.table: Table[FileRow] = Table(
            _columns(), key=lambda one: one.key, name="record_issue", remembered=context.remembered,
            clipboard=context.clipboard,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Packages"))
        self._build()
        self._show_state()

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def about(self) -> str:
        if not self._planned:
            return _("Article 13")
        total = sum(one.bytes for one in self._planned)
        return _("Article 13 · {size} in all").format(size=size_words(total))

    def primary_action(self) -> QAction | None:
        return self._issue

    def search_hint(self) -> str:
        return _("Expert, number of an application")

    def search(self, text: str) -> None:
        self.table.filter(text)

    def reload(self) -> None:
        record, size = self.context.record, self._size.currentData()
        self.context.workers.run(
            lambda _progress: (
                record.issuing.plan(max_mb=size), record.roster.experts(), record.returns.overview(),
                record.dossier_prints.is_allowed(), record.issuing.without_leader(),
            ),
            is_quiet=True, done=self._on_planned, failed=self._on_plan_failed,
        )  # fmt: skip

    def issue_into(self, folder: Path) -> None:
        """Write every planned file into *folder*."""
        issuing, size = self.context.record.issuing, self._size.currentData()
        deadline = self._deadline.day()
        self._job = self.context.workers.run(
            lambda progress: issuing.issue(folder, max_mb=size, deadline=deadline, progress=progress),
            title=_("Writing packages"), done=self._on_issued, failed=self._on_failed, cancelled=self._on_cancelled,
            progressed=self._on_progressed,
        )  # fmt: skip
        self._show_state()

    def _build(self) -> None:
        line = row(
            PlainLabel(_("Deadline"), role="muted"), self._deadline,
            PlainLabel(_("24:00 Beijing time"), role="small"), PlainLabel(_("Largest file"), role="muted"),
            self._size, self._printing, None, gap=Space.INSIDE,
        )  # fmt: skip
        busy = row(self._bar, self._stop)
        busy.setStretchFactor(self._bar, 1)
        top = column(line, self._stranded, self._leaderless, busy)
        top.setContentsMargins(px(Space.PAGE), px(Space.ROOM), px(Space.PAGE), px(Space.INSIDE))
        layout = column(top, self.table, gap=0)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def _show_state(self) -> None:
        is_busy, count = self._job is not None, len(self._planned)
        for part in (self._bar, self._stop):
            part.setVisible(is_busy)
        for setting in (self._size, self._deadline, self._printing):
            setting.setEnabled(not is_busy)
        self._issue.setText(
            ngettext("Write {count} package…", "Write {count} packages…", count).format(count=count)
            if count
            else _("Write packages…")
        )
        self._issue.setEnabled(count > 0 and not is_busy)
        if self._leaderless.text():
            self.table.empty.say(_("Nothing can be sent"), _("The visits named above have no leader."))
        elif self._stranded.text():
            self.table.empty.say(_("Nothing can be sent"), _("The experts named above have no computer to send to."))
        else:
            self.table.empty.say(
                _("Nothing to send"),
                _("Everything that is assigned has been sent. New assignments appear here as files to be written."),
            )
        for told in (self._stranded, self._leaderless):
            told.setVisible(bool(told.text()))
        self.table.show_rows((*self._issued, *self._planned))
        self.header_changed.emit()

    def _on_planned(
        self,
        answer: tuple[
            tuple[PlannedPackage, ...],
            tuple[ExpertEntry, ...],
            tuple[ReturnLine, ...],
            bool,
            tuple[ApplicationCode, ...],
        ],
    ) -> None:
        planned, experts, lines, may_print, leaderless = answer
        self._printing.setChecked(may_print)
        self._names = {one.expert: one.name for one in experts}
        self._tell_stranded(experts, lines)
        self._tell_leaderless(leaderless)
        self._planned = tuple(
            FileRow(
                one.expert, one.name, f"{one.part}/{one.parts}", one.applications, one.bytes, one.medium
            )
            for one in planned
        )  # fmt: skip
        self._show_state()

    def _tell_stranded(self, experts: tuple[ExpertEntry, ...], lines: tuple[ReturnLine, ...]) -> None:
        at_work = {line.expert for line in lines if line.status is ExpertStatus.MISSING}
        stranded = [one for one in experts if one.current_device is None and one.expert in at_work]
        names = "、".join(f"{one.expert} {one.name}" for one in stranded)
        words = _(
            "No computer to send to: {experts}. Let them enrol a new computer (Experts), "
            "or give their reviews to somebody else (Panels)."
        )
        self._stranded.setText(words.format(experts=names) if stranded else "")

    def _tell_leaderless(self, applications: tuple[ApplicationCode, ...]) -> None:
        words = _(
            "Nobody leads the visit to {applications} any more. Name another leader (Panels, On-site); until then "
            "nothing of it is sent."
        )
        self._leaderless.setText(words.format(applications="、".join(applications)) if applications else "")

    def _on_plan_failed(self, error: Exception) -> None:
        self._planned = ()
        self._show_state()
        self.context.teller.tell(error)

    def _on_issue(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Folder for the packages"))
        if name:
            self.issue_into(Path(name))

    def _on_printing(self, is_allowed: bool) -> None:
        prints = self.context.record.dossier_prints
        self.context.workers.run(
            lambda _progress: prints.allow(is_allowed=is_allowed),
            is_quiet=True, done=self._on_printing_kept, failed=self._on_plan_failed,
        )  # fmt: skip

    def _on_printing_kept(self, changes: Changes) -> None:
        self.say(
            _("Packages written from now on allow pages to be printed, with a watermark.")
            if self._printing.isChecked()
            else _("Packages written from now on do not allow pages to be printed."),
            key="printing",
        )
        self.publish(changes)

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setMaximum(total)
        self._bar.setValue(done)

    def _on_issued(self, result: IssueResult) -> None:
        self._job, self._planned = None, ()
        self._issued = (*(self._row(one) for one in result.packages), *self._issued)
        count = len(result.packages)
        words = ngettext("{count} package was written.", "{count} packages were written.", count).format(count=count)
        if result.hand_out is not None:
            words = _("{words} The list to hand them out by is {name}.").format(words=words, name=result.hand_out.name)
        if result.without_device:
            names = "、".join(result.without_device)
            lacking = _("Not sent, because there is no valid device: {experts}.").format(experts=names)
            self.say(f"{words} {lacking}", Gravity.WARN, key="issue")
        else:
            self.say(words, key="issue")
        self.publish(result.changes)
        self._show_state()

    def _row(self, one: IssuedPackage) -> FileRow:
        name = self._names.get(one.expert, "")
        return FileRow(one.expert, name, one.part, one.applications, one.bytes, one.medium, one.file.name)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._show_state()
        self.context.teller.tell(error)
        self.renew()

    def _on_cancelled(self) -> None:
        self._job = None
        self.say(_("Stopped. What was written before stands; the rest is still planned."), Gravity.INFO, key="issue")
        self.renew()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _size_choice(size: int) -> str:
    if size == DEFAULT_MAX_MB:
        return _("{size} MB (memory stick)").format(size=size)
    return {
        45: _("{size} MB (mail)"),
        95: _("{size} MB (chat)"),
        650: _("{size} MB (CD)"),
    }[size].format(size=size)


def _state(one: FileRow) -> State:
    return State("✓", _("File written"), Tone.GOOD) if one.file else State("○", _("To write"), Tone.ACTIVE)


def _columns() -> dict[IntEnum, ColumnSpec[FileRow]]:
    return {
        Column.STATE: ColumnSpec(_("State"), text=lambda one: _state(one).word, state=_state, width=90),
        Column.EXPERT: ColumnSpec(_("Expert no."), text=lambda one: one.expert, width=70),
        Column.NAME: ColumnSpec(_("Name"), text=lambda one: one.name, width=100),
        Column.PART: ColumnSpec(_("Part"), text=lambda one: one.part, width=56),
        Column.COUNT: ColumnSpec(
            _("Applications"),
            text=lambda one: str(len(one.applications)),
            sort=lambda one: len(one.applications),
            width=76,
            is_number=True,
        ),
        Column.SIZE: ColumnSpec(
            _("Size"), text=lambda one: size_words(one.bytes), sort=lambda one: one.bytes, width=90, is_number=True
        ),
        Column.MEDIUM: ColumnSpec(_("Fits on"), text=lambda one: medium_word(one.medium), width=90),
        Column.FILE: ColumnSpec(_("File"), text=lambda one: one.file, width=180),
        Column.APPLICATIONS: ColumnSpec(
            _("Numbers"),
            text=_numbers,
            tip=lambda one: "\n".join(one.applications),
            width=0,
        ),
    }


def _numbers(one: FileRow) -> str:
    named = "、".join(one.applications[:_APPLICATIONS_NAMED])
    more = len(one.applications) - _APPLICATIONS_NAMED
    return _("{named} and {count} more").format(named=named, count=more) if more > 0 else named
