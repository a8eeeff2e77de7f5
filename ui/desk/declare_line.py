"""One applicant to declare about: the face sheet, three answers, and where needed what kind and why."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QRadioButton, QWidget

from app.domain.conflict import ConflictKind, Declared
from app.i18n import _
from app.services.desk_declaring import DeclarationLine
from app.services.desk_views import Task
from app.words.examination import review_kind_word
from app.words.reviews import conflict_words, declared_word
from ui.desk.unwritten import as_text, read_text
from ui.desk.words import title_words
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


@dataclass(frozen=True, slots=True)
class _Typed:
    """What stands in a line."""

    declared: Declared | None
    kind: ConflictKind | None
    note: str


class DeclareLine(QWidget):
    """Knows no documents: only what an expert may see before declaring.

    Signals:
        changed: another answer, kind or note.
        answered: the same by a person, as one text for :meth:`show_typed`.
    """

    changed = Signal()
    answered = Signal(str)

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task = task
        self._group = QButtonGroup(self)
        self._buttons = {declared: QRadioButton(declared_word(declared)) for declared in Declared}
        self._kind, self._note = QComboBox(), QLineEdit()
        for kind in ConflictKind:
            self._kind.addItem(conflict_words(kind), kind)
        self._kind.setCurrentIndex(-1)
        self._kind.setPlaceholderText(_("What kind of conflict"))
        self._kind.setMinimumContentsLength(10)
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._kind.setAccessibleName(_("Kind of conflict"))
        self._note.setPlaceholderText(_("A few words why"))
        self._note.setAccessibleName(_("A few words why"))
        self._note.setMaxLength(500)
        self._build()
        self._wire()

    @property
    def task(self) -> Task:
        """The review this is about."""
        return self._task

    def answer(self) -> Declared | None:
        """What is chosen."""
        return next((declared for declared, button in self._buttons.items() if button.isChecked()), None)

    def is_complete(self) -> bool:
        """Whether the answer has everything it needs."""
        answer = self.answer()
        if answer is None or answer is Declared.NONE:
            return answer is not None
        return bool(self._note.text().strip()) and (answer is Declared.ABSTAIN or self._kind.currentIndex() >= 0)

    def line(self) -> DeclarationLine:
        """The answer, for the service."""
        answer = self.answer() or Declared.NONE
        kind = ConflictKind(self._kind.currentData()) if answer is Declared.CONFLICT else None
        return DeclarationLine(
            self._task.review, answer, kind, self._note.text() if answer is not Declared.NONE else ""
        )

    def show_typed(self, text: str) -> None:
        """What was answered before and not confirmed; what another version kept in another shape is left alone."""
        typed = read_text(text, _Typed)
        if typed is None:
            return
        self._kind.setCurrentIndex(self._kind.findData(typed.kind) if typed.kind else -1)
        self._note.setText(typed.note)
        if typed.declared is not None:
            self._buttons[typed.declared].setChecked(True)
        self._refresh()

    def choose(self, declared: Declared) -> None:
        """Answer for the person who asked to."""
        self._buttons[declared].setChecked(True)
        self._refresh()
        self._tell()

    def focus_first(self) -> None:
        """Ready to answer, or to give what the answer still needs."""
        if self.answer() is Declared.CONFLICT and self._kind.currentIndex() < 0:
            self._kind.setFocus()
        elif self.answer() not in {None, Declared.NONE}:
            self._note.setFocus()
        else:
            self._buttons[Declared.NONE].setFocus()

    def _build(self) -> None:
        face = self._task.face
        facts = [
            (_("Trademark holder"), face.trademark_holder),
            (_("Drafters of the standard"), _(", ").join(face.drafters)),
            (_("Laboratory"), face.laboratory),
            (_("Recommended by"), face.recommender),
        ]
        words = _("; ").join(f"{name} {plain(value)}" for name, value in facts if value)
        who = column(
            PlainLabel(f"{face.application}  {title_words(self._task)} · {review_kind_word(self._task.kind)}"),
            PlainLabel(words, role="small", is_wrapped=True),
            None,
            gap=0,
        )
        for declared, button in self._buttons.items():
            self._group.addButton(button)
            button.setAccessibleName(f"{declared_word(declared)}: {plain(face.operator)}")
        answers = row(*self._buttons.values(), gap=Space.BETWEEN)
        more = row(self._kind, self._note, gap=Space.INSIDE)
        more.setStretch(0, 1)
        more.setStretch(1, 1)
        right = QWidget()
        right.setFixedWidth(px(Size.READING_WIDTH - Size.RAIL))
        right.setLayout(column(answers, more, gap=Space.HALF))
        layout = row(who, right, gap=Space.BETWEEN)
        layout.setStretch(0, 1)
        layout.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.PAGE), px(Space.INSIDE))
        self.setLayout(layout)
        self._refresh()

    def _wire(self) -> None:
        self._group.buttonClicked.connect(self._on_answered)
        self._kind.currentIndexChanged.connect(self.changed)
        self._note.textChanged.connect(self.changed)
        for answered in (self._group.buttonClicked, self._kind.activated, self._note.textEdited):
            answered.connect(self._tell)

    def _tell(self) -> None:
        kind = self._kind.currentData()
        typed = _Typed(self.answer(), ConflictKind(kind) if kind else None, self._note.text())
        self.answered.emit(as_text(typed))

    def _refresh(self) -> None:
        answer = self.answer()
        self._kind.setVisible(answer is Declared.CONFLICT)
        self._note.setVisible(answer in {Declared.CONFLICT, Declared.ABSTAIN})
        self.changed.emit()

    def _on_answered(self) -> None:
        self._refresh()
        if self.answer() is not Declared.NONE:
            self.focus_first()
