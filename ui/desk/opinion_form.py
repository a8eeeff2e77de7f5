"""The written opinion (Art. 13): conclusion, strengths, concerns, text, and facts that end an application."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QRadioButton, QScrollArea, QWidget

from app.domain.citing import sentence_at
from app.domain.evidence import Anchor
from app.domain.review import Citation, Gap, Opinion, OpinionPart, Recommendation
from app.i18n import _
from app.services.desk_views import DocumentView, ReviewSheet
from ui.desk.citation_list import CitationList
from ui.desk.phrase_book import PhraseButton
from ui.desk.review_editor import ReviewEditor
from ui.desk.text_edit import TextEdit
from ui.desk.text_head import TextHead
from ui.desk.veto_list import VetoList
from ui.layouts import column
from ui.plain import plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel


class OpinionForm(QScrollArea):
    """One page under the six dimensions.

    Signals:
        anchor_wanted: a place in the dossier to show.
        cite_asked: tie the sentence at the cursor to what is in view.
    """

    anchor_wanted = Signal(object)
    cite_asked = Signal()

    def __init__(self, editor: ReviewEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._yes, self._no = QRadioButton(_("Recommended")), QRadioButton(_("Not recommended"))
        self._choice = QButtonGroup(self)
        self.strengths = TextEdit(_("Strengths"), lines=3, is_reading=True)
        self.concerns = TextEdit(_("Concerns"), lines=3, is_reading=True)
        self.text = TextEdit(_("Opinion"), lines=5, is_reading=True)
        self.edits = {
            OpinionPart.STRENGTHS: self.strengths,
            OpinionPart.CONCERNS: self.concerns,
            OpinionPart.TEXT: self.text,
        }
        self.citations = {part: CitationList(part) for part in self.edits}
        self.cites = {part: self._cite_button(part) for part in self.edits}
        self._part = OpinionPart.STRENGTHS  # the text that had the keyboard last
        self._documents: tuple[DocumentView, ...] = ()
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
        for part, edit in self.edits.items():
            edit.setReadOnly(not is_editable)
            self.cites[part].setVisible(is_editable)
            self.citations[part].show_sheet(sheet, self._documents)
        self.vetoes.show_sheet(sheet)

    def show_documents(self, documents: tuple[DocumentView, ...]) -> None:
        """The dossier, for the numbers on the chips."""
        self._documents = documents
        self.vetoes.show_documents(documents)

    def attach(self, anchor: Anchor) -> None:
        """Tie the sentence at the cursor, in the text that had the keyboard last, to *anchor*."""
        self._with_sentence(self._part, partial(self._editor.cite_sentence, self._part, anchor=anchor))

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
        conclusion, inner = FlowLayout(gap=px(Space.ROOM)), QWidget()
        for part in (PlainLabel(_("Conclusion"), role="muted"), self._yes, self._no):
            conclusion.addWidget(part)
        layout = column(
            PlainLabel(_("Opinion"), role="reading"),
            conclusion,
            *self._text(OpinionPart.STRENGTHS, _("Strengths (at least one)")),
            *self._text(OpinionPart.CONCERNS, _("Concerns (at least one)")),
            *self._text(OpinionPart.TEXT, _("Opinion in your own words (not required)")),
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

    def _text(self, part: OpinionPart, words: str) -> tuple[QWidget, ...]:
        edit = self.edits[part]
        phrases = PhraseButton(self._editor.phrases, edit)
        return TextHead(PlainLabel(words, role="muted"), edit, phrases, self.cites[part]), edit, self.citations[part]

    def _cite_button(self, part: OpinionPart) -> QPushButton:
        button = QPushButton(_("Cite this page"))
        set_role(button, "quiet")
        name = _("{text}: cite this page for the sentence at the cursor")
        button.setAccessibleName(name.format(text=self.edits[part].accessibleName()))
        tip = _("Tie the sentence at the cursor to the page in view, or to what is marked  Ctrl+E")
        button.setToolTip(plain_tool_tip(tip))
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the keyboard has Ctrl+E, without leaving the sentence
        button.clicked.connect(partial(self._on_cite, part))
        return button

    def _wire(self) -> None:
        self._choice.buttonClicked.connect(self._on_chosen)
        for part, edit in self.edits.items():
            edit.typed.connect(self._on_typed)
            edit.left.connect(self._on_left)
            edit.cursorPositionChanged.connect(partial(self._on_cursor, part))
            self.citations[part].anchor_wanted.connect(self.anchor_wanted)
            self.citations[part].removed.connect(self._editor.untie_sentence)
            self.citations[part].retie_asked.connect(self._on_retie)
        self.vetoes.anchor_wanted.connect(self.anchor_wanted)

    def _on_chosen(self) -> None:
        self._editor.type_opinion(self.opinion())
        self._editor.flush()

    def _on_typed(self) -> None:
        self._editor.type_opinion(self.opinion())

    def _on_left(self) -> None:
        self._editor.flush()

    def _on_cursor(self, part: OpinionPart) -> None:
        if self.edits[part].hasFocus():
            self._part = part

    def _on_cite(self, part: OpinionPart) -> None:
        self._part = part
        self.cite_asked.emit()
        self.edits[part].setFocus()

    def _on_retie(self, citation: Citation) -> None:
        self._with_sentence(citation.part, partial(self._editor.retie_sentence, citation))

    def _with_sentence(self, part: OpinionPart, act: Callable[[str], None]) -> None:
        edit = self.edits[part]
        act(sentence_at(edit.toPlainText(), edit.textCursor().position()))  # without one, the service says so
