"""What was written, before and after, in words."""

from app.domain.draft import Entry
from app.domain.history import Difference, What
from app.domain.rubric import Rubric
from app.domain.scoring import Standing
from app.i18n import N_, _

_STANDINGS = {Standing.NOT_APPLICABLE: N_("not applicable"), Standing.UNJUDGED: N_("cannot be judged")}
_EMPTY = N_("empty")
_CONCLUSIONS = {"yes": N_("Recommended"), "no": N_("Not recommended")}
_PARTS = {"text": N_("opinion"), "strengths": N_("strengths"), "concerns": N_("concerns")}
_TARGETS = {
    "value": N_("score"),
    "reason": N_("reason"),
    "evidence": N_("references"),
    "opinion.recommend": N_("conclusion"),
    "opinion.text": N_("opinion"),
    "opinion.strengths": N_("strengths"),
    "opinion.concerns": N_("concerns"),
    "veto": N_("veto"),
    "answer": N_("answer"),
    "answer_reason": N_("reason"),
    "answer_evidence": N_("references"),
}
_WHATS = {
    What.VALUE: N_("score"),
    What.REASON: N_("reason"),
    What.EVIDENCE: N_("references"),
    What.CONCLUSION: N_("conclusion"),
    What.OPINION: N_("text"),
    What.VETO: N_("veto"),
    What.CITATION: N_("references"),
    What.ANSWER: N_("answer"),
}


def entry_words(entry: Entry) -> str:
    """The value of an indicator as a person reads it."""
    if entry.standing is None:
        return _(_EMPTY)
    if entry.standing is not Standing.GIVEN:
        return _(_STANDINGS[entry.standing])
    return _("{percent} per cent").format(percent=entry.percent)


def target_words(target: str, rubric: Rubric | None) -> str:
    """The field of a draft that a step has touched."""
    part, _colon, name = target.partition(":")
    known = next((each for each in (rubric.indicators if rubric else ()) if each.id == name), None)
    words = _(_TARGETS[part]) if part in _TARGETS else target
    return f"{known.number} {words}" if known else f"{words} {name}".strip()


def difference_words(difference: Difference, rubric: Rubric | None) -> str:
    """One line: what, how it was, how it is. Long texts are only named."""
    known = next((each for each in (rubric.indicators if rubric else ()) if each.id == difference.name), None)
    name = f"{known.number} {known.name}" if known else _name(difference)
    what = _(_WHATS[difference.what])
    if difference.what is What.VALUE:
        before, after = (_value(text) for text in (difference.before, difference.after))
        return _("{name}: {before} → {after}").format(name=name, before=before, after=after)
    if difference.what is What.CONCLUSION:
        before, after = (_(_CONCLUSIONS.get(text, _EMPTY)) for text in (difference.before, difference.after))
        return _("{name}: {before} → {after}").format(name=what, before=before, after=after)
    if not difference.before or difference.before == "0":
        return _("{name}: {what} added").format(name=name, what=what)
    if not difference.after or difference.after == "0":
        return _("{name}: {what} taken away").format(name=name, what=what)
    return _("{name}: {what} changed").format(name=name, what=what)


def _name(difference: Difference) -> str:
    if difference.what is What.OPINION:
        return _(_PARTS[difference.name])
    return difference.name.rpartition("/")[2]


def _value(text: str) -> str:
    if not text:
        return _(_EMPTY)
    word = text.partition("/")[0]
    if word in ("na", "unjudged"):
        return _(_STANDINGS[Standing(word)])
    return _("{percent} per cent").format(percent=word) if word.isdigit() else text
