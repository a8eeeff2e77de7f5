"""Preferences that belong to one desk and travel with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.changes import NOTHING, Changes
from app.i18n import DEFAULT_LANGUAGE, LANGUAGES
from app.services.desk_errors import SettingInvalidError
from app.storage.desk.store import DeskStore

_PREFIX: Final = "preference."
_IDLE: Final = "idle_minutes"
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    _IDLE: tuple(str(minutes) for minutes in range(5, 31)),
    "theme": ("system", "light", "dark"),
    "language": LANGUAGES,
}


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """Everything that can be chosen."""

    idle_minutes: int = 15
    theme: str = "system"
    language: str = DEFAULT_LANGUAGE


class DeskSettingsService:
    """Read and change preferences."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def all(self) -> DeskSettings:
        """What is chosen, or what holds where nothing was."""
        standard = DeskSettings()
        with self._store.reading() as work:
            chosen = {name: work.desk.setting(_PREFIX + name) for name in _CHOICES}
        return DeskSettings(
            int(chosen[_IDLE] or standard.idle_minutes),
            chosen["theme"] or standard.theme,
            chosen["language"] or standard.language,
        )

    def change(self, name: str, value: str) -> Changes:
        """Choose *value* for *name*.

        Raises:
            SettingInvalidError: there is no such choice.
        """
        if value not in _CHOICES.get(name, ()):
            raise SettingInvalidError(name=name)
        with self._store.writing() as work:
            work.desk.save_setting(_PREFIX + name, value)
            work.commit(f"{name}={value}".encode())
        return NOTHING
