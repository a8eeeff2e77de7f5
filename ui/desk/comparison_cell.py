"""Under the table of one's own scores: the chosen value, its reason, and changing both together."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.domain.rubric import Indicator, Rubric
from app.errors import UserFacingError
from app.i18n import _
from app.services.desk_comparison import ComparedReview
from ui.desk.text_edit import TextEdit
from ui.desk.text_head import TextHead
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.score_entry import Unit, parse_entry


class ComparisonCell(QWidget):
    """One review and one indicator.

    Signals:
        change_asked: the per cent and the reason that were decided on.
        open_asked: show the indicator beside its dossier; ``revise_asked``: open the signed review for a revision.
    """

    change_asked = Signal(int, str)
    open_asked = Signal()
    revise_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rubric: Rubric | None = None
        self._indicator: Indicator | None = None
        self._shown: tuple[object, ...] = ()
        self._is_capped = False
        self._title, self._about = PlainLabel(role="reading"), PlainLabel(role="muted")
        self.percent = QLineEdit()
        self.percent.setAccessibleName(_("New value in per cent"))
        self.percent.setFixedWidth(px(Size.SCORE_FIELD) + px(Space.PAGE))
        self.reason = TextEdit(_("Reason for this value"), lines=2)
        self._reason_head = TextHead(PlainLabel(_("Reason for this value"), role="muted"), self.reason)
        self._problem = PlainLabel(role="bad", is_wrapped=True)
        self.change = QPushButton(_("Change the score"))
        self.go = QPushButton(_("Go to the dossier"))
        self.revise = QPushButton(_("Revise, with a reason …"))
        for button in (self.go, self.revise):
            set_role(button, "quiet")
        self._sealed = PlainLabel(_("This review is signed."), role="warn")
        value = row(
            PlainLabel(_("Per cent"), role="muted"),
            self.percent,
            self.change,
            self._sealed,
            self.revise,
            None,
            gap=Space.INSIDE,
        )
        title = row(self._title, self._about, self.go, gap=Space.INSIDE)
        title.setStretchFactor(self._about, 1)
        self.setLayout(
            column(title, value, self._reason_head, self.reason, self._problem, margin=Space.ROOM, gap=Space.HALF)
        )
        self.change.clicked.connect(self._on_change)
        self.percent.returnPressed.connect(self.reason.setFocus)
        self.go.clicked.connect(self.open_asked)
        self.revise.clicked.connect(self.revise_asked)
        self.hide()

    def show_cell(self, rubric: Rubric, review: ComparedReview, indicator: Indicator) -> None:
        """Show what stands there; what was begun for the same cell stays until the store says something else."""
        entry = review.entry(indicator.id)
        shown = (review.review, indicator.id, entry, review.is_sealed)
        self._rubric, self._indicator, self._is_capped = rubric, indicator, entry.at_cap
        self.show()
        if shown == self._shown:
            return
        self._shown = shown
        self._title.setText(f"{indicator.number} {indicator.name}")
        self._about.setText(f"{review.application} {review.operator}")
        self.percent.setText("" if entry.percent is None else str(entry.percent))
        self.reason.show_text(entry.reason)
        self._problem.setText("")
        self._problem.hide()
        self.percent.setEnabled(not review.is_sealed)
        self.change.setVisible(not review.is_sealed)
        self.reason.setReadOnly(review.is_sealed)
        self._sealed.setVisible(review.is_sealed)
        self.revise.setVisible(review.is_sealed)

    def focus_value(self) -> None:
        """Ready to type the new value, or to go on where it cannot be changed."""
        if self.percent.isEnabled():
            self.percent.setFocus()
            self.percent.selectAll()
        else:
            self.revise.setFocus()

    def tell(self, error: UserFacingError) -> None:
        """Why it was not taken, beside what was typed."""
        self._problem.setText(error.sentence())
        self._problem.show()

    def problem(self) -> str:
        """What is wrong with what was typed."""
        return self._problem.text()

    def _on_change(self) -> None:
        if self._rubric is None or self._indicator is None:
            return
        try:
            entry = parse_entry(
                self.percent.text(), self._rubric, self._indicator, unit=Unit.PERCENT, is_capped=self._is_capped
            )
        except UserFacingError as error:
            self.tell(error)
            self.percent.setFocus()
            return
        if entry.percent is not None:
            self.change_asked.emit(entry.percent, self.reason.toPlainText())
