"""Pieces drawn at random for one item; the seed is kept, so that anybody can draw the same again."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.domain.onsite.checklist import ChecklistItem
from app.domain.onsite.ids import ItemId, VisitId
from app.domain.onsite.sampling import Sample
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.layouts import column, row
from ui.theme import px
from ui.tokens import Size, Space
from ui.visit.item_sizes import SizeField
from ui.visit.meeting_writing import InlineWriter
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.plain_label import PlainLabel


class ItemSamples(QWidget):
    """One line to draw, and what was drawn below it."""

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._item: ChecklistItem | None = None
        self._waiting: dict[ItemId, tuple[str, ...]] = {}
        self._is_read, self._keep_unwritten = False, keeper(context, visit)
        self._writer = InlineWriter(context, self)
        self.of = QLineEdit()
        self.of.setAccessibleName(_("Draw from what"))
        self.of.setPlaceholderText(_("Draw from what, e.g. work orders of October by their register"))
        self.population, self.amount = SizeField(_("How many there are")), SizeField(_("How many to draw"))
        self.population.setPlaceholderText(_("of how many"))
        self.amount.setPlaceholderText(_("by the table"))
        self._fields = (self.of, self.population, self.amount)
        for number in (self.population, self.amount):
            number.setMaximumWidth(px(Size.PROGRESS))
        self.draw = QPushButton(_("Draw at random"))
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self.drawn = PlainLabel(is_wrapped=True, is_selectable=True)
        self._line = QWidget()
        how_many = row(self.population, self.amount, self.draw, None, gap=Space.INSIDE)
        self._line.setLayout(column(self.of, how_many, gap=Space.HALF))
        self.setLayout(column(PlainLabel(_("Sample"), role="muted"), self._line, self.note, self.drawn, gap=Space.HALF))
        self.draw.clicked.connect(self._on_draw)
        self.population.returnPressed.connect(self._on_draw)
        for field in self._fields:
            field.textEdited.connect(self._on_typed)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)
        self.note.hide()

    def show_item(self, sheet: VisitSheet, item: ChecklistItem) -> None:
        """What was drawn for *item*; what is typed stays with the item it was typed at."""
        if not self._is_read:
            self._is_read = True
            kept = ((one.id, unwritten(sheet, _name(one.id))) for one in sheet.checklist.items)
            self._waiting = {key: _parts(text) for key, text in kept if text}
        if self._item is None or self._item.id != item.id:
            if self._item is not None:
                self._waiting[self._item.id] = tuple(field.text() for field in self._fields)
            for field, text in zip(self._fields, self._waiting.get(item.id, ("", "", "")), strict=True):
                field.setText(text)
            self.note.hide()
        self._item = item
        samples = [one for one in sheet.samples if one.item == item.id]
        self.drawn.setText("\n".join(_sample_words(one) for one in samples))
        self.drawn.setVisible(bool(samples))
        self._line.setVisible(sheet.result is None)
        self.setVisible(bool(samples) or sheet.result is None)

    def _on_draw(self) -> None:
        population = self.population.value()
        if self._item is None:
            return
        if population is None or not self.of.text().strip():
            self._on_refused(_("Say what you draw from and how many there are. How many to draw follows from that."))
            return
        notes = self._context.desk.visits.notes
        act = partial(notes.sample, self._visit, self._item.id, of=self.of.text().strip(), population=population)
        self._writer.write(partial(act, size=self.amount.value()))

    def _on_typed(self) -> None:
        if self._item is not None:
            texts = [field.text() for field in self._fields]
            self._keep_unwritten(_name(self._item.id), "\n".join(texts) if any(texts) else "")

    def _on_written(self) -> None:
        for field in self._fields:
            field.clear()
        self._on_typed()
        self.note.hide()

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()


def _name(item: ItemId) -> str:
    """Under which what is not written down is kept."""
    return f"sample:{item}"


def _parts(text: str) -> tuple[str, ...]:
    of, population, amount = (*text.split("\n"), "", "", "")[:3]
    return of, population, amount


def _sample_words(sample: Sample) -> str:
    numbers = _(", ").join(map(str, sample.numbers))
    return _("{of}: {count} of {population}, numbers {numbers} (seed {seed})").format(
        of=sample.of, count=len(sample.numbers), population=sample.population, numbers=numbers, seed=sample.seed
    )
