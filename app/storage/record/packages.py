"""Accepted packages: what was decided about each, its signed skeleton, and its receipt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.ids import CampaignId, DeviceCode, ExpertCode, PackageId, ReviewId, Sha256
from app.domain.outcome import Group, Outcome
from app.packages.writer import Skeleton
from app.storage.record.bulk import table_of
from app.storage.record.tables import PackageReviewRow, PackageRow

_SLICE = 500
_TAKEN: Final = tuple(str(outcome) for outcome in Outcome if outcome.group is Group.TAKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPackage:
    """One accepted package; ``root_crl`` and ``issuing_crl`` are the lists it was judged under."""

    sha256: Sha256
    package: PackageId
    campaign: CampaignId
    kind: str
    expert: ExpertCode
    device: DeviceCode
    certificate_sha256: Sha256
    seq: int
    size: int
    outcome: Outcome
    imported_at: datetime
    root_crl: int
    issuing_crl: int
    skeleton: Skeleton = field(repr=False)
    receipt: bytes | None
    receipt_number: str
    log_number: int


@dataclass(frozen=True, slots=True)
class PackageReview:
    """What became of one review of a package."""

    package: Sha256
    review: ReviewId
    revision: int
    content_sha256: Sha256
    outcome: Outcome


class PackageRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, hashes: Iterable[Sha256]) -> dict[Sha256, StoredPackage]:
        """Those of *hashes* (inner bytes) that were accepted before, without their skeletons being read twice."""
        wanted = tuple(hashes)
        found: dict[Sha256, StoredPackage] = {}
        for start in range(0, len(wanted), _SLICE):
            rows = self._session.execute(
                select(PackageRow).where(PackageRow.sha256.in_(wanted[start : start + _SLICE]))
            ).scalars()
            found |= {Sha256(row.sha256): _package(row) for row in rows}
        return found

    def hashes_of_ids(self, packages: Iterable[PackageId]) -> dict[PackageId, Sha256]:
        """Accepted packages by the number they call themselves."""
        rows = self._session.execute(
            select(PackageRow.package, PackageRow.sha256).where(PackageRow.package.in_(tuple(packages)))
        )
        return {PackageId(package): Sha256(sha256) for package, sha256 in rows}

    def highest_seq(self, devices: Iterable[DeviceCode]) -> dict[DeviceCode, int]:
        """The highest order number accepted from each of *devices* that sent anything."""
        rows = self._session.execute(
            select(PackageRow.device, func.max(PackageRow.seq))
            .where(PackageRow.device.in_(tuple(devices)), PackageRow.kind == "review")
            .group_by(PackageRow.device)
        )
        return {DeviceCode(device): seq for device, seq in rows}

    def sequences(self) -> dict[DeviceCode, list[int]]:
        """Every order number accepted, by device."""
        found: dict[DeviceCode, list[int]] = {}
        rows = self._session.execute(
            select(PackageRow.device, PackageRow.seq)
            .where(PackageRow.kind == "review")
            .order_by(PackageRow.device, PackageRow.seq)
        )
        for device, seq in rows:
            found.setdefault(DeviceCode(device), []).append(seq)
        return found

    def add(self, packages: Sequence[StoredPackage], reviews: Sequence[PackageReview]) -> None:
        if packages:
            self._session.execute(insert(table_of(PackageRow)), [_row(package) for package in packages])
        if reviews:
            self._session.execute(insert(table_of(PackageReviewRow)), [_review_row(review) for review in reviews])

    def replace(self, package: StoredPackage, reviews: Sequence[PackageReview]) -> None:
        """New outcomes of a package that is here already: a held review was taken after all.

        A review that was taken out of this very package before keeps its outcome: it is here because of it.
        """
        self._session.execute(
            update(PackageRow)
            .where(PackageRow.sha256 == package.sha256)
            .values(outcome=str(package.outcome), receipt=package.receipt, receipt_number=package.receipt_number)
        )
        for review in reviews:
            self._session.execute(
                update(PackageReviewRow)
                .where(
                    PackageReviewRow.package == review.package,
                    PackageReviewRow.review == review.review,
                    PackageReviewRow.outcome.not_in(_TAKEN),
                )
                .values(outcome=str(review.outcome))
            )

    def all(self, *, kind: str | None = None) -> Iterator[StoredPackage]:
        """Every accepted package, oldest first."""
        query = select(PackageRow).order_by(PackageRow.log_number, PackageRow.sha256)
        if kind is not None:
            query = query.where(PackageRow.kind == kind)
        for row in self._session.execute(query, execution_options={"yield_per": 100}).scalars():
            yield _package(row)

    def receipts(self, device: DeviceCode) -> tuple[bytes, ...]:
        """The receipts of everything that came from *device*."""
        rows = self._session.execute(
            select(PackageRow.receipt)
            .where(PackageRow.device == device, PackageRow.receipt.is_not(None))
            .order_by(PackageRow.seq, PackageRow.sha256)
        ).scalars()
        return tuple(bytes(receipt) for receipt in rows if receipt is not None)

    def reviews_of(self, package: Sha256) -> tuple[PackageReview, ...]:
        """What became of each review of *package*."""
        return tuple(self._reviews(select(PackageReviewRow).where(PackageReviewRow.package == package)))

    def reviews(self) -> Iterator[PackageReview]:
        """The same of all packages."""
        return self._reviews(select(PackageReviewRow))

    def _reviews(self, query: Any) -> Iterator[PackageReview]:
        ordered = query.order_by(PackageReviewRow.package, PackageReviewRow.review)
        for row in self._session.execute(ordered, execution_options={"yield_per": 500}).scalars():
            yield PackageReview(
                Sha256(row.package),
                ReviewId(row.review),
                row.revision,
                Sha256(row.content_sha256),
                Outcome(row.outcome),
            )


def _row(package: StoredPackage) -> dict[str, Any]:
    skeleton = package.skeleton
    return {
        "sha256": package.sha256,
        "package": package.package,
        "campaign": package.campaign,
        "kind": package.kind,
        "expert": package.expert,
        "device": package.device,
        "certificate_sha256": package.certificate_sha256,
        "seq": package.seq,
        "size": package.size,
        "outcome": str(package.outcome),
        "imported_at": package.imported_at,
        "root_crl": package.root_crl,
        "issuing_crl": package.issuing_crl,
        "skeleton": msgspec.msgpack.encode((skeleton.description, skeleton.manifest, skeleton.signature)),
        "receipt": package.receipt,
        "receipt_number": package.receipt_number,
        "log_number": package.log_number,
    }


def _review_row(review: PackageReview) -> dict[str, Any]:
    return {
        "package": review.package,
        "review": review.review,
        "revision": review.revision,
        "content_sha256": review.content_sha256,
        "outcome": str(review.outcome),
    }


def _package(row: PackageRow) -> StoredPackage:
    description, manifest, signature = msgspec.msgpack.decode(row.skeleton, type=tuple[bytes, bytes, bytes])
    return StoredPackage(
        sha256=Sha256(row.sha256),
        package=PackageId(row.package),
        campaign=CampaignId(row.campaign),
        kind=row.kind,
        expert=ExpertCode(row.expert),
        device=DeviceCode(row.device),
        certificate_sha256=Sha256(row.certificate_sha256),
        seq=row.seq,
        size=row.size,
        outcome=Outcome(row.outcome),
        imported_at=row.imported_at,
        root_crl=row.root_crl,
        issuing_crl=row.issuing_crl,
        skeleton=Skeleton(description, manifest, signature),
        receipt=row.receipt,
        receipt_number=row.receipt_number,
        log_number=row.log_number,
    )
