"""Reading what a review package says of a visit (Art. 14): everything that needs no memory of the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.crypto.defect import SignatureRefusedError
from app.crypto.trust import Trust
from app.crypto.verification import verify_detached
from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, ReviewId, Sha256
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.grading import score
from app.domain.onsite.merging import forked
from app.domain.onsite.opinion import SignedOpinion
from app.domain.onsite.returned import VisitFacts
from app.domain.outcome import Outcome
from app.domain.review import Assessment, SealedReview
from app.domain.score_texts import fraction_text
from app.errors import UserFacingError
from app.packages import canonical
from app.packages.onsite_payloads import (
    CarriedCosignature,
    PhotoList,
    VisitNotes,
    cosignature_path,
    cosigned_path,
    opinion_of,
    opinion_path,
    photo_path,
    photos_path,
    visit_path,
)
from app.packages.reader import VerifiedFile
from app.packages.refusal import PackageRefusedError, refused_signature

_NOTHING: Final = Assessment()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVisit:
    """A visit as a signed review states it, consistent in itself.

    Attributes:
        assessors: whom its plan names as leader and members. *earlier*: photographs that it says were sent before.
        scores, dimensions: JSON: item -> grade, aspect -> points. *total*: exact.
        facts: JSON of :class:`app.domain.onsite.returned.VisitFacts`.
    """

    opinion_sha256: Sha256
    assessors: frozenset[ExpertCode]
    photos: frozenset[Sha256]
    earlier: frozenset[Sha256]
    conclusion: str
    scores: str
    total: str
    dimensions: str
    facts: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCosignature:
    """A member's signature that holds."""

    application: ApplicationCode
    opinion: Sha256
    expert: ExpertCode
    device: DeviceCode
    certificate_sha256: Sha256
    signed_at: datetime


class _FlawedError(Exception):
    """Carries what is wrong with a visit by itself."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def read_visit(
    sealed: SealedReview,
    contents: Mapping[str, bytes],
    files: Sequence[VerifiedFile],
    *,
    readings: Mapping[Sha256, Checklist],
) -> ReadVisit | Outcome:
    """The visit that *sealed* signs, or what is wrong with it: points and conclusion are computed again.

    Args:
        contents: the small files of the package. *files*: all of them, with the hashes that were signed.
    """
    try:
        return _read(sealed, contents, files, readings=readings)
    except _FlawedError as flawed:
        return flawed.outcome
    except canonical.NotCanonicalError:
        return Outcome.DAMAGED


def read_cosignature(
    carried: CarriedCosignature, contents: Mapping[str, bytes], *, trust: Trust | None, at: datetime
) -> ReadCosignature | None:
    """A signature of a member, over exactly the opinion beside it; ``None`` if its certificate has been revoked.

    Raises:
        PackageRefusedError: something is missing, or it is not the signature of whom the package says.
    """
    try:
        opinion = contents[cosigned_path(carried.opinion)]
        p7s = contents[cosignature_path(carried.opinion, carried.device)]
        said = canonical.decode(opinion, SignedOpinion)
    except (KeyError, canonical.NotCanonicalError):
        raise PackageRefusedError(Outcome.INCOMPLETE, "cosignature_missing") from None
    if canonical.sha256(opinion) != carried.opinion or said.application != carried.application or trust is None:
        raise PackageRefusedError(Outcome.DAMAGED, "cosignature_of_other")
    try:
        signed = verify_detached(p7s, opinion, trust, at=at)
    except SignatureRefusedError as problem:
        raise refused_signature(problem.defect) from problem
    if (signed.name, signed.device) != (carried.expert, carried.device):
        raise PackageRefusedError(Outcome.BAD_SIGNATURE, "cosigner_mismatch")
    if signed.revoked_at is not None:
        return None
    return ReadCosignature(
        application=carried.application,
        opinion=carried.opinion,
        expert=carried.expert,
        device=carried.device,
        certificate_sha256=Sha256(signed.certificate_sha256),
        signed_at=signed.signed_at,
    )


def _read(
    sealed: SealedReview,
    contents: Mapping[str, bytes],
    files: Sequence[VerifiedFile],
    *,
    readings: Mapping[Sha256, Checklist],
) -> ReadVisit:
    review = sealed.review
    data = contents.get(opinion_path(review))
    _require(data is not None and sealed.assessment == _NOTHING, Outcome.INCOMPLETE)
    _require(canonical.sha256(data or b"") == sealed.joint_opinion, Outcome.DAMAGED)
    opinion = canonical.decode(data or b"", SignedOpinion)
    notes = canonical.decode(contents.get(visit_path(review), b""), VisitNotes)
    checklist = readings.get(sealed.rubric)
    if checklist is None or sealed.rubric != notes.checklist:
        raise _FlawedError(Outcome.RUBRIC_MISMATCH)
    _require(_follows(data or b"", notes, checklist), Outcome.INCOMPLETE)
    _require((opinion.review, opinion.application) == (review, sealed.application), Outcome.INCOMPLETE)
    leader = next((one.id for one in opinion.members if one.is_leader), None)
    _require(leader is not None and ExpertCode(leader) == sealed.expert, Outcome.INCOMPLETE)
    photos = canonical.decode(contents.get(photos_path(review), b""), PhotoList)
    _check_photos(review, notes, photos, files=files)
    return _stated(opinion, checklist, photos, opinion_sha256=canonical.sha256(data or b""))


def _follows(data: bytes, notes: VisitNotes, checklist: Checklist) -> bool:
    """Whether the opinion is the one that the notes add up to, with every grade, point and word."""
    if forked(notes.entries):
        return False
    try:
        notes.check()
        return canonical.encode(opinion_of(notes, checklist)) == data
    except canonical.NotCanonicalError:
        raise
    except (UserFacingError, ValueError):
        return False


def _check_photos(review: ReviewId, notes: VisitNotes, photos: PhotoList, *, files: Sequence[VerifiedFile]) -> None:
    """Each photograph that the visit relies on is in the package, was sent before, or is named as missing."""
    named = [*photos.here, *photos.earlier, *(one.sha256 for one in photos.lost)]
    _require(len(set(named)) == len(named) and frozenset(named) == notes.relied_on(), Outcome.INCOMPLETE)
    folder = photo_path(review, Sha256(""))
    packed = {file.path: file.sha256 for file in files if file.path.startswith(folder)}
    _require(packed.keys() == {photo_path(review, one) for one in photos.here}, Outcome.INCOMPLETE)
    _require(all(packed[photo_path(review, one)] == one for one in photos.here), Outcome.DAMAGED)


def _stated(opinion: SignedOpinion, checklist: Checklist, photos: PhotoList, *, opinion_sha256: Sha256) -> ReadVisit:
    points = score(checklist, dict(opinion.grades))
    facts = VisitFacts(
        visit=opinion.visit,
        at_visit=opinion.at_visit,
        now=opinion.now,
        opinion=opinion.opinion,
        approval=opinion.approval,
        concluded_at=opinion.concluded_at,
        members=opinion.members,
        dissents=opinion.dissents,
        acknowledgement=opinion.acknowledgement,
        photos=photos.here,
        earlier=photos.earlier,
        lost=photos.lost,
    )
    return ReadVisit(
        opinion_sha256=opinion_sha256,
        assessors=frozenset(ExpertCode(one.id) for one in opinion.members),
        photos=frozenset(photos.here),
        earlier=frozenset(photos.earlier),
        conclusion=str(opinion.now),
        scores=canonical.encode(dict(opinion.grades)).decode(),
        total=opinion.total,
        dimensions=canonical.encode({one.aspect: fraction_text(one.points) for one in points.aspects}).decode(),
        facts=canonical.encode(facts).decode(),
    )


def _require(is_so: bool, otherwise: Outcome, /) -> None:  # noqa: FBT001 - what is required reads first
    if not is_so:
        raise _FlawedError(otherwise)
