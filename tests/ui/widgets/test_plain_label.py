"""Strangers' words on the screen."""

import pytest
from PySide6.QtCore import Qt

from ui.plain import LONGEST, plain, plain_tool_tip
from ui.widgets.plain_label import PlainLabel

HOSTILE = ["<img src='/etc/passwd'>", "<b>x</b>", "\\\\host\\share", "javascript:alert(1)", "&lt;i&gt;"]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_as_it_is_and_opens_nothing(qtbot, text: str) -> None:
    label = PlainLabel(text)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == text
    label.resize(30, 20)
    label.show()
    tip = label.toolTip()
    assert tip.startswith("<p style=")
    assert "<img" not in tip
    assert "<b>" not in tip


def test_characters_that_mislead_are_shown_as_signs() -> None:
    assert plain("gpj.\u202etxt\0\x1b\u2066") == "gpj.�txt���"
    assert plain("one\ttwo\nthree") == "one\ttwo\nthree"


def test_a_megabyte_is_cut() -> None:
    assert len(plain("长" * 1_000_000)) == LONGEST + 1
    assert plain("abc", 3) == "abc"


def test_a_line_that_fits_has_no_tool_tip(qtbot) -> None:
    label = PlainLabel("short")
    qtbot.addWidget(label)
    label.resize(400, 20)
    label.show()
    assert label.toolTip() == ""


def test_a_line_that_is_too_long_ends_in_an_ellipsis_and_tells_the_rest(qtbot) -> None:
    label = PlainLabel("很长的单位名称" * 20)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    cut = label.grab().toImage()
    assert "很长的单位名称" in label.toolTip()
    label.setText("短")
    assert label.toolTip() == ""
    assert label.grab().toImage() != cut


def test_an_empty_text_has_no_tool_tip() -> None:
    assert plain_tool_tip("") == ""
