"""Making, opening and re-opening a desk."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from app.bootstrap.desk import create_desk, open_desk, open_desk_with_recovery_code, open_desk_with_reset_code
from app.crypto import sealing
from app.crypto.recovery_code import OfficeHalf
from app.crypto.vault_errors import (
    CodeMistypedError,
    RecoveryCodeWrongError,
    ResetCodeWrongError,
    WrongPassphraseError,
)
from app.domain.outcome import Outcome
from app.packages import canonical, payloads
from app.packages.payloads import HandInPayload
from app.platform.workspace_lock import WorkspaceBusyError
from app.services.desk_errors import DeskExistsError, DeskMissingError
from app.services.desk_keys import KeyFileMissingError
from tests.support.desks import INDICATOR, PASSPHRASE, DeskStory

Stories = Callable[..., DeskStory]
NEW = "另一个 示例 口令"


def test_a_new_desk_is_private_and_has_its_key_beside_it(stories: Stories) -> None:
    story = stories("nothing").create()
    names = {path.name for path in story.folder.iterdir()}
    assert {"示例 专家.desk", "示例 专家.desk.key", "示例 专家.desk.head"} <= names
    for path in story.folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name
    assert not story.path.read_bytes().startswith(b"SQLite format 3")


def test_a_desk_is_never_replaced(stories: Stories) -> None:
    story = stories("created")
    before = story.path.read_bytes()
    with pytest.raises(DeskExistsError):
        create_desk(story.path, name="他人", passphrase="other")
    assert story.path.read_bytes() == before


def test_a_desk_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeskMissingError):
        open_desk(tmp_path / "没有.desk", PASSPHRASE)


def test_a_desk_without_its_key_file_is_said(stories: Stories) -> None:
    story = stories("created")
    story.path.with_name(story.path.name + ".key").unlink()
    with pytest.raises(KeyFileMissingError):
        open_desk(story.path, PASSPHRASE)


def test_a_wrong_passphrase_says_so_and_nothing_more(stories: Stories) -> None:
    story = stories("created")
    with pytest.raises(WrongPassphraseError) as error:
        open_desk(story.path, "falsch")
    assert error.value.facts == {}
    assert story.desk.enrolment.status().profile.name == "示例专家"


def test_a_second_program_is_refused_while_the_first_is_open(stories: Stories) -> None:
    story = stories("created")
    story.desk  # noqa: B018 - opens it
    with pytest.raises(WorkspaceBusyError):
        open_desk(story.path, PASSPHRASE)
    story.close()
    open_desk(story.path, PASSPHRASE, clock=story.clock).close()


def test_the_passphrase_can_be_changed_and_the_old_one_opens_nothing(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    with pytest.raises(WrongPassphraseError):
        story.desk.change_passphrase("falsch", NEW)
    story.desk.change_passphrase(PASSPHRASE, NEW)
    story.close()
    with pytest.raises(WrongPassphraseError):
        open_desk(story.path, PASSPHRASE)
    with open_desk(story.path, NEW, clock=story.clock) as desk:
        desk.sealing.seal([story.review], passphrase=NEW, out=story.folder / "x.youpin")


def test_the_recovery_code_opens_and_nothing_is_lost(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.close()
    with pytest.raises(RecoveryCodeWrongError):
        open_desk_with_recovery_code(story.path, _other_code(story.recovery_code), new_passphrase=NEW)
    with open_desk_with_recovery_code(
        story.path, story.recovery_code.lower(), new_passphrase=NEW, clock=story.clock
    ) as desk:
        desk.sealing.seal([story.review], passphrase=NEW, out=story.folder / "x.youpin")
    with pytest.raises(WrongPassphraseError):
        open_desk(story.path, PASSPHRASE)


def test_a_slip_in_a_code_is_named(stories: Stories) -> None:
    story = stories("created")
    code = story.recovery_code
    slipped = ("1" if code[0] != "1" else "2") + code[1:]
    with pytest.raises(CodeMistypedError):
        open_desk_with_recovery_code(story.path, slipped, new_passphrase=NEW)


def test_a_new_recovery_code_replaces_the_one_on_paper(stories: Stories) -> None:
    story = stories("created")
    code = story.desk.new_recovery_code(PASSPHRASE)
    story.close()
    with pytest.raises(RecoveryCodeWrongError):
        open_desk_with_recovery_code(story.path, story.recovery_code, new_passphrase=NEW)
    open_desk_with_recovery_code(story.path, code, new_passphrase=NEW, clock=story.clock).close()


def test_the_office_line_opens_and_a_fresh_half_travels_with_the_next_hand_in(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.desk.scoring.set_reason(story.review, INDICATOR, "没有丢")
    story.close()
    line = story.secretariat.office_half().text()
    with open_desk_with_reset_code(story.path, line, new_passphrase=NEW, clock=story.clock) as desk:
        assert desk.scoring.sheet(story.review).draft.entry(INDICATOR).reason == "没有丢"
        desk.sealing.seal([story.review], passphrase=NEW, out=story.folder / "1.youpin")
        package = story.secretariat.read(story.folder / "1.youpin")
        hand_in = canonical.decode(package.content(payloads.HAND_IN), HandInPayload)
        sealed = base64.b64decode(hand_in.office_half)
        fresh = OfficeHalf(sealing.unseal(sealed, (story.secretariat.world.importing,)))
        assert fresh.text() != line
        number = story.secretariat.number_for(package, Outcome.NEW)
        desk.receipts.confirm_by_number(number)
        desk.scoring.revise(story.review, "更正")
        desk.sealing.seal([story.review], passphrase=NEW, out=story.folder / "2.youpin")
    again = canonical.decode(story.secretariat.read(story.folder / "2.youpin").content(payloads.HAND_IN), HandInPayload)
    assert again.office_half == "", "it has arrived"
    with pytest.raises(ResetCodeWrongError):
        open_desk_with_reset_code(story.path, line, new_passphrase=PASSPHRASE)
    open_desk_with_reset_code(story.path, fresh.text(), new_passphrase=PASSPHRASE, clock=story.clock).close()


def test_a_crash_while_typing_loses_nothing_that_was_saved(stories: Stories, tmp_path: Path) -> None:
    story = stories("assigned", "2026-0001").unlock()
    story.desk.scoring.set_reason(story.review, INDICATOR, "写到一半")
    crashed = tmp_path / "crashed"
    crashed.mkdir(mode=0o700)
    for path in story.folder.iterdir():
        if path.is_file() and not path.name.endswith(".lock"):
            (crashed / path.name).write_bytes(path.read_bytes())
    with open_desk(crashed / story.path.name, PASSPHRASE, clock=story.clock) as desk:
        assert desk.scoring.sheet(story.review).draft.entry(INDICATOR).reason == "写到一半"
        assert {finding.severity for finding in desk.opening_findings} == {"GOOD"}
        desk.scoring.undo(story.review)
        assert desk.scoring.sheet(story.review).draft.entry(INDICATOR).reason == ""


def test_settings_are_kept_and_checked(stories: Stories) -> None:
    from app.services.desk_errors import SettingInvalidError

    story = stories("created")
    assert story.desk.settings.all().idle_minutes == 15
    story.desk.settings.change("idle_minutes", "5")
    story.desk.settings.change("theme", "dark")
    story.reopen()
    assert (story.desk.settings.all().idle_minutes, story.desk.settings.all().theme) == (5, "dark")
    for name, value in (("idle_minutes", "45"), ("theme", "pink"), ("colour", "red")):
        with pytest.raises(SettingInvalidError):
            story.desk.settings.change(name, value)


def _other_code(code: str) -> str:
    from app.crypto.recovery_code import RecoveryCode

    other = RecoveryCode.new().text()
    return other if other != code else _other_code(code)
