"""Closed lists of the on-site assessment in words."""

from collections.abc import Iterable
from typing import Final

from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.contradictions import Contradiction
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.hindrance import Hindrance, HindranceKind
from app.domain.onsite.ids import ItemId
from app.domain.onsite.pending import Pending, PendingLine
from app.domain.onsite.returned import LostPhoto, PhotoGap, SignedBy
from app.domain.onsite.visit import Stage
from app.i18n import N_, _

_CONCLUSIONS: Final = {
    Conclusion.PASS: N_("passed"),
    Conclusion.PAPER: N_("passed after rectification on paper"),
    Conclusion.RECHECK: N_("passed after a second visit"),
    Conclusion.FAIL: N_("not passed"),
}
_SIGNED: Final = {
    SignedBy.PACKAGE: N_("signed with the package"),
    SignedBy.DIGITAL: N_("signed digitally"),
    SignedBy.PAPER: N_("signed on paper"),
    SignedBy.EARLIER: N_("signed an earlier wording"),
    SignedBy.MISSING: N_("signature missing"),
}
_GAPS: Final = {
    PhotoGap.MISSING: N_("the file is not on this desk"),
    PhotoGap.DAMAGED: N_("the file is damaged"),
}
_FINDINGS: Final = {
    FindingKind.STRENGTH: N_("strength"),
    FindingKind.OPPORTUNITY: N_("opportunity for improvement"),
    FindingKind.MINOR: N_("minor nonconformity"),
    FindingKind.MAJOR: N_("major nonconformity"),
}
_OUTCOMES: Final = {
    AcknowledgementOutcome.AGREED: N_("agreed"),
    AcknowledgementOutcome.RESERVED: N_("agreed with reservation"),
    AcknowledgementOutcome.REFUSED: N_("signature refused"),
    AcknowledgementOutcome.SEAL_PENDING: N_("agreed, seal to come"),
}
_HINDRANCES: Final = {
    HindranceKind.POSTPONED: N_("Postponed: {reason}"),
    HindranceKind.REFUSED: N_("Refused by the applicant: {reason}"),
    HindranceKind.LIMITED: N_("Limited evidence: {reason}"),
    HindranceKind.SEEN: N_("Seen after all: {reason}"),
}
_STAGES: Final = {
    Stage.PLANNED: N_("planned"),
    Stage.NOTICED: N_("announced to the applicant"),
    Stage.OPENING: N_("opening meeting"),
    Stage.GATHERING: N_("gathering evidence"),
    Stage.TEAM_MEETING: N_("team meeting"),
    Stage.CLOSING: N_("closing meeting"),
    Stage.CONFIRMED: N_("acknowledged by the applicant"),
    Stage.SIGNED: N_("report signed"),
    Stage.RECTIFICATION: N_("rectification running"),
    Stage.VERIFIED: N_("rectification verified"),
    Stage.CLOSED: N_("visit closed"),
    Stage.POSTPONED: N_("postponed"),
    Stage.REFUSED: N_("visit refused by the applicant"),
}


def conclusion_words(conclusion: Conclusion) -> str:
    """The result of a visit."""
    return _(_CONCLUSIONS[conclusion])


def signed_words(signed: SignedBy) -> str:
    """How a member stands below the joint opinion."""
    return _(_SIGNED[signed])


def lost_photo_words(lost: LostPhoto) -> str:
    """Which photograph could not be packed, and why."""
    words = _("photo {number} ({name}): {why}")
    return words.format(number=lost.number, name=lost.name, why=_(_GAPS[lost.gap]))


def finding_words(kind: FindingKind) -> str:
    """The kind of a finding."""
    return _(_FINDINGS[kind])


def acknowledgement_words(outcome: AcknowledgementOutcome) -> str:
    """What the applicant's representative did."""
    return _(_OUTCOMES[outcome])


def stage_words(stage: Stage) -> str:
    """How far a visit has come."""
    return _(_STAGES[stage])


def pending_words(line: PendingLine) -> str:
    """What is left to do about a visit."""
    if line.what is Pending.SEAL and line.due is not None:
        words = _("sealed sheet overdue since {day}") if line.is_overdue else _("sealed sheet to come, due {day}")
        return words.format(day=line.due.isoformat())
    if line.what is Pending.SIGN_AGAIN:
        return _("changed since signing: sign again")
    return _("ready to sign and hand in")


def contradiction_words(what: Contradiction, items: Iterable[ItemId]) -> str:
    """What does not go together, and where."""
    if what is Contradiction.EVIDENCE:
        words = _("Nonconformity whose evidence was withdrawn: {items}")
    elif what is Contradiction.KIND:
        words = _("Grade that says more than the nonconformity: {items}")
    else:
        words = _("Nonconformity that says more than the grade: {items}")
    return words.format(items=", ".join(items))


def hindrance_words(one: Hindrance) -> str:
    """What hindered a visit, why, and until when it was put off."""
    parts = [_(_HINDRANCES[one.kind]).format(reason=one.reason)]
    if one.until is not None:
        parts.append(_("new day {day}").format(day=one.until.isoformat()))
    if one.allowed_by:
        parts.append(_("allowed by {who}").format(who=one.allowed_by))
    return _("; ").join(parts)
