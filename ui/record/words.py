"""Words of the record's window that several screens say in the same way."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.domain.assigning import ConflictGround
from app.domain.conflict import ConflictKind
from app.domain.scoring import half_up
from app.i18n import N_, _
from app.words import days

DASH: Final = "—"
_TIES: Final = {
    ConflictKind.EMPLOYMENT: N_("employed by"),
    ConflictKind.STANDARD_DRAFTER: N_("drafted the standard of the application:"),
    ConflictKind.LABORATORY: N_("tied to the laboratory of the test report:"),
    ConflictKind.RECOMMENDER: N_("tied to the recommending department:"),
}


def day_words(moment: datetime | None) -> str:
    """A day as this computer's calendar has it, or a dash."""
    return DASH if moment is None else days.day_words(moment)


def last_day(deadline: datetime | None) -> str:
    """The last day of a deadline, or a dash where there is none yet."""
    return DASH if deadline is None else days.last_day_words(deadline)


def moment_words(moment: datetime | None) -> str:
    """A day and a time of this computer, or a dash."""
    return DASH if moment is None else days.moment_words(moment)


def points_words(total: Fraction | Decimal | None) -> str:
    """A total with two decimals, or a dash; missing is not zero."""
    if total is None:
        return DASH
    return str(half_up(total) if isinstance(total, Fraction) else total)


def ground_words(expert: str, ground: ConflictGround) -> str:
    """The path from the expert to the application: “Zhang → employed by → Example Ltd”."""
    tie = _TIES.get(ground.kind, N_("declared a relation to"))
    return _("{expert} → {tie} {organisation}").format(expert=expert, tie=_(tie), organisation=ground.organisation)


def joined(parts: list[str]) -> str:
    """Parts of a line, without the empty ones."""
    return " · ".join(part for part in parts if part)
