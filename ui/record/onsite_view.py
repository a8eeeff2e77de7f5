"""What a visiting team found (Art. 14): the conclusion, who has signed, acknowledgement, dissent, the joint opinion."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QPushButton, QScrollArea, QWidget

from app.domain.ids import ApplicationCode
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.returned import SignedBy, VisitFacts
from app.domain.results import OnSiteResult
from app.domain.scoring import half_up
from app.i18n import _, ngettext
from app.words.onsite import acknowledgement_words, conclusion_words, lost_photo_words, signed_words
from ui.layouts import column, row
from ui.message import Gravity, Message
from ui.record.context import RecordContext
from ui.record.saving import write_file
from ui.state import State, Tone
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_chip import StateChip

_STATES: Final = {
    Conclusion.PASS: ("✓", Tone.GOOD),
    Conclusion.PAPER: ("○", Tone.WARN),
    Conclusion.RECHECK: ("!", Tone.WARN),
    Conclusion.FAIL: ("✕", Tone.BAD),
}
_SIGNS: Final = {SignedBy.EARLIER: "!", SignedBy.MISSING: "○"}


class OnSiteView(QScrollArea):
    """Below the title, beside the other reviews of the application.

    Signals:
        message_raised: a :class:`ui.message.Message`.
    """

    message_raised = Signal(object)

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._application = ApplicationCode("")
        self._result: OnSiteResult | None = None
        self.chip = StateChip()
        self.points = PlainLabel(role="figure")
        self.about = PlainLabel(is_wrapped=True)
        self.signed = PlainLabel(is_wrapped=True)
        self.lost = PlainLabel(role="warn", is_wrapped=True)
        self.dissents = PlainLabel(is_wrapped=True)
        self.opinion = PlainLabel(role="reading", is_wrapped=True)
        self.forms = QPushButton(_("Signed forms of the visit"))
        self._menu = QMenu(self)
        for name, words in _forms():
            self._menu.addAction(words).triggered.connect(lambda _checked=False, name=name: self._on_save(name))
        self.forms.setMenu(self._menu)
        page = QWidget()
        set_role(page, "page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = PlainLabel(_("On-site review"), role="title")
        head = row(title, self.chip, self.points, None, self.forms, gap=Space.INSIDE)
        parts = (self.about, self.signed, self.lost, self.dissents, self.opinion)
        page.setLayout(column(head, *parts, None, margin=Space.BETWEEN, gap=Space.INSIDE))
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("On-site review"))

    def show_result(self, application: ApplicationCode, result: OnSiteResult) -> None:
        """Show *result*."""
        self._application, self._result = application, result
        facts = result.facts
        self.chip.show_state(onsite_state(result))
        self.points.setText(f"{half_up(result.total)} / {result.full}" if result.total is not None else "")
        self.about.setText("\n".join(_about(facts)) if facts else _("Nothing signed by the leader is back yet."))
        lines = (
            _("{sign} {name} ({expert}): {how}").format(
                sign=_SIGNS.get(one.signed, "✓"), name=one.name, expert=one.expert, how=signed_words(one.signed)
            )
            for one in result.members
        )
        self.signed.setText("\n".join(lines))
        lost = [lost_photo_words(one) for one in facts.lost] if facts else []
        self.lost.setVisible(bool(lost))
        words = ngettext("{count} photo is missing", "{count} photos are missing", len(lost)).format(count=len(lost))
        self.lost.setText("\n".join([words, *lost]))
        dissents = facts.dissents if facts else ()
        self.dissents.setVisible(bool(dissents))
        self.dissents.setText(
            "\n".join(
                _("Dissent of {member}: {text}").format(member=_name(result, one.author), text=one.text)
                for one in dissents
            )
        )
        self.opinion.setVisible(bool(facts and facts.opinion))
        self.opinion.setText(facts.opinion if facts else "")
        self.forms.setEnabled(facts is not None)

    def _on_save(self, form: str) -> None:
        result = self._result
        if result is None or result.review is None:
            return
        name = f"{self._application} {dict(_forms())[form]}.pdf"
        text, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), name, _("PDF (*.pdf)"))
        if text:
            results, review, path = self._context.record.results, result.review, Path(text)
            self._context.workers.run(
                lambda _progress: write_file(path, results.printed(review, form)),
                title=_("Printing"),
                done=self._on_saved,
                failed=self._context.teller.tell,
            )

    def _on_saved(self, path: object) -> None:
        name = path.name if isinstance(path, Path) else ""
        self.message_raised.emit(Message(_("Saved as {name}.").format(name=name), Gravity.GOOD))


def onsite_state(result: OnSiteResult) -> State:
    """The conclusion now, or that nothing is back."""
    if result.facts is None:
        return State("○", _("None back"), Tone.NEUTRAL)
    sign, tone = _STATES[result.facts.now]
    return State(sign, conclusion_words(result.facts.now), tone)


def _about(facts: VisitFacts) -> list[str]:
    lines = []
    if facts.now is not facts.at_visit:
        lines.append(_("At the visit: {conclusion}.").format(conclusion=conclusion_words(facts.at_visit)))
    made = facts.acknowledgement
    if made is not None:
        words = _("Acknowledgement of the applicant: {outcome}").format(outcome=acknowledgement_words(made.outcome))
        lines.append(f"{words} · {made.remark}" if made.remark else words)
        if made.is_seal_pending and made.seal_due is not None:
            lines.append(_("The seal is to come until {day}.").format(day=made.seal_due.isoformat()))
    if facts.approval:
        lines.append(_("Items not applicable, approved: {reason}").format(reason=facts.approval))
    count = len(facts.photos) + len(facts.earlier)
    if count:
        lines.append(ngettext("{count} photo", "{count} photos", count).format(count=count))
    return lines


def _name(result: OnSiteResult, member: str) -> str:
    return next((one.name for one in result.members if one.expert == member), member)


def _forms() -> tuple[tuple[str, str], ...]:
    return (
        ("report", _("On-site report")),
        ("opinion", _("Joint opinion")),
        ("acknowledgement", _("Acknowledgement of facts")),
    )
