"""The remarks of the self-check, in words."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.domain.examination import ExaminationForm, ReviewForm
from app.domain.ids import IndicatorId, Sha256
from app.domain.rubric import Rubric
from app.domain.self_check import Remark, RemarkCode
from app.i18n import N_, _
from app.services.desk_missing import missing_words

_WORDS: Final[Mapping[RemarkCode, str]] = {
    RemarkCode.YES_BELOW_TOTAL: N_("You recommend it, but the total of {0} is below the {1} points that are needed."),
    RemarkCode.YES_BELOW_DIMENSION: N_("You recommend it, but “{0}” stands at {1} per cent and needs {2} per cent."),
    RemarkCode.YES_BELOW_CORE: N_("You recommend it, but {indicator} stands at {0} per cent and needs {1} per cent."),
    RemarkCode.YES_WITH_VETO: N_("You recommend it, and you noted the veto fact {0}."),
    RemarkCode.NO_ABOVE_ALL: N_(
        "You do not recommend it, but the total of {0} reaches the {1} points and nothing is below its limit."
    ),
    RemarkCode.CAP_EXCEEDED: N_(
        "{indicator}: where “{2}” holds, at most {1} per cent can be given; {0} per cent stands there."
    ),
    RemarkCode.CAP_UNKNOWN: N_("{indicator}: the cap is ticked, but there is no value it could limit."),
    RemarkCode.VETO_UNCITED: N_("Veto fact {0} has no evidence. The person who confirms it will look for the place."),
    RemarkCode.SHARED_EVIDENCE: N_("{place} is cited under several dimensions: {indicators}."),
    RemarkCode.SENTENCE_CHANGED: N_("The sentence “{0}”, which evidence was tied to, has been changed since."),
    RemarkCode.STRAIGHT_LINE: N_("{0} of {1} scores are {2} per cent. Did you tell the indicators apart?"),
    RemarkCode.REPEATED: N_("“{0}” also stands in your review of {applications}."),
    RemarkCode.YES_WITH_NO: N_("You recommend it, and you answered “{question}” with no."),
    RemarkCode.NO_WITH_YES_ONLY: N_("You do not recommend it, but every question is answered with yes."),
    RemarkCode.ANSWER_UNCITED: N_("“{question}” is doubted or denied without evidence. That is allowed."),
    RemarkCode.UNCITED: N_("{indicator}: scored {0} per cent without evidence. That is allowed."),
}


def remark_words(remark: Remark, form: ReviewForm, names: Mapping[Sha256, str]) -> str:
    """*remark* as a person reads it; *names* are those of the documents of the dossier."""
    if remark.missing is not None:
        return _("Missing: {what}").format(what=missing_words(remark.missing, form))
    return _(_WORDS[remark.code]).format(
        *remark.facts,
        indicator=_indicators((remark.indicator,), form) if remark.indicator else "",
        indicators=_indicators(map(IndicatorId, remark.facts), form) if remark.anchor else "",
        applications=_(", ").join(remark.facts[1:]),
        place=_place(remark, names),
        question=_question(remark, form),
    )


def _question(remark: Remark, form: ReviewForm) -> str:
    if remark.question is None or not isinstance(form, ExaminationForm):
        return ""
    return form.question(remark.question).text


def _indicators(indicators: Iterable[IndicatorId], form: ReviewForm) -> str:
    found = [form.indicator(one) for one in indicators] if isinstance(form, Rubric) else []
    return _(", ").join(f"{one.number} {one.name}" for one in found)


def _place(remark: Remark, names: Mapping[Sha256, str]) -> str:
    anchor = remark.anchor
    if anchor is None:
        return ""
    name = names.get(anchor.document, anchor.document[:8])
    if anchor.page is not None:
        return _("{document}, p. {page}").format(document=name, page=anchor.page)
    return name
