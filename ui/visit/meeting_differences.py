"""Items that members graded differently, for the team to agree on: everybody's grade and reason, then one for all."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.onsite.agreement import Disagreement
from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import ItemId, SiteId, VisitId
from app.i18n import _, ngettext
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.desk.text_edit import TextEdit
from ui.layouts import column, hairline, row
from ui.state import State, Tone
from ui.theme import set_role
from ui.tokens import Space
from ui.visit.meeting_parts import Choice, is_leader, item_words, name_of
from ui.visit.meeting_section import Section
from ui.visit.meeting_writing import InlineWriter
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.plain_label import PlainLabel

_Place = tuple[ItemId, SiteId]


class DifferenceLine(QWidget):
    """One item at one site. The members' own grades stay beside the agreed one."""

    def __init__(self, context: DeskContext, visit: VisitId, one: Disagreement, sheet: VisitSheet) -> None:
        super().__init__()
        self._context, self._visit, self._one = context, visit, one
        self._writer = InlineWriter(context, self)
        self._words = PlainLabel(is_wrapped=True)
        self._given = PlainLabel(role="muted", is_wrapped=True)
        self.agreed = PlainLabel(is_wrapped=True)
        grades = sheet.checklist.item(one.item).grades
        self.grade: Choice[Grade] = Choice(
            _("Agreed grade for {item}").format(item=one.item),
            [(grade, sheet.checklist.label_of(grade)) for grade in grades],
        )
        self.reason = TextEdit(_("Reason of the team for {item}").format(item=one.item), lines=2)
        self.reason.setPlaceholderText(_("Why the team agrees on this grade"))
        self.agree = QPushButton(_("Agree on this grade"))
        self.agree.setAccessibleName(_("Agree on the grade of {item}").format(item=one.item))
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self.note.hide()
        self.change = QPushButton(_("Agree anew"))
        self.change.setAccessibleName(_("Agree anew on the grade of {item}").format(item=one.item))
        set_role(self.change, "quiet")
        self._name = f"agreed:{one.item}@{one.site}"  # under which what is not written down is kept
        self._keep_unwritten = keeper(context, visit)
        self._is_open = False
        self._form = QWidget()
        line = row(self.reason, self.agree, gap=Space.INSIDE)
        line.setStretch(0, 1)
        line.setAlignment(self.agree, Qt.AlignmentFlag.AlignBottom)
        self._form.setLayout(column(self.grade, line, self.note, gap=Space.HALF))
        agreed = row(self.agreed, self.change, gap=Space.INSIDE)
        agreed.setStretch(0, 1)
        self.setLayout(column(self._words, self._given, agreed, self._form, hairline(), gap=Space.HALF))
        self.change.clicked.connect(self._on_change)
        self.grade.chosen.connect(self._on_typed)
        self.reason.typed.connect(self._on_typed)
        self.reason.typed.connect(partial(self._keep_unwritten, self._name))
        self.agree.clicked.connect(self._on_agree)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)
        self.show_difference(one, sheet)
        if one.consensus is not None:
            self.grade.set_value(one.consensus.grade)
            self.reason.show_text(one.consensus.reason)
        typed = unwritten(sheet, self._name)
        if typed:
            self.reason.show_text(typed)
        self._on_typed()

    def show_difference(self, one: Disagreement, sheet: VisitSheet) -> None:
        """The grades as they stand; what is typed stays."""
        self._one = one
        words = item_words(sheet, one.item)
        if len(sheet.plan.sites) > 1:
            site = next((site.name for site in sheet.plan.sites if site.id == one.site), one.site)
            words = _("{item} at {site}").format(item=words, site=site)
        self._words.setText(words)
        lines = []
        for given in one.grades:
            if given.grade is None:
                continue
            line = _("{name}: {grade}").format(
                name=name_of(sheet, given.author), grade=sheet.checklist.label_of(given.grade)
            )
            lines.append(f"{line} — {given.reason}" if given.reason else line)
        self._given.setText("\n".join(lines))
        self.agreed.setVisible(one.consensus is not None)
        if one.consensus is not None:
            words = _("✓ Agreed: {grade}. {reason}")
            label = sheet.checklist.label_of(one.consensus.grade)
            self.agreed.setText(words.format(grade=label, reason=one.consensus.reason))
        may_agree = is_leader(sheet) and sheet.result is None
        self._form.setVisible(may_agree and (one.consensus is None or self._is_open))
        self.change.setVisible(may_agree and one.consensus is not None and not self._is_open)
        self._on_typed()

    def _on_change(self) -> None:
        self._is_open = True
        self.change.hide()
        self._form.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self) -> None:
        given, grade, reason = self._one.consensus, self.grade.value(), self.reason.toPlainText().strip()
        is_new = given is None or (given.grade, given.reason) != (grade, reason)
        self.agree.setEnabled(grade is not None and bool(reason) and is_new)

    def _on_agree(self) -> None:
        grade = self.grade.value()
        if grade is not None:
            reason, one = self.reason.toPlainText().strip(), self._one
            meeting = self._context.desk.visits.meeting
            act = partial(meeting.agree, self._visit, one.item, grade=grade, reason=reason, site=one.site)
            self._writer.write(act)

    def _on_written(self, _value: object) -> None:
        self._is_open = False
        self._keep_unwritten(self._name, "")
        self.note.hide()
        self._form.hide()
        self.change.show()

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()


class DifferenceSection(Section):
    """Every difference, those without an agreed grade first to be seen by their count."""

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(_("Graded differently"), parent=parent)
        self._context, self._visit = context, visit
        self.lines: dict[_Place, DifferenceLine] = {}

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what is typed stays."""
        wanted = {(one.item, one.site): one for one in sheet.disagreements}
        for place in self.lines.keys() - wanted.keys():
            line = self.lines.pop(place)
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        for place, one in wanted.items():
            if place in self.lines:
                self.lines[place].show_difference(one, sheet)
            else:
                self.lines[place] = DifferenceLine(self._context, self._visit, one, sheet)
                self.body.addWidget(self.lines[place])
        left = sum(one.consensus is None for one in sheet.disagreements)
        if left:
            words = ngettext("{count} to agree on", "{count} to agree on", left).format(count=left)
            self.show_state(State("○", words, Tone.WARN))
            self.say(
                _("The leader writes down the team's grade and why. Every member's own grade stays.")
                if is_leader(sheet)
                else _("{name} leads the visit and writes down what the team agrees on.").format(
                    name=sheet.plan.leader.name
                )
            )
        elif wanted:
            self.show_state(State("✓", _("all agreed on"), Tone.GOOD))
            self.say("")
        else:
            self.show_state(None)
            self.say(_("No item has different grades so far. Members' notes are compared when they are merged."))
