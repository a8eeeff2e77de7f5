"""A member's own view, written down and never deleted."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from app.domain.onsite.ids import VisitId
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.desk.text_edit import TextEdit
from ui.layouts import row
from ui.tokens import Space
from ui.visit.meeting_parts import fill_authors, fill_items, item_combo, item_words, name_of
from ui.visit.meeting_section import Section
from ui.visit.meeting_writing import InlineWriter
from ui.visit.photos_lines import moment_words
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.plain_label import PlainLabel

_NAME = "dissent"  # under which what is not written down is kept


class DissentSection(Section):
    """What was written, and a form for more; open also after the conclusion."""

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(_("Dissent"), _("It stands in the report beside the joint opinion."), parent)
        self._context, self._visit = context, visit
        self._writer = InlineWriter(context, self)
        self.written = PlainLabel(is_wrapped=True, is_selectable=True)
        self.item, self.author = item_combo(), QComboBox()
        self.item.setAccessibleName(_("What the dissent is about"))
        self.author.setAccessibleName(_("Whose dissent it is"))
        self.text = TextEdit(_("Dissent"), lines=2)
        self.text.setPlaceholderText(_("What a member sees differently, and why"))
        self.add = QPushButton(_("Write the dissent down"))
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self.note.hide()
        line = row(self.item, self.author, None, self.add, gap=Space.INSIDE)
        line.setStretch(0, 1)
        for part in (self.written, self.text):
            self.body.addWidget(part)
        self.body.addLayout(line)
        self.body.addWidget(self.note)
        self._is_read, self._keep_unwritten = False, keeper(context, visit)
        self.add.clicked.connect(self._on_add)
        self.text.typed.connect(self._on_typed)
        self.text.typed.connect(partial(self._keep_unwritten, _NAME))
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)
        self._on_typed()

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what is typed stays."""
        lines = []
        for one in sheet.dissents:
            about = item_words(sheet, one.item) if one.item else _("the opinion as a whole")
            words = _("{name}, {moment}, on {about}: {text}")
            name = name_of(sheet, one.author)
            lines.append(words.format(name=name, moment=moment_words(one.at), about=about, text=one.text))
        self.written.setText("\n".join(lines))
        self.written.setVisible(bool(lines))
        fill_items(self.item, sheet.checklist, first=_("The opinion as a whole"))
        fill_authors(self.author, sheet, _("my own dissent"))
        if not self._is_read:
            self._is_read = True
            self.text.show_text(unwritten(sheet, _NAME))
            self._on_typed()

    def _on_typed(self) -> None:
        self.add.setEnabled(bool(self.text.toPlainText().strip()))

    def _on_add(self) -> None:
        act = partial(
            self._context.desk.visits.meeting.dissent, self._visit, self.text.toPlainText().strip(),
            item=self.item.currentData(), author=self.author.currentData(),
        )  # fmt: skip
        self._writer.write(act)

    def _on_written(self, _value: object) -> None:
        self.text.show_text("")
        self._keep_unwritten(_NAME, "")
        self.note.hide()
        self._on_typed()

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()
