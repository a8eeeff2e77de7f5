"""Notes of several people, brought together in any order; grades that differ and what the team agreed on."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.onsite.agreement import Consensus, Dissent, ItemGrade, disagreements, settled
from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import EntryId, ItemId, MemberId, SiteId
from app.domain.onsite.merging import Entry, EntryKind, forked, merge, standing
from app.domain.onsite.record import UnexplainedError
from app.intake.checklist_file import default_checklist

CHECKLIST = default_checklist()
NOW = datetime(2026, 11, 20, tzinfo=UTC)
SITE, OTHER_SITE = SiteId("S1"), SiteId("S2")
LEADER, MEMBER, PAPER = MemberId("E0001"), MemberId("E0002"), MemberId("P1")

ENTRIES = st.builds(
    Entry,
    st.sampled_from([EntryKind.RECORD, EntryKind.GRADE, EntryKind.BINDING]),
    st.sampled_from([EntryId("a"), EntryId("b"), EntryId("c")]),
    st.sampled_from([LEADER, MEMBER, PAPER]),
    st.integers(1, 3),
    st.sampled_from([b"one", b"two"]),
)
DESKS = st.frozensets(ENTRIES, max_size=12)


def grade(item: str, author: MemberId, given_: Grade | None, site: SiteId = SITE) -> ItemGrade:
    return ItemGrade(ItemId(item), site, author, given_)


def agreed(item: str, to: Grade, site: SiteId = SITE) -> Consensus:
    return Consensus(ItemId(item), site, to, "示例理由", NOW)


@given(DESKS, DESKS)
def test_merging_is_commutative(one: frozenset[Entry], other: frozenset[Entry]) -> None:
    assert merge(one, other) == merge(other, one)


@given(DESKS, DESKS, DESKS)
def test_merging_is_associative(one: frozenset[Entry], other: frozenset[Entry], third: frozenset[Entry]) -> None:
    assert merge(merge(one, other), third) == merge(one, merge(other, third)) == merge(one, other, third)


@given(DESKS)
def test_merging_is_idempotent(one: frozenset[Entry]) -> None:
    assert merge(one, one) == merge(one) == merge(merge(one), one)


@given(DESKS, DESKS)
def test_merging_loses_no_entry_and_goes_back_to_no_lower_revision(
    one: frozenset[Entry], other: frozenset[Entry]
) -> None:
    merged = standing(merge(one, other))
    for entry in one | other:
        assert merged[entry.key].revision >= entry.revision


@given(st.lists(DESKS, max_size=5), st.randoms())
def test_sticks_may_cross_in_any_order(desks: list[frozenset[Entry]], chance: random.Random) -> None:
    shuffled = list(desks)
    chance.shuffle(shuffled)
    assert standing(merge(*desks)) == standing(merge(*shuffled))
    assert forked(merge(*desks)) == forked(merge(*shuffled))


def test_two_copies_of_one_desk_that_wrote_differently_are_listed_and_both_kept() -> None:
    one = Entry(EntryKind.RECORD, EntryId("a"), MEMBER, 2, b"one")
    other = Entry(EntryKind.RECORD, EntryId("a"), MEMBER, 2, b"other")
    assert set(forked(merge([one], [other]))[0]) == {one, other}
    newer = Entry(EntryKind.RECORD, EntryId("a"), MEMBER, 3, b"chosen")
    assert forked(merge([one], [other], [newer])) == ()


def test_the_same_item_graded_differently_is_listed_and_has_no_grade_until_the_team_agrees() -> None:
    grades = [grade("A1", LEADER, Grade.CONFORM), grade("A1", MEMBER, Grade.MINOR), grade("A2", LEADER, Grade.CONFORM)]
    found = disagreements(grades)
    assert [(one.item, [given_.author for given_ in one.grades]) for one in found] == [("A1", [LEADER, MEMBER])]
    assert settled(CHECKLIST, grades) == {"A2": Grade.CONFORM}
    consensus = [agreed("A1", Grade.MINOR)]
    assert settled(CHECKLIST, grades, consensus) == {"A1": Grade.MINOR, "A2": Grade.CONFORM}
    assert disagreements(grades, consensus)[0].consensus == consensus[0]


def test_a_grade_that_was_taken_back_does_not_count() -> None:
    grades = [grade("A1", LEADER, Grade.CONFORM), grade("A1", MEMBER, None)]
    assert disagreements(grades) == ()
    assert settled(CHECKLIST, grades) == {"A1": Grade.CONFORM}


def test_a_veto_at_one_of_several_sites_is_a_veto_for_the_scope() -> None:
    grades = [grade("B1", LEADER, Grade.PASS), grade("B1", LEADER, Grade.FAIL, OTHER_SITE)]
    assert disagreements(grades) == ()
    assert settled(CHECKLIST, grades) == {"B1": Grade.FAIL}


def test_not_applicable_at_one_site_leaves_what_was_seen_at_the_other() -> None:
    grades = [grade("A1", LEADER, Grade.NOT_APPLICABLE), grade("A1", LEADER, Grade.MINOR, OTHER_SITE)]
    assert settled(CHECKLIST, grades) == {"A1": Grade.MINOR}


def test_consensus_and_dissent_say_why() -> None:
    with pytest.raises(UnexplainedError):
        Consensus(ItemId("A1"), SITE, Grade.MINOR, " ", NOW)
    with pytest.raises(UnexplainedError):
        Dissent(EntryId("x"), MEMBER, "", NOW)
