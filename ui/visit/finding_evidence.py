"""What a finding rests on: records and photos of its item to tick, and those of other items on demand."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.domain.ids import Sha256
from app.domain.onsite.ids import EntryId, ItemId
from app.domain.onsite.record import RecordState
from app.i18n import _, ngettext
from app.services.visit_sheet import VisitSheet
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import px
from ui.tokens import Size, Space
from ui.visit.meeting_parts import name_of
from ui.visit.photos_lines import clock_words, items_words, photo_numbers
from ui.visit.photos_thumbs import PhotoThumbs, ThumbKey
from ui.widgets.plain_label import PlainLabel

_KEY: Final = Qt.ItemDataRole.UserRole
_LONGEST: Final = 120
_MOST_PICTURES: Final = 60
_SEEN: Final = 3  # lines without scrolling


class FindingEvidence(QWidget):
    """Ticks survive whatever is listed.

    Signals:
        changed: other evidence is ticked.
    """

    changed = Signal()

    def __init__(self, thumbs: PhotoThumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbs = thumbs
        self._sheet: VisitSheet | None = None
        self._item: ItemId | None = None
        self._records: frozenset[EntryId] = frozenset()
        self._photos: frozenset[Sha256] = frozenset()
        self.title = PlainLabel(role="muted")
        self.everything = QCheckBox(_("Also of other items"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Evidence of the finding"))
        self.list.setIconSize(QSize(px(Size.ROW), px(Size.ROW)))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(px(Size.ROW) * _SEEN)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        head = row(self.title, self.everything, gap=Space.INSIDE)
        head.setStretchFactor(self.title, 1)
        layout = column(head, self.list, gap=Space.HALF)
        layout.setStretchFactor(self.list, 1)
        self.setLayout(layout)
        self.everything.toggled.connect(self._list)
        self.list.itemChanged.connect(self._on_changed)
        thumbs.ready.connect(self._on_ready)

    def show_evidence(
        self, sheet: VisitSheet, item: ItemId | None, *, records: Iterable[EntryId], photos: Iterable[Sha256]
    ) -> None:
        """What there is for *item*, with *records* and *photos* ticked."""
        self._sheet, self._item = sheet, item
        self._records, self._photos = frozenset(records), frozenset(photos)
        self._list()

    def records(self) -> tuple[EntryId, ...]:
        """Ticked records, in the order of the visit."""
        return tuple(one.id for one in self._sheet.records if one.id in self._records) if self._sheet else ()

    def photos(self) -> tuple[Sha256, ...]:
        """Ticked photos, in the order they were taken."""
        listed = self._sheet.photos if self._sheet else ()
        return tuple(one.photo.sha256 for one in listed if one.photo.sha256 in self._photos)

    def _list(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        is_all = self.everything.isChecked()
        self.list.blockSignals(True)
        self.list.clear()
        for record in sheet.records:
            is_ticked = record.id in self._records
            if record.state is not RecordState.WITHDRAWN and (is_all or is_ticked or record.item == self._item):
                words = _("Record {item}, {name}: {seen}").format(
                    item=record.item, name=name_of(sheet, record.author), seen=record.seen
                )
                self._add(words, record.id, is_ticked=is_ticked)
        keys, numbers = [], photo_numbers(sheet)
        for tray in sheet.photos:
            photo, is_ticked = tray.photo, tray.photo.sha256 in self._photos
            if is_all or is_ticked or self._item in tray.items:
                at = clock_words(photo.taken_at) if photo.taken_at else _("no time")
                words = _("Photo {number}, {time}").format(number=numbers[photo.sha256], time=at)
                if tray.items:
                    words = f"{words} · {items_words(tray.items)}"
                self._add(words, photo.sha256, is_ticked=is_ticked)
                keys.append(self._key(photo.sha256))
        self.list.blockSignals(False)
        self._thumbs.want(keys[:_MOST_PICTURES], who="evidence")
        for key in keys[:_MOST_PICTURES]:
            self._show_picture(key)
        self._count()

    def _add(self, words: str, key: str, *, is_ticked: bool) -> None:
        line = QListWidgetItem(plain(words.replace("\n", " "), _LONGEST))
        line.setData(_KEY, key)
        line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        line.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        self.list.addItem(line)

    def _count(self) -> None:
        count = len(self.records()) + len(self.photos())
        words = ngettext("Evidence: {count} ticked", "Evidence: {count} ticked", count).format(count=count)
        if not self.list.count():
            words = _("Evidence: no record and no photo of this item yet")
        self.title.setText(words)

    def _on_changed(self, line: QListWidgetItem) -> None:
        key, is_on = str(line.data(_KEY)), line.checkState() is Qt.CheckState.Checked
        if self._sheet and key in {one.id for one in self._sheet.records}:
            entry = frozenset({EntryId(key)})
            self._records = self._records | entry if is_on else self._records - entry
        else:
            photo = frozenset({Sha256(key)})
            self._photos = self._photos | photo if is_on else self._photos - photo
        self._count()
        self.changed.emit()

    def _key(self, photo: Sha256) -> ThumbKey:
        return ThumbKey(photo, round(px(Size.THUMBNAIL) * self.devicePixelRatioF()))

    def _on_ready(self, key: ThumbKey) -> None:
        if self.isVisible():
            self._show_picture(key)

    def _show_picture(self, key: ThumbKey) -> None:
        image = self._thumbs.image(key)
        if image is None:
            return
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            line = self.list.item(place)
            if line.data(_KEY) == key.photo and line.icon().isNull():
                line.setIcon(QIcon(QPixmap.fromImage(image)))
        self.list.blockSignals(False)
