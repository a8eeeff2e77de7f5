"""One batch of an import: judge each package, take what can be taken, put the rest into the tray."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from app.domain.ids import ApplicationCode, ReviewId, Sha256
from app.domain.outcome import Group, Outcome
from app.domain.tray import TrayState
from app.packages import canonical
from app.packages.payloads import ReceiptPayload
from app.packages.recognition import FoundPackage
from app.packages.refusal import PackageRefusedError
from app.services.record_context import RecordContext
from app.services.record_feeding import Fed
from app.services.record_forks import keep_versions, settle_versions
from app.services.record_judging import Judge, Judgement, Knowledge, word_on
from app.services.record_reading import ReadHandIn, ReadingSetup, Refusal, read_large_hand_in
from app.services.record_taking import Taker, make_receipt
from app.storage.blobs import BlobDamagedError
from app.storage.record.files import GENERAL
from app.storage.record.tray import BytesChangedError, TrayFile
from app.storage.record.unit_of_work import RecordWork

KEPT_BYTES: Final = 64 * 1024 * 1024  # of a refused file; held ones are kept whatever their size
_PLACELESS: Final = Path()  # of what comes out of the tray
_CHANGED: Final = "changed_between_readings"
_ARRIVED: Final = "what it waited for has arrived"


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one package of the batch."""

    fed: Fed
    outcome: Outcome
    judgement: Judgement | None
    receipt: ReceiptPayload | None
    is_taken: bool
    is_in_tray: bool


class Batch:
    """Works within one unit of work; whoever made that commits it."""

    def __init__(
        self, context: RecordContext, work: RecordWork, setup: ReadingSetup, *, is_forced: bool = False
    ) -> None:
        self._context, self._work, self._setup = context, work, setup
        self._now = setup.context.at
        self._known = Knowledge()
        self._judge = Judge(self._known, campaign=context.campaign.campaign, now=self._now, is_forced=is_forced)
        self._patient = Judge(self._known, campaign=context.campaign.campaign, now=self._now)
        self._taker = Taker(context, work, self._known, setup=setup)
        self._waited_for = work.tray.waited_for()
        self._decided: dict[int, Decided] = {}

    @property
    def setup(self) -> ReadingSetup:
        """How packages of this batch are read."""
        return self._setup

    def take(self, fed: Sequence[Fed]) -> dict[int, Decided]:
        """Decide about each and enter what is taken; by place."""
        hand_ins = [one.read for one in fed if isinstance(one.read, ReadHandIn)]
        self._known.load(self._work, hand_ins)
        self._work.files.load_keys({GENERAL, *self._known.dossiers})
        for one in sorted(fed, key=_order):
            if isinstance(one.read, Refusal):
                self._refuse(one, one.read)
            else:
                self._settle(one, self._judge.judge(one.read))
        self._taker.flush()
        return self._decided

    def _refuse(self, fed: Fed, refusal: Refusal) -> None:
        file = TrayFile(
            sha256=refusal.file_sha256, package_sha256=None, file_name=fed.name, size=refusal.file_size,
            outcome=refusal.outcome, detail=refusal.reason, arrived_at=self._now,
        )  # fmt: skip
        self._decided[fed.place] = Decided(fed, refusal.outcome, None, receipt=None, is_taken=False, is_in_tray=True)
        self._put(fed, file, is_kept=refusal.file_size <= KEPT_BYTES)

    def _put(self, fed: Fed, file: TrayFile, *, is_kept: bool) -> None:
        """Into the tray. If the medium gives other bytes than were judged, what was judged of them is worth nothing."""
        try:
            self._work.tray.put(file, fed.pieces() if is_kept else None)
        except (BytesChangedError, PackageRefusedError):
            changed = replace(file, outcome=Outcome.DAMAGED, detail=_CHANGED, waits_for=())
            self._work.tray.put(changed, None)
            before = self._decided[fed.place]
            self._decided[fed.place] = replace(
                before, outcome=Outcome.DAMAGED, judgement=before.judgement if before.is_taken else None, receipt=None
            )

    def _settle(self, fed: Fed, judgement: Judgement) -> None:
        if judgement.is_taken:
            receipt: ReceiptPayload | None = self._taker.take(judgement, fed.package)
        else:
            receipt = self._receipt(judgement)
        self._decided[fed.place] = Decided(
            fed, judgement.outcome, judgement, receipt=receipt, is_taken=judgement.is_taken,
            is_in_tray=judgement.is_for_the_tray,
        )  # fmt: skip
        self._tell_tray(fed, judgement)
        settle_versions(self._work, judgement, known=self._contents(judgement), at=self._now)
        arrived = [read.sha256 for read in judgement.taken]
        self._wake([*arrived, *(word_on(one.review) for one in judgement.declarations)])

    def _receipt(self, judgement: Judgement) -> ReceiptPayload | None:
        """The receipt of a package that changes nothing: the one it had, or one that says why."""
        known = judgement.known
        if known is not None and known.receipt is not None:
            return canonical.decode(known.receipt, ReceiptPayload)
        if judgement.outcome in (Outcome.UNKNOWN_SIGNER, Outcome.WRONG_KIND):
            return None  # nobody to answer
        return make_receipt(judgement, self._work.log.head(), now=self._now)

    def _tell_tray(self, fed: Fed, judgement: Judgement) -> None:
        hand_in = judgement.hand_in
        if not judgement.is_for_the_tray:
            if hand_in.sha256 in self._known.arrivals:
                for entry in self._work.tray.of_packages([hand_in.sha256]).values():
                    if entry.state is TrayState.WAITING:
                        self._work.tray.settle(entry.sha256, TrayState.TAKEN, at=self._now, by="", reason=_ARRIVED)
            return
        is_kept = judgement.outcome.group is Group.HELD or hand_in.file_size <= KEPT_BYTES
        self._put(
            fed,
            TrayFile(
                sha256=hand_in.file_sha256, package_sha256=hand_in.sha256, file_name=fed.name,
                size=hand_in.file_size, outcome=judgement.outcome, detail=str(judgement.outcome),
                arrived_at=self._now, expert=hand_in.expert, device=hand_in.device,
                applications=_troubled(judgement), waits_for=judgement.waits_for if is_kept else (),
            ),
            is_kept=is_kept,
        )  # fmt: skip
        if self._decided[fed.place].outcome is judgement.outcome:
            keep_versions(self._work, judgement, known=self._contents(judgement))
        self._waited_for |= set(judgement.waits_for if is_kept else ())
        self._known.arrivals.setdefault(hand_in.sha256, self._now)

    def _wake(self, bases: Sequence[Sha256]) -> None:
        """Judge again what waited in the tray for revisions and declarations that have just been taken."""
        if self._waited_for.isdisjoint(bases):
            return
        for sha256 in self._work.tray.waiting_for(bases):
            try:
                package, read = read_kept(self._work, sha256, self._setup)
            except (PackageRefusedError, BlobDamagedError):
                continue  # it stays where it is; whoever decides about it is told
            self._known.load(self._work, [read])
            fed = self._fed_before(sha256) or Fed(-1, _PLACELESS, package, read)
            self._settle(fed, self._patient.judge(read))
        self._decided.pop(-1, None)

    def _contents(self, judgement: Judgement) -> dict[ReviewId, set[Sha256]]:
        """What the record has of the reviews of *judgement*, this batch included."""
        known = self._known.revisions
        return {one.review: {each.sha256 for each in known.get(one.review, ())} for one in judgement.reviews}

    def _fed_before(self, sha256: Sha256) -> Fed | None:
        return next((one.fed for one in self._decided.values() if one.fed.file_sha256 == sha256), None)


def _order(fed: Fed) -> tuple[str, int, int]:
    """By device and order number: what an expert sent first is judged first, whatever the file is called."""
    read = fed.read
    return (read.device, read.seq, fed.place) if isinstance(read, ReadHandIn) else ("", 0, fed.place)


def read_kept(work: RecordWork, sha256: Sha256, setup: ReadingSetup) -> tuple[FoundPackage, ReadHandIn]:
    """A package in the tray, read again; without a limit, for the store must not be broken off in the middle.

    Raises:
        BlobDamagedError: its bytes do not have the hash any more. PackageRefusedError: it cannot be read today.
    """
    package = FoundPackage("", partial(work.tray.open, sha256))
    with package.open() as source:
        return package, read_large_hand_in(source, replace(setup, seconds=math.inf))


def _troubled(judgement: Judgement) -> tuple[ApplicationCode, ...]:
    held = (one.application for one in judgement.reviews if one.outcome.group in (Group.HELD, Group.REFUSED))
    return tuple(dict.fromkeys(held))
