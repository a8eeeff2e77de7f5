"""Verified packages from files, in order, as fast as all cores can verify them.

This process does not wait for the workers: while they start, and whenever the next result is not there yet, it
verifies from the far end itself.
"""

import hashlib
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.domain.ids import Sha256
from app.file_errors import write_problem
from app.packages.recognition import FoundPackage, find_packages
from app.packages.refusal import PackageRefusedError
from app.progress import Progress
from app.services.record_reading import (
    ReadHandIn,
    ReadingSetup,
    Refusal,
    prepare_worker,
    read_files_in_worker,
    read_large_hand_in,
    read_small_file,
)

PARALLEL_FROM: Final = 24  # files; starting processes costs more than reading fewer takes
_CHUNK: Final = 10
_MOST_INSIDE: Final = 10_000  # packages of one file; places of the next file start there
_PIECE: Final = 1 << 20
_Read = ReadHandIn | Refusal | None


@dataclass(frozen=True, slots=True)
class Fed:
    """One package, or one file that is none; ``package`` opens its bytes once more."""

    place: int
    file: Path
    package: FoundPackage = field(repr=False)
    read: ReadHandIn | Refusal

    @property
    def file_sha256(self) -> Sha256:
        """Of the sealed bytes as they came."""
        return self.read.file_sha256

    @property
    def file_size(self) -> int:
        return self.read.file_size

    @property
    def name(self) -> str:
        """What people call it: its name in a wrapping ZIP, or that of the file."""
        return self.package.inner_name or self.file.name

    def pieces(self) -> Iterator[bytes]:
        """The bytes once more, for the tray; not necessarily the same, if the medium fails or was exchanged.

        Raises:
            PackageRefusedError: a wrapping ZIP is damaged now. UserFacingError: the medium is gone.
        """
        try:
            yield from _pieces(self.package)
        except OSError as problem:
            raise write_problem(problem, self.file) from problem


def feed(files: Sequence[Path], setup: ReadingSetup, *, progress: Progress) -> Iterator[Fed]:
    """Read *files* in order.

    Raises:
        Cancelled: as *progress* says, between two files.
    """
    reads = _parallel(files, setup) if len(files) >= PARALLEL_FROM else _one_by_one(files, setup)
    for place, (file, read) in enumerate(zip(files, reads, strict=True)):
        progress.step(place, len(files))
        if read is not None:
            yield Fed(place * _MOST_INSIDE, file, _whole(file), read)
        else:
            yield from _by_content(place, file, setup)
    progress.step(len(files), len(files))


def _one_by_one(files: Sequence[Path], setup: ReadingSetup) -> Iterator[_Read]:
    return (read_small_file(file, setup) for file in files)


def _parallel(files: Sequence[Path], setup: ReadingSetup) -> Iterator[_Read]:
    chunks = [list(files[start : start + _CHUNK]) for start in range(0, len(files), _CHUNK)]
    # Not by forking: the window's process has threads, and a forked thread can hold a lock for ever.
    executor = ProcessPoolExecutor(
        # This process reads as well, so it counts as one of them.
        max_workers=max(1, min(len(chunks), (os.cpu_count() or 1) - 1)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=prepare_worker,
        initargs=(setup,),
    )
    try:
        futures = [executor.submit(read_files_in_worker, chunk) for chunk in chunks]
        yield from _in_order(futures, chunks, setup)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _in_order(
    futures: Sequence[Future[list[_Read]]], chunks: Sequence[list[Path]], setup: ReadingSetup
) -> Iterator[_Read]:
    own: dict[int, list[_Read]] = {}
    last = len(futures)
    for place, future in enumerate(futures):
        while place not in own and not future.done():
            last = _steal(futures, place, last)
            if last <= place:
                break
            own[last] = [read_small_file(file, setup) for file in chunks[last]]
        yield from own.pop(place) if place in own else future.result()


def _steal(futures: Sequence[Future[list[_Read]]], place: int, last: int) -> int:
    """The last chunk before *last* that no worker has begun; *place* or less if there is none."""
    for candidate in range(last - 1, place - 1, -1):
        if futures[candidate].cancel():
            return candidate
    return -1


def _by_content(place: int, file: Path, setup: ReadingSetup) -> Iterator[Fed]:
    """Large files, packages inside a ZIP, and what is no package at all."""
    try:
        found = find_packages(file)
    except PackageRefusedError as refusal:
        yield Fed(place * _MOST_INSIDE, file, _whole(file), _refused(refusal, _whole(file)))
        return
    except OSError as problem:
        raise write_problem(problem, file) from problem
    for number, package in enumerate(found):
        read: ReadHandIn | Refusal
        try:
            with package.open() as source:
                read = read_large_hand_in(source, setup)
        except PackageRefusedError as refusal:
            read = _refused(refusal, package)
        yield Fed(place * _MOST_INSIDE + number, file, package, read)


def _refused(refusal: PackageRefusedError, package: FoundPackage) -> Refusal:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(package):
        digest.update(piece)
        size += len(piece)
    return Refusal(refusal.outcome, refusal.reason, Sha256(digest.hexdigest()), size)


def _pieces(package: FoundPackage) -> Iterator[bytes]:
    with package.open() as source:
        while piece := source.read(_PIECE):
            yield piece


def _whole(file: Path) -> FoundPackage:
    return FoundPackage("", lambda: file.open("rb"))
