"""How a finding stands, in a word and in a sentence."""

from datetime import date

from app.domain.onsite.finding import Finding, FindingKind, FindingState
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from app.words.onsite import finding_words
from ui.state import State, Tone
from ui.visit.meeting_parts import name_of

_TONES = {
    FindingKind.STRENGTH: ("+", Tone.GOOD),
    FindingKind.OPPORTUNITY: ("↗", Tone.NEUTRAL),
    FindingKind.MINOR: ("○", Tone.WARN),
    FindingKind.MAJOR: ("●", Tone.BAD),
}


def day_words(day: date) -> str:
    """A day of the calendar."""
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def kind_state(finding: Finding) -> State:
    """The kind of a finding as sign, word and tone."""
    sign, tone = _TONES[finding.kind]
    return State(sign, finding_words(finding.kind), tone)


def standing_state(finding: Finding) -> State:
    """How it stands, for a list."""
    if finding.state is FindingState.WITHDRAWN:
        return State("✕", _("withdrawn"), Tone.NEUTRAL)
    if finding.is_verified:
        return State("✓", _("verified"), Tone.GOOD)
    if finding.state is FindingState.CORRECTED:
        return State("✓", _("corrected on the spot"), Tone.GOOD)
    if finding.rectification is not None and finding.rectification.is_effective is False:
        return State("!", _("not effective"), Tone.BAD)
    return State("○", _("standing"), Tone.ACTIVE if finding.kind.is_nonconformity else Tone.NEUTRAL)


def state_sentence(finding: Finding, sheet: VisitSheet) -> str:
    """Everything about how it stands: reason, due date, verification."""
    parts = [_("By {name}.").format(name=name_of(sheet, finding.author))]
    if finding.state is FindingState.WITHDRAWN:
        parts.append(_("Withdrawn: {reason}").format(reason=finding.state_reason))
    elif finding.state is FindingState.CORRECTED:
        parts.append(_("Corrected on the spot: {reason}").format(reason=finding.state_reason))
    todo = finding.rectification if finding.counts else None
    if todo is not None:
        parts.append(_("To be rectified until {day}.").format(day=day_words(todo.due)))
        if todo.verified_on is not None and todo.verified_by is not None:
            words = (
                _("Verified on {day} by {name}: {done}")
                if todo.is_effective
                else _("Looked at on {day} by {name} and not found effective: {done}")
            )
            name = name_of(sheet, todo.verified_by)
            parts.append(words.format(day=day_words(todo.verified_on), name=name, done=todo.done))
    return "\n".join(parts)
