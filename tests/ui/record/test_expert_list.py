"""The roster: states, the invitation, a lost computer, a forgotten passphrase."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.support.record_world import FakeDesk, RecordWorld
from tests.ui.record.conftest import Settle
from tests.ui.record.pages import page
from ui.record import window as places
from ui.record.expert_list import ExpertList, expert_standing
from ui.record.invitation_dialog import InvitationDialog
from ui.record.reason_dialog import ReasonDialog
from ui.record.reset_code_dialog import ResetCodeDialog
from ui.record.window import RecordWindow
from ui.widgets.plain_label import PlainLabel


@pytest.fixture
def screen(desks: list[FakeDesk], window: RecordWindow, settle: Settle) -> ExpertList:
    made = page(window, places.ROSTER, ExpertList)
    settle()
    return made


@pytest.fixture
def _reason_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_words, **_more: "示例原因")


def words_in(dialog: object) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(PlainLabel))  # type: ignore[attr-defined]


def test_states_say_who_works_and_who_is_free(screen: ExpertList) -> None:
    rows = [screen.table.model.row_at(line) for line in range(3)]
    assert [expert_standing(one).word for one in rows] == ["Working", "Working", "Free"]


@pytest.mark.usefixtures("_reason_given")
def test_revoked_device_is_marked_and_nothing_can_be_sent_to_it(
    world: RecordWorld, screen: ExpertList, said: Callable[[], str], settle: Settle
) -> None:
    screen.table.select("E0001")
    screen.detail._revoke_button.click()
    assert "Revoked" in said()
    settle()
    expert = world.record.roster.experts()[0]
    assert expert.current_device is None
    assert expert_standing(screen.table.model.row_at(0)).word == "No device"
    assert not screen.detail._revoke_button.isEnabled()
    assert any("示例原因" in one.sentence for one in world.record.log.entries())


def test_without_a_reason_nothing_is_revoked(
    world: RecordWorld, screen: ExpertList, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_words, **_more: "")
    screen.table.select("E0001")
    screen.detail._revoke_button.click()
    settle()
    assert world.record.roster.experts()[0].current_device is not None


@pytest.mark.usefixtures("_reason_given")
def test_reset_code_is_one_line_and_the_one_the_desk_expects(
    desks: list[FakeDesk], screen: ExpertList, settle: Settle
) -> None:
    screen.table.select("E0002")
    screen.detail._reset_button.click()
    settle()
    (dialog,) = screen.findChildren(ResetCodeDialog)
    assert desks[1].office_half.text() in words_in(dialog)
    dialog.accept()


def test_invitation_is_written_with_the_fingerprint_for_the_letter(
    world: RecordWorld, screen: ExpertList, settle: Settle, tmp_path: Path
) -> None:
    target = tmp_path / "邀请.youpin"
    with patch.object(QFileDialog, "getSaveFileName", return_value=(str(target), "")):
        screen.primary_action().trigger()  # type: ignore[union-attr]
    settle()
    assert target.stat().st_size > 0
    (dialog,) = screen.findChildren(InvitationDialog)
    assert world.record.campaign.fingerprint in words_in(dialog)
    dialog.accept()
