"""The files of a visit in a review package: opinion, notes, photographs, printed forms, signatures of members."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.domain.ids import ApplicationCode, CampaignId, DeviceCode, ExpertCode, Sha256
from app.domain.onsite.opinion import Cosignature
from app.domain.onsite.photo import PhotoFacts
from app.domain.onsite.returned import LostPhoto, PhotoGap
from app.packages import canonical
from app.packages.onsite_payloads import (
    CarriedCosignature,
    PhotoList,
    VisitNotes,
    cosignature_path,
    cosigned_path,
    opinion_path,
    photo_path,
    photos_path,
    visit_path,
)
from app.packages.writer import PackageFile
from app.services.photo_reading import PhotoReading
from app.services.visit_cosigning import genuine_cosignatures
from app.services.visit_notebook import Notebook
from app.storage.blobs import BlobDamagedError, BlobMissingError
from app.storage.desk.records import SealedRecord
from app.storage.desk.sealed_visit_repository import SealedVisit
from app.storage.desk.store import UnitOfWork

JSON: Final = "application/json"
P7S: Final = "application/pkcs7-signature"


@dataclass(frozen=True, slots=True)
class VisitPieces:
    """What goes into a package for one signed on-site review, and what could not go."""

    files: tuple[PackageFile, ...]
    photos: PhotoList


@dataclass(frozen=True, slots=True)
class MemberSignature:
    """A co-signature that has no receipt yet."""

    application: ApplicationCode
    made: Cosignature

    @property
    def p7s_sha256(self) -> Sha256:
        """What it is remembered by."""
        return canonical.sha256(self.made.p7s)

    def carried(self) -> CarriedCosignature:
        """As the top of the package lists it."""
        return CarriedCosignature(
            self.application, self.made.opinion, ExpertCode(self.made.author), DeviceCode(self.made.device)
        )


def signatures_due(work: UnitOfWork, campaign: CampaignId) -> tuple[MemberSignature, ...]:
    """Co-signatures that go along: one's own, and those of the members if one leads."""
    arrived, due = work.sealed_visits.arrived(), []
    for record in work.visits.all():
        review = work.reviews.get(record.review)
        if review is None or review.campaign != campaign or not review.is_unlocked:
            continue
        notebook = Notebook(work, record.visit)
        is_led = notebook.plan.leader.id == notebook.me
        for cosignature in genuine_cosignatures(work, notebook):
            made = MemberSignature(record.application, cosignature)
            if (is_led or cosignature.author == notebook.me) and made.p7s_sha256 not in arrived:
                due.append(made)
    return tuple(sorted(due, key=lambda one: (one.application, one.made.opinion, one.made.device)))


def signature_files(signatures: Iterable[MemberSignature]) -> list[PackageFile]:
    """Each signature, and once what it signs."""
    files: dict[str, PackageFile] = {}
    for one in signatures:
        opinion, application = one.made.opinion, one.application
        signed, signature = cosigned_path(opinion), cosignature_path(opinion, one.made.device)
        files[signed] = PackageFile.from_bytes(signed, JSON, data=one.made.data, application=application)
        files[signature] = PackageFile.from_bytes(signature, P7S, data=one.made.p7s, application=application)
    return list(files.values())


def photos_due(work: UnitOfWork, record: SealedRecord) -> int:
    """Bytes of the photographs that go along with *record*, which signs a visit."""
    notes = canonical.decode(_sealed(work, record.content_sha256).notes, VisitNotes)
    return sum(work.photos.size(one) or 0 for one in notes.relied_on() - work.sealed_visits.arrived())


def visit_pieces(work: UnitOfWork, record: SealedRecord, *, photos: PhotoReading) -> VisitPieces:
    """Everything of the visit that *record* signs. Every photograph is read and compared with its hash.

    What is missing or damaged is left out and named; what the record has confirmed already goes by its hash alone.
    """
    sealed = _sealed(work, record.content_sha256)
    notes = canonical.decode(sealed.notes, VisitNotes)
    facts, arrived = notes.photos(), work.sealed_visits.arrived()
    here: list[Sha256] = []
    earlier: list[Sha256] = []
    lost: list[LostPhoto] = []
    for photo in sorted(notes.relied_on()):
        if photo in arrived:
            earlier.append(photo)
        elif (gap := _gap(photos, photo)) is None:
            here.append(photo)
        else:
            known = facts.get(photo)
            lost.append(LostPhoto(photo, known.number if known else 0, known.name if known else "", gap))
    listed = PhotoList(tuple(here), tuple(earlier), tuple(lost))
    review, application = record.review, record.application
    files = [
        PackageFile.from_bytes(opinion_path(review), JSON, data=sealed.opinion, application=application),
        PackageFile.from_bytes(visit_path(review), JSON, data=sealed.notes, application=application),
        PackageFile.from_bytes(photos_path(review), JSON, data=canonical.encode(listed), application=application),
    ]
    files += [
        PackageFile(photo_path(review, one), _media(facts.get(one)), partial(photos.open, one), "", application)
        for one in here
    ]
    return VisitPieces(tuple(files), listed)


def _sealed(work: UnitOfWork, content: Sha256) -> SealedVisit:
    found = work.sealed_visits.get(content)
    if found is None:  # kept in the transaction that signed
        raise RuntimeError("a signed visit without what was signed")
    return found


def _gap(photos: PhotoReading, photo: Sha256) -> PhotoGap | None:
    try:
        photos.check(photo)
    except BlobMissingError:
        return PhotoGap.MISSING
    except BlobDamagedError:
        return PhotoGap.DAMAGED
    return None


def _media(facts: PhotoFacts | None) -> str:
    return str(facts.media) if facts else "application/octet-stream"
