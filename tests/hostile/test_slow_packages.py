"""A signed package that takes too long to read is refused, and holds up nothing else (threat T6)."""

import pytest

from app.domain.events import Event, EventKind
from app.domain.outcome import Outcome
from app.domain.review import SealedReview
from app.packages import canonical
from app.services.record_import import ImportService
from tests.support.record_fixtures import world
from tests.support.record_world import FakeDesk, RecordWorld, digest_of

__all__ = ["world"]

LINES = 2_000_000


def endless(sealed: SealedReview) -> list[bytes]:
    """A chain of two million lines, properly closed: a second of work from four megabytes."""
    digest = canonical.digest_of(sealed.assessment)
    return [*[b"x"] * LINES, canonical.encode(Event(LINES + 1, sealed.sealed_at, EventKind.SEALED, digest=digest))]


@pytest.mark.parametrize("seconds", [0.3])
def test_package_that_takes_too_long_is_refused_and_the_next_is_taken(
    world: RecordWorld, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    slow, quick = world.enrol(2)
    (application,) = world.apply()
    reviews = [world.assign(desk, application) for desk in (slow, quick)]
    with monkeypatch.context() as patch:
        patch.setattr(FakeDesk, "history", lambda _desk, sealed: endless(sealed))
        hostile = world.file(slow.hand_in(slow.sealed(reviews[0])))
    before = digest_of(world)
    service = ImportService(world.record._context, seconds=seconds)
    (one,) = service.import_files([hostile]).packages
    assert one.outcome is Outcome.OVER_LIMIT
    assert digest_of(world) == before
    good = world.file(quick.hand_in(quick.sealed(reviews[1])))
    outcomes = [one.outcome for one in service.import_files([hostile, good]).packages]
    assert outcomes == [Outcome.OVER_LIMIT, Outcome.NEW]
    (entry,) = world.record.tray.entries()
    assert entry.outcome is Outcome.OVER_LIMIT
