"""One question of an examination with its answers; the one that is worked on opens for reason and places."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.examination import Question
from app.domain.review import Verdict
from app.i18n import _
from app.services.desk_views import DocumentView, ExaminationSheet
from app.words.examination import verdict_word
from ui.desk.choice_buttons import ChoiceButtons
from ui.desk.evidence_row import EvidenceRow
from ui.desk.examination_editor import ExaminationEditor
from ui.desk.phrase_book import PhraseButton
from ui.desk.text_edit import TextEdit
from ui.desk.text_head import TextHead
from ui.layouts import column, hairline, row
from ui.plain import plain
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class QuestionCard(QWidget):
    """Hands every act to the editor.

    Signals:
        entered: the keyboard or the mouse came in; carries the question.
        anchor_wanted: a place in the dossier to show.
        cite_asked: attach what the viewer shows.
        left_forwards: Tab on the last control.
    """

    entered = Signal(str)
    anchor_wanted = Signal(object)
    cite_asked = Signal()
    left_forwards = Signal()

    def __init__(
        self, editor: ExaminationEditor, question: Question, number: int, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor, self._question, self.question = editor, question, question.id
        asked = plain(question.text)
        self._sign, self._text = PlainLabel("○", role="muted"), PlainLabel(f"{number}. {asked}", is_wrapped=True)
        self.answers = ChoiceButtons([(one.value, verdict_word(one)) for one in Verdict], about=asked)
        self._hint = PlainLabel(_hint(question), role="small", is_wrapped=True)
        self._reason_label = PlainLabel(_("Reason"), role="muted")
        self.reason = TextEdit(_("Reason: {question}").format(question=asked), lines=2)
        self.evidence = EvidenceRow()
        head = row(self._sign, self._text, gap=Space.HALF)
        head.setStretchFactor(self._text, 1)
        head.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self._inner = QWidget()
        self._phrases = PhraseButton(editor.phrases, self.reason)
        self._inner.setLayout(
            column(
                self._hint, TextHead(self._reason_label, self.reason, self._phrases), self.reason, self.evidence,
                gap=Space.HALF,
            )
        )  # fmt: skip
        self.setLayout(column(head, row(self.answers, None), self._inner, hairline(), gap=Space.HALF))
        for button in self.answers.buttons():
            button.installEventFilter(self)
        self.answers.chosen.connect(self._on_chosen)
        self.reason.typed.connect(partial(editor.type_answer_reason, question.id))
        self.reason.left.connect(editor.flush)
        self.evidence.wanted.connect(self.anchor_wanted)
        self.evidence.removed.connect(partial(editor.remove_from_answer, question.id))
        self.evidence.cite_asked.connect(self.cite_asked)
        self.evidence.left_forwards.connect(self.left_forwards)
        self.set_open(is_open=False)

    def show_sheet(self, sheet: ExaminationSheet, documents: tuple[DocumentView, ...]) -> None:
        """Show what the store says; what is being typed stays."""
        answer = sheet.answer(self.question)
        self.answers.show_value(answer.verdict)
        self.answers.set_editable(is_editable=sheet.is_editable)
        if self._editor.is_settled(self._editor.answer_key(self.question)):
            self.reason.show_text(answer.reason)
        self.reason.setReadOnly(not sheet.is_editable)
        self.evidence.show_evidence(answer.evidence, documents, is_editable=sheet.is_editable)
        self._tell(answer.verdict)

    def set_open(self, *, is_open: bool) -> None:
        """Show or fold away reason and places."""
        self._inner.setVisible(is_open)

    def is_open(self) -> bool:
        """Whether reason and places are shown."""
        return not self._inner.isHidden()

    def focus_answer(self) -> None:
        """Ready for an answer."""
        self.answers.focus_entry()

    def focus_reason(self) -> None:
        """Ready to type why."""
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def stops(self) -> tuple[QWidget, ...]:
        """Its controls in the order of Tab."""
        return *self.answers.buttons(), self._phrases, self.reason, self.evidence.cite

    def focus_last(self) -> None:
        """Where Shift+Tab comes in from the next question."""
        cite = self.evidence.cite
        last = cite if cite.isEnabled() and not cite.isHidden() else self.reason
        last.setFocus(Qt.FocusReason.BacktabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self.entered.emit(self.question)
        return super().eventFilter(watched, event)

    def _on_chosen(self, value: str | None) -> None:
        verdict = Verdict(value) if value else None
        self._editor.answer(self.question, verdict)
        self._tell(verdict)

    def _tell(self, verdict: Verdict | None) -> None:
        is_needed = verdict in {Verdict.NO, Verdict.DOUBT}
        is_missing = is_needed and not self.reason.toPlainText().strip()
        self._reason_label.setText(_("Reason (needed here)") if is_needed else _("Reason"))
        set_role(self._reason_label, "warn" if is_missing else "muted")
        self._sign.setText("○" if verdict is None else "◐" if is_missing else "●")
        states = {"○": _("not answered"), "◐": _("reason missing"), "●": _("answered")}
        self._sign.setAccessibleName(states[self._sign.text()])


def _hint(question: Question) -> str:
    parts = [question.hint] if question.hint else []
    if question.article:
        parts.append(_("Article {number}").format(number=question.article))
    return plain("　".join(parts))
