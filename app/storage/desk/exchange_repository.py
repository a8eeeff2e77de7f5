"""What the other desks of a team have said they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.ids import Sha256
from app.domain.onsite.ids import VisitId
from app.storage.desk.base import put, table_of
from app.storage.desk.exchange_tables import HoldingRow

_HOLDING = table_of(HoldingRow)
_HASH: Final = 32


@dataclass(frozen=True, slots=True)
class Holding:
    """What one computer said in its package number *seq*: which photographs of *visit* lie there."""

    visit: VisitId
    certificate_sha256: Sha256
    seq: int
    photos: frozenset[Sha256]
    taken_at: datetime


class ExchangeRepository:
    """Holdings by visit and computer; the newest word of each stands."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def holdings(self, visit: VisitId) -> dict[Sha256, Holding]:
        """What every other computer holds of *visit*, by its certificate."""
        rows = self._session.execute(select(_HOLDING).where(_HOLDING.c.visit == visit))
        return {
            Sha256(row.certificate_sha256): Holding(
                VisitId(row.visit), Sha256(row.certificate_sha256), row.seq, _hashes(row.photos), row.taken_at
            )
            for row in rows
        }

    def hold(self, holding: Holding) -> bool:
        """Believe *holding*, unless a later package of that computer has been here; whether anything is new."""
        known = self.holdings(holding.visit).get(holding.certificate_sha256)
        if known is not None and known.seq >= holding.seq:
            return False
        put(
            self._session,
            _HOLDING,
            visit=holding.visit,
            certificate_sha256=holding.certificate_sha256,
            seq=holding.seq,
            photos=_joined(holding.photos),
            taken_at=holding.taken_at,
        )
        return known is None or known.photos != holding.photos


def _joined(photos: Iterable[Sha256]) -> bytes:
    return b"".join(bytes.fromhex(one) for one in sorted(photos))


def _hashes(joined: bytes) -> frozenset[Sha256]:
    return frozenset(Sha256(joined[at : at + _HASH].hex()) for at in range(0, len(joined), _HASH))
