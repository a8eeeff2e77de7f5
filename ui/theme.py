"""The look of the running program: fonts from the wheel, a palette and a short style sheet made from tokens.

Widgets that paint themselves ask :func:`look` while they paint; a change of theme reaches them as Qt's
``PaletteChange``, so that nobody has to subscribe to anything.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

from pylopdf_fonts_zh_cn import sans_path, serif_path
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui import tokens
from ui.fusion import FusionStyle
from ui.look import LOOK, Look, look, px
from ui.style_sheet import style_sheet
from ui.tokens import Theme

BASE_FONT_PX: Final = 12  # what a 9-point system font measures at 96 dpi: our 100 %
SMALLEST_SCALE: Final = 1.0
LARGEST_SCALE: Final = 2.0
_DRESSED: Final = "youpin_dressed"

__all__ = ["Look", "apply_theme", "follow_system", "load_fonts", "look", "px", "set_role", "system_scale"]


@cache
def load_fonts() -> tuple[str, ...]:
    """Hand the two font files of the wheel to Qt, once per process; returns their families.

    The files are the same as on paper, so that window and print agree on every machine.
    """
    families: list[str] = []
    for path in (sans_path(), serif_path()):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(families)


def system_scale() -> float:
    """How much larger than usual the person has asked this computer to write."""
    size = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    return min(LARGEST_SCALE, max(SMALLEST_SCALE, size / BASE_FONT_PX))


def apply_theme(application: QApplication, theme: Theme = Theme.SYSTEM, *, scale: float | None = None) -> Look:
    """Dress *application*; may be called again at any time to change the theme while it runs.

    Args:
        application: the one application of this process.
        theme: ``SYSTEM`` asks Qt which scheme the desktop uses now.
        scale: replaces the scale of the system's font.
    """
    families = load_fonts()
    colours = tokens.DARK if _is_dark(application, theme) else tokens.LIGHT
    chosen = Look(theme, colours, system_scale() if scale is None else scale)
    application.setProperty(LOOK, chosen)
    if application.property(_DRESSED) is None:
        application.setProperty(_DRESSED, True)
        application.setStyle(FusionStyle())
    font = chosen.font()
    font.setFamilies([*families, font.defaultFamily()])
    application.setFont(font)
    application.setPalette(_palette(chosen))
    application.setStyleSheet(style_sheet(colours, chosen.px))
    return chosen


def set_role(widget: QWidget, role: str) -> None:
    """Give *widget* one of the roles the style sheet knows: primary, quiet, danger, title, muted, small, page ..."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # otherwise its first polish is still to come
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def follow_system(application: QApplication, chosen: Callable[[], Theme]) -> None:
    """Change sides together with the desktop, as long as *chosen* says ``SYSTEM``."""

    def follow(_scheme: Qt.ColorScheme) -> None:
        if chosen() is Theme.SYSTEM:
            apply_theme(application, Theme.SYSTEM, scale=look().scale)

    application.styleHints().colorSchemeChanged.connect(follow)


def _is_dark(application: QApplication, theme: Theme) -> bool:
    if theme is Theme.SYSTEM:
        return application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return theme is Theme.DARK


def _palette(chosen: Look) -> QPalette:
    role = QPalette.ColorRole
    names = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "window",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.PlaceholderText: "muted",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.Light: "hover",
        role.Midlight: "line",
        role.Mid: "line",
        role.Dark: "line_strong",
        role.Shadow: "line_strong",
        role.Accent: "accent",
    }
    palette = QPalette()
    for key, name in names.items():
        palette.setColor(key, chosen.colour(name))
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, chosen.colour("disabled"))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, chosen.colour("line"))
    return palette
