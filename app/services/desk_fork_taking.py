"""What a package says of reviews that were signed at two desks, and which of them wait for the expert."""

from dataclasses import dataclass

from app.domain.ids import CampaignId, ReviewId, Sha256
from app.domain.outcome import Group, Outcome
from app.domain.review import ReviewKind, SealedReview
from app.packages import canonical
from app.packages.canonical import NotCanonicalError
from app.packages.fork_payloads import FORKS, MOST_VERSIONS, ForksPayload, ReviewFork, fork_path
from app.packages.payloads import CredentialPayload
from app.packages.reader import VerifiedPackage
from app.packages.refusal import PackageRefusedError
from app.services.desk_contents import Contents
from app.storage.desk.records import ForkRecord, ReviewRecord
from app.storage.desk.store import UnitOfWork


def take_forks(work: UnitOfWork, package: VerifiedPackage, contents: Contents) -> None:
    """Keep what *package* says of forks, and every version that came along; reviews that are not here are passed over.

    Raises:
        PackageRefusedError: ``incomplete``: a version is missing, or is not this expert's.
    """
    campaign = work.desk.campaign(CampaignId(package.description.campaign_id))
    if not contents.has(FORKS) or campaign is None or campaign.credential is None:
        return
    expert = canonical.decode(campaign.credential, CredentialPayload).expert
    payload = contents.value(FORKS, ForksPayload)
    for fork in payload.forks:
        record = work.reviews.get(fork.review)
        if record is None or record.kind is ReviewKind.ONSITE:
            continue
        for content, data in _versions(fork, contents, record, expert=expert):
            work.forks.add_version(fork.review, content, data)
        told = ForkRecord(
            fork.review, fork.counts, fork.waiting, payload.log_index, package.description.issued_at
        )  # fmt: skip
        if work.forks.save(told):
            for content in fork.waiting:
                sealed = work.sealed.get(content)
                if sealed is not None and sealed.outcome is None:
                    work.sealed.set_outcome(content, Outcome.FORK, log_index=payload.log_index)


def _versions(
    fork: ReviewFork, contents: Contents, record: ReviewRecord, *, expert: str
) -> list[tuple[Sha256, bytes]]:  # fmt: skip
    if len(fork.waiting) >= MOST_VERSIONS:
        raise PackageRefusedError(Outcome.INCOMPLETE, "fork_versions")
    found = []
    for content in (fork.counts, *fork.waiting):
        data = contents.raw(fork_path(fork.review, content))
        try:
            sealed = canonical.decode(data, SealedReview)
        except NotCanonicalError as problem:
            raise PackageRefusedError(Outcome.INCOMPLETE, "fork_form") from problem
        named = (sealed.review, sealed.expert, sealed.kind, canonical.sha256(data))
        if named != (fork.review, expert, record.kind, content):
            raise PackageRefusedError(Outcome.INCOMPLETE, "fork_of_other")
        found.append((content, data))
    return found


def open_forks(work: UnitOfWork) -> dict[ReviewId, tuple[Sha256, ...]]:
    """Versions that wait for a choice, the one that counts first; reviews whose expert has chosen are left out."""
    choices = work.forks.choices()
    found = {}
    for review, fork in work.forks.all().items():
        chosen = {content for versions in choices.get(review, {}).values() for content in versions}
        if set(fork.waiting) - chosen:
            found[review] = (fork.counts, *fork.waiting)
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """The version that counts in the record, signed at another desk than this one."""

    content: Sha256
    sealed: SealedReview


def counted_elsewhere(work: UnitOfWork, review: ReviewId) -> Counted | None:
    """What the record counts of *review*, if it is neither of this desk nor older than what was signed here."""
    fork = work.forks.get(review)
    if fork is None or fork.waiting or work.sealed.get(fork.counts) is not None:
        return None
    data = work.forks.version(review, fork.counts)
    if data is None:  # it came with the fork
        raise RuntimeError("a fork without its version")
    sealed = canonical.decode(data, SealedReview)
    own = work.sealed.current().get(review)
    is_newer = own is not None and own.revision > sealed.revision and not _is_refused(own.outcome)
    return None if is_newer else Counted(fork.counts, sealed)


def _is_refused(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.group in (Group.HELD, Group.REFUSED)
