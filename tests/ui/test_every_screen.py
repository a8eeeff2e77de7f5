"""Every screen, walked: names for a screen reader, the keyboard alone, and larger letters in both languages."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui import screen_checks as checks
from tests.ui.walking import walk

AS_SHIPPED = ("zh_CN", 1.0)
LOOKS = [(language, scale) for language in ("zh_CN", "en") for scale in (1.0, 1.25, 1.5, 2.0)]
FEWEST_SCREENS = 23


@dataclass
class Walked:
    """What was found, each line with the screen it was found on."""

    screens: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    keyboard: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)


_WALKED: dict[tuple[str, float], Walked] = {}


def walked(bot: QtBot, language: str, scale: float) -> Walked:
    """One walk; the keyboard and the names do not change with the size of letters."""
    if (language, scale) in _WALKED:
        return _WALKED[language, scale]
    found = _WALKED[language, scale] = Walked()

    def visit(name: str, window: QWidget) -> None:
        found.screens.append(name)
        found.cut += [f"{name}: {one}" for one in checks.cut(window)]
        if scale == 1.0:
            found.unnamed += [f"{name}: {one}" for one in checks.unnamed(window)]
            found.keys += [f"{name}: {one}" for one in checks.ambiguous(window)]
            if language == "zh_CN":
                found.keyboard += [f"{name}: {one}" for one in checks.unreachable(window)]

    walk(bot, visit, language=language, scale=scale)
    return found


def test_no_screen_is_left_out(qtbot: QtBot) -> None:
    screens = walked(qtbot, *AS_SHIPPED).screens
    assert len(screens) == len(set(screens)) >= FEWEST_SCREENS


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_control_has_a_name_of_its_own_for_a_screen_reader(qtbot: QtBot, language: str) -> None:
    _none(walked(qtbot, language, 1.0).unnamed)


def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(qtbot: QtBot) -> None:
    _none(walked(qtbot, *AS_SHIPPED).keyboard)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_two_things_on_a_screen_claim_the_same_keys(qtbot: QtBot, language: str) -> None:
    _none(walked(qtbot, language, 1.0).keys)


@pytest.mark.parametrize(("language", "scale"), LOOKS)
def test_no_words_are_cut_where_they_must_be_whole(qtbot: QtBot, language: str, scale: float) -> None:
    _none(walked(qtbot, language, scale).cut)


def _none(findings: list[str]) -> None:
    assert not findings, "\n".join(findings)
