"""What can become of a finding: put right on the spot, disproved, rectified and verified. Nothing is ever deleted."""

from enum import Enum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.onsite.finding import Finding, FindingState
from app.domain.onsite.ids import VisitId
from app.i18n import N_, _
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.desk.text_edit import TextEdit
from ui.layouts import column, row
from ui.theme import set_role
from ui.tokens import Space
from ui.visit.finding_words import state_sentence
from ui.visit.meeting_parts import Choice, is_leader
from ui.visit.meeting_writing import InlineWriter
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.plain_label import PlainLabel


class Step(Enum):
    """One thing that can be done with a finding: the button, the question, the button that does it."""

    CORRECT = (N_("Corrected on the spot…"), N_("How it was put right; the finding stays"), N_("Note the correction"))
    WITHDRAW = (N_("Disproved…"), N_("What disproves it; it stays readable"), N_("Withdraw the finding"))
    VERIFY = (N_("Verify the rectification…"), N_("What was done, and what shows it"), N_("Note the verification"))


class FindingSteps(QWidget):
    """A line that says how the finding stands, and its steps, each with one field below it.

    Signals:
        opened: the field of a step, to be brought into view.
    """

    opened = Signal()

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._finding: Finding | None = None
        self._step: Step | None = None
        self._waiting: dict[tuple[str, Step], str] = {}
        self._is_read, self._keep_unwritten = False, keeper(context, visit)
        self._writer = InlineWriter(context, self)
        self.state = PlainLabel(is_wrapped=True)
        self.buttons = {step: QPushButton(_(step.value[0])) for step in Step}
        for step, button in self.buttons.items():
            set_role(button, "quiet")
            button.clicked.connect(partial(self._open, step))
        self.reason = TextEdit("", lines=2)
        self.effective: Choice[bool] = Choice(_("Effect"), [(True, _("effective")), (False, _("not effective"))])
        self.do, self.never = QPushButton(), QPushButton(_("Leave it"))
        set_role(self.never, "quiet")
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self._question = PlainLabel(role="muted", is_wrapped=True)
        self._box = QWidget()
        line = row(self.effective, None, self.never, self.do, gap=Space.INSIDE)
        self._box.setLayout(column(self._question, self.reason, self.note, line, gap=Space.HALF))
        self.setLayout(column(self.state, row(*self.buttons.values(), None, gap=Space.HALF), self._box))
        self.do.clicked.connect(self._on_do)
        self.never.clicked.connect(self._close)
        self.reason.typed.connect(self._on_typed)
        self.reason.typed.connect(self._on_reason)
        self.effective.chosen.connect(self._on_typed)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)
        self._close()

    def show_finding(self, finding: Finding | None, sheet: VisitSheet) -> None:
        """How *finding* stands and what can follow; ``None``: a new one."""
        if not self._is_read:
            self._is_read = True
            kept = ((one.id, step, unwritten(sheet, _name(one.id, step))) for one in sheet.findings for step in Step)
            self._waiting = {(entry, step): text for entry, step, text in kept if text}
        is_other = (finding.id if finding else None) != (self._finding.id if self._finding else None)
        self._finding = finding
        self.setVisible(finding is not None)
        if finding is None:
            return
        self.state.setText(state_sentence(finding, sheet))
        papers = {one.id for one in sheet.plan.team if not one.has_desk}
        is_own = is_leader(sheet) or finding.author == sheet.me or finding.author in papers
        is_open = sheet.result is None and finding.state is FindingState.STANDING and is_own
        self.buttons[Step.CORRECT].setVisible(is_open and finding.kind.is_nonconformity)
        self.buttons[Step.WITHDRAW].setVisible(is_open or (sheet.result is None and is_own and finding.counts))
        can_verify = finding.counts and finding.rectification is not None and not finding.is_verified
        self.buttons[Step.VERIFY].setVisible(can_verify and is_leader(sheet))
        if is_other or (self._step is not None and not self.buttons[self._step].isVisibleTo(self)):
            self._close()

    def _open(self, step: Step) -> None:
        self._put_aside()
        self._step = step
        self._question.setText(_(step.value[1]))
        self.reason.setAccessibleName(_(step.value[1]))
        self.do.setText(_(step.value[2]))
        self.effective.setVisible(step is Step.VERIFY)
        self.effective.set_value(None)
        key = (self._finding.id if self._finding else "", step)
        self.reason.show_text(self._waiting.pop(key, ""))
        self.note.hide()
        self._box.show()
        self._on_typed()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def _put_aside(self) -> None:
        if self._step is not None and self._finding is not None and self.reason.toPlainText():
            self._waiting[self._finding.id, self._step] = self.reason.toPlainText()

    def _close(self) -> None:
        self._put_aside()
        self._step = None
        self._box.hide()

    def _on_typed(self) -> None:
        is_decided = self._step is not Step.VERIFY or self.effective.value() is not None
        self.do.setEnabled(bool(self.reason.toPlainText().strip()) and is_decided)

    def _on_reason(self, text: str) -> None:
        if self._finding is not None and self._step is not None:
            self._keep_unwritten(_name(self._finding.id, self._step), text)

    def _on_do(self) -> None:
        finding, text, meeting = self._finding, self.reason.toPlainText(), self._context.desk.visits.meeting
        if finding is None or self._step is None:
            return
        match self._step:
            case Step.CORRECT:
                self._writer.write(partial(meeting.correct, self._visit, finding.id, text))
            case Step.WITHDRAW:
                self._writer.write(partial(meeting.withdraw, self._visit, finding.id, text))
            case Step.VERIFY:
                is_effective = self.effective.value() is True
                act = partial(meeting.verify, self._visit, finding.id, text, is_effective=is_effective)
                self._writer.write(act)

    def _on_written(self, _value: object) -> None:
        self.reason.show_text("")
        self._on_reason("")
        self._close()

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()


def _name(entry: str, step: Step) -> str:
    """Under which what is not written down is kept."""
    return f"step:{entry}/{step.name.lower()}"
