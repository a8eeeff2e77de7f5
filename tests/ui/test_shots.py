"""Pictures of what was built."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ui.shots import shoot, shoot_in_child
from ui.tokens import Theme


def test_a_widget_is_drawn_at_the_size_of_a_small_laptop(qtbot, tmp_path: Path) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    shoot(widget, tmp_path / "评审 资料(1)" / "one.png", settle_ms=0)
    assert QImage(str(tmp_path / "评审 资料(1)" / "one.png")).size() == QSize(1366, 690)


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_at_150_per_cent_the_same_laptop_has_room_for_less(tmp_path: Path, theme: Theme) -> None:
    shoot_in_child("PySide6.QtWidgets:QWidget", tmp_path / "large.png", theme=theme, scale=1.5)
    picture = QImage(str(tmp_path / "large.png"))
    assert picture.width() == pytest.approx(1366, abs=2)
    assert (picture.pixelColor(5, 5).lightness() < 128) == (theme is Theme.DARK)
