"""Entering what was decided: rows are gathered for a whole batch and written many at once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from app.crypto import certificates, codes
from app.domain.ids import ApplicationCode, DeviceCode, ReviewId, Sha256
from app.domain.importing import KnownRevision, current_of
from app.domain.outcome import Outcome
from app.domain.record_log import Act
from app.packages import canonical
from app.packages.description import PackageKind
from app.packages.payloads import ReceiptPayload, ReviewReceipt
from app.packages.recognition import FoundPackage
from app.services.record_context import RecordContext
from app.services.record_judging import JudgedReview, Judgement, Knowledge
from app.services.record_onsite import ReadCosignature
from app.services.record_originals import keep_large_original
from app.services.record_projecting import ReadReview
from app.services.record_reading import ReadHandIn, ReadingSetup
from app.storage.record.bulk import Row
from app.storage.record.files import GENERAL
from app.storage.record.log import LogHead
from app.storage.record.packages import PackageReview, StoredPackage
from app.storage.record.reviews import StoredDeclaration
from app.storage.record.revisions import StoredRevision
from app.storage.record.unit_of_work import RecordWork
from app.storage.record.visit_repository import StoredCosignature, StoredVisitRevision


class Taker:
    """Takes judgements into one unit of work. Nothing is in the tables before :meth:`flush`."""

    def __init__(self, context: RecordContext, work: RecordWork, knowledge: Knowledge, *, setup: ReadingSetup) -> None:
        self._context, self._work, self._known, self._setup = context, work, knowledge, setup
        self._now = setup.context.at
        self._packages: list[StoredPackage] = []
        self._package_reviews: list[PackageReview] = []
        self._originals: list[Row] = []
        self._revisions: dict[Sha256, StoredRevision] = {}
        self._touched: dict[ReviewId, Sha256 | None] = {}
        self._declarations: dict[ReviewId, StoredDeclaration] = {}
        self._declared_before: set[ReviewId] = set()
        self._office_halves: dict[DeviceCode, bytes] = {}
        self._visits: list[StoredVisitRevision] = []
        self._cosignatures: list[StoredCosignature] = []

    def take(self, judgement: Judgement, package: FoundPackage) -> ReceiptPayload:
        """Enter the parts of *judgement* that are taken; *package* is read again if it is large."""
        hand_in = judgement.hand_in
        head = self._context.log(
            self._work,
            Act.IMPORTED,
            {
                "package": hand_in.sha256,
                "device": hand_in.device,
                "outcome": str(judgement.outcome),
                "reviews": [f"{one.review} {one.read.sha256} {one.outcome}" for one in judgement.reviews if one.read],
            },
            at=self._now,
        )
        receipt = make_receipt(judgement, head, now=judgement.known.imported_at if judgement.known else self._now)
        stored = self._package(judgement, receipt, head)
        for read in judgement.taken:
            self._revision(read, hand_in, head)
        self._known.visits.take(judgement.taken)
        self._cosignatures += [stored_cosignature(one, hand_in.sha256) for one in judgement.cosignatures]
        for declaration in judgement.declarations:
            self._declare(declaration)
        if judgement.known is None:
            self._packages.append(stored)
            self._package_reviews += _package_reviews(judgement)
            self._keep_original(hand_in, package)
        else:
            self._flush_packages()
            self._work.packages.replace(stored, _package_reviews(judgement))
        self._known.packages[hand_in.sha256] = stored
        self._known.ids[hand_in.package] = hand_in.sha256
        highest = self._known.highest.get(hand_in.device, 0)
        if hand_in.office_half is not None and hand_in.seq >= highest and judgement.known is None:
            self._office_halves[hand_in.device] = hand_in.office_half
        self._known.highest[hand_in.device] = max(highest, hand_in.seq)
        return receipt

    def flush(self) -> None:
        """Write everything gathered, in the order that references demand."""
        self._flush_packages()
        additions = [replace(one, is_current=self._is_current(one)) for one in self._revisions.values()]
        replaced = [
            review
            for review, before in self._touched.items()
            if before is not None and (now := current_of(self._known.revisions[review])) and now.sha256 != before
        ]
        self._work.revisions.replace_current(replaced, additions)
        self._work.visits.add_revisions(self._visits)
        self._work.visits.put_cosignatures(self._cosignatures)
        self._visits, self._cosignatures = [], []
        self._work.reviews.put_declarations(list(self._declarations.values()), known=self._declared_before)
        for device, half in self._office_halves.items():
            self._work.roster.set_office_half(device, half)
        self._revisions, self._touched, self._declarations, self._office_halves = {}, {}, {}, {}
        self._declared_before = set()

    def _flush_packages(self) -> None:
        self._work.packages.add(self._packages, self._package_reviews)
        self._work.files.add_originals(self._originals)
        self._packages, self._package_reviews, self._originals = [], [], []

    def _package(self, judgement: Judgement, receipt: ReceiptPayload, head: LogHead) -> StoredPackage:
        hand_in = judgement.hand_in
        encoded = canonical.encode(receipt)
        if judgement.known is not None:
            return replace(judgement.known, outcome=judgement.outcome, receipt=encoded, receipt_number=receipt.number)
        return StoredPackage(
            sha256=hand_in.sha256,
            package=hand_in.package,
            campaign=hand_in.campaign,
            kind=str(PackageKind.REVIEW),
            expert=hand_in.expert,
            device=hand_in.device,
            certificate_sha256=hand_in.certificate_sha256,
            seq=hand_in.seq,
            size=hand_in.size,
            outcome=judgement.outcome,
            imported_at=self._now,
            root_crl=self._setup.root_crl,
            issuing_crl=self._setup.issuing_crl,
            skeleton=hand_in.skeleton,
            receipt=encoded,
            receipt_number=receipt.number,
            log_number=head.number,
        )

    def _revision(self, read: ReadReview, hand_in: ReadHandIn, head: LogHead) -> None:
        known = self._known.revisions.setdefault(read.review, [])
        if read.review not in self._touched:
            before = current_of(known)
            self._touched[read.review] = before.sha256 if before else None
        known.append(KnownRevision(read.sha256, read.revision, read.base, order=head.number, unwritten=read.unwritten))
        self._revisions[read.sha256] = StoredRevision(
            sha256=read.sha256,
            review=read.review,
            application=read.application,
            expert=read.expert,
            device=read.device,
            revision=read.revision,
            base=read.base,
            package=hand_in.sha256,
            rubric_sha256=read.rubric_sha256,
            dossier_sha256=read.dossier,
            recommend=read.recommend,
            scores=read.scores,
            total=read.total,
            dimensions=read.dimensions,
            sealed_at=read.sealed_at,
            imported_at=self._now,
            log_number=head.number,
            is_current=False,
        )
        if read.visit is not None:
            self._visits.append(StoredVisitRevision(read.sha256, read.visit.opinion_sha256, read.visit.facts))

    def _is_current(self, revision: StoredRevision) -> bool:
        current = current_of(self._known.revisions[revision.review])
        return current is not None and current.sha256 == revision.sha256

    def _declare(self, declaration: StoredDeclaration) -> None:
        review = declaration.review
        if review in self._known.declarations and review not in self._declarations:
            self._declared_before.add(review)
        self._declarations[review] = declaration
        self._known.declarations[review] = declaration

    def _keep_original(self, hand_in: ReadHandIn, package: FoundPackage) -> None:
        if hand_in.contents is not None:
            for owner, files in self._by_owner(hand_in, hand_in.contents):
                self._originals += self._work.files.original_rows(hand_in.sha256, owner, files)
        else:
            self._flush_packages()
            keep_large_original(self._work.files, hand_in, package, setup=self._setup, owner_of=self._owner)

    def _by_owner(
        self, hand_in: ReadHandIn, contents: Mapping[str, bytes]
    ) -> Iterator[tuple[ApplicationCode, dict[str, bytes]]]:
        groups: dict[ApplicationCode, dict[str, bytes]] = {}
        for path, data in sorted(contents.items()):
            groups.setdefault(self._owner(hand_in.owners[path]), {})[path] = data
        yield from groups.items()

    def _owner(self, application: ApplicationCode) -> ApplicationCode:
        """Whose key a file goes under: what belongs to no application of the record goes under the general one."""
        return application if application in self._known.dossiers else GENERAL


def make_receipt(judgement: Judgement, head: LogHead, *, now: datetime) -> ReceiptPayload:
    """The record's answer to a package; the number depends on the outcome, so one cannot be guessed from another."""
    hand_in = judgement.hand_in
    return ReceiptPayload(
        package=hand_in.package,
        package_sha256=hand_in.sha256,
        outcome=judgement.outcome,
        imported_at=certificates.whole_seconds(now),
        number=codes.receipt_number(hand_in.nonce, hand_in.sha256, str(judgement.outcome)),
        reviews=tuple(
            ReviewReceipt(one.review, one.read.revision, one.read.sha256, one.outcome)
            for one in judgement.reviews
            if one.read is not None
        ),
        log_index=head.number,
        log_head=head.head,
    )


def stored_cosignature(one: ReadCosignature, package: Sha256) -> StoredCosignature:
    """A member's signature as *package* brought it."""
    return StoredCosignature(
        opinion_sha256=one.opinion,
        device=one.device,
        application=one.application,
        expert=one.expert,
        signed_at=one.signed_at,
        package=package,
    )


def _package_reviews(judgement: Judgement) -> list[PackageReview]:
    return [_package_review(judgement.hand_in.sha256, one) for one in judgement.reviews if one.read is not None]


def _package_review(package: Sha256, one: JudgedReview) -> PackageReview:
    read = one.read
    if read is None:
        raise RuntimeError("a declaration is not a review")
    outcome = one.outcome
    return PackageReview(package, one.review, read.revision, read.sha256, Outcome(outcome))
