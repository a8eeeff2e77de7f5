"""The note of one item: typed, and saved by itself as an evidence record as soon as it says what was seen."""

from dataclasses import dataclass, field
from functools import partial
from secrets import token_hex
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QToolButton, QWidget

from app.clock import system_clock
from app.domain.changes import Changes
from app.domain.ids import Sha256
from app.domain.onsite.checklist import ChecklistItem, Grade, Method
from app.domain.onsite.ids import EntryId, VisitId
from app.domain.onsite.record import EvidenceRecord, RecordState
from app.i18n import _
from app.services.visit_notes import RecordDraft
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.desk.text_edit import TextEdit
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Space
from ui.visit.checklist_words import Hand
from ui.visit.item_aside import Aside, TypedNote, typed_of
from ui.visit.item_sizes import SizeField
from ui.visit.meeting_parts import labelled
from ui.visit.moment_edit import MomentEdit
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel

_LONGEST: Final = 200
_NAME: Final = "notes"  # under which what cannot be saved yet is kept


@dataclass(slots=True)
class _Sheet:
    """One record on its way: *entry* is known once the store has it; the database thread alone sets it.

    ``is_behind``: something is typed that cannot be saved yet, so that the store's words must not replace it.
    """

    item: ChecklistItem
    hand: Hand
    entry: EntryId | None = None
    photos: tuple[Sha256, ...] = ()
    sample: EntryId | None = None
    grade: Grade | None = None
    is_behind: bool = False
    key: str = field(default_factory=lambda: token_hex(8))


def _paper_of(record: EvidenceRecord, item: ChecklistItem, hand: Hand) -> _Sheet:
    return _Sheet(item, hand, record.id, record.photos, record.sample, record.grade)


class RecordForm(QWidget):
    """What was asked and seen first; everything else behind one button.

    What cannot be saved yet waits while another item, hand or note is shown.

    Signals:
        begun: another record than before is written now.
    """

    begun = Signal()

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._paper: _Sheet | None = None
        self._aside = Aside()
        self._is_read = False
        self._keep_unwritten, self._kept_unwritten = keeper(context, visit), ""
        self.title = PlainLabel(role="muted")
        self.new = QPushButton(_("Another note"))
        set_role(self.new, "quiet")
        self.methods: dict[Method, QToolButton] = {}
        methods = FlowLayout(gap=px(Space.HALF))
        for method in Method:
            button = QToolButton()
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            set_role(button, "segment")
            button.clicked.connect(self._on_typed)
            self.methods[method] = button
            methods.addWidget(button)
        self.seen = TextEdit(_("What was seen or said"), lines=3)
        self.asked = TextEdit(_("What was asked"), lines=2)
        self.sheet_name = self._line(_("Paper sheet it is typed from"))
        self.place, self.people = self._line(_("Where")), self._line(_("Who was spoken with"))
        self.number, self.batch = self._line(_("Document number")), self._line(_("Batch"))
        self.population, self.looked_at = SizeField(_("Out of how many")), SizeField(_("How many looked at"))
        self.at = MomentEdit(_("When"))
        self.more = QToolButton()
        self.more.setCheckable(True)
        self.more.setText(_("Where, who, document, batch, numbers"))
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self.more, "segment")
        self.hint = PlainLabel(role="small", is_wrapped=True)
        self._details = QWidget()
        self._sheet_box = labelled(_("Paper sheet it is typed from"), self.sheet_name)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(Space.INSIDE))
        parts = (
            labelled(_("Where"), self.place), labelled(_("Who was spoken with"), self.people),
            labelled(_("When"), self.at), labelled(_("Document number"), self.number),
            labelled(_("Out of how many"), self.population), labelled(_("How many looked at"), self.looked_at),
            labelled(_("Batch"), self.batch), labelled(_("What was asked"), self.asked),
        )  # fmt: skip
        for place, part in enumerate(parts[:-1]):
            grid.addWidget(part, place // 2, place % 2)  # two, so that large letters leave none out of sight
        grid.addWidget(parts[-1], len(parts) // 2, 0, 1, 2)
        self._details.setLayout(grid)
        head = row(self.title, None, self.new, gap=Space.INSIDE)
        self.setLayout(
            column(
                head,
                methods,
                self.seen,
                self._sheet_box,
                self.hint,
                row(self.more, None),
                self._details,
                gap=Space.HALF,
            )
        )
        self._lines = (self.sheet_name, self.place, self.people, self.number, self.batch)
        self._wire()

    def begin(self, sheet: VisitSheet, item: ChecklistItem, hand: Hand) -> None:
        """What *hand* has not finished on *item*, its last note to go on with, or an empty one."""
        if not self._is_read:
            self._is_read, self._kept_unwritten = True, unwritten(sheet, _NAME)
            self._aside.read(self._kept_unwritten)
        self._put_aside()
        waiting = self._aside.last(item.id, hand)
        author = hand.author or sheet.me
        own = [one for one in sheet.records if (one.item, one.site, one.author) == (item.id, hand.site, author)]
        last = next((one for one in reversed(own) if one.state is RecordState.STANDING), None)
        if waiting is not None:
            kept = next((one for one in own if one.id == waiting.entry), None)
            self._show(sheet, _Sheet(item, hand) if kept is None else _paper_of(kept, item, hand), waiting)
            self._on_typed()
        elif last is not None:
            self.show_record(sheet, last, hand)
        else:
            self.begin_new(sheet, item, hand)

    def begin_new(self, sheet: VisitSheet, item: ChecklistItem, hand: Hand) -> None:
        """An empty note; the paper of another member keeps its name."""
        self._put_aside()
        paper = self.sheet_name.text() if self._paper is not None and self._paper.hand == hand else ""
        lines = (paper if hand.author else "", "", "", "", "")
        self.more.setChecked(False)
        self._show(sheet, _Sheet(item, hand), TypedNote(item.methods[:1], system_clock(), lines=lines))

    def show_record(self, sheet: VisitSheet, record: EvidenceRecord, hand: Hand) -> None:
        """Go on with *record*."""
        self._put_aside()
        item = sheet.checklist.item(record.item)
        waiting = self._aside.of(item.id, hand, record.id)
        self._show(sheet, _paper_of(record, item, hand), waiting or typed_of(record))
        if waiting is not None:
            self._on_typed()

    def refresh(self, sheet: VisitSheet) -> None:
        """The store says something else; what is being typed stays."""
        paper = self._paper
        if paper is None:
            return
        record = next((one for one in sheet.records if one.id == paper.entry), None)
        if record is not None and not paper.is_behind and self._context.saver.is_settled(self._key(paper)):
            paper.photos, paper.sample, paper.grade = record.photos, record.sample, record.grade
            self._fill(typed_of(record))
        self._show_state(sheet)

    @property
    def entry(self) -> EntryId | None:
        """The record that is written, once the store has it."""
        return self._paper.entry if self._paper else None

    def _wire(self) -> None:
        for text in (self.seen, self.asked):
            text.typed.connect(self._on_typed)
            text.left.connect(self._on_left)
        for line in self._lines:
            line.textEdited.connect(self._on_typed)
            line.editingFinished.connect(self._on_left)
        for number in (self.population, self.looked_at):
            number.typed.connect(self._on_typed)
        self.at.dateTimeChanged.connect(self._on_typed)
        self.more.toggled.connect(self._details.setVisible)
        self._details.hide()
        self.new.clicked.connect(self.begun)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setMaxLength(_LONGEST)
        return line

    def _name_methods(self, sheet: VisitSheet, item: ChecklistItem) -> None:
        names = dict(sheet.checklist.methods)
        for method, button in self.methods.items():
            button.setText(plain(names[method]).replace("&", "&&"))
            button.setAccessibleName(plain(_("Method: {name}").format(name=names[method])))
            font = button.font()
            font.setBold(method in item.methods)  # those the checklist expects
            button.setFont(font)

    def _set_methods(self, methods: tuple[Method, ...]) -> None:
        for method, button in self.methods.items():
            button.setChecked(method in methods)

    def _show(self, sheet: VisitSheet, paper: _Sheet, note: TypedNote) -> None:
        self._paper = paper
        self._name_methods(sheet, paper.item)
        self._fill(note)
        self._show_state(sheet)

    def _fill(self, note: TypedNote) -> None:
        self._set_methods(note.methods)
        self.seen.show_text(note.seen)
        self.asked.show_text(note.asked)
        for line, text in zip(self._lines, note.lines, strict=True):
            if line.text() != text:
                line.setText(text)
        self.population.set_value(note.population)
        self.looked_at.set_value(note.sample_size)
        self.at.set_moment(note.at)
        if note.has_details:
            self.more.setChecked(True)

    def _typed(self, paper: _Sheet) -> TypedNote:
        return TypedNote(
            tuple(method for method, button in self.methods.items() if button.isChecked()),
            self.at.moment(), self.seen.toPlainText(), self.asked.toPlainText(),
            tuple(line.text() for line in self._lines), self.population.value(), self.looked_at.value(), paper.entry,
        )  # fmt: skip

    def _keep_behind(self, paper: _Sheet, note: TypedNote) -> None:
        """What cannot be saved as a record is kept as it is."""
        if paper.is_behind:
            self._aside.put(paper.item.id, paper.hand, note)
        text = self._aside.text()
        if paper.is_behind:
            self._aside.last(paper.item.id, paper.hand)  # it is still in the fields
        if text != self._kept_unwritten:
            self._kept_unwritten = text
            self._keep_unwritten(_NAME, text)

    def _put_aside(self) -> None:
        """Something else is shown now: what could not be saved yet is kept for when somebody comes back."""
        paper = self._paper
        if paper is not None and paper.is_behind:
            self._aside.put(paper.item.id, paper.hand, self._typed(paper))
            paper.is_behind = False

    def _show_state(self, sheet: VisitSheet) -> None:
        paper = self._paper
        if paper is None:
            return
        is_open = sheet.result is None
        self.title.setText(_("Note, saved as you type") if is_open else _("Note"))
        self._sheet_box.setVisible(paper.hand.author is not None)
        for text in (self.seen, self.asked):
            text.setReadOnly(not is_open)
        for part in (*self._lines, *self.methods.values(), self.population, self.looked_at, self.at):
            part.setEnabled(is_open)
        self.new.setVisible(is_open and bool(self.seen.toPlainText().strip()))
        self._show_hint()

    def _lacking(self) -> str:
        paper = self._paper
        if paper is None:
            return ""
        if not self.seen.toPlainText().strip():
            return _("Nothing is saved until it says what was seen.") if self._has_more() else ""
        if not any(button.isChecked() for button in self.methods.values()):
            return _("Choose how it was found out; then it is saved.")
        if paper.hand.author is not None and not self.sheet_name.text().strip():
            return _("Name the paper sheet this is typed from; then it is saved.")
        most, size = self.population.value(), self.looked_at.value()
        if most is not None and size is not None and size > most:
            return _("More were looked at than there are. Correct one of the numbers; then it is saved.")
        return ""

    def _has_more(self) -> bool:
        return bool(self.entry or self.asked.toPlainText() or any(line.text() for line in self._lines[1:]))

    def _show_hint(self) -> None:
        lacking = self._lacking()
        self.hint.setText(lacking)
        set_role(self.hint, "warn" if lacking else "small")
        self.hint.setVisible(bool(lacking))

    def _key(self, paper: _Sheet) -> str:
        return f"{self._visit}/record:{paper.key}"

    def _on_typed(self) -> None:
        paper = self._paper
        if paper is None:
            return
        self._show_hint()
        note = self._typed(paper)
        is_said = bool(note.seen.strip())
        self.new.setVisible(is_said)
        paper.is_behind = bool(self._lacking()) or not is_said
        self._keep_behind(paper, note)
        if paper.is_behind:
            return
        sheet, place, people, number, batch = note.lines
        draft = RecordDraft(
            item=paper.item.id, methods=note.methods, seen=note.seen, site=paper.hand.site, at=note.at,
            asked=note.asked, place=place, people=people, document_number=number, batch=batch,
            population=note.population, sample_size=note.sample_size, sample=paper.sample, photos=paper.photos,
            grade=paper.grade, author=paper.hand.author, paper=sheet if paper.hand.author else "",
        )  # fmt: skip
        self._context.saver.later(self._key(paper), partial(self._write, paper, draft))

    def _on_left(self) -> None:
        self._context.saver.flush()

    def _write(self, paper: _Sheet, draft: RecordDraft) -> Changes:
        number, changes = self._context.desk.visits.notes.record(self._visit, draft, entry=paper.entry)
        paper.entry = number
        return changes
