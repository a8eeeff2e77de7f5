"""The end of a visit: points, what the rules make of them, the joint opinion, who has signed, and the conclusion."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.onsite.contradictions import Contradiction, items_of
from app.domain.onsite.grading import Conclusion, conclude
from app.domain.onsite.ids import ItemId, VisitId
from app.domain.scoring import half_up
from app.i18n import _, ngettext
from app.services.visit_sheet import VisitSheet
from app.words.onsite import conclusion_words, contradiction_words
from ui.desk.context import DeskContext
from ui.desk.text_edit import TextEdit
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.layouts import row
from ui.state import State, Tone
from ui.theme import set_role
from ui.visit.meeting_parts import is_leader, labelled, name_of
from ui.visit.meeting_section import Section
from ui.visit.meeting_writing import InlineWriter
from ui.visit.photos_lines import items_words, moment_words
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.plain_label import PlainLabel

_APPROVAL = "approval"  # under which what is not written down is kept
_TONES = {
    Conclusion.PASS: ("✓", Tone.GOOD),
    Conclusion.PAPER: ("○", Tone.WARN),
    Conclusion.RECHECK: ("!", Tone.WARN),
    Conclusion.FAIL: ("✕", Tone.BAD),
}


class ConclusionSection(Section):
    """Nothing is concluded by a slip: it asks once, with the safe answer preset.

    Signals:
        item_wanted: an item that has no agreed grade yet, or no nonconformity that says why.
        concluded: the conclusion was drawn here, just now.
    """

    item_wanted = Signal(str)
    concluded = Signal()

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(_("Conclusion"), parent=parent)
        self._context, self._visit = context, visit
        self._sheet: VisitSheet | None = None
        self._is_read, self._keep_unwritten = False, keeper(context, visit)
        self._writer = InlineWriter(context, self)
        self.points = PlainLabel(is_wrapped=True)
        self.counts = PlainLabel(role="muted", is_wrapped=True)
        self.missing = PlainLabel(role="warn", is_wrapped=True)
        self.go = QPushButton(_("Go to the first of them"))
        set_role(self.go, "quiet")
        self.rules = PlainLabel(role="small", is_wrapped=True)
        self.opinion = TextEdit(_("Joint opinion of the team"), lines=5, is_reading=True)
        self.approval = TextEdit(_("Why so many items do not apply"), lines=2)
        self._approval_box = labelled(_("Why so many items do not apply"), self.approval)
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self.note.hide()
        self.conclude = QPushButton(_("Conclude the visit…"))
        set_role(self.conclude, "primary")
        above: tuple[QWidget, ...] = (self.points, self.counts, self.missing)
        for part in above:
            self.body.addWidget(part)
        self.body.addLayout(row(self.go, None))
        opinion = labelled(_("Joint opinion of the team"), self.opinion)
        for part in (self.rules, opinion, self._approval_box, self.note):
            self.body.addWidget(part)
        self.body.addLayout(row(None, self.conclude))
        self.go.clicked.connect(self._on_go)
        self.opinion.typed.connect(self._on_opinion)
        self.approval.typed.connect(self._show_button)
        self.approval.typed.connect(partial(self._keep_unwritten, _APPROVAL))
        self.conclude.clicked.connect(self._on_conclude)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)

    @property
    def _key(self) -> str:
        return f"visit/{self._visit}/opinion"

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what is typed stays."""
        self._sheet = sheet
        if not self._is_read:
            self._is_read = True
            self.approval.show_text(unwritten(sheet, _APPROVAL))
        self.points.setText(points_sentence(sheet))
        self.counts.setText(counts_sentence(sheet))
        is_held_back = bool(_lacking(sheet)) and sheet.result is None
        self.missing.setVisible(is_held_back)
        self.missing.setText(lacking_sentence(sheet))
        self.go.setVisible(is_held_back)
        self._show_state(sheet)
        self.rules.setText(rules_words(sheet))
        may_write = is_leader(sheet) and sheet.result is None
        if self._context.saver.is_settled(self._key):
            self.opinion.show_text(sheet.opinion)
        self.opinion.setReadOnly(not may_write)
        self._approval_box.setVisible(may_write and sheet.is_approval_needed)
        self.conclude.setVisible(may_write)
        self._show_button()

    def _show_state(self, sheet: VisitSheet) -> None:
        result = sheet.result
        found = result.now if result else provisional(sheet)
        if found is None:
            self.show_state(State("○", _("cannot be said yet"), Tone.NEUTRAL))
            self.say(_("The conclusion follows from the grades by the rules of the checklist."))
            return
        sign, tone = _TONES[found]
        self.show_state(State(sign, conclusion_words(found), tone))
        if result is None:
            words = _("This is what the rules say as the grades stand. Concluding freezes grades and records.")
            limited = _("Evidence is limited, so nothing better than a second visit follows.")
            self.say(f"{words}\n{limited}" if sheet.limited else words)
            return
        words = _("Concluded on {moment} by {name}: {conclusion}.")
        name = name_of(sheet, result.by)
        parts = [
            words.format(
                moment=moment_words(result.concluded_at), name=name, conclusion=conclusion_words(result.at_visit)
            )
        ]
        if result.now is not result.at_visit:
            parts.append(_("After the rectification was verified: {conclusion}.").format(
                conclusion=conclusion_words(result.now)
            ))  # fmt: skip
        left = sum(one.counts and not one.is_verified for one in sheet.findings)
        if left:
            parts.append(
                ngettext(
                    "{count} nonconformity is still to be verified.",
                    "{count} nonconformities are still to be verified.",
                    left,
                ).format(count=left)
            )
        if result.approval:
            parts.append(_("Items not applicable, approved: {reason}").format(reason=result.approval))
        self.say("\n".join(parts))

    def _show_button(self) -> None:
        sheet = self._sheet
        if sheet is not None:
            is_approved = not sheet.is_approval_needed or bool(self.approval.toPlainText().strip())
            self.conclude.setEnabled(not _lacking(sheet) and is_approved)

    def _on_go(self) -> None:
        if self._sheet is not None and (lacking := _lacking(self._sheet)):
            self.item_wanted.emit(lacking[0])

    def _on_opinion(self, text: str) -> None:
        write = partial(self._context.desk.visits.meeting.write_opinion, self._visit, text)
        self._context.saver.later(self._key, write)

    def _on_conclude(self) -> None:
        sheet = self._sheet
        found = provisional(sheet) if sheet else None
        if sheet is None or found is None:
            return
        is_sure = ConfirmDialog.ask(
            _("Conclude this visit as “{conclusion}”?").format(conclusion=conclusion_words(found)),
            _("Grades, records and findings can no longer be changed. Rectification can still be verified."),
            verb=_("Conclude the visit"),
            parent=self,
        )
        if is_sure:
            self.finish()

    def finish(self) -> None:
        """Conclude without asking."""
        opinion, approval = self.opinion.toPlainText(), self.approval.toPlainText()
        meeting = self._context.desk.visits.meeting
        self._writer.write(partial(meeting.conclude, self._visit, opinion=opinion, approval=approval))

    def _on_written(self, _value: object) -> None:
        self.approval.show_text("")
        self._keep_unwritten(_APPROVAL, "")
        self.note.hide()
        self.concluded.emit()

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()


def provisional(sheet: VisitSheet) -> Conclusion | None:
    """What the rules make of the grades as they stand; ``None`` while an item has none."""
    if sheet.score.missing or sheet.score.total is None:
        return None
    # whether it is approved does not change the result
    return conclude(sheet.checklist, sheet.score, approval="-", is_limited=sheet.limited is not None)


def lacking_sentence(sheet: VisitSheet) -> str:
    """What the conclusion waits for, grades first: a nonconformity is written down once it is agreed on."""
    if sheet.score.missing:
        return _("Still without an agreed grade: {items}").format(items=items_words(sheet.score.missing))
    if sheet.ungrounded:
        words = _("Nonconformity still to be written down, under “Findings on site”: {items}")
        return words.format(items=items_words(sheet.ungrounded))
    return contradictions_sentence(sheet)


def contradictions_sentence(sheet: VisitSheet) -> str:
    """Nonconformities that do not go with the grade or have lost their evidence, a line for each kind."""
    found = ((what, items_of(sheet.contradictions, what)) for what in Contradiction)
    return "\n".join(contradiction_words(what, items) for what, items in found if items)


def _lacking(sheet: VisitSheet) -> tuple[ItemId, ...]:
    contradicted = tuple(one.item for one in sheet.contradictions)
    return sheet.score.missing or sheet.ungrounded or contradicted


def points_sentence(sheet: VisitSheet) -> str:
    """Points of every aspect and in all, as they are printed."""
    names = {aspect.id: aspect.name for aspect in sheet.checklist.aspects}
    parts = [
        _("{name} {points}/{full}").format(
            name=names[one.aspect], points="—" if one.points is None else half_up(one.points), full=one.full
        )
        for one in sheet.score.aspects
    ]
    total = "—" if sheet.score.total is None else half_up(sheet.score.total)
    parts.append(_("Total {points}/{full}").format(points=total, full=sheet.checklist.total))
    return " · ".join(parts)


def counts_sentence(sheet: VisitSheet) -> str:
    """Items by what they got; those that decide are named."""
    score = sheet.score
    parts = [
        _("strong {count}").format(count=len(score.strengths)),
        _("minor {count}").format(count=len(score.minors)),
        _("major {count}").format(count=len(score.majors)),
        _("not applicable {count}").format(count=len(score.not_applicable)),
    ]
    if score.majors:
        parts.append(_("major at {items}").format(items=items_words(score.majors)))
    if score.failed_vetoes:
        parts.append(_("veto items that do not conform: {items}").format(items=items_words(score.failed_vetoes)))
    return " · ".join(parts)


def rules_words(sheet: VisitSheet) -> str:
    """The rules of the checklist in its own words, with the one that applies marked."""
    found = sheet.result.at_visit if sheet.result else provisional(sheet)
    lines = []
    for name, text in sheet.checklist.conclusion.texts:
        kind = Conclusion(name)
        mark = "▸" if kind is found else "·"
        lines.append(_("{mark} {conclusion}: {rule}").format(mark=mark, conclusion=conclusion_words(kind), rule=text))
    notice = sheet.checklist.status_notice()
    return "\n".join([*lines, notice] if notice else lines)
