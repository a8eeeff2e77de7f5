"""The files of a visit in a review package: opinion, notes, photographs, printed forms, signatures of members."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Final

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
from app.services.visit_cosigning import genuine_cosignatures
from app.services.visit_notebook import Notebook
from app.storage.blobs import BlobDamagedError, BlobMissingError
from app.storage.desk.records import SealedRecord
from app.storage.desk.sealed_visit_repository import SealedVisit
from app.storage.desk.store import DeskStore, UnitOfWork

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


def visit_pieces(store: DeskStore, work: UnitOfWork, record: SealedRecord) -> VisitPieces:
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
        elif (gap := _gap(work, photo)) is None:
            here.append(photo)
        else:
            known = facts.get(photo)
            lost.append(LostPhoto(photo, known.number if known else 0, known.name if known else "", gap))
    photos = PhotoList(tuple(here), tuple(earlier), tuple(lost))
    review, application = record.review, record.application
    files = [
        PackageFile.from_bytes(opinion_path(review), JSON, data=sealed.opinion, application=application),
        PackageFile.from_bytes(visit_path(review), JSON, data=sealed.notes, application=application),
        PackageFile.from_bytes(photos_path(review), JSON, data=canonical.encode(photos), application=application),
    ]
    files += [
        PackageFile(photo_path(review, one), _media(facts.get(one)), partial(_open, store, one), "", application)
        for one in here
    ]
    return VisitPieces(tuple(files), photos)


def _sealed(work: UnitOfWork, content: Sha256) -> SealedVisit:
    found = work.sealed_visits.get(content)
    if found is None:  # kept in the transaction that signed
        raise RuntimeError("a signed visit without what was signed")
    return found


def _gap(work: UnitOfWork, photo: Sha256) -> PhotoGap | None:
    try:
        for _piece in work.photos.read(photo):
            pass
    except BlobMissingError:
        return PhotoGap.MISSING
    except BlobDamagedError:
        return PhotoGap.DAMAGED
    return None


def _open(store: DeskStore, photo: Sha256) -> BinaryIO:
    with store.reading() as work:
        return io.BytesIO(work.photos.get(photo))


def _media(facts: PhotoFacts | None) -> str:
    return str(facts.media) if facts else "application/octet-stream"
