"""Everything needed to score one indicator, in one view without scrolling: question, ruler, reason, evidence."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QWidget

from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, ReviewId
from app.domain.rubric import Indicator
from app.domain.scoring import Score, Standing, needs_reason
from app.i18n import _
from app.services.desk_views import DocumentView, ReviewSheet
from ui.desk.evidence_row import EvidenceRow
from ui.desk.outline import dimension_of, neighbour
from ui.desk.phrase_book import PhraseButton
from ui.desk.review_editor import ReviewEditor
from ui.desk.text_edit import TextEdit, is_undo_or_redo
from ui.desk.text_head import TextHead
from ui.icons import Icon, icon
from ui.layouts import column, row
from ui.plain import plain_tool_tip
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.score_entry import Unit
from ui.widgets.score_ruler import Given, ScoreRuler


class IndicatorForm(QScrollArea):
    """Shows one indicator of the sheet and hands every act to the editor.

    Signals:
        anchor_wanted: a place in the dossier to show.
        cite_asked: attach what the viewer shows.
        moved: the indicator somebody wants to go to.
        unit_changed: points or per cent.
        refused_changed: other indicators than before have something typed that cannot be a score.
    """

    refused_changed = Signal()
    anchor_wanted = Signal(object)
    cite_asked = Signal()
    moved = Signal(str)
    unit_changed = Signal(object)

    def __init__(self, editor: ReviewEditor, *, unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._sheet: ReviewSheet | None = None
        self._indicator: Indicator | None = None
        self._documents: tuple[DocumentView, ...] = ()
        self._refused: dict[tuple[ReviewId, IndicatorId], str] = {}  # never stored, but not thrown away either
        self._title, self._weight = PlainLabel(role="reading"), PlainLabel(role="muted")
        self._back = self._step_button(Icon.PREVIOUS, _("Indicator before  Alt+Up"))
        self._on = self._step_button(Icon.NEXT, _("Next indicator  Alt+Down"))
        self._look_for = PlainLabel(is_wrapped=True)
        self._expected = PlainLabel(role="small", is_wrapped=True)
        self.ruler = ScoreRuler(unit=unit)
        self._reason_label = PlainLabel(_("Reason"), role="muted")
        self.reason = TextEdit(_("Reason"), lines=3)
        self.reason_head = TextHead(self._reason_label, self.reason, PhraseButton(editor.phrases, self.reason))
        self.evidence = EvidenceRow()
        self._build()
        self._wire()

    def indicator(self) -> IndicatorId | None:
        """The indicator that is shown."""
        return self._indicator.id if self._indicator else None

    def show_sheet(self, sheet: ReviewSheet, indicator: IndicatorId) -> None:
        """Show what the store says of *indicator*; what is being typed there stays."""
        is_other = self._sheet is None or self.indicator() != indicator or self._sheet.task.review != sheet.task.review
        if is_other:
            self._begin(sheet, sheet.rubric.indicator(indicator))
        self._sheet = sheet
        entry = sheet.draft.entry(indicator)
        self.ruler.show_given(Given(entry.standing, entry.percent, entry.at_cap))
        typed = self._refused.get((sheet.task.review, indicator), "")
        if is_other and typed and sheet.is_editable:
            self.ruler.show_refused(typed)
        self.ruler.set_read_only(not sheet.is_editable)
        if self._editor.is_settled(self._editor.reason_key(indicator)):
            self.reason.show_text(entry.reason)
        self.reason.setReadOnly(not sheet.is_editable)
        self.evidence.show_evidence(entry.evidence, self._documents, is_editable=sheet.is_editable)
        self._tell_reason(entry.score())

    def refused(self) -> frozenset[IndicatorId]:
        """The indicators of this review where something is typed that cannot be a score."""
        if self._sheet is None or not self._sheet.is_editable:
            return frozenset()
        review = self._sheet.task.review
        return frozenset(indicator for owner, indicator in self._refused if owner == review)

    def show_documents(self, documents: tuple[DocumentView, ...]) -> None:
        """The dossier, for the numbers on the chips."""
        self._documents = documents

    def focus_value(self) -> None:
        """Ready to type a value, also over the one that is there."""
        self.ruler.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.ruler.field.selectAll()  # the field keeps the keyboard from one indicator to the next

    def focus_reason(self) -> None:
        """Ready to type why."""
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo belong to the review, also while the value's field has the keyboard."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_undo_or_redo(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _begin(self, sheet: ReviewSheet, indicator: Indicator) -> None:
        hue, _dimension = dimension_of(sheet, indicator.id)
        self.ruler.show_indicator(sheet.rubric, indicator, dimension=hue)  # decides what was typed for the one before
        self._sheet, self._indicator = sheet, indicator
        self._title.setText(f"{indicator.number} {indicator.name}")
        self._weight.setText(_("{points} points").format(points=indicator.weight))
        self._look_for.setText(indicator.look_for)
        self._expected.setText(_("Evidence expected: {list}").format(list=_(", ").join(indicator.evidence)))
        self.reason.show_text("")
        self._back.setEnabled(neighbour(sheet, indicator.id, -1) is not None)
        self._on.setEnabled(neighbour(sheet, indicator.id, 1) is not None)
        self.verticalScrollBar().setValue(0)

    def _tell_reason(self, score: Score | None) -> None:
        if self._sheet is None:
            return
        is_needed = score is not None and needs_reason(self._sheet.rubric, score)
        is_missing = (
            is_needed and score is not None and not score.reason.strip() and not self.reason.toPlainText().strip()
        )
        self._reason_label.setText(_("Reason (needed here)") if is_needed else _("Reason"))
        set_role(self._reason_label, "warn" if is_missing else "muted")

    @staticmethod
    def _step_button(picture: Icon, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setToolTip(plain_tool_tip(tip))
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return button

    def _build(self) -> None:
        head = row(self._title, self._weight, self._back, self._on, gap=Space.INSIDE)
        head.setStretchFactor(self._title, 1)
        inner = QWidget()
        layout = column(
            head, self._look_for, self._expected, self.ruler, self.reason_head, self.reason, self.evidence,
            margin=Space.ROOM, gap=Space.HALF,
        )  # fmt: skip
        layout.setStretchFactor(self.reason, 1)
        inner.setLayout(layout)
        set_role(inner, "page")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # before the proxy: Qt hands a later policy on to the field
        self.setFocusProxy(self.ruler.field)
        QWidget.setTabOrder(self.ruler.field, self.reason)
        QWidget.setTabOrder(self.reason, self.evidence.cite)

    def _wire(self) -> None:
        self.ruler.field.installEventFilter(self)
        self.ruler.scored.connect(self._on_scored)
        self.ruler.refused.connect(self._on_refused)
        self.ruler.unit_changed.connect(self.unit_changed)
        self.ruler.finished.connect(self._on_value_finished)
        self.reason.typed.connect(self._on_reason)
        self.reason.left.connect(self._on_reason_left)
        self.evidence.wanted.connect(self.anchor_wanted)
        self.evidence.removed.connect(self._on_removed)
        self.evidence.cite_asked.connect(self.cite_asked)
        self.evidence.left_forwards.connect(self._on_left_forwards)
        self._back.clicked.connect(self._on_back)
        self._on.clicked.connect(self._on_next)

    def attach(self, anchor: Anchor) -> None:
        """Tie the shown indicator to *anchor*."""
        if self._indicator is not None:
            self._editor.attach(self._indicator.id, anchor)

    def step(self, steps: int) -> None:
        """Go to the indicator so many places further on."""
        if self._sheet is None or self._indicator is None:
            return
        wanted = neighbour(self._sheet, self._indicator.id, steps)
        if wanted is not None:
            self.moved.emit(wanted)

    def _on_scored(self, given: object) -> None:
        if self._indicator is None or not isinstance(given, Given):
            return
        self._editor.give(self._indicator.id, given)
        standing = given.standing
        if standing is None:
            self._tell_reason(None)
        else:
            percent = given.percent if standing is Standing.GIVEN else None
            self._tell_reason(
                Score(self._indicator.id, standing, percent, reason=self.reason.toPlainText(), at_cap=given.at_cap)
            )

    def _on_refused(self, typed: str) -> None:
        if self._sheet is None or self._indicator is None:
            return
        before, key = self.refused(), (self._sheet.task.review, self._indicator.id)
        if typed:
            self._refused[key] = typed
        else:
            self._refused.pop(key, None)
        if self.refused() != before:
            self.refused_changed.emit()

    def _on_value_finished(self) -> None:
        self.focus_reason()

    def _on_reason(self, text: str) -> None:
        if self._indicator is not None:
            self._editor.type_reason(self._indicator.id, text)

    def _on_reason_left(self) -> None:
        self._editor.flush()

    def _on_removed(self, anchor: Anchor) -> None:
        if self._indicator is not None:
            self._editor.remove(self._indicator.id, anchor)

    def _on_left_forwards(self) -> None:
        self.step(1)

    def _on_back(self) -> None:
        self.step(-1)

    def _on_next(self) -> None:
        self.step(1)
