"""The joint opinion of a visit (Art. 14) as it is signed: grades, points, conclusion, dissent, acknowledgement.

It follows from the notes of the visit alone, so that whoever has the notes can compute it again and compare.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.ids import ApplicationCode, DeviceCode, ReviewId, Sha256
from app.domain.onsite.acknowledgement import Acknowledgement, ReplacedAcknowledgement
from app.domain.onsite.agreement import Dissent, Result
from app.domain.onsite.checklist import Checklist, Grade
from app.domain.onsite.finding import Finding
from app.domain.onsite.grading import Conclusion, after_rectification
from app.domain.onsite.hindrance import Hindrance, limitation
from app.domain.onsite.ids import ItemId, MemberId, VisitId
from app.domain.onsite.photo import Binding, MarkedCopy
from app.domain.onsite.record import EvidenceRecord
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.signed_sheet import SignedSheet
from app.domain.onsite.visit import ASSESSING, VisitPlan
from app.domain.score_texts import fraction_text


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """Whether *member* signed the paper page of the joint opinion, as the leader says.

    Without a word of the leader nobody counts as on the page: that it came back says nothing of whose names are on it.
    """

    member: MemberId
    has_signed: bool
    author: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class SignaturePage:
    """The sheets that came back, and what the leader says of who is on the page of the opinion."""

    sheets: tuple[SignedSheet, ...] = ()
    on_paper: tuple[PaperSignature, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenOpinion:
    """The exact bytes (``opinion.json``) that the leader put up for signing; members sign these and no others."""

    data: bytes
    author: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A member's signature below a joint opinion.

    Attributes:
        data: the exact bytes (``opinion.json``) that were signed.
        p7s: detached CAdES-B over them (DER).
    """

    author: MemberId
    device: DeviceCode
    data: bytes
    p7s: bytes
    at: datetime

    @property
    def opinion(self) -> Sha256:
        """SHA-256 of what was signed."""
        return Sha256(hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True)
class OpinionMember:
    """Somebody who assessed; *has_signed_paper*: on the page that is among the notes."""

    id: MemberId
    name: str
    is_leader: bool
    has_signed_paper: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOpinion:
    """What the leader signs for the team, and what members co-sign: ``opinion.json``.

    Attributes:
        checklist: SHA-256 of the checklist as it reads for the applicant's category.
        notes: SHA-256 over the notes in ``visit.json``, but for the stage that the visit has come to.
        total: exact, as “numerator/denominator” of the checklist's points.
        at_visit, now: the conclusion at the visit, and after verified rectification.
        approval: the leader's reason where more items than usual do not apply.
    """

    visit: VisitId
    review: ReviewId
    application: ApplicationCode
    checklist: Sha256
    notes: Sha256
    grades: tuple[tuple[ItemId, Grade], ...]
    total: str
    at_visit: Conclusion
    now: Conclusion
    opinion: str
    approval: str
    concluded_at: datetime
    by: MemberId
    members: tuple[OpinionMember, ...]
    dissents: tuple[Dissent, ...]
    acknowledgement: Acknowledgement | None


def signed_opinion(
    plan: VisitPlan,
    result: Result,
    checklist: Checklist,
    *,
    reading: Sha256,
    notes: Sha256,
    findings: Iterable[Finding],
    dissents: Iterable[Dissent],
    page: SignaturePage,
    acknowledgement: Acknowledgement | None,
    hindrances: Collection[Hindrance] = (),
) -> SignedOpinion:
    """The opinion that these notes add up to.

    Raises:
        UnknownItemError, GradeImpossibleError, GradesMissingError, TooManyNotApplicableError: the grades are none
            that the checklist can be concluded with.
        ValueError: the conclusion is not the one that follows from grades and findings.
    """
    result.check(checklist, is_limited=limitation(hindrances, is_at_conclusion=True) is not None)
    left = [one for one in findings if one.counts and not one.is_verified]
    is_limited = limitation(hindrances) is not None
    after = after_rectification(result.at_visit, is_all_verified=not left, is_limited=is_limited)
    if result.now not in (result.at_visit, after):
        raise ValueError("another conclusion")
    total = result.score(checklist).total
    if total is None:  # check() concluded
        raise ValueError("no points")
    has_page = any(sheet.form is VisitForm.OPINION for sheet in page.sheets)
    signed = {one.member for one in page.on_paper if one.has_signed}
    return SignedOpinion(
        visit=plan.visit,
        review=plan.review,
        application=plan.application,
        checklist=reading,
        notes=notes,
        grades=result.grades,
        total=fraction_text(total) or "",
        at_visit=result.at_visit,
        now=result.now,
        opinion=result.opinion,
        approval=result.approval,
        concluded_at=result.concluded_at,
        by=result.by,
        members=tuple(
            OpinionMember(one.id, one.name, one.id == plan.leader.id, has_page and one.id in signed)
            for one in plan.team
            if one.role in ASSESSING
        ),
        dissents=tuple(sorted(dissents, key=lambda one: (one.at, one.id))),
        acknowledgement=acknowledgement,
    )


def photos_relied_on(
    *,
    bindings: Iterable[Binding],
    findings: Iterable[Finding],
    records: Iterable[EvidenceRecord],
    sheets: Iterable[SignedSheet],
    copies: Iterable[MarkedCopy],
    acknowledgement: Acknowledgement | None,
    replaced: Iterable[ReplacedAcknowledgement] = (),
) -> frozenset[Sha256]:
    """Photographs and scans that the visit rests on: on an item, in a record or finding, or signed by somebody.

    Of a marked copy the original belongs to it, and of an original its marked copies.
    """
    named = {one.photo for one in bindings if one.is_bound}
    named |= {photo for one in findings for photo in one.photos}
    named |= {photo for one in records for photo in one.photos}
    named |= {one.scan for one in sheets}
    named |= set(acknowledgement.sheets) if acknowledgement else set()
    named |= {sheet for one in replaced for sheet in one.before.sheets}
    for copy in copies:
        if copy.photo in named or copy.original in named:
            named |= {copy.photo, copy.original}
    return frozenset(named)
