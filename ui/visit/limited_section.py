"""The flag “limited evidence”: what could not be seen on the day, and that it was seen after all."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.domain.onsite.ids import VisitId
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from app.words.onsite import hindrance_words
from ui.desk.context import DeskContext
from ui.layouts import row
from ui.state import State, Tone
from ui.visit.meeting_parts import is_leader
from ui.visit.meeting_section import Section
from ui.visit.meeting_writing import InlineWriter
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.plain_label import PlainLabel

_LONGEST = 300
_KEPT = "limited.reason"


class LimitedSection(Section):
    """One line and one button: set the flag, or lift it. Members see it only where it is set."""

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(_("Limited evidence"), parent=parent)
        self._context, self._visit = context, visit
        self._sheet: VisitSheet | None = None
        self._is_read, self._keep_unwritten = False, keeper(context, visit)
        self._writer = InlineWriter(context, self)
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.keep = QPushButton()
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self.note.hide()
        line = row(self.reason, self.keep)
        line.setStretch(0, 1)
        self._line = QWidget()
        self._line.setLayout(line)
        self.body.addWidget(self._line)
        self.body.addWidget(self.note)
        self.reason.textEdited.connect(self._on_typed)
        self.reason.returnPressed.connect(self._on_keep)
        self.keep.clicked.connect(self._on_keep)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what is typed stays."""
        self._sheet = sheet
        if not self._is_read:
            self._is_read = True
            self.reason.setText(unwritten(sheet, _KEPT))
        limited = sheet.limited
        leads = is_leader(sheet)
        self.setVisible(limited is not None or (leads and sheet.result is None))
        self._line.setVisible(leads and (limited is not None or sheet.result is None))
        if limited is not None:
            self.show_state(State("!", _("flagged"), Tone.WARN))
            self.say(hindrance_words(limited))
            name, button = _("What was seen after all, when and where"), _("It was seen after all")
        else:
            self.show_state(None)
            self.say(
                _(
                    "Only where production stood still or part of the site could not be seen. The visit does not pass "
                    "outright then: it takes a second visit."
                )
            )
            name, button = _("What could not be seen, and why"), _("Flag limited evidence")
        self.reason.setAccessibleName(name)
        self.reason.setPlaceholderText(name)
        self.keep.setText(button)
        self._show_button()

    def _show_button(self) -> None:
        self.keep.setEnabled(bool(self.reason.text().strip()))

    def _on_typed(self, text: str) -> None:
        self._keep_unwritten(_KEPT, text)
        self._show_button()

    def _on_keep(self) -> None:
        sheet, said = self._sheet, self.reason.text().strip()
        if sheet is None or not said:
            return
        evidence = self._context.desk.visits.evidence
        act = evidence.lift if sheet.limited is not None else evidence.limit
        self._writer.write(partial(act, self._visit, said))

    def _on_written(self, _value: object) -> None:
        self._keep_unwritten(_KEPT, "")
        self.reason.clear()
        self.note.hide()
        self._show_button()

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()
