"""The photographs of one item: how many, small pictures of them, and taking more in right here."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QFileDialog, QPushButton, QToolButton, QWidget

from app.domain.changes import NOTHING, Changes
from app.domain.ids import Sha256
from app.domain.onsite.checklist import ChecklistItem
from app.domain.onsite.ids import ItemId, MemberId, VisitId
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.icons import Icon, icon
from ui.layouts import row
from ui.message import Gravity, Message
from ui.theme import px
from ui.tokens import Size, Space
from ui.visit.photos_thumbs import PhotoThumbs, ThumbKey

_MOST: Final = 6
_PICTURES: Final = "*.jpg *.jpeg *.png *.webp *.heic *.heif"


class ItemPhotos(QWidget):
    """One row.

    Signals:
        wanted: the photographs of the visit.
        message_raised: what became of the files.
    """

    wanted = Signal()
    message_raised = Signal(object)

    def __init__(
        self, context: DeskContext, visit: VisitId, thumbs: PhotoThumbs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._visit, self._thumbs = context, visit, thumbs
        self._item: ItemId | None = None
        self._author: MemberId | None = None
        self._photos: tuple[Sha256, ...] = ()
        self._side = Size.TOUCH_ROW
        self.take = QPushButton(icon(Icon.CAMERA), _("Add photos"))
        self.all = QPushButton()
        self._strip = [QToolButton() for _n in range(_MOST)]
        for button in self._strip:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self.wanted)
        self.setLayout(row(self.take, self.all, *self._strip, None, gap=Space.HALF))
        self.take.clicked.connect(self._on_take)
        self.all.clicked.connect(self.wanted)
        thumbs.ready.connect(self._on_ready)

    def show_item(self, sheet: VisitSheet, item: ChecklistItem, author: MemberId | None) -> None:
        """The photos on *item*; those that are taken in here are *author*'s."""
        self._item, self._author = item.id, author
        self._photos = tuple(one.photo.sha256 for one in sheet.photos if item.id in one.items)
        count = len(self._photos)
        self.all.setText(ngettext("{count} photo", "{count} photos", count).format(count=count))
        self.all.setAccessibleName(_("Photos of this item: {count}").format(count=count))
        self.take.setVisible(sheet.result is None)
        self._thumbs.want([ThumbKey(one, px(self._side)) for one in self._photos[:_MOST]], who="item")
        self._paint()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take *paths* in and put them on this item."""
        if self._item is not None and paths:
            self._context.workers.run(
                partial(self._take, tuple(paths), item=self._item, author=self._author),
                title=_("Taking photos in"),
                done=self._on_taken,
            )

    def _take(
        self, paths: tuple[Path, ...], progress: Progress, *, item: ItemId, author: MemberId | None
    ) -> tuple[Changes, int, tuple[str, ...]]:
        photos = self._context.desk.visits.photos
        taken = photos.take(self._visit, paths, author=author, progress=progress)
        changes: Changes = NOTHING
        bound = 0
        for one in taken.photos:
            if one.photo is not None:
                changes = changes | photos.bind(self._visit, one.photo.sha256, item)
                bound += 1
        return changes, bound, tuple(one.sentence for one in taken.photos if one.sentence)

    def _on_taken(self, reply: object) -> None:
        if not isinstance(reply, tuple):
            return
        changes, bound, refused = reply
        if changes:
            self._context.hub.publish(changes, by=self)
        words = ngettext("{count} photo is on the item.", "{count} photos are on the item.", bound).format(count=bound)
        sentence = " ".join((words, *refused))
        gravity = Gravity.WARN if refused else Gravity.GOOD
        self.message_raised.emit(Message(sentence, gravity, key="item-photos"))

    def _on_take(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        paths, _kind = QFileDialog.getOpenFileNames(self, _("Photos of this item"), folder, f"*.* ({_PICTURES})")
        self.take_files([Path(path) for path in paths])

    def _on_ready(self, key: ThumbKey) -> None:
        if key.photo in self._photos[:_MOST]:
            self._paint()

    def _paint(self) -> None:
        for place, button in enumerate(self._strip):
            image = None
            if place < len(self._photos):
                image = self._thumbs.image(ThumbKey(self._photos[place], px(self._side)))
                button.setAccessibleName(_("Photo {number} of this item").format(number=place + 1))
            button.setVisible(place < len(self._photos))
            button.setIcon(QIcon(QPixmap.fromImage(image)) if image is not None else icon(Icon.PICTURE))
            button.setIconSize(QSize(px(self._side), px(self._side)) - QSize(px(Space.BETWEEN), px(Space.BETWEEN)))
