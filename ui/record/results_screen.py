"""Results: what the record tells of each application, checked against the signed originals on demand."""

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QPushButton, QSplitter, QWidget

from app.domain.results import ApplicationResult, ExpertStatus
from app.domain.verification import Verified
from app.i18n import _, ngettext
from app.services.record_exporting import Exported
from app.words.examination import conclusion_word
from ui.layouts import column, row
from ui.message import Gravity
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.differences_dialog import DifferencesDialog
from ui.record.onsite_view import onsite_state
from ui.record.result_detail import ResultDetail
from ui.record.screen import RecordScreen
from ui.record.words import DASH, points_words
from ui.state import State, Tone
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.table import Table


class Column(IntEnum):
    """Columns of the list."""

    STATE = 0
    CODE = 1
    OPERATOR = 2
    EXAMINATION = 3
    MEAN = 4
    RANGE = 5
    ONSITE = 6


class ResultsScreen(RecordScreen):
    """Applications on the left, the chosen one in full on the right."""

    watched: ClassVar[frozenset[str]] = frozenset({"results", "assignments", "applications"})

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._verify = QAction(_("Verify everything"), self)
        self._verify.triggered.connect(self.verify)
        self._export = QPushButton(_("Export in open formats…"))
        self._export.setToolTip(_("Tables, signed originals and trust, so that somebody else can compute it again"))
        self._export.clicked.connect(self._on_export)
        self.table: Table[ApplicationResult] = Table(
            _columns(), key=lambda one: one.application, name="record_results", remembered=context.remembered,
            clipboard=context.clipboard, is_multiple=False,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Results"))
        self.table.empty.say(
            _("No results yet"), _("They appear as soon as signed reviews have been taken into the record.")
        )
        self.table.selection_changed.connect(self._on_selected)
        self.detail = ResultDetail(context)
        self.detail.message_raised.connect(self.message_raised)
        self.detail.hide()
        self.table.setMinimumWidth(px(Size.DIALOG_WIDTH // 2))
        left = QWidget()
        foot = row(self._export, None)
        foot.setContentsMargins(px(Space.ROOM), 0, px(Space.ROOM), px(Space.HALF))
        inner = column(self.table, foot, gap=0)
        inner.setStretchFactor(self.table, 1)
        left.setLayout(inner)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        if not context.remembered.splitter(splitter, "record_results"):
            splitter.setSizes([px(Size.READING_WIDTH), px(Size.READING_WIDTH)])
        self.setLayout(column(splitter))

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def about(self) -> str:
        rubric = self.context.record.campaign.rubric
        status = _("official") if rubric.is_official else _("unofficial")
        return _("Articles 9, 13 and 14 · rubric {version}, {status}").format(version=rubric.version, status=status)

    def primary_action(self) -> QAction | None:
        return self._verify

    def search_hint(self) -> str:
        return _("Number, operator, product")

    def search(self, text: str) -> None:
        self.table.filter(text)

    def reload(self) -> None:
        self.context.workers.run(
            lambda _progress: self.context.record.results.results(), title=_("Computing results"), done=self._on_read
        )

    def verify(self) -> None:
        """Rebuild every total from the signed originals and compare."""
        verification = self.context.record.verification
        self._verify.setEnabled(False)
        self.header_changed.emit()
        self._run(lambda progress: verification.verify(progress=progress), _("Verifying"), self._on_verified)

    def export_to(self, folder: Path) -> None:
        """Write everything in open formats into the empty *folder*."""
        exporting = self.context.record.exporting
        self._run(lambda progress: exporting.export(folder, progress=progress), _("Exporting"), self._on_exported)

    def _run(self, work: Callable[..., object], title: str, done: Callable[..., object]) -> None:
        self.context.workers.run(work, title=title, done=done, failed=self._on_failed, cancelled=self._on_cancelled)

    def _on_read(self, results: tuple[ApplicationResult, ...]) -> None:
        self.table.show_rows([one for one in results if one.experts or one.examination or one.onsite])
        if not self.table.selected_rows() and self.table.model.rowCount():
            self.table.view.selectRow(0)
        self._on_selected()

    def _on_selected(self) -> None:
        chosen = self.table.selected_rows()
        self.detail.setVisible(len(chosen) == 1)
        if len(chosen) == 1:
            self.detail.show_result(chosen[0])

    def _on_verified(self, verified: Verified) -> None:
        self._on_cancelled()
        if verified.is_ok:
            words = ngettext(
                "Everything agrees with the signed originals: {count} package checked.",
                "Everything agrees with the signed originals: {count} packages checked.",
                verified.packages,
            )
            self.say(words.format(count=verified.packages), key="verify")
            return
        count = len(verified.differences)
        words = ngettext("{count} difference was found.", "{count} differences were found.", count)
        self.say(words.format(count=count), Gravity.BAD, key="verify")
        DifferencesDialog(verified, self.context.clipboard, self).open()

    def _on_export(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Choose an empty folder"))
        if name:
            self.export_to(Path(name))

    def _on_exported(self, exported: Exported) -> None:
        words = ngettext(
            "{count} file was written to {name}. It is not encrypted: keep it where only the office can read it.",
            "{count} files were written to {name}. They are not encrypted: keep them where only the office can read "
            "them.",
            len(exported.files),
        )
        self.say(words.format(count=len(exported.files), name=exported.folder.name), Gravity.WARN, key="export")

    def _on_failed(self, error: Exception) -> None:
        self._on_cancelled()
        self.context.teller.tell(error)

    def _on_cancelled(self) -> None:
        self._verify.setEnabled(True)
        self.header_changed.emit()


def result_state(result: ApplicationResult) -> State:
    """Whether everybody who counts has answered."""
    examiners = result.examination.experts if result.examination else ()
    statuses = [one.status for one in result.experts] + [one.status for one in examiners]
    if result.onsite is not None:
        statuses.append(ExpertStatus.SEALED if result.onsite.facts else ExpertStatus.MISSING)
    missing, sealed = statuses.count(ExpertStatus.MISSING), statuses.count(ExpertStatus.SEALED)
    if not sealed:
        return State("○", _("None back"), Tone.NEUTRAL)
    if missing:
        return State("◐", _("{count} missing").format(count=missing), Tone.ACTIVE)
    return State("✓", _("All back"), Tone.GOOD)


def _examination_words(one: ApplicationResult) -> str:
    if one.examination is None:
        return DASH
    result = one.examination.majority.result
    return conclusion_word(result) if result else _("no majority")


def _columns() -> dict[IntEnum, ColumnSpec[ApplicationResult]]:
    return {
        Column.STATE: ColumnSpec(
            _("State"), text=lambda one: result_state(one).word, state=result_state, width=96
        ),
        Column.CODE: ColumnSpec(_("Number"), text=lambda one: one.application, width=88),
        Column.OPERATOR: ColumnSpec(
            _("Operator and product"), text=lambda one: f"{one.operator} — {one.offering_name}", width=0
        ),
        Column.EXAMINATION: ColumnSpec(_("Examination"), text=_examination_words, width=92),
        Column.MEAN: ColumnSpec(
            _("Mean"), text=lambda one: points_words(one.mean.total), sort=lambda one: one.mean.total, width=70,
            is_number=True,
        ),
        Column.RANGE: ColumnSpec(
            _("Range"),
            text=lambda one: DASH if one.spread is None else str(one.spread.range),
            sort=lambda one: None if one.spread is None else one.spread.range,
            width=70,
            is_number=True,
        ),
        Column.ONSITE: ColumnSpec(
            _("On site"), text=lambda one: onsite_state(one.onsite).word if one.onsite else DASH, width=92
        ),
    }  # fmt: skip
