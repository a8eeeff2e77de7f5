"""Results as plain values for scripts, exports and printing: points as digits, aggregates with two decimals."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.domain.examination import ExaminationForm
from app.domain.results import ApplicationResult, ExaminationResult, OnSiteResult, ScoreLine
from app.domain.scoring import Standing, half_up


def decimal_text(value: Decimal | None) -> str | None:
    """“812.00”, or ``None``."""
    return None if value is None else f"{value:.2f}"


def total_text(value: Fraction | None) -> str | None:
    """The same for an exact total, rounded half up here and nowhere before."""
    return None if value is None else decimal_text(half_up(value))


def score_json(line: ScoreLine) -> dict[str, Any]:
    """One score; what has no value says why."""
    if line.standing is Standing.GIVEN:
        return {"percent": line.percent, "points": str(line.points)}
    mark = "na" if line.standing is Standing.NOT_APPLICABLE else "unjudged"
    return {"percent": None, "points": None, mark: True}


def form_json(form: ExaminationForm) -> dict[str, Any]:
    """The examination form (Art. 9), so that answers can be read without it."""
    return {
        "id": form.id,
        "version": form.version,
        "official": form.is_official,
        "questions": [{"question": one.id, "text": one.text, "article": one.article} for one in form.questions],
    }


def result_json(result: ApplicationResult) -> dict[str, Any]:
    """One application with its experts and the recipes over them."""
    recipes = (("mean", result.mean), ("trimmed_mean", result.trimmed_mean))
    return {
        "application": result.application,
        "operator": result.operator,
        "experts": [
            {
                "expert": expert.expert,
                "status": str(expert.status),
                "total": total_text(expert.total),
                "scores": {line.indicator: score_json(line) for line in expert.scores},
                "review": expert.review,
                "name": expert.name,
            }
            for expert in result.experts
        ],
        "recipes": {
            name: {
                "total": decimal_text(recipe.total),
                "dimensions": {key: decimal_text(value) for key, value in recipe.dimensions.items()},
            }
            for name, recipe in recipes
        },
        "spread": _spread(result),
        "examination": _examination(result.examination),
        "onsite": _onsite(result.onsite),
    }


def _examination(result: ExaminationResult | None) -> dict[str, Any] | None:
    if result is None:
        return None
    majority = result.majority
    return {
        "result": str(majority.result) if majority.result else None,
        "valid": majority.valid,
        "yes": majority.yes,
        "no": majority.no,
        "missing": majority.missing,
        "experts": [
            {
                "expert": one.expert,
                "name": one.name,
                "review": one.review,
                "status": str(one.status),
                "recommend": str(one.recommend) if one.recommend else None,
                "text": one.text,
                "answers": {
                    line.question: {"verdict": str(line.verdict), "reason": line.reason} for line in one.answers
                },
            }
            for one in result.experts
        ],
    }


def _onsite(result: OnSiteResult | None) -> dict[str, Any] | None:
    if result is None:
        return None
    facts = result.facts
    made = facts.acknowledgement if facts else None
    return {
        "review": result.review,
        "revision": result.revision,
        "total": total_text(result.total),
        "full": result.full,
        "at_visit": str(facts.at_visit) if facts else None,
        "conclusion": str(facts.now) if facts else None,
        "opinion": facts.opinion if facts else None,
        "approval": facts.approval if facts else None,
        "acknowledgement": str(made.outcome) if made else None,
        "seal_pending": made.is_seal_pending if made else None,
        "remark": made.remark if made else None,
        "dissents": [{"member": one.author, "item": one.item, "text": one.text} for one in facts.dissents]
        if facts
        else [],
        "members": [
            {"expert": one.expert, "name": one.name, "leader": one.is_leader, "signed": str(one.signed)}
            for one in result.members
        ],
        "photos": len(facts.photos) + len(facts.earlier) if facts else 0,
        "missing_photos": [
            {"number": one.number, "name": one.name, "sha256": one.sha256, "reason": str(one.gap)}
            for one in (facts.lost if facts else ())
        ],
    }


def _spread(result: ApplicationResult) -> dict[str, str | None] | None:
    if result.spread is None:
        return None
    return {
        "lowest": decimal_text(result.spread.lowest),
        "highest": decimal_text(result.spread.highest),
        "range": decimal_text(result.spread.range),
    }
