"""Packages: what they carry, who sends and receives them, and what they fit on."""

from typing import Final

from app.domain.parting import Medium
from app.i18n import N_, _

# Kinds and parties by the codes that stand in every package (see FORMAT.md).
_KINDS: Final = {
    "invitation": N_("Invitation"),
    "enrolment": N_("Request to enrol"),
    "credential": N_("Certificate"),
    "assignment": N_("Assignment"),
    "review": N_("Hand-in"),
    "exchange": N_("Exchange"),
    "receipt": N_("Receipt file"),
}
_PARTIES: Final = {
    "secretariat": N_("Secretariat"),
    "expert": N_("Expert"),
    "applicant": N_("Expert without a certificate"),
}
_FROM_THE_SECRETARIAT: Final = frozenset({"invitation", "credential", "assignment", "receipt"})
_MEDIA: Final = {
    Medium.MAIL: N_("Mail"),
    Medium.CHAT: N_("Chat"),
    Medium.CD: N_("CD"),
    Medium.STICK: N_("Memory stick"),
}


def kind_word(kind: str) -> str:
    """What a package carries; empty where that is not known."""
    return _(_KINDS[kind]) if kind else ""


def party_word(party: str) -> str:
    """Who sends or receives: a role in words, the code of an expert or of a computer as it is."""
    return _(_PARTIES[party]) if party in _PARTIES else party


def sender_word(sender: str, kind: str) -> str:
    """Who signed; a certificate of the secretariat is named for programs, so the secretariat is named instead."""
    return party_word("secretariat" if kind in _FROM_THE_SECRETARIAT else sender)


def medium_word(medium: str) -> str:
    """The smallest medium something fits on."""
    return _(_MEDIA[Medium(medium)])
