"""The notes of a team as files: each written whole, read back and only then named.

A number is spent before its file exists and never given twice. Nothing is judged by it but which of two packages of one
computer is the later one; a lost file is healed by the next, which carries the same notes again.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from app.crypto import certificates, suite
from app.crypto.certificates import CertifiedKey
from app.domain.ids import CampaignId, PackageId, Sha256
from app.packages import canonical
from app.packages.description import Addressee, Description, PackageKind, Part, PartyRole, Sender
from app.packages.exchange_payloads import (
    EXCHANGE,
    ExchangedVisit,
    ExchangePayload,
    NoteEntry,
    NotesPayload,
    checklist_path,
    notes_path,
    photo_path,
)
from app.packages.names import exchange_file_name
from app.packages.payloads import CredentialPayload
from app.packages.writer import PackageFile, WrittenPackage
from app.services.desk_errors import FileExistsHereError, NoCredentialError
from app.services.exchange_packing import Shipment, TravellingPhoto
from app.services.exchange_values import DamagedPhoto, WrittenExchange
from app.services.package_output import write_package_file
from app.services.photo_reading import PhotoReading
from app.storage.blobs import BlobDamagedError, BlobMissingError
from app.storage.desk.store import DeskStore, UnitOfWork

_JSON: Final = "application/json"
_SENT: Final = "exchange_sent:"


@dataclass(frozen=True, slots=True)
class _Sent:
    """The last package for the team that was numbered, and the inner hash of the last that was written."""

    seq: int = 0
    sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody at this desk who may sign in a campaign."""

    credential: CredentialPayload
    signer: CertifiedKey


def writer_of(work: UnitOfWork, campaign: CampaignId, signer: CertifiedKey) -> Writer:
    """Who signs with *signer*. Raises ``NoCredentialError``."""
    known = work.desk.campaign(campaign)
    if known is None or known.credential is None:
        raise NoCredentialError
    return Writer(canonical.decode(known.credential, CredentialPayload), signer)


def write_shipment(
    store: DeskStore, shipment: Shipment, *, writer: Writer, out: Path, photos: PhotoReading
) -> tuple[list[WrittenExchange], list[DamagedPhoto]]:
    """Write every part of *shipment*: into the folder *out*, or as the file *out* where one part is all.

    Raises:
        UserFacingError: the medium failed; the file in hand is not there, those before it are whole.
        FileExistsHereError: nothing is written over.
    """
    written, damaged = [], []
    for number, planned in enumerate(shipment.parts, start=1):
        sound, spoilt = _sound(photos, planned)
        damaged += spoilt
        seq, before, at = _number(store, shipment.campaign)
        part = Part(number=number, of=len(shipment.parts))
        description = _describe(shipment, writer, part, seq=seq, before=before, at=at)
        target = out
        if out.is_dir():
            name = exchange_file_name(
                writer.credential.expert, PackageId(description.package_id), part=number, parts=len(shipment.parts)
            )
            target = out / name
        if target.exists():
            raise FileExistsHereError(file=target.name)
        made = write_package_file(
            target,
            description,
            files=_files(shipment, writer, sound, photos=photos, damaged=spoilt),
            signer=writer.signer,
            recipients=[addressee.recipient for addressee in description.to],
        )
        _note(store, shipment.campaign, made)
        written.append(
            WrittenExchange(
                target, made.package_id, Sha256(made.inner_sha256), seq, made.size, number, len(shipment.parts),
                shipment.offer(),
            )
        )  # fmt: skip
    return written, damaged


def _sound(
    photos: PhotoReading, planned: Sequence[TravellingPhoto]
) -> tuple[list[TravellingPhoto], list[DamagedPhoto]]:
    """Those whose bytes are what they were, and the others."""
    sound, damaged = [], []
    for photo in planned:
        try:
            photos.check(photo.facts.sha256)
        except (BlobDamagedError, BlobMissingError):
            facts = photo.facts
            damaged.append(DamagedPhoto(photo.visit, facts.sha256, facts.number, facts.name))
        else:
            sound.append(photo)
    return sound, damaged


def _number(store: DeskStore, campaign: CampaignId) -> tuple[int, Sha256 | None, datetime]:
    """Spend the next number: it, the package before it, and the moment."""
    with store.writing() as work:
        last = _last(work, campaign)
        tick = work.tick()
        work.desk.save_setting(_SENT + campaign, msgspec.json.encode(replace(last, seq=last.seq + 1)).decode())
        work.commit(f"exchange {campaign} {last.seq + 1}".encode(), at=tick.at)
    return last.seq + 1, last.sha256, certificates.whole_seconds(tick.at)


def _note(store: DeskStore, campaign: CampaignId, made: WrittenPackage) -> None:
    with store.writing() as work:
        last = replace(_last(work, campaign), sha256=Sha256(made.inner_sha256))
        work.desk.save_setting(_SENT + campaign, msgspec.json.encode(last).decode())
        work.commit(b"exchange " + made.inner_sha256.encode(), at=work.tick().at)


def _last(work: UnitOfWork, campaign: CampaignId) -> _Sent:
    line = work.desk.setting(_SENT + campaign)
    return msgspec.json.decode(line, type=_Sent) if line else _Sent()


def _describe(
    shipment: Shipment, writer: Writer, part: Part, *, seq: int, before: Sha256 | None, at: datetime
) -> Description:
    return Description(
        kind=PackageKind.EXCHANGE,
        package_id=secrets.token_hex(16),
        campaign_id=shipment.campaign,
        sender=Sender(role=PartyRole.EXPERT, cert_sha256=suite.digest_hex(writer.signer.certificate)),
        to=tuple(
            Addressee(
                role=PartyRole.EXPERT,
                recipient=device.recipient,
                expert_id=expert,
                cert_sha256=device.certificate_sha256,
            )
            for expert, device in shipment.devices
        ),
        seq=seq,
        prev_sha256=before,
        issued_at=at,
        nonce=secrets.token_hex(16),
        part=part,
    )


def _files(
    shipment: Shipment,
    writer: Writer,
    sound: Sequence[TravellingPhoto],
    *,
    photos: PhotoReading,
    damaged: Sequence[DamagedPhoto],
) -> list[PackageFile]:
    spoilt = {one.sha256 for one in damaged}
    top = ExchangePayload(
        writer.credential.expert,
        writer.credential.device,
        tuple(
            ExchangedVisit(
                one.bundle.visit,
                one.bundle.application,
                canonical.digest_of(one.team),
                tuple(sha256 for sha256 in one.held if sha256 not in spoilt),
            )
            for one in shipment.visits
        ),
    )
    files = [PackageFile.from_bytes(EXCHANGE, _JSON, data=canonical.encode(top))]
    for packed in shipment.visits:
        bundle = packed.bundle
        notes = NotesPayload(bundle.visit, bundle.application, tuple(NoteEntry.of(one) for one in bundle.entries))
        for path, data in (
            (checklist_path(bundle.visit), bundle.checklist),
            (notes_path(bundle.visit), canonical.encode(notes)),
        ):
            files.append(PackageFile.from_bytes(path, _JSON, data=data, application=bundle.application))
    applications = {one.bundle.visit: one.bundle.application for one in shipment.visits}
    return files + [
        PackageFile(
            photo_path(one.visit, one.facts.sha256),
            one.facts.media,
            partial(photos.open, one.facts.sha256),
            application=applications[one.visit],
        )
        for one in sound
    ]
