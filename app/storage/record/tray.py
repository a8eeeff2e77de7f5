"""Refused and held files: the one part of the record that its digest leaves out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.crypto.codes import package_code
from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, Sha256
from app.domain.outcome import Outcome
from app.domain.tray import TrayEntry, TrayState
from app.storage.blobs import rechunked
from app.storage.record.tray_tables import TrayChunkRow, TrayRow, TrayWaitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayFile:
    """A file to be kept in the tray.

    Attributes:
        detail: reason code for the help desk; never shown alone.
        waits_for: hashes of the revisions without which nothing in it can be taken.
    """

    sha256: Sha256
    package_sha256: Sha256 | None
    file_name: str
    size: int
    outcome: Outcome
    detail: str
    arrived_at: datetime
    expert: ExpertCode | None = None
    device: DeviceCode | None = None
    applications: tuple[ApplicationCode, ...] = ()
    waits_for: tuple[Sha256, ...] = ()


class TrayRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, file: TrayFile, pieces: Iterable[bytes] | None) -> None:
        """Enter *file*; *pieces*: its bytes, if they are kept. The same file again only changes its outcome."""
        row = self._session.get(TrayRow, file.sha256)
        if row is None:
            self._session.execute(insert(TrayRow).values(**_columns(file), **_open_state(), is_kept=pieces is not None))
            for number, chunk in enumerate(rechunked(pieces or ())):
                self._session.execute(insert(TrayChunkRow).values(sha256=file.sha256, number=number, data=chunk))
        else:
            self._session.execute(
                update(TrayRow)
                .where(TrayRow.sha256 == file.sha256, TrayRow.state != TrayState.REFUSED)
                .values(outcome=str(file.outcome), detail=file.detail, **_open_state())
            )
            self._session.execute(delete(TrayWaitRow).where(TrayWaitRow.sha256 == file.sha256))
            self._session.expire_all()
        if file.waits_for:
            rows = [{"sha256": file.sha256, "base": base} for base in dict.fromkeys(file.waits_for)]
            self._session.execute(insert(TrayWaitRow), rows)

    def entries(self, *, waiting_only: bool = True) -> tuple[TrayEntry, ...]:
        """What lies in the tray, newest first."""
        query = select(TrayRow).order_by(TrayRow.arrived_at.desc(), TrayRow.sha256)
        if waiting_only:
            query = query.where(TrayRow.state == TrayState.WAITING)
        return tuple(_entry(row) for row in self._session.execute(query).scalars())

    def find(self, start: str) -> tuple[TrayEntry, ...]:
        """Entries whose file's or package's hash begins with *start*."""
        query = select(TrayRow).where(TrayRow.sha256.startswith(start) | TrayRow.package_sha256.startswith(start))
        return tuple(_entry(row) for row in self._session.execute(query.order_by(TrayRow.sha256)).scalars())

    def of_packages(self, packages: Iterable[Sha256]) -> dict[Sha256, TrayEntry]:
        """Entries by the inner hash of the package."""
        rows = self._session.execute(select(TrayRow).where(TrayRow.package_sha256.in_(tuple(packages)))).scalars()
        return {Sha256(row.package_sha256): _entry(row) for row in rows if row.package_sha256}

    def waited_for(self) -> set[Sha256]:
        """Every revision that something in the tray waits for."""
        rows = self._session.execute(
            select(TrayWaitRow.base)
            .join(TrayRow, TrayRow.sha256 == TrayWaitRow.sha256)
            .where(TrayRow.state == TrayState.WAITING)
        ).scalars()
        return {Sha256(base) for base in rows}

    def waiting_for(self, bases: Sequence[Sha256]) -> tuple[Sha256, ...]:
        """Files that wait for one of *bases*."""
        rows = self._session.execute(
            select(TrayWaitRow.sha256)
            .join(TrayRow, TrayRow.sha256 == TrayWaitRow.sha256)
            .where(TrayWaitRow.base.in_(bases), TrayRow.state == TrayState.WAITING)
            .distinct()
        ).scalars()
        return tuple(Sha256(sha256) for sha256 in sorted(rows))

    def read(self, sha256: Sha256) -> Iterator[bytes]:
        """The bytes of a file in pieces; nothing if they were not kept."""
        rows = self._session.execute(
            select(TrayChunkRow.data).where(TrayChunkRow.sha256 == sha256).order_by(TrayChunkRow.number),
            execution_options={"yield_per": 4},
        )
        yield from rows.scalars()

    def settle(self, sha256: Sha256, state: TrayState, *, at: datetime, by: str, reason: str) -> None:
        """Somebody, or the arrival of what was missing, has settled it."""
        self._session.execute(
            update(TrayRow)
            .where(TrayRow.sha256 == sha256)
            .values(state=str(state), decided_at=at, decided_by=by, reason=reason)
        )
        self._session.execute(delete(TrayWaitRow).where(TrayWaitRow.sha256 == sha256))
        self._session.expire_all()


def _columns(file: TrayFile) -> dict[str, object]:
    return {
        "sha256": file.sha256,
        "package_sha256": file.package_sha256,
        "file_name": file.file_name,
        "size": file.size,
        "outcome": str(file.outcome),
        "detail": file.detail,
        "arrived_at": file.arrived_at,
        "expert": file.expert,
        "device": file.device,
        "applications": msgspec.json.encode(file.applications).decode(),
    }


def _open_state() -> dict[str, object]:
    return {"state": str(TrayState.WAITING), "decided_at": None, "decided_by": "", "reason": ""}


def _entry(row: TrayRow) -> TrayEntry:
    return TrayEntry(
        sha256=Sha256(row.sha256),
        package_sha256=Sha256(row.package_sha256) if row.package_sha256 else None,
        package_code=package_code(row.package_sha256) if row.package_sha256 else "",
        file_name=row.file_name,
        size=row.size,
        outcome=Outcome(row.outcome),
        arrived_at=row.arrived_at,
        expert=ExpertCode(row.expert) if row.expert else None,
        device=DeviceCode(row.device) if row.device else None,
        applications=tuple(ApplicationCode(code) for code in msgspec.json.decode(row.applications, type=list[str])),
        is_kept=row.is_kept,
        state=TrayState(row.state),
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=row.reason,
    )
