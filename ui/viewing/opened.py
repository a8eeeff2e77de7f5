"""What is known of a document that can be shown: how many pages, and how large those are that were measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from app.domain.ids import Sha256
from ui.viewing.source import OverviewLike, SizeLike


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that can be shown now.

    A large document brings its pages in pieces, and measuring a page needs the piece in which it begins. Until that is
    done a page counts as large as the first one, which most are; whoever looks at the first page does not wait for it.

    Attributes:
        sizes: of every page, the guessed ones included.
        guessed: pages, from 1, that have not been measured.
    """

    sha256: Sha256
    overview: OverviewLike
    sizes: tuple[SizeLike, ...]
    guessed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, sha256: Sha256, overview: OverviewLike, measured: Mapping[int, SizeLike]) -> Self:
        """Just opened; the first page is *measured* if there are pages, and maybe another one."""
        pages = range(1, overview.pages + 1)
        sizes = tuple(measured.get(page, measured[1]) for page in pages)
        return cls(sha256, overview, sizes, frozenset(pages) - measured.keys())

    @property
    def is_picture(self) -> bool:
        """Measured in pixels, without words."""
        return self.overview.width > 0

    def measured(self, first: int, sizes: Sequence[SizeLike]) -> Self:
        """The same, with the *sizes* of some pages from *first* on known."""
        known = (*self.sizes[: first - 1], *sizes, *self.sizes[first - 1 + len(sizes) :])
        return replace(self, sizes=known, guessed=self.guessed - set(range(first, first + len(sizes))))
