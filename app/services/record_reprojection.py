"""Every number computed again from the stored originals, each judged as of the moment it was imported."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.crypto import codes
from app.crypto.vault_errors import SecretDamagedError
from app.domain.conflict import Declaration, Declared
from app.domain.ids import DeviceCode, ReviewId, Sha256
from app.domain.importing import KnownRevision, current_of
from app.domain.outcome import Group
from app.domain.review import ReviewKind
from app.domain.verification import Difference
from app.i18n import N_, _
from app.packages import canonical
from app.packages.description import PackageKind
from app.packages.payloads import ReceiptPayload
from app.packages.reader import ReadingContext, read_container_stream
from app.packages.refusal import PackageRefusedError
from app.progress import Progress
from app.services.record_context import RecordContext, load_keys
from app.services.record_forms import forms_of
from app.services.record_judging import rank_of_declaration
from app.services.record_originals import rebuilt
from app.services.record_projecting import ReadReview
from app.services.record_reading import ReadHandIn, ReadingSetup, hand_in_of, is_value
from app.services.record_replay import Replayed
from app.services.record_taking import stored_cosignature
from app.storage.record.files import FilesDestroyedError
from app.storage.record.packages import PackageReview, StoredPackage
from app.storage.record.reviews import StoredDeclaration
from app.storage.record.revisions import StoredRevision
from app.storage.record.unit_of_work import RecordWork
from app.storage.record.visit_repository import StoredCosignature, StoredVisitRevision

_BYTES = N_("The stored package is not what was signed: a part is missing or was changed.")
_SIGNATURE = N_("The stored package does not verify as of the day it was imported.")
_ENTRY = N_("The entry of this package is not what the package says.")
_OUTCOMES = N_("What is noted about the reviews of this package is not what it holds.")
_RECEIPT = N_("The receipt of this package is not the one it was given.")
_REVISION = N_("The scores or totals are not those that were signed.")
_UNFOUNDED = N_("A signed review counts although the rules of import refuse it.")
_EXTRA = N_("No stored package holds this revision.")
_LOST = N_("A signed revision that was taken is not in the record any more.")
_CURRENT = N_("Another revision counts than the newest one.")
_VISIT = N_("What is noted of this visit is not what was signed.")
_COSIGNATURE = N_("This signature of a member stands in no stored package, or one that does is not here.")
_DECLARATION = N_("The declaration is not the one that was signed.")


@dataclass(slots=True)
class _Expected:
    """What the originals say should stand in the tables."""

    revisions: dict[Sha256, tuple[ReadReview, StoredPackage]] = field(default_factory=dict)
    declarations: dict[ReviewId, StoredDeclaration] = field(default_factory=dict)
    said: dict[ReviewId, set[Declaration]] = field(default_factory=dict)
    taken: set[Sha256] = field(default_factory=set)
    destroyed: set[Sha256] = field(default_factory=set)
    visits: dict[Sha256, StoredVisitRevision] = field(default_factory=dict)
    cosigned: dict[tuple[Sha256, DeviceCode], set[StoredCosignature]] = field(default_factory=dict)


class Reprojection:
    """One run over everything that was accepted."""

    def __init__(self, context: RecordContext, work: RecordWork, log: Replayed) -> None:
        self._context, self._work, self._log = context, work, log
        self._setups: dict[tuple[int, int], ReadingSetup] = {}
        assigned = work.reviews.all(with_recalled=True)
        self._asked = {review.review: (review.expert, review.application) for review in assigned}
        self._kinds = {review.review: review.kind for review in assigned}
        self._seats = {(one.expert, one.application) for one in assigned if one.kind is ReviewKind.ONSITE}
        self._expected = _Expected()
        self.packages = 0

    @property
    def destroyed(self) -> int:
        """Originals whose key was destroyed by order."""
        return len(self._expected.destroyed)

    def differences(self, progress: Progress) -> Iterator[Difference]:
        """Everything that does not agree."""
        packages = list(self._work.packages.all())
        reviews: dict[Sha256, list[PackageReview]] = {}
        for review in self._work.packages.reviews():
            reviews.setdefault(review.package, []).append(review)
        for done, package in enumerate(packages):
            progress.step(done, len(packages))
            yield from self._package(package, reviews.get(package.sha256, []))
            self.packages += 1
        progress.step(len(packages), len(packages))
        yield from self._revisions()
        yield from self._declarations()
        yield from self._visits()

    def _package(self, package: StoredPackage, reviews: list[PackageReview]) -> Iterator[Difference]:
        try:
            hand_in, problem = self._read(package)
        except FilesDestroyedError:
            self._expected.destroyed.add(package.sha256)
            return
        except (SecretDamagedError, ValueError, KeyError):
            hand_in, problem = None, _BYTES
        if problem:
            yield Difference("original", package.sha256, _(problem))
        if hand_in is None:
            return
        if not _is_same_entry(package, hand_in):
            yield Difference("package", package.sha256, _(_ENTRY))
        if not self._is_same_receipt(package, hand_in):
            yield Difference("package", package.sha256, _(_RECEIPT))
        yield from self._package_reviews(package, hand_in, reviews)
        self._expect_declarations(hand_in)
        for signed in hand_in.cosignatures:
            if (signed.expert, signed.application) in self._seats:
                made = stored_cosignature(signed, package.sha256)
                self._expected.cosigned.setdefault((made.opinion_sha256, made.device), set()).add(made)

    def _read(self, package: StoredPackage) -> tuple[ReadHandIn | None, str]:
        """What the original says today, or why it cannot be believed; neither for an enrolment that is as it was."""
        setup = self._setup(package)
        try:
            verified = read_container_stream(rebuilt(self._work, package), setup.context, keeps=is_value)
            if verified.inner_sha256 != package.sha256:
                return None, _BYTES
            return None if package.kind == PackageKind.ENROLMENT else hand_in_of(verified, setup), ""
        except PackageRefusedError:
            return None, _SIGNATURE if self._is_as_signed(package) else _BYTES

    def _is_as_signed(self, package: StoredPackage) -> bool:
        digest = hashlib.sha256()
        for piece in rebuilt(self._work, package):
            digest.update(piece)
        return digest.hexdigest() == package.sha256

    def _setup(self, package: StoredPackage) -> ReadingSetup:
        lists = (package.root_crl, package.issuing_crl)
        if lists not in self._setups:
            keys = load_keys(self._work, root_crl=package.root_crl, issuing_crl=package.issuing_crl)
            reading = ReadingContext(
                at=package.imported_at,
                kinds=frozenset({PackageKind.REVIEW, PackageKind.ENROLMENT}),
                identities=(keys.identity,),
                trust=keys.trust,
                is_revoked_accepted=True,
            )
            self._setups[lists] = ReadingSetup(
                reading,
                forms_of(self._context, self._work),
                root_crl=keys.root_crl,
                issuing_crl=keys.issuing_crl,
            )
        setup = self._setups[lists]
        return replace(setup, context=replace(setup.context, at=package.imported_at))

    def _is_same_receipt(self, package: StoredPackage, hand_in: ReadHandIn) -> bool:
        number = codes.receipt_number(hand_in.nonce, package.sha256, str(package.outcome))
        try:
            receipt = canonical.decode(package.receipt or b"", ReceiptPayload)
        except canonical.NotCanonicalError:
            return False
        said = (receipt.package_sha256, receipt.outcome, receipt.number)
        is_told = self._log.heads.get(receipt.log_index) == receipt.log_head
        return said == (package.sha256, package.outcome, number) and package.receipt_number == number and is_told

    def _package_reviews(
        self, package: StoredPackage, hand_in: ReadHandIn, reviews: list[PackageReview]
    ) -> Iterator[Difference]:
        noted = {review.review: review for review in reviews}
        held = {read.review: (read.revision, read.sha256) for read in hand_in.reviews}
        if held != {review.review: (review.revision, review.content_sha256) for review in reviews}:
            yield Difference("package_review", package.sha256, _(_OUTCOMES))
        for read in hand_in.reviews:
            note = noted.get(read.review)
            if note is not None and note.outcome.group is Group.TAKEN:
                if read.flaw is not None or read.kind is not self._kinds.get(read.review):
                    yield Difference("revision", read.review, _(_UNFOUNDED))
                self._expected.revisions.setdefault(read.sha256, (read, package))
                if read.visit is not None:
                    self._expected.visits[read.sha256] = StoredVisitRevision(
                        read.sha256, read.visit.opinion_sha256, read.visit.facts
                    )

    def _expect_declarations(self, hand_in: ReadHandIn) -> None:
        for review, declaration in hand_in.declarations:
            if self._asked.get(review) != (hand_in.expert, declaration.application):
                continue  # refused when it came
            self._expected.said.setdefault(review, set()).add(declaration)
            before = self._expected.declarations.get(review)
            if before is None or rank_of_declaration(declaration) > rank_of_declaration(before.declaration):
                self._expected.declarations[review] = StoredDeclaration(review, declaration, hand_in.sha256)

    def _revisions(self) -> Iterator[Difference]:
        now, held = self._work.applications.document_hashes(), self._work.files.documents_held()
        documents = {code: now[code] | held.get(code, frozenset()) for code in now}
        known: dict[ReviewId, list[KnownRevision]] = {}
        flags: dict[Sha256, bool] = {}
        for stored in self._work.revisions.all():
            known.setdefault(stored.review, []).append(
                KnownRevision(stored.sha256, stored.revision, stored.base, stored.log_number)
            )
            flags[stored.sha256] = stored.is_current
            found = self._expected.revisions.pop(stored.sha256, None)
            if found is not None:
                if not _is_same_revision(stored, found[0]):
                    yield Difference("revision", stored.review, _(_REVISION))
                if not found[0].cited <= documents.get(stored.application, frozenset()):
                    yield Difference("revision", stored.review, _(_UNFOUNDED))
            elif stored.package not in self._expected.destroyed:
                yield Difference("revision", stored.review, _(_EXTRA))
        for read, _package in self._expected.revisions.values():
            yield Difference("revision", read.review, _(_LOST))
        for review, revisions in known.items():
            current = current_of(revisions)
            if {one.sha256 for one in revisions if flags[one.sha256]} != {current.sha256 if current else ""}:
                yield Difference("revision", review, _(_CURRENT))

    def _visits(self) -> Iterator[Difference]:
        stored = self._work.visits.revisions()
        for sha256 in stored.keys() | self._expected.visits.keys():
            is_destroyed = sha256 not in self._expected.visits and bool(self._expected.destroyed)
            if stored.get(sha256) != self._expected.visits.get(sha256) and not is_destroyed:
                yield Difference("visit", sha256, _(_VISIT))
        here = {(one.opinion_sha256, one.device): one for one in self._work.visits.cosignatures()}
        for key, one in here.items():
            expected = self._expected.cosigned.get(key, set())
            if one not in expected and one.package not in self._expected.destroyed:
                yield Difference("cosignature", one.device, _(_COSIGNATURE))
        for _opinion, device in self._expected.cosigned.keys() - here.keys():
            yield Difference("cosignature", device, _(_COSIGNATURE))

    def _declarations(self) -> Iterator[Difference]:
        stored = self._work.reviews.declarations()
        revised = {revision.review for revision in self._work.revisions.all()}
        for review, expected in self._expected.declarations.items():
            here = stored.get(review)
            if here is not None and here.declaration == expected.declaration:
                continue
            # Against a signed review a declaration counts only once somebody has decided so, and so does one that
            # takes back a conflict.
            is_open = review in revised and expected.declaration.declared is not Declared.NONE
            is_open |= here is not None and here.declaration.declared is not Declared.NONE
            is_signed = here is None or here.declaration in self._expected.said[review]
            if not (is_open and is_signed):
                yield Difference("declaration", review, _(_DECLARATION))
        for review in revised - self._expected.said.keys():
            if review not in stored or stored[review].package not in self._expected.destroyed:
                yield Difference("revision", review, _(_UNFOUNDED))
        for review, here in stored.items():
            if review not in self._expected.declarations and here.package not in self._expected.destroyed:
                yield Difference("declaration", review, _(_DECLARATION))


def _is_same_entry(package: StoredPackage, hand_in: ReadHandIn) -> bool:
    stored = (
        package.package, package.campaign, package.expert, package.device, package.certificate_sha256, package.seq,
        package.size,
    )  # fmt: skip
    said = (
        hand_in.package, hand_in.campaign, hand_in.expert, hand_in.device, hand_in.certificate_sha256, hand_in.seq,
        hand_in.size,
    )  # fmt: skip
    return stored == said


def _is_same_revision(stored: StoredRevision, read: ReadReview) -> bool:
    here = (
        stored.review, stored.application, stored.expert, stored.device, stored.revision, stored.base,
        stored.rubric_sha256, stored.dossier_sha256, stored.recommend, stored.scores, stored.total, stored.dimensions,
        stored.sealed_at,
    )  # fmt: skip
    signed = (
        read.review, read.application, read.expert, read.device, read.revision, read.base, read.rubric_sha256,
        read.dossier, read.recommend, read.scores, read.total, read.dimensions, read.sealed_at,
    )  # fmt: skip
    return here == signed
