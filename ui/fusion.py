"""Qt's Fusion style with boxes to tick that can be seen on a dark window, and choices that the wheel leaves alone."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from ui.look import look

_TICK = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))


class FusionStyle(QProxyStyle):
    """Draws the indicators of check boxes and radio buttons in our tokens; leaves everything else to Fusion."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if element is QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            self._draw(option, painter, is_round=False)
        elif element is QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            self._draw(option, painter, is_round=True)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        """The wheel scrolls the page: what it passes over on the way must not be chosen anew, unseen."""
        if hint is QStyle.StyleHint.SH_ComboBox_AllowWheelScrolling:
            return 0
        return super().styleHint(hint, option, widget, returned)

    @staticmethod
    def _draw(option: QStyleOption, painter: QPainter, *, is_round: bool) -> None:
        is_on = bool(option.state & QStyle.StateFlag.State_On)
        is_enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        side = min(option.rect.width(), option.rect.height()) - 1.0
        box = QRectF(option.rect.left() + 0.5, option.rect.top() + 0.5, side, side)
        edge = "accent" if (is_on or has_focus) and is_enabled else "line_strong" if is_enabled else "line"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour(edge), 2 if has_focus else 1))
        ground = "accent" if is_on and is_enabled and not is_round else "surface"
        painter.setBrush(look().colour(ground))
        corner = side / 2 if is_round else 3
        painter.drawRoundedRect(box, corner, corner)
        if is_on and is_round:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent" if is_enabled else "disabled"))
            painter.drawEllipse(box.center(), side / 4, side / 4)
        elif is_on:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look().colour("on_accent" if is_enabled else "disabled"), 2))
            points = [QPointF(box.left() + x * side, box.top() + y * side) for x, y in _TICK]
            painter.drawPolyline(QPolygonF(points))
        painter.restore()
