"""Whom this desk believes: the pinned root, what has come from the secretariat below it, and invitations."""

from datetime import datetime
from pathlib import Path
from typing import Final

from app.crypto import codes
from app.crypto.sealing import SealIdentity, identity_from
from app.crypto.trust import Trust
from app.domain.outcome import Outcome
from app.packages import canonical, payloads
from app.packages.canonical import NotCanonicalError
from app.packages.description import PackageKind
from app.packages.payloads import InvitationPayload
from app.packages.reader import ReadingContext, VerifiedPackage, read_package
from app.packages.recognition import find_packages
from app.packages.refusal import PackageRefusedError
from app.services.desk_errors import OtherRootError
from app.storage.desk.records import CampaignRecord
from app.storage.desk.store import UnitOfWork

FROM_THE_SECRETARIAT: Final = frozenset(
    {PackageKind.INVITATION, PackageKind.CREDENTIAL, PackageKind.ASSIGNMENT, PackageKind.RECEIPT}
)


def trust_of(work: UnitOfWork) -> Trust | None:
    """The pinned root with the newest lists of all campaigns; ``None`` before the first invitation."""
    merged: Trust | None = None
    for campaign in work.desk.campaigns():
        trust = Trust.from_pem(campaign.trust)
        merged = merged.merged_with(trust) if merged else trust
    return merged


def identities_of(work: UnitOfWork) -> tuple[SealIdentity, ...]:
    """What opens packages at this desk."""
    keys = work.desk.keys()
    return (identity_from(keys.identity),) if keys else ()


def reading_context(work: UnitOfWork, *, at: datetime) -> ReadingContext:
    """What this desk knows when it reads something from the secretariat, or from another desk of a team."""
    kinds = FROM_THE_SECRETARIAT | {PackageKind.EXCHANGE}
    return ReadingContext(at=at, kinds=kinds, identities=identities_of(work), trust=trust_of(work))


def read_invitation(work: UnitOfWork, file: Path, *, at: datetime) -> tuple[VerifiedPackage, InvitationPayload]:
    """An invitation and what it says.

    Raises:
        PackageRefusedError, OtherRootError: as their sentences say.
    """
    context = ReadingContext(at=at, kinds=frozenset({PackageKind.INVITATION}), trust=trust_of(work))
    found = find_packages(file)[0]
    try:
        with found.open() as source:
            package = read_package(source, context)
    except PackageRefusedError as refusal:
        if context.trust is not None and refusal.outcome is Outcome.UNKNOWN_SIGNER:
            raise OtherRootError from refusal
        raise
    return package, payload_of(package)


def payload_of(package: VerifiedPackage) -> InvitationPayload:
    """What an invitation says. Raises ``PackageRefusedError``."""
    try:
        return canonical.decode(package.content(payloads.INVITATION), InvitationPayload)
    except NotCanonicalError as problem:
        raise PackageRefusedError(Outcome.INCOMPLETE, "payload_form") from problem


def fingerprint_of(package: VerifiedPackage) -> str:
    """Eight groups of five digits to compare with the letter."""
    return codes.fingerprint(_trust(package).root)


def take_invitation(
    work: UnitOfWork, package: VerifiedPackage, payload: InvitationPayload, *, was_compared: bool
) -> bool:
    """Take part in the campaign; pins the root if there is none yet. Says whether anything is new."""
    trust = _trust(package)
    if work.desk.root() is None:
        work.desk.pin_root(trust.root, at=work.tick().at, was_compared=was_compared)
    known = work.desk.campaign(payload.notice.campaign)
    wanted = CampaignRecord(
        payload.notice.campaign,
        payload.notice.name,
        payload.import_recipient,
        payload.recovery_recipient,
        trust.to_pem(),
        trust.crl_number,
    )
    if known is None:
        work.desk.save_campaign(wanted)
    work.raise_floor(package.description.issued_at)
    return known is None


def _trust(package: VerifiedPackage) -> Trust:
    if package.trust is None:  # the reader gives none only for an enrolment
        raise PackageRefusedError(Outcome.UNKNOWN_SIGNER, "no_trust")
    return package.trust
