"""The plan of one visit: how far it has come, what was asked for it, and the form to plan it anew."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from app.domain.onsite.ids import VisitId
from app.domain.onsite.visit import Stage, may_follow
from app.i18n import _
from app.services.visit_planning import PlanDraft
from app.services.visit_sheet import VisitSheet
from app.words.onsite import stage_words
from ui.desk.context import DeskContext
from ui.desk.unwritten import as_text, read_text
from ui.layouts import column, hairline, row
from ui.theme import px, set_role
from ui.tokens import Space
from ui.visit.hindered_row import HinderedRow
from ui.visit.meeting_parts import is_leader
from ui.visit.meeting_writing import InlineWriter
from ui.visit.plan_form import PlanForm
from ui.visit.unwritten import keeper, unwritten
from ui.visit.visit_list import stage_state
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_chip import StateChip

_NAME = "plan"  # under which what is not written down is kept


class PlanTab(QWidget):
    """What is filled in and not saved stays, whatever comes in meanwhile and also for another day.

    Signals:
        changed: never needed: whatever is written here is told to the hub.
        item_wanted: an item of the checklist to go to.
    """

    changed = Signal()
    item_wanted = Signal(str)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._sheet: VisitSheet | None = None
        self._is_edited = self._is_read = False
        self._keep_unwritten = keeper(context, visit)
        self._plans, self._stages = InlineWriter(context, self), InlineWriter(context, self)
        self.stage = StateChip()
        self.next_stage = QComboBox()
        self.next_stage.setAccessibleName(_("The next stage"))
        self.advance = QPushButton(_("Has come to this stage"))
        self.code = PlainLabel(role="muted")
        self.form = PlanForm()
        self.keep, self.discard = QPushButton(_("Save the plan")), QPushButton(_("Discard changes"))
        set_role(self.keep, "primary")
        set_role(self.discard, "quiet")
        self.note = PlainLabel(is_wrapped=True)
        head = row(self.stage, self.next_stage, self.advance, None, self.code, gap=Space.INSIDE)
        self.hindered = HinderedRow()
        foot = row(self.note, self.discard, self.keep, gap=Space.INSIDE)
        foot.setStretchFactor(self.note, 1)
        for line in (head, foot):
            line.setContentsMargins(px(Space.BETWEEN), px(Space.HALF), px(Space.BETWEEN), px(Space.HALF))
        layout = column(head, self.hindered, hairline(), self.form, hairline(), foot, gap=0)
        layout.setStretchFactor(self.form, 1)
        self.setLayout(layout)
        self.form.edited.connect(self._on_edited)
        self.next_stage.currentIndexChanged.connect(self._show_hindered)
        self.hindered.edited.connect(self._show_hindered)
        self.advance.clicked.connect(self._on_advance)
        self.keep.clicked.connect(self._on_keep)
        self.discard.clicked.connect(self._on_discard)
        self._plans.written.connect(self._on_written)
        self._stages.written.connect(self.hindered.clear)
        for writer in (self._plans, self._stages):
            writer.refused.connect(self._on_refused)

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what was filled in and not saved stays."""
        is_other = self._sheet is None or self._sheet.plan != sheet.plan
        self._sheet = sheet
        self.stage.show_state(stage_state(sheet.plan.stage))
        self.code.setText(_("Visit {code}").format(code=sheet.code))
        self.next_stage.clear()
        for stage in Stage:
            if may_follow(sheet.plan.stage, stage):
                self.next_stage.addItem(stage_words(stage), stage)
        is_leading = is_leader(sheet)
        for part in (self.next_stage, self.advance):
            part.setVisible(is_leading and bool(self.next_stage.count()))
        self._show_hindered()
        self.form.set_read_only(is_read_only=not is_leading or sheet.result is not None)
        if is_other and not self._is_edited:
            self.form.show_plan(sheet.plan, sheet.me)
        if not self._is_read:
            self._is_read = True
            self._show_unwritten(sheet)
        self._show_state()

    def _show_unwritten(self, sheet: VisitSheet) -> None:
        draft = read_text(unwritten(sheet, _NAME), PlanDraft)
        if draft is not None and is_leader(sheet) and sheet.result is None:
            self.form.show_draft(draft)
            self._is_edited = True

    def _show_hindered(self) -> None:
        """A visit that does not take place says why."""
        sheet, stage = self._sheet, self.next_stage.currentData()
        if sheet is None:
            return
        self.hindered.refresh(sheet, Stage(stage) if stage is not None and is_leader(sheet) else None)
        self.advance.setEnabled(self.hindered.is_complete())

    def _show_state(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        for button in (self.keep, self.discard):
            button.setVisible(self._is_edited)
        words = ""
        if not is_leader(sheet):
            words = _("{name} leads this visit and keeps its plan.").format(name=sheet.plan.leader.name)
        elif sheet.result is not None:
            words = _("The visit is concluded: its plan stays as it is.")
        elif self._is_edited:
            words = _("Changes are not saved yet.")
        self._say(words, "warn" if self._is_edited else "muted")

    def _say(self, words: str, role: str) -> None:
        self.note.setText(words)
        set_role(self.note, role)

    def _on_edited(self) -> None:
        self._is_edited = True
        self._keep_unwritten(_NAME, as_text(self.form.draft()))
        self._show_state()

    def _on_keep(self) -> None:
        self._plans.write(partial(self._context.desk.visits.planning.change, self._visit, self.form.draft()))

    def _on_advance(self) -> None:
        stage = self.next_stage.currentData()
        if stage is not None:
            planning = self._context.desk.visits.planning
            self._stages.write(partial(planning.advance, self._visit, Stage(stage), **self.hindered.excuse()))

    def _on_discard(self) -> None:
        self._show_saved()

    def _on_written(self) -> None:
        self._show_saved()

    def _show_saved(self) -> None:
        self._is_edited = False
        self._keep_unwritten(_NAME, "")
        if self._sheet is not None:
            self.form.show_plan(self._sheet.plan, self._sheet.me)
        self._show_state()

    def _on_refused(self, sentence: str) -> None:
        self._say(sentence, "bad")
