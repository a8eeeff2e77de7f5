"""Changing the look of the running program."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontInfo, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QWidget

from ui.theme import apply_theme, load_fonts, look, px, system_scale
from ui.tokens import DARK, LIGHT, Theme, Type
from ui.visit.meeting_parts import DayEdit
from ui.visit.moment_edit import ClockEdit, MomentEdit
from ui.widgets.number_box import NumberBox


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication):
    yield
    apply_theme(qapp, Theme.LIGHT, scale=1.0)


def test_both_fonts_come_from_the_wheel() -> None:
    assert load_fonts() == ("Noto Sans SC", "Noto Serif SC")
    assert QFontInfo(look().font(Type.BODY)).family() == "Noto Sans SC"
    assert QFontInfo(look().font(Type.READING, serif=True)).family() == "Noto Serif SC"


def test_the_theme_changes_while_a_window_is_open(qapp: QApplication, qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    for theme, colours in ((Theme.DARK, DARK), (Theme.LIGHT, LIGHT)):
        apply_theme(qapp, theme, scale=1.0)
        assert look().colours is colours
        assert window.palette().color(QPalette.ColorRole.Window).name() == colours.window


def test_letters_and_distances_grow_together(qapp: QApplication) -> None:
    apply_theme(qapp, Theme.LIGHT, scale=1.5)
    assert px(16) == 24
    assert look().font(Type.BODY).pixelSize() == round(13 * 1.5)


def test_the_scale_of_the_system_is_kept_within_reason() -> None:
    assert 1.0 <= system_scale() <= 2.0


def test_a_box_to_tick_is_drawn_in_both_themes(qapp: QApplication, qtbot) -> None:
    box = QCheckBox("")
    qtbot.addWidget(box)
    box.setChecked(True)
    seen = []
    for theme in (Theme.LIGHT, Theme.DARK):
        apply_theme(qapp, theme, scale=1.0)
        box.resize(box.sizeHint())
        seen.append(box.grab().toImage())
    assert seen[0] != seen[1]


def test_the_wheel_leaves_what_was_chosen_alone(qtbot) -> None:
    choice, year, day, moment, hour = QComboBox(), NumberBox(2025, 2099), DayEdit(""), MomentEdit(""), ClockEdit()
    choice.addItems(["none", "photo 1"])
    day.set_day(date(2026, 11, 30))
    for widget in (choice, year, day, moment, hour):
        qtbot.addWidget(widget)
        widget.show()
        widget.setFocus()
        before = [choice.currentIndex(), year.value(), day.date(), moment.dateTime(), hour.time()]
        for turn in (-120, 120):
            middle = QPointF(widget.rect().center())
            none, still = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
            event = QWheelEvent(
                middle,
                widget.mapToGlobal(middle),
                QPoint(),
                QPoint(0, turn),
                Qt.MouseButton.NoButton,
                none,
                still,
                False,
            )
            QApplication.sendEvent(widget, event)
            assert not event.isAccepted()
            assert [choice.currentIndex(), year.value(), day.date(), moment.dateTime(), hour.time()] == before


def test_a_choice_has_one_edge_an_arrow_and_room_for_its_words(qtbot) -> None:
    choice, year = QComboBox(), NumberBox(2025, 2099)
    choice.addItem("15")
    for widget in (choice, year):
        qtbot.addWidget(widget)
        widget.resize(160, 30)
        widget.show()
    drawn = choice.grab().toImage()
    middle, right = drawn.height() // 2, drawn.width() - 3
    ground = drawn.pixelColor(drawn.width() // 2, 4)
    assert drawn.pixelColor(right, middle) == ground  # the frame's own line lies further out
    assert any(drawn.pixelColor(x, middle) != ground for x in range(drawn.width() - 24, right))
    edit, metrics = year.lineEdit(), year.fontMetrics()
    assert edit.height() >= metrics.height()
    assert edit.width() - edit.textMargins().left() >= metrics.horizontalAdvance("2025")
