"""One short transaction on a record, with its repositories."""

from collections.abc import Callable
from functools import cached_property
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker

from app.storage.engine import writing
from app.storage.record.applications import ApplicationRepository
from app.storage.record.authority import AuthorityRepository
from app.storage.record.files import FileRepository
from app.storage.record.forks import ForkRepository
from app.storage.record.log import LogRepository
from app.storage.record.packages import PackageRepository
from app.storage.record.reviews import ReviewRepository
from app.storage.record.revisions import RevisionRepository
from app.storage.record.roster import RosterRepository
from app.storage.record.sending import SendingRepository
from app.storage.record.tray import TrayRepository
from app.storage.record.visit_repository import VisitRepository

# The first statement, before the transaction has seen anything: one writer at a time, with a fresh view of the rest.
# Readers are not held up. SQLite does the same by BEGIN IMMEDIATE.
_ONE_WRITER: Final = text("LOCK TABLE log IN EXCLUSIVE MODE")


class RecordWork:
    """What was not committed never happened. Repositories give and take domain values; rows stay inside."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def commit(self) -> None:
        """Make everything since the beginning, or since the last commit, lasting."""
        if "log" in self.__dict__:
            self.log.flush()
        self._session.commit()

    @cached_property
    def authority(self) -> AuthorityRepository:
        return AuthorityRepository(self._session)

    @cached_property
    def roster(self) -> RosterRepository:
        return RosterRepository(self._session)

    @cached_property
    def applications(self) -> ApplicationRepository:
        return ApplicationRepository(self._session)

    @cached_property
    def files(self) -> FileRepository:
        return FileRepository(self._session)

    @cached_property
    def reviews(self) -> ReviewRepository:
        return ReviewRepository(self._session)

    @cached_property
    def revisions(self) -> RevisionRepository:
        return RevisionRepository(self._session)

    @cached_property
    def packages(self) -> PackageRepository:
        return PackageRepository(self._session)

    @cached_property
    def sending(self) -> SendingRepository:
        return SendingRepository(self._session)

    @cached_property
    def tray(self) -> TrayRepository:
        return TrayRepository(self._session)

    @cached_property
    def forks(self) -> ForkRepository:
        return ForkRepository(self._session)

    @cached_property
    def visits(self) -> VisitRepository:
        return VisitRepository(self._session)

    @cached_property
    def log(self) -> LogRepository:
        return LogRepository(self._session)


class RecordStore:
    """The open record: makes units of work. Safe to share between threads."""

    def __init__(self, engine: Engine, *, close: Callable[[], None] = lambda: None) -> None:
        self.engine = engine
        self._close = close
        self._reading = sessionmaker(engine, expire_on_commit=False)
        self._writing = sessionmaker(writing(engine), expire_on_commit=False)
        self._is_server = engine.dialect.name == "postgresql"

    def reading(self) -> RecordWork:
        """A view of the record as it is now, unmoved by what others write."""
        return RecordWork(self._reading())

    def writing(self) -> RecordWork:
        """The right to write, for this unit of work alone. Waits for whoever has it."""
        session = self._writing()
        try:
            if self._is_server:
                session.execute(_ONE_WRITER)
            else:
                session.connection()  # takes the write lock now, not at the first change
        except BaseException:
            session.close()
            raise
        return RecordWork(session)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
        self._close()
