"""Every screen, walked: names for a screen reader, the keyboard alone, and larger letters in both languages."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui import screen_checks as checks
from tests.ui.walking import walk

LOOKS = [(language, scale) for language in ("zh_CN", "en") for scale in (1.0, 1.25, 1.5, 2.0)]
FEWEST_SCREENS = 23


@pytest.mark.parametrize(("language", "scale"), LOOKS)
def test_every_screen_is_named_reached_and_whole(qtbot: QtBot, language: str, scale: float) -> None:
    """One walk a look, for each takes its time; names and the keyboard do not change with the size of letters."""
    screens: list[str] = []
    found: list[str] = []

    def visit(name: str, window: QWidget) -> None:
        screens.append(name)
        kinds = [checks.cut]
        if scale == 1.0:
            kinds += [checks.unnamed, checks.ambiguous]
        if (language, scale) == LOOKS[0]:
            kinds.append(checks.unreachable)
        found.extend(f"{name}: {one}" for kind in kinds for one in kind(window))

    walk(qtbot, visit, language=language, scale=scale)
    assert not found, "\n".join(found)
    assert len(screens) == len(set(screens)) >= FEWEST_SCREENS
