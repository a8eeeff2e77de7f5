"""Facts that end an application whatever its points. Each needs what was seen; somebody else has to confirm it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.evidence import Anchor
from app.domain.review import VetoFinding
from app.domain.rubric import Veto
from app.i18n import _
from app.services.desk_views import DocumentView, ReviewSheet
from ui.desk.evidence_row import EvidenceRow
from ui.desk.review_editor import ReviewEditor
from ui.desk.text_edit import TextEdit
from ui.layouts import column, row
from ui.plain import plain
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class VetoList(QWidget):
    """One line per veto of the rubric; a ticked one opens a field for the fact.

    Signals:
        anchor_wanted: a place in the dossier to show.
        cite_asked: the veto that wants what the viewer shows.
    """

    anchor_wanted = Signal(object)
    cite_asked = Signal(str)

    def __init__(self, editor: ReviewEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._lines: dict[str, _VetoLine] = {}
        self._vetoes: tuple[Veto, ...] = ()
        self._documents: tuple[DocumentView, ...] = ()
        self._lines_box = column(gap=Space.HALF)
        note = _("Only what was seen in the dossier. A second person checks it before it counts.")
        self.setLayout(
            column(
                PlainLabel(_("Facts that exclude (veto)"), role="muted"),
                PlainLabel(note, role="small", is_wrapped=True),
                self._lines_box,
                gap=Space.HALF,
            )
        )

    def show_sheet(self, sheet: ReviewSheet) -> None:
        """Show what the store says; what is being typed stays."""
        if sheet.rubric.vetoes != self._vetoes:
            self._begin(sheet.rubric.vetoes)
        found = {finding.veto: finding for finding in sheet.draft.vetoes}
        for veto, line in self._lines.items():
            if self._editor.is_settled(self._editor.veto_key(veto)):
                line.show_finding(found.get(veto), self._documents)
            line.set_editable(is_editable=sheet.is_editable)

    def show_documents(self, documents: tuple[DocumentView, ...]) -> None:
        """The dossier, for the numbers on the chips."""
        self._documents = documents

    def attach(self, veto: str, anchor: Anchor) -> None:
        """Add a place to a ticked fact."""
        finding = self._lines[veto].finding()
        if anchor not in finding.evidence:
            self._note(VetoFinding(veto, finding.fact, (*finding.evidence, anchor)))
            self._editor.flush()

    def _begin(self, vetoes: tuple[Veto, ...]) -> None:
        for line in self._lines.values():
            self._lines_box.removeWidget(line)
            line.deleteLater()
        self._vetoes = vetoes
        self._lines = {veto.id: _VetoLine(veto) for veto in vetoes}
        for veto, line in self._lines.items():
            line.noted.connect(self._note)
            line.left.connect(self._editor.flush)
            line.cleared.connect(self._editor.clear_veto)
            line.evidence.wanted.connect(self.anchor_wanted)
            line.evidence.cite_asked.connect(partial(self.cite_asked.emit, veto))
            self._lines_box.addWidget(line)

    def _note(self, finding: VetoFinding) -> None:
        self._editor.note_veto(finding)


class _Words(PlainLabel):
    """What a tick is about: wraps where the room is narrow, and can be pressed as well."""

    clicked = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words, is_wrapped=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()


class _VetoLine(QWidget):
    noted = Signal(object)
    cleared = Signal(str)
    left = Signal()

    def __init__(self, veto: Veto) -> None:
        super().__init__()
        self._veto = veto.id
        self._evidence: tuple[Anchor, ...] = ()
        words = _("{text} (Article {article})").format(text=plain(veto.text), article=veto.article)
        self._tick, self._words = QCheckBox(), _Words(words)
        self._tick.setAccessibleName(words)
        self._fact = TextEdit(_("What was seen: {text}").format(text=plain(veto.text)), lines=2)
        self._fact.setPlaceholderText(_("What was seen, and where"))
        self.evidence = EvidenceRow()
        head = row(self._tick, self._words, gap=Space.INSIDE)
        head.setStretchFactor(self._words, 1)
        self._words.clicked.connect(self._tick.click)
        self.setLayout(column(head, self._fact, self.evidence, gap=Space.HALF))
        self._tick.clicked.connect(self._on_ticked)
        self._fact.typed.connect(self._on_typed)
        self._fact.left.connect(self.left)
        self.evidence.removed.connect(self._on_removed)
        self._show_parts()

    def finding(self) -> VetoFinding:
        """What stands here."""
        return VetoFinding(self._veto, self._fact.toPlainText(), self._evidence)

    def show_finding(self, finding: VetoFinding | None, documents: tuple[DocumentView, ...]) -> None:
        self._tick.setChecked(finding is not None)
        self._fact.show_text(finding.fact if finding else "")
        self._evidence = finding.evidence if finding else ()
        self.evidence.show_evidence(self._evidence, documents, is_editable=self._tick.isEnabled())
        self._show_parts()

    def set_editable(self, *, is_editable: bool) -> None:
        self._tick.setEnabled(is_editable)
        self._fact.setReadOnly(not is_editable)
        self.evidence.cite.setVisible(is_editable)

    def _show_parts(self) -> None:
        self._fact.setVisible(self._tick.isChecked())
        self.evidence.setVisible(self._tick.isChecked())

    def _on_ticked(self, is_ticked: bool) -> None:
        self._show_parts()
        if is_ticked:
            self.noted.emit(self.finding())
            self._fact.setFocus()
        else:
            self.cleared.emit(self._veto)

    def _on_typed(self) -> None:
        self.noted.emit(self.finding())

    def _on_removed(self, anchor: Anchor) -> None:
        self._evidence = tuple(kept for kept in self._evidence if kept != anchor)
        self.noted.emit(self.finding())
        self.left.emit()
