"""Photographs of a visit as the tray shows them: each with what there is to remark about it, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from app.clock import BEIJING
from app.domain.ids import Sha256
from app.domain.onsite.ids import ItemId
from app.domain.onsite.photo import PhotoFacts
from app.i18n import N_, _
from app.services.visit_resemblance import Resemblance
from app.services.visit_sheet import TrayPhoto, VisitSheet
from ui.state import State, Tone


class Flag(Enum):
    """What can be remarked about a photo; the most urgent first."""

    MISSING = State("✕", N_("file not here"), Tone.BAD)
    ELSEWHERE = State("⇄", N_("also in another visit"), Tone.WARN)
    ALIKE = State("≈", N_("look alike"), Tone.WARN)
    SEVERAL = State("+", N_("on several items"), Tone.NEUTRAL)
    NO_TIME = State("?", N_("time cannot be checked"), Tone.WARN)
    COPY = State("✎", N_("marked copy"), Tone.NEUTRAL)
    LOOSE = State("○", N_("not on an item"), Tone.ACTIVE)

    @property
    def state(self) -> State:
        """Sign, word and tone in the chosen language."""
        return State(self.value.sign, _(self.value.word), self.value.tone)


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """One photo of the tray.

    Attributes:
        flags: in the order of their urgency.
        number: in the tray; with the author's code where somebody else took it in, for each counts from 1.
        alike: numbers of photos of this visit that look alike.
        elsewhere: the same picture, or nearly, in other visits.
    """

    tray: TrayPhoto
    flags: tuple[Flag, ...]
    number: str
    alike: tuple[str, ...] = ()
    elsewhere: tuple[Resemblance, ...] = ()

    @property
    def photo(self) -> PhotoFacts:
        """The facts."""
        return self.tray.photo

    @property
    def sha256(self) -> Sha256:
        """What it is known by."""
        return self.tray.photo.sha256


def lines_of(
    sheet: VisitSheet, missing: Iterable[Sha256] = (), elsewhere: Iterable[Resemblance] = ()
) -> tuple[PhotoLine, ...]:
    """The tray in the order of time. *missing*: whose bytes are not here; *elsewhere*: found in other visits, too."""
    gone = frozenset(missing)
    numbers = photo_numbers(sheet)
    twins: dict[Sha256, list[str]] = {}
    for one, other in sheet.alike:
        twins.setdefault(one, []).append(numbers[other])
        twins.setdefault(other, []).append(numbers[one])
    abroad: dict[Sha256, list[Resemblance]] = {}
    for found in elsewhere:
        abroad.setdefault(found.photo, []).append(found)
    sheets = frozenset(sheet.acknowledgement.sheets) if sheet.acknowledgement else frozenset()
    lines = []
    for tray in sheet.photos:
        sha256 = tray.photo.sha256
        applies = {
            Flag.MISSING: sha256 in gone,
            Flag.ELSEWHERE: sha256 in abroad,
            Flag.ALIKE: sha256 in twins,
            Flag.SEVERAL: len(tray.items) > 1,
            Flag.NO_TIME: tray.photo.is_time_unknown,
            Flag.COPY: tray.copy_of is not None,
            Flag.LOOSE: not tray.items and tray.copy_of is None and sha256 not in sheets,
        }
        flags = tuple(flag for flag in Flag if applies[flag])
        alike, others = tuple(twins.get(sha256, ())), tuple(abroad.get(sha256, ()))
        lines.append(PhotoLine(tray, flags, numbers[sha256], alike, others))
    return tuple(lines)


def photo_numbers(sheet: VisitSheet) -> dict[Sha256, str]:
    """“12” for a photo of this desk, “P1-12” for one that P1 took; unique within a visit."""
    return {
        one.photo.sha256: str(one.photo.number)
        if one.photo.author == sheet.me
        else f"{one.photo.author}-{one.photo.number}"
        for one in sheet.photos
    }


def counts_of(lines: Iterable[PhotoLine]) -> Mapping[Flag, int]:
    """How many photos each remark applies to; remarks that apply to none are left out."""
    found = [flag for line in lines for flag in line.flags]
    return {flag: found.count(flag) for flag in Flag if flag in found}


def clock_words(moment: datetime) -> str:
    """The time of day where the factories are."""
    return f"{moment.astimezone(BEIJING):%H:%M}"


def moment_words(moment: datetime) -> str:
    """Day and time where the factories are."""
    there = moment.astimezone(BEIJING)
    day = _("{year}-{month:02}-{day:02}").format(year=there.year, month=there.month, day=there.day)
    return f"{day} {there:%H:%M:%S}"


def claimed_words(photo: PhotoFacts) -> str:
    """When the camera says it was taken."""
    return _(TIME_UNKNOWN) if photo.taken_at is None else moment_words(photo.taken_at)


TIME_UNKNOWN: Final = N_("The time it was taken cannot be checked")


def items_words(items: Iterable[ItemId]) -> str:
    """“B3, B4”."""
    return _(", ").join(items)


def spoken_words(line: PhotoLine) -> str:
    """A photo in one sentence, for who hears it instead of seeing it."""
    photo = line.photo
    parts = [_("Photo {number}").format(number=line.number), claimed_words(photo)]
    if line.tray.items:
        parts.append(_("on {items}").format(items=items_words(line.tray.items)))
    parts += [flag.state.word for flag in line.flags]
    return _(", ").join(parts)
