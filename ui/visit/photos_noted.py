"""A clipboard's column “photo number”, typed off: a number, an item, Enter, and on to the next line of the paper."""

from enum import Enum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from app.domain.changes import Changes
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.ids import ItemId, VisitId
from app.domain.onsite.photo import PhotoFacts
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.photos_items import comparable, match_item
from ui.widgets.plain_label import PlainLabel

_LONGEST = 12


class Counted(Enum):
    """Which number somebody noted: the one the telephone shows, or the one of the tray."""

    FILE = "file"
    TRAY = "tray"


class NotedNumbers(QWidget):
    """Nothing is asked twice: what is wrong is said below the line, and the number stays to be mended.

    Signals:
        placed: the ``Changes`` of a photo that was put on an item.
    """

    placed = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._checklist: Checklist | None = None
        self.counted = QComboBox()
        self.counted.setAccessibleName(_("Which number was noted"))
        self.counted.addItem(_("Number of the file"), Counted.FILE)
        self.counted.addItem(_("Number of this list"), Counted.TRAY)
        self.number, self.item = QLineEdit(), QLineEdit()
        for edit, name in ((self.number, _("Photo number on the paper")), (self.item, _("Item number on the paper"))):
            edit.setMaxLength(_LONGEST)
            edit.setAccessibleName(name)
            edit.returnPressed.connect(self._on_enter)
            edit.setMinimumWidth(px(Size.SCORE_FIELD))
        self.number.setPlaceholderText(_("Photo"))
        self.item.setPlaceholderText(_("Item"))
        self.put = QPushButton(_("Put on item"))
        self.put.clicked.connect(self._place)
        self.answer = PlainLabel(role="small", is_wrapped=True)
        line = row(self.number, self.item, self.put, gap=Space.HALF)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        title = PlainLabel(_("Typed from paper"), role="muted")
        head = row(title, self.counted, gap=Space.INSIDE)
        head.setStretch(0, 1)
        self.setLayout(column(head, line, self.answer, gap=Space.HALF))
        self.answer.hide()

    def show_checklist(self, checklist: Checklist, *, is_open: bool) -> None:
        """The items there are."""
        self._checklist = checklist
        for part in (self.number, self.item, self.put, self.counted):
            part.setEnabled(is_open)

    def _on_enter(self) -> None:
        if self.number.hasFocus() and not self.item.text().strip():
            self.item.setFocus()
        else:
            self._place()

    def _place(self) -> None:
        number = comparable(self.number.text()).strip()
        found = match_item(self._checklist, self.item.text()) if self._checklist else None
        if not number.isdecimal():
            self._say(_("Type the number of the photo as it stands on the paper."), is_bad=True)
            self.number.setFocus()
        elif found is None:
            self._say(_("Type the number of an item, such as B3."), is_bad=True)
            self.item.setFocus()
        else:
            self._context.workers.run(
                partial(self._write, number, found, self.counted.currentData()),
                lane=Lane.DATABASE,
                is_quiet=True,
                done=self._on_placed,
                failed=self._on_failed,
            )

    def _write(
        self, number: str, item: ItemId, counted: Counted, _progress: Progress
    ) -> tuple[PhotoFacts, ItemId, Changes]:
        photos = self._context.desk.visits.photos
        if counted is Counted.TRAY:
            photo = photos.numbered(self._visit, int(number))
        else:
            photo = photos.noted(self._visit, number)
        return photo, item, photos.bind(self._visit, photo.sha256, item)

    def _on_placed(self, reply: tuple[PhotoFacts, ItemId, Changes]) -> None:
        photo, item, changes = reply
        words = _("Photo {number} ({file}) is on {item}.")
        self._say(words.format(number=photo.number, file=photo.name, item=item), is_bad=False)
        self.number.clear()
        self.item.clear()
        self.number.setFocus()
        self.placed.emit(changes)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserFacingError):
            self._context.workers.failed.emit(error)
            return
        self._say(error.sentence(), is_bad=True)
        self.number.setFocus()
        self.number.selectAll()

    def _say(self, text: str, *, is_bad: bool) -> None:
        self.answer.setText(text)
        set_role(self.answer, "bad" if is_bad else "small")
        self.answer.show()
