"""The language somebody chose: of this computer before a desk is open, of the desk once it is.

``YOUPIN_LANGUAGE`` outranks both.
"""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.i18n import choose_language, chosen_language
from ui.remembered import Remembered

_NAME: Final = "language"


class Language(StrEnum):
    """What can be chosen; the value is the name of its catalogue."""

    CHINESE = "zh_CN"
    ENGLISH = "en"


def speak_as_before(application: QApplication, remembered: Remembered) -> None:
    """Begin in the language that was chosen here last."""
    _speak(application, remembered.choice(_NAME, Language.CHINESE))


def speak_as_chosen(application: QApplication, remembered: Remembered, language: str) -> None:
    """Go on in the *language* of the desk that was just opened, and begin in it the next time."""
    chosen = Language(language)
    remembered.keep_choice(_NAME, chosen)
    _speak(application, chosen)


def keep_language(remembered: Remembered, language: str) -> None:
    """Begin in *language* from the next start on."""
    remembered.keep_choice(_NAME, Language(language))


def _speak(application: QApplication, language: Language) -> None:
    choose_language(language.value)
    for before in application.findChildren(QTranslator, _NAME):
        application.removeTranslator(before)
        before.deleteLater()
    qt_words = QTranslator(application)
    qt_words.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt_words.load(QLocale(chosen_language()), "qtbase", "_", folder):
        application.installTranslator(qt_words)
