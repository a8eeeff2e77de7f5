"""Reads files in a process of its own and tells what each cost: ``python -m tests.support.reading_child < job``.

The job is JSON: an identity's secret and a list of paths. The answer is JSON: for each path the outcome, the reason,
the seconds, and by how many KiB the highest memory use of the process has grown since the start.
"""

import json
import sys
import time
from pathlib import Path

from app.crypto import sealing
from app.packages.description import PackageKind
from app.packages.reader import ReadingContext, read_package
from app.packages.recognition import find_packages
from app.packages.refusal import PackageRefusedError
from tests.support import pki


def peak_kib() -> int:
    """The highest memory use of this process so far."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count the parent's memory, which a new process starts with on Linux
        return int(status.read_text().split("VmHWM:")[1].split()[0])
    if sys.platform == "win32":  # it has no such figure; the tests that want it are skipped there
        return 0
    else:  # noqa: RET505 - the type checker looks at one branch per system
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def read(path: Path, context: ReadingContext) -> tuple[str, str]:
    """Outcome and reason for one file."""
    try:
        for found in find_packages(path):
            with found.open() as source:
                read_package(source, context)
    except PackageRefusedError as refusal:
        return refusal.outcome.value, refusal.reason
    return "read", ""


def main() -> None:
    """Do the job on standard input."""
    job = json.load(sys.stdin)
    identity = sealing.identity_from(job["identity"])
    world = pki.new_world()
    context = ReadingContext(at=pki.READ_AT, kinds=frozenset(PackageKind), identities=(identity,), trust=world.trust)
    read(Path(job["warm_up"]), context)
    start = peak_kib()
    answers = []
    for path in job["paths"]:
        began = time.perf_counter()
        outcome, reason = read(Path(path), context)
        seconds = time.perf_counter() - began
        answers.append({"outcome": outcome, "reason": reason, "seconds": seconds, "grown_kib": peak_kib() - start})
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
