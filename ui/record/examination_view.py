"""What the experts of an examination say (Art. 9): the majority, a line for each expert, and the answers behind it."""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QWidget

from app.domain.examination import ExaminationForm, Question
from app.domain.ids import ApplicationCode
from app.domain.results import AnswerLine, ExaminationResult, ExaminerResult, ExpertStatus
from app.domain.review import Recommendation, Verdict
from app.i18n import _, ngettext
from app.words.examination import conclusion_word, majority_words, verdict_word
from app.words.reviews import expert_word
from ui.layouts import column, row
from ui.message import Gravity, Message
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.saving import write_file
from ui.record.words import DASH
from ui.state import State, Tone
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

_FORM: Final = "examination"  # how it is called in the package


class Column(IntEnum):
    """Columns of the experts."""

    NAME = 0
    CONCLUSION = 1
    DOUBTS = 2
    WHY = 3


class AnswerColumn(IntEnum):
    """Columns of the answers."""

    QUESTION = 0
    ANSWER = 1
    REASON = 2


@dataclass(frozen=True, slots=True)
class _AnswerRow:
    question: Question
    answer: AnswerLine


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read off the GUI thread: the words of one application, and the form they answer."""

    application: ApplicationCode
    result: ExaminationResult | None
    form: ExaminationForm | None


class ExaminationView(QWidget):
    """Above the scores. Enter or a double click on an expert shows every answer.

    Signals:
        message_raised: a :class:`ui.message.Message`.
    """

    message_raised = Signal(object)

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._application = ApplicationCode("")
        self._form: ExaminationForm | None = None
        self._majority = PlainLabel(role="reading", is_wrapped=True)
        self._notice = PlainLabel(_("The questions are a proposal and not official."), role="warn", is_wrapped=True)
        self._notice.hide()
        self.table: Table[ExaminerResult] = Table(
            _columns(), key=lambda one: one.review, name="record_examination", remembered=context.remembered,
            clipboard=context.clipboard, is_multiple=False,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Examination"))
        self.table.opened.connect(self.open_answers)
        self._save = QAction(_("Save the signed form…"), self)
        self._save.triggered.connect(self._on_save)
        self.table.add_action(self._save)
        button = QPushButton(self._save.text())
        button.clicked.connect(self._save.trigger)
        button.setEnabled(False)
        self.table.selection_changed.connect(lambda: button.setEnabled(bool(self._signed())))
        head = QWidget()
        set_role(head, "page")
        title = PlainLabel(_("Examination"), role="title")
        line = row(title, self._majority, button, gap=Space.BETWEEN)
        line.setStretchFactor(self._majority, 1)
        inner = column(line, self._notice, gap=Space.HALF)
        inner.setContentsMargins(px(Space.BETWEEN), px(Space.INSIDE), px(Space.BETWEEN), px(Space.INSIDE))
        head.setLayout(inner)
        layout = column(head, self.table, gap=0)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def show_result(self, application: ApplicationCode, result: ExaminationResult) -> None:
        """Show *result* at once; its words follow when they were read from what was signed."""
        self._application = application
        self._show(result)
        results = self._context.record.results
        self._context.workers.run(
            lambda _progress: _Reading(
                application, results.results(application, has_reasons=True)[0].examination, results.examination_form()
            ),
            is_quiet=True, done=self._on_read,
        )  # fmt: skip

    def open_answers(self, one: ExaminerResult) -> None:
        """Everything *one* signed."""
        if self._form is not None and one.answers:
            AnswersDialog(one, self._form, self._context, self).open()

    def _signed(self) -> list[ExaminerResult]:
        return [one for one in self.table.selected_rows() if one.status is ExpertStatus.SEALED]

    def _on_save(self) -> None:
        chosen = self._signed()
        if not chosen:
            return
        name = _("Examination {application} {expert}.pdf").format(
            application=self._application, expert=chosen[0].expert
        )
        text, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), name, _("PDF (*.pdf)"))
        if text:
            results, review, path = self._context.record.results, chosen[0].review, Path(text)
            self._context.workers.run(
                lambda _progress: write_file(path, results.printed(review, _FORM)), title=_("Printing"),
                done=self._on_saved,
            )  # fmt: skip

    def _on_saved(self, path: Path) -> None:
        self.message_raised.emit(Message(_("Saved as {name}.").format(name=path.name), Gravity.GOOD))

    def _show(self, result: ExaminationResult) -> None:
        self._majority.setText(majority_words(result.majority))
        self.table.show_rows(list(result.experts))

    def _on_read(self, reading: _Reading) -> None:
        if reading.application != self._application:
            return  # another application was chosen meanwhile
        self._form = reading.form
        self._notice.setVisible(reading.form is not None and not reading.form.is_official)
        if reading.result is not None:
            self._show(reading.result)


class AnswersDialog(QDialog):
    """Reading only: nobody but the expert changes what the expert signed."""

    def __init__(
        self, one: ExaminerResult, form: ExaminationForm, context: RecordContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Examination by {name}").format(name=one.name))
        self.answers: Table[_AnswerRow] = Table(
            _answer_columns(), key=lambda each: each.question.id, name="record_answers", remembered=context.remembered,
            clipboard=context.clipboard, is_multiple=False,
        )  # fmt: skip
        self.answers.view.setAccessibleName(_("Answers"))
        given = {answer.question: answer for answer in one.answers}
        self.answers.show_rows([_AnswerRow(each, given[each.id]) for each in form.questions if each.id in given])
        head = QWidget()
        set_role(head, "page")
        head.setLayout(
            column(
                PlainLabel(f"{one.name}  {_conclusion(one).word}", role="title", is_wrapped=True),
                PlainLabel(one.text, role="reading", is_wrapped=True, is_selectable=True),
                margin=Space.BETWEEN,
            )
        )
        close = QPushButton(_("Close"))
        close.clicked.connect(self.accept)
        layout = column(head, self.answers, row(None, close, margin=Space.ROOM), gap=0)
        layout.setStretchFactor(self.answers, 1)
        self.setLayout(layout)
        self.resize(px(Size.READING_WIDTH * 3 // 2), px(Size.DIALOG_WIDTH))


def _conclusion(one: ExaminerResult) -> State:
    if one.recommend is None:
        return State("–", expert_word(one.status), Tone.NEUTRAL)
    is_yes = one.recommend is Recommendation.YES
    return State("✓" if is_yes else "✕", conclusion_word(one.recommend), Tone.GOOD if is_yes else Tone.BAD)


def _verdict(verdict: Verdict) -> State:
    sign, tone = {
        Verdict.YES: ("✓", Tone.GOOD),
        Verdict.NO: ("✕", Tone.BAD),
        Verdict.DOUBT: ("?", Tone.WARN),
    }[verdict]
    return State(sign, verdict_word(verdict), tone)


def _doubts(one: ExaminerResult) -> int:
    return sum(line.verdict is not Verdict.YES for line in one.answers)


def _doubt_words(one: ExaminerResult) -> str:
    count = _doubts(one)
    return ngettext("{count} doubt", "{count} doubts", count).format(count=count) if count else DASH


def _columns() -> dict[IntEnum, ColumnSpec[ExaminerResult]]:
    return {
        Column.NAME: ColumnSpec(_("Expert"), text=lambda one: f"{one.name} {one.expert}", width=130),
        Column.CONCLUSION: ColumnSpec(
            _("Conclusion"), text=lambda one: _conclusion(one).word, state=_conclusion, width=152
        ),
        Column.DOUBTS: ColumnSpec(_("Doubts"), text=_doubt_words, sort=_doubts, width=90),
        Column.WHY: ColumnSpec(_("Why"), text=lambda one: one.text, width=0),
    }


def _answer_columns() -> dict[IntEnum, ColumnSpec[_AnswerRow]]:
    return {
        AnswerColumn.QUESTION: ColumnSpec(_("Question"), text=lambda one: one.question.text, width=330),
        AnswerColumn.ANSWER: ColumnSpec(
            _("Answer"),
            text=lambda one: verdict_word(one.answer.verdict),
            state=lambda one: _verdict(one.answer.verdict),
            width=90,
        ),
        AnswerColumn.REASON: ColumnSpec(_("Reason"), text=lambda one: one.answer.reason, width=0),
    }
