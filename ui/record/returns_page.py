"""Sent, returned, in the record, side by side, with a reason for everything that is not there."""

from datetime import date
from enum import IntEnum
from typing import ClassVar

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.clock import system_clock
from app.domain.changes import Changes
from app.domain.ids import ExpertCode
from app.domain.results import MissingPackage
from app.domain.review import ReviewKind
from app.i18n import _
from app.words.examination import review_kind_word
from ui.layouts import column, row
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.deadline_dialog import DeadlineDialog
from ui.record.reason_dialog import ReasonDialog
from ui.record.return_lines import ReturnRow, Where, rows_of, where_state
from ui.record.screen import RecordScreen
from ui.record.words import DASH, day_words, last_day
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.filter_chips import ChipCount, FilterChips
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

_MOST_NAMED = 5


class Column(IntEnum):
    """Columns of the comparison."""

    WHERE = 0
    APPLICATION = 1
    KIND = 2
    EXPERT = 3
    SENT = 4
    RETURNED = 5
    IMPORTED = 6
    REVISION = 7
    DEADLINE = 8
    REASON = 9


class ReturnsPage(RecordScreen):
    """What somebody has to look at stands first."""

    watched: ClassVar[frozenset[str]] = frozenset({"assignments", "packages", "tray", "results"})

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._missing = PlainLabel(role="warn", is_wrapped=True)
        self._chips = FilterChips()
        self._chips.chosen_changed.connect(self._on_chips)
        self._extend = QAction(_("Extend the deadline…"), self)
        self._extend.triggered.connect(self._on_extend)
        self._recall = QAction(_("Take back…"), self)
        self._recall.triggered.connect(self._on_recall)
        self._extend_button = QPushButton(self._extend.text())
        self._extend_button.clicked.connect(self._extend.trigger)
        self._extend_button.setToolTip(_("For the chosen lines; for everybody if none is chosen"))
        self.table: Table[ReturnRow] = Table(
            _columns(), key=lambda one: one.line.review, name="record_returns", remembered=context.remembered,
            clipboard=context.clipboard,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Side by side"))
        self.table.add_action(self._extend, needs_selection=False)
        self.table.add_action(self._recall)
        self.table.empty.say(
            _("Nothing is asked for yet"), _("Once panels are formed, every review has its line here.")
        )
        top = column(self._missing, row(self._chips, None, self._extend_button))
        top.setContentsMargins(px(Space.PAGE), px(Space.ROOM), px(Space.PAGE), px(Space.INSIDE))
        layout = column(top, self.table, gap=0)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < px(Size.READING_WIDTH) * 2
        for less in (Column.RETURNED, Column.IMPORTED, Column.REVISION):  # the reason says more than these
            self.table.view.setColumnHidden(less, is_narrow)

    def about(self) -> str:
        return _("sent, returned, in the record")

    def search_hint(self) -> str:
        return _("Number, expert, reason")

    def search(self, text: str) -> None:
        self.table.filter(text)

    def reload(self) -> None:
        record = self.context.record

        def compare() -> tuple[tuple[ReturnRow, ...], tuple[MissingPackage, ...]]:
            tray = record.tray.entries()
            sentences = {entry.outcome: record.tray.sentence(entry) for entry in tray}
            lost = frozenset(one.expert for one in record.roster.experts() if one.current_device is None)
            rows = rows_of(record.returns.overview(), tray, sentences, now=system_clock(), without_device=lost)
            return rows, record.returns.missing_packages()

        self.read(compare, self._on_read)

    def _on_read(self, answer: tuple[tuple[ReturnRow, ...], tuple[MissingPackage, ...]]) -> None:
        rows, missing = answer
        self.table.show_rows(rows)
        counts = {where: sum(one.where is where for one in rows) for where in Where}
        self._chips.show_counts(ChipCount(where, where_state(where), count) for where, count in counts.items() if count)
        lines = [
            _("! Package {seq} of device {device} never arrived. Ask the expert to send it again.").format(
                seq=one.seq, device=one.device
            )
            for one in missing[:_MOST_NAMED]
        ]
        if len(missing) > _MOST_NAMED:
            lines.append(_("and {count} more").format(count=len(missing) - _MOST_NAMED))
        self._missing.setText("\n".join(lines))
        self._missing.setVisible(bool(lines))
        self._extend_button.setEnabled(any(one.line.sent_at is not None for one in rows))

    def _on_chips(self, chosen: frozenset[Where]) -> None:
        self.table.narrow((lambda one: one.where in chosen) if chosen else None)

    def _on_extend(self) -> None:
        chosen = tuple(dict.fromkeys(one.line.expert for one in self.table.selected_rows()))
        answer = DeadlineDialog.ask(chosen, self)
        if answer is not None:
            self._run_extend(answer[0], answer[1], chosen)

    def _run_extend(self, until: date, reason: str, experts: tuple[ExpertCode, ...]) -> None:
        issuing = self.context.record.issuing
        self.context.workers.run(
            lambda _progress: issuing.extend(until, experts=experts or None, reason=reason), done=self._on_extended
        )

    def _on_extended(self, changes: Changes) -> None:
        self.say(_("The deadline was moved. Nothing needs to reach the experts; tell them."))
        self.publish(changes)

    def _on_recall(self) -> None:
        chosen = self.table.selected_rows()
        if not chosen:
            return
        line = chosen[0].line
        reason = ReasonDialog.ask(
            _("Take {application} back from {name}?").format(application=line.application, name=line.expert_name),
            _("The expert's next package says so. What still comes in is held for a decision; scores do not count."),
            verb=_("Take back"), is_danger=True, parent=self,
        )  # fmt: skip
        if reason:
            assigning = self.context.record.assigning
            self.context.workers.run(
                lambda _progress: assigning.recall(line.expert, line.application, reason=reason, kind=line.kind),
                done=self.publish,
            )


def _columns() -> dict[IntEnum, ColumnSpec[ReturnRow]]:
    order = list(Where)
    return {
        Column.WHERE: ColumnSpec(
            _("Where it is"),
            text=lambda one: where_state(one.where).word,
            sort=lambda one: order.index(one.where),
            state=lambda one: where_state(one.where),
            width=130,
        ),
        Column.APPLICATION: ColumnSpec(_("Application"), text=lambda one: one.line.application, width=92),
        Column.KIND: ColumnSpec(
            _("Review"),
            text=lambda one: review_kind_word(one.line.kind),
            sort=lambda one: list(ReviewKind).index(one.line.kind),
            width=84,
        ),
        Column.EXPERT: ColumnSpec(_("Expert"), text=lambda one: f"{one.line.expert_name} {one.line.expert}", width=130),
        Column.SENT: ColumnSpec(
            _("Sent"), text=lambda one: day_words(one.line.sent_at), sort=lambda one: one.line.sent_at, width=118
        ),
        Column.RETURNED: ColumnSpec(
            _("Signed"), text=lambda one: day_words(one.line.sealed_at), sort=lambda one: one.line.sealed_at, width=118
        ),
        Column.IMPORTED: ColumnSpec(
            _("In the record"),
            text=lambda one: day_words(one.line.imported_at),
            sort=lambda one: one.line.imported_at,
            width=118,
        ),
        Column.REVISION: ColumnSpec(
            _("Revision"),
            text=lambda one: DASH if one.line.revision is None else str(one.line.revision),
            width=60,
            is_number=True,
        ),
        Column.DEADLINE: ColumnSpec(
            _("Deadline"),
            text=lambda one: last_day(one.line.deadline_at),
            sort=lambda one: one.line.deadline_at,
            width=118,
        ),
        Column.REASON: ColumnSpec(_("Why, and what to do"), text=lambda one: one.reason, width=0),
    }
