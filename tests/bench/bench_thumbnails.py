"""Thumbnails of telephone photographs per second, out of a visit's encrypted store through the decoding child.

The floor is Pillow in this process on the plain bytes, asked for the same size and turned upright. A second line is the
import as a person waits for it: every photograph read, looked at, hashed and kept in a transaction of its own; its
floor does the same with Pillow and a plain file that is flushed to the disk, once and not twice.
"""

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from app.services.visit_photos import PhotoOutcome
from tests.bench.interleaving import folder, medians
from tests.bench.measurement import Measurement
from tests.support.desks import DeskStory
from tests.support.secretariat import dossier
from tests.support.visit_photos import PlannedVisit, plan

_PHOTOS: Final = 24
_SIZE: Final = (4000, 3000)  # 12 million pixels, as most telephones make them
_SIDE: Final = 112


def measure() -> Iterator[Measurement]:
    """Photographs per second, both sides in turns."""
    with folder() as place:
        story = DeskStory(place).create().enrol()
        story.dossiers = (dossier("2026-0001"),)
        story.desk.importing.import_files(story.secretariat.assignment(place / "out", story.reader, story.dossiers))
        planned = plan(story.unlock())
        card = place / "card"
        card.mkdir()
        files = [_photo(card / f"IMG_{number:04}.JPG", number) for number in range(_PHOTOS)]
        plain = place / "plain"
        plain.mkdir()
        value, floor = medians(
            [partial(_take, planned, file) for file in files],
            [partial(_plain_take, file, plain / file.name) for file in files],
        )
        yield _line("photos taken in per second, 12 megapixels, hashed and kept", value, floor, goal=0.3)
        hashes = [one.photo.sha256 for one in planned.sheet.photos]
        photos, visit = planned.desk.visits.photos, planned.visit

        def thumbnail(number: int) -> None:
            with photos.open(visit, hashes[number]) as document:
                document.thumbnail(1, side=_SIDE)

        ours: list[Callable[[], object]] = [partial(thumbnail, number) for number in range(_PHOTOS)]
        value, floor = medians(ours, [partial(_plain_thumbnail, file, side=_SIDE) for file in files])
        yield _line("thumbnails per second, 12-megapixel photos out of the store", value, floor, goal=0.4)
        story.close()


def _line(name: str, value: float, floor: float, *, goal: float) -> Measurement:
    """From milliseconds to how many a second."""
    return Measurement(name=name, value=1000 / value, floor=1000 / floor, unit="1/s", goal_ratio=goal)


def _take(planned: PlannedVisit, file: Path) -> None:
    (taken,) = planned.desk.visits.photos.take(planned.visit, [file]).photos
    assert taken.outcome is PhotoOutcome.TAKEN


def _plain_take(file: Path, target: Path) -> None:
    hashlib.sha256(file.read_bytes())
    _plain_thumbnail(file, side=_SIDE)
    with target.open("wb") as kept:
        kept.write(file.read_bytes())
        kept.flush()
        os.fsync(kept.fileno())


def _plain_thumbnail(file: Path, *, side: int) -> None:
    with Image.open(io.BytesIO(file.read_bytes())) as image:
        image.draft("RGB", (side, side))
        ImageOps.exif_transpose(image).thumbnail((side, side))


def _photo(file: Path, number: int) -> Path:
    """Grain over large shapes, so that the file is about as long as a telephone's; each another one."""
    small = Image.frombytes("RGB", (_SIZE[0] // 8, _SIZE[1] // 8), os.urandom(_SIZE[0] * _SIZE[1] // 64 * 3))
    facts = Image.Exif()
    facts[0x0112], facts[0x0132] = 6, f"2026:12:01 09:{number % 60:02}:00"
    small.resize(_SIZE).save(file, "JPEG", quality=88, exif=facts)
    return file
