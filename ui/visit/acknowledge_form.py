"""What the applicant's representative did with the sheet of facts: agreed, reserved, refused, or promised a seal."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from app.clock import BEIJING, system_clock
from app.domain.onsite.acknowledgement import Acknowledgement, AcknowledgementOutcome
from app.domain.onsite.ids import VisitId
from app.domain.onsite.visit import ASSESSING
from app.i18n import _
from app.services.visit_meeting import AcknowledgementDraft
from app.services.visit_sheet import VisitSheet
from app.words.onsite import acknowledgement_words
from ui.desk.context import DeskContext
from ui.desk.text_edit import TextEdit
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Space
from ui.visit.acknowledge_sheets import SheetPicker
from ui.visit.meeting_parts import Choice, DayEdit, fill_people, labelled
from ui.visit.meeting_writing import InlineWriter
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.plain_label import PlainLabel

_LONGEST = 60
_LONGEST_REASON = 200
_SEAL_DAYS = 7
_PREFIX = "acknowledgement."  # under which what is not written down is kept


class AcknowledgementForm(QWidget):
    """Only the fields that belong to the outcome are shown."""

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._writer = InlineWriter(context, self)
        options = [(outcome, acknowledgement_words(outcome)) for outcome in AcknowledgementOutcome]
        self.outcome: Choice[AcknowledgementOutcome] = Choice(_("Outcome"), options)
        self.signed_by, self.post = QLineEdit(), QLineEdit()
        for edit, name in ((self.signed_by, _("Who signed")), (self.post, _("Post"))):
            edit.setMaxLength(_LONGEST)
            edit.setAccessibleName(name)
        self.remark = TextEdit(_("Remark"), lines=2)
        self.witness = QComboBox()
        self.witness.setAccessibleName(_("Second member as witness"))
        self.due = DayEdit(_("The seal is due on"))
        self.why = QLineEdit()
        self.why.setAccessibleName(_("Why this takes the place of the outcome that is there"))
        self.why.setMaxLength(_LONGEST_REASON)
        self.sheets = SheetPicker(context, visit, is_sealed=False)
        self.keep = QPushButton(_("Write the outcome down"))
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self.note.hide()
        self._signed_box = labelled(_("Who signed"), self.signed_by)
        self._post_box = labelled(_("Post"), self.post)
        self._remark_label = PlainLabel(role="muted")
        self._remark_box = QWidget()
        self._remark_box.setLayout(column(self._remark_label, self.remark, gap=Space.HALF))
        self._witness_box = labelled(_("Second member as witness"), self.witness)
        self._why_box = labelled(_("Why this takes the place of the outcome that is there"), self.why)
        self._why_box.hide()
        self._due_box = labelled(_("The seal is due on"), self.due)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(Space.INSIDE))
        grid.addWidget(self._signed_box, 0, 0)
        grid.addWidget(self._post_box, 0, 1)
        grid.addWidget(self._remark_box, 1, 0, 1, 2)
        grid.addWidget(self._witness_box, 2, 0)
        grid.addWidget(self._due_box, 2, 1)
        sheets = labelled(_("Photo or scan of the signed sheet"), self.sheets)
        parts = (self.outcome, grid, sheets, self._why_box, self.note, row(None, self.keep))
        self.setLayout(column(*parts, gap=Space.INSIDE))
        self.due.set_day(system_clock().astimezone(BEIJING).date() + timedelta(days=_SEAL_DAYS))
        self._is_replacing = False
        self._is_read, self._keep_unwritten = False, keeper(context, visit)
        self._texts: dict[str, QLineEdit | TextEdit] = {
            "signed_by": self.signed_by,
            "post": self.post,
            "remark": self.remark,
            "why": self.why,
        }
        self._wire()
        self._show_fields()

    def _wire(self) -> None:
        self.outcome.chosen.connect(self._show_fields)
        for edit in (self.signed_by, self.post, self.why):
            edit.textEdited.connect(self._show_fields)
        self.remark.typed.connect(self._show_fields)
        self.keep.clicked.connect(self._on_keep)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)
        self.signed_by.textEdited.connect(partial(self._on_text, "signed_by"))
        self.post.textEdited.connect(partial(self._on_text, "post"))
        self.remark.typed.connect(partial(self._on_text, "remark"))
        self.why.textEdited.connect(partial(self._on_text, "why"))

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what is typed stays."""
        others = [one for one in sheet.plan.team if one.role in ASSESSING and one.id != sheet.me]
        fill_people(self.witness, [(one.id, one.name) for one in others])
        self.sheets.refresh(sheet)
        self._is_replacing = sheet.acknowledgement is not None
        if not self._is_read:
            self._is_read = True
            self._show_texts({name: unwritten(sheet, _PREFIX + name) for name in self._texts})

    def begin(self, before: Acknowledgement | None) -> None:
        """Another outcome, beginning with what stands."""
        if before is not None:
            self.outcome.set_value(before.outcome)
            self.signed_by.setText(before.signed_by)
            self.post.setText(before.post)
            self.remark.show_text(before.remark)
            if before.seal_due is not None:
                self.due.set_day(before.seal_due)
        self._show_fields()

    def _show_fields(self) -> None:
        outcome = self.outcome.value()
        is_refused = outcome is AcknowledgementOutcome.REFUSED
        is_reserved = outcome is AcknowledgementOutcome.RESERVED
        for part in (self._signed_box, self._post_box):
            part.setVisible(outcome is not None and not is_refused)
        self._remark_box.setVisible(is_refused or is_reserved)
        words = _("Why they refused, in the leader's words") if is_refused else _("The reservation, in their words")
        self._remark_label.setText(words)
        self.remark.setAccessibleName(words)
        self._witness_box.setVisible(is_refused)
        self._due_box.setVisible(outcome is AcknowledgementOutcome.SEAL_PENDING)
        self._why_box.setVisible(self._is_replacing and outcome is not None)
        is_signed = is_refused or bool(self.signed_by.text().strip())
        is_explained = not (is_refused or is_reserved) or bool(self.remark.toPlainText().strip())
        is_replaced = not self._is_replacing or bool(self.why.text().strip())
        self.keep.setEnabled(outcome is not None and is_signed and is_explained and is_replaced)

    def _show_texts(self, texts: Mapping[str, str]) -> None:
        """What was typed another day and not written down."""
        for name, edit in self._texts.items():
            if isinstance(edit, TextEdit):
                edit.show_text(texts[name])
            else:
                edit.setText(texts[name])
        self._show_fields()

    def _on_text(self, name: str, text: str) -> None:
        self._keep_unwritten(_PREFIX + name, text)

    def _on_keep(self) -> None:
        outcome = self.outcome.value()
        if outcome is None:
            return
        is_refused = outcome is AcknowledgementOutcome.REFUSED
        has_remark = is_refused or outcome is AcknowledgementOutcome.RESERVED
        sheet = self.sheets.sheet()
        draft = AcknowledgementDraft(
            outcome=outcome,
            signed_by="" if is_refused else self.signed_by.text().strip(),
            post="" if is_refused else self.post.text().strip(),
            remark=self.remark.toPlainText().strip() if has_remark else "",
            witness=self.witness.currentData() if is_refused else None,
            seal_due=self.due.day() if outcome is AcknowledgementOutcome.SEAL_PENDING else None,
            sheets=(sheet,) if sheet else (),
        )
        reason = self.why.text().strip() if self._is_replacing else ""
        meeting = self._context.desk.visits.meeting
        self._writer.write(partial(meeting.acknowledge, self._visit, draft, replacing=reason))

    def _on_written(self, _value: object) -> None:
        for name in self._texts:
            self._on_text(name, "")
        self.why.clear()
        self.note.hide()

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        set_role(self.note, "bad")
        self.note.show()
