"""Forks at the desk: one review signed at two desks, side by side; the expert chooses one whole and signs again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.domain.changes import Changes
from app.domain.draft import Draft
from app.domain.examination import check
from app.domain.forks import Fork, Version
from app.domain.history import differences
from app.domain.ids import ReviewId, Sha256
from app.domain.outcome import Group
from app.domain.review import SealedReview, revision_code
from app.errors import UserFacingError
from app.i18n import N_
from app.packages import canonical
from app.services.desk_editing import Editing, find_review, require_unlocked
from app.services.desk_errors import RevisionReasonError
from app.services.desk_fork_taking import open_forks
from app.services.desk_tasks import form_of
from app.storage.desk.store import DeskStore, UnitOfWork

_SHORTEST: Final = 8  # digits of a hash that people copy


class NoForkError(UserFacingError):
    """Nothing to choose: never forked, or settled meanwhile."""

    code = "no_fork"
    message = N_("{application}: there is only one signed version of this review. There is nothing to choose.")


class VersionUnknownError(UserFacingError):
    """Mistyped, or a version of something else."""

    code = "version_unknown"
    message = N_("There is no version {version} of this review. Copy its code from the list of “desk forks”.")


class ForkService:
    """Looking changes nothing; choosing opens a new revision that still has to be signed."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def all(self) -> tuple[Fork, ...]:
        """Every review that waits for a choice."""
        with self._store.reading() as work:
            return tuple(_fork(work, review, contents) for review, contents in sorted(_choosable(work).items()))

    def fork(self, review: ReviewId) -> Fork:
        """The versions of one review.

        Raises:
            ApplicationUnknownError, DossierLockedError, DossierClosedError, NoForkError: as their sentences say.
        """
        with self._store.reading() as work:
            return _found(work, review)

    def choose(self, review: ReviewId, version: str, *, reason: str) -> Changes:
        """Begin a new revision with the whole content of *version*, in place of the one that counts.

        What was being written is replaced, too; that can be undone as long as nothing is signed.

        Args:
            version: SHA-256 of the version, or an unambiguous beginning of it.
            reason: why this one; it is signed along.

        Raises:
            NoForkError, VersionUnknownError, RevisionReasonError, and what the form does not allow.
        """
        with self._store.writing() as work:
            fork = _found(work, review)
            chosen = _named(fork, version)
            if not reason.strip():
                raise RevisionReasonError(application=fork.application)
            check(fork.form, chosen.assessment)
            record = find_review(work, review)
            counted = fork.versions[0]
            own = [each for each in work.sealed.all() if each.review == review]
            if record.is_sealed:
                work.drafts.forget_steps(review)
            else:
                work.forks.forget_choice(review, record.revision)
            revision = max(counted.revision, *(each.revision for each in own)) + 1 if own else counted.revision + 1
            editing = Editing(work, record)
            editing.record = replace(
                editing.record,
                is_sealed=False,
                revision=revision,
                base=counted.content,
                revision_reason=reason.strip(),
            )
            editing.put_whole(Draft.of(chosen.assessment))
            unsettled = {each.content_sha256 for each in own if not each.outcome or each.outcome.group is Group.HELD}
            seen = {each.content for each in fork.versions} | unsettled
            work.forks.save_choice(review, revision, seen)
            editing.commit()
        return Changes(tasks=True, reviews=frozenset({review}))


def _choosable(work: UnitOfWork) -> Mapping[ReviewId, tuple[Sha256, ...]]:
    """Forks of dossiers that may be read."""
    return {
        review: contents for review, contents in open_forks(work).items() if find_review(work, review).is_unlocked
    }  # fmt: skip


def _found(work: UnitOfWork, review: ReviewId) -> Fork:
    record = find_review(work, review)
    require_unlocked(record)
    contents = open_forks(work).get(review)
    if contents is None:
        raise NoForkError(application=record.application)
    return _fork(work, review, contents)


def _fork(work: UnitOfWork, review: ReviewId, contents: tuple[Sha256, ...]) -> Fork:
    record = find_review(work, review)
    signed = [(content, _signed(work, review, content)) for content in contents]
    counted = signed[0][1].assessment
    return Fork(
        review=review,
        application=record.application,
        operator=record.face.operator,
        kind=record.kind,
        form=form_of(work, record),
        versions=tuple(
            Version(
                content=content,
                code=revision_code(content),
                revision=sealed.revision,
                device=sealed.device,
                sealed_at=sealed.sealed_at,
                reason=sealed.reason,
                assessment=sealed.assessment,
                is_counted=place == 0,
                is_from_here=work.sealed.get(content) is not None,
                differences=differences(counted, sealed.assessment),
            )
            for place, (content, sealed) in enumerate(signed)
        ),
    )


def _signed(work: UnitOfWork, review: ReviewId, content: Sha256) -> SealedReview:
    data = work.forks.version(review, content)
    if data is None:  # it came with the fork
        raise RuntimeError("a fork without its version")
    return canonical.decode(data, SealedReview)


def _named(fork: Fork, typed: str) -> Version:
    start = typed.strip().lower()
    found = [each for each in fork.versions if each.content.startswith(start)] if len(start) >= _SHORTEST else []
    if len(found) != 1:
        raise VersionUnknownError(version=typed.strip()[:16])
    return found[0]
