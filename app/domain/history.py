"""What became of a review: its draft's last states, and what is different from the revision signed last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.domain.draft import Entry
from app.domain.evidence import Anchor
from app.domain.review import Assessment, OpinionPart
from app.domain.scoring import Score

PAUSE: Final = timedelta(minutes=5)  # a longer one separates two states


class What(StrEnum):
    """What of a review can be different."""

    VALUE = "value"
    REASON = "reason"
    EVIDENCE = "evidence"
    CONCLUSION = "conclusion"
    OPINION = "opinion"
    VETO = "veto"
    CITATION = "citation"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was.

    Attributes:
        name: of the indicator, the part of the opinion, the veto or the question; empty for the conclusion.
        before, after: the value as the event chain writes it, the text, or the number of references.
    """

    what: What
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Made:
    """One step of editing, as far as its history is concerned."""

    number: int
    target: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """A state of a draft that can be put back: as it stood after step *number*.

    Attributes:
        at: when its last step was made; ``None`` for the state before everything that is still known.
        targets: fields that were touched on the way to it, each once.
        steps: how many steps led to it from the state before.
    """

    number: int
    at: datetime | None
    targets: tuple[str, ...]
    steps: int


def states(made: Sequence[Made]) -> tuple[State, ...]:
    """The states that *made*, the oldest first, leads through; the newest state first, and last the beginning.

    Steps belong to one state as long as no pause is longer than :data:`PAUSE`.
    """
    if not made:
        return ()
    groups: list[list[Made]] = []
    for step in made:
        last = groups[-1][-1].at if groups else None
        is_pause = bool(groups) and (last is None) != (step.at is None)
        is_pause |= last is not None and step.at is not None and step.at - last > PAUSE
        if not groups or is_pause:
            groups.append([])
        groups[-1].append(step)
    found = [
        State(group[-1].number, group[-1].at, tuple(dict.fromkeys(step.target for step in group)), len(group))
        for group in groups
    ]
    return (*reversed(found), State(made[0].number - 1, None, (), 0))


def differences(before: Assessment, after: Assessment) -> tuple[Difference, ...]:
    """What is different in *after*, in the order of the form."""
    return tuple(each for each in _pairs(before, after) if each.before != each.after)


def _pairs(before: Assessment, after: Assessment) -> Iterable[Difference]:
    old_scores, new_scores = _by_indicator(before), _by_indicator(after)
    for name in dict.fromkeys((*new_scores, *old_scores)):
        old, new = old_scores.get(name), new_scores.get(name)
        yield Difference(What.VALUE, name, _value(old), _value(new))
        yield Difference(What.REASON, name, old.reason if old else "", new.reason if new else "")
        yield from _places(What.EVIDENCE, name, old.evidence if old else (), new.evidence if new else ())
    yield Difference(What.CONCLUSION, "", before.opinion.recommend or "", after.opinion.recommend or "")
    for part in OpinionPart:
        yield Difference(What.OPINION, part, getattr(before.opinion, part), getattr(after.opinion, part))
    yield from _others(before, after)


def _others(before: Assessment, after: Assessment) -> Iterable[Difference]:
    old_vetoes, new_vetoes = ({each.veto: each for each in one.vetoes} for one in (before, after))
    for veto in dict.fromkeys((*new_vetoes, *old_vetoes)):
        was, now = old_vetoes.get(veto), new_vetoes.get(veto)
        yield Difference(What.VETO, veto, was.fact if was else "", now.fact if now else "")
        yield from _places(What.EVIDENCE, veto, was.evidence if was else (), now.evidence if now else ())
    old_cited, new_cited = ({(c.part, c.sentence): c.evidence for c in one.citations} for one in (before, after))
    for part, sentence in dict.fromkeys((*new_cited, *old_cited)):
        key = (part, sentence)
        yield from _places(What.CITATION, f"{part}/{sentence}", old_cited.get(key, ()), new_cited.get(key, ()))
    old_answers, new_answers = ({a.question: a for a in one.answers} for one in (before, after))
    for question in dict.fromkeys((*new_answers, *old_answers)):
        old, new = old_answers.get(question), new_answers.get(question)
        yield Difference(
            What.ANSWER,
            question,
            f"{old.verdict or ''} {old.reason}".strip() if old else "",
            f"{new.verdict or ''} {new.reason}".strip() if new else "",
        )


def _places(what: What, name: str, old: tuple[Anchor, ...], new: tuple[Anchor, ...]) -> Iterable[Difference]:
    """References differ by themselves, not by their number: one may have taken another's place."""
    if old != new:
        same = len(old) == len(new)
        yield Difference(what, name, str(len(old)), f"{len(new)}*" if same else str(len(new)))


def _by_indicator(assessment: Assessment) -> dict[str, Score]:
    return {str(score.indicator): score for score in assessment.scores}


def _value(score: Score | None) -> str:
    return Entry.of(score).value_text() if score else ""
