"""Files into the desk's store and out again, hashed and checked, against bare SQLCipher rows of the same length."""

import os
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from app.domain.ids import Sha256
from app.packages import canonical
from app.storage.desk.store import DeskStore
from tests.bench.bare_store import open_bare
from tests.bench.interleaving import folder, medians
from tests.bench.measurement import Measurement
from tests.support.desks import DeskStory
from tests.support.secretariat import FakeClock

_MIB: Final = 1 << 20
_SIZE: Final = 16  # MiB a file
_ROUNDS: Final = 7


def measure() -> Iterator[Measurement]:
    """MiB a second, medians."""
    with folder() as place:
        story = DeskStory(place, FakeClock()).create()
        store = story.desk._store
        bare = open_bare(place / "bare.db", memory_security=True)
        bare.execute("CREATE TABLE piece (file INTEGER, number INTEGER, data BLOB, PRIMARY KEY (file, number))")
        files = [os.urandom(_SIZE * _MIB) for _round in range(_ROUNDS)]
        into, bare_into = medians(
            [partial(_put, store, data) for data in files],
            [partial(_bare_put, bare, number, data) for number, data in enumerate(files)],
        )
        out, bare_out = medians(
            [partial(_get, store, canonical.sha256(data)) for data in files],
            [partial(_bare_get, bare, number) for number in range(_ROUNDS)],
        )
        bare.close()
        story.close()
    for name, value, floor in (("into", into, bare_into), ("out of", out, bare_out)):
        yield Measurement(
            name=f"a file of {_SIZE} MiB {name} the store, to bare SQLCipher", value=_SIZE * 1000 / value,
            floor=_SIZE * 1000 / floor, unit="MiB/s", goal_ratio=0.7,
        )  # fmt: skip


def _put(store: DeskStore, data: bytes) -> None:
    with store.writing() as work:
        work.blobs.put(data[start : start + _MIB] for start in range(0, len(data), _MIB))
        work.commit(b"file")


def _get(store: DeskStore, sha256: Sha256) -> None:
    with store.reading() as work:
        if len(work.blobs.get(sha256)) != _SIZE * _MIB:
            raise RuntimeError("not the file that was stored")


def _bare_put(connection: Any, file: int, data: bytes) -> None:
    connection.execute("BEGIN IMMEDIATE")
    pieces = ((file, place, data[place * _MIB : (place + 1) * _MIB]) for place in range(_SIZE))
    connection.executemany("INSERT INTO piece VALUES (?, ?, ?)", pieces)
    connection.execute("COMMIT")


def _bare_get(connection: Any, file: int) -> None:
    rows = connection.execute("SELECT data FROM piece WHERE file = ? ORDER BY number", (file,))
    if len(b"".join(data for (data,) in rows)) != _SIZE * _MIB:
        raise RuntimeError("not the file that was stored")
