"""The import desk: files in, an outcome with a sentence for each package and each review in it.

Worker processes verify, this process writes; a commit per batch. The same files again change nothing, so an import
that was stopped half-way is simply started again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.domain.changes import NOTHING, Changes
from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, ReviewId, Sha256
from app.domain.inspection import InspectedPackage
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind
from app.packages.description import PackageKind
from app.packages.payloads import ReceiptPayload
from app.packages.reader import ReadingContext, read_package
from app.packages.recognition import find_packages
from app.packages.refusal import PackageRefusedError
from app.progress import Progress
from app.services.incoming_files import files_of
from app.services.package_inspection import described
from app.services.record_batch import Batch, Decided
from app.services.record_context import SILENT, RecordContext, load_keys
from app.services.record_feeding import Fed, feed
from app.services.record_forms import forms_of
from app.services.record_judging import Judgement
from app.services.record_reading import SECONDS, ReadHandIn, ReadingSetup
from app.services.record_receipts import write_receipts
from app.services.record_words import outcome_sentence

BATCH: Final = 50  # packages per commit
_BATCH_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedReview:
    """One review of a package and what became of it; a mere declaration has neither revision nor kind."""

    review: ReviewId
    application: ApplicationCode
    expert: ExpertCode
    outcome: Outcome
    sentence: str
    revision: int | None
    kind: ReviewKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPackage:
    """One package, or a file that is none; ``sha256`` is of the file as it came."""

    file: Path
    outcome: Outcome
    sentence: str
    sha256: Sha256
    package_sha256: Sha256 | None = None
    expert: ExpertCode | None = None
    device: DeviceCode | None = None
    seq: int | None = None
    receipt_number: str | None = None
    reviews: tuple[ImportedReview, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One line per package, in the order of the files."""

    packages: tuple[ImportedPackage, ...]
    receipts: tuple[Path, ...]
    changes: Changes

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many packages had each outcome, zeros included."""
        counts = dict.fromkeys(Outcome, 0)
        for package in self.packages:
            counts[package.outcome] += 1
        return counts


class ImportService:
    """Takes what can be taken, and puts everything else into the tray with a reason.

    Args:
        seconds: that reading one package may take.
    """

    def __init__(self, context: RecordContext, *, seconds: float = SECONDS) -> None:
        self._context, self._seconds = context, seconds

    def import_files(
        self, paths: Sequence[Path], *, dry_run: bool = False, receipts: Path | None = None,
        progress: Progress = SILENT,
    ) -> ImportReport:  # fmt: skip
        """Import every package among *paths*, files and folders.

        Args:
            dry_run: say what would become of them; write nothing.
            receipts: folder for one signed receipt package per device.

        Raises:
            Cancelled: the person asked to stop; batches finished before are in, and importing again is harmless.
        """
        files, setup = files_of(paths), replace(reading_setup(self._context), seconds=self._seconds)
        batches = _batches(feed(files, setup, progress=progress))
        decide = self._rehearse if dry_run else self._perform
        decided = decide(batches, setup)
        ordered = [decided[place] for place in sorted(decided)]
        written: tuple[Path, ...] = ()
        if receipts is not None and not dry_run:
            answers = [(one.judgement.hand_in.device, one.receipt) for one in ordered if one.judgement and one.receipt]
            written = write_receipts(self._context, receipts, answers)
        changed = not dry_run and any(one.is_taken for one in ordered)
        is_in_tray = not dry_run and any(one.is_in_tray for one in ordered)
        changes = Changes(packages=True, assignments=True, results=True, log=True) if changed else NOTHING
        return ImportReport(tuple(imported(one) for one in ordered), written, changes | Changes(tray=is_in_tray))

    def inspect(self, file: Path) -> InspectedPackage:
        """What would become of *file*, and what it says of itself. Changes nothing."""
        try:
            found = find_packages(file)[0]
            with found.open() as source:
                package = read_package(source, reading_setup(self._context, kinds=frozenset(PackageKind)).context)
        except PackageRefusedError as refusal:
            return InspectedPackage(outcome=refusal.outcome, sentence=refusal.sentence())
        outcome = Outcome.NEW
        if package.description.kind is PackageKind.REVIEW:
            outcome = self.import_files([file], dry_run=True).packages[0].outcome
        return described(package, outcome=outcome, sentence=outcome_sentence(outcome))

    def _perform(self, batches: Iterator[list[Fed]], setup: ReadingSetup) -> dict[int, Decided]:
        """A transaction per batch."""
        decided: dict[int, Decided] = {}
        for batch in batches:
            with self._context.store.writing() as work:
                decided |= Batch(self._context, work, setup).take(batch)
                work.commit()
        return decided

    def _rehearse(self, batches: Iterator[list[Fed]], setup: ReadingSetup) -> dict[int, Decided]:
        """The same in one transaction that is never committed.

        What would only now come in has no receipt: its number, read out, would confirm what the record does not have.
        """
        decided: dict[int, Decided] = {}
        with self._context.store.reading() as work:
            for batch in batches:
                decided |= Batch(self._context, work, setup).take(batch)
        return {
            place: replace(one, receipt=None) if one.is_taken or one.is_in_tray else one
            for place, one in decided.items()
        }


def reading_setup(
    context: RecordContext,
    *,
    at: datetime | None = None,
    kinds: frozenset[PackageKind] = frozenset({PackageKind.REVIEW}),
) -> ReadingSetup:
    """What reading processes need, as the record is now. Revocation is judged later, not refused here."""
    with context.store.reading() as work:
        keys, forms = load_keys(work), forms_of(context, work)
    reading = ReadingContext(
        at=at or context.clock(),
        kinds=kinds,
        identities=(keys.identity,),
        trust=keys.trust,
        is_revoked_accepted=True,
    )
    return ReadingSetup(reading, forms, root_crl=keys.root_crl, issuing_crl=keys.issuing_crl)


def imported(decided: Decided) -> ImportedPackage:
    """A decision as people and scripts are told of it."""
    judgement = decided.judgement
    if judgement is None:
        return ImportedPackage(
            file=decided.fed.file,
            outcome=decided.outcome,
            sentence=outcome_sentence(decided.outcome),
            sha256=decided.fed.file_sha256,
        )
    hand_in = judgement.hand_in
    return ImportedPackage(
        file=decided.fed.file,
        outcome=decided.outcome,
        sentence=outcome_sentence(decided.outcome),
        sha256=hand_in.file_sha256,
        package_sha256=hand_in.sha256,
        expert=hand_in.expert,
        device=hand_in.device,
        seq=hand_in.seq,
        receipt_number=_number(decided.receipt),
        reviews=_reviews(judgement),
    )


def _reviews(judgement: Judgement) -> tuple[ImportedReview, ...]:
    return tuple(
        ImportedReview(
            review=one.review,
            application=one.application,
            expert=one.expert,
            outcome=one.outcome,
            sentence=outcome_sentence(one.outcome),
            revision=one.read.revision if one.read else None,
            kind=one.read.kind if one.read else None,
        )
        for one in judgement.reviews
    )


def _number(receipt: ReceiptPayload | None) -> str | None:
    return receipt.number if receipt else None


def _batches(fed: Iterator[Fed]) -> Iterator[list[Fed]]:
    batch: list[Fed] = []
    size = 0
    for one in fed:
        batch.append(one)
        size += one.read.size if isinstance(one.read, ReadHandIn) and one.read.contents is not None else 0
        if len(batch) >= BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
