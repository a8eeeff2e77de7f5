"""The form of an examination (Art. 9): every question in view, one of them open, and the conclusion below."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.domain.evidence import Anchor
from app.domain.examination import ExaminationForm
from app.domain.review import Opinion, Recommendation
from app.i18n import _
from app.services.desk_views import DocumentView, ExaminationSheet
from app.words.examination import conclusion_word
from ui.desk.choice_buttons import ChoiceButtons
from ui.desk.examination_editor import ExaminationEditor
from ui.desk.phrase_book import PhraseButton
from ui.desk.question_card import QuestionCard
from ui.desk.text_edit import TextEdit
from ui.desk.text_head import TextHead
from ui.layouts import column, row
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class ExaminationFormView(QScrollArea):
    """Tab goes answer, reason, places, next question; after the last one comes the conclusion.

    Signals:
        anchor_wanted: a place in the dossier to show.
        cite_asked: attach what the viewer shows.
    """

    anchor_wanted = Signal(object)
    cite_asked = Signal()

    def __init__(self, editor: ExaminationEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._form: ExaminationForm | None = None
        self._sheet: ExaminationSheet | None = None
        self._documents: tuple[DocumentView, ...] = ()
        self.cards: list[QuestionCard] = []
        self._open: str | None = None
        self._questions = column(gap=Space.INSIDE)
        self.conclusion = ChoiceButtons(
            [(one.value, conclusion_word(one)) for one in Recommendation], about=_("Conclusion")
        )
        self.grounds = TextEdit(_("Reasons for the conclusion"), lines=4, is_reading=True)
        label = PlainLabel(_("Reasons for the conclusion"), role="muted")
        self._phrases = PhraseButton(editor.phrases, self.grounds)
        self._head = TextHead(label, self.grounds, self._phrases)
        inner = QWidget()
        inner.setLayout(
            column(
                self._questions, PlainLabel(_("Conclusion"), role="reading"), row(self.conclusion, None), self._head,
                self.grounds, None, margin=Space.ROOM, gap=Space.INSIDE,
            )
        )  # fmt: skip
        set_role(inner, "page")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its controls take the keyboard
        self.conclusion.chosen.connect(self._on_opinion)
        self.grounds.typed.connect(self._on_opinion)
        self.grounds.left.connect(editor.flush)

    def show_sheet(self, sheet: ExaminationSheet) -> None:
        """Show what the store says; what is being typed stays."""
        if sheet.form != self._form:
            self._build(sheet.form)
        self._sheet = sheet
        for card in self.cards:
            card.show_sheet(sheet, self._documents)
        opinion = sheet.draft.opinion
        if self._editor.is_settled(self._editor.opinion_key()):
            self.conclusion.show_value(opinion.recommend)
            self.grounds.show_text(opinion.text)
        self.conclusion.set_editable(is_editable=sheet.is_editable)
        self.grounds.setReadOnly(not sheet.is_editable)

    def show_documents(self, documents: tuple[DocumentView, ...]) -> None:
        """The dossier, for the numbers on the chips."""
        self._documents = documents

    def opened(self) -> str | None:
        """The question that is open; none while the conclusion is worked on."""
        return self._open

    def go_to(self, question: str) -> None:
        """Open *question*, ready for its answer."""
        card = self._card(question)
        self.open_question(question)
        card.focus_answer()
        self.ensureWidgetVisible(card)

    def focus_reason(self, question: str) -> None:
        """Open *question*, ready to type why."""
        self.open_question(question)
        self._card(question).focus_reason()

    def focus_conclusion(self) -> None:
        """Ready for the conclusion."""
        self.open_question(None)
        self.conclusion.focus_entry()
        self.ensureWidgetVisible(self.grounds)

    def focus_grounds(self) -> None:
        """Ready to type why it is recommended or not."""
        self.grounds.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.grounds)

    def step(self, steps: int) -> None:
        """Go to the question so many places further on; after the last one comes the conclusion."""
        names = [card.question for card in self.cards]
        here = names.index(self._open) if self._open in names else len(names)
        wanted = max(0, here + steps)
        if wanted < len(names):
            self.go_to(names[wanted])
        else:
            self.focus_conclusion()

    def attach(self, anchor: Anchor) -> None:
        """Tie the open question to *anchor*."""
        if self._open is not None:
            self._editor.attach_to_answer(self._open, anchor)

    def open_question(self, question: str | None) -> None:
        """Show reason and places of *question*, and of no other one."""
        self._open = question
        for card in self.cards:
            card.set_open(is_open=card.question == question)

    def _card(self, question: str) -> QuestionCard:
        return next(card for card in self.cards if card.question == question)

    def _build(self, form: ExaminationForm) -> None:
        for card in self.cards:
            self._questions.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._form = form
        self.cards = [
            QuestionCard(self._editor, question, number, parent=self.widget())
            for number, question in enumerate(form.questions, start=1)
        ]
        before: QuestionCard | None = None
        for card in self.cards:
            self._questions.addWidget(card)
            card.entered.connect(self._on_entered)
            card.anchor_wanted.connect(self.anchor_wanted)
            card.cite_asked.connect(self.cite_asked)
            card.left_forwards.connect(self._on_left_forwards)
            if before is not None:
                card.answers.leave_backwards(partial(self._go_back_to, before))
            before = card
        if before is not None:
            self.conclusion.leave_backwards(partial(self._go_back_to, before))
        stops = [stop for card in self.cards for stop in card.stops()]
        # one control after the other: moving whole cards tears the ring of the window in two
        for one, other in pairwise([*stops, *self.conclusion.buttons(), self._phrases, self.grounds]):
            QWidget.setTabOrder(one, other)
        self._open = None

    def _on_entered(self, question: str) -> None:
        if question != self._open:
            self.open_question(question)

    def _go_back_to(self, card: QuestionCard) -> None:
        self.open_question(card.question)
        card.focus_last()
        self.ensureWidgetVisible(card)

    def _on_left_forwards(self) -> None:
        self.step(1)

    def _on_opinion(self, _what: object) -> None:
        chosen = self.conclusion.value()
        opinion = self._sheet.draft.opinion if self._sheet else Opinion()
        self._editor.type_opinion(
            Opinion(
                Recommendation(chosen) if chosen else None,
                self.grounds.toPlainText(),
                opinion.strengths,
                opinion.concerns,
            )
        )
