"""Where windows, splitters and columns stood last time, in a settings file of this person.

Names are fixed words of the program and values are numbers, so that no dossier, applicant or file can ever get in.
"""

import re
from base64 import b64decode, b64encode
from enum import StrEnum
from typing import Final, TypeVar

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QSettings
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from app.paths import settings_folder

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}(\.[a-z][a-z0-9_]{0,31}){0,3}")
C = TypeVar("C", bound=StrEnum)


class Remembered(QObject):
    """A small ini file; what cannot be read is as if it had never been written."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = settings_folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat, self)

    def geometry(self, window: QWidget, name: str) -> bool:
        """Put *window* where it was; whether that was known."""
        state = self._bytes(f"geometry.{name}")
        return state is not None and window.restoreGeometry(state)

    def keep_geometry(self, window: QWidget, name: str) -> None:
        self._keep_bytes(f"geometry.{name}", window.saveGeometry())

    def splitter(self, splitter: QSplitter, name: str) -> bool:
        """Put the handles where they were, and keep them whenever they are moved; whether they were known."""
        state = self._bytes(f"splitter.{name}")
        is_known = state is not None and splitter.restoreState(state)
        keeper = _Keeper(self, splitter, f"splitter.{name}")
        splitter.splitterMoved.connect(keeper.keep_splitter)
        return is_known

    def header(self, header: QHeaderView, name: str) -> bool:
        """Columns as wide and in the order they were, and kept from now on; whether they were known."""
        state = self._bytes(f"columns.{name}")
        is_known = state is not None and header.restoreState(state)
        keeper = _Keeper(self, header, f"columns.{name}")
        header.sectionResized.connect(keeper.keep_header)
        header.sectionMoved.connect(keeper.keep_header)
        header.sortIndicatorChanged.connect(keeper.keep_header)
        return is_known

    def number(self, name: str, default: int) -> int:
        """A number that was kept under *name*."""
        value = self._settings.value(self._checked(f"number.{name}"))
        try:
            return int(str(value))
        except ValueError:
            return default

    def keep_number(self, name: str, value: int) -> None:
        self._settings.setValue(self._checked(f"number.{name}"), int(value))

    def choice(self, name: str, default: C) -> C:
        """A word of a closed list, *default* where none or an unknown one was kept."""
        try:
            return type(default)(str(self._settings.value(self._checked(f"choice.{name}"))))
        except ValueError:
            return default

    def keep_choice(self, name: str, value: StrEnum) -> None:
        self._settings.setValue(self._checked(f"choice.{name}"), value.value)

    def keep_bytes(self, name: str, state: QByteArray) -> None:
        """What Qt gives for a splitter or a header: positions only."""
        self._keep_bytes(name, state)

    def _bytes(self, name: str) -> QByteArray | None:
        value = self._settings.value(self._checked(name))
        try:
            return QByteArray(b64decode(value, validate=True)) if isinstance(value, str) else None
        except ValueError:
            return None

    def _keep_bytes(self, name: str, state: QByteArray) -> None:
        self._settings.setValue(self._checked(name), b64encode(state.data()).decode("ascii"))

    @staticmethod
    def _checked(name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError("a remembered thing is named by a fixed word of the program")
        return name.replace(".", "/", 1)


class _Keeper(QObject):
    """Lives as long as the widget it watches."""

    def __init__(self, remembered: Remembered, widget: QSplitter | QHeaderView, name: str) -> None:
        super().__init__(widget)
        self._remembered, self._widget, self._name = remembered, widget, name

    def keep_splitter(self) -> None:
        self._remembered.keep_bytes(self._name, self._widget.saveState())

    def keep_header(self) -> None:
        # Columns that share the room move once more while their window is taken apart.
        if shiboken6.isValid(self._widget):
            self._remembered.keep_bytes(self._name, self._widget.saveState())
