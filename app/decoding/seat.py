"""One place in the pool: the child sitting on it, what that child holds, and who sat there before."""

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from app.decoding import errors
from app.decoding.child import Child, ChildEndedError, ChildRefusal
from app.decoding.kinds import FileKind, ForeignKind
from app.decoding.limits import Limits
from app.decoding.pieces import Pieces, Source, Supply
from app.decoding.protocol import Asked, Close, Failure, Identify, Open
from app.decoding.replies import Identified, Overview

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_MB: Final = 1024 * 1024
_CLASSES: Final = {
    failure.code: failure
    for failure in (
        errors.EmptyFileError,
        errors.DamagedFileError,
        errors.PasswordProtectedError,
        errors.OverLimitError,
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolStatus:
    """What happened so far, and how well the children are confined (None: none has been started yet)."""

    restarts: int = 0
    crashes: int = 0
    timeouts: int = 0
    memory_limited: bool | None = None
    network_isolated: bool | None = None
    files_isolated: bool | None = None
    process_ids: tuple[int, ...] = ()

    @classmethod
    def together(cls, parts: "list[PoolStatus]") -> Self:
        """Sums of the counts; a promise only if every child keeps it."""
        known = [part for part in parts if part.network_isolated is not None]
        return cls(
            restarts=sum(part.restarts for part in parts),
            crashes=sum(part.crashes for part in parts),
            timeouts=sum(part.timeouts for part in parts),
            memory_limited=all(part.memory_limited for part in known) if known else None,
            network_isolated=all(part.network_isolated for part in known) if known else None,
            files_isolated=all(part.files_isolated for part in known) if known else None,
            process_ids=tuple(number for part in parts for number in part.process_ids),
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """A document in the child: how many bytes, and where the rest comes from if it got only two pieces of them."""

    size: int
    supply: Supply | None


class Seat:
    """Serialises questions to one child and replaces the child when it has to."""

    def __init__(self, limits: Limits, *, share_pixels: bool) -> None:
        self.limits = limits
        self.load = 0  # documents open here; a hint for the pool, not exact
        self._share_pixels = share_pixels
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._held: OrderedDict[str, _Held] = OrderedDict()  # least recently used first
        self._opened = 0
        self._status = PoolStatus()
        self._is_closed = False

    def start(self) -> None:
        """Start the child if none runs."""
        with self._lock:
            self._living_child()

    def close(self) -> None:
        """End the child for good."""
        with self._lock:
            self._is_closed = True
            self._retire()

    def status(self) -> PoolStatus:
        """Counts of this seat."""
        return self._status

    def identify(self, data: bytes) -> FileKind:
        """What *data* is by its content."""
        self._check_size(len(data))
        with self._lock:
            seconds = self.limits.open_seconds
            return self._ask(Identify(), expect=Identified, seconds=seconds, body=data)[0].kind

    def open(self, document: str, source: Source) -> Overview:
        """Hand *document* to the child, unless it holds it already, and learn what it is."""
        with self._lock:
            return self._hand_over(document, source)

    def forget(self, document: str) -> None:
        """*document* is no longer needed."""
        with self._lock:
            if self._child is not None and self._child.is_alive():
                self._put_away(document)  # nobody waits for that

    def ask(
        self, question: Asked, document: str, source: Source, *, expect: type[_T], seconds: float
    ) -> tuple[_T, bytes]:
        """The answer to *question* about *document*, which is handed over first if the child does not hold it."""
        with self._lock:
            self._living_child()
            if document not in self._held:
                self._hand_over(document, source)
            self._held.move_to_end(document)
            return self._ask(question, expect=expect, seconds=seconds, supply=self._held[document].supply)

    def disbelieve(self) -> errors.DecoderCrashedError:
        """The child said what cannot be true: it is ended, and this is the error to raise."""
        with self._lock:
            self._count(crashed=True)
            self._retire()
        return errors.DecoderCrashedError()

    def _check_size(self, size: int) -> None:
        if not size:
            raise errors.EmptyFileError
        if size > self.limits.document_bytes:
            raise errors.FileTooLargeError(limit_mb=self.limits.document_bytes // _MB)

    def _hand_over(self, document: str, source: Source) -> Overview:
        data = source()
        held = _Held(data.size, Supply(data)) if isinstance(data, Pieces) else _Held(len(data), None)
        self._check_size(held.size)
        body = data.head + data.tail if isinstance(data, Pieces) else data
        child = self._living_child()
        if self._opened >= self.limits.documents_per_child:
            _log.debug("decoding child replaced after its number of files")
            self._retire()
            child = self._living_child()
        self._put_away(document)
        while self._held and (
            len(self._held) >= self.limits.resident_documents
            or sum(other.size for other in self._held.values()) + held.size > self.limits.resident_bytes
        ):
            self._put_away(next(iter(self._held)))
        self._opened += 1
        seconds = self.limits.open_seconds
        question = Open(document, held.size if held.supply else 0)
        overview, _ = self._ask(question, expect=Overview, seconds=seconds, body=body, supply=held.supply)
        if overview.pages > self.limits.pages or len(overview.sheets) > self.limits.sheets:
            child.end()
            raise errors.OverLimitError
        self._held[document] = held
        return overview

    def _put_away(self, document: str) -> None:
        if self._held.pop(document, None) is None or self._child is None:
            return
        try:
            self._child.tell(Close(document), seconds=self.limits.page_seconds)
        except ChildEndedError:
            self._count(crashed=True)
            self._retire()

    def _ask(
        self, question: Asked, *, expect: type[_T], seconds: float, body: bytes = b"", supply: Supply | None = None
    ) -> tuple[_T, bytes]:
        child = self._living_child()
        try:
            return child.ask(question, expect=expect, seconds=seconds, body=body, supply=supply)
        except ChildEndedError as ended:
            self._count(crashed=not ended.timed_out, timed_out=ended.timed_out)
            self._retire()
            raise (errors.DecodingTimeoutError if ended.timed_out else errors.DecoderCrashedError) from None
        except ChildRefusal as refusal:
            if refusal.failure.cause == MemoryError.__name__:
                self._retire()  # nobody knows what was left half done
            raise _error_for(refusal.failure) from None
        except BaseException:
            self._retire()  # it waits for a piece that will not come
            raise

    def _living_child(self) -> Child:
        if self._is_closed:
            raise RuntimeError("the pool was closed")
        if self._child is not None and not self._child.is_alive():
            self._count(crashed=True)
            self._retire()
        self._settle()
        if self._child is None:
            is_first = self._status.network_isolated is None
            self._child = Child(self.limits, share_pixels=self._share_pixels)
            ready = self._child.ready
            self._status = PoolStatus(
                restarts=self._status.restarts + (not is_first),
                crashes=self._status.crashes,
                timeouts=self._status.timeouts,
                memory_limited=ready.memory_limited,
                network_isolated=ready.network_isolated,
                files_isolated=ready.files_isolated,
                process_ids=(self._child.process_id,),
            )
        return self._child

    def _settle(self) -> None:
        """A child that could not put a document away is replaced before anybody else hears of it."""
        try:
            if self._child is not None:
                self._child.settle()
        except ChildEndedError as ended:
            self._count(crashed=not ended.timed_out, timed_out=ended.timed_out)
            self._retire()
        except ChildRefusal:
            self._retire()

    def _retire(self) -> None:
        child, self._child = self._child, None
        self._held.clear()
        self._opened = 0
        if child is not None:
            child.end()

    def _count(self, *, crashed: bool = False, timed_out: bool = False) -> None:
        _log.debug("decoding child %s", "timed out" if timed_out else "ended unexpectedly")
        old = self._status
        self._status = PoolStatus(
            restarts=old.restarts,
            crashes=old.crashes + crashed,
            timeouts=old.timeouts + timed_out,
            memory_limited=old.memory_limited,
            network_isolated=old.network_isolated,
            files_isolated=old.files_isolated,
        )


def _error_for(failure: Failure) -> errors.DecodingError:
    if failure.code == errors.NotAcceptedError.code:
        return errors.NotAcceptedError(kind=failure.foreign or ForeignKind.UNKNOWN)
    if failure.cause:
        _log.debug("document refused: %s (%s)", failure.code, failure.cause)
    return _CLASSES.get(failure.code, errors.DamagedFileError)()
