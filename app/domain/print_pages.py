"""Which pages of a document go on paper, as people write it: ``3``, ``1-3``, ``1-3,7``."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from app.domain.ids import Sha256
from app.errors import UserFacingError
from app.i18n import N_

MOST: Final = 100  # at once: a print-out is for a few pages to think over, not for a second dossier
_PART: Final = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")
_SEPARATORS: Final = dict.fromkeys(map(ord, "、；;"), ",") | dict.fromkeys(map(ord, "–—~〜至"), "-")


class PagesUnreadableError(UserFacingError):
    """Not a list of pages that this document has."""

    code = "pages_unreadable"
    message = N_("“{pages}” does not name pages of this document, which has {count}. Write for example 1-3,7.")


class TooManyPagesError(UserFacingError):
    """More than go on paper at once."""

    code = "too_many_pages"
    message = N_("These are {count} pages. At most {most} can be printed at once; choose the ones that are needed.")


@dataclass(frozen=True, slots=True)
class PrintPages:
    """Pages in rising order, each once, counted from 1."""

    numbers: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.numbers or self.numbers[0] < 1 or tuple(sorted(set(self.numbers))) != self.numbers:
            raise ValueError("pages")

    @classmethod
    def read(cls, text: str, *, count: int) -> Self:
        """The pages that *text* names in a document of *count* pages; blank or ``*`` stands for all of them.

        Raises:
            PagesUnreadableError: it names none, or one that is not there.
            TooManyPagesError: more than :data:`MOST`.
        """
        plain = "".join(unicodedata.normalize("NFKC", text).translate(_SEPARATORS).split())
        wanted: set[int] = set()
        for part in (plain if plain not in {"", "*"} else f"1-{count}").split(","):
            found = _PART.fullmatch(part)
            first = int(found[1]) if found else 0
            last = int(found[2] or first) if found else 0
            if not 1 <= first <= last <= count:
                raise PagesUnreadableError(pages=text.strip()[:40], count=count)
            wanted.update(range(first, last + 1))
        if len(wanted) > MOST:
            raise TooManyPagesError(count=len(wanted), most=MOST)
        return cls(tuple(sorted(wanted)))

    def text(self) -> str:
        """The shortest way to write them, such as ``1-3,7``."""
        parts: list[str] = []
        start = before = self.numbers[0]
        for number in (*self.numbers[1:], 0):
            if number == before + 1:
                before = number
                continue
            parts.append(str(start) if start == before else f"{start}-{before}")
            start = before = number
        return ",".join(parts)


@dataclass(frozen=True, slots=True)
class PrintMade:
    """One line of a review's log: which pages of which document were printed when.

    Attributes:
        title: as the dossier names it now; empty if the document is no longer part of it.
        pages: such as ``1-3,7``.
    """

    at: datetime
    sha256: Sha256
    title: str
    pages: str
