"""What was written, before and after, in words."""

from app.domain.draft import Entry
from app.domain.scoring import Standing
from app.i18n import N_, _

_STANDINGS = {Standing.NOT_APPLICABLE: N_("not applicable"), Standing.UNJUDGED: N_("cannot be judged")}


def entry_words(entry: Entry) -> str:
    """The value of an indicator as a person reads it."""
    if entry.standing is None:
        return _("empty")
    if entry.standing is not Standing.GIVEN:
        return _(_STANDINGS[entry.standing])
    return _("{percent} per cent").format(percent=entry.percent)
