"""Photographs of a visit: facts about files whose bytes are never touched, what looks alike, what belongs where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, pairwise
from typing import Final

from app.domain.application import MediaType
from app.domain.ids import Sha256
from app.domain.onsite.ids import ItemId, MemberId
from app.domain.onsite.visit import Slot, VisitPlan
from app.errors import UserFacingError
from app.i18n import N_

ALIKE_UP_TO: Final = 5  # of 64 bits: scaled, recompressed or slightly brighter pictures stay below
_HASH_ROWS, _HASH_COLUMNS = 8, 9


class PhotoUnknownError(UserFacingError):
    """Nothing in the tray has that number."""

    code = "photo_unknown"
    message = N_("No photo of this visit has the number {number}. Look at the list of photos.")


class PhotoAmbiguousError(UserFacingError):
    """Several file names end in that number."""

    code = "photo_ambiguous"
    message = N_("Several photos have {number} in their file name. Use the number of the list instead.")


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """One photograph.

    Attributes:
        number: its place in the visit's tray, from 1, given once and for good.
        name: of the file as it came: shown, never used as a path.
        width, height: in pixels, upright after *orientation* (EXIF 1 to 8).
        taken_at: what the camera claims, read as Beijing time; ``None``: 拍摄时间不可查.
        received_at: when the program took it in, by the desk's clock.
        has_camera_data: false for what came through a chat program or is a screenshot.
        has_location: the file says where it was taken; where is not kept.
        likeness: 16 hex digits of a difference hash; ``None`` where the picture could not be decoded.
    """

    sha256: Sha256
    number: int
    size: int
    media: MediaType
    name: str
    width: int
    height: int
    received_at: datetime
    author: MemberId
    taken_at: datetime | None = None
    camera: str = ""
    orientation: int = 1
    has_camera_data: bool = False
    has_location: bool = False
    likeness: str | None = None

    @property
    def is_time_unknown(self) -> bool:
        """拍摄时间不可查."""
        return self.taken_at is None


@dataclass(frozen=True, slots=True)
class Binding:
    """A photograph on an item of the checklist; ``is_bound`` false: it was there and was taken off again."""

    photo: Sha256
    item: ItemId
    author: MemberId
    is_bound: bool = True
    caption: str = ""


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """*photo* is a copy of *original* that somebody drew on; the original stays as it came."""

    photo: Sha256
    original: Sha256
    author: MemberId

    def __post_init__(self) -> None:
        if self.photo == self.original:
            raise ValueError("a copy of itself")


def likeness(gray: Sequence[int]) -> str:
    """The difference hash of a picture scaled to 9 × 8 gray values, row by row from the top.

    Each bit says whether a pixel is brighter than its right neighbour; brightness and scale hardly matter.
    """
    if len(gray) != _HASH_ROWS * _HASH_COLUMNS:
        raise ValueError("9 x 8 values are needed")
    bits = 0
    for row in range(_HASH_ROWS):
        line = gray[row * _HASH_COLUMNS : (row + 1) * _HASH_COLUMNS]
        for left, right in pairwise(line):
            bits = bits << 1 | (left > right)
    return f"{bits:016x}"


def is_alike(one: str | None, other: str | None) -> bool:
    """Whether two difference hashes are near enough to be worth a look; a picture without any detail never is."""
    if one is None or other is None or not int(one, 16) or not int(other, 16):
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_UP_TO


def alike(photos: Iterable[PhotoFacts]) -> tuple[tuple[Sha256, Sha256], ...]:
    """Pairs of different files that look alike, in the order of their numbers. A remark, never a refusal."""
    ordered = sorted(photos, key=lambda photo: photo.number)
    return tuple(
        (one.sha256, other.sha256)
        for one, other in combinations(ordered, 2)
        if one.sha256 != other.sha256 and is_alike(one.likeness, other.likeness)
    )


def by_time(photos: Iterable[PhotoFacts]) -> tuple[PhotoFacts, ...]:
    """In the order they were taken; those without a time come last, in the order of their numbers."""
    return tuple(
        sorted(photos, key=lambda p: (p.taken_at is None, p.taken_at or p.received_at, p.number)),
    )


def proposed_slot(plan: VisitPlan, photo: PhotoFacts) -> Slot | None:
    """What the timetable says was looked at when *photo* was taken; a proposal for the assessor."""
    return plan.slot_at(photo.taken_at) if photo.taken_at else None


def numbered(photos: Iterable[PhotoFacts], number: int) -> PhotoFacts:
    """The photo of that number in the tray. Raises ``PhotoUnknownError``."""
    found = next((photo for photo in photos if photo.number == number), None)
    if found is None:
        raise PhotoUnknownError(number=number)
    return found


def noted(photos: Iterable[PhotoFacts], number: str) -> PhotoFacts:
    """The photo whose file name ends in the digits somebody noted on paper: 123 finds ``IMG_0123.JPG``.

    Raises:
        PhotoUnknownError, PhotoAmbiguousError.
    """
    wanted = number.strip()
    found = [photo for photo in photos if wanted.isdecimal() and _ending(photo.name) == int(wanted)]
    if not found:
        raise PhotoUnknownError(number=number)
    if len({photo.sha256 for photo in found}) > 1:
        raise PhotoAmbiguousError(number=number)
    return found[0]


def _ending(name: str) -> int | None:
    stem = name.rsplit(".", 1)[0]
    digits = ""
    for character in reversed(stem):
        if character not in "0123456789":
            break
        digits = character + digits
    return int(digits) if digits else None
