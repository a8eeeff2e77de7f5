"""What a review still lacks, in words."""

from typing import Final

from app.domain.examination import ExaminationForm, ReviewForm
from app.domain.review import Gap, Missing
from app.i18n import N_, _

_WORDS: Final = {
    Gap.SCORE: N_("score of {number} {name}"),
    Gap.REASON: N_("reason for {number} {name}"),
    Gap.CONCLUSION: N_("conclusion of the opinion"),
    Gap.STRENGTH: N_("one strength"),
    Gap.CONCERN: N_("one concern"),
    Gap.FACT: N_("what was seen for each veto"),
    Gap.ANSWER: N_("answer to “{question}”"),
    Gap.ANSWER_REASON: N_("reason for the answer to “{question}”"),
    Gap.GROUNDS: N_("why the application is recommended or not"),
    Gap.VISIT: N_("the plan of the visit"),
    Gap.CONCLUDED: N_("the conclusion of the visit"),
    Gap.ACKNOWLEDGED: N_("what the applicant's representative did with the sheet of facts"),
    Gap.VERSIONS: N_("a choice where two copies of one desk wrote differently"),
}


def missing_words(item: Missing, form: ReviewForm | None) -> str:
    """*item* as a person reads it; a visit has no *form*."""
    words = _(_WORDS[item.gap])
    if isinstance(form, ExaminationForm):
        return words.format(question=form.question(item.question).text) if item.question else words
    if form is None or item.indicator is None:
        return words
    indicator = form.indicator(item.indicator)
    return words.format(number=indicator.number, name=indicator.name)
