"""What the whole team wrote about one item; a record is never deleted, only withdrawn or put right, with a reason."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.domain.onsite.checklist import ChecklistItem
from app.domain.onsite.ids import EntryId, VisitId
from app.domain.onsite.record import EvidenceRecord, RecordState
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.checklist_words import method_words
from ui.visit.meeting_parts import name_of
from ui.visit.meeting_writing import InlineWriter
from ui.visit.moment_edit import there_words
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.plain_label import PlainLabel

_KEY = Qt.ItemDataRole.UserRole
_MOST_LINES = 4


class ItemRecords(QWidget):
    """A list, and what can be done to the chosen record of one's own.

    Signals:
        opened: a record to go on with.
    """

    opened = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._sheet: VisitSheet | None = None
        self._about: EntryId | None = None  # whom the reason in the field is about
        self._reasons: dict[EntryId, str] = {}
        self._is_read, self._keep_unwritten = False, keeper(context, visit)
        self._writer = InlineWriter(context, self)
        self.title = PlainLabel(_("Notes of the team"), role="muted")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Notes of the team on this item"))
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(px(Size.ROW) * 2)
        self.list.setMaximumHeight(px(Size.ROW) * _MOST_LINES)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why, or how it was put right"))
        self.correct = QPushButton(_("Corrected on the spot"))
        self.withdraw = QPushButton(_("Withdraw"))
        set_role(self.withdraw, "danger")
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self._acts = QWidget()
        acts = row(self.reason, self.correct, self.withdraw, gap=Space.INSIDE)
        acts.setStretchFactor(self.reason, 1)
        self._acts.setLayout(acts)
        self.setLayout(column(self.title, self.list, self._acts, self.note, gap=Space.HALF))
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemActivated.connect(self._on_opened)
        self.reason.textEdited.connect(self._on_reason)
        visits = context.desk.visits.notes
        self.correct.clicked.connect(lambda: self._restate(visits.correct))
        self.withdraw.clicked.connect(lambda: self._restate(visits.withdraw))
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)

    def show_item(self, sheet: VisitSheet, item: ChecklistItem) -> None:
        """The records on *item*; the chosen one stays chosen."""
        if not self._is_read:
            self._is_read = True
            self._reasons = {one.id: text for one in sheet.records if (text := unwritten(sheet, _name(one.id)))}
        chosen = self._chosen()
        self._sheet = sheet
        records = [one for one in sheet.records if one.item == item.id]
        self.list.blockSignals(True)
        self.list.clear()
        for record in records:
            line = QListWidgetItem(plain(_record_words(sheet, record)))
            line.setData(_KEY, record.id)
            self.list.addItem(line)
            if chosen is not None and record.id == chosen.id:
                self.list.setCurrentItem(line)
        self.list.blockSignals(False)
        self.setVisible(bool(records))
        self.note.hide()
        self._on_current()

    def _chosen(self) -> EvidenceRecord | None:
        number = next((line.data(_KEY) for line in self.list.selectedItems()), None)
        records = self._sheet.records if self._sheet else ()
        return next((one for one in records if one.id == number), None)

    def _on_current(self) -> None:
        sheet, record = self._sheet, self._chosen()
        if record is not None and record.id != self._about:  # a reason belongs to the note it was typed for
            if self._about is not None:
                self._reasons[self._about] = self.reason.text()
            self._about = record.id
            self.reason.setText(self._reasons.get(record.id, ""))
        if sheet is None or record is None:
            self._acts.hide()
            return
        is_standing = sheet.result is None and record.state is RecordState.STANDING
        self._acts.setVisible(is_standing and sheet.me in (record.author, record.typed_by))

    def _on_opened(self) -> None:
        record = self._chosen()
        if record is not None:
            self.opened.emit(record)

    def _restate(self, act: object) -> None:
        record = self._chosen()
        if record is not None and callable(act):
            self._writer.write(partial(act, self._visit, record.id, self.reason.text()))

    def _on_reason(self, text: str) -> None:
        if self._about is not None:
            self._keep_unwritten(_name(self._about), text)

    def _on_written(self) -> None:
        self.reason.clear()
        self._on_reason("")
        self.note.hide()

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()
        self.reason.setFocus()


def _name(record: EntryId) -> str:
    """Under which what is not written down is kept."""
    return f"reason:{record}"


def _record_words(sheet: VisitSheet, record: EvidenceRecord) -> str:
    """Who, when, how, what; and how it stands where that is not as it was written."""
    words = _("{time} · {name} · {methods}: {seen}").format(
        time=there_words(record.at),
        name=name_of(sheet, record.author),
        methods=method_words(sheet, record.methods),
        seen=record.seen,
    )
    if record.typed_by is not None:
        words = _("{words} (typed from the paper record {paper})").format(words=words, paper=record.paper)
    if record.state is RecordState.CORRECTED:
        return _("{words} — corrected on the spot: {reason}").format(words=words, reason=record.state_reason)
    if record.state is RecordState.WITHDRAWN:
        return _("{words} — withdrawn: {reason}").format(words=words, reason=record.state_reason)
    return words
