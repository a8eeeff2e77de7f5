"""A review counts only with a declaration of no relation, in every order in which the two can arrive."""

from itertools import permutations

import pytest
from sqlalchemy import text

from app.domain.conflict import Declared
from app.domain.outcome import Outcome
from app.domain.results import ExpertStatus
from app.storage.engine import writing
from tests.support.record_world import Panel, RecordWorld, digest_of, import_one


def status_of(world: RecordWorld, panel: Panel) -> ExpertStatus:
    """What became of the first expert's review."""
    (result,) = world.record.results.results(world.review(panel[2]))
    return next(one.status for one in result.experts if one.expert == panel[0].expert)


def test_review_without_a_declaration_is_refused(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    before = digest_of(world)
    one = import_one(world, desk.hand_in(desk.sealed(review), declarations=[]))
    assert (one.outcome, one.reviews[0].outcome) == (Outcome.INCOMPLETE, Outcome.INCOMPLETE)
    assert digest_of(world) == before
    assert status_of(world, panel) is ExpertStatus.MISSING


def test_history_that_does_not_begin_with_declaring_is_refused(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    desk.has_declared = False
    assert import_one(world, desk.hand_in(desk.sealed(review))).outcome is Outcome.INCOMPLETE
    assert status_of(world, panel) is ExpertStatus.MISSING


def test_declaration_about_another_application_does_not_count(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    (other,) = world.apply()
    said = [(review, desk.declaration(other))]
    assert import_one(world, desk.hand_in(desk.sealed(review), declarations=said)).outcome is Outcome.INCOMPLETE
    assert import_one(world, desk.hand_in(declarations=said)).outcome is Outcome.UNASSIGNED


@pytest.mark.parametrize("order", list(permutations(range(2))))
@pytest.mark.parametrize("is_at_once", [True, False])
def test_review_and_small_return_in_either_order(
    world: RecordWorld, panel: Panel, order: tuple[int, int], *, is_at_once: bool
) -> None:
    desk, _other, review, _ = panel
    said = [(review, desk.declaration(world.review(review)))]
    packages = [desk.hand_in(declarations=said), desk.hand_in(desk.sealed(review), declarations=[])]
    if is_at_once:
        world.take(*(packages[place] for place in order))
    else:
        for place in order:
            import_one(world, packages[place])
    assert status_of(world, panel) is ExpertStatus.SEALED
    assert world.record.tray.entries() == ()
    assert world.record.verification.verify().is_ok


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_declared_conflict_counts_in_every_order(world: RecordWorld, panel: Panel, order: tuple[int, ...]) -> None:
    desk, _other, review, _ = panel
    application = world.review(review)
    conflict = desk.declaration(application, Declared.CONFLICT, note="曾任职", minutes=2)
    packages = [
        desk.hand_in(declarations=[(review, conflict)]),
        desk.hand_in(declarations=[(review, desk.declaration(application, minutes=1))]),
        desk.hand_in(declarations=[(review, desk.declaration(application, minutes=5))]),
    ]
    for place in order:
        import_one(world, packages[place])
    assert status_of(world, panel) is ExpertStatus.RECUSED
    assert world.record.verification.verify().is_ok


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_review_without_a_word_waits_for_a_person_beside_a_conflict(
    world: RecordWorld, panel: Panel, order: tuple[int, int]
) -> None:
    desk, _other, review, _ = panel
    conflict = desk.declaration(world.review(review), Declared.CONFLICT, note="曾任职")
    packages = [desk.hand_in(declarations=[(review, conflict)]), desk.hand_in(desk.sealed(review), declarations=[])]
    for place in order:
        import_one(world, packages[place])
    assert status_of(world, panel) is ExpertStatus.RECUSED
    assert [entry.outcome for entry in world.record.tray.entries()] == [Outcome.CONFLICT_FOUND]
    assert world.record.verification.verify().is_ok


def test_declaration_that_vanished_is_found(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    import_one(world, desk.hand_in(desk.sealed(review)))
    assert world.record.verification.verify().is_ok
    with writing(world.record._context.store.engine).begin() as connection:
        connection.execute(text("DELETE FROM declaration"))
    assert not world.record.verification.verify().is_ok
