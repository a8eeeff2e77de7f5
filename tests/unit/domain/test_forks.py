"""Which versions of a forked review still wait for their expert."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.forks import HeldVersion, settled_with, waiting
from app.domain.ids import ReviewId, Sha256

REVIEW = ReviewId("01930000-0000-7000-8000-000000000001")


def hashed(name: str) -> Sha256:
    return Sha256(name * 64)


def version(name: str, base: str | None = None, *, is_fork: bool = False) -> HeldVersion:
    return HeldVersion(review=REVIEW, content=hashed(name), base=hashed(base) if base else None, is_fork=is_fork)


def names(found: tuple[HeldVersion, ...]) -> str:
    return "".join(one.content[0] for one in found)


# The record counts “a”. At the other desk “b” was signed from the same beginning, and “c” in its place.
HELD = (version("b", is_fork=True), version("c", "b"), version("e", "d"))


def test_the_last_version_of_the_other_branch_waits() -> None:
    assert names(waiting(HELD, settled=(), known=(hashed("a"),))) == "c"
    assert names(waiting(HELD[:1], settled=(), known=(hashed("a"),))) == "b"


def test_a_revision_whose_beginning_is_only_on_its_way_is_no_fork() -> None:
    assert waiting(HELD[1:], settled=(), known=(hashed("a"),)) == ()


def test_what_was_settled_or_taken_waits_no_longer() -> None:
    assert waiting(HELD, settled=(hashed("c"),), known=(hashed("a"),)) == ()
    assert waiting(HELD, settled=(), known=(hashed("a"), hashed("b"), hashed("c"))) == ()


def test_a_later_version_of_a_settled_branch_asks_again() -> None:
    assert names(waiting(HELD, settled=(hashed("b"),), known=(hashed("a"),))) == "c"
    more = (*HELD, version("f", "a", is_fork=True))
    assert names(waiting(more, settled=(hashed("c"),), known=(hashed("a"),))) == "f"


def test_settling_a_version_settles_what_it_replaced() -> None:
    assert settled_with(HELD, [hashed("c")]) == {hashed("c"), hashed("b")}
    assert settled_with(HELD, []) == frozenset()


@given(st.permutations((*HELD, version("f", "b"), version("g", "f"))))
def test_the_order_of_arrival_does_not_matter(held: list[HeldVersion]) -> None:
    assert names(waiting(held, settled=(), known=(hashed("a"),))) == "cg"
