"""What a review still lacks, in words."""

from typing import Final

from app.domain.review import Gap, Missing
from app.domain.rubric import Rubric
from app.i18n import N_, _

_WORDS: Final = {
    Gap.SCORE: N_("score of {number} {name}"),
    Gap.REASON: N_("reason for {number} {name}"),
    Gap.CONCLUSION: N_("conclusion of the opinion"),
    Gap.STRENGTH: N_("one strength"),
    Gap.CONCERN: N_("one concern"),
    Gap.FACT: N_("what was seen for each veto"),
}


def missing_words(item: Missing, rubric: Rubric) -> str:
    """*item* as a person reads it."""
    words = _(_WORDS[item.gap])
    if item.indicator is None:
        return words
    indicator = rubric.indicator(item.indicator)
    return words.format(number=indicator.number, name=indicator.name)
