"""Work that is killed in the middle: processes that say after every step what they promise to keep."""

import multiprocessing
import multiprocessing.util
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from app.domain.ids import IndicatorId, ReviewId

READY: Final = "ready"
_PRELOADED: Final = ["app.bootstrap.desk", "app.bootstrap.record", "tests.support.journeys"]


@dataclass(frozen=True, slots=True)
class Killed:
    """What a process had promised before it was killed, or before it ended by itself."""

    promised: tuple[Any, ...]
    was_killed: bool


def importing(record: Path, passphrase: str, files: Sequence[Path], promise: Connection) -> None:
    """Import one file after the other; promises the name of each that is in."""
    from app.bootstrap.record import open_record

    with open_record(record, passphrase) as opened:
        promise.send(READY)
        for file in files:
            opened.importing.import_files([file])
            promise.send(file.name)


def typing(desk: Path, passphrase: str, place: tuple[ReviewId, IndicatorId], promise: Connection) -> None:
    """Type a reason letter by letter, each saved at once; promises the length that is safe."""
    from app.bootstrap.desk import open_desk

    review, indicator = place
    with open_desk(desk, passphrase) as opened:
        promise.send(READY)
        text = ""
        for number in range(100_000):
            text = (text + chr(0x4E00 + number % 500))[-400:]
            opened.scoring.set_reason(review, indicator, text)
            promise.send(text)


def typing_over(
    desk: Path, passphrase: str, place: tuple[ReviewId, IndicatorId], text: str, promise: Connection
) -> None:
    """Type *text* into a reason again and again, each time with another end."""
    from app.bootstrap.desk import open_desk

    with open_desk(desk, passphrase) as opened:
        promise.send(READY)
        for number in range(100_000):
            opened.scoring.set_reason(*place, f"{text} {number}")
            promise.send(number)


def signing(desk: Path, passphrase: str, out: Path, promise: Connection) -> None:
    """Sign everything that is complete into one package."""
    from app.bootstrap.desk import open_desk
    from tests.support.journeys import NoForms

    with open_desk(desk, passphrase, forms=NoForms()) as opened:
        promise.send(READY)
        opened.sealing.seal(opened.sealing.ready(), passphrase=passphrase, out=out)
        promise.send(out.name)


def giving(desk: Path, passphrase: str, folder: Path, promise: Connection) -> None:
    """Write a team's notes into *folder* again and again; promises the name of each file."""
    from app.bootstrap.desk import open_desk

    with open_desk(desk, passphrase) as opened:
        promise.send(READY)
        for _number in range(1000):
            for file in opened.exchange.give(folder, passphrase=passphrase).files:
                promise.send(file.file.name)


def taking(desk: Path, passphrase: str, files: Sequence[Path], promise: Connection) -> None:
    """Take what the team gave, one file after the other; promises the name of each that is in."""
    from app.bootstrap.desk import open_desk

    with open_desk(desk, passphrase) as opened:
        promise.send(READY)
        for file in files:
            opened.importing.import_files([file])
            promise.send(file.name)


class Moment(StrEnum):
    """Where in the making of a file a process stops and waits for its end."""

    BEFORE_ITS_NAME = "before"
    """All of the file is on the medium, under a name for the time being."""
    AFTER_ITS_NAME = "after"
    """The file has its name, and its maker has not done anything else yet."""


def signing_until(moment: Moment, desk: Path, passphrase: str, out: Path, promise: Connection) -> None:
    """Sign everything that is complete, and stand still at *moment*; promises that it does."""
    sys.addaudithook(_Stopper(out, moment, promise))
    signing(desk, passphrase, out, promise)


class _Stopper:
    """Hears of every call of the system's from Python (PEP 578) and lets none follow the one that is meant."""

    def __init__(self, out: Path, moment: Moment, promise: Connection) -> None:
        self._out, self._moment, self._promise = str(out), moment, promise
        self._is_named = self._stands = False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._stands:
            return
        if event == "os.rename" and str(arguments[1]) == self._out:
            self._is_named = True
            if self._moment is Moment.AFTER_ITS_NAME:
                return
        if self._is_named:
            self._stands = True
            self._promise.send(self._moment)
            threading.Event().wait()


def killed_where_it_stands(work: Callable[..., None], *arguments: object) -> None:
    """Let *work* run until it says that it stands still, then kill it (SIGKILL)."""
    process, receiving = _started(work, *arguments)
    said = receiving.recv()
    process.kill()
    process.join()
    receiving.close()
    process.close()
    if not isinstance(said, Moment):
        raise RuntimeError("the moment never came")


def killed_after(seconds: float, work: Callable[..., None], *arguments: object) -> Killed:
    """Let *work* run for *seconds* after it is ready, then kill it as a power cut would (SIGKILL)."""
    process, receiving = _started(work, *arguments)
    process.join(timeout=seconds)
    was_killed = process.is_alive()
    process.kill()
    process.join()
    promised = tuple(_rest(receiving))
    receiving.close()
    process.close()
    return Killed(promised, was_killed)


def killed_after_saying(count: int, seconds: float, work: Callable[..., None], *arguments: object) -> Killed:
    """Let *work* promise *count* things and go on for *seconds*, then kill it: as much was done on any computer."""
    process, receiving = _started(work, *arguments)
    promised = [receiving.recv() for _number in range(count)]
    process.join(timeout=seconds)
    was_killed = process.is_alive()
    process.kill()
    process.join()
    promised += _rest(receiving)
    receiving.close()
    process.close()
    return Killed(tuple(promised), was_killed)


def _started(work: Callable[..., None], *arguments: object) -> tuple[Any, Connection]:
    """A process that has said it is ready, and what it says from now on."""
    _keep_own_folder()
    context: Any = multiprocessing.get_context(_method())  # its kinds differ by system
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(_PRELOADED)
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(*arguments, sending), daemon=True)
    process.start()
    sending.close()
    if receiving.recv() != READY:
        raise RuntimeError("a child that speaks before it is asked")
    return process, receiving


@cache
def _keep_own_folder() -> None:
    """The starter of processes tidies its folder up after the sandbox is gone, so it must not lie there."""
    before, tempfile.tempdir = tempfile.tempdir, str(Path(os.environ["PYTEST_DEBUG_TEMPROOT"]).parent)
    multiprocessing.util.get_temp_dir()
    tempfile.tempdir = before


def _rest(receiving: Connection) -> list[Any]:
    said: list[Any] = []
    try:
        while True:
            said.append(receiving.recv())
    except (EOFError, OSError):
        return said


def _method() -> str:
    return "spawn" if sys.platform == "win32" else "forkserver"
