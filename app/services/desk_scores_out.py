"""A draft as a file of scores; :mod:`app.services.desk_scores_file` makes the same draft of it again."""

from typing import Any

from app.domain.draft import Draft, Entry
from app.domain.evidence import Anchor
from app.domain.review import Answer, ReviewKind
from app.domain.scoring import Standing
from app.services import desk_fields

_STANDINGS = {Standing.NOT_APPLICABLE: "na", Standing.UNJUDGED: "unjudged"}


def scores_document(draft: Draft, kind: ReviewKind) -> dict[str, Any]:
    """Everything in *draft*; empty fields are left out."""
    document: dict[str, Any] = {}
    if kind is ReviewKind.EXAMINATION:
        document["answers"] = {answer.question: _answer(answer) for answer in draft.answers}
    else:
        document["scores"] = {entry.indicator: _score(entry) for entry in draft.entries if not entry.is_empty}
        document["vetoes"] = [
            {"veto": each.veto, "fact": each.fact, "evidence": _places(each.evidence)} for each in draft.vetoes
        ]
    opinion: dict[str, Any] = {name: getattr(draft.opinion, name) for name in desk_fields.OPINION_TEXTS}
    opinion["recommend"] = str(draft.opinion.recommend) if draft.opinion.recommend else None
    opinion["evidence"] = [
        {"part": str(each.part), "sentence": each.sentence, "evidence": _places(each.evidence)}
        for each in draft.citations
    ]
    return document | {"opinion": opinion}


def _score(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if entry.standing is Standing.GIVEN:
        found["percent"] = entry.percent
    elif entry.standing is not None:
        found[_STANDINGS[entry.standing]] = True
    if entry.at_cap:
        found["cap"] = True
    if entry.reason:
        found["reason"] = entry.reason
    if entry.evidence:
        found["evidence"] = _places(entry.evidence)
    return found


def _answer(answer: Answer) -> dict[str, Any]:
    verdict = str(answer.verdict) if answer.verdict else None
    return {"verdict": verdict, "reason": answer.reason, "evidence": _places(answer.evidence)}


def _places(anchors: tuple[Anchor, ...]) -> list[dict[str, Any]]:
    return [_place(anchor) for anchor in anchors]


def _place(anchor: Anchor) -> dict[str, Any]:
    named = {name: getattr(anchor, name) for name in Anchor.__dataclass_fields__}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in named.items() if v is not None}
