"""Revisions that were signed and that no written package holds: the power failed between signing and writing."""

from app.domain.ids import Sha256
from app.domain.importing import Unwritten
from app.domain.review import SealedReview
from app.packages.fork_payloads import MOST_VERSIONS
from app.services.desk_signed import is_as_signed, signed_of
from app.storage.desk.store import UnitOfWork


def written_contents(work: UnitOfWork) -> frozenset[Sha256]:
    """The revisions that are in a package this desk knows to be written, or have an answer."""
    carried = {content for contents in work.packages.carried().values() for content in contents}
    return frozenset(carried | {one.content_sha256 for one in work.sealed.all() if one.outcome is not None})


def unwritten_below(work: UnitOfWork, sealed: SealedReview, written: frozenset[Sha256]) -> tuple[Unwritten, ...]:
    """What *sealed* builds on and the record may never see, the latest first."""
    found: list[Unwritten] = []
    base = sealed.base
    while base is not None and base not in written and len(found) < MOST_VERSIONS:
        record = work.sealed.get(base)
        if record is None or not is_as_signed(record):  # signed at another desk, which hands it in itself; or damaged
            break
        below = signed_of(record)
        found.append(Unwritten(base, below.base))
        base = below.base
    return tuple(found)
