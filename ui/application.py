"""The one Qt application of the window: name, look, fonts, Qt's own words in our language."""

import sys

from PySide6.QtWidgets import QApplication

from app.i18n import _
from ui.enter_key import press_with_enter
from ui.language import speak_as_before
from ui.remembered import Remembered
from ui.theme import apply_theme, follow_system
from ui.tokens import Theme


def make_application() -> QApplication:
    """The one application of this process."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application runs in this process")
    speak_as_before(application, Remembered())
    application.setApplicationName("YoupinReview")
    application.setApplicationDisplayName(_("Youpin Review"))
    apply_theme(application, _theme())
    follow_system(application, _theme)
    press_with_enter(application)
    return application


def _theme() -> Theme:
    return Remembered().choice("theme", Theme.SYSTEM)
