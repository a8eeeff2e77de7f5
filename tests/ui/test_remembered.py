"""Where windows stood, and nothing else."""

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QSplitter, QTableWidget, QWidget

from app.paths import settings_folder
from ui.remembered import Remembered, _Keeper
from ui.tokens import Theme


@pytest.fixture
def remembered(qapp) -> Remembered:
    return Remembered()


def test_a_window_comes_back_as_large_as_it_was(qtbot, remembered: Remembered) -> None:
    first, second = QWidget(), QWidget()
    for window in (first, second):
        qtbot.addWidget(window)
    assert not remembered.geometry(second, "test_never_kept")
    first.resize(432, 321)
    remembered.keep_geometry(first, "test_window")
    assert remembered.geometry(second, "test_window")
    assert (second.width(), second.height()) == (432, 321)


def test_a_splitter_is_kept_whenever_it_is_moved(qtbot, remembered: Remembered) -> None:
    for expected in (False, True):
        splitter = QSplitter()
        qtbot.addWidget(splitter)
        for _part in range(2):
            splitter.addWidget(QWidget())
        splitter.setChildrenCollapsible(False)
        splitter.resize(400, 100)
        splitter.show()
        assert remembered.splitter(splitter, "test_splitter") is expected
        if not expected:
            splitter.moveSplitter(123, 1)
        sizes = splitter.sizes()
    assert sizes[0] == pytest.approx(123, abs=6)


def test_columns_that_move_while_their_window_is_taken_apart_are_no_error(qtbot, remembered: Remembered) -> None:
    """What is taken apart is known to Python as gone before it is gone: the header's last signals come in between."""
    window = QWidget()
    table = QTableWidget(1, 2, window)
    header = table.horizontalHeader()
    remembered.header(header, "test_taken_apart")
    keeper = next(one for one in header.children() if isinstance(one, _Keeper))
    header.resizeSection(0, 77)
    kept = remembered.header(header, "test_taken_apart")
    shiboken6.delete(window)
    keeper.keep_header()
    assert kept


def test_numbers_and_choices_survive_and_nonsense_is_the_default(remembered: Remembered) -> None:
    assert remembered.number("test_minutes", 15) == 15
    remembered.keep_number("test_minutes", 20)
    assert remembered.number("test_minutes", 15) == 20
    remembered.keep_choice("test_theme", Theme.DARK)
    assert remembered.choice("test_theme", Theme.LIGHT) is Theme.DARK
    spoiled = QSettings(str(settings_folder() / "window.ini"), QSettings.Format.IniFormat)
    for name in ("number/test_minutes", "choice/test_theme", "geometry/test_window2"):
        spoiled.setValue(name, "%%%")
    spoiled.sync()
    again = Remembered()
    assert again.number("test_minutes", 15) == 15
    assert again.choice("test_theme", Theme.LIGHT) is Theme.LIGHT
    assert not again.geometry(QWidget(), "test_window2")


@pytest.mark.parametrize("name", ["示例钢构.pdf", "C:/x", "2026-0001", "A B", "x" * 40, "", "a..b"])
def test_no_name_of_a_dossier_can_become_a_key(remembered: Remembered, name: str) -> None:
    with pytest.raises(ValueError, match="fixed word"):
        remembered.keep_number(name, 1)
