"""Forks: what is held of a review that came in two versions, telling its expert, and what is settled by the answer."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.forks import HeldVersion, settled_with, waiting
from app.domain.ids import ExpertCode, ReviewId, Sha256
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind
from app.domain.tray import TrayState
from app.packages import canonical
from app.packages.fork_payloads import FORKS, MOST_VERSIONS, ForksPayload, ReviewFork, fork_path
from app.packages.payloads import review_path
from app.packages.writer import PackageFile
from app.services.record_judging import Judgement
from app.services.record_outgoing import JSON
from app.storage.record.files import FilesDestroyedError
from app.storage.record.revisions import StoredRevision
from app.storage.record.unit_of_work import RecordWork

_BESIDE: Final = (Outcome.FORK, Outcome.EARLY_REVISION)
_SUPERSEDED: Final = "superseded by revision {number}"


def keep_versions(work: RecordWork, judgement: Judgement, *, known: Mapping[ReviewId, Collection[Sha256]]) -> None:
    """Note the versions inside a file that was just put into the tray; what is in the record is no second version."""
    versions = [
        HeldVersion(
            review=one.review,
            content=one.read.sha256,
            base=one.read.base,
            is_fork=one.outcome is Outcome.FORK,
            data=one.read.data,
        )
        for one in judgement.reviews
        if one.read is not None
        and one.read.kind is not ReviewKind.ONSITE  # a visit is merged by its team, not chosen whole
        and one.outcome in _BESIDE
        and one.read.sha256 not in known.get(one.review, ())
    ]
    work.forks.keep(judgement.hand_in.file_sha256, versions)


def settle_versions(
    work: RecordWork, judgement: Judgement, *, known: Mapping[ReviewId, Collection[Sha256]], at: datetime
) -> None:
    """Close every file of the tray of which nothing waits any more, now that *judgement* was entered or put away."""
    for read in judgement.taken:
        if read.settles:
            work.forks.settle(read.review, read.settles, revision=read.revision)
    reviews = [one.review for one in judgement.reviews if one.outcome in _BESIDE]
    reviews += [read.review for read in judgement.taken if read.settles]
    if not reviews:
        return
    files = work.forks.files_with(reviews)
    every = {review for versions in files.values() for review in versions}
    held, settled = work.forks.held(every), work.forks.settled(every)
    done = {
        review: settled_with(held.get(review, ()), settled.get(review, {}).keys()) | set(known.get(review, ()))
        for review in every
    }
    for file, versions in files.items():
        if all(content in done[review] for review, content in versions.items()):
            numbers = [number for review in versions for number in settled.get(review, {}).values()]
            reason = _SUPERSEDED.format(number=max(numbers, default=0))
            work.tray.settle(file, TrayState.REFUSED, at=at, by="", reason=reason)


@dataclass(frozen=True, slots=True)
class _Fork:
    counts: StoredRevision
    waiting: tuple[HeldVersion, ...]


def fork_files(work: RecordWork, expert: ExpertCode) -> list[PackageFile]:
    """What a package to a device of *expert* says of reviews that came in more than one version."""
    forks = list(_forks(work, expert))
    if not forks:
        return []
    payload = ForksPayload(
        work.log.head().number,
        tuple(
            ReviewFork(fork.counts.review, fork.counts.sha256, tuple(one.content for one in fork.waiting))
            for fork in forks
        ),
    )
    files = [PackageFile.from_bytes(FORKS, JSON, data=canonical.encode(payload))]
    for fork in forks:
        counts = fork.counts
        versions = {one.content: one.data for one in fork.waiting}
        versions[counts.sha256] = work.files.original(counts.package, counts.application)[review_path(counts.review)]
        files += [
            PackageFile.from_bytes(fork_path(counts.review, content), JSON, data=data, application=counts.application)
            for content, data in sorted(versions.items())
        ]
    return files


def has_fork(work: RecordWork, expert: ExpertCode, reviews: Iterable[ReviewId]) -> bool:
    """Whether one of *reviews* came in more than one version, so that every desk of its expert has to hear of it."""
    return not set(reviews).isdisjoint(work.forks.forked_reviews(expert))


def _forks(work: RecordWork, expert: ExpertCode) -> Iterable[_Fork]:
    reviews = work.forks.forked_reviews(expert)
    held, settled, known = work.forks.held(reviews), work.forks.settled(reviews), work.revisions.known(reviews)
    for review, counts in sorted(work.revisions.current_of(reviews).items()):
        try:
            work.files.original(counts.package, counts.application)
        except FilesDestroyedError:
            continue  # nothing is left that could be laid beside it
        contents = [one.sha256 for one in known.get(review, ())]
        beside = waiting(held.get(review, ()), settled=settled.get(review, {}).keys(), known=contents)
        yield _Fork(counts, beside[: MOST_VERSIONS - 1])
