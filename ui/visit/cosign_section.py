"""Who has signed the joint opinion: a member signs here, the leader goes on to hand the visit in."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.onsite.ids import MemberId, VisitId
from app.domain.onsite.returned import SignedBy
from app.domain.onsite.sheet_code import VisitForm
from app.i18n import _
from app.services.visit_cosigning import MemberLine
from app.services.visit_sheet import VisitSheet
from app.words.onsite import conclusion_words, signed_words
from ui.desk.context import DeskContext
from ui.layouts import column, row
from ui.plain import plain
from ui.state import State, Tone
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.meeting_parts import is_leader, labelled
from ui.visit.meeting_section import Section
from ui.visit.meeting_writing import InlineWriter
from ui.visit.photos_lines import photo_numbers
from ui.widgets.passphrase_edit import PassphraseEdit
from ui.widgets.plain_label import PlainLabel

_SIGNS = {
    SignedBy.PACKAGE: "✓",
    SignedBy.DIGITAL: "✓",
    SignedBy.PAPER: "✓",
    SignedBy.EARLIER: "!",
    SignedBy.MISSING: "○",
}


class CosignSection(Section):
    """Missing signatures are listed and hold nothing up.

    Signals:
        hand_in_asked: the on-site review to tick for signing.
    """

    hand_in_asked = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(_("Signatures"), parent=parent)
        self._context, self._visit = context, visit
        self._sheet: VisitSheet | None = None
        self._writer = InlineWriter(context, self)
        self.lines = PlainLabel(is_wrapped=True)
        self.page = PlainLabel(role="muted", is_wrapped=True)
        self.paper: dict[MemberId, QCheckBox] = {}
        self._paper_box = QWidget()
        self._paper_lines: QVBoxLayout = column(gap=Space.HALF)
        self._paper_box.setLayout(self._paper_lines)
        self.passphrase = PassphraseEdit()
        self.passphrase.set_name(_("Passphrase, to sign"))
        self.passphrase.setFixedWidth(px(Size.DIALOG_WIDTH) * 3 // 5)
        self.sign = QPushButton(_("Sign the joint opinion"))
        set_role(self.sign, "primary")
        self._signing = QWidget()
        self._signing.setLayout(row(self.passphrase, self.sign, None, gap=Space.INSIDE))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Why it is signed again"))
        self._again = labelled(_("Why it is signed again"), self.reason)
        self.hand_in = QPushButton(_("Sign and hand in …"))
        self.note = PlainLabel(role="bad", is_wrapped=True)
        for part in (self.lines, self.page, self._paper_box, self._signing, self._again):
            self.body.addWidget(part)
        self.body.addLayout(row(self.hand_in, None))
        self.body.addWidget(self.note)
        self.note.hide()
        self.passphrase.passphrase_changed.connect(self._show_buttons)
        self.passphrase.submitted.connect(self._on_sign)
        self.sign.clicked.connect(self._on_sign)
        self.reason.textChanged.connect(self._show_buttons)
        self.hand_in.clicked.connect(self._on_hand_in)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; nothing is shown before the visit is concluded."""
        self._sheet = sheet
        is_up = sheet.signing.opinion is not None
        self.setVisible(is_up)
        if not is_up:
            return
        self.lines.setText("\n".join(_line(one, sheet) for one in sheet.signing.lines))
        self._show_page(sheet)
        leads = is_leader(sheet)
        self._signing.setVisible(sheet.signing.can_sign and not leads)
        self._again.setVisible(leads and sheet.is_changed)
        if leads and sheet.is_changed and sheet.is_seal_new and not self.reason.text():
            self.reason.setText(_("The sealed sheet has come."))
        self.hand_in.setVisible(leads and sheet.is_on_site_review and (not sheet.is_signed or sheet.is_changed))
        self._show_state(sheet)
        self._show_buttons()

    def take_keyboard(self) -> None:
        """Where one goes on: the reason first, where one is needed."""
        if not self._again.isHidden() and not self.reason.text().strip():
            self.reason.setFocus()
        else:
            self.hand_in.setFocus()

    def _show_state(self, sheet: VisitSheet) -> None:
        if not is_leader(sheet):
            self.show_state(None)
            self.say(_("The leader hands the visit in for the team. Your own signature goes with your next package."))
        elif not sheet.is_on_site_review:
            self.show_state(None)
            words = _("This visit was planned without an assigned team. Its forms can be printed and signed.")
            self.say(f"{_concluded(sheet)}\n{words}")
        elif sheet.is_changed:
            self.show_state(State("!", _("changed since signing"), Tone.WARN))
            self.say(_("What was signed stays. Say why, sign again, and the new revision goes with the next package."))
        elif sheet.is_signed:
            self.show_state(State("✓", _("signed"), Tone.GOOD))
            self.say(_("The visit is signed for the team. Whoever signs later does not hold it up."))
        else:
            self.show_state(State("○", _("not signed yet"), Tone.NEUTRAL))
            words = _("Your signature below the package stands for the team. Missing ones do not hold it up.")
            self.say(f"{_concluded(sheet)}\n{words}")

    def _show_page(self, sheet: VisitSheet) -> None:
        """Whether the paper page is back, and, for the leader, who is on it."""
        pages, numbers = [one for one in sheet.scans if one.form is VisitForm.OPINION], photo_numbers(sheet)
        if pages:
            shown = _(", ").join(numbers.get(one.scan, "?") for one in pages)
            words = _("✓ The signature page has come back: photo {numbers}.").format(numbers=shown)
            asked = _("Look at it and tick those whose signature is on it.")
            self.page.setText(f"{words}\n{asked}" if is_leader(sheet) else words)
        else:
            words = _("○ The signature page has not come back yet. The report can be handed in without it.")
            self.page.setText(words)
        opinion = sheet.signing.opinion
        members = opinion.members if opinion and pages and is_leader(sheet) else ()
        if [one.id for one in members if not one.is_leader] != list(self.paper):
            self._make_boxes([(one.id, one.name) for one in members if not one.is_leader])
        for member in members:
            if member.id in self.paper:
                self.paper[member.id].setChecked(member.has_signed_paper)
        self._paper_box.setVisible(bool(self.paper))

    def _make_boxes(self, members: list[tuple[MemberId, str]]) -> None:
        for box in self.paper.values():
            self._paper_lines.removeWidget(box)
            box.deleteLater()
        self.paper = {}
        for member, name in members:
            box = QCheckBox(plain(_("{name} has signed the page").format(name=name)))
            box.setMinimumHeight(px(Size.CONTROL))
            box.clicked.connect(partial(self._on_paper, member))
            self._paper_lines.addWidget(box)
            self.paper[member] = box

    def _show_buttons(self) -> None:
        self.sign.setEnabled(bool(self.passphrase.passphrase()))
        is_again = self._sheet is not None and self._sheet.is_changed
        self.hand_in.setEnabled(not is_again or bool(self.reason.text().strip()))

    def _on_paper(self, member: MemberId) -> None:
        cosigning, has_signed = self._context.desk.visits.cosigning, self.paper[member].isChecked()
        self._writer.write(partial(cosigning.note_paper, self._visit, member, has_signed=has_signed))

    def _on_sign(self) -> None:
        passphrase = self.passphrase.passphrase()
        if passphrase:
            self._writer.write(partial(self._context.desk.visits.cosigning.sign, self._visit, passphrase=passphrase))

    def _on_hand_in(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        if sheet.is_changed:
            revise = self._context.desk.scoring.revise
            self._writer.write(partial(revise, sheet.review, self.reason.text()))
        else:
            self.hand_in_asked.emit((sheet.review,))

    def _on_written(self, _value: object) -> None:
        self.note.hide()
        self.passphrase.clear()
        if self._sheet is not None and self._sheet.is_changed and self.reason.text().strip():
            self.reason.clear()
            self.hand_in_asked.emit((self._sheet.review,))

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()


def _concluded(sheet: VisitSheet) -> str:
    """Said here, too: whoever has just concluded is brought here, past what it says above."""
    conclusion = conclusion_words(sheet.result.now) if sheet.result else ""
    return _("The visit is concluded: {conclusion}.").format(conclusion=conclusion)


def _line(one: MemberLine, sheet: VisitSheet) -> str:
    """How somebody stands; on a member's desk nobody knows whether the leader has handed in."""
    is_to_come = one.signed is SignedBy.PACKAGE and not (sheet.is_signed and is_leader(sheet))
    how = _("signs by handing in") if is_to_come else signed_words(one.signed)
    sign = "○" if is_to_come else _SIGNS[one.signed]
    return _("{sign} {name}: {how}").format(sign=sign, name=one.name, how=how)
