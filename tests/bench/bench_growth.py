"""What an imported review costs on PostgreSQL when the record holds very many, against a record that holds few.

Both records lie on the same server and take packages in turns. ``YOUPIN_BENCH_REVIEWS`` says how many the large one
holds; the goal is set for 1,000,000, which take some minutes to put there.
"""

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from app.bootstrap.record import open_record
from app.domain.outcome import Outcome
from tests.bench.hand_ins import PASSPHRASE, found_campaign, write_packages
from tests.bench.interleaving import folder
from tests.bench.many_rows import add_reviews
from tests.bench.measurement import Measurement
from tests.support.postgres import PostgresServer, running_server

_FEW: Final = 10_000
_MANY: Final = int(os.environ.get("YOUPIN_BENCH_REVIEWS", "200000"))
_ROUNDS: Final = 7
_PACKAGES: Final = 50  # of one round: one transaction


def measure() -> Iterator[Measurement]:
    """Milliseconds a review, medians of rounds in turns."""
    with folder() as place, running_server() as server:
        sizes = {"few": _FEW, "many": _MANY}
        filled = {name: _filled(server, name, count, place / name) for name, count in sizes.items()}
        costs: dict[str, list[float]] = {name: [] for name in sizes}
        records = {name: open_record(location, PASSPHRASE) for name, (location, _rounds) in filled.items()}
        for number in range(_ROUNDS):
            for name, record in records.items():
                begun = time.perf_counter()
                report = record.importing.import_files(filled[name][1][number])
                costs[name].append((time.perf_counter() - begun) * 1000 / _PACKAGES)
                if report.counts[Outcome.NEW] != _PACKAGES:
                    raise RuntimeError(f"not everything was taken: {report.counts}")
        for record in records.values():
            record.close()
    yield Measurement(
        name=f"a review into PostgreSQL at {_MANY:,}, to the same at {_FEW:,}",
        value=statistics.median(costs["many"]), floor=statistics.median(costs["few"]), unit="ms", goal_ratio=1.2,
        at_most=True,
    )  # fmt: skip


def _filled(server: PostgresServer, name: str, count: int, packages: Path) -> tuple[str, list[list[Path]]]:
    """A record that holds *count* reviews, and packages for it by round."""
    database = f"bench_{name}"
    server.run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    location = server.driver_url(database)
    campaign = found_campaign(location, experts=10, reviews=(_ROUNDS + 1) * _PACKAGES)
    campaign.context.store.close()
    files = write_packages(campaign, campaign.tasks, packages, with_forms=False)
    rounds = [files[start : start + _PACKAGES] for start in range(0, len(files), _PACKAGES)]
    with open_record(location, PASSPHRASE) as record:
        record.importing.import_files(rounds[0])
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        add_reviews(connection, count)
        connection.execute("VACUUM ANALYZE")  # as the server's own housekeeping does in time
    return location, rounds[1:]
