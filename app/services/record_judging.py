"""Deciding about verified packages, each review by itself, with what the record knows at that moment.

What is taken is remembered here as well, so that the packages of one batch see each other before anything is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.domain.application import ApplicationState, FaceSheet
from app.domain.assigning import conflict_grounds, ties_of
from app.domain.conflict import ConflictKind, Declaration, Declared
from app.domain.ids import ApplicationCode, CampaignId, DeviceCode, ExpertCode, PackageId, ReviewId, Sha256
from app.domain.importing import KnownRevision, ReviewFacts, awaited_of, judge_review, judge_revision
from app.domain.outcome import Group, Outcome, of_all, worst
from app.domain.review import ReviewKind
from app.packages import canonical
from app.services.record_onsite import ReadCosignature
from app.services.record_projecting import ReadReview
from app.services.record_reading import ReadHandIn
from app.services.record_unwritten import known_revisions
from app.services.record_visit_judging import VisitKnowledge
from app.storage.record.packages import StoredPackage
from app.storage.record.reviews import StoredDeclaration, StoredReview
from app.storage.record.roster import StoredDevice
from app.storage.record.unit_of_work import RecordWork

JUMP: Final = 50  # order numbers that may be missing in a row before a person has to look


@dataclass(frozen=True, slots=True)
class JudgedReview:
    """One review of a package and what becomes of it; ``read`` is absent for a mere declaration."""

    review: ReviewId
    application: ApplicationCode
    expert: ExpertCode
    outcome: Outcome
    read: ReadReview | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What becomes of a package.

    Attributes:
        declarations: those that change something. cosignatures: of members of the team.
        known: the package as it was accepted before.
        waits_for: revisions without which something in it cannot be taken, and declarations by :func:`word_on`.
    """

    hand_in: ReadHandIn
    outcome: Outcome
    reviews: tuple[JudgedReview, ...]
    declarations: tuple[StoredDeclaration, ...] = ()
    known: StoredPackage | None = None
    waits_for: tuple[Sha256, ...] = ()
    cosignatures: tuple[ReadCosignature, ...] = ()

    @property
    def taken(self) -> tuple[ReadReview, ...]:
        """The reviews that go into the record."""
        return tuple(one.read for one in self.reviews if one.read and one.outcome.group is Group.TAKEN)

    @property
    def is_taken(self) -> bool:
        """Whether the record changes."""
        is_fine = self.outcome.group in (Group.TAKEN, Group.NOTHING_TO_DO)
        is_first = self.known is None and (is_fine or bool(self.cosignatures))
        return bool(self.taken or self.declarations) or is_first

    @property
    def is_for_the_tray(self) -> bool:
        """Whether a person has to look."""
        return self.outcome.group in (Group.HELD, Group.REFUSED)


@dataclass(slots=True)
class Knowledge:
    """What the record knows that matters for a batch; grows as the batch is taken."""

    packages: dict[Sha256, StoredPackage] = field(default_factory=dict)
    ids: dict[PackageId, Sha256] = field(default_factory=dict)
    devices: dict[Sha256, StoredDevice] = field(default_factory=dict)
    highest: dict[DeviceCode, int] = field(default_factory=dict)
    reviews: dict[ReviewId, StoredReview] = field(default_factory=dict)
    revisions: dict[ReviewId, list[KnownRevision]] = field(default_factory=dict)
    declarations: dict[ReviewId, StoredDeclaration] = field(default_factory=dict)
    dossiers: dict[ApplicationCode, Sha256] = field(default_factory=dict)
    documents: dict[ApplicationCode, frozenset[Sha256]] = field(default_factory=dict)
    held: dict[ApplicationCode, frozenset[Sha256]] = field(default_factory=dict)
    states: dict[ApplicationCode, ApplicationState] = field(default_factory=dict)
    faces: dict[ApplicationCode, FaceSheet] = field(default_factory=dict)
    ties: dict[ExpertCode, dict[str, ConflictKind]] = field(default_factory=dict)
    arrivals: dict[Sha256, datetime] = field(default_factory=dict)
    visits: VisitKnowledge = field(default_factory=VisitKnowledge)

    def load(self, work: RecordWork, hand_ins: Sequence[ReadHandIn]) -> None:
        """Fetch what is not known yet, a query per kind."""
        hashes = [one.sha256 for one in hand_ins]
        self.packages |= work.packages.known(hashes)
        self.ids |= work.packages.hashes_of_ids(one.package for one in hand_ins)
        self.arrivals |= {sha: entry.arrived_at for sha, entry in work.tray.of_packages(hashes).items()}
        certificates = {one.certificate_sha256 for one in hand_ins}
        certificates |= {signed.certificate_sha256 for one in hand_ins for signed in one.cosignatures}
        certificates -= self.devices.keys()
        fresh = work.roster.devices_by_certificate(certificates)
        self.devices |= fresh
        self.highest |= work.packages.highest_seq(device.device for device in fresh.values())
        self._load_reviews(work, hand_ins)
        self.visits.load(work, hand_ins, faces=self.faces, revisions=self.revisions)

    def _load_reviews(self, work: RecordWork, hand_ins: Sequence[ReadHandIn]) -> None:
        wanted = {read.review for one in hand_ins for read in one.reviews}
        wanted |= {review for one in hand_ins for review, _declaration in one.declarations}
        wanted -= self.reviews.keys()
        found = work.reviews.by_id(sorted(wanted))
        self.reviews |= found
        self.revisions |= known_revisions(work, found)
        self.declarations |= work.reviews.declarations(found)
        applications = {review.application for review in found.values()} - self.dossiers.keys()
        if applications:
            for face, state, dossier in work.applications.for_import(applications):
                self.faces[face.application], self.states[face.application] = face, state
                self.dossiers[face.application] = dossier
            self.documents |= work.applications.document_hashes(applications)
        earlier = {
            read.application
            for one in hand_ins
            for read in one.reviews
            if self.dossiers.get(read.application, read.dossier) != read.dossier
        } - self.held.keys()
        if earlier:
            self.held |= work.files.documents_held(earlier)
        experts = {review.expert for review in found.values()} - self.ties.keys()
        if experts:
            people = work.roster.organisations(experts)
            self.ties |= {code: ties_of(employer, relations) for code, (employer, relations) in people.items()}


class Judge:
    """Decides; writes nothing.

    Args:
        is_forced: a person has decided to take what would be held.
    """

    def __init__(self, knowledge: Knowledge, *, campaign: CampaignId, now: datetime, is_forced: bool = False) -> None:
        self._known, self._campaign, self._now, self._is_forced = knowledge, campaign, now, is_forced

    def judge(self, hand_in: ReadHandIn) -> Judgement:
        """What becomes of *hand_in* as the record is now."""
        whole = self._whole(hand_in)
        known = self._known.packages.get(hand_in.sha256)
        if whole is not None:
            reviews = tuple(
                JudgedReview(read.review, read.application, read.expert, whole, read) for read in hand_in.reviews
            )
            return Judgement(hand_in=hand_in, outcome=whole, reviews=reviews)
        reviews = (*(self._review(hand_in, read) for read in hand_in.reviews), *self._strange_declarations(hand_in))
        signed = tuple(one for one in hand_in.cosignatures if self._is_member(one))
        outcome = self._outcome(hand_in, reviews, known)
        if len(signed) < len(hand_in.cosignatures):
            outcome = worst([outcome, Outcome.UNASSIGNED])
        is_open = any(one.outcome.group is Group.TAKEN for one in reviews) or outcome.group in (
            Group.TAKEN, Group.NOTHING_TO_DO
        )  # fmt: skip
        declarations = tuple(self._new_declarations(hand_in)) if is_open and known is None else ()
        waits_for = tuple(found for one in reviews if (found := self._waits_for(hand_in, one)) is not None)
        return Judgement(
            hand_in=hand_in, outcome=outcome, reviews=reviews, declarations=declarations, known=known,
            waits_for=waits_for, cosignatures=signed,
        )  # fmt: skip

    def _whole(self, hand_in: ReadHandIn) -> Outcome | None:
        """What is decided about the package as a whole, before any review is looked at."""
        if hand_in.campaign != self._campaign:
            return Outcome.WRONG_KIND
        device = self._known.devices.get(hand_in.certificate_sha256)
        if device is None or device.device != hand_in.device:
            return Outcome.UNKNOWN_SIGNER
        if hand_in.sha256 in self._known.packages or self._is_forced:
            return None
        if hand_in.package in self._known.ids:
            return Outcome.FORK  # the same number with other content
        if hand_in.is_revoked:
            return Outcome.REVOKED_CERTIFICATE
        return Outcome.SEQUENCE_JUMP if hand_in.seq > self._known.highest.get(hand_in.device, 0) + JUMP else None

    def _review(self, hand_in: ReadHandIn, read: ReadReview) -> JudgedReview:
        stored = self._known.reviews.get(read.review)
        application = read.application
        is_assigned = self._is_theirs(hand_in, read.review, application) and read.kind is self._kind_of(read.review)
        revisions = self._known.revisions.get(read.review, ())
        standing = judge_revision(revisions, sha256=read.sha256, base=read.base, unwritten=read.unwritten)
        facts = ReviewFacts(
            is_assigned=is_assigned,
            flaw=read.flaw or self._known.visits.flaw(read),
            is_declared=self._is_declared(hand_in, read),
            is_grounded=read.cited <= self._documents(read),
            is_recalled=stored is not None and stored.is_recalled,
            is_same_dossier=self._known.dossiers.get(application) == read.dossier,
            is_related=is_assigned and self._is_related(hand_in, read),
            is_frozen=self._is_frozen(read),
            is_late=stored is not None and self._is_late(hand_in, stored),
            standing=standing,
        )
        outcome = judge_review(facts)
        if self._is_forced and outcome.group is Group.HELD:
            outcome = Outcome.NEW if read.base is None else Outcome.REVISION
        return JudgedReview(read.review, application, hand_in.expert, outcome, read)

    def _is_member(self, signed: ReadCosignature) -> bool:
        """Whether a co-signature is of somebody on the team, made on a computer of theirs."""
        device = self._known.devices.get(signed.certificate_sha256)
        is_theirs = device is not None and (device.device, device.expert) == (signed.device, signed.expert)
        return is_theirs and signed.expert in self._known.visits.seats.get(signed.application, frozenset())

    def _documents(self, read: ReadReview) -> frozenset[Sha256]:
        """What *read* may cite: its dossier, or where that was another one, whatever the application ever had."""
        now = self._known.documents.get(read.application, frozenset())
        if self._known.dossiers.get(read.application) == read.dossier:
            return now
        return now | self._known.held.get(read.application, frozenset())

    def _waits_for(self, hand_in: ReadHandIn, one: JudgedReview) -> Sha256 | None:
        """What has to arrive before *one* can be judged again."""
        if one.read is None:
            return None
        if one.outcome is Outcome.EARLY_REVISION:
            known = self._known.revisions.get(one.review, ())
            return awaited_of(known, base=one.read.base, unwritten=one.read.unwritten)
        is_mute = one.outcome is Outcome.INCOMPLETE and not self._is_declared(hand_in, one.read)
        return word_on(one.review) if is_mute and one.read.flaw is None else None

    def _is_late(self, hand_in: ReadHandIn, stored: StoredReview) -> bool:
        arrived_at = self._known.arrivals.get(hand_in.sha256, self._now)
        return stored.deadline_at is not None and arrived_at > stored.deadline_at

    def _is_related(self, hand_in: ReadHandIn, read: ReadReview) -> bool:
        said = _said(hand_in, read)
        if self._is_declined(read.review) or (said is not None and said.declared is not Declared.NONE):
            return True
        face, ties = self._known.faces.get(read.application), self._known.ties.get(hand_in.expert, {})
        return face is not None and bool(conflict_grounds(face, ties))

    def _is_declared(self, hand_in: ReadHandIn, read: ReadReview) -> bool:
        return read.review in self._known.declarations or _said(hand_in, read) is not None

    def _is_theirs(self, hand_in: ReadHandIn, review: ReviewId, application: ApplicationCode) -> bool:
        """Whether *review* was given to the sender, for *application*."""
        stored = self._known.reviews.get(review)
        return stored is not None and (stored.expert, stored.application) == (hand_in.expert, application)

    def _kind_of(self, review: ReviewId) -> ReviewKind | None:
        stored = self._known.reviews.get(review)
        return stored.kind if stored else None

    def _is_frozen(self, read: ReadReview) -> bool:
        """Whether the individual scores of the application are closed; an examination has none."""
        is_closed = self._known.states.get(read.application) is ApplicationState.QUAL_CONSENSUS
        return is_closed and read.kind is ReviewKind.QUALIFICATION

    def _strange_declarations(self, hand_in: ReadHandIn) -> Iterable[JudgedReview]:
        """Declarations that cannot simply be noted: of somebody else's review, or against one that is signed."""
        carried = {read.review for read in hand_in.reviews}
        for review, declaration in hand_in.declarations:
            if review in carried:
                continue  # judged with the review itself
            if not self._is_theirs(hand_in, review, declaration.application):
                yield JudgedReview(review, declaration.application, hand_in.expert, Outcome.UNASSIGNED)
            elif not self._is_forced and (
                self._is_against(review, declaration) or self._lifts_late(review, declaration)
            ):
                yield JudgedReview(review, declaration.application, hand_in.expert, Outcome.CONFLICT_FOUND)

    def _is_against(self, review: ReviewId, declaration: Declaration) -> bool:
        """Whether it speaks of a conflict or an abstention although something signed is in the record."""
        return declaration.declared is not Declared.NONE and bool(self._known.revisions.get(review))

    def _lifts_late(self, review: ReviewId, declaration: Declaration) -> bool:
        before = self._known.declarations.get(review)
        is_later = before is not None and declaration.declared_at > before.declaration.declared_at
        return is_later and self._lifts(review, declaration)

    def _lifts(self, review: ReviewId, declaration: Declaration) -> bool:
        """Whether it would take back, on the expert's word alone, a conflict or an abstention that is in the record."""
        return declaration.declared is Declared.NONE and self._is_declined(review)

    def _is_declined(self, review: ReviewId) -> bool:
        before = self._known.declarations.get(review)
        return before is not None and before.declaration.declared is not Declared.NONE

    def _new_declarations(self, hand_in: ReadHandIn) -> Iterable[StoredDeclaration]:
        carried = {read.review for read in hand_in.reviews}
        for review, declaration in hand_in.declarations:
            if not self._is_theirs(hand_in, review, declaration.application):
                continue
            before = self._known.declarations.get(review)
            if self._lifts(review, declaration):
                is_new = self._is_forced and review in carried  # a person takes the review, and its word with it
            else:
                is_held = self._is_against(review, declaration) and not self._is_forced
                is_new = not is_held and (before is None or _is_later(declaration, before))
            if is_new:
                yield StoredDeclaration(review, declaration, hand_in.sha256)

    def _outcome(self, hand_in: ReadHandIn, reviews: Sequence[JudgedReview], known: StoredPackage | None) -> Outcome:
        if reviews:
            return of_all([one.outcome for one in reviews])
        return Outcome.ALREADY_IMPORTED if known is not None else Outcome.NEW


def word_on(review: ReviewId) -> Sha256:
    """Stands for any declaration about *review* among the hashes of what a package waits for."""
    return canonical.sha256(f"declaration of {review}".encode())


def _said(hand_in: ReadHandIn, read: ReadReview) -> Declaration | None:
    """What the package itself declares about the application of *read*."""
    return next(
        (
            said
            for review, said in hand_in.declarations
            if review == read.review and said.application == read.application
        ),
        None,
    )


def _is_later(declaration: Declaration, before: StoredDeclaration) -> bool:
    return rank_of_declaration(declaration) > rank_of_declaration(before.declaration)


def rank_of_declaration(declaration: Declaration) -> tuple[bool, datetime, Sha256]:
    """Orders declarations of one review, the one that counts last, whichever arrived first.

    A conflict or an abstention stands above every "no relation", earlier or later: only a person takes one back.
    """
    return declaration.declared is not Declared.NONE, declaration.declared_at, canonical.digest_of(declaration)
