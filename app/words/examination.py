"""The three reviews an expert may be asked for, and what an examination says (Art. 9)."""

from typing import Final

from app.domain.examination import Majority
from app.domain.review import Recommendation, ReviewKind, Verdict
from app.i18n import N_, _

_KINDS: Final = {
    ReviewKind.EXAMINATION: N_("Examination"),
    ReviewKind.QUALIFICATION: N_("Qualification review"),
    ReviewKind.ONSITE: N_("On-site review"),
}
_CONCLUSIONS: Final = {
    Recommendation.YES: N_("recommended"),
    Recommendation.NO: N_("not recommended"),
}
_VERDICTS: Final = {
    Verdict.YES: N_("Yes"),
    Verdict.NO: N_("No"),
    Verdict.DOUBT: N_("Doubtful"),
}


def review_kind_word(kind: ReviewKind) -> str:
    """Which of the three acts a review belongs to (Art. 9, 13, 14)."""
    return _(_KINDS[kind])


def conclusion_word(recommend: Recommendation) -> str:
    """Whether an application goes on."""
    return _(_CONCLUSIONS[recommend])


def verdict_word(verdict: Verdict) -> str:
    """The answer to one question."""
    return _(_VERDICTS[verdict])


def majority_words(majority: Majority) -> str:
    """Where the experts stand: the result first, or that there is none yet."""
    counts = _("{yes} for, {no} against, {missing} not back").format(
        yes=majority.yes, no=majority.no, missing=majority.missing
    )
    result = conclusion_word(majority.result) if majority.result else _("no majority")
    return _("{result} ({counts})").format(result=result, counts=counts)
