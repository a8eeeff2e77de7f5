"""Sending out, bringing in, deciding, comparing: the four pages of the packages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.outcome import Outcome
from app.domain.tray import TrayState
from tests.support.record_world import FakeDesk, RecordWorld
from tests.ui.record.conftest import Settle
from tests.ui.record.pages import page
from ui.record import window as places
from ui.record.deadline_dialog import DeadlineDialog
from ui.record.import_page import ImportPage
from ui.record.issue_page import IssuePage
from ui.record.overview_screen import OverviewScreen
from ui.record.reason_dialog import ReasonDialog
from ui.record.return_lines import Where
from ui.record.returns_page import ReturnsPage
from ui.record.tray_page import TrayPage
from ui.record.window import RecordWindow


@pytest.fixture
def _reason_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_words, **_more: "示例原因")


def hand_in(world: RecordWorld, desk: FakeDesk, count: int = 1) -> Path:
    lines = [line for line in world.record.returns.overview() if line.expert == desk.expert]
    return world.file(desk.hand_in(*(desk.sealed(line.review) for line in lines[:count])))


def test_plan_becomes_files_and_a_hand_out_list(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle, said: Callable[[], str],
    tmp_path: Path,
) -> None:  # fmt: skip
    world.assign(desks[2], world.apply(1)[0])
    screen = page(window, places.ISSUE, IssuePage)
    settle()
    assert screen.primary_action().text() == "Write 1 package…"  # type: ignore[union-attr]
    assert [row.expert for row in screen._planned] == [desks[2].expert]
    screen.issue_into(tmp_path / "外发 包")
    assert "hand-out.xlsx" in said()
    settle()
    (row,) = screen._issued
    assert (tmp_path / "外发 包" / row.file).is_file()
    assert not screen.primary_action().isEnabled()  # type: ignore[union-attr]


def test_whether_pages_may_be_printed_is_kept_told_and_sent_along(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle, said: Callable[[], str]
) -> None:
    screen = page(window, places.ISSUE, IssuePage)
    settle()
    assert not screen._printing.isChecked()
    screen._printing.click()
    settle()
    assert world.record.dossier_prints.is_allowed()
    assert "allow pages to be printed" in said()
    assert world.record.log.entries()[0].act == "printing_allowed"
    screen._printing.click()
    settle()
    assert not world.record.dossier_prints.is_allowed()


def test_expert_without_a_device_is_named(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle, said: Callable[[], str],
    tmp_path: Path,
) -> None:  # fmt: skip
    code = world.apply(1)[0]
    world.assign(desks[2], code)
    world.assign(desks[1], code)
    world.record.roster.revoke(desks[2].device, reason="示例")
    screen = page(window, places.ISSUE, IssuePage)
    settle()
    assert "No computer to send to: E0003" in screen._stranded.text()
    screen.issue_into(tmp_path / "out")
    assert "no valid device: E0003" in said()


def test_nothing_to_send_does_not_hide_an_expert_without_a_computer(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle
) -> None:
    screen = page(window, places.ISSUE, IssuePage)
    settle()
    assert screen.table.empty._title.text() == "Nothing to send"
    world.record.roster.revoke(desks[0].device, reason="示例")
    screen.reload()
    settle()
    assert "E0001" in screen._stranded.text()
    assert screen.table.empty._title.text() == "Nothing can be sent"


def test_refused_file_is_not_counted_among_those_to_be_decided(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle
) -> None:
    world.take(b"nothing of ours")
    overview = page(window, places.OVERVIEW, OverviewScreen)
    overview.reload()
    settle()
    assert overview._action.text() == "Take signed reviews back"
    assert "1 refused file lies in the tray" in overview._attention.text()


def test_dropping_looks_only_and_the_button_takes(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle, said: Callable[[], str],
    tmp_path: Path,
) -> None:  # fmt: skip
    file = hand_in(world, desks[0], 2)
    screen = page(window, places.IMPORT, ImportPage)
    before = world.record.verification.digest()
    screen.look_at((file,))
    settle()
    assert world.record.verification.digest() == before
    assert [screen.lines.model.row_at(line).outcome for line in range(3)] == [Outcome.NEW] * 3
    assert not screen.lines.model.row_at(0).receipt
    screen._receipts = tmp_path / "回执"
    screen.primary_action().trigger()  # type: ignore[union-attr]
    assert "1 taken" in said()
    assert len(list((tmp_path / "回执").iterdir())) == 1
    assert screen.lines.model.row_at(0).receipt
    screen.look_at((file,))
    settle()
    assert "imported before" in screen._words.text()
    assert not screen.primary_action().isEnabled()  # type: ignore[union-attr]


def test_chips_count_every_outcome_and_filter(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle
) -> None:
    screen = page(window, places.IMPORT, ImportPage)
    screen.look_at((hand_in(world, desks[0], 2), world.file(b"nothing of ours")))
    settle()
    assert set(screen._chips._buttons) == {Outcome.NEW, Outcome.NOT_A_PACKAGE}
    screen._chips._buttons[Outcome.NOT_A_PACKAGE].click()
    assert screen.lines.model.rowCount() == 1


def test_held_package_is_offered_for_a_decision_and_taken_with_a_reason(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle, said: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_words, **_more: "示例原因")
    world.clock.forward(days=60)
    screen = page(window, places.IMPORT, ImportPage)
    screen.look_at((hand_in(world, desks[0]),))
    settle()
    screen.primary_action().trigger()  # type: ignore[union-attr]
    assert "1 held" in said()
    window.frame.strip._on_action()
    assert window.frame.screen_code() == places.TRAY
    tray = page(window, places.TRAY, TrayPage)
    settle()
    tray.table.view.selectRow(0)
    assert tray._detail._code.text() == world.record.tray.entries()[0].package_code
    tray._take.trigger()
    settle()
    assert world.record.tray.entries() == ()
    assert tray.table.model.rowCount() == 0
    (line,) = [one for one in world.record.returns.overview() if one.imported_at]
    assert line.expert == desks[0].expert


@pytest.mark.usefixtures("_reason_given")
def test_refused_file_can_only_be_left_out(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle
) -> None:
    world.take(b"nothing of ours")
    tray = page(window, places.TRAY, TrayPage)
    settle()
    tray.table.view.selectRow(0)
    assert not tray._take.isEnabled()
    tray._refuse.trigger()
    settle()
    (entry,) = world.record.tray.entries(waiting_only=False)
    assert (entry.state, entry.reason) == (TrayState.REFUSED, "示例原因")
    tray._settled.setChecked(True)
    settle()
    tray.table.view.selectRow(0)
    assert "示例原因" in tray._detail._facts.text()


def test_sent_returned_and_in_the_record_stand_side_by_side(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle
) -> None:
    desks[0].seq = 1  # its first package was lost on the way
    world.record.importing.import_files([hand_in(world, desks[0], 2)])
    screen = page(window, places.RETURNS, ReturnsPage)
    settle()
    rows = [screen.table.model.row_at(line) for line in range(screen.table.model.rowCount())]
    assert [row.where for row in rows].count(Where.IN_RECORD) == 2
    assert len(rows) == 8
    assert all(row.reason for row in rows if row.where is not Where.IN_RECORD)
    assert f"Package 1 of device {desks[0].device}" in screen._missing.text()
    screen._chips._buttons[Where.IN_RECORD].click()
    assert screen.table.model.rowCount() == 2


def test_deadline_is_moved_for_the_chosen_experts_only(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle, said: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    until = DeadlineDialog(()).until()
    monkeypatch.setattr(DeadlineDialog, "ask", lambda *_words: (until.replace(year=until.year + 2), "示例原因"))
    screen = page(window, places.RETURNS, ReturnsPage)
    settle()
    chosen = screen.table.model.row_at(0).line
    screen.table.view.selectRow(0)
    screen._extend.trigger()
    assert "deadline was moved" in said()
    lines = world.record.returns.overview()
    moved = {line.expert for line in lines if line.deadline_at and line.deadline_at.year >= until.year + 1}
    assert moved == {chosen.expert}


@pytest.mark.usefixtures("_reason_given")
def test_line_is_taken_back_from_the_comparison(
    world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle
) -> None:
    screen = page(window, places.RETURNS, ReturnsPage)
    settle()
    screen.table.view.selectRow(0)
    screen._recall.trigger()
    settle()
    assert screen.table.model.rowCount() == 7
