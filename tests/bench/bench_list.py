"""The list of 100,000 applications, narrowed letter by letter, against the bare query for the same lines."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from app.services.record_applications import ApplicationService
from tests.bench.bare_store import open_bare
from tests.bench.hand_ins import found_campaign
from tests.bench.interleaving import folder, in_turns, percentile
from tests.bench.many_rows import add_applications
from tests.bench.measurement import Measurement

_APPLICATIONS: Final = 100_000
_LINES: Final = 501  # what the window asks for: a screen has no more, and one to know that there are more
_TYPED: Final = ("示例企业77123", "2026-9", "节能水泵5", "没有这一家", "91210000MA00012")
_GOAL_MS: Final = 50.0
_BARE: Final = """SELECT application, operator, uscc, offering_name, category, offering, recommender, region, state
FROM application
WHERE application LIKE :text OR operator LIKE :text OR offering_name LIKE :text OR uscc LIKE :text
ORDER BY application LIMIT :lines"""


def measure() -> Iterator[Measurement]:
    """Milliseconds of the slow ones: the 95th percentile over every letter typed."""
    with folder() as place:
        campaign = found_campaign(place / "2026.record", experts=1, reviews=1)
        with campaign.context.store.engine.begin() as connection:
            driver: Any = connection.connection.driver_connection
            add_applications(driver, _APPLICATIONS)
            table = driver.execute("SELECT * FROM application")
            names = [column[0] for column in table.description]
            rows = table.fetchall()
        bare = _bare_table(open_bare(place / "bare.db"), names, rows)
        service = ApplicationService(campaign.context)
        typed = ["", *(word[:length] for word in _TYPED for length in range(1, len(word) + 1))]
        service.list("示", limit=_LINES)
        values, floors = in_turns(
            [partial(service.list, text, limit=_LINES) for text in typed],
            [partial(_bare_list, bare, text) for text in typed],
        )
        value, floor = percentile(values, 95), percentile(floors, 95)
        bare.close()
        campaign.context.store.close()
    yield Measurement(
        name="filter 100,000 applications, p95 (goal 50 ms), to bare SQL", value=value, floor=floor, unit="ms",
        goal_ratio=_GOAL_MS / floor, at_most=True,
    )  # fmt: skip


def _bare_list(connection: Any, text: str) -> list[Any]:
    found: list[Any] = connection.execute(_BARE, {"text": f"%{text}%", "lines": _LINES}).fetchall()
    return found


def _bare_table(connection: Any, names: list[str], rows: list[tuple[Any, ...]]) -> Any:
    connection.execute(f"CREATE TABLE application ({', '.join(names)}, PRIMARY KEY (application))")
    marks = ", ".join("?" * len(names))
    begun = time.perf_counter()
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO application VALUES ({marks})", rows)
    connection.execute("COMMIT")
    if time.perf_counter() - begun > 60:
        raise RuntimeError("this disk is too slow to measure anything")
    return connection
