"""The frame: places, keys, title line, strip, status."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from ui.frame import Frame
from ui.icons import Icon
from ui.jobs import Workers
from ui.layouts import column
from ui.message import Gravity, Message
from ui.place import Place, PlaceView
from ui.status_line import Health, SavedState

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Screen(PlaceView):
    """One field, one action, one search."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.steps: list[str] = []
        self.field = QLineEdit()
        self.setLayout(column(self.field))
        self.action = QAction(f"do {name}", self)
        self.action.triggered.connect(lambda: self.steps.append("did"))

    def about(self) -> str:
        return f"about {self.name}"

    def primary_action(self) -> QAction | None:
        return self.action if self.name == "a" else None

    def search_hint(self) -> str:
        return "find" if self.name == "a" else ""

    def search(self, text: str) -> None:
        self.steps.append(f"search {text}")

    def screen_code(self) -> str:
        return "" if self.name == "a" else "X99"

    def entered(self) -> None:
        self.steps.append("entered")

    def left(self) -> None:
        self.steps.append("left")


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def frame(qtbot, workers: Workers, made: list[str]) -> Frame:
    def make(name: str) -> Screen:
        made.append(name)
        return Screen(name)

    places = [Place(f"D0{number}", name.upper(), Icon.TASKS, partial(make, name)) for number, name in enumerate("abc")]
    frame = Frame(places, workers)
    qtbot.addWidget(frame)
    frame.show_place("D00")
    frame.resize(1000, 600)
    frame.show()
    frame.activateWindow()
    return frame


def _screen(frame: Frame) -> Screen:
    view = frame.current()
    assert isinstance(view, Screen)
    return view


def test_a_screen_is_made_at_the_first_visit_and_kept(frame: Frame, made: list[str]) -> None:
    assert made == ["a"]
    first = _screen(frame)
    frame.show_place("D01")
    frame.show_place("D00")
    assert made == ["a", "b"]
    assert _screen(frame) is first
    assert first.steps == ["entered", "left", "entered"]


def test_ctrl_and_a_digit_go_to_a_place(qtbot, frame: Frame) -> None:
    with qtbot.waitSignal(frame.place_shown) as shown:
        qtbot.keyClick(frame, KEY.Key_3, CTRL)
    assert shown.args == ["D02"]
    assert frame.rail._buttons["D02"].isChecked()


@pytest.mark.parametrize("go_away", [QPushButton.hide, lambda button: button.setEnabled(False)])
def test_a_button_that_goes_away_leaves_the_keyboard_on_its_page(
    qtbot, frame: Frame, go_away: Callable[[QPushButton], None]
) -> None:
    screen = _screen(frame)
    button = QPushButton("do")
    screen.layout().addWidget(button)
    button.show()
    button.setFocus()
    go_away(button)
    qtbot.waitUntil(screen.field.hasFocus)


def test_who_walks_to_the_rail_by_tab_stays_there(qtbot, frame: Frame) -> None:
    screen = _screen(frame)
    screen.field.setFocus()
    for _step in range(20):
        if frame.rail.has_focus():
            break
        qtbot.keyClick(frame.focusWidget(), KEY.Key_Tab)
        QApplication.sendPostedEvents()
    assert frame.rail.has_focus()


def test_the_title_line_shows_what_the_place_offers(frame: Frame) -> None:
    assert (frame._title.text(), frame._about.text()) == ("A", "about a")
    assert not frame._primary.isHidden()
    assert not frame._search.isHidden()
    frame.show_place("D01")
    assert frame._primary.isHidden()
    assert frame._search.isHidden()


def test_the_primary_button_does_the_action_of_the_place(frame: Frame) -> None:
    frame._primary.click()
    assert "did" in _screen(frame).steps
    _screen(frame).action.setEnabled(False)
    _screen(frame).header_changed.emit()
    assert not frame._primary.isEnabled()


def test_the_search_field_searches_the_place_in_view(qtbot, frame: Frame) -> None:
    qtbot.keyClick(frame, KEY.Key_F, CTRL)
    assert frame._search.hasFocus()
    qtbot.keyClicks(frame._search, "steel")
    qtbot.keyClick(frame._search, KEY.Key_Return)
    assert _screen(frame).steps[-1] == "search steel"
    qtbot.keyClick(frame._search, KEY.Key_Down)
    assert _screen(frame).field.hasFocus()


def test_f2_asks_for_help_with_the_code_of_the_screen(qtbot, frame: Frame) -> None:
    with qtbot.waitSignal(frame.help_requested) as asked:
        qtbot.keyClick(frame, KEY.Key_F2)
    assert asked.args == ["D00"]
    frame.show_place("D01")
    assert frame.screen_code() == "X99"


def test_ctrl_l_locks(qtbot, frame: Frame) -> None:
    with qtbot.waitSignal(frame.lock_requested):
        qtbot.keyClick(frame, KEY.Key_L, CTRL)


def test_f6_goes_to_the_rail_and_back(qtbot, frame: Frame) -> None:
    _screen(frame).field.setFocus()
    qtbot.keyClick(frame, KEY.Key_F6)
    assert frame.rail.has_focus()
    qtbot.keyClick(frame, KEY.Key_F6)
    assert _screen(frame).field.hasFocus()


def test_a_message_of_a_place_reaches_the_strip(frame: Frame) -> None:
    _screen(frame).message_raised.emit(Message("not saved", Gravity.BAD))
    assert frame.strip.isVisible()


def test_the_status_line_tells_the_truth_about_saving(frame: Frame, english) -> None:
    status = frame.status
    status.set_saved(SavedState.SAVED, at=datetime(2026, 11, 23, 2, 42, 7, tzinfo=UTC))
    local = datetime(2026, 11, 23, 2, 42, 7, tzinfo=UTC).astimezone()
    assert status._saved.text() == f"✓ Saved {local:%H:%M:%S}"
    status.set_saved(SavedState.FAILED)
    assert status._saved.text() == "✕ Not saved yet"
    status.set_health(Health.CRITICAL)
    assert status._health.text() == "✕ Store damaged"
    status.set_saved(SavedState.NOTHING)
    assert status._saved.isHidden()


def test_a_low_window_keeps_every_word_of_the_rail(frame: Frame) -> None:
    tall = frame.rail._buttons["D00"].height()
    frame.resize(900, frame.rail.minimumHeight())
    assert frame.rail._buttons["D00"].height() < tall
    assert all(button.text() and button.isVisible() for button in frame.rail._all)
    assert frame.rail._all[-1].geometry().bottom() <= frame.rail.height()
    frame.resize(900, 700)
    assert frame.rail._buttons["D00"].height() == tall


def test_f1_asks_for_the_page_of_the_screen_and_the_rail_for_the_contents(qtbot, frame: Frame) -> None:
    with qtbot.waitSignal(frame.page_requested) as asked:
        qtbot.keyClick(frame, KEY.Key_F1)
    assert asked.args == ["D00"]
    with qtbot.waitSignal(frame.page_requested) as asked:
        frame.rail._all[-2].click()
    assert asked.args == ["contents"]


def test_a_message_with_a_code_leads_to_its_page_and_one_without_offers_none(qtbot, frame: Frame) -> None:
    frame.strip.show_message(Message("x", Gravity.BAD, code="wrong_passphrase"))
    assert frame.strip._help.isVisible()
    with qtbot.waitSignal(frame.page_requested) as asked:
        frame.strip._help.click()
    assert asked.args == ["wrong_passphrase"]
    for code in ("", "never heard of"):
        frame.strip.show_message(Message("x", Gravity.BAD, code=code))
        assert frame.strip._help.isHidden()
