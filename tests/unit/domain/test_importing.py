from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import Sha256
from app.domain.importing import (
    KnownRevision,
    ReviewFacts,
    Unwritten,
    awaited_of,
    current_of,
    judge_review,
    judge_revision,
)
from app.domain.outcome import Group, Outcome

HASHES = [Sha256(f"{number:064x}") for number in range(1, 30)]


def known(number: int, base: Sha256 | None = None, order: int = 0) -> KnownRevision:
    return KnownRevision(HASHES[number], number, base, order)


def test_first_revision_is_new() -> None:
    assert judge_revision([], sha256=HASHES[1], base=None) is Outcome.NEW


def test_same_content_again_changes_nothing() -> None:
    assert judge_revision([known(1)], sha256=HASHES[1], base=None) is Outcome.ALREADY_IMPORTED


def test_revision_of_a_known_base_is_taken() -> None:
    assert judge_revision([known(1)], sha256=HASHES[2], base=HASHES[1]) is Outcome.REVISION


def test_revision_of_an_unknown_base_waits() -> None:
    assert judge_revision([known(1)], sha256=HASHES[3], base=HASHES[2]) is Outcome.EARLY_REVISION


def test_other_content_for_the_same_base_is_a_fork() -> None:
    revisions = [known(1), known(2, HASHES[1])]
    assert judge_revision(revisions, sha256=HASHES[9], base=HASHES[1]) is Outcome.FORK
    assert judge_revision([known(1)], sha256=HASHES[9], base=None) is Outcome.FORK


def lost(number: int, base: int | None = None) -> Unwritten:
    return Unwritten(HASHES[number], HASHES[base] if base is not None else None)


def test_what_was_never_written_is_not_waited_for() -> None:
    assert judge_revision([], sha256=HASHES[2], base=HASHES[1], unwritten=[lost(1)]) is Outcome.REVISION
    twice = [lost(3, 2), lost(2, 1)]
    assert judge_revision([known(1)], sha256=HASHES[4], base=HASHES[3], unwritten=twice) is Outcome.REVISION
    assert judge_revision([], sha256=HASHES[4], base=HASHES[3], unwritten=twice) is Outcome.EARLY_REVISION
    assert awaited_of([], base=HASHES[3], unwritten=twice) == HASHES[1]
    assert awaited_of([known(1)], base=HASHES[3], unwritten=twice) is None


def test_what_was_thought_unwritten_is_taken_when_it_comes_after_all() -> None:
    record = [KnownRevision(HASHES[3], 3, HASHES[2], unwritten=(lost(2, 1), lost(1)))]
    assert judge_revision(record, sha256=HASHES[1], base=None) is Outcome.NEW
    record.append(known(1))
    assert judge_revision(record, sha256=HASHES[2], base=HASHES[1]) is Outcome.REVISION


def test_other_content_beside_what_was_never_written_is_a_fork_in_either_order() -> None:
    later = KnownRevision(HASHES[2], 2, HASHES[1], unwritten=(lost(1),))
    assert judge_revision([later], sha256=HASHES[9], base=None) is Outcome.FORK
    assert judge_revision([known(9)], sha256=HASHES[2], base=HASHES[1], unwritten=[lost(1)]) is Outcome.FORK


def test_highest_revision_counts_whatever_came_last() -> None:
    revisions = [known(3, HASHES[2], order=1), known(1, order=2), known(2, HASHES[1], order=3)]
    current = current_of(revisions)
    assert current is not None
    assert current.revision == 3


def test_of_two_branches_the_one_decided_last_counts() -> None:
    first = KnownRevision(HASHES[5], 2, HASHES[1], order=4)
    second = KnownRevision(HASHES[4], 2, HASHES[1], order=7)
    assert current_of([second, first]) == second


def test_nothing_counts_where_nothing_is() -> None:
    assert current_of([]) is None


def arrive(order: list[int], held: list[int], length: int) -> tuple[set[Sha256], Sha256 | None]:
    """Feed revisions 1…length of one review in *order*; what waits is tried again after each that was taken."""
    chain = [(HASHES[n], HASHES[n - 1] if n > 1 else None, n) for n in range(1, length + 1)]
    record: list[KnownRevision] = []
    waiting: list[int] = []
    for place in order:
        waiting.append(place)
        progressed = True
        while progressed:
            progressed = False
            for candidate in list(waiting):
                sha256, base, number = chain[candidate]
                outcome = judge_revision(record, sha256=sha256, base=base)
                if outcome is Outcome.EARLY_REVISION:
                    continue
                waiting.remove(candidate)
                if outcome.group is Group.TAKEN:
                    record.append(KnownRevision(sha256, number, base, len(record)))
                    progressed = True
    held[:] = waiting
    current = current_of(record)
    return {one.sha256 for one in record}, current.sha256 if current else None


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.tuples(st.just(n), st.permutations(range(n)), st.lists(st.integers(0, n - 1)))
    )
)
def test_end_state_is_the_same_for_every_order_and_repetition(case: tuple[int, list[int], list[int]]) -> None:
    length, order, again = case
    held: list[int] = []
    assert arrive([*order, *again], held, length) == (set(HASHES[1 : length + 1]), HASHES[length])
    assert held == []


@given(
    st.integers(2, 8).flatmap(
        lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1)), st.permutations(range(n)))
    )
)
def test_omissions_leave_the_same_state_in_every_order(case: tuple[int, set[int], list[int]]) -> None:
    length, lost, order = case
    arrived = [place for place in order if place not in lost]
    state = arrive(arrived, [], length)
    assert state == arrive(sorted(arrived), [], length)
    in_record = sorted(HASHES.index(sha256) for sha256 in state[0])
    assert all(after == before + 1 for before, after in pairwise(in_record))


FINE = ReviewFacts(
    is_assigned=True, flaw=None, is_declared=True, is_grounded=True, is_recalled=False, is_same_dossier=True,
    is_related=False, is_frozen=False, is_late=False, standing=Outcome.NEW,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Outcome.NEW),
        ({"standing": Outcome.REVISION}, Outcome.REVISION),
        ({"is_assigned": False, "is_late": True}, Outcome.UNASSIGNED),
        ({"flaw": Outcome.INCOMPLETE}, Outcome.INCOMPLETE),
        ({"flaw": Outcome.RUBRIC_MISMATCH, "is_recalled": True}, Outcome.RUBRIC_MISMATCH),
        ({"standing": Outcome.ALREADY_IMPORTED, "is_recalled": True, "is_late": True}, Outcome.ALREADY_IMPORTED),
        ({"is_declared": False, "standing": Outcome.ALREADY_IMPORTED}, Outcome.ALREADY_IMPORTED),
        ({"is_declared": False, "is_recalled": True}, Outcome.INCOMPLETE),
        ({"is_grounded": False, "is_same_dossier": False}, Outcome.INCOMPLETE),
        ({"is_recalled": True, "is_late": True}, Outcome.RECALLED_ASSIGNMENT),
        ({"is_same_dossier": False}, Outcome.RECALLED_ASSIGNMENT),
        ({"is_frozen": True}, Outcome.FROZEN),
        ({"is_related": True}, Outcome.CONFLICT_FOUND),
        ({"standing": Outcome.FORK, "is_late": True}, Outcome.FORK),
        ({"standing": Outcome.EARLY_REVISION, "is_late": True}, Outcome.EARLY_REVISION),
        ({"is_late": True}, Outcome.LATE),
    ],
)
def test_review_is_judged_by_the_gravest_fact(changed: dict[str, object], expected: Outcome) -> None:
    from dataclasses import replace

    assert judge_review(replace(FINE, **changed)) is expected
