"""Founding a record: authorities, keys, the campaign and its rules, and the recovery file that goes to a safe place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from app.atomic_file import write_atomically
from app.clock import Clock
from app.crypto import authority, certificates, codes, recovery_file, revocation, sealing
from app.crypto.certificates import CertifiedKey
from app.crypto.recovery_file import RecoverySecrets
from app.crypto.revocation import Revocation
from app.domain.examination import ExaminationForm
from app.domain.ids import CampaignId, Sha256
from app.domain.onsite.checklist import Checklist
from app.domain.record_log import Act, LoggedAct
from app.domain.rubric import Rubric
from app.packages import canonical
from app.services.record_errors import CampaignNameError
from app.services.record_forms import stored_form
from app.storage.record.authority import (
    CertificateRole,
    ListIssuer,
    Secret,
    StoredCampaign,
    StoredCertificate,
    StoredList,
)
from app.storage.record.files import GENERAL
from app.storage.record.unit_of_work import RecordStore
from app.storage.record.visit_repository import StoredChecklist

_CAMPAIGN: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,15}")
_FIRST_LIST: Final = 1


@dataclass(frozen=True, slots=True)
class Opener:
    """Somebody who can open the record, and the passphrase they chose."""

    name: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecoveryFile:
    """Where the root key and the recovery identity go, and the passphrase of that file."""

    path: Path
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Founded:
    """What a new record tells the outside world."""

    fingerprint: str
    recovery: Path | None


def check_campaign_name(campaign: str) -> CampaignId:
    """*campaign* as an identifier.

    Raises:
        CampaignNameError: it could not stand in a file name or in the number of an application.
    """
    if not _CAMPAIGN.fullmatch(campaign):
        raise CampaignNameError
    return CampaignId(campaign)


def found_record(
    store: RecordStore, *, campaign: CampaignId, name: str, rubric: Rubric, examination: ExaminationForm,
    checklist: Checklist, opener: str, recovery: RecoveryFile | None, clock: Clock,
) -> Founded:  # fmt: skip
    """Fill an empty store. The recovery file is written, and read back, before anything is committed.

    Without one the root key and the recovery identity are gone for good: nothing but this record's own key can
    ever open its packages.
    """
    now = clock()
    root = authority.create_root(f"{name} root", at=now)
    issuing = authority.create_issuing(root, f"{name} issuing", at=now)
    dispatch = authority.create_dispatch(issuing, f"{name} dispatch", at=now)
    identity, recovery_identity = sealing.create_identity(), sealing.create_identity()
    rubric_bytes, checklist_bytes = canonical.encode(rubric), canonical.encode(checklist)
    questions = stored_form(examination)
    kept = StoredChecklist(checklist_bytes, canonical.sha256(checklist_bytes))
    with store.writing() as work:
        work.authority.add_campaign(
            StoredCampaign(
                campaign=campaign,
                name=name,
                rubric=rubric_bytes,
                rubric_sha256=canonical.sha256(rubric_bytes),
                import_recipient=identity.recipient,
                recovery_recipient=recovery_identity.recipient,
                created_at=now,
            )
        )
        work.authority.add_examination(campaign, questions)
        work.visits.add_checklist(campaign, kept)
        for role, certificate in (
            (CertificateRole.ROOT, root.certificate),
            (CertificateRole.ISSUING, issuing.certificate),
            (CertificateRole.DISPATCH, dispatch.certificate),
        ):
            work.authority.add_certificate(stored_certificate(certificate, role))
        work.authority.add_secret(Secret.ISSUING_KEY, issuing.key)
        work.authority.add_secret(Secret.DISPATCH_KEY, dispatch.key)
        work.authority.add_secret(Secret.IMPORT_IDENTITY, identity.secret.encode("ascii"))
        root_list = revocation.issue_root_list(root, issuing.certificate, number=_FIRST_LIST, at=now)
        work.authority.add_list(StoredList(ListIssuer.ROOT, _FIRST_LIST, root_list, now))
        work.authority.add_list(
            StoredList(ListIssuer.ISSUING, _FIRST_LIST, issue_list(issuing, (), number=_FIRST_LIST, at=now), now)
        )
        work.files.make_key(GENERAL)
        facts = {
            "campaign": campaign,
            "root": certificates.facts_of(root.certificate).sha256,
            "checklist": kept.sha256,
            "examination": questions.sha256,
        }
        work.log.add(canonical.encode(LoggedAct(now, opener, Act.CREATED, {**facts})))
        if recovery is not None:
            secrets = RecoverySecrets(root.key, recovery_identity)
            sealed = recovery_file.seal_recovery_file(secrets, recovery.passphrase)
            write_atomically(recovery.path, sealed, verify=True)
        work.commit()
    return Founded(codes.fingerprint(root.certificate), recovery.path if recovery else None)


def issue_list(issuing: CertifiedKey, revocations: Iterable[Revocation], *, number: int, at: datetime) -> bytes:
    """A revocation list of the issuing authority; it lasts as long as the authority itself.

    Desks are offline: a list that ran out in the middle of a campaign would stop honest work, and a newer one with a
    higher number always comes with the next package.
    """
    until = certificates.facts_of(issuing.certificate).not_after_at
    return revocation.issue_revocation_list(issuing, revocations, number=number, at=at, next_update_at=until)


def stored_certificate(certificate: bytes, role: CertificateRole) -> StoredCertificate:
    """*certificate* (DER) as the record keeps it."""
    facts = certificates.facts_of(certificate)
    return StoredCertificate(
        sha256=Sha256(facts.sha256),
        role=role,
        serial=facts.serial,
        der=certificate,
        not_after_at=facts.not_after_at,
        issued_at=facts.not_before_at,
    )
