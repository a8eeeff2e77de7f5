"""Messages under the title."""

import pytest
from PySide6.QtCore import QObject

from ui.message import Gravity, Message
from ui.widgets.strip import MessageStrip


class Doer(QObject):
    """Does something once asked."""

    done = 0

    def do(self) -> None:
        self.done += 1


@pytest.fixture
def strip(qtbot) -> MessageStrip:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    return strip


def test_a_remark_goes_away_by_itself(strip: MessageStrip) -> None:
    strip.show_message(Message("done", Gravity.GOOD))
    assert strip._timer.isActive()
    strip._timer.timeout.emit()
    assert not strip.isVisible()


@pytest.mark.parametrize("gravity", [Gravity.WARN, Gravity.BAD])
def test_what_needs_doing_stays(strip: MessageStrip, gravity: Gravity) -> None:
    strip.show_message(Message("not saved", gravity))
    assert not strip._timer.isActive()
    assert strip.isVisible()


def test_a_remark_with_an_action_stays_until_it_is_done(qtbot, strip: MessageStrip) -> None:
    doer = Doer()
    strip.show_message(Message("recalled", action_text="Undo", action=doer.do))
    assert not strip._timer.isActive()
    strip._action.click()
    assert doer.done == 1
    assert not strip.isVisible()


def test_what_tells_of_work_that_goes_on_stays_until_it_is_withdrawn(strip: MessageStrip) -> None:
    strip.show_message(Message("drawing", key="drawing", is_lasting=True))
    assert not strip._timer.isActive()
    strip.go_on()
    assert strip.isVisible()
    strip.withdraw("drawing")
    assert not strip.isVisible()


def test_whoever_goes_on_to_other_work_keeps_only_what_went_wrong(strip: MessageStrip) -> None:
    strip.show_message(Message("not saved", Gravity.BAD))
    strip.show_message(Message("written", Gravity.GOOD, action_text="Open", action=Doer().do))
    strip.go_on()
    assert strip.current() == Message("not saved", Gravity.BAD)


def test_what_needs_doing_comes_back_after_a_remark(strip: MessageStrip) -> None:
    strip.show_message(Message("not saved", Gravity.BAD))
    strip.show_message(Message("copied"))
    assert strip.current() == Message("copied")
    strip.dismiss()
    assert strip.current() == Message("not saved", Gravity.BAD)


def test_the_same_failure_is_said_once(strip: MessageStrip) -> None:
    for _time in range(3):
        strip.show_message(Message("not saved", Gravity.BAD, key="disk"))
    strip.show_message(Message("still not saved", Gravity.BAD, key="disk"))
    strip.dismiss()
    assert strip.current() is None


def test_what_is_no_longer_so_is_withdrawn(qtbot, strip: MessageStrip) -> None:
    strip.show_message(Message("not saved", Gravity.BAD, key="disk"))
    with qtbot.waitSignal(strip.emptied):
        strip.withdraw("disk")
    assert not strip.isVisible()


def test_the_code_stands_beside_the_sentence(strip: MessageStrip) -> None:
    strip.show_message(Message("not saved", Gravity.BAD, code="disk_full"))
    assert strip._code.text() == "disk_full"
