"""What left for which device, in which order, and which reviews it brought or took back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.domain.ids import CampaignId, DeviceCode, PackageId, ReviewId, Sha256
from app.storage.record.tables import SentPackageRow, SentReviewRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPackage:
    """One file of an assignment; ``seq`` runs per device, ``log_number`` is the place in the log it told of."""

    package: PackageId
    campaign: CampaignId
    assignment: PackageId
    kind: str
    device: DeviceCode
    seq: int
    part: int
    parts: int
    sha256: Sha256
    size: int
    file_name: str
    issued_at: datetime
    deadline_at: datetime | None
    log_number: int


@dataclass(frozen=True, slots=True)
class SentReview:
    """One review in one assignment, and the state of the dossier that went with it."""

    assignment: PackageId
    review: ReviewId
    device: DeviceCode
    is_recall: bool
    dossier_sha256: Sha256


class SendingRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last(self, device: DeviceCode) -> SentPackage | None:
        """The latest file for *device*."""
        row = self._session.execute(
            select(SentPackageRow).where(SentPackageRow.device == device).order_by(SentPackageRow.seq.desc()).limit(1)
        ).scalar_one_or_none()
        return _package(row) if row else None

    def add(self, packages: Sequence[SentPackage], reviews: Sequence[SentReview]) -> None:
        if packages:
            self._session.execute(insert(SentPackageRow), [asdict(package) for package in packages])
        if reviews:
            self._session.execute(insert(SentReviewRow), [asdict(review) for review in reviews])

    def reviews(self, device: DeviceCode) -> dict[ReviewId, SentReview]:
        """The last word that *device* was sent about each review."""
        rows = self._session.execute(
            select(SentReviewRow, SentPackageRow.seq)
            .join(SentPackageRow, SentPackageRow.assignment == SentReviewRow.assignment)
            .where(SentReviewRow.device == device, SentPackageRow.part == 1)
            .order_by(SentPackageRow.seq)
        )
        return {ReviewId(row.review): _review(row) for row, _seq in rows}

    def first_sent(self) -> dict[ReviewId, datetime]:
        """When each review first left the house."""
        rows = self._session.execute(
            select(SentReviewRow.review, func.min(SentPackageRow.issued_at))
            .join(SentPackageRow, SentPackageRow.assignment == SentReviewRow.assignment)
            .where(SentReviewRow.is_recall.is_(False))
            .group_by(SentReviewRow.review)
        )
        return {ReviewId(review): at for review, at in rows}

    def packages(self, device: DeviceCode | None = None) -> tuple[SentPackage, ...]:
        """Everything that left, or what left for one device, in order."""
        query = select(SentPackageRow).order_by(SentPackageRow.device, SentPackageRow.seq)
        if device is not None:
            query = query.where(SentPackageRow.device == device)
        return tuple(_package(row) for row in self._session.execute(query).scalars())

    def ids_to(self, devices: Iterable[DeviceCode]) -> tuple[PackageId, ...]:
        """Numbers of every assignment file sent to *devices*: what a new computer's first package supersedes."""
        rows = self._session.execute(
            select(SentPackageRow.package)
            .where(SentPackageRow.device.in_(tuple(devices)))
            .order_by(SentPackageRow.device, SentPackageRow.seq)
        ).scalars()
        return tuple(PackageId(package) for package in rows)


def _package(row: SentPackageRow) -> SentPackage:
    return SentPackage(
        package=PackageId(row.package),
        campaign=CampaignId(row.campaign),
        assignment=PackageId(row.assignment),
        kind=row.kind,
        device=DeviceCode(row.device),
        seq=row.seq,
        part=row.part,
        parts=row.parts,
        sha256=Sha256(row.sha256),
        size=row.size,
        file_name=row.file_name,
        issued_at=row.issued_at,
        deadline_at=row.deadline_at,
        log_number=row.log_number,
    )


def _review(row: SentReviewRow) -> SentReview:
    return SentReview(
        PackageId(row.assignment),
        ReviewId(row.review),
        DeviceCode(row.device),
        row.is_recall,
        Sha256(row.dossier_sha256),
    )
