"""Versions of a review that was signed at two desks, in words: each of them, and what they say side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from app.domain.draft import Entry
from app.domain.evidence import Anchor
from app.domain.examination import ExaminationForm
from app.domain.forks import Fork, Version
from app.domain.ids import IndicatorId
from app.domain.review import Answer, Assessment, OpinionPart, Recommendation, VetoFinding
from app.domain.rubric import Rubric
from app.domain.scoring import half_up, totals
from app.i18n import N_, _, ngettext
from app.words.changes import entry_words
from app.words.days import moment_words
from app.words.examination import conclusion_word, verdict_word

T = TypeVar("T")
_PARTS: Final = {
    OpinionPart.TEXT: N_("Opinion"),
    OpinionPart.STRENGTHS: N_("Strengths"),
    OpinionPart.CONCERNS: N_("Concerns"),
}


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One line of the comparison: what it is about, and what each version says there."""

    title: str
    texts: tuple[str, ...]
    is_different: bool


def place_words(version: Version) -> str:
    """At which computer it was signed."""
    if version.is_from_here:
        return _("this computer ({device})").format(device=version.device)
    return _("another computer ({device})").format(device=version.device)


def version_words(version: Version) -> str:
    """One line: which revision, when and where it was signed, and whether the record counts it."""
    words = _("revision {number} · signed {moment} on {place}").format(
        number=version.revision, moment=moment_words(version.sealed_at), place=place_words(version)
    )
    return _("{words} · in the record").format(words=words) if version.is_counted else words


def side_by_side(fork: Fork) -> tuple[SideBySide, ...]:
    """Everything the versions say, in the order of the form; what none of them says is left out."""
    said = [version.assessment for version in fork.versions]
    lines = list(_answers(fork.form, said) if isinstance(fork.form, ExaminationForm) else _scores(fork.form, said))
    lines.append(_line(_("Conclusion"), [one.opinion.recommend for one in said], _conclusion_words))
    for part in OpinionPart:
        texts = [(getattr(one.opinion, part), _cited(one, part)) for one in said]
        lines.append(_line(_(_PARTS[part]), texts, _opinion_words))
    return tuple(line for line in lines if line.is_different or any(line.texts))


def _scores(rubric: Rubric, said: Sequence[Assessment]) -> Iterable[SideBySide]:
    yield _line(_("Total"), [totals(rubric, one.scores).total for one in said], _total_words)
    for indicator in rubric.indicators:
        yield _line(f"{indicator.number} {indicator.name}", [_entry(one, indicator.id) for one in said], _entry_words)
    for veto in rubric.vetoes:
        title = _("Veto: {name}").format(name=veto.text)
        yield _line(title, [_veto(one, veto.id) for one in said], _veto_words)


def _answers(form: ExaminationForm, said: Sequence[Assessment]) -> Iterable[SideBySide]:
    for question in form.questions:
        yield _line(question.text, [_answer(one, question.id) for one in said], _answer_words)


def _line(title: str, parts: Sequence[T], words: Callable[[T], str]) -> SideBySide:
    return SideBySide(title, tuple(words(part) for part in parts), any(part != parts[0] for part in parts))


def _total_words(total: Fraction | None) -> str:
    return str(half_up(total)) if total is not None else ""


def _entry(assessment: Assessment, indicator: IndicatorId) -> Entry:
    score = assessment.score_of(indicator)
    return Entry.of(score) if score else Entry(indicator)


def _entry_words(entry: Entry) -> str:
    return _joined(entry_words(entry), entry.reason, _references(entry.evidence))


def _veto(assessment: Assessment, name: str) -> VetoFinding | None:
    return next((each for each in assessment.vetoes if each.veto == name), None)


def _veto_words(finding: VetoFinding | None) -> str:
    return _joined(finding.fact, _references(finding.evidence)) if finding else ""


def _answer(assessment: Assessment, question: str) -> Answer:
    return next((each for each in assessment.answers if each.question == question), Answer(question, None))


def _answer_words(answer: Answer) -> str:
    verdict = verdict_word(answer.verdict) if answer.verdict else ""
    return _joined(verdict, answer.reason, _references(answer.evidence))


def _conclusion_words(recommend: Recommendation | None) -> str:
    return conclusion_word(recommend) if recommend else ""


def _cited(assessment: Assessment, part: OpinionPart) -> tuple[Anchor, ...]:
    return tuple(anchor for each in assessment.citations if each.part is part for anchor in each.evidence)


def _opinion_words(said: tuple[str, tuple[Anchor, ...]]) -> str:
    text, evidence = said
    return _joined(text, _references(evidence))


def _references(evidence: Sequence[Anchor]) -> str:
    count = len(evidence)
    return ngettext("{count} reference", "{count} references", count).format(count=count) if count else ""


def _joined(*parts: str) -> str:
    return "\n".join(part.strip() for part in parts if part.strip())
