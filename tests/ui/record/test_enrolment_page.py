"""Enrolment: read, compare, confirm; nobody comes in whose code was not compared."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.record_openers import SecondOpener
from tests.support.record_world import PASSPHRASE, FakeDesk, RecordWorld
from tests.ui.record.conftest import Settle
from tests.ui.record.pages import page
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.record import enrolment_page
from ui.record import window as places
from ui.record.enrolment_page import EnrolmentPage
from ui.record.expert_choice_dialog import ExpertChoiceDialog
from ui.record.second_opener_dialog import SecondOpenerDialog
from ui.record.typed_code import digits_of, is_same_code
from ui.record.window import RecordWindow


@pytest.fixture
def screen(world: RecordWorld, window: RecordWindow, settle: Settle) -> EnrolmentPage:
    made = page(window, places.ENROLMENT, EnrolmentPage)
    settle()
    return made


@pytest.fixture
def requests(world: RecordWorld) -> Path:
    for number in range(1, 4):
        world.file(FakeDesk(world).enrolment(f"示例{number}", employer="示例大学"), f"{number}.youpin")
    return world.file(b"something else", "x.youpin").parent


def test_reading_enrols_nobody_and_shows_the_codes(
    world: RecordWorld, screen: EnrolmentPage, requests: Path, settle: Settle
) -> None:
    screen.read_paths((requests,))
    settle()
    assert screen.table.model.rowCount() == 4
    assert all(len(digits_of(one.code)) == 25 for one in screen._waiting())
    assert world.record.roster.experts() == ()
    assert not screen.primary_action().isEnabled()  # type: ignore[union-attr]


def test_typed_code_compares_one_and_only_that_one_is_enrolled(
    world: RecordWorld, screen: EnrolmentPage, requests: Path, settle: Settle, said: Callable[[], str]
) -> None:
    screen.read_paths((requests,))
    settle()
    second = screen._waiting()[1]
    screen._typed.setText(second.code.replace(" ", ""))
    assert screen.about() == "1 of 3 compared"
    screen.primary_action().trigger()  # type: ignore[union-attr]
    assert "1 expert was enrolled" in said()
    assert [one.name for one in world.record.roster.experts()] == [second.name]


def test_wrong_code_is_said_and_compares_nothing(
    screen: EnrolmentPage, requests: Path, settle: Settle, said: Callable[[], str]
) -> None:
    screen.read_paths((requests,))
    settle()
    screen._typed.setText("1" * 25)
    assert "No request has this code" in said()
    assert screen.about() == "0 of 3 compared"


def test_whole_batch_is_confirmed_once(
    world: RecordWorld, screen: EnrolmentPage, requests: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_words, **_more: True)
    screen.read_paths((requests,))
    settle()
    screen._all.click()
    screen.primary_action().trigger()  # type: ignore[union-attr]
    settle()
    assert len(world.record.roster.experts()) == 3
    assert screen._waiting() == ()


def test_three_hundred_requests_are_confirmed_as_one_batch(
    world: RecordWorld, screen: EnrolmentPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [world.file(FakeDesk(world).enrolment(f"示例{number:03d}")) for number in range(300)]
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_words, **_more: True)
    screen.read_paths((files[0].parent,))
    settle()
    screen._all.click()
    screen.primary_action().trigger()  # type: ignore[union-attr]
    settle()
    assert len(world.record.roster.experts()) == 300


def test_new_computer_is_bound_to_the_person_it_belongs_to(
    world: RecordWorld, screen: EnrolmentPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    (known,) = world.enrol(1)
    file = world.file(FakeDesk(world).enrolment("示例专家1"))
    monkeypatch.setattr(ExpertChoiceDialog, "ask", lambda *_words, **_more: known.expert)
    screen.read_paths((file,))
    settle()
    screen.table.view.selectRow(0)
    screen._on_as_expert()
    settle()
    (expert,) = world.record.roster.experts()
    assert [device.device for device in expert.devices] == ["E0001-D1", "E0001-D2"]


@pytest.mark.parametrize("typed", ["12345 67890", "12345-67890", "１２３４５６７８９０", " 12 34 56 78 90 "])
def test_codes_are_the_same_however_they_are_typed(typed: str) -> None:
    assert is_same_code("12345 67890", typed)
    assert not is_same_code("12345 67891", typed)
    assert not is_same_code("", "")


def test_code_has_as_many_digits_as_the_page_waits_for() -> None:
    assert enrolment_page.CODE_DIGITS == 25


SECOND = "另外 四个 好记 词语"


def test_a_second_person_confirms_the_list_where_two_open_the_record(
    world: RecordWorld,
    screen: EnrolmentPage,
    requests: Path,
    settle: Settle,
    said: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world.record.openers.add("李示例", SECOND, own_passphrase=PASSPHRASE)
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_words, **_more: True)
    answers = [None, SecondOpener(PASSPHRASE, "李示例"), SecondOpener(SECOND, "李示例")]
    asked: list[object] = []

    def ask(_title: str, text: str, *, others: tuple[str, ...], **_more: object) -> SecondOpener | None:
        asked.append((text.split(" ", maxsplit=1)[0], others))
        return answers[len(asked) - 1]

    monkeypatch.setattr(SecondOpenerDialog, "ask", ask)
    screen.read_paths((requests,))
    settle()
    screen._all.click()
    action = screen.primary_action()
    assert action is not None
    action.trigger()
    settle()
    assert world.record.roster.experts() == (), "thought better of it"
    action.trigger()
    assert "not the passphrase of another person" in said()
    assert world.record.roster.experts() == ()
    assert action.isEnabled(), "to be tried again"
    action.trigger()
    settle()
    assert len(world.record.roster.experts()) == 3
    assert asked == [("3", ("李示例",))] * 3
    assert {entry.facts["confirmed_by"] for entry in world.record.log.entries(limit=3)} == {"李示例"}


def test_the_second_person_says_who_they_are_and_types(qtbot: QtBot) -> None:
    dialog = SecondOpenerDialog("示例", "示例", others=("李示例", "赵示例"), verb="确认")
    qtbot.addWidget(dialog)
    assert not dialog._yes.isEnabled()
    dialog._who.setCurrentIndex(1)
    dialog._passphrase._edit.setText(SECOND)
    assert dialog._yes.isEnabled()
    assert dialog.second() == SecondOpener(SECOND, "赵示例")
    assert SECOND not in repr(dialog.second())
