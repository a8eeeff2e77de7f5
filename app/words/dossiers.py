"""Applications: how far they have come, what they are for, and what was noticed about them."""

from typing import Final

from app.domain.application import ApplicationState, BrandCategory, Offering
from app.i18n import N_, _, ngettext

_STATES: Final = {
    ApplicationState.RECOMMENDED: N_("Recommended"),
    ApplicationState.QUAL_SCORING: N_("With the experts"),
    ApplicationState.QUAL_CONSENSUS: N_("All back"),
    ApplicationState.WITHDRAWN: N_("Withdrawn"),
}
_CATEGORIES: Final = {
    BrandCategory.AGRI: N_("Agriculture"),
    BrandCategory.INDUSTRIAL: N_("Industry"),
    BrandCategory.SERVICE: N_("Service"),
    BrandCategory.REGIONAL: N_("Regional"),
}
_OFFERINGS: Final = {Offering.PRODUCT: N_("Product"), Offering.SERVICE: N_("Service offering")}
# The gravity of a finding at intake, by the code that scripts read.
_LEVELS: Final = {"ok": N_("Fine"), "warning": N_("Please look"), "error": N_("Not taken")}


def application_word(state: str) -> str:
    """How far an application has come."""
    return _(_STATES[ApplicationState(state)])


def category_word(category: str) -> str:
    """One of the four brands."""
    return _(_CATEGORIES[BrandCategory(category)])


def offering_word(offering: str) -> str:
    """Product or service."""
    return _(_OFFERINGS[Offering(offering)])


def level_word(level: str) -> str:
    """How grave a finding at intake is."""
    return _(_LEVELS[str(level)])


def dossiers_changed(count: int) -> str:
    """What an intake did to applications that were in the record before, and what is to be done next."""
    return ngettext(
        "{count} dossier was changed; hand out again, so that its experts have it.",
        "{count} dossiers were changed; hand out again, so that their experts have them.",
        count,
    ).format(count=count)
