"""The parent's end of one child process: start it, ask it, end it. Not thread-safe; the pool sees to that."""

import sys
import time
from typing import Final, TypeVar

import msgspec

from app.decoding.errors import DecoderUnavailableError
from app.decoding.limits import Limits
from app.decoding.pieces import PIECE_BYTES, Supply
from app.decoding.protocol import Answer, Asked, Configure, Failure, FrameError, Open, receive, send
from app.decoding.replies import BYTES_PER_PIXEL, Nothing, Ready
from app.decoding.watchdog import Watchdog
from app.platform.child_limits import hold, spawn_options
from app.platform.pipes import widen_pipe
from app.platform.shared_pixels import SharedPixels

_KEPT_SHARED_BYTES: Final = 16 * 1024 * 1024  # an ordinary page; what an unusually large one took is given back
_SHARED_DOCUMENT_BYTES: Final = 4 * PIECE_BYTES  # what is larger, and in one piece, goes through the pipe
WORKER_ARGUMENT: Final = "--decode-worker"
_T = TypeVar("_T")


class ChildEndedError(Exception):
    """The child is gone: by itself, or because it took too long or said something impossible."""

    def __init__(self, *, timed_out: bool) -> None:
        super().__init__(timed_out)
        self.timed_out = timed_out


class ChildRefusal(Exception):  # noqa: N818 - an answer, not a fault of the child
    """The child said no, in its words."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


def worker_command() -> list[str]:
    """The program and arguments of the child: this interpreter, or this frozen program with a hidden argument.

    ``-I`` keeps environment variables and the current folder from deciding what is imported; ``-B`` keeps it from
    writing compiled modules.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_ARGUMENT]
    return [sys.executable, "-I", "-B", "-X", "utf8", "-m", "app.decoding.worker"]


class Child:
    """One running process."""

    def __init__(self, limits: Limits, *, share_pixels: bool = True) -> None:
        """Start it and wait until it has confined itself.

        Raises:
            DecoderUnavailableError: it did not start.
        """
        self._limits = limits
        self._owed: list[float] = []
        room = limits.render_pixels * BYTES_PER_PIXEL
        self._shared = SharedPixels.create(room, documents=_SHARED_DOCUMENT_BYTES) if share_pixels else None
        try:
            pass_fds = (self._shared.descriptor,) if self._shared else ()
            self._process = spawn_options().start(worker_command(), pass_fds=pass_fds)
        except OSError:
            self._release_shared()
            raise DecoderUnavailableError from None
        self._input, self._output = (pipe.fileno() for pipe in (self._process.stdin, self._process.stdout) if pipe)
        self._watchdog = Watchdog(self._process)
        self._job: object | None = None
        try:
            self._job = hold(self._process, memory_bytes=limits.memory_bytes)
            widen_pipe(self._input)
            configure = Configure(limits)
            if self._shared:
                configure = Configure(limits, self._shared.descriptor, self._shared.pixels, self._shared.documents)
            self.ready, _ = self._exchange(configure, b"", Ready, seconds=limits.start_seconds)
        except (ChildEndedError, ChildRefusal, OSError):
            self.end()
            raise DecoderUnavailableError from None

    @property
    def process_id(self) -> int:
        """For those who watch its memory."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(
        self,
        question: Asked,
        *,
        expect: type[_T],
        seconds: float,
        body: bytes | memoryview = b"",
        supply: Supply | None = None,
    ) -> tuple[_T, bytes]:
        """The checked answer and the bytes that came beside it.

        Args:
            seconds: for the child; the time that pieces of the document take is not its own.
            supply: those pieces, if it did not get the whole.

        Raises:
            ChildRefusal: it answered with a failure.
            ChildEndedError: there is no answer; the child has been ended.
            Whatever *supply* raises: the child still waits for the piece and has to be ended.
        """
        return self._exchange(question, body, expect, seconds=seconds, supply=supply)

    def tell(self, question: Asked, *, seconds: float) -> None:
        """Say *question* and do not wait: :meth:`settle` hears the answer, before the next question at the latest.

        Raises:
            ChildEndedError: it can no longer be told anything.
        """
        try:
            send(self._input, msgspec.msgpack.encode(question))
        except OSError:
            self.end()
            raise ChildEndedError(timed_out=False) from None
        self._owed.append(seconds)

    def settle(self) -> None:
        """Hear the answers to what it was told, so that its failing is not taken for that of the next document.

        Raises:
            ChildEndedError, ChildRefusal: as :meth:`ask`.
        """
        while self._owed:
            seconds = self._owed.pop(0)
            self._watchdog.arm(seconds)
            self._answer(Nothing, None, until=time.monotonic() + seconds)

    def end(self) -> None:
        """Kill it if it still runs, and give everything back."""
        self._watchdog.end()
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._release_shared()
        self._job = None

    def _exchange(
        self,
        question: Asked | Configure,
        body: bytes | memoryview,
        expect: type[_T],
        *,
        seconds: float,
        supply: Supply | None = None,
    ) -> tuple[_T, bytes]:
        self._watchdog.arm(seconds)
        until = time.monotonic() + seconds
        try:
            if isinstance(question, Open) and self._lay_down(body):
                question, body = msgspec.structs.replace(question, shared_bytes=len(body)), b""
            send(self._input, msgspec.msgpack.encode(question), body)
        except OSError:
            self._watchdog.call_off()
            self.end()
            raise ChildEndedError(timed_out=self._watchdog.has_bitten) from None
        return self._answer(expect, supply, until=until)

    def _answer(self, expect: type[_T], supply: Supply | None, *, until: float) -> tuple[_T, bytes]:
        try:
            answer, pixels = self._hear(supply, until=until)
            if answer.failure is not None:
                raise ChildRefusal(answer.failure)
            value = msgspec.msgpack.decode(answer.value, type=expect)
            return value, self._take(answer.shared_bytes) if answer.shared_bytes else pixels
        except (OSError, FrameError, msgspec.MsgspecError):
            self.end()
            raise ChildEndedError(timed_out=self._watchdog.has_bitten) from None
        finally:
            self._watchdog.call_off()

    def _hear(self, supply: Supply | None, *, until: float) -> tuple[Answer, bytes]:
        while True:
            head, pixels = receive(
                self._output,
                max_head=self._limits.reply_bytes,
                max_body=self._limits.render_pixels * BYTES_PER_PIXEL,
            )
            self._watchdog.call_off()
            answer = msgspec.msgpack.decode(head, type=Answer)
            if answer.wants is None:
                return answer, pixels
            if supply is None:
                raise FrameError
            asked = time.monotonic()
            piece = supply.piece(answer.wants)
            until += time.monotonic() - asked
            self._watchdog.arm(max(0.0, until - time.monotonic()))
            if self._lay_down(piece):
                send(self._input, msgspec.msgpack.encode(len(piece)))
            else:
                send(self._input, b"", piece)

    def _lay_down(self, data: bytes | memoryview) -> bool:
        return self._shared is not None and self._shared.put(data)

    def _take(self, count: int) -> bytes:
        if self._shared is None or not 0 < count <= self._shared.pixels:
            raise FrameError
        pixels = self._shared.take(count)
        if count > _KEPT_SHARED_BYTES:
            self._shared.release(beyond=_KEPT_SHARED_BYTES)
        return pixels

    def _release_shared(self) -> None:
        shared, self._shared = self._shared, None
        if shared is not None:
            shared.close()
