"""Importing 1,000 signed review packages, against Excel sheets as the office reads them, and against the bare work.

The goal is set for packages of thirty scored lines. What a desk hands in today also carries three printed forms with
their fonts, six times the bytes; those packages are measured as well, with a floor of their own.
"""

import functools
import io
import multiprocessing
import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

import openpyxl

from app.bootstrap.record import open_record
from app.crypto import suite
from app.domain.outcome import Outcome
from app.services.record_context import load_keys
from tests.bench import import_floor
from tests.bench.bare_store import open_bare
from tests.bench.hand_ins import LINES, PASSPHRASE, REASON, found_campaign, write_packages
from tests.bench.import_floor import Bare
from tests.bench.interleaving import folder
from tests.bench.measurement import Measurement

_EXPERTS: Final = 100
_PACKAGES: Final = 1000
_WITH_FORMS: Final = 200
_SHEETS: Final = 150
_ROUNDS: Final = 3
_HEAD: Final = ("序号", "指标", "权重", "百分比", "得分", "理由")


def measure() -> Iterator[Measurement]:
    """Packages, or sheets, a second."""
    with folder() as place:
        value, floor, excel, excel_everywhere = _race(place / "plain", _PACKAGES, with_forms=False)
        name = f"import, {_PACKAGES:,} packages of {LINES} lines"
        yield Measurement(name=f"{name}, to openpyxl", value=value, floor=excel, unit="1/s", goal_ratio=3)
        yield Measurement(name=f"{name}, to openpyxl on all cores", value=value, floor=excel_everywhere, unit="1/s")
        yield Measurement(name=f"{name}, to bare tools", value=value, floor=floor, unit="1/s", goal_ratio=0.6)
        value, floor, excel, _everywhere = _race(place / "forms", _WITH_FORMS, with_forms=True)
        name = f"import, {_WITH_FORMS} packages with three printed forms"
        yield Measurement(name=f"{name}, to openpyxl", value=value, floor=excel, unit="1/s")
        yield Measurement(name=f"{name}, to bare tools", value=value, floor=floor, unit="1/s", goal_ratio=0.6)


def _race(place: Path, count: int, *, with_forms: bool) -> tuple[float, float, float, float]:
    """Our rate, the floor's, and openpyxl's on one core and on all: medians of rounds in turns."""
    fresh = place / "fresh"
    fresh.mkdir(parents=True)
    campaign = found_campaign(fresh / "2026.record", experts=_EXPERTS, reviews=count)
    with campaign.context.store.reading() as work:
        secret = load_keys(work).identity.secret
    campaign.context.store.close()
    files = write_packages(campaign, campaign.tasks, place / "in", with_forms=with_forms)
    key = suite.generate_signing_key()
    bare = [import_floor.sign_again(file, secret, key) for file in files]
    sheet = _sheet()
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_read_sheets, [(sheet, 1)] * (os.cpu_count() or 1)))  # they have started
        rates: list[tuple[float, float, float, float]] = []
        for number in range(_ROUNDS):
            shutil.copytree(fresh, place / f"round-{number}")
            rates.append(
                (
                    count / _import_seconds(place / f"round-{number}", place / "in", count),
                    count / _seconds(functools.partial(_import_barely, place / f"floor-{number}", bare, secret)),
                    _SHEETS / _seconds(functools.partial(_read_sheets, (sheet, _SHEETS))),
                    _SHEETS / _seconds(lambda: list(pool.map(_read_sheets, [(sheet, _SHEETS // 10)] * 10))),
                )
            )
            shutil.rmtree(place / f"round-{number}")
    ours, floor, excel, everywhere = (statistics.median(side) for side in zip(*rates, strict=True))
    return ours, floor, excel, everywhere


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _import_seconds(place: Path, incoming: Path, count: int) -> float:
    """Without opening the record: guessing a passphrase is expensive on purpose."""
    with open_record(place / "2026.record", PASSPHRASE) as record:
        begun = time.perf_counter()
        report = record.importing.import_files([incoming])
        seconds = time.perf_counter() - begun
    if report.counts[Outcome.NEW] != count:
        raise RuntimeError(f"not everything was taken: {report.counts}")
    return seconds


def _import_barely(file: Path, bare: Sequence[Bare], secret: str) -> None:
    connection = open_bare(file)
    try:
        if import_floor.import_barely(bare, secret=secret, connection=connection) != len(bare):
            raise RuntimeError("not everything was taken")
    finally:
        connection.close()


def _sheet() -> bytes:
    """One score sheet as the office gets it."""
    book = openpyxl.Workbook()
    page = book.active
    if page is None:
        raise RuntimeError("a workbook without a sheet")
    page.append(_HEAD)
    for line in range(1, LINES + 1):
        page.append((f"1.{line}", f"示例指标{line}", 40, 75, 30, REASON))
    page.append(("", "总分", 1000, "", 750, ""))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _read_sheets(asked: tuple[bytes, int]) -> int:
    data, count = asked
    lines = 0
    for _number in range(count):
        book = openpyxl.load_workbook(io.BytesIO(data))
        lines += sum(1 for sheet in book for _row in sheet.iter_rows(values_only=True))
        book.close()
    return lines
