"""Whether what was handed in has arrived: signed receipts, and eight digits read out by telephone."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.crypto import codes
from app.domain.changes import Changes
from app.domain.ids import PackageId
from app.domain.outcome import Group, Outcome
from app.i18n import N_, _
from app.packages.payloads import ReceiptPayload
from app.services.desk_errors import ReceiptNumberUnknownError
from app.storage.desk.records import SentRecord
from app.storage.desk.store import DeskStore, UnitOfWork

_SENTENCES = {
    Group.TAKEN: N_("Package {seq} has arrived and is in the record."),
    Group.NOTHING_TO_DO: N_("Package {seq} had arrived before and is in the record."),
    Group.HELD: N_("Package {seq} has arrived and waits for a decision of the secretariat."),
    Group.REFUSED: N_("Package {seq} has arrived and could not be taken. Ask the secretariat why."),
}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a receipt number told."""

    package: PackageId
    seq: int
    outcome: Outcome
    sentence: str
    changes: Changes


class ReceiptService:
    """From “sent” to “confirmed”."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def confirm_by_number(self, typed: str) -> Confirmed:
        """Take over a receipt number as it was typed, in whatever grouping.

        Raises:
            ReceiptNumberUnknownError: no package of this desk gives that number.
        """
        number = codes.digits_of(typed)
        with self._store.writing() as work:
            match = _find(work, number)
            if match is None:
                raise ReceiptNumberUnknownError
            sent, outcome = match
            work.packages.set_outcome(sent.sha256, outcome, number=number, is_signed=False)
            for content in work.packages.carried().get(sent.sha256, ()):
                record = work.sealed.get(content)
                # A number tells of the package as a whole; what a signed receipt said of a review stands.
                if record is not None and record.outcome is None:
                    work.sealed.set_outcome(content, outcome, log_index=0)
            note_office_half(work, outcome)
            work.commit(f"receipt {number}".encode())
        sentence = _(_SENTENCES[outcome.group]).format(seq=sent.seq)
        return Confirmed(sent.package, sent.seq, outcome, sentence, Changes(tasks=True, packages=True))


def take_receipts(work: UnitOfWork, receipts: Iterable[ReceiptPayload]) -> int:
    """Take over what the secretariat signed about packages of this desk; how many of them were known here."""
    sent = {record.sha256: record for record in work.packages.sent()}
    known = 0
    for receipt in receipts:
        if receipt.package_sha256 not in sent:
            continue
        known += 1
        work.packages.set_outcome(receipt.package_sha256, receipt.outcome, number=receipt.number, is_signed=True)
        for review in receipt.reviews:
            work.sealed.set_outcome(review.content_sha256, review.outcome, log_index=receipt.log_index)
        note_office_half(work, receipt.outcome)
    return known


def _find(work: UnitOfWork, number: str) -> tuple[SentRecord, Outcome] | None:
    if len(number) != codes.RECEIPT_DIGITS:
        return None
    for sent in work.packages.sent():
        for outcome in Outcome:
            if codes.receipt_number(sent.nonce, sent.sha256, outcome) == number:
                return sent, outcome
    return None


HALF_ARRIVED = "office_half_arrived"


def note_office_half(work: UnitOfWork, outcome: Outcome) -> None:
    """A hand-in has arrived, and with it a renewed half of the office slot if one was on its way."""
    if outcome.group in (Group.TAKEN, Group.NOTHING_TO_DO) and work.desk.profile().office_half:
        work.desk.save_setting(HALF_ARRIVED, "1")
