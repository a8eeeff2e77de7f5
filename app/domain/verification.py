"""What a verification of the record found."""

from dataclasses import dataclass

from app.domain.ids import Sha256


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the record does not say what its originals and its log say.

    Attributes:
        table: which kind of entry; item: which one, by its code or hash.
        sentence: what is wrong, in words.
    """

    table: str
    item: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The whole finding. ``destroyed`` counts originals that were destroyed by order; they are no difference."""

    packages: int
    differences: tuple[Difference, ...]
    digest: Sha256
    destroyed: int = 0

    @property
    def is_ok(self) -> bool:
        """Whether everything can be computed again from what was signed."""
        return not self.differences
