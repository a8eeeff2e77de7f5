"""The colours and the scale that hold right now, for everybody who paints."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from ui import tokens
from ui.tokens import Colours, Theme, Type

LOOK: Final = "youpin_look"  # the property of the application that holds the Look


@dataclass(frozen=True, slots=True)
class Look:
    """The chosen colours and the scale of everything."""

    theme: Theme
    colours: Colours
    scale: float

    def px(self, size: int) -> int:
        """*size* at 100 %, in pixels of this computer."""
        return round(size * self.scale)

    def colour(self, name: str) -> QColor:
        """A token of :class:`Colours` by its name, or a hex value from ``dimensions``."""
        return QColor(name if name.startswith("#") else getattr(self.colours, name))

    def font(self, size: Type = Type.BODY, *, serif: bool = False) -> QFont:
        """The window's font, or the reading font; figures have one width."""
        font = QFont(tokens.SERIF if serif else tokens.SANS)
        font.setPixelSize(self.px(size))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


def look() -> Look:
    """The look of the running application; light at 100 % until one was applied."""
    application = QApplication.instance()
    chosen = application.property(LOOK) if application else None
    return chosen if isinstance(chosen, Look) else Look(Theme.LIGHT, tokens.LIGHT, 1.0)


def px(size: int) -> int:
    """*size* at 100 %, in pixels of this computer."""
    return look().px(size)
