"""Acknowledgement of facts and photos, never of scores: what is put before the applicant, and what came of it."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.domain.onsite.acknowledgement import Acknowledgement, AcknowledgementOutcome, ReplacedAcknowledgement
from app.domain.onsite.ids import VisitId
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from app.words.onsite import acknowledgement_words
from ui.desk.context import DeskContext
from ui.layouts import column, row
from ui.state import State, Tone
from ui.theme import px, set_role
from ui.tokens import Space
from ui.visit.acknowledge_form import AcknowledgementForm
from ui.visit.acknowledge_sheets import SheetPicker
from ui.visit.finding_words import day_words
from ui.visit.meeting_parts import is_leader, name_of
from ui.visit.meeting_section import Section
from ui.visit.meeting_writing import InlineWriter
from ui.visit.photos_lines import moment_words, photo_numbers
from ui.widgets.plain_label import PlainLabel

_LONGEST_CODE = 24
_TONES = {
    AcknowledgementOutcome.AGREED: ("✓", Tone.GOOD),
    AcknowledgementOutcome.RESERVED: ("!", Tone.WARN),
    AcknowledgementOutcome.REFUSED: ("✕", Tone.BAD),
    AcknowledgementOutcome.SEAL_PENDING: ("○", Tone.WARN),
}


class AcknowledgementSection(Section):
    """The outcome where there is one, its seal where that is to come, and the form."""

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(_("The applicant's acknowledgement"), parent=parent)
        self._context, self._visit = context, visit
        self._sheet: VisitSheet | None = None
        self._writer = InlineWriter(context, self)
        self.stale = PlainLabel(role="warn", is_wrapped=True)
        self.outcome = PlainLabel(is_wrapped=True, is_selectable=True)
        self.earlier = PlainLabel(role="small", is_wrapped=True, is_selectable=True)
        self.code = QLineEdit()
        self.code.setMaxLength(_LONGEST_CODE)
        self.code.setAccessibleName(_("Digits of the sealed sheet, or the visit's number"))
        self.code.setPlaceholderText(_("8 digits of the sheet"))
        hint = self.code.fontMetrics().horizontalAdvance(self.code.placeholderText())
        self.code.setMinimumWidth(hint + 2 * px(Space.PAGE))
        self.seal_sheet = SheetPicker(context, visit, is_sealed=True)
        self.attach = QPushButton(_("Attach the sealed sheet"))
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self.note.hide()
        self._seal = QWidget()
        # Beside the sheet there is no room for them with large letters.
        line = row(self.code, self.attach, None, gap=Space.INSIDE)
        told = PlainLabel(_("The sealed sheet has come"), role="muted")
        self._seal.setLayout(column(told, self.seal_sheet, line, self.note))
        self.again = QPushButton(_("Write another outcome down"))
        set_role(self.again, "quiet")
        self.form = AcknowledgementForm(context, visit)
        for part in (self.stale, self.outcome, self.earlier, self._seal):
            self.body.addWidget(part)
        self.body.addLayout(row(self.again, None))
        self.body.addWidget(self.form)
        self._is_open = False
        self.again.clicked.connect(self._on_again)
        self.code.textEdited.connect(self._show_attach)
        self.code.returnPressed.connect(self._on_attach)
        self.seal_sheet.chosen.connect(self._show_attach)
        self.attach.clicked.connect(self._on_attach)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what is typed stays."""
        before = self._sheet.acknowledgement if self._sheet else None
        self._sheet = sheet
        made = sheet.acknowledgement
        if made != before:
            self._is_open = False
        nonconformities = sum(one.counts for one in sheet.findings)
        words = _(
            "On the sheet of facts, and no score: nonconformities {findings}, samples {samples}, photos on items "
            "{photos}. Its digits: {code}. On a blank filled in by hand, the visit's number {visit} stands for them."
        )
        self.say(
            words.format(
                findings=nonconformities, samples=len(sheet.samples),
                photos=sum(bool(one.items) for one in sheet.photos), code=sheet.facts_code, visit=sheet.code,
            )
        )  # fmt: skip
        self.show_state(_state(made) if made else State("○", _("not yet"), Tone.NEUTRAL))
        self.stale.setText(
            _("Facts have changed since it was signed. Print the sheet again, or note the new outcome on the old one.")
        )
        self.stale.setVisible(sheet.is_acknowledgement_stale)
        self.outcome.setVisible(made is not None)
        self.outcome.setText(outcome_sentence(made, sheet) if made else "")
        self.earlier.setVisible(bool(sheet.replaced))
        self.earlier.setText("\n".join(_earlier_sentence(one) for one in sheet.replaced))
        leads = is_leader(sheet)
        self._seal.setVisible(leads and made is not None and made.is_seal_pending)
        self.seal_sheet.refresh(sheet)
        self.form.refresh(sheet)
        self.form.setVisible(leads and (made is None or self._is_open))
        self.again.setVisible(leads and made is not None and not self._is_open)
        self._show_attach()

    def _on_again(self) -> None:
        self._is_open = True
        if self._sheet is not None:
            self.form.begin(self._sheet.acknowledgement)
            self.refresh(self._sheet)

    def _show_attach(self) -> None:
        self.attach.setEnabled(bool(self.code.text().strip()) and self.seal_sheet.sheet() is not None)

    def _on_attach(self) -> None:
        photo = self.seal_sheet.sheet()
        if photo is not None and self.code.text().strip():
            meeting = self._context.desk.visits.meeting
            self._writer.write(partial(meeting.attach_seal, self._visit, self.code.text().strip(), photo))

    def _on_written(self, _value: object) -> None:
        self.code.clear()
        self.note.hide()

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()
        self.code.setFocus()


def _state(made: Acknowledgement) -> State:
    sign, tone = _TONES[made.outcome]
    if made.sealed_on is not None:
        return State("✓", _("agreed and sealed"), Tone.GOOD)
    return State(sign, acknowledgement_words(made.outcome), tone)


def outcome_sentence(made: Acknowledgement, sheet: VisitSheet) -> str:
    """Who signed when, what was remarked, who witnessed it, and how the seal stands."""
    parts = [
        _("{outcome}, {moment}.").format(outcome=acknowledgement_words(made.outcome), moment=moment_words(made.at))
    ]
    if made.signed_by:
        who = _("{name}, {post}").format(name=made.signed_by, post=made.post) if made.post else made.signed_by
        parts.append(_("Signed by {who}.").format(who=who))
    if made.remark:
        parts.append(_("Remark: {remark}").format(remark=made.remark))
    if made.witness is not None:
        parts.append(_("Witness: {name}.").format(name=name_of(sheet, made.witness)))
    if made.is_seal_pending and made.seal_due is not None:
        words = _("The seal is due on {day}; the report does not wait for it.")
        parts.append(words.format(day=day_words(made.seal_due)))
    if made.sealed_on is not None:
        parts.append(_("Sealed sheet attached on {day}.").format(day=day_words(made.sealed_on)))
    numbers = photo_numbers(sheet)
    shown = [numbers[one] for one in made.sheets if one in numbers]
    if shown:
        parts.append(_("Sheet: photo {numbers}.").format(numbers=_(", ").join(shown)))
    return "\n".join(parts)


def _earlier_sentence(one: ReplacedAcknowledgement) -> str:
    words = _("Earlier: {outcome}, {moment}. Replaced, because: {reason}")
    outcome, moment = acknowledgement_words(one.before.outcome), moment_words(one.before.at)
    return words.format(outcome=outcome, moment=moment, reason=one.reason)
