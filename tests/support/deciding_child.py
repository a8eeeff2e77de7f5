"""Imports and takes a large package in a process of its own: ``python -m tests.support.deciding_child RECORD FILE``.

The answer is JSON: what became of it each time, and by how many KiB the highest memory use has grown meanwhile.
"""

import json
import sys
from pathlib import Path

from app.bootstrap.record import open_record
from tests.support.reading_child import peak_kib
from tests.support.record_world import PASSPHRASE, FakeClock


def forget_peak() -> None:
    """Begin the count anew where the system can: stretching the passphrase has used more memory than what follows."""
    marks = Path("/proc/self/clear_refs")
    if marks.exists():
        marks.write_text("5", "ascii")


def main() -> None:
    """Do it."""
    location, file = Path(sys.argv[1]), Path(sys.argv[2])
    with open_record(location, PASSPHRASE, clock=FakeClock()) as record:
        record.verification.verify()  # whatever is loaded on first use
        forget_peak()
        start = peak_kib()
        (held,) = record.importing.import_files([file]).packages
        grown = [peak_kib() - start]
        decision = record.tray.decide(held.sha256, take=True, reason="示例：电话核对一致")
        grown.append(peak_kib() - start)
        outcomes = [held.outcome, decision.package.outcome if decision.package else None]
    json.dump({"outcomes": outcomes, "grown_kib": grown}, sys.stdout)


if __name__ == "__main__":
    main()
