"""How one photograph of the grid is painted: the picture, its number and time, the items it is on, one remark."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.i18n import _
from ui.plain import plain
from ui.state import State
from ui.theme import look, px
from ui.tokens import Size, Space, Type
from ui.viewing.thumbnails import Index
from ui.visit.photos_lines import Flag, PhotoLine, clock_words, items_words
from ui.visit.photos_thumbs import PhotoThumbs, ThumbKey

_QUIET: Final = (Flag.LOOSE, Flag.SEVERAL)  # told by the line below the picture


def cell_size() -> QSize:
    """Size of one photo with its two lines of words."""
    side = px(Size.THUMBNAIL) + 2 * px(Space.INSIDE)
    return QSize(side, side + 2 * _line_height())


def _line_height() -> int:
    return round(px(Type.SMALL) * 1.5)


class PhotoDelegate(QStyledItemDelegate):
    """Paints what the cache holds, and an empty ground until it does."""

    def __init__(self, thumbs: PhotoThumbs, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbs = thumbs

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return cell_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(line, PhotoLine):
            return
        painter.save()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option, is_chosen=is_chosen)
        gap, side = px(Space.INSIDE), px(Size.THUMBNAIL)
        square = QRect(option.rect.left() + gap, option.rect.top() + gap, side, side)
        self._paint_picture(painter, square, line)
        remarks = [flag for flag in line.flags if flag not in _QUIET]
        if remarks:
            _paint_tag(painter, square, remarks[0].state)
        self._paint_words(painter, square, line)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, is_chosen: bool) -> None:
        if is_chosen:
            painter.fillRect(option.rect, look().colour("accent_soft"))
        if option.state & QStyle.StateFlag.State_HasFocus or is_chosen:
            painter.setPen(look().colour("accent"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.drawRect(option.rect.adjusted(1, 1, -2, -2))

    def _paint_picture(self, painter: QPainter, square: QRect, line: PhotoLine) -> None:
        ratio = painter.device().devicePixelRatioF()
        key = ThumbKey(line.sha256, round(square.width() * ratio))
        image = self._thumbs.image(key)
        if image is None:
            painter.fillRect(square, look().colour("sunken"))
            if self._thumbs.failure(key) is not None:
                painter.setFont(look().font(Type.SMALL))
                painter.setPen(look().colour("bad"))
                flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
                painter.drawText(square, flags, _("cannot be shown"))
            return
        size = image.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(square.topLeft(), size)
        place.moveCenter(square.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)

    def _paint_words(self, painter: QPainter, square: QRect, line: PhotoLine) -> None:
        height = _line_height()
        above = QRect(square.left(), square.bottom() + px(Space.HALF), square.width(), height)
        below = above.translated(0, height)
        painter.setFont(look().font(Type.SMALL))
        painter.setPen(look().colour("text"))
        painter.drawText(above, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), line.number)
        if line.photo.taken_at is not None:
            painter.setPen(look().colour("muted"))
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(above, flags, clock_words(line.photo.taken_at))
        state = Flag.LOOSE.state
        words = items_words(line.tray.items) if line.tray.items else ""
        if not words and Flag.LOOSE in line.flags:
            words = f"{state.sign} {state.word}"
        painter.setPen(look().colour("accent" if line.tray.items else "muted"))
        shown = painter.fontMetrics().elidedText(plain(words), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def _paint_tag(painter: QPainter, square: QRect, state: State) -> None:
    """One remark over the lower edge of the picture, on its own ground, so that it is read on any picture."""
    painter.setFont(look().font(Type.SMALL))
    words = f"{state.sign} {state.word}"
    gap = px(Space.HALF)
    room = square.width() - 2 * gap
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    width = painter.fontMetrics().horizontalAdvance(shown) + 2 * gap
    tag = QRect(square.left(), square.bottom() - _line_height() + 1, min(width, square.width()), _line_height())
    soft = "sunken" if state.tone.value == "muted" else f"{state.tone.value}_soft"
    painter.fillRect(tag, look().colour(soft))
    painter.setPen(look().colour(state.tone.value))
    painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), shown)
