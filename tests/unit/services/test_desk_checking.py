"""Store health: what has gone missing, was put back or was changed is noticed at the next unlocking."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.health import Severity
from app.domain.ids import ApplicationCode
from app.domain.task import TaskState
from app.file_errors import FolderMissingError
from app.services.desk_checking import ACKNOWLEDGED, ROLLED_BACK
from app.services.desk_errors import SignedDamagedError
from app.storage.engine import StoreDamagedError, writing
from tests.support.desks import INDICATOR, PASSPHRASE, DeskStory

Stories = Callable[..., DeskStory]


def critical(story: DeskStory) -> set[str]:
    return {f.code for f in story.desk.opening_findings if f.severity is Severity.CRITICAL}


def by_code(story: DeskStory, **options) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in story.desk.checking.check(**options).findings}


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    begun = stories("assigned", "2026-0001").unlock()
    begun.desk.scoring.set_score(begun.review, INDICATOR, percent=50)
    return begun


def files_of(story: DeskStory) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in story.folder.iterdir() if path.is_file()}


def put_back(story: DeskStory, files: dict[str, bytes], *endings: str) -> None:
    for ending in endings:
        (story.folder / (story.path.name + ending)).write_bytes(files[story.path.name + ending])


def test_a_desk_in_daily_use_is_good(story: DeskStory) -> None:
    health = story.desk.checking.check(deep=True)
    assert health.worst is Severity.GOOD
    assert all(finding.sentence for finding in health.findings)


def test_yesterdays_database_is_noticed_at_the_next_unlocking(story: DeskStory) -> None:
    story.close()
    yesterday = files_of(story)
    story.desk.scoring.set_score(story.review, INDICATOR, percent=90)
    story.close()
    put_back(story, yesterday, "")
    assert critical(story) == {ROLLED_BACK}
    assert story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).percent == 50
    story.reopen()
    assert critical(story) == {ROLLED_BACK}, "it is not forgotten by opening again"
    story.desk.checking.acknowledge_rollback()
    story.reopen()
    assert critical(story) == set()
    assert by_code(story)[ACKNOWLEDGED] is Severity.INFO


def test_work_goes_on_after_a_rollback_and_the_next_one_is_noticed_again(story: DeskStory) -> None:
    story.close()
    yesterday = files_of(story)
    for percent in (60, 65, 70):
        story.desk.scoring.set_score(story.review, INDICATOR, percent=percent)
    story.close()
    put_back(story, yesterday, "")
    story.desk.checking.acknowledge_rollback()
    story.desk.scoring.set_score(story.review, INDICATOR, percent=80)
    story.reopen()
    assert critical(story) == set()
    story.close()
    put_back(story, yesterday, "")
    assert critical(story) == {ROLLED_BACK}


def test_a_cut_write_ahead_log_is_noticed(story: DeskStory) -> None:
    for percent in (55, 60, 65, 70):
        story.desk.scoring.set_score(story.review, INDICATOR, percent=percent)
    crashed = files_of(story)  # as a crash leaves it: with the log
    story.close()
    log = crashed[story.path.name + "-wal"]
    rng = random.Random(20261123)
    for _attempt in range(12):
        put_back(story, crashed, "", ".head")
        kept = rng.randrange(len(log) // 3, len(log) - 1)
        (story.folder / (story.path.name + "-wal")).write_bytes(log[:kept])
        (story.folder / (story.path.name + "-shm")).unlink(missing_ok=True)
        value = story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).percent
        assert (value == 70) == (critical(story) == set()), value
        story.close()


def is_noticed(story: DeskStory) -> bool:
    """Whether an alarm is given. Where none is (an index, a preference), what was written must all be there."""
    try:
        found = story.desk.scoring.sheet(story.review).draft.entry(INDICATOR)
        if story.desk.checking.check().worst is Severity.CRITICAL:
            return True
    except StoreDamagedError:
        return True
    assert (found.percent, found.reason) == (90, "示例理由")
    return False


def test_an_old_page_put_back_is_noticed(story: DeskStory) -> None:
    story.close()
    before = files_of(story)[story.path.name]
    story.desk.scoring.set_score(story.review, INDICATOR, percent=90)
    story.desk.scoring.set_reason(story.review, INDICATOR, "示例理由")
    story.desk.scoring.settle(story.review)
    story.close()
    after = files_of(story)
    now = after[story.path.name]
    pages = [at for at in range(0, min(len(before), len(now)), 4096) if before[at : at + 4096] != now[at : at + 4096]]
    assert len(pages) > 3
    noticed = 0
    for at in pages:
        spliced = now[:at] + before[at : at + 4096] + now[at + 4096 :]
        story.path.write_bytes(spliced)
        put_back(story, after, ".head", ".key")
        noticed += is_noticed(story)
        story.close()
    assert noticed >= len(pages) // 2


def test_a_desk_copied_without_its_head_warns_and_works(story: DeskStory) -> None:
    story.close()
    (story.folder / (story.path.name + ".head")).unlink()
    assert critical(story) == set()
    story.desk.scoring.set_score(story.review, INDICATOR, percent=90)
    assert (story.folder / (story.path.name + ".head")).exists()


def test_a_torn_head_file_costs_one_slot_only(story: DeskStory) -> None:
    story.desk.scoring.set_score(story.review, INDICATOR, percent=90)
    story.close()
    head = story.folder / (story.path.name + ".head")
    data = head.read_bytes()
    head.write_bytes(data[:8] + b"\xff" * 8 + data[16:])
    assert critical(story) == set()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE draft_field SET value = '90' WHERE target = 'value:rd_platform'", "chains"),
        ("DELETE FROM draft_field WHERE target = 'value:rd_platform'", "chains"),
        ("DELETE FROM event WHERE number = (SELECT max(number) FROM event)", "chains"),
        ("UPDATE event SET line = CAST(replace(line, '50', '95') AS BLOB)", "chains"),
        ("UPDATE event SET number = number + 100 WHERE number = 2", "chains"),
    ],
)
def test_a_change_behind_the_programs_back_is_noticed(story: DeskStory, statement: str, code: str) -> None:
    with writing(story.desk._store.engine).begin() as connection:
        connection.execute(text(statement))
    story.reopen()
    assert critical(story) == {code}
    finding = next(f for f in story.desk.opening_findings if f.code == code)
    assert "2026-0001" in finding.sentence


def test_a_signed_review_that_was_changed_is_noticed(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    with writing(story.desk._store.engine).begin() as connection:
        connection.execute(text("UPDATE sealed_review SET events = CAST(events || X'0A' AS BLOB)"))
    story.reopen()
    assert critical(story) == {"sealed"}


@pytest.mark.parametrize("statement", ["data = CAST(data || X'0A' AS BLOB)", "data = X'00'"])
def test_one_damaged_signature_leaves_every_other_review_in_the_list_and_in_the_package(
    stories: Stories, statement: str
) -> None:
    story = stories("complete", "2026-0001", "2026-0002")
    good = story.desk.tasks.review_of(ApplicationCode("2026-0001"))
    bad = story.desk.tasks.review_of(ApplicationCode("2026-0002"))
    with pytest.raises(FolderMissingError):  # both are signed and stay here
        story.desk.sealing.seal([good, bad], passphrase=PASSPHRASE, out=story.folder / "gone" / "x.youpin")
    with writing(story.desk._store.engine).begin() as connection:
        connection.execute(text(f"UPDATE sealed_review SET {statement} WHERE review = :bad"), {"bad": bad})
    story.reopen()
    assert {one.application: one.state for one in story.desk.tasks.tasks()} == {
        "2026-0001": TaskState.SEALED,
        "2026-0002": TaskState.DAMAGED,
    }
    assert critical(story) == {"sealed"}
    (finding,) = [one for one in story.desk.opening_findings if one.code == "sealed"]
    assert "2026-0002" in finding.sentence
    assert "2026-0001" not in finding.sentence
    handed_in = story.desk.sealing.seal([], passphrase=PASSPHRASE, out=story.folder / "one.youpin")
    assert [one.application for one in handed_in.reviews] == ["2026-0001"]
    assert handed_in.damaged == ("2026-0002",)
    assert story.desk.tasks.task(good).state is TaskState.SENT
    with pytest.raises(SignedDamagedError):
        story.desk.forms.sealed_form(bad)


def test_a_damaged_document_is_found_by_a_deep_check(story: DeskStory) -> None:
    with writing(story.desk._store.engine).begin() as connection:
        connection.execute(text("UPDATE blob_chunk SET data = CAST(data || X'00' AS BLOB) WHERE rowid = 1"))
    assert "documents" not in by_code(story)
    assert by_code(story, deep=True)["documents"] is Severity.CRITICAL


def test_a_flipped_bit_in_the_file_is_found(story: DeskStory) -> None:
    story.close()
    data = bytearray(story.path.read_bytes())
    rng = random.Random(7)
    data[rng.randrange(8 * 4096, len(data))] ^= 1 << rng.randrange(8)
    story.path.write_bytes(data)
    try:
        worst = story.desk.checking.check().worst
    except StoreDamagedError:  # the page was needed for opening
        worst = Severity.CRITICAL
    assert worst is Severity.CRITICAL


def test_a_damaged_key_file_is_found_and_its_copy_is_used(story: DeskStory) -> None:
    story.desk.change_passphrase("示例 口令 for one desk", "示例 口令 for one desk")  # makes the copy
    key = story.folder / (story.path.name + ".key")
    good = key.read_bytes()
    damaged = bytes([good[0] ^ 1]) + good[1:]
    key.write_bytes(damaged)
    assert by_code(story)["key_file"] is Severity.CRITICAL
    story.reopen()
    assert key.read_bytes() != damaged
    assert by_code(story)["key_file"] is Severity.GOOD


def test_a_damaged_copy_of_the_key_file_is_a_warning(story: DeskStory) -> None:
    (story.folder / (story.path.name + ".key.1")).write_bytes(b"damaged")
    assert by_code(story)["key_copy"] is Severity.WARN


def test_files_others_can_read_are_a_warning(story: DeskStory) -> None:
    story.path.chmod(0o644)
    assert by_code(story)["private"] is Severity.WARN
    story.path.chmod(0o600)
    assert by_code(story)["private"] is Severity.GOOD


def test_a_folder_that_goes_to_a_cloud_is_a_warning(stories: Stories, tmp_path: Path) -> None:
    story = stories("nothing")
    story.folder = tmp_path / "坚果云"
    story.folder.mkdir(mode=0o700)
    story.create()
    assert by_code(story)["synced_folder"] is Severity.WARN


def test_little_space_is_a_warning_and_none_is_critical(story: DeskStory, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    usage = shutil.disk_usage(story.folder)
    for free, severity in ((500 * 1024**2, Severity.WARN), (1024**2, Severity.CRITICAL)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder, free=free: usage._replace(free=free))
        assert by_code(story)["space"] is severity


def test_a_certificate_about_to_run_out_is_a_warning(story: DeskStory) -> None:
    assert "certificate" not in by_code(story)
    story.clock.forward(days=380)
    assert by_code(story)["certificate"] is Severity.WARN


def test_a_root_nobody_compared_is_a_remark(stories: Stories, tmp_path: Path) -> None:
    from app.services.desk_enrolment import Profile

    story = stories("created")
    story.desk.enrolment.enrol(
        story.secretariat.invitation(story.folder / "out"),
        profile=Profile("示例专家"),
        passphrase="示例 口令 for one desk",
        out=tmp_path / "request.youpin",
    )
    assert by_code(story)["root_not_compared"] is Severity.INFO
