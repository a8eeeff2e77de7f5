"""Packages that came in and went out."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.ids import CampaignId, Sha256
from app.domain.outcome import Outcome
from app.storage.desk.base import put, table_of
from app.storage.desk.package_tables import CarriedRow, ReceivedRow, SentRow
from app.storage.desk.records import ReceivedRecord, SentRecord

_RECEIVED = table_of(ReceivedRow)
_SENT = table_of(SentRow)
_CARRIED = table_of(CarriedRow)
_FROM_THE_TEAM = "exchange"  # numbered by the computer that made it


class PackageRepository:
    """The traffic of this desk."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def received(self, sha256: Sha256) -> ReceivedRecord | None:
        """A package with exactly these inner bytes, if it was taken in before."""
        row = self._session.execute(select(_RECEIVED).where(_RECEIVED.c.sha256 == sha256)).one_or_none()
        return ReceivedRecord(**row._asdict()) if row else None

    def add_received(self, record: ReceivedRecord) -> None:
        self._session.execute(insert(_RECEIVED).values(**asdict(record)))

    def received_seqs(self, campaign: CampaignId) -> frozenset[int]:
        """Numbers of the secretariat's packages that have arrived."""
        is_theirs = _RECEIVED.c.kind != _FROM_THE_TEAM
        rows = self._session.execute(select(_RECEIVED.c.seq).where(_RECEIVED.c.campaign == campaign, is_theirs))
        return frozenset(rows.scalars())

    def forget_order(self) -> None:
        """The secretariat counts from one again; what came before stays known by its hash."""
        self._session.execute(update(_RECEIVED).values(seq=0))

    def count_received(self) -> int:
        return self._session.execute(select(func.count()).select_from(_RECEIVED)).scalar_one()

    def sent(self) -> tuple[SentRecord, ...]:
        """Every package written, the newest first."""
        rows = self._session.execute(select(_SENT).order_by(_SENT.c.written_at.desc(), _SENT.c.seq.desc()))
        return tuple(_sent(row) for row in rows)

    def save_sent(self, record: SentRecord, carried: tuple[Sha256, ...]) -> None:
        """A package has been made; it counts as exported once its file has been read back and has its name."""
        put(self._session, _SENT, **asdict(record))
        self._session.execute(delete(_CARRIED).where(_CARRIED.c.package_sha256 == record.sha256))
        if carried:
            rows = [{"package_sha256": record.sha256, "content_sha256": content} for content in carried]
            self._session.execute(insert(_CARRIED), rows)

    def forget_sent(self, sha256: Sha256) -> None:
        """A package whose file never came to be."""
        self._session.execute(delete(_CARRIED).where(_CARRIED.c.package_sha256 == sha256))
        self._session.execute(delete(_SENT).where(_SENT.c.sha256 == sha256))

    def mark_exported(self, sha256: Sha256) -> None:
        self._session.execute(update(_SENT).where(_SENT.c.sha256 == sha256).values(is_exported=True))

    def carried(self) -> dict[Sha256, tuple[Sha256, ...]]:
        """Content hashes of the revisions each exported package carries."""
        rows = self._session.execute(
            select(_CARRIED)
            .join(_SENT, _SENT.c.sha256 == _CARRIED.c.package_sha256)
            .where(_SENT.c.is_exported)
            .order_by(_CARRIED.c.content_sha256)
        )
        found: dict[Sha256, list[Sha256]] = {}
        for row in rows:
            found.setdefault(Sha256(row.package_sha256), []).append(Sha256(row.content_sha256))
        return {package: tuple(contents) for package, contents in found.items()}

    def set_outcome(self, sha256: Sha256, outcome: Outcome, *, number: str, is_signed: bool) -> None:
        """The secretariat's answer, by a signed receipt or a number read out. What arrived was written, too."""
        self._session.execute(
            update(_SENT)
            .where(_SENT.c.sha256 == sha256)
            .values(outcome=outcome, receipt_number=number, is_signed_receipt=is_signed, is_exported=True)
        )


def _sent(row: Row[Any]) -> SentRecord:
    values = row._asdict()
    values["outcome"] = Outcome(values["outcome"]) if values["outcome"] else None
    return SentRecord(**values)
