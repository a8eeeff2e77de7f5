"""Sending the work out: one sealed file per expert, in parts where the medium is small, and a list beside them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from app.documents.hand_out import HandOutLine, write_hand_out
from app.domain.application import ApplicationState
from app.domain.changes import NOTHING, Changes
from app.domain.ids import ApplicationCode, CampaignId, DeviceCode, ExpertCode, PackageId, Sha256
from app.domain.parting import DEFAULT_MAX_MB, Medium, medium_for
from app.domain.record_log import Act
from app.domain.review import ReviewKind
from app.packages import canonical, log_chain
from app.packages.description import PackageKind
from app.progress import Progress
from app.services.record_context import SILENT, RecordContext
from app.services.record_errors import DeadlinePassedError, IssuedMeanwhileError
from app.services.record_packing import PackedPart, dossiers_of, pack
from app.services.record_planning import HandOut, deadline_of, end_of_day, plan_hand_outs
from app.services.record_roster import required_reason
from app.services.record_teams import visits_without_leader
from app.storage.record.sending import SentPackage, SentReview
from app.storage.record.visit_repository import SentTeam

HAND_OUT_NAME: Final = "hand-out.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPackage:
    """One file that would be written, its estimated size and the smallest medium it fits on."""

    expert: ExpertCode
    name: str
    device: DeviceCode
    part: int
    parts: int
    applications: tuple[ApplicationCode, ...]
    bytes: int
    medium: Medium


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPackage:
    """One file that was written."""

    file: Path
    expert: ExpertCode
    device: DeviceCode
    seq: int
    part: str
    applications: tuple[ApplicationCode, ...]
    bytes: int
    sha256: Sha256
    medium: Medium


@dataclass(frozen=True, slots=True)
class IssueResult:
    """What was written, and what was not.

    Attributes:
        without_device: experts with work but no computer to send it to.
        without_leader: applications whose visit nobody leads for the moment, so that nothing of it was sent.
    """

    packages: tuple[IssuedPackage, ...]
    hand_out: Path | None
    without_device: tuple[ExpertCode, ...]
    changes: Changes
    without_leader: tuple[ApplicationCode, ...] = ()


class IssuingService:
    """An assignment may add to, supersede or take back an earlier one; only what is new is sent."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def plan(
        self, experts: Sequence[ExpertCode] | None = None, *, max_mb: int = DEFAULT_MAX_MB, is_again: bool = False
    ) -> tuple[PlannedPackage, ...]:
        """What :meth:`issue` would write. Changes nothing."""
        with self._context.store.reading() as work:
            plans, _without = plan_hand_outs(work, experts, max_mb=max_mb, is_again=is_again)
        return tuple(_planned(plan, number) for plan in plans for number in range(1, len(plan.parts) + 1))

    def without_leader(self, experts: Sequence[ExpertCode] | None = None) -> tuple[ApplicationCode, ...]:
        """Visits of everybody, or of those named, that stay here until somebody is named to lead them."""
        with self._context.store.reading() as work:
            return visits_without_leader(work, experts)

    def issue(
        self, out: Path, experts: Sequence[ExpertCode] | None = None, *, max_mb: int = DEFAULT_MAX_MB,
        deadline: date | None = None, is_again: bool = False,
        progress: Progress = SILENT,
    ) -> IssueResult:  # fmt: skip
        """Write the packages of everybody, or of those named, into the folder *out*.

        Each expert's files and their entry in the record are one act: what was written before a failure stands.

        Args:
            max_mb: size of a part in decimal megabytes; an application never straddles more parts than it must.
            is_again: send everything again, as to a device that lost it.

        Raises:
            ExpertUnknownError, NoDeviceError, DocumentTooLargeError, DeadlinePassedError, and the errors of
            :mod:`app.file_errors`.
        """
        deadline_at = deadline_of(self._context, deadline)
        out.mkdir(parents=True, exist_ok=True)
        with self._context.store.reading() as work:
            plans, without_device = plan_hand_outs(work, experts, max_mb=max_mb, is_again=is_again)
            without_leader = visits_without_leader(work, experts)
        issued: list[IssuedPackage] = []
        lines: list[HandOutLine] = []
        for done, plan in enumerate(plans):
            progress.step(done, len(plans))
            files = self._issue_one(out, plan, deadline_at)
            issued += files
            lines += [self._line(plan, file, deadline_at) for file in files]
        progress.step(len(plans), len(plans))
        hand_out = out / HAND_OUT_NAME if issued else None
        if hand_out is not None:
            write_hand_out(hand_out, lines)
        changes = Changes(assignments=True, packages=True, applications=True, log=True) if issued else NOTHING
        return IssueResult(tuple(issued), hand_out, tuple(without_device), changes, without_leader)

    def extend(self, until: date, *, experts: Sequence[ExpertCode] | None = None, reason: str) -> Changes:
        """Move the deadline of what has been issued; nothing needs to reach anybody.

        Raises:
            DeadlinePassedError, ReasonMissingError.
        """
        reason, deadline_at = required_reason(reason), end_of_day(until)
        now = self._context.clock()
        if deadline_at <= now:
            raise DeadlinePassedError(date=until)
        with self._context.store.writing() as work:
            reviews = [
                review.review
                for review in work.reviews.all()
                if review.deadline_at and (not experts or review.expert in experts)
            ]
            work.reviews.set_deadline(reviews, deadline_at)
            facts: dict[str, str | int | list[str] | None] = {
                "until": until.isoformat(), "experts": list(experts or ()), "reason": reason
            }  # fmt: skip
            self._context.log(work, Act.EXTENDED, facts, at=now)
            work.commit()
        return Changes(assignments=True, log=True)

    def _issue_one(self, out: Path, plan: HandOut, deadline_at: datetime) -> list[IssuedPackage]:
        deadline_at = max([deadline_at, *(review.deadline_at for review in plan.reviews if review.deadline_at)])
        assignment = PackageId(secrets.token_hex(16))
        packed: list[PackedPart] = []
        try:
            packing = pack(self._context, plan, out=out, assignment=assignment, deadline_at=deadline_at)
            packed.extend(packing)  # keeps what was written before a failure
            self._enter(plan, packed, assignment, deadline_at)
        except BaseException:
            # A file that the record does not know of must not reach anybody.
            for part in packed:
                part.file.unlink(missing_ok=True)
            raise
        return [_issued(plan, part) for part in packed]

    def _enter(self, plan: HandOut, packed: Sequence[PackedPart], assignment: PackageId, deadline_at: datetime) -> None:
        now, device = self._context.clock(), plan.device.device
        campaign = self._context.campaign.campaign
        with self._context.store.writing() as work:
            # Somebody else may have issued to the same device meanwhile; the order numbers would clash.
            if work.sending.last(device) != plan.last:
                raise IssuedMeanwhileError(expert=plan.expert.expert)
            facts: dict[str, str | int | list[str] | None] = {
                "assignment": assignment,
                "device": device,
                "packages": [part.sha256 for part in packed],
                "deadline": deadline_at.isoformat(),
            }
            self._context.log(work, Act.ISSUED, facts, at=now)
            dossiers = dossiers_of(plan)
            work.sending.add(
                [_sent(plan, part, assignment, deadline_at=deadline_at, campaign=campaign) for part in packed],
                [
                    SentReview(
                        assignment, review.review, device, review.is_recalled,
                        dossiers.get(review.application, Sha256(log_chain.START)),
                    )
                    for review in (*plan.reviews, *plan.recalls)
                ],
            )  # fmt: skip
            work.visits.add_sent_teams(
                [SentTeam(assignment, team.application, device, canonical.digest_of(team)) for team in plan.teams]
            )
            work.reviews.set_deadline([review.review for review in plan.reviews], deadline_at)
            codes = [review.application for review in plan.reviews if review.kind is ReviewKind.QUALIFICATION]
            states = work.applications.states(codes)
            waiting = [code for code in codes if states[code] is ApplicationState.RECOMMENDED]
            work.applications.set_state(waiting, ApplicationState.QUAL_SCORING)
            work.commit()

    def _line(self, plan: HandOut, file: IssuedPackage, deadline_at: datetime) -> HandOutLine:
        return HandOutLine(
            name=plan.expert.name,
            phone=plan.expert.phone,
            file=file.file.name,
            part=file.part,
            size=file.bytes,
            medium=str(file.medium),
            applications=len(plan.codes(1)),
            campaign=self._context.campaign.name,
            deadline_at=deadline_at,
        )


def _planned(plan: HandOut, number: int) -> PlannedPackage:
    size = plan.part_bytes(number)
    return PlannedPackage(
        expert=plan.expert.expert,
        name=plan.expert.name,
        device=plan.device.device,
        part=number,
        parts=len(plan.parts),
        applications=plan.codes(number),
        bytes=size,
        medium=medium_for(size),
    )


def _issued(plan: HandOut, part: PackedPart) -> IssuedPackage:
    return IssuedPackage(
        file=part.file,
        expert=plan.expert.expert,
        device=plan.device.device,
        seq=part.seq,
        part=f"{part.number}/{part.of}",
        applications=part.applications,
        bytes=part.size,
        sha256=part.sha256,
        medium=medium_for(part.size),
    )


def _sent(
    plan: HandOut, part: PackedPart, assignment: PackageId, *, deadline_at: datetime, campaign: CampaignId
) -> SentPackage:
    return SentPackage(
        package=part.package,
        campaign=campaign,
        assignment=assignment,
        kind=str(PackageKind.ASSIGNMENT),
        device=plan.device.device,
        seq=part.seq,
        part=part.number,
        parts=part.of,
        sha256=part.sha256,
        size=part.size,
        file_name=part.file.name,
        issued_at=part.issued_at,
        deadline_at=deadline_at,
        log_number=part.log_number,
    )
