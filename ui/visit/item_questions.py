"""What the desk review left to be verified, and what the assessors found out about it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.onsite.ids import VisitId
from app.i18n import _
from app.services.visit_sheet import AskedQuestion, VisitSheet
from ui.desk.context import DeskContext
from ui.desk.text_edit import TextEdit
from ui.layouts import column, row
from ui.tokens import Space
from ui.visit.checklist_words import Hand
from ui.visit.meeting_parts import fill_items, is_leader, item_combo, name_of
from ui.widgets.plain_label import PlainLabel


class QuestionLine(QWidget):
    """One question: its words, the answers of the others, and a field for one's own."""

    def __init__(self, context: DeskContext, visit: VisitId, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit, self._question = context, visit, question
        self._hand: Hand | None = None
        self.words = PlainLabel(role="warn", is_wrapped=True)
        self.others = PlainLabel(is_wrapped=True)
        self.answer = TextEdit(_("Answer"), lines=2)
        self.answer.setPlaceholderText(_("What you found out; saved as you type"))
        self.item: QComboBox = item_combo()
        self.item.setAccessibleName(_("Line of the checklist where it is asked"))
        layout = column(self.words, self.others, self.answer, row(self.item, None), gap=Space.HALF)
        self.setLayout(layout)
        self.answer.typed.connect(self._on_typed)
        self.answer.left.connect(context.saver.flush)
        self.item.activated.connect(self._on_placed)

    def show_question(self, sheet: VisitSheet, asked: AskedQuestion, hand: Hand) -> None:
        """Show *asked* as *hand* answers it; what is being typed stays."""
        is_other = self._hand != hand
        self._hand = hand
        me = hand.author or sheet.me
        self.words.setText(_("To be verified: {text}").format(text=asked.question.text))
        others = [one for one in asked.answers if one.author != me]
        said = (_("{name}: {text}").format(name=name_of(sheet, one.author), text=one.text) for one in others)
        self.others.setText("\n".join(said))
        self.others.setVisible(bool(others))
        own = next((one.text for one in asked.answers if one.author == me), "")
        if is_other or self._context.saver.is_settled(self._key()):
            self.answer.show_text(own)
        self.answer.setReadOnly(sheet.result is not None)
        fill_items(self.item, sheet.checklist, first=_("Ask it anywhere"))
        self.item.setCurrentIndex(max(0, self.item.findData(asked.question.item)))
        self.item.setVisible(is_leader(sheet) and sheet.result is None)

    def _key(self) -> str:
        return f"{self._visit}/answer:{self._question}@{self._hand.author if self._hand else None}"

    def _on_typed(self, text: str) -> None:
        if self._hand is not None:
            answer = self._context.desk.visits.notes.answer
            self._context.saver.later(
                self._key(), partial(answer, self._visit, self._question, text, author=self._hand.author)
            )

    def _on_placed(self) -> None:
        place = self._context.desk.visits.planning.place_question
        self._context.saver.now(partial(place, self._visit, self._question, self.item.currentData()))


class ItemQuestions(QWidget):
    """The questions of one item, or those that are asked nowhere in particular."""

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self.lines: dict[str, QuestionLine] = {}
        self._column = column(gap=Space.INSIDE)
        self.setLayout(self._column)

    def show_questions(self, sheet: VisitSheet, questions: Sequence[AskedQuestion], hand: Hand) -> None:
        """Show *questions*; a line that stays keeps what is typed in it."""
        wanted = {one.question.id for one in questions}
        for gone in [key for key in self.lines if key not in wanted]:
            line = self.lines.pop(gone)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for asked in questions:
            if asked.question.id not in self.lines:
                line = self.lines[asked.question.id] = QuestionLine(self._context, self._visit, asked.question.id)
                self._column.addWidget(line)
            self.lines[asked.question.id].show_question(sheet, asked, hand)
        self.setVisible(bool(questions))
