"""A dossier of 300 documents and 2 GB: how soon it is there, how quickly it is read, and how much memory that takes.

Where there is no bare tool to compare with, the floor is what a person was promised: a list at once (100 ms) and
500 MB. Making it takes about a minute, and 5 GB of room for that long.
"""

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.interleaving import folder
from tests.bench.measurement import Measurement


def measure() -> Iterator[Measurement]:
    """Every line comes from a process of its own, as it would be in the program."""
    with folder() as place:
        for act in ("make", "compare", "use"):
            command = [sys.executable, "-m", "tests.bench.large_reading", act, str(place)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
            for line in done.stdout.splitlines():
                yield Measurement(**json.loads(line))
