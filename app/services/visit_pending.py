"""What is left to do about a visit, for the list of visits and above every one of them."""

from collections.abc import Iterator

from app.clock import BEIJING
from app.domain.onsite.acknowledgement import Acknowledgement
from app.domain.onsite.agreement import Result
from app.domain.onsite.merging import forked
from app.domain.onsite.opinion import SignedOpinion
from app.domain.onsite.pending import Pending, PendingLine
from app.domain.review import ReviewKind
from app.packages import canonical
from app.services.visit_notebook import ONLY, Notebook
from app.services.visit_sealing import is_changed_since
from app.storage.desk.records import ReviewRecord
from app.storage.desk.store import UnitOfWork


def pending_of(
    work: UnitOfWork, notebook: Notebook, review: ReviewRecord, *, is_changed: bool | None = None
) -> tuple[PendingLine, ...]:
    """What the expert at this desk has still to do about the visit as its leader; nothing at other desks.

    Args:
        is_changed: what :func:`is_changed_since_signing` said, where it was asked already.
    """
    if notebook.plan.leader.id != notebook.me:
        return ()
    if is_changed is None:
        is_changed = is_changed_since_signing(work, notebook, review)
    return (*_seal(notebook), *_signature(notebook, review, is_changed=is_changed))


def is_changed_since_signing(work: UnitOfWork, notebook: Notebook, review: ReviewRecord) -> bool:
    """Whether the joint opinion says something else now than in the revision of *review* that is signed."""
    signed = work.sealed.current().get(review.review) if review.is_sealed else None
    return signed is not None and is_changed_since(work, notebook.visit, signed.content_sha256)


def is_seal_new(work: UnitOfWork, notebook: Notebook, review: ReviewRecord) -> bool:
    """Whether the sealed sheet came after the revision of *review* that was signed last."""
    made = notebook.find(Acknowledgement, ONLY)
    signed = work.sealed.current().get(review.review)
    sealed = work.sealed_visits.get(signed.content_sha256) if signed is not None else None
    if made is None or made.sealed_on is None or sealed is None:
        return False
    before = canonical.decode(sealed.opinion, SignedOpinion).acknowledgement
    return before is None or before.sealed_on is None


def _seal(notebook: Notebook) -> Iterator[PendingLine]:
    made = notebook.find(Acknowledgement, ONLY)
    if made is not None and made.seal_due is not None and made.is_seal_pending:
        today = notebook.now.astimezone(BEIJING).date()
        yield PendingLine(Pending.SEAL, made.seal_due, is_overdue=today > made.seal_due)


def _signature(notebook: Notebook, review: ReviewRecord, *, is_changed: bool) -> Iterator[PendingLine]:
    if review.kind is not ReviewKind.ONSITE:
        return
    if is_changed:
        yield PendingLine(Pending.SIGN_AGAIN)
    elif not review.is_sealed and _is_complete(notebook):
        yield PendingLine(Pending.SIGN)


def _is_complete(notebook: Notebook) -> bool:
    is_concluded = notebook.find(Result, ONLY) is not None and notebook.find(Acknowledgement, ONLY) is not None
    return is_concluded and not forked(notebook.work.visits.entries(notebook.visit))
