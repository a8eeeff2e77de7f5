"""kill -9 at random moments: of imports, of typing, of signing. Nothing half done, nothing promised lost.

A few every time, from a printed seed; ``YOUPIN_FULL=1`` kills 200 imports, 50 typists and 50 signatures.
"""

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from app.bootstrap.desk import open_desk
from app.domain.health import Severity
from app.domain.outcome import Group
from app.domain.task import TaskState
from app.services.desk_scoring import ScoringService
from tests.support import journeys, journeys_children
from tests.support.figures import show
from tests.support.journeys import Campaign, NoForms
from tests.support.journeys_children import Moment, killed_after, killed_where_it_stands, signing_until

FULL = bool(os.environ.get("YOUPIN_FULL"))
IMPORTS, TYPISTS, SIGNATURES = (200, 50, 50) if FULL else (6, 4, 3)
SEED = int(os.environ.get("YOUPIN_SEED", "2026"))

pytestmark = pytest.mark.timeout(7200 if FULL else 120)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Two experts with three applications each; everything is scored, nothing is signed."""
    made = journeys.build(tmp_path_factory.mktemp("kills") / "评审", experts=2, applications=3)
    return journeys.make_ready(made)


@pytest.fixture(scope="module")
def hand_ins(campaign: Campaign, tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, list[Path]]:
    """... and handed in one by one: every package carries those before it again."""
    signed = campaign.copy_to(tmp_path_factory.mktemp("signed") / "评审")
    files = []
    for number in (1, 2):
        with open_desk(signed.desk(number), journeys.PASSPHRASE, forms=NoForms()) as desk:
            for review in desk.sealing.ready():
                files.append(signed.folder / f"{len(files)}.youpin")
                desk.sealing.seal((review,), passphrase=journeys.PASSPHRASE, out=files[-1])
    return signed, files


def test_killed_imports_leave_nothing_half_done(hand_ins: tuple[Campaign, list[Path]], tmp_path: Path) -> None:
    signed, files = hand_ins
    chance = random.Random(SEED)
    whole = _time_of_import(signed.copy_to(tmp_path / "whole"), files)
    with signed.open_record() as record:
        enrolments = record.verification.verify().packages
    killed = promised = number = 0
    while killed < IMPORTS:  # one that had ended before its moment came proves less, so it does not count
        number += 1
        assert number <= 4 * IMPORTS
        copy = signed.copy_to(tmp_path / f"{number}")
        done = killed_after(
            chance.uniform(0, whole), journeys_children.importing, copy.record, journeys.PASSPHRASE, files
        )
        killed, promised = killed + done.was_killed, promised + len(done.promised)
        with copy.open_record() as record:
            verified = record.verification.verify()
            assert verified.is_ok, verified.differences
            assert verified.packages - enrolments >= len(done.promised)
            again = record.importing.import_files(files)
            outcomes = {one.file.name: one.outcome.group for one in again.packages}
            assert {outcomes[name] for name in done.promised} <= {Group.NOTHING_TO_DO}
            assert set(outcomes.values()) <= {Group.NOTHING_TO_DO, Group.TAKEN}
            assert record.verification.verify().packages - enrolments == len(files)
            sealed = [one for found in record.results.results() for one in found.experts if one.total == 750]
            assert len(sealed) == len(files)
        shutil.rmtree(copy.folder)
    show(f"imports killed {killed} of {number}, packages promised {promised}, lost 0, half imported 0 (seed {SEED})")


def _time_of_import(campaign: Campaign, files: list[Path]) -> float:
    begun = time.monotonic()
    with campaign.open_record() as record:
        for file in files:
            record.importing.import_files([file])
    return time.monotonic() - begun


def test_killed_typists_lose_nothing_that_was_saved(campaign: Campaign, tmp_path: Path) -> None:
    copy = campaign.copy_to(tmp_path / "评审")
    chance = random.Random(SEED)
    saved = ahead = 0
    with copy.open_desk() as desk:
        review = desk.tasks.tasks()[0].review
        indicator = desk.scoring.sheet(review).rubric.indicators
        place = (review, next(iter(indicator)).id)
    for _number in range(TYPISTS):
        done = killed_after(
            chance.uniform(0.02, 1.0), journeys_children.typing, copy.desk(), journeys.PASSPHRASE, place
        )
        assert done.was_killed
        saved += len(done.promised)
        with copy.open_desk() as desk:  # the lock of the dead process does not stand in the way
            there = _reason(desk.scoring, place)
            if done.promised and there != done.promised[-1]:
                assert there.startswith(done.promised[-1][1:]) or there[:-1] == done.promised[-1]
                ahead += 1
            health = desk.checking.check()
            assert health.worst is not Severity.CRITICAL, health.findings
    show(f"typists killed {TYPISTS}, keystrokes saved {saved}, lost 0, one more than promised {ahead} (seed {SEED})")
    with copy.open_desk() as desk:
        desk.sealing.seal((review,), passphrase=journeys.PASSPHRASE, out=tmp_path / "after.youpin")
    with copy.open_record() as record:
        assert [one.outcome for one in record.importing.import_files([tmp_path / "after.youpin"]).packages] == ["new"]


def _reason(scoring: ScoringService, place: tuple[str, str]) -> str:
    review, indicator = place
    (entry,) = [one for one in scoring.sheet(review).draft.entries if one.indicator == indicator]
    return entry.reason


def test_killed_signatures_are_whole_or_not_there(campaign: Campaign, tmp_path: Path) -> None:
    chance, known = random.Random(SEED), list[tuple[Campaign, str]]()
    whole = _time_of_signing(campaign.copy_to(tmp_path / "whole"))
    for copy in [campaign.copy_to(tmp_path / f"{number}") for number in range(SIGNATURES)]:
        out, later = copy.folder / "out.youpin", copy.folder / "later.youpin"
        killed_after(chance.uniform(0, whole), journeys_children.signing, copy.desk(), journeys.PASSPHRASE, out)
        with open_desk(copy.desk(), journeys.PASSPHRASE, forms=NoForms()) as desk:
            assert desk.checking.check().worst is not Severity.CRITICAL
            desk.sealing.seal(desk.sealing.ready(), passphrase=journeys.PASSPHRASE, out=later)
        with copy.open_record() as record:
            if out.exists():
                (imported,) = record.importing.import_files([out]).packages
                assert imported.outcome == "new"
                assert imported.receipt_number is not None
                known.append((copy, imported.receipt_number))
            outcomes = [one.outcome for one in record.importing.import_files([later]).packages]
            assert set(outcomes) <= {"new", "already_imported"}
            totals = [one.total for found in record.results.results() for one in found.experts if one.total]
            assert totals == [750] * 3
            assert record.verification.verify().is_ok
    for copy, number in known:
        with open_desk(copy.desk(), journeys.PASSPHRASE, forms=NoForms()) as desk:
            desk.receipts.confirm_by_number(number)
    show(f"signatures killed {SIGNATURES}, files written {len(known)}, torn 0, unknown to their desk 0 (seed {SEED})")


@pytest.mark.parametrize("moment", Moment)
def test_the_desk_knows_a_package_whose_maker_was_killed_around_its_naming(
    campaign: Campaign, tmp_path: Path, moment: Moment
) -> None:
    copy = campaign.copy_to(tmp_path / "评审")
    out, later = copy.folder / "out.youpin", copy.folder / "later.youpin"
    killed_where_it_stands(signing_until, moment, copy.desk(), journeys.PASSPHRASE, out)
    got_out = moment is Moment.AFTER_ITS_NAME
    assert out.exists() is got_out
    with open_desk(copy.desk(), journeys.PASSPHRASE, forms=NoForms()) as desk:
        (begun,) = desk.sealing.packages()
        assert (begun.seq, begun.is_exported, begun.file_name) == (1, got_out, out.name)
        assert desk.checking.check().worst is not Severity.CRITICAL
        again = desk.sealing.seal((), passphrase=journeys.PASSPHRASE, out=later)
        assert again.seq == 2  # a number that a file may carry is not given to another
    with copy.open_record() as record:
        files = [out, later] if got_out else [later]
        imported = record.importing.import_files(files).packages
        assert imported[0].outcome == "new"
        assert record.verification.verify().is_ok
    with open_desk(copy.desk(), journeys.PASSPHRASE, forms=NoForms()) as desk:
        for one in imported:
            assert one.receipt_number is not None
            assert desk.receipts.confirm_by_number(one.receipt_number).seq == one.seq
        assert {task.state for task in desk.tasks.tasks()} == {TaskState.CONFIRMED}


def test_a_file_taken_away_before_the_desk_opens_again_is_known_by_its_receipt(
    campaign: Campaign, tmp_path: Path
) -> None:
    copy = campaign.copy_to(tmp_path / "评审")
    out, elsewhere = copy.folder / "out.youpin", copy.folder / "on the stick.youpin"
    killed_where_it_stands(signing_until, Moment.AFTER_ITS_NAME, copy.desk(), journeys.PASSPHRASE, out)
    out.rename(elsewhere)
    with copy.open_record() as record:
        (imported,) = record.importing.import_files([elsewhere]).packages
    assert imported.receipt_number is not None
    with open_desk(copy.desk(), journeys.PASSPHRASE, forms=NoForms()) as desk:
        assert [one.is_exported for one in desk.sealing.packages()] == [False]
        desk.receipts.confirm_by_number(imported.receipt_number)
        assert [one.is_exported for one in desk.sealing.packages()] == [True]
        assert {task.state for task in desk.tasks.tasks()} == {TaskState.CONFIRMED}


def _time_of_signing(campaign: Campaign) -> float:
    with open_desk(campaign.desk(), journeys.PASSPHRASE, forms=NoForms()) as desk:
        begun = time.monotonic()
        desk.sealing.seal(desk.sealing.ready(), passphrase=journeys.PASSPHRASE, out=campaign.folder / "timed.youpin")
        return time.monotonic() - begun
