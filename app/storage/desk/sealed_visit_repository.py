"""What was signed of visits, its printed forms, and which photographs and signatures each package carried."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.ids import Sha256
from app.domain.onsite.ids import VisitId
from app.domain.outcome import Group, Outcome
from app.storage.desk.base import table_of
from app.storage.desk.package_tables import SentRow
from app.storage.desk.team_tables import CarriedPieceRow, SealedFormRow, SealedVisitRow

_SEALED = table_of(SealedVisitRow)
_FORM = table_of(SealedFormRow)
_PIECE = table_of(CarriedPieceRow)
_SENT = table_of(SentRow)


@dataclass(frozen=True, slots=True)
class SealedVisit:
    """The bytes of ``opinion.json`` and ``visit.json`` that one signed revision stands for."""

    content_sha256: Sha256
    visit: VisitId
    opinion: bytes = field(repr=False)
    notes: bytes = field(repr=False)


class SealedVisitRepository:
    """Within somebody else's transaction. What was signed stays as it was signed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, sealed: SealedVisit) -> None:
        """Keep what a new revision says."""
        self._session.execute(insert(_SEALED).values(**asdict(sealed)))

    def get(self, content_sha256: Sha256) -> SealedVisit | None:
        """What the revision with these bytes says."""
        row = self._session.execute(select(_SEALED).where(_SEALED.c.content_sha256 == content_sha256)).one_or_none()
        return SealedVisit(**row._asdict()) if row else None

    def save_forms(self, content_sha256: Sha256, forms: Mapping[str, bytes]) -> None:
        """The printed forms of a revision, in place of any."""
        self._session.execute(delete(_FORM).where(_FORM.c.content_sha256 == content_sha256))
        for name, pdf in forms.items():
            self._session.execute(insert(_FORM).values(content_sha256=content_sha256, name=name, pdf=pdf))

    def forms(self, content_sha256: Sha256) -> dict[str, bytes]:
        """The printed forms of a revision by name; empty until they are drawn."""
        rows = self._session.execute(select(_FORM.c.name, _FORM.c.pdf).where(_FORM.c.content_sha256 == content_sha256))
        return {str(row.name): bytes(row.pdf) for row in rows}

    def carry(self, package: Sha256, pieces: Iterable[Sha256]) -> None:
        """*package* carries these photographs and signatures."""
        rows = [{"package_sha256": package, "sha256": piece} for piece in sorted(set(pieces))]
        if rows:
            self._session.execute(insert(_PIECE), rows)

    def forget(self, package: Sha256) -> None:
        """A package whose file never came to be."""
        self._session.execute(delete(_PIECE).where(_PIECE.c.package_sha256 == package))

    def arrived(self) -> frozenset[Sha256]:
        """What was in a package that the secretariat has taken."""
        taken = [str(outcome) for outcome in Outcome if outcome.group in (Group.TAKEN, Group.NOTHING_TO_DO)]
        rows = self._session.execute(
            select(_PIECE.c.sha256)
            .join(_SENT, _SENT.c.sha256 == _PIECE.c.package_sha256)
            .where(_SENT.c.outcome.in_(taken))
        )
        return frozenset(Sha256(sha256) for sha256 in rows.scalars())
