"""One open desk file: its engine, its units of work, and the head kept beside it."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Engine, Row, bindparam, insert, select, text, update
from sqlalchemy.orm import Session

from app.clock import Clock
from app.crypto.kept_files import KeptFiles
from app.domain.ids import Sha256
from app.storage.blobs import BlobStore
from app.storage.desk.assignment_repository import AssignmentRepository
from app.storage.desk.base import table_of
from app.storage.desk.blob_writer import BlobWriter
from app.storage.desk.change_repository import ChangeRepository
from app.storage.desk.copying import (
    KeepPhotos,
    copy_without_documents,
    forget_photos_named,
    photos_beside,
    photos_named,
)
from app.storage.desk.desk_repository import DeskRepository
from app.storage.desk.desk_tables import HeadRow
from app.storage.desk.draft_repository import DraftRepository
from app.storage.desk.event_repository import EventRepository
from app.storage.desk.exchange_repository import ExchangeRepository
from app.storage.desk.fork_repository import ForkRepository
from app.storage.desk.head_file import Head, HeadFile
from app.storage.desk.package_repository import PackageRepository
from app.storage.desk.package_tables import BlobRow, ChunkRow, DigestRow
from app.storage.desk.phrase_repository import PhraseRepository
from app.storage.desk.reading_repository import ReadingRepository
from app.storage.desk.review_repository import ReviewRepository
from app.storage.desk.sealed_repository import SealedRepository
from app.storage.desk.sealed_visit_repository import SealedVisitRepository
from app.storage.desk.search_repository import SearchRepository
from app.storage.desk.team_repository import TeamRepository
from app.storage.desk.visit_repository import VisitRepository
from app.storage.desk.visit_tables import PhotoBlobRow, PhotoChunkRow
from app.storage.engine import writing
from app.storage.migration import bring_up_to_date

_log = logging.getLogger(__name__)
_HEAD: Final = table_of(HeadRow)
_BLOBS: Final = table_of(BlobRow)
_CHUNKS: Final = table_of(ChunkRow)
_DIGESTS: Final = table_of(DigestRow)
_PHOTOS: Final = table_of(PhotoBlobRow)
_PHOTO_CHUNKS: Final = table_of(PhotoChunkRow)
_GET_HEAD: Final = select(_HEAD)
_MOVE_HEAD: Final = update(_HEAD).values(counter=bindparam("counter_"), head=bindparam("head_"), at=bindparam("at_"))
_START: Final = Sha256("0" * 64)
SUSPICIOUS_JUMP: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Tick:
    """The moment an act is written down as: never before the last one, and flagged if the clock went back a day."""

    at: datetime
    is_suspect: bool


class UnitOfWork:
    """One short transaction; what was not committed never happened."""

    def __init__(self, session: Session, *, head_file: HeadFile | None, clock: Clock, ceiling: datetime) -> None:
        self._session, self._head_file = session, head_file
        self._clock, self._ceiling = clock, ceiling
        self._row: Row[Any] | None = None
        self.desk = DeskRepository(session)
        self.assignments = AssignmentRepository(session)
        self.reviews = ReviewRepository(session)
        self.drafts = DraftRepository(session)
        self.events = EventRepository(session)
        self.sealed = SealedRepository(session)
        self.packages = PackageRepository(session)
        self.dossier_changes = ChangeRepository(session)
        self.forks = ForkRepository(session)
        self.reading = ReadingRepository(session)
        self.phrases = PhraseRepository(session)
        self.words = SearchRepository(session)
        self.blobs = BlobStore(session, blobs=_BLOBS, chunks=_CHUNKS, digests=_DIGESTS)
        self.visits = VisitRepository(session)
        self.teams = TeamRepository(session)
        self.exchange = ExchangeRepository(session)
        self.sealed_visits = SealedVisitRepository(session)
        self.photos = BlobStore(session, blobs=_PHOTOS, chunks=_PHOTO_CHUNKS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()  # rolls back whatever is pending

    def blob_writer(self, sha256: Sha256) -> BlobWriter:
        """For a document that is not here yet and comes in pieces."""
        return BlobWriter(self._session, sha256, blobs=_BLOBS, chunks=_CHUNKS, digests=_DIGESTS)

    def photo_writer(self, sha256: Sha256) -> BlobWriter:
        """The same for a photograph."""
        return BlobWriter(self._session, sha256, blobs=_PHOTOS, chunks=_PHOTO_CHUNKS)

    def head(self) -> Head:
        """The counter and head of all changes so far."""
        row = self._head_row()
        return Head(row.counter, Sha256(row.head))

    def tick(self) -> Tick:
        """Now, as the desk writes it down: monotone, and not before what the secretariat has signed."""
        row = self._head_row()
        claimed = self._clock()
        floor = max(row.at, min(row.floor_at, self._ceiling))
        return Tick(max(claimed, floor), claimed < floor - SUSPICIOUS_JUMP or claimed > self._ceiling)

    def raise_floor(self, signed_at: datetime) -> None:
        """The secretariat signed something at that moment; no clock that claims an earlier one is believed."""
        self._session.execute(update(_HEAD).where(_HEAD.c.floor_at < signed_at).values(floor_at=signed_at))
        self._row = None

    def move_beyond(self, counter: int) -> None:
        """Go on counting after *counter*: the desk was put back, and what follows must be newer than what was lost."""
        self._session.execute(update(_HEAD).where(_HEAD.c.counter < counter).values(counter=counter))
        self._row = None

    def commit(self, what: bytes = b"", *, at: datetime | None = None) -> None:
        """Make the work last and move the desk's head on; *what* stands for the change in the head's hash."""
        row = self._head_row()
        moved = Sha256(hashlib.sha256(bytes.fromhex(row.head) + hashlib.sha256(what).digest()).hexdigest())
        head = Head(row.counter + 1, moved)
        values = {"counter_": head.counter, "head_": head.head, "at_": max(row.at, at or row.at)}
        self._session.execute(_MOVE_HEAD, values)
        self._session.commit()
        self._row = None
        if self._head_file:
            try:
                self._head_file.write(head)
            except OSError:  # the change itself is safe; the next check says that the head is missing
                _log.warning("the head file could not be written")

    def commit_aside(self) -> None:
        """Make last what is no act of the expert, such as words to search in: the desk's head stays where it is."""
        self._session.commit()
        self._row = None

    def _head_row(self) -> Row[Any]:
        """Read once: within one transaction nobody else can move it."""
        if self._row is None:
            self._row = self._session.execute(_GET_HEAD).one()
        return self._row


class DeskStore:
    """The open file. Safe to use from any thread; each unit of work belongs to one."""

    def __init__(
        self,
        engine: Engine,
        *,
        path: Path,
        head_file: HeadFile | None,
        kept: KeptFiles,
        clock: Clock,
        ceiling: datetime,
    ) -> None:
        self.engine, self.path = engine, path
        self.head_file, self.kept = head_file, kept
        self._writing = writing(engine)
        self._clock, self._ceiling = clock, ceiling

    def prepare(self, *, floor: datetime, backup: Callable[[], None]) -> None:
        """Make the tables, or bring them to today's shape.

        Raises:
            NewerStoreError: a later version of the program made this file.
        """
        bring_up_to_date(self.engine, "desk", backup=backup)
        with Session(self._writing) as session:
            if session.execute(select(_HEAD.c.id)).first() is None:
                session.execute(insert(_HEAD).values(id=1, counter=0, head=_START, at=floor, floor_at=floor))
            else:
                session.execute(update(_HEAD).where(_HEAD.c.floor_at < floor).values(floor_at=floor))
            session.commit()

    def has_head(self) -> bool:
        """Whether the head is kept beside the file."""
        return self.head_file is not None and self.head_file.read() is not None

    def lost_since(self) -> int | None:
        """The counter of the newest change that was once here and is not any more; ``None`` if nothing is missing."""
        kept = self.head_file.read() if self.head_file else None
        with self.reading() as work:
            now = work.head()
        if kept is None or kept.counter < now.counter or kept == now:
            return None
        return kept.counter

    def reading(self) -> UnitOfWork:
        """To look at one consistent state."""
        return self._unit(self.engine)

    def writing(self) -> UnitOfWork:
        """To change something; takes the write lock at once."""
        return self._unit(self._writing)

    def _unit(self, engine: Engine) -> UnitOfWork:
        session = Session(engine, autoflush=False, expire_on_commit=False)
        return UnitOfWork(session, head_file=self.head_file, clock=self._clock, ceiling=self._ceiling)

    def copy_without_documents(self, target: Path, *, keep: KeepPhotos | None = None) -> None:
        """A consistent, equally encrypted copy of everything that cannot be sent again.

        With *keep*, photographs are kept by it and only named in the copy. Raises as the function of this name.
        """
        copy_without_documents(self.engine, target, keep=keep)

    def photos_beside(self, copy: Path) -> dict[Sha256, int] | None:
        """Photographs that *copy* names and does not hold; ``None`` where it is no sound copy of this desk."""
        return photos_beside(self.engine, copy)

    def photos_to_bring_back(self) -> dict[Sha256, int]:
        """Photographs that this file names and does not hold, because it was a copy until now."""
        return photos_named(self.engine)

    def forget_photos_to_bring_back(self) -> None:
        """They are here, or they could not be found."""
        forget_photos_named(self.engine)

    def pragma(self, name: str) -> list[str]:
        """The rows of one of SQLite's own checks, as text."""
        with self.engine.connect() as connection:
            rows = connection.execute(text(f"PRAGMA {name}")).all()
        return [" ".join(str(value) for value in row) for row in rows]

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self._outside_of_transactions("PRAGMA wal_checkpoint(TRUNCATE)")
        self.engine.dispose()

    def _outside_of_transactions(self, statement: str, *values: str) -> None:
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(statement, values)
            cursor.fetchall()
        finally:
            connection.close()
