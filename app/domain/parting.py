"""Dividing a hand-out into files that fit on a medium, without scattering a dossier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from app.domain.ids import ApplicationCode

MEGABYTE: Final = 1_000_000  # media are sold, and mail limits are set, in decimal megabytes
DEFAULT_MAX_MB: Final = 1_900


class Medium(StrEnum):
    """What a file of a given size fits on."""

    MAIL = "mail"
    CHAT = "chat"
    CD = "cd"
    STICK = "stick"


_FITS: Final = ((Medium.MAIL, 45), (Medium.CHAT, 95), (Medium.CD, 650))


def medium_for(size: int) -> Medium:
    """The smallest medium that takes *size* bytes."""
    return next((medium for medium, most in _FITS if size <= most * MEGABYTE), Medium.STICK)


@dataclass(frozen=True, slots=True)
class Item:
    """One document: which application, its number in the dossier, and its size in bytes as packed."""

    application: ApplicationCode
    number: int
    size: int


class ItemTooLargeError(ValueError):
    """One document alone is larger than a part may be; ``item`` says which."""

    def __init__(self, item: Item) -> None:
        super().__init__("a document larger than a part")
        self.item = item


def divide(items: Sequence[Item], *, base: int, limit: int) -> tuple[tuple[Item, ...], ...]:
    """The documents of each part, in order; *items* come grouped by application.

    Everything in one part if it fits with the *base* bytes that part 1 always has. Otherwise part 1 has no documents,
    and an application begins a new part rather than straddling two, unless it is larger than a whole part.

    Raises:
        ItemTooLargeError: a document does not fit into any part.
    """
    if base + sum(item.size for item in items) <= limit:
        return (tuple(items),)
    parts: list[list[Item]] = []
    room = 0
    for _application, group in groupby(items, key=lambda item: item.application):
        dossier = list(group)
        size = sum(item.size for item in dossier)
        if not parts or room < size:
            parts.append([])
            room = limit
        for item in dossier:
            if item.size > limit:
                raise ItemTooLargeError(item)
            if item.size > room:
                parts.append([])
                room = limit
            parts[-1].append(item)
            room -= item.size
    return ((), *(tuple(part) for part in _filled(parts)))


def _filled(parts: Iterable[list[Item]]) -> Iterable[list[Item]]:
    return (part for part in parts if part)
