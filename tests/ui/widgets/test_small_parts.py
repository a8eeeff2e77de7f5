"""Field for filters, chips, states, empty places, passphrases, radar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from ui.state import State, Tone
from ui.widgets.empty_state import EmptyState
from ui.widgets.filter_chips import ChipCount, FilterChips
from ui.widgets.filter_edit import FilterEdit
from ui.widgets.passphrase_edit import PassphraseEdit, Strength
from ui.widgets.radar import Radar, RadarAxis
from ui.widgets.state_chip import StateChip

KEY = Qt.Key


def test_a_filter_is_told_after_a_pause_and_at_once_on_enter(qtbot) -> None:
    field = FilterEdit("")
    qtbot.addWidget(field)
    told: list[str] = []
    field.filter_changed.connect(told.append)
    qtbot.keyClicks(field, "abc")
    assert told == []
    field._timer.timeout.emit()
    qtbot.keyClicks(field, "d")
    qtbot.keyClick(field, KEY.Key_Return)
    qtbot.keyClick(field, KEY.Key_Return)
    assert told == ["abc", "abcd"]


def test_escape_empties_a_filter_and_arrow_down_goes_to_the_list(qtbot) -> None:
    field = FilterEdit("")
    qtbot.addWidget(field)
    told: list[str] = []
    field.filter_changed.connect(told.append)
    qtbot.keyClicks(field, "abc")
    with qtbot.waitSignal(field.left_downwards):
        qtbot.keyClick(field, KEY.Key_Down)
    qtbot.keyClick(field, KEY.Key_Escape)
    assert told == ["abc", ""]


def test_chips_filter_and_stay_pressed_when_counts_change(qtbot) -> None:
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.show_counts([ChipCount(key, State("✓", key), 3) for key in ("new", "held", "refused")])
    with qtbot.waitSignal(chips.chosen_changed) as changed:
        chips._buttons["held"].click()
    assert changed.args == [frozenset({"held"})]
    with qtbot.assertNotEmitted(chips.chosen_changed):
        chips.show_counts([ChipCount(key, State("✓", key), 4) for key in ("new", "held")])
    assert chips.chosen() == {"held"}
    assert "4" in chips._buttons["held"].text()
    with qtbot.waitSignal(chips.chosen_changed) as changed:
        chips.show_counts([ChipCount("new", State("✓", "new"), 1)])
    assert changed.args == [frozenset()]


@pytest.mark.parametrize("tone", Tone)
def test_a_state_has_a_name_that_can_be_heard(qtbot, tone: Tone) -> None:
    chip = StateChip(State("!", "缺材料", tone))
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    assert chip.accessibleName() == "缺材料"
    assert not chip.grab().isNull()


def test_an_empty_place_offers_the_one_next_step(qtbot) -> None:
    triggered: list[str] = []
    action = QAction("")
    action.triggered.connect(lambda: triggered.append("done"))
    place = EmptyState("", "", action=action)
    qtbot.addWidget(place)
    place._button.click()
    assert triggered == ["done"]
    place.say("", "")
    assert place._button.isHidden()


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def passphrase(qtbot, asked: list[str]) -> PassphraseEdit:
    def strength(text: str) -> Strength:
        asked.append(text)
        return Strength(min(4, len(text) // 3), "longer")

    edit = PassphraseEdit(strength)
    qtbot.addWidget(edit)
    edit.show()
    return edit


def test_a_passphrase_is_hidden_until_asked(qtbot, passphrase: PassphraseEdit) -> None:
    qtbot.keyClicks(passphrase._edit, "correct horse")
    assert passphrase._edit.displayText() == "●" * 13
    passphrase._show.click()
    assert passphrase._edit.displayText() == "correct horse"
    passphrase.clear()
    assert passphrase.passphrase() == ""
    assert passphrase._edit.echoMode() is QLineEdit.EchoMode.Password


def test_strength_is_asked_once_after_a_pause(qtbot, passphrase: PassphraseEdit, asked: list[str]) -> None:
    qtbot.keyClicks(passphrase._edit, "correct")
    passphrase._timer.timeout.emit()
    assert asked == ["correct"]
    assert passphrase.strength() == Strength(2, "longer")
    assert passphrase._advice.text() == "longer"
    passphrase.clear()
    passphrase._timer.timeout.emit()
    assert passphrase.strength() is None


def test_enter_hands_a_passphrase_over_and_an_empty_one_not(qtbot, passphrase: PassphraseEdit) -> None:
    with qtbot.assertNotEmitted(passphrase.submitted):
        qtbot.keyClick(passphrase._edit, KEY.Key_Return)
    qtbot.keyClicks(passphrase._edit, "x")
    with qtbot.waitSignal(passphrase.submitted):
        qtbot.keyClick(passphrase._edit, KEY.Key_Return)


def test_a_passphrase_never_shows_in_repr(qtbot, passphrase: PassphraseEdit) -> None:
    qtbot.keyClicks(passphrase._edit, "hunter2hunter2")
    assert "hunter2" not in repr(passphrase)


@pytest.mark.parametrize("level", [-1, 5])
def test_a_strength_has_five_levels(level: int) -> None:
    with pytest.raises(ValueError, match="0 to 4"):
        Strength(level)


def test_the_radar_says_its_values_and_paints_gaps(qtbot, english) -> None:
    chart = Radar()
    qtbot.addWidget(chart)
    chart.resize(chart.sizeHint())
    axes = [RadarAxis(name, 0.5, "80/160") for name in "ABCDEF"]
    chart.show_axes(axes)
    whole = chart.grab().toImage()
    chart.show_axes([*axes[:5], RadarAxis("F", None, "")])
    assert chart.accessibleDescription().endswith("E 80/160; F no value")
    assert chart.grab().toImage() != whole
    chart.show_axes([])
    assert not chart.grab().isNull()


def test_a_low_radar_keeps_its_names_and_leaves_out_the_figures(qtbot) -> None:
    chart = Radar()
    qtbot.addWidget(chart)
    for text in ("80/160", "1/2"):
        chart.show_axes([RadarAxis(name, 0.5, text) for name in "ABCDEF"])
        chart.resize(260, 120)
        low = chart.grab().toImage()
        chart.resize(300, 240)
        high = chart.grab().toImage()
        if text == "80/160":
            before = low, high
    assert low == before[0]
    assert high != before[1]
