"""What the secretariat is told about each outcome of an import: what happened, and what to do next."""

from typing import Final

from app.domain.outcome import Outcome
from app.i18n import N_, _
from app.packages.refusal import refusal_sentence

_SENTENCES: Final = {
    Outcome.NEW: N_("Taken into the record."),
    Outcome.REVISION: N_("A new revision was taken; the earlier one is kept."),
    Outcome.ALREADY_IMPORTED: N_("This was imported before and is identical. There is nothing to do."),
    Outcome.FORK: N_(
        "The expert signed this review at two computers. Send the receipts: both desks show the two versions, the "
        "expert chooses one and signs again, and this one is settled by itself."
    ),
    Outcome.EARLY_REVISION: N_(
        "A revision arrived before the one it replaces. It is taken by itself as soon as that one is here."
    ),
    Outcome.LATE: N_("It arrived after the deadline. Extend the deadline and import it again, or decide about it."),
    Outcome.RECALLED_ASSIGNMENT: N_(
        "The application was taken back, or changed after this was signed. Decide whether it is taken all the same."
    ),
    Outcome.REVOKED_CERTIFICATE: N_(
        "It was signed on a computer that is no longer trusted. Compare the package code by telephone, then decide."
    ),
    Outcome.SEQUENCE_JUMP: N_(
        "Its number is far above the last one from this computer. Ask how many packages were sent, then decide."
    ),
    Outcome.CONFLICT_FOUND: N_(
        "The expert is tied to the applicant, or has declared so. Decide about the conflict first."
    ),
    Outcome.FROZEN: N_("The individual scores of this application are closed. The committee decides about a change."),
    Outcome.UNASSIGNED: N_("This expert was not asked for that application. Nothing was taken."),
    Outcome.RUBRIC_MISMATCH: N_(
        "It was judged by other rules than those of this campaign. Ask the expert to begin again."
    ),
    Outcome.INCOMPLETE: N_(
        "Something that the rules ask for is missing. Ask the expert to complete and sign it again."
    ),
}


def outcome_sentence(outcome: Outcome) -> str:
    """The sentence for *outcome*, in the chosen language."""
    found = _SENTENCES.get(outcome)
    return _(found) if found else refusal_sentence(outcome)
