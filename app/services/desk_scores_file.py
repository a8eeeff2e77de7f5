"""Scores from a file: ``{"scores": {"rd_platform": {"percent": 75, "reason": "…"}}, "opinion": {…}, "vetoes": […]}``.

For an examination: ``{"answers": {"standard": {"verdict": "doubt", "reason": "…"}}, "opinion": {…}}``.
The opinion's ``evidence`` lists sentences and their places: ``{"part": "text", "sentence": "…", "evidence": […]}``.
:func:`~app.services.desk_scores_out.scores_document` writes a draft in the same words.
Everything is optional and what is not named stays as it is; ``null`` for an indicator clears it. The file is a
stranger's text until it has been read through, and a mistake is told with its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from app.domain.citing import ordered
from app.domain.evidence import Anchor
from app.domain.examination import ExaminationForm, ReviewForm
from app.domain.ids import IndicatorId, Sha256
from app.domain.review import Citation, OpinionPart, Recommendation, Verdict, VetoFinding
from app.domain.rubric import Rubric
from app.domain.scoring import Score, Standing, check_score, percent_of_points
from app.errors import UserFacingError
from app.i18n import N_, _
from app.services import desk_fields
from app.services.desk_editing import Editing
from app.services.desk_errors import ScoresFileError, VetoUnknownError
from app.storage.desk.records import EMPTY, FieldValue
from app.storage.desk.store import UnitOfWork

LARGEST_FILE: Final = 4 * 1024 * 1024
_SCORE_KEYS: Final = frozenset({"percent", "points", "na", "unjudged", "cap", "reason", "evidence"})
_ANSWER_KEYS: Final = frozenset({"verdict", "reason", "evidence"})
_OPINION_KEYS: Final = frozenset({"recommend", "evidence", *desk_fields.OPINION_TEXTS})
_CITATION_KEYS: Final = frozenset({"part", "sentence", "evidence"})
_ANCHOR_KEYS: Final = frozenset(Anchor.__dataclass_fields__)
_UNKNOWN_KEY: Final = N_("nothing is called that")
_NEEDS_OBJECT: Final = N_("an object in braces is expected")
_NEEDS_LIST: Final = N_("a list in brackets is expected")
_NEEDS_TEXT: Final = N_("a text in quotation marks is expected")
_NEEDS_NUMBER: Final = N_("a whole number is expected")
_NEEDS_TRUTH: Final = N_("true or false is expected")
_NOT_JSON: Final = N_("this is not JSON in UTF-8")
_TOO_LARGE: Final = N_("the file is too large")
_ONE_VALUE: Final = N_("give one of percent, points, na and unjudged")
_YES_OR_NO: Final = N_("yes or no is expected")
_PART: Final = N_("text, strengths or concerns is expected")
_VERDICT: Final = N_("yes, no or doubt is expected")
_OTHER_FORM: Final = N_("this review has another form")
_NOT_AN_ANCHOR: Final = N_("this is not a place in a document")
_FOREIGN_DOCUMENT: Final = N_("the dossier has no document with this hash")


@dataclass(frozen=True, slots=True)
class WantedScore:
    """What a file says of one indicator; ``None`` where it says nothing."""

    clears: bool = False
    has_value: bool = False
    percent: int | None = None
    points: int | None = None
    standing: Standing | None = None
    at_cap: bool | None = None
    reason: str | None = None
    evidence: tuple[Anchor, ...] | None = None


@dataclass(frozen=True, slots=True)
class WantedAnswer:
    """What a file says of one question; ``None`` where it says nothing."""

    clears: bool = False
    sets_verdict: bool = False
    verdict: Verdict | None = None
    reason: str | None = None
    evidence: tuple[Anchor, ...] | None = None


@dataclass(frozen=True, slots=True)
class WantedScores:
    """A file that has been read through; whether the rubric allows it is not known yet."""

    scores: Mapping[IndicatorId, WantedScore]
    recommend: Recommendation | None
    sets_recommend: bool
    texts: Mapping[str, str]
    vetoes: tuple[VetoFinding, ...] | None
    answers: Mapping[str, WantedAnswer] = field(default_factory=dict)
    citations: tuple[Citation, ...] | None = None


def read_scores(untrusted: bytes) -> WantedScores:
    """What the file says.

    Raises:
        ScoresFileError: with the place and what is wrong there.
    """
    if len(untrusted) > LARGEST_FILE:
        raise _wrong("$", _TOO_LARGE)
    try:
        whole = msgspec.json.decode(untrusted.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _wrong("$", _NOT_JSON) from None
    parts = _object(whole, "$", {"scores", "opinion", "vetoes", "answers"})
    scores = _object(parts.get("scores", {}), "scores", None)
    opinion = _object(parts.get("opinion", {}), "opinion", _OPINION_KEYS)
    texts = {name: _text(opinion[name], f"opinion.{name}") for name in desk_fields.OPINION_TEXTS if name in opinion}
    return WantedScores(
        {IndicatorId(name): _score(value, f"scores.{name}") for name, value in scores.items()},
        _recommendation(opinion.get("recommend")),
        "recommend" in opinion,
        texts,
        _vetoes(parts["vetoes"]) if parts.get("vetoes") is not None else None,
        {
            name: _answer(value, f"answers.{name}")
            for name, value in _object(parts.get("answers", {}), "answers", None).items()
        },
        _citations(opinion["evidence"]) if "evidence" in opinion else None,
    )


def apply_scores(wanted: WantedScores, editing: Editing, work: UnitOfWork, *, form: ReviewForm) -> None:
    """Make the draft say what the file says.

    Raises:
        ScoresFileError, VetoUnknownError, UnknownQuestionError: it does not fit the dossier or the form. The errors
            of scoring.
    """
    documents = {listed.document.sha256 for listed in work.assignments.documents(editing.record.review)}
    if isinstance(form, ExaminationForm):
        _apply_answers(wanted, editing, form=form, documents=documents)
    else:
        _apply_judgement(wanted, editing, work, rubric=form, documents=documents)
    if wanted.sets_recommend:
        editing.put(desk_fields.RECOMMEND, FieldValue(wanted.recommend or ""))
    for name, text in wanted.texts.items():
        editing.put(desk_fields.OPINION_TEXTS[name], desk_fields.text_field(text))
    if wanted.citations is not None:
        for number, citation in enumerate(wanted.citations, start=1):
            _require_known(citation.evidence, documents, f"opinion.evidence.{number}.evidence")
        editing.put(desk_fields.OPINION_EVIDENCE, desk_fields.citations_field(ordered(wanted.citations)))
    editing.settle()


def _apply_judgement(
    wanted: WantedScores, editing: Editing, work: UnitOfWork, *, rubric: Rubric, documents: set[Sha256]
) -> None:
    if wanted.answers:
        raise _wrong("answers", _OTHER_FORM)
    for indicator, score in wanted.scores.items():
        rubric.indicator(indicator)
        _require_known(score.evidence or (), documents, f"scores.{indicator}.evidence")
        _apply_score(indicator, score, editing, work, rubric=rubric)
    if wanted.vetoes is not None:
        for finding in wanted.vetoes:
            _require_known(finding.evidence, documents, f"vetoes.{finding.veto}.evidence")
        _apply_vetoes(wanted.vetoes, editing, rubric=rubric)


def _apply_answers(wanted: WantedScores, editing: Editing, *, form: ExaminationForm, documents: set[Sha256]) -> None:
    if wanted.scores or wanted.vetoes:
        raise _wrong("scores" if wanted.scores else "vetoes", _OTHER_FORM)
    for name, answer in wanted.answers.items():
        form.question(name)
        _require_known(answer.evidence or (), documents, f"answers.{name}.evidence")
        if answer.clears or answer.sets_verdict:
            editing.put(desk_fields.answer_target(name), FieldValue(answer.verdict or ""))
        if answer.clears or answer.reason is not None:
            editing.put(desk_fields.answer_reason_target(name), desk_fields.text_field(answer.reason or ""))
        if answer.clears or answer.evidence is not None:
            editing.put(desk_fields.answer_evidence_target(name), desk_fields.evidence_field(answer.evidence or ()))


def _apply_score(
    indicator: IndicatorId, wanted: WantedScore, editing: Editing, work: UnitOfWork, *, rubric: Rubric
) -> None:
    value_target = desk_fields.value_target(indicator)
    if wanted.clears:
        for target in (value_target, desk_fields.reason_target(indicator), desk_fields.evidence_target(indicator)):
            editing.put(target, EMPTY)
        return
    standing, percent, at_cap = desk_fields.read_value(work.drafts.field(editing.record.review, value_target))
    if wanted.has_value:
        standing, percent = wanted.standing, wanted.percent
        if wanted.points is not None:
            percent = percent_of_points(rubric, rubric.indicator(indicator), wanted.points)
    at_cap = at_cap if wanted.at_cap is None else wanted.at_cap
    if standing is not None:
        check_score(rubric, Score(indicator, standing, percent, at_cap=at_cap))
    editing.put(value_target, desk_fields.value_field(standing, percent, at_cap=at_cap))
    if wanted.reason is not None:
        editing.put(desk_fields.reason_target(indicator), desk_fields.text_field(wanted.reason))
    if wanted.evidence is not None:
        editing.put(desk_fields.evidence_target(indicator), desk_fields.evidence_field(wanted.evidence))


def _apply_vetoes(vetoes: tuple[VetoFinding, ...], editing: Editing, *, rubric: Rubric) -> None:
    known = [veto.id for veto in rubric.vetoes]
    found = {finding.veto: finding for finding in vetoes}
    for name in found:
        if name not in known:
            raise VetoUnknownError(veto=name)
    for name in known:
        editing.put(desk_fields.veto_target(name), desk_fields.veto_field(found.get(name)))


def _require_known(anchors: tuple[Anchor, ...], documents: set[Sha256], place: str) -> None:
    for anchor in anchors:
        if anchor.document not in documents:
            raise _wrong(place, _FOREIGN_DOCUMENT)


def _score(value: Any, place: str) -> WantedScore:
    if value is None:
        return WantedScore(clears=True)
    given = _object(value, place, _SCORE_KEYS)
    is_missing = {name: _truth(given.get(name, False), f"{place}.{name}") for name in ("na", "unjudged")}
    numbers = {
        name: _number(given[name], f"{place}.{name}") for name in ("percent", "points") if given.get(name) is not None
    }
    if sum(is_missing.values()) + len(numbers) > 1:
        raise _wrong(place, _ONE_VALUE)
    standing = None
    if numbers:
        standing = Standing.GIVEN
    elif is_missing["na"]:
        standing = Standing.NOT_APPLICABLE
    elif is_missing["unjudged"]:
        standing = Standing.UNJUDGED
    return WantedScore(
        has_value=standing is not None or "percent" in given or "points" in given,
        percent=numbers.get("percent"),
        points=numbers.get("points"),
        standing=standing,
        at_cap=_truth(given["cap"], f"{place}.cap") if "cap" in given else None,
        reason=_text(given["reason"], f"{place}.reason") if "reason" in given else None,
        evidence=_anchors(given["evidence"], f"{place}.evidence") if "evidence" in given else None,
    )


def _answer(value: Any, place: str) -> WantedAnswer:
    if value is None:
        return WantedAnswer(clears=True)
    given = _object(value, place, _ANSWER_KEYS)
    verdict = given.get("verdict")
    if verdict is not None and verdict not in tuple(Verdict):
        raise _wrong(f"{place}.verdict", _VERDICT)
    return WantedAnswer(
        sets_verdict="verdict" in given,
        verdict=None if verdict is None else Verdict(verdict),
        reason=_text(given["reason"], f"{place}.reason") if "reason" in given else None,
        evidence=_anchors(given["evidence"], f"{place}.evidence") if "evidence" in given else None,
    )


def _vetoes(value: Any) -> tuple[VetoFinding, ...]:
    findings = []
    for number, each in enumerate(_list(value, "vetoes"), start=1):
        place = f"vetoes.{number}"
        given = _object(each, place, {"veto", "fact", "evidence"})
        findings.append(
            VetoFinding(
                _text(given.get("veto"), f"{place}.veto"),
                _text(given.get("fact"), f"{place}.fact"),
                _anchors(given.get("evidence", []), f"{place}.evidence"),
            )
        )
    return tuple(findings)


def _citations(value: Any) -> tuple[Citation, ...]:
    citations = []
    for number, each in enumerate(_list(value, "opinion.evidence"), start=1):
        place = f"opinion.evidence.{number}"
        given = _object(each, place, _CITATION_KEYS)
        if given.get("part") not in tuple(OpinionPart):
            raise _wrong(f"{place}.part", _PART)
        sentence = desk_fields.text_field(_text(given.get("sentence"), f"{place}.sentence"))
        words = desk_fields.read_text(sentence).strip()
        if not words:
            raise _wrong(f"{place}.sentence", _NEEDS_TEXT)
        places = _anchors(given.get("evidence", []), f"{place}.evidence")
        citations.append(Citation(OpinionPart(given["part"]), words, places))
    return tuple(citations)


def _anchors(value: Any, place: str) -> tuple[Anchor, ...]:
    return tuple(_anchor(each, f"{place}.{number}") for number, each in enumerate(_list(value, place), start=1))


def _anchor(value: Any, place: str) -> Anchor:
    given = _object(value, place, _ANCHOR_KEYS)
    try:
        return msgspec.convert(given, Anchor, strict=True)
    except (msgspec.ValidationError, UserFacingError):
        raise _wrong(place, _NOT_AN_ANCHOR) from None


def _recommendation(value: Any) -> Recommendation | None:
    if value is None:
        return None
    if value not in tuple(Recommendation):
        raise _wrong("opinion.recommend", _YES_OR_NO)
    return Recommendation(value)


def _object(value: Any, place: str, keys: "set[str] | frozenset[str] | None") -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(place, _NEEDS_OBJECT)
    for key in value:
        if keys is not None and key not in keys:
            raise _wrong(f"{place}.{key}", _UNKNOWN_KEY)
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(place, _NEEDS_LIST)
    return value


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise _wrong(place, _NEEDS_TEXT)
    return value


def _number(value: Any, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(place, _NEEDS_NUMBER)
    return value


def _truth(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(place, _NEEDS_TRUTH)
    return value


def _wrong(place: str, what: str) -> ScoresFileError:
    return ScoresFileError(place=place, what=_(what))
