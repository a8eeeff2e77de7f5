"""What is held for a person: revisions out of order, forks, recalls, revocation, lateness, jumps."""

from datetime import timedelta

import pytest

from app.domain.conflict import Declared
from app.domain.ids import Sha256
from app.domain.importing import Unwritten
from app.domain.outcome import Outcome
from app.domain.results import ExpertStatus
from app.domain.review import SealedReview
from app.packages import canonical
from app.packages.fork_payloads import unwritten_path
from app.packages.writer import PackageFile
from tests.support.record_world import Panel, RecordWorld, digest_of, import_one, sha256_of


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_revision_counts_in_either_order(world: RecordWorld, panel: Panel, order: tuple[int, int]) -> None:
    desk, _other, review, _ = panel
    first = desk.sealed(review, percent=60)
    second = desk.sealed(review, percent=75, revision=2, base=sha256_of(first))
    packages = [desk.hand_in(first), desk.hand_in(second)]
    for place in order:
        import_one(world, packages[place])
    (result,) = world.record.results.results()
    assert result.experts[0].total == 750
    assert [one.is_current for one in world.record.results.history(review)] == [False, True]
    assert world.record.tray.entries() == ()
    assert world.record.verification.verify().is_ok


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (1,)])
def test_what_was_signed_and_perhaps_never_written_is_not_waited_for(
    world: RecordWorld, panel: Panel, order: tuple[int, ...]
) -> None:
    desk, _other, review, _ = panel
    first = desk.sealed(review, percent=60)
    second = desk.sealed(review, percent=75, revision=2, base=sha256_of(first))
    packages = [desk.hand_in(first), desk.hand_in(second, extra=[unwritten(first)])]
    for place in order:
        assert import_one(world, packages[place]).outcome in (Outcome.NEW, Outcome.REVISION)
    assert world.record.results.results()[0].experts[0].total == 750
    assert [one.is_current for one in world.record.results.history(review)] == [False, True][-len(order) :]
    assert world.record.tray.entries() == ()
    assert world.record.verification.verify().is_ok


@pytest.mark.parametrize("is_first", [True, False])
def test_a_copy_of_the_desk_is_noticed_also_beside_what_was_never_written(
    world: RecordWorld, panel: Panel, *, is_first: bool
) -> None:
    desk, _other, review, _ = panel
    first = desk.sealed(review, percent=60)
    second = desk.sealed(review, percent=75, revision=2, base=sha256_of(first))
    packages = [desk.hand_in(second, extra=[unwritten(first)]), desk.hand_in(desk.sealed(review, percent=80))]
    before, after = reversed(packages) if is_first else packages
    assert import_one(world, before).outcome in (Outcome.NEW, Outcome.REVISION)
    assert import_one(world, after).outcome is Outcome.FORK


def test_a_revision_waits_for_what_was_written_before_the_one_that_was_not(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    first = desk.sealed(review, percent=60)
    second = desk.sealed(review, percent=75, revision=2, base=sha256_of(first))
    third = desk.sealed(review, percent=80, revision=3, base=sha256_of(second))
    written = desk.hand_in(first)
    assert import_one(world, desk.hand_in(third, extra=[unwritten(second)])).outcome is Outcome.EARLY_REVISION
    assert import_one(world, written).outcome is Outcome.NEW
    assert world.record.results.results()[0].experts[0].total == 800
    assert world.record.tray.entries() == ()


def unwritten(sealed: SealedReview) -> PackageFile:
    """What a later revision says of *sealed*, which it builds on."""
    data = canonical.encode((Unwritten(sha256_of(sealed), sealed.base),))
    return PackageFile.from_bytes(
        unwritten_path(sealed.review), "application/json", data=data, application=sealed.application
    )


def test_early_revision_waits_and_says_so(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    first = desk.sealed(review)
    desk.hand_in(first)
    before = digest_of(world)
    assert import_one(world, desk.hand_in(desk.sealed(review, revision=2, base=sha256_of(first)))).outcome is (
        Outcome.EARLY_REVISION
    )
    assert digest_of(world) == before
    (entry,) = world.record.tray.entries()
    assert (entry.outcome, entry.expert, entry.is_kept) == (Outcome.EARLY_REVISION, desk.expert, True)


def test_revision_that_waited_is_not_late_because_its_base_was_slow(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    world.record.issuing.issue(world.folder / "out")
    first = desk.sealed(review)
    base = desk.hand_in(first)
    import_one(world, desk.hand_in(desk.sealed(review, percent=80, revision=2, base=sha256_of(first))))
    world.clock.forward(days=30)
    assert import_one(world, base).outcome is Outcome.LATE
    (entry,) = [one for one in world.record.tray.entries() if one.outcome is Outcome.LATE]
    world.record.tray.decide(entry.sha256, take=True, reason="示例：邮路耽搁")
    (result,) = world.record.results.results()
    assert result.experts[0].total == 800
    assert world.record.tray.entries() == ()


def test_two_copies_of_a_desk_make_a_fork(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    first = desk.sealed(review)
    import_one(world, desk.hand_in(first))
    base = sha256_of(first)
    assert (
        import_one(world, desk.hand_in(desk.sealed(review, percent=70, revision=2, base=base))).outcome
        is Outcome.REVISION
    )
    before = digest_of(world)
    assert (
        import_one(world, desk.hand_in(desk.sealed(review, percent=80, revision=2, base=base))).outcome is Outcome.FORK
    )
    assert digest_of(world) == before
    assert world.record.results.results()[0].experts[0].total == 700


def test_recalled_review_is_held(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    package = desk.hand_in(desk.sealed(review))
    world.record.assigning.recall(desk.expert, world.review(review), reason="示例原因")
    assert import_one(world, package).outcome is Outcome.RECALLED_ASSIGNMENT


def test_review_of_a_changed_dossier_is_held(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    assert import_one(world, desk.hand_in(desk.sealed(review, dossier=Sha256("3" * 64)))).outcome is (
        Outcome.RECALLED_ASSIGNMENT
    )


def test_revoked_device_is_held_until_somebody_has_telephoned(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    package = desk.hand_in(desk.sealed(review))
    world.clock.forward(days=1)
    world.record.roster.revoke(desk.device, reason="电脑遗失")
    world.clock.forward(days=1)
    before = digest_of(world)
    one = import_one(world, package)
    assert one.outcome is Outcome.REVOKED_CERTIFICATE
    assert digest_of(world) == before
    (entry,) = world.record.tray.entries()
    assert len(entry.package_code.split()) == 4
    taken = world.record.tray.decide(entry.sha256[:12], take=True, reason="电话核对一致")
    assert taken.package is not None
    assert taken.package.outcome is Outcome.NEW
    assert world.record.verification.verify().is_ok


def test_what_was_taken_before_the_revocation_stays(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    package = desk.hand_in(desk.sealed(review))
    import_one(world, package)
    world.clock.forward(days=1)
    world.record.roster.revoke(desk.device, reason="电脑遗失")
    world.clock.forward(days=1)
    assert import_one(world, package).outcome is Outcome.ALREADY_IMPORTED
    assert world.record.verification.verify().is_ok


def test_expired_certificate_is_refused_today_and_verified_as_of_then(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    reviews = [world.assign(desk, code) for code in world.apply(2)]
    import_one(world, desk.hand_in(desk.sealed(reviews[0])))
    late = desk.hand_in(desk.sealed(reviews[1]))
    world.clock.forward(days=420)
    assert import_one(world, late).outcome is Outcome.CERTIFICATE_EXPIRED
    assert world.record.verification.verify().is_ok


def test_late_package_is_held_and_taken_after_an_extension(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    world.record.issuing.issue(world.folder / "out")
    package = desk.hand_in(desk.sealed(review))
    world.clock.forward(days=20)
    assert import_one(world, package).outcome is Outcome.LATE
    world.record.issuing.extend((world.clock.now + timedelta(days=5)).date(), reason="示例：大雪")
    assert import_one(world, package).outcome is Outcome.NEW
    assert world.record.tray.entries() == ()


def test_jump_in_the_order_numbers_is_held(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    sealed = desk.sealed(review)
    assert import_one(world, desk.hand_in(sealed, seq=51)).outcome is Outcome.SEQUENCE_JUMP
    assert import_one(world, desk.hand_in(sealed, seq=50)).outcome is Outcome.NEW


@pytest.mark.parametrize("minutes", [0, 5])
def test_review_against_a_declared_conflict_is_held(world: RecordWorld, panel: Panel, minutes: int) -> None:
    desk, _other, review, _ = panel
    application = world.review(review)
    conflict = desk.declaration(application, Declared.CONFLICT, note="曾任职", minutes=2)
    assert import_one(world, desk.hand_in(declarations=[(review, conflict)])).outcome is Outcome.NEW
    none = desk.declaration(application, minutes=minutes)
    one = import_one(world, desk.hand_in(desk.sealed(review), declarations=[(review, none)]))
    assert one.outcome is Outcome.CONFLICT_FOUND
    assert world.record.results.results(application)[0].experts[0].status is ExpertStatus.RECUSED
    (entry,) = world.record.tray.entries()
    world.record.tray.decide(entry.sha256, take=True, reason="示例：误点，已与专家核对")
    assert world.record.results.results(application)[0].experts[0].status is ExpertStatus.SEALED
    assert world.record.verification.verify().is_ok


def test_declared_conflict_is_not_taken_back_by_a_later_line(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    application = world.review(review)
    conflict = desk.declaration(application, Declared.CONFLICT, note="曾任职", minutes=2)
    import_one(world, desk.hand_in(declarations=[(review, conflict)]))
    none = desk.declaration(application, minutes=5)
    assert import_one(world, desk.hand_in(declarations=[(review, none)])).outcome is Outcome.CONFLICT_FOUND
    assert world.record.results.results(application)[0].experts[0].status is ExpertStatus.RECUSED
    assert world.record.verification.verify().is_ok
