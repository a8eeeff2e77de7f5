"""What can be said of a package without taking it: for ``package inspect``, and for whoever asks “what is this?”."""

from dataclasses import dataclass

from app.domain.ids import Sha256
from app.domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """One data file that the signature covers."""

    path: str
    size: int
    sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedPackage:
    """What would become of a package, and what it says of itself if its signature holds.

    Attributes:
        outcome: as an import would have it; everything below is empty where that is a refusal.
        sender, addressee: codes of experts and devices, or what the secretariat calls itself; never a person's name.
        code: four groups of five digits, to compare by telephone.
    """

    outcome: Outcome
    sentence: str
    kind: str = ""
    sender: str = ""
    addressee: str = ""
    seq: int | None = None
    sha256: Sha256 | None = None
    code: str = ""
    files: tuple[InspectedFile, ...] = ()
