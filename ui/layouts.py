"""Columns and rows on the 4-px grid, so that no screen counts pixels."""

from typing import Final, TypeVar

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme import px, set_role
from ui.tokens import Size, Space

STRETCH: Final = None
L = TypeVar("L", bound=QBoxLayout)


def column(*parts: QWidget | QLayout | None, margin: int = 0, gap: int = Space.INSIDE) -> QVBoxLayout:
    """Parts below each other; ``None`` takes the room that is left."""
    return _filled(QVBoxLayout(), parts, margin, gap=gap)


def row(*parts: QWidget | QLayout | None, margin: int = 0, gap: int = Space.INSIDE) -> QHBoxLayout:
    """Parts beside each other; ``None`` takes the room that is left."""
    return _filled(QHBoxLayout(), parts, margin, gap=gap)


def hairline(*, is_vertical: bool = False) -> QFrame:
    """One line of one pixel between two things."""
    line = QFrame()
    set_role(line, "line")
    if is_vertical:
        line.setFixedWidth(Space.HAIR)
    else:
        line.setFixedHeight(Space.HAIR)
    return line


def row_height() -> int:
    """Height of one line of a list."""
    return px(Size.ROW)


def _filled(layout: L, parts: tuple[QWidget | QLayout | None, ...], margin: int, *, gap: int) -> L:
    layout.setContentsMargins(*(px(margin),) * 4)
    layout.setSpacing(px(gap))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout
