"""Findings of one visit: strengths, opportunities and nonconformities, each with what it rests on."""

from collections import Counter
from enum import IntEnum
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSplitter, QWidget

from app.domain.onsite.checklist import Grade
from app.domain.onsite.finding import Finding, FindingKind
from app.domain.onsite.ids import ItemId, VisitId
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from app.words.onsite import finding_words
from ui.desk.context import DeskContext
from ui.layouts import column, hairline, row
from ui.models.table_model import ColumnSpec
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.conclude_section import contradictions_sentence
from ui.visit.finding_form import FindingForm
from ui.visit.finding_steps import FindingSteps
from ui.visit.finding_words import day_words, kind_state, standing_state
from ui.visit.meeting_parts import item_words
from ui.visit.meeting_touch import enlarge, is_large, stand
from ui.visit.photos_thumbs import PhotoThumbs
from ui.widgets.filter_chips import ChipCount, FilterChips
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

_KINDS = tuple(FindingKind)


class Column(IntEnum):
    """Columns of the list."""

    STATE = 0
    KIND = 1
    ITEM = 2
    FACT = 3
    DUE = 4


class FindingsTab(QWidget):
    """The list, and beside it the one that is chosen or begun.

    Signals:
        changed: something was written; the hub has been told, too.
    """

    changed = Signal()

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sheet: VisitSheet | None = None
        self._wanted: str | None = None
        self._shown: str | None = None
        thumbs = PhotoThumbs(partial(context.desk.visits.photos.open, visit), context.workers, self)
        self.new = QPushButton(_("New finding"))
        self.chips = FilterChips()
        self.table: Table[Finding] = Table(
            _columns(), key=lambda one: one.id, name="visit_findings", remembered=context.remembered,
            clipboard=context.clipboard, is_multiple=False,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Findings of the visit"))
        self.form = FindingForm(context, visit, thumbs)
        self.steps = FindingSteps(context, visit)
        self._lacking = PlainLabel(_("Graded down, and no finding says why:"), role="warn")
        self._against = PlainLabel(role="warn", is_wrapped=True)
        self._lines = FlowLayout(gap=px(Space.HALF))
        self.lacking: list[QPushButton] = []
        self._build()
        self.new.clicked.connect(self._on_new)
        self.chips.chosen_changed.connect(self._on_chips)
        self.table.selection_changed.connect(self._on_selected)
        self.form.kept.connect(self._on_kept)
        self.steps.opened.connect(self._on_opened)

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what is typed and not written down stays."""
        self._sheet = sheet
        counts = Counter(finding.kind for finding in sheet.findings)
        self.chips.show_counts(
            ChipCount(kind, kind_state(next(one for one in sheet.findings if one.kind is kind)), counts[kind])
            for kind in _KINDS
            if counts[kind]
        )
        self.table.show_rows(sheet.findings)
        self.new.setEnabled(sheet.result is None)
        self._show_lacking(sheet)
        self.form.refresh(sheet)
        if self._wanted is not None and self.table.select(self._wanted):
            self._wanted = None
        self._on_selected()
        self.steps.show_finding(self._finding(), sheet)
        enlarge(self, is_large=is_large(self._context))

    def begin(self, item: ItemId, kind: FindingKind) -> None:
        """A new finding about *item*."""
        self.table.view.clearSelection()
        self._shown = None
        self.form.begin(item, kind)
        if self._sheet is not None:
            self.steps.show_finding(None, self._sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stand(self._splitter, event.size())

    def _build(self) -> None:
        set_role(self.new, "primary")
        self.table.empty.say(
            _("No findings yet"), _("Write down what is good, what could be better and what does not conform.")
        )
        head = row(self.new, self.chips, gap=Space.BETWEEN)
        head.setContentsMargins(px(Space.BETWEEN), px(Space.HALF), px(Space.BETWEEN), px(Space.HALF))
        head.setStretch(1, 1)
        box = QWidget()
        box.setLayout(self._lines)
        self._lines.addWidget(self._lacking)
        lacking = column(box, self._against, gap=Space.HALF)
        lacking.setContentsMargins(px(Space.BETWEEN), 0, px(Space.BETWEEN), px(Space.HALF))
        listed = QWidget()
        layout = column(head, lacking, self.table, gap=0)
        layout.setStretchFactor(self.table, 1)
        listed.setLayout(layout)
        left = _scrolled(listed)  # with the largest letters the list would not keep its height
        inner = QWidget()
        inner.setLayout(column(self.form, hairline(), self.steps, margin=Space.ROOM, gap=Space.INSIDE))
        inner.layout().setStretchFactor(self.form, 1)  # type: ignore[union-attr]
        set_role(inner, "page")
        self._scroll = scroll = _scrolled(inner)
        foot = column(self.form.foot)
        foot.setContentsMargins(px(Space.ROOM), px(Space.HALF), px(Space.ROOM), px(Space.INSIDE))
        right = QWidget()
        layout = column(scroll, hairline(), foot, gap=0)
        layout.setStretchFactor(scroll, 1)
        right.setLayout(layout)
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([px(Size.READING_WIDTH) * 2, px(Size.READING_WIDTH)])
        splitter.setChildrenCollapsible(False)
        self._context.remembered.splitter(splitter, "visit_findings")
        self.setLayout(column(splitter))

    def _show_lacking(self, sheet: VisitSheet) -> None:
        """Items that were graded down and have no finding that says why; one press begins it."""
        for button in self.lacking:
            self._lines.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.lacking = []
        self._against.setText(contradictions_sentence(sheet))
        self._against.setVisible(bool(sheet.contradictions) and sheet.result is None)
        grades = dict(sheet.settled)
        self._lacking.setVisible(bool(sheet.ungrounded))
        for item in sheet.ungrounded:
            kind = FindingKind.MINOR if grades[item] is Grade.MINOR else FindingKind.MAJOR
            button = QPushButton(plain(f"{item} {finding_words(kind)}").replace("&", "&&"))
            button.setAccessibleName(_("Write down the finding for {item}").format(item=item_words(sheet, item)))
            button.setEnabled(sheet.result is None)
            button.clicked.connect(lambda _checked, item=item, kind=kind: self.begin(item, kind))
            self._lines.addWidget(button)
            self.lacking.append(button)

    def _finding(self) -> Finding | None:
        found = self._sheet.findings if self._sheet else ()
        return next((one for one in found if one.id == self._shown), None)

    def _on_selected(self) -> None:
        chosen = self.table.selected_rows()
        if self._sheet is None or not chosen:
            return
        if chosen[0].id != self._shown:
            self._shown = chosen[0].id
            self.form.show_finding(chosen[0])
        self.steps.show_finding(chosen[0], self._sheet)

    def _on_opened(self) -> None:
        QTimer.singleShot(0, self, self._show_step)  # the field has just been shown and has no place yet

    def _show_step(self) -> None:
        for part in (self.steps.do, self.steps.reason):
            self._scroll.ensureWidgetVisible(part)

    def _on_new(self) -> None:
        self.table.view.clearSelection()
        self._shown = None
        self.form.begin()
        if self._sheet is not None:
            self.steps.show_finding(None, self._sheet)

    def _on_chips(self, wanted: frozenset[object]) -> None:
        self.table.narrow((lambda one: one.kind in wanted) if wanted else None)

    def _on_kept(self, entry: str) -> None:
        """The sheet that has it may come later than the answer."""
        self._wanted = None if self.table.select(entry) else entry
        self.changed.emit()


def _scrolled(inner: QWidget) -> QScrollArea:
    """Up and down only."""
    scroll = QScrollArea()
    scroll.setWidget(inner)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setMinimumWidth(inner.minimumSizeHint().width() + px(Size.SCROLL_BAR))
    return scroll


def _columns() -> dict[IntEnum, ColumnSpec[Finding]]:
    return {
        Column.STATE: ColumnSpec(
            _("State"), text=lambda one: standing_state(one).word, state=standing_state, width=150
        ),
        Column.KIND: ColumnSpec(
            _("Kind"), text=lambda one: finding_words(one.kind), sort=lambda one: _KINDS.index(one.kind),
            state=kind_state, width=150,
        ),
        Column.ITEM: ColumnSpec(_("Item"), text=lambda one: one.item, width=72),
        Column.FACT: ColumnSpec(_("Fact"), text=lambda one: one.fact.replace("\n", " "), tip=_tip, width=0),
        Column.DUE: ColumnSpec(_("Due"), text=_due, width=140),
    }  # fmt: skip


def _tip(finding: Finding) -> str:
    return "\n".join(part for part in (finding.fact, finding.clause) if part)


def _due(finding: Finding) -> str:
    return day_words(finding.rectification.due) if finding.rectification and finding.counts else ""
