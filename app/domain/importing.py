"""Which revision of a review counts: pure rules over what the record knows, the same for every order of arrival.

A revision names the one it replaces by its hash. Numbers alone would not do: two copies of a desk both make a
"revision 2", and only their contents tell that they are not the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.ids import Sha256
from app.domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A revision that was signed and that its desk knows in no written package: the power may have failed between."""

    sha256: Sha256
    base: Sha256 | None


@dataclass(frozen=True, slots=True)
class KnownRevision:
    """A revision that is in the record. ``order`` rises with every act that took one in.

    Attributes:
        unwritten: what it builds on and may never arrive, the latest first.
    """

    sha256: Sha256
    revision: int
    base: Sha256 | None
    order: int = 0
    is_current: bool = False
    unwritten: tuple[Unwritten, ...] = ()


def judge_revision(
    known: Sequence[KnownRevision], *, sha256: Sha256, base: Sha256 | None, unwritten: Sequence[Unwritten] = ()
) -> Outcome:
    """What becomes of a verified revision, given what is *known* of the same review.

    Args:
        unwritten: what it builds on and may never arrive; nobody waits for these.

    Returns:
        ``already_imported`` for the same content; ``fork`` where something else already replaces the same base;
        ``early_revision`` while the base is unknown; otherwise ``new`` or ``revision``.
    """
    if any(one.sha256 == sha256 for one in known):
        return Outcome.ALREADY_IMPORTED
    heirs = _heirs(known)
    if any(heirs.get(replaced, heir) != heir for heir, replaced in _steps(known, sha256, base, unwritten)):
        return Outcome.FORK
    if base is None:
        return Outcome.NEW
    awaited = awaited_of(known, base=base, unwritten=unwritten)
    return Outcome.REVISION if awaited is None else Outcome.EARLY_REVISION


def awaited_of(known: Iterable[KnownRevision], *, base: Sha256 | None, unwritten: Iterable[Unwritten]) -> Sha256 | None:
    """The revision that has to arrive before one with that *base* can be taken; ``None`` if nothing has to."""
    here, bases = {one.sha256 for one in known}, {one.sha256: one.base for one in unwritten}
    while base is not None and base not in here and base in bases:
        base = bases.pop(base)
    return None if base in here else base


def _heirs(known: Iterable[KnownRevision]) -> dict[Sha256 | None, Sha256]:
    """What each base was replaced by first, also where that revision itself never arrived."""
    heirs: dict[Sha256 | None, Sha256] = {}
    for one in known:
        heirs.setdefault(one.base, one.sha256)
        for lost in one.unwritten:
            heirs.setdefault(lost.base, lost.sha256)
    return heirs


def _steps(
    known: Iterable[KnownRevision], sha256: Sha256, base: Sha256 | None, unwritten: Iterable[Unwritten]
) -> Iterable[tuple[Sha256, Sha256 | None]]:
    """What replaces what, back to the first revision that is here."""
    here, bases = {one.sha256 for one in known}, {one.sha256: one.base for one in unwritten}
    yield sha256, base
    while base is not None and base not in here and base in bases:
        heir, base = base, bases.pop(base)
        yield heir, base


def current_of(known: Iterable[KnownRevision]) -> KnownRevision | None:
    """The revision that counts: the highest number, and of two branches the one a person decided to take last."""
    return max(known, key=lambda one: (one.revision, one.order, one.sha256), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """Everything that decides about one verified, signed review.

    Attributes:
        flaw: what is wrong with it by itself: ``rubric_mismatch``, ``incomplete`` or ``damaged``.
        is_declared: its expert has said, in the same package or before, how they stand to the applicant.
        is_grounded: all it cites belongs to the application.
        is_same_dossier: it was judged on the application as the record has it now.
        is_related: the record knows a tie, or the expert declared one.
        is_frozen: the individual scores of the application are closed.
        is_late: it arrived after the deadline of its assignment.
        standing: what :func:`judge_revision` says.
    """

    is_assigned: bool
    flaw: Outcome | None
    is_declared: bool
    is_grounded: bool
    is_recalled: bool
    is_same_dossier: bool
    is_related: bool
    is_frozen: bool
    is_late: bool
    standing: Outcome


def judge_review(facts: ReviewFacts) -> Outcome:
    """What becomes of the review by itself; a person may decide otherwise about what is held.

    What is in the record already stays there, whatever has happened since. Lateness is asked last, so that a revision
    that waited for its base is judged by the day on which it arrived.
    """
    if not facts.is_assigned:
        return Outcome.UNASSIGNED
    if facts.flaw is not None:
        return facts.flaw
    if facts.standing is Outcome.ALREADY_IMPORTED:
        return facts.standing
    if not (facts.is_declared and facts.is_grounded):
        return Outcome.INCOMPLETE
    if facts.is_recalled or not facts.is_same_dossier:
        return Outcome.RECALLED_ASSIGNMENT
    if facts.is_frozen:
        return Outcome.FROZEN
    if facts.is_related:
        return Outcome.CONFLICT_FOUND
    if facts.standing in (Outcome.FORK, Outcome.EARLY_REVISION):
        return facts.standing
    return Outcome.LATE if facts.is_late else facts.standing
