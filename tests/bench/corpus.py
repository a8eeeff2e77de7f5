"""Every file of a folder through the viewer in one run: ``python -m tests.bench.corpus FOLDER [--pages N]``.

The files become the dossier of one review, unchecked, and are opened, drawn, searched, cited and printed in the real
window. A table says what became of them by kind; below it stand the restarts of the decoding child, the memory of this
process before and after, and, where ``strace`` is installed, what the processes reached for: files written outside of
the run's own folder, programs started, and connections.

If the folder has an ``index.tsv`` with the columns ``path`` and ``kind``, kinds are taken from it, otherwise from the
endings of the names. The exit status is 1 if a file ended otherwise than by being shown or by one sentence.
"""

import argparse
import csv
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.interleaving import folder
from tests.support import sandbox

_CALLS: Final = "trace=execve,execveat,connect,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat"
_WRITES: Final = re.compile(r'(?:openat\d?|creat)\([^"]*"([^"]*)".*O_(?:WRONLY|RDWR|CREAT)')
_PROGRAM: Final = re.compile(r'execve(?:at)?\([^"]*"([^"]*)", \[(.*)\]')
_ABROAD: Final = re.compile(r"connect\([^{]*\{sa_family=(AF_INET6?|AF_NETLINK)")
_DEVICES: Final = ("/dev/", "/proc/", "/memfd:", "anon_inode:")
_INNER: Final = "YOUPIN_CORPUS_INNER"
_LONGEST_SECONDS: Final = 3 * 3600


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    name: str
    kind: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, under ``strace`` if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.corpus", description="Read strangers' files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=20, help="pages of each document that are drawn")
    parser.add_argument("--only", default="", help="only files whose path holds this")
    chosen = parser.parse_args(arguments)
    strace = shutil.which("strace")
    if os.environ.get(_INNER) or strace is None:
        return _run(chosen.folder, pages=chosen.pages, only=chosen.only)
    sandbox.enter("corpus")
    try:
        with folder() as place:
            trace = place / "trace"
            command = [strace, "-f", "-qq", "--seccomp-bpf", "-o", str(trace), "-e", _CALLS, sys.executable, "-m"]
            again = [*command, "tests.bench.corpus", *(sys.argv[1:] if arguments is None else arguments)]
            status = subprocess.run(again, env={**os.environ, _INNER: "1"}, check=False, timeout=_LONGEST_SECONDS)
            reached = list(_reached(trace, inside=sandbox.root()))
            print("\n".join(["", "outside of the run's own folder:", *(reached or ["  nothing"])]))
            return status.returncode or bool(reached)
    finally:
        sandbox.leave()


def _run(where: Path, *, pages: int, only: str) -> int:
    from tests.support.reading_room import reading_room
    from ui.application import make_application

    is_alone = not os.environ.get(_INNER)
    if is_alone:
        sandbox.enter("corpus")
    files = [one for one in _files(where) if only in one.name]
    make_application()
    wrong: list[str] = []
    table: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: list[tuple[float, str]] = []
    try:
        with folder() as place, reading_room(
            place, [(one.name, one.path.read_bytes()) for one in files], most_pages=pages
        ) as (room, hashes):  # fmt: skip
            before = _resident()
            print(f"{len(files)} files; memory before: {before} MB", flush=True)
            for one, sha256 in zip(files, hashes, strict=True):
                begun = time.perf_counter()
                try:
                    seen = room.read(sha256)
                except Exception as error:  # noqa: BLE001 - counted, named, and the next file is read
                    wrong.append(f"{one.name}: {type(error).__name__} {error}")
                    table[one.kind]["WRONG"] += 1
                    continue
                slowest.append((time.perf_counter() - begun, one.name))
                tally = table[one.kind]
                tally[seen.outcome] += 1
                tally["cited"] += seen.is_cited
                tally["printed"] += not seen.printed
                tally["searchable"] += not seen.found
            status, after = room.status(), _resident()
            wrong += [f"said by the window: {message.text}" for message in room.said]
    finally:
        if is_alone:
            sandbox.leave()
    _print_table(table)
    print(f"child: {status.restarts} restarts, {status.crashes} crashes, {status.timeouts} given up for time")
    print(f"memory of this process: {before} MB before, {after} MB after, {_peak()} MB at most")
    print("slowest:", ", ".join(f"{name} {seconds:.1f} s" for seconds, name in sorted(slowest, reverse=True)[:5]))
    print("\n".join(["ended otherwise:", *(wrong or ["  nothing"])]))
    return bool(wrong)


def _files(where: Path) -> Iterator[_File]:
    index = where / "index.tsv"
    kinds: dict[str, str] = {}
    if index.is_file():
        rows = csv.DictReader(index.read_text(encoding="utf-8").splitlines(), delimiter="\t")
        kinds = {row["path"]: row["kind"] for row in rows}
    for path in sorted(where.rglob("*")):
        name = path.relative_to(where).as_posix()
        if path.is_file() and path != index:
            yield _File(path, name, kinds.get(name, path.suffix.lower() or "none"))


def _print_table(table: dict[str, Counter[str]]) -> None:
    extra = ("cited", "printed", "searchable")
    outcomes = sorted({name for tally in table.values() for name in tally if name not in extra})
    rows = [("kind", "files", *outcomes, *extra)]
    total: Counter[str] = Counter()
    for kind in sorted(table):
        tally = table[kind]
        total.update(tally)
        rows.append(
            (kind, str(sum(tally[one] for one in outcomes)), *(str(tally[one] or "") for one in (*outcomes, *extra)))
        )
    rows.append(("all", str(sum(total[one] for one in outcomes)), *(str(total[one]) for one in (*outcomes, *extra))))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _reached(trace: Path, *, inside: Path) -> Iterator[str]:
    """What the traced processes did that nobody asked for, each thing once."""
    seen: set[str] = set()
    allowed = str(inside)
    with trace.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if " = -1 " in line:
                continue
            found = ""
            if (wrote := _WRITES.search(line)) and not wrote[1].startswith((allowed, *_DEVICES)):
                found = f"  wrote {wrote[1]}"
            elif (
                (began := _PROGRAM.search(line))
                and "app.decoding.worker" not in began[2]
                and "tests.bench.corpus" not in began[2]
            ):
                found = f"  started {began[1]} {began[2][:120]}"
            elif abroad := _ABROAD.search(line):
                found = f"  connected by {abroad[1]}"
            if found and found not in seen:
                seen.add(found)
                yield found


def _resident() -> int:
    """Megabytes of this process in memory now; 0 where the system does not say."""
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    line = next((line for line in lines if line.startswith(f"{name}:")), "")
    return int(line.split()[1]) // 1024 if line else 0


if __name__ == "__main__":
    sys.exit(main())
