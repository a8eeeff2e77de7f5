"""The sentences of one text of the opinion that rest on places in the dossier, under the text they stand in."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.citing import stands
from app.domain.evidence import Anchor
from app.domain.review import Citation, OpinionPart
from app.i18n import _
from app.services.desk_views import DocumentView, ReviewSheet
from ui.desk.evidence_row import EvidenceRow
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel

_QUOTED = 20


class CitationList(QWidget):
    """One line per sentence, with a chip per place; a sentence that was rewritten says so and asks what is meant.

    Signals:
        anchor_wanted: a place in the dossier to show.
        removed: a :class:`Citation` of which exactly these places are taken away.
        retie_asked: a :class:`Citation` that belongs to the sentence at the cursor now.
    """

    anchor_wanted = Signal(object)
    removed = Signal(object)
    retie_asked = Signal(object)

    def __init__(self, part: OpinionPart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self._shown: tuple[object, ...] = ()
        self._lines: list[QWidget] = []
        self._box = column(gap=Space.HALF)
        self.setLayout(self._box)
        self.hide()

    def show_sheet(self, sheet: ReviewSheet, documents: tuple[DocumentView, ...]) -> None:
        """The citations of this text as the store has them."""
        opinion = sheet.draft.opinion
        found = tuple((one, stands(one, opinion)) for one in sheet.draft.citations if one.part is self._part)
        shown = (found, documents, sheet.is_editable)
        if shown == self._shown:
            return
        self._shown = shown
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(one, documents, sheet.is_editable, is_current) for one, is_current in found]
        for line in self._lines:
            self._box.addWidget(line)
        self.setVisible(bool(found))

    def words(self) -> tuple[str, ...]:
        """What the lines say, without the chips."""
        return tuple(label.text() for line in self._lines for label in line.findChildren(PlainLabel))

    def _line(
        self, citation: Citation, documents: tuple[DocumentView, ...], is_editable: bool, is_current: bool
    ) -> QWidget:
        sentence = citation.sentence if len(citation.sentence) <= _QUOTED else f"{citation.sentence[:_QUOTED]}…"
        words = plain(_("“{words}”").format(words=sentence))
        places = EvidenceRow(has_cite=False)
        places.setAccessibleName(_("Evidence for {sentence}").format(sentence=words))
        places.show_evidence(citation.evidence, documents, is_editable=is_editable)
        places.wanted.connect(self.anchor_wanted)
        places.removed.connect(partial(self._on_removed, citation))
        line = QWidget()
        parts: list[QWidget] = [PlainLabel(words, role="small"), places]
        if not is_current:
            parts.insert(1, self._question(citation, words, is_editable=is_editable))
        line.setLayout(column(*parts, gap=0))
        return line

    def _question(self, citation: Citation, words: str, *, is_editable: bool) -> QWidget:
        said = PlainLabel(_("This sentence has been changed"), role="warn")
        retie, remove = QPushButton(_("Tie to the sentence at the cursor")), QPushButton(_("Take away"))
        retie.setAccessibleName(
            _("Tie the evidence for {sentence} to the sentence at the cursor").format(sentence=words)
        )
        remove.setAccessibleName(_("Take away the evidence for {sentence}").format(sentence=words))
        for button in (retie, remove):
            set_role(button, "quiet")
            button.setVisible(is_editable)
        retie.clicked.connect(partial(self.retie_asked.emit, citation))
        remove.clicked.connect(partial(self.removed.emit, citation))
        question = QWidget()
        question.setLayout(column(said, row(retie, remove, None, gap=Space.HALF), gap=0))
        return question

    def _on_removed(self, citation: Citation, anchor: Anchor) -> None:
        self.removed.emit(Citation(citation.part, citation.sentence, (anchor,)))
