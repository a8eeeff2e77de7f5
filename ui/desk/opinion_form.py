"""The written opinion (Art. 13): conclusion, strengths, concerns, text, and facts that end an application."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QScrollArea, QWidget

from app.domain.review import Gap, Opinion, Recommendation
from app.i18n import _
from app.services.desk_views import DocumentView, ReviewSheet
from ui.desk.review_editor import ReviewEditor
from ui.desk.text_edit import TextEdit
from ui.desk.veto_list import VetoList
from ui.layouts import column, row
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class OpinionForm(QScrollArea):
    """One page under the six dimensions.

    Signals:
        anchor_wanted: a place in the dossier to show.
    """

    anchor_wanted = Signal(object)

    def __init__(self, editor: ReviewEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._yes, self._no = QRadioButton(_("Recommended")), QRadioButton(_("Not recommended"))
        self._choice = QButtonGroup(self)
        self.strengths = TextEdit(_("Strengths"), lines=3, is_reading=True)
        self.concerns = TextEdit(_("Concerns"), lines=3, is_reading=True)
        self.text = TextEdit(_("Opinion"), lines=5, is_reading=True)
        self.vetoes = VetoList(editor)
        self._build()
        self._wire()

    def show_sheet(self, sheet: ReviewSheet) -> None:
        """Show what the store says; what is being typed stays."""
        opinion, is_editable = sheet.draft.opinion, sheet.is_editable
        if self._editor.is_settled(self._editor.opinion_key()):
            self._choice.setExclusive(False)  # an undone conclusion leaves both empty
            self._yes.setChecked(opinion.recommend is Recommendation.YES)
            self._no.setChecked(opinion.recommend is Recommendation.NO)
            self._choice.setExclusive(True)
            self.strengths.show_text(opinion.strengths)
            self.concerns.show_text(opinion.concerns)
            self.text.show_text(opinion.text)
        for button in (self._yes, self._no):
            button.setEnabled(is_editable)
        for edit in (self.strengths, self.concerns, self.text):
            edit.setReadOnly(not is_editable)
        self.vetoes.show_sheet(sheet)

    def show_documents(self, documents: tuple[DocumentView, ...]) -> None:
        """The dossier, for the numbers on the chips."""
        self.vetoes.show_documents(documents)

    def opinion(self) -> Opinion:
        """What stands here now."""
        recommend = Recommendation.YES if self._yes.isChecked() else None
        if self._no.isChecked():
            recommend = Recommendation.NO
        texts = (self.text, self.strengths, self.concerns)
        return Opinion(recommend, *(edit.toPlainText() for edit in texts))

    def focus_first(self) -> None:
        """Ready to choose the conclusion."""
        (self._no if self._no.isChecked() else self._yes).setFocus(Qt.FocusReason.TabFocusReason)

    def focus_gap(self, gap: Gap) -> None:
        """Go to what is missing."""
        if gap is Gap.STRENGTH:
            self.strengths.setFocus()
        elif gap is Gap.CONCERN:
            self.concerns.setFocus()

    def _build(self) -> None:
        for button in (self._yes, self._no):
            self._choice.addButton(button)
        inner = QWidget()
        layout = column(
            PlainLabel(_("Opinion"), role="reading"),
            row(PlainLabel(_("Conclusion"), role="muted"), self._yes, self._no, None, gap=Space.BETWEEN),
            PlainLabel(_("Strengths (at least one)"), role="muted"),
            self.strengths,
            PlainLabel(_("Concerns (at least one)"), role="muted"),
            self.concerns,
            PlainLabel(_("Opinion in your own words (not required)"), role="muted"),
            self.text,
            self.vetoes,
            None,
            margin=Space.ROOM,
            gap=Space.HALF,
        )
        inner.setLayout(layout)
        set_role(inner, "page")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _wire(self) -> None:
        self._choice.buttonClicked.connect(self._on_chosen)
        for edit in (self.strengths, self.concerns, self.text):
            edit.typed.connect(self._on_typed)
            edit.left.connect(self._on_left)
        self.vetoes.anchor_wanted.connect(self.anchor_wanted)

    def _on_chosen(self) -> None:
        self._editor.type_opinion(self.opinion())
        self._editor.flush()

    def _on_typed(self) -> None:
        self._editor.type_opinion(self.opinion())

    def _on_left(self) -> None:
        self._editor.flush()
