"""Refused and held files: the one part of the record that its digest leaves out."""

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.crypto.codes import package_code
from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, Sha256
from app.domain.outcome import Outcome
from app.domain.tray import TrayEntry, TrayState
from app.storage.blobs import CHUNK_BYTES, BlobDamagedError, rechunked
from app.storage.record.bulk import table_of
from app.storage.record.fork_tables import SettledVersionRow, TrayVersionRow
from app.storage.record.tray_tables import TrayChunkRow, TrayRow, TrayWaitRow

_CHUNKS = table_of(TrayChunkRow)


class BytesChangedError(ValueError):
    """What was to be kept is not what was judged: the medium gave other bytes the second time."""


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
        """Enter *file*; *pieces*: its bytes, if they are kept. The same file again only changes its outcome.

        Raises:
            BytesChangedError: *pieces* do not have the hash of *file*; then nothing of them, and no new entry, is left.
        """
        row = self._session.get(TrayRow, file.sha256)
        if row is None:
            self._session.execute(insert(TrayRow).values(**_columns(file), **_open_state(), is_kept=False))
        if pieces is not None and (row is None or not row.is_kept):
            self._keep(file.sha256, pieces, is_new=row is None)
        if row is not None:
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

    def _keep(self, sha256: Sha256, pieces: Iterable[bytes], *, is_new: bool) -> None:
        digest = hashlib.sha256()
        for number, chunk in enumerate(rechunked(pieces)):
            digest.update(chunk)
            self._session.execute(insert(_CHUNKS), [{"sha256": sha256, "number": number, "data": chunk}])
        if digest.hexdigest() == sha256:
            self._session.execute(update(TrayRow).where(TrayRow.sha256 == sha256).values(is_kept=True))
            return
        self._session.execute(delete(TrayChunkRow).where(TrayChunkRow.sha256 == sha256))
        if is_new:
            self._session.execute(delete(TrayRow).where(TrayRow.sha256 == sha256))
        self._session.expire_all()
        raise BytesChangedError

    def entries(self, *, waiting_only: bool = True) -> tuple[TrayEntry, ...]:
        """What lies in the tray, newest first."""
        query = select(TrayRow).order_by(TrayRow.arrived_at.desc(), TrayRow.sha256)
        if waiting_only:
            query = query.where(TrayRow.state == TrayState.WAITING)
        rows = tuple(self._session.execute(query).scalars())
        superseded = self._superseded([row.sha256 for row in rows if row.state == TrayState.REFUSED])
        return tuple(replace(_entry(row), superseded_by=superseded.get(row.sha256)) for row in rows)

    def _superseded(self, files: Sequence[str]) -> dict[str, int]:
        """Of *files*, those that nobody refused: their expert has signed a revision in their place."""
        query = (
            select(TrayVersionRow.sha256, func.max(SettledVersionRow.revision).label("revision"))
            .join(
                SettledVersionRow,
                (SettledVersionRow.review == TrayVersionRow.review)
                & (SettledVersionRow.content == TrayVersionRow.content),
            )
            .join(TrayRow, (TrayRow.sha256 == TrayVersionRow.sha256) & (TrayRow.decided_by == ""))
            .where(TrayVersionRow.sha256.in_(files))
            .group_by(TrayVersionRow.sha256)
        )
        return {row.sha256: row.revision for row in self._session.execute(query)}

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

    def open(self, sha256: Sha256) -> "TrayBytes":
        """The bytes of a file that was kept, readable as long as this unit of work lasts.

        Raises:
            BlobDamagedError: they are not those that were kept.
        """
        query = select(func.count(), func.max(TrayChunkRow.number)).where(TrayChunkRow.sha256 == sha256)
        count, last = self._session.execute(query).one()
        size = 0
        if count and count == last + 1:
            size = last * CHUNK_BYTES + len(self._chunk(sha256, last))
        source = TrayBytes(lambda number: self._chunk(sha256, number), size)
        digest = hashlib.sha256()
        while piece := source.read(CHUNK_BYTES):
            digest.update(piece)
        if digest.hexdigest() != sha256:
            raise BlobDamagedError(short=sha256[:8])
        source.seek(0)
        return source

    def _chunk(self, sha256: Sha256, number: int) -> bytes:
        query = select(TrayChunkRow.data).where(TrayChunkRow.sha256 == sha256, TrayChunkRow.number == number)
        return self._session.execute(query).scalar_one()

    def settle(self, sha256: Sha256, state: TrayState, *, at: datetime, by: str, reason: str) -> None:
        """Somebody, or the arrival of what was missing, has settled it."""
        self._session.execute(
            update(TrayRow)
            .where(TrayRow.sha256 == sha256)
            .values(state=str(state), decided_at=at, decided_by=by, reason=reason)
        )
        self._session.execute(delete(TrayWaitRow).where(TrayWaitRow.sha256 == sha256))
        self._session.expire_all()


class TrayBytes:
    """A file of the tray, a MiB of it in memory at a time."""

    def __init__(self, chunk: Callable[[int], bytes], size: int) -> None:
        self._chunk, self._size = chunk, size
        self._place = 0
        self._loaded: tuple[int, bytes] = (-1, b"")

    def read(self, size: int = -1, /) -> bytes:
        """At most *size* bytes; fewer only at the end."""
        end = self._size if size < 0 else min(self._size, self._place + size)
        pieces: list[bytes] = []
        while self._place < end:
            number, offset = divmod(self._place, CHUNK_BYTES)
            if self._loaded[0] != number:
                self._loaded = (number, self._chunk(number))
            piece = self._loaded[1][offset : offset + end - self._place]
            if not piece:
                raise BytesChangedError
            pieces.append(piece)
            self._place += len(piece)
        return b"".join(pieces)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; where that is."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def close(self) -> None:
        """The bytes are no longer needed."""
        self._loaded = (-1, b"")


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
