from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.crypto import sealing
from app.domain.conflict import Declared
from app.domain.ids import ExpertCode, IndicatorId, Sha256
from app.domain.outcome import Outcome
from app.domain.results import ExpertStatus
from app.domain.review import Opinion, VetoFinding
from app.domain.scoring import Score
from app.errors import Cancelled
from app.packages import canonical
from app.packages.writer import PackageFile
from tests.support.record_world import Panel, RecordWorld, digest_of, found_world, import_one, log_length, sha256_of


def test_signed_review_is_in_the_results(any_world: RecordWorld) -> None:
    world = any_world
    (desk,), (application,) = world.enrol(), world.apply()
    review = world.assign(desk, application)
    one = import_one(world, desk.hand_in(desk.sealed(review, percent=60)))
    assert one.outcome is Outcome.NEW
    assert [(item.review, item.outcome) for item in one.reviews] == [(review, Outcome.NEW)]
    (result,) = world.record.results.results(application)
    (expert,) = result.experts
    assert (expert.status, expert.total) == (ExpertStatus.SEALED, 600)
    assert str(result.mean.total) == "600.00"
    assert result.trimmed_mean.total is None
    assert world.record.verification.verify().is_ok


def test_same_package_again_changes_nothing(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    package = desk.hand_in(desk.sealed(review))
    first = import_one(world, package)
    before, length = digest_of(world), log_length(world)
    again = world.record.importing.import_files([world.file(package) for _ in range(3)])
    assert {one.outcome for one in again.packages} == {Outcome.ALREADY_IMPORTED}
    assert {one.receipt_number for one in again.packages} == {first.receipt_number}
    assert (digest_of(world), log_length(world)) == (before, length)
    assert not again.changes


def test_same_package_resealed_is_the_same_package(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    package = desk.hand_in(desk.sealed(review))
    import_one(world, package)
    identity = world.record._context
    with identity.store.reading() as work:
        from app.services.record_context import load_keys

        inner = sealing.unseal(package, (load_keys(work).identity,))
    assert import_one(world, sealing.seal(inner, world.recipients)).outcome is Outcome.ALREADY_IMPORTED


def test_one_import_adds_one_line_to_the_log(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    before = log_length(world)
    import_one(world, desk.hand_in(desk.sealed(review)))
    assert log_length(world) == before + 1


def test_later_package_carries_earlier_reviews_again(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    reviews = [world.assign(desk, code) for code in world.apply(2)]
    first = desk.sealed(reviews[0])
    assert import_one(world, desk.hand_in(first)).outcome is Outcome.NEW
    one = import_one(world, desk.hand_in(first, desk.sealed(reviews[1])))
    assert one.outcome is Outcome.NEW  # something came that nobody has seen yet
    assert [item.outcome for item in one.reviews] == [Outcome.ALREADY_IMPORTED, Outcome.NEW]


def test_one_bad_review_does_not_hold_up_the_good_one(world: RecordWorld) -> None:
    desk, other = world.enrol(2)
    applications = world.apply(2)
    mine, foreign = world.assign(desk, applications[0]), world.assign(other, applications[1])
    one = import_one(world, desk.hand_in(desk.sealed(mine), desk.sealed(foreign)))
    assert one.outcome is Outcome.UNASSIGNED
    assert [item.outcome for item in one.reviews] == [Outcome.NEW, Outcome.UNASSIGNED]
    assert world.record.results.results(applications[0])[0].experts[0].status is ExpertStatus.SEALED
    assert [entry.applications for entry in world.record.tray.entries()] == [(applications[1],)]
    assert world.record.verification.verify().is_ok


def test_refused_package_leaves_the_record_alone(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    good = desk.sealed(review)
    other_rubric = replace(good, rubric=Sha256("1" * 64))
    empty = replace(good, assessment=replace(good.assessment, opinion=Opinion()))
    strange_history = replace(good, events_head=Sha256("2" * 64))
    before = digest_of(world)
    expected = {
        Outcome.RUBRIC_MISMATCH: desk.hand_in(other_rubric),
        Outcome.INCOMPLETE: desk.hand_in(empty),
        Outcome.DAMAGED: desk.hand_in(strange_history),
        Outcome.NOT_FOR_YOU: sealing.seal(b"x", [sealing.create_identity().recipient]),
        Outcome.NOT_A_PACKAGE: b"not a package at all",
        Outcome.WRONG_KIND: desk.enrolment("示例专家"),
    }
    for outcome, package in expected.items():
        assert import_one(world, package).outcome is outcome
    assert digest_of(world) == before
    assert {entry.outcome for entry in world.record.tray.entries()} == set(expected)


@pytest.mark.parametrize(
    "change",
    [
        {"vetoes": (VetoFinding("V99", "示例事实"),)},
        {"vetoes": (VetoFinding("V1", ""),)},
        {"scores": (Score(IndicatorId("rd_platform"), percent=73),)},
        {"scores": (Score(IndicatorId("rd_platform"), percent=75, reason="示例", at_cap=True),)},
        {"scores": (Score(IndicatorId("nonsense"), percent=75),)},
        {"scores": (Score(IndicatorId("rd_platform"), percent=75),) * 2},
    ],
)
def test_what_the_rules_do_not_allow_is_refused(world: RecordWorld, panel: Panel, change: dict[str, Any]) -> None:
    desk, _other, review, _ = panel
    good = desk.sealed(review)
    given = {score.indicator for score in change.get("scores", ())}
    kept = tuple(score for score in good.assessment.scores if score.indicator not in given)
    changed = {**change, "scores": (*kept, *change.get("scores", ()))}
    sealed = desk.sealed(review, assessment=replace(good.assessment, **changed))
    assert import_one(world, desk.hand_in(sealed)).outcome is Outcome.INCOMPLETE
    assert world.record.results.results()[0].experts[0].status is ExpertStatus.MISSING


def test_a_rehearsal_gives_no_receipt_number_for_what_is_not_in(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    file = world.file(desk.hand_in(desk.sealed(review)))
    (rehearsed,) = world.record.importing.import_files([file], dry_run=True).packages
    assert (rehearsed.outcome, rehearsed.receipt_number) == (Outcome.NEW, None)
    (taken,) = world.record.importing.import_files([file]).packages
    (again,) = world.record.importing.import_files([file], dry_run=True).packages
    assert again.receipt_number == taken.receipt_number is not None


def test_altered_package_is_refused(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    package = bytearray(desk.hand_in(desk.sealed(review)))
    package[-40] ^= 1
    assert import_one(world, bytes(package)).outcome is Outcome.DAMAGED


def test_package_of_another_record_is_not_for_us(world: RecordWorld, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = found_world(tmp_path / "other")
    (desk,), (application,) = other.enrol(), other.apply()
    package = desk.hand_in(desk.sealed(other.assign(desk, application)))
    other.record.close()
    assert import_one(world, package).outcome is Outcome.NOT_FOR_YOU


def test_missing_packages_are_named(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    reviews = [world.assign(desk, code) for code in world.apply(2)]
    import_one(world, desk.hand_in(desk.sealed(reviews[0]), seq=1))
    import_one(world, desk.hand_in(desk.sealed(reviews[1]), seq=4))
    missing = world.record.returns.missing_packages()
    assert [(one.device, one.seq) for one in missing] == [(desk.device, 2), (desk.device, 3)]


def test_declarations_alone_are_taken(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    application = world.review(review)
    one = import_one(
        world,
        desk.hand_in(declarations=[(review, desk.declaration(application, Declared.CONFLICT, note="曾任职"))]),
    )
    assert (one.outcome, one.reviews) == (Outcome.NEW, ())
    result = world.record.results.results(application)[0].experts[0]
    assert (result.status, result.total) == (ExpertStatus.RECUSED, None)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_later_declaration_counts_in_either_order(world: RecordWorld, panel: Panel, order: tuple[int, int]) -> None:
    desk, _other, review, _ = panel
    application = world.review(review)
    packages = [
        desk.hand_in(declarations=[(review, desk.declaration(application))]),
        desk.hand_in(
            declarations=[(review, desk.declaration(application, Declared.ABSTAIN, note="时间不够", minutes=9))]
        ),
    ]
    for place in order:
        import_one(world, packages[place])
    assert world.record.results.results(application)[0].experts[0].status is ExpertStatus.ABSTAINED
    assert world.record.verification.verify().is_ok


def test_declared_conflict_against_a_signed_review_is_held(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    application = world.review(review)
    import_one(world, desk.hand_in(desk.sealed(review)))
    late = [(review, desk.declaration(application, Declared.CONFLICT, note="刚刚发现", minutes=5))]
    before = digest_of(world)
    assert import_one(world, desk.hand_in(declarations=late)).outcome is Outcome.CONFLICT_FOUND
    assert digest_of(world) == before
    (entry,) = world.record.tray.entries()
    world.record.tray.decide(entry.sha256, take=True, reason="回避成立")
    assert world.record.results.results(application)[0].experts[0].status is ExpertStatus.RECUSED


def test_tie_known_to_the_record_holds_a_review(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    (application,) = world.apply()
    review = world.assign(desk, application)
    (relative,) = world.enrol(employer="示例企业1")
    assert relative.expert == ExpertCode("E0002")
    from app.services.record_errors import ConflictKnownError

    with pytest.raises(ConflictKnownError):
        world.assign(relative, application)
    assert import_one(world, desk.hand_in(desk.sealed(review))).outcome is Outcome.NEW


def test_dry_run_says_the_same_and_writes_nothing(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    first = desk.sealed(review)
    files = [
        world.file(desk.hand_in(first)),
        world.file(desk.hand_in(desk.sealed(review, revision=2, base=sha256_of(first)))),
        world.file(b"junk"),
    ]
    before = digest_of(world)
    rehearsed = world.record.importing.import_files(files, dry_run=True)
    assert digest_of(world) == before
    assert world.record.tray.entries() == ()
    performed = world.record.importing.import_files(files)
    assert [one.outcome for one in rehearsed.packages] == [one.outcome for one in performed.packages]
    assert [one.outcome for one in performed.packages] == [Outcome.NEW, Outcome.REVISION, Outcome.NOT_A_PACKAGE]


def test_large_package_is_kept_and_rebuilt_exactly(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    application = world.review(review)
    photo = PackageFile.from_bytes(
        "photos/0001", "image/jpeg", data=bytes(range(256)) * 80_000, application=application
    )
    assert import_one(world, desk.hand_in(desk.sealed(review), extra=[photo])).outcome is Outcome.NEW
    assert world.record.verification.verify().is_ok


def test_cancelled_import_leaves_the_record_alone(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    before = digest_of(world)

    class Stopping:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        world.record.importing.import_files([world.file(desk.hand_in(desk.sealed(review)))], progress=Stopping())
    assert digest_of(world) == before


def test_many_files_are_verified_by_several_processes(world: RecordWorld) -> None:
    desks, applications = world.enrol(3), world.apply(12)
    reviews = [(desk, world.assign(desk, code)) for code in applications for desk in desks]
    files = [world.file(desk.hand_in(desk.sealed(review, percent=50))) for desk, review in reviews]
    files.insert(7, world.file(b"junk"))
    report = world.record.importing.import_files(files)
    assert report.counts[Outcome.NEW] == len(reviews)
    assert [one.file for one in report.packages] == files
    assert world.record.verification.verify().is_ok


def test_receipts_reach_each_device_in_one_file(world: RecordWorld, panel: Panel) -> None:
    from app.packages.description import PackageKind
    from app.packages.payloads import RECEIPT, ReceiptPayload
    from app.packages.reader import ReadingContext, read_small

    desk, _other, review, _ = panel
    first = desk.sealed(review)
    files = [
        world.file(desk.hand_in(first)),
        world.file(desk.hand_in(desk.sealed(review, revision=2, base=sha256_of(first)))),
    ]
    report = world.record.importing.import_files(files, receipts=world.folder / "receipts")
    (written,) = report.receipts
    with world.record._context.store.reading() as work:
        from app.services.record_context import load_keys

        trust = load_keys(work).trust
    reading = ReadingContext(
        at=world.clock(), kinds=frozenset({PackageKind.RECEIPT}), identities=(desk.identity,), trust=trust
    )
    package = read_small(written.read_bytes(), reading)
    receipts = canonical.decode(package.content(RECEIPT), tuple[ReceiptPayload, ...])
    assert [receipt.number for receipt in receipts] == [one.receipt_number for one in report.packages]
    assert [receipt.outcome for receipt in receipts] == [Outcome.NEW, Outcome.REVISION]
