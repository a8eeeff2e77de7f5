from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.outcome import Group, Outcome, of_all, worst

TAKEN = {"new", "revision"}
HELD = {
    "fork", "early_revision", "late", "recalled_assignment", "revoked_certificate", "sequence_jump", "conflict_found",
    "frozen",
}  # fmt: skip
REFUSED = {
    "not_a_package", "damaged", "not_for_you", "unknown_signer", "bad_signature", "certificate_expired", "wrong_kind",
    "format_too_new", "over_limit", "unassigned", "rubric_mismatch", "incomplete",
}  # fmt: skip


def test_every_outcome_of_the_contract_is_in_its_group() -> None:
    by_group = {group: {str(o) for o in Outcome if o.group is group} for group in Group}
    assert by_group == {
        Group.TAKEN: TAKEN,
        Group.NOTHING_TO_DO: {"already_imported"},
        Group.HELD: HELD,
        Group.REFUSED: REFUSED,
    }


def test_groups_grow_graver_one_after_the_other() -> None:
    order = list(Group)
    assert all(order.index(a.group) <= order.index(b.group) for a, b in pairwise(Outcome))
    assert [outcome.gravity for outcome in Outcome] == list(range(len(Outcome)))


@given(st.lists(st.sampled_from(Outcome), min_size=1))
def test_a_package_is_as_bad_as_its_worst_review(outcomes: list[Outcome]) -> None:
    found = worst(outcomes)
    assert found in outcomes
    assert all(found.gravity >= outcome.gravity for outcome in outcomes)


@given(st.lists(st.sampled_from(Outcome), min_size=1))
def test_something_taken_beside_what_was_here_before_is_taken_and_all_else_is_as_bad_as_its_worst(
    outcomes: list[Outcome],
) -> None:
    groups = {outcome.group for outcome in outcomes}
    if groups == {Group.TAKEN, Group.NOTHING_TO_DO}:
        assert of_all(outcomes) is worst([one for one in outcomes if one.group is Group.TAKEN])
    else:
        assert of_all(outcomes) is worst(outcomes)
