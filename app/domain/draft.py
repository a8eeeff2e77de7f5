"""What an expert has written so far: like an assessment, but every field may still be empty.

A reason can be typed before the value it belongs to, so the parts of a score are fields of their own here and become
a :class:`~app.domain.scoring.Score` once there is a value.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId
from app.domain.review import Answer, Assessment, Citation, Opinion, VetoFinding
from app.domain.rubric import Rubric
from app.domain.scoring import Score, Standing


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands beside one indicator; ``standing`` is ``None`` as long as there is no value."""

    indicator: IndicatorId
    standing: Standing | None = None
    percent: int | None = None
    at_cap: bool = False
    reason: str = ""
    evidence: tuple[Anchor, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all has been written here."""
        return self.standing is None and not self.reason and not self.evidence and not self.at_cap

    def score(self) -> Score | None:
        """The score this entry stands for, if it has a value."""
        if self.standing is None:
            return None
        return Score(
            self.indicator, self.standing, self.percent, reason=self.reason, evidence=self.evidence, at_cap=self.at_cap
        )

    @classmethod
    def of(cls, score: Score) -> Self:
        """The entry that *score* would be."""
        return cls(score.indicator, score.standing, score.percent, score.at_cap, score.reason, score.evidence)

    def value_text(self) -> str:
        """The value as the event chain writes it; empty where there is none."""
        if self.standing is None:
            return "cap" if self.at_cap else ""
        text = str(self.percent) if self.standing is Standing.GIVEN else str(self.standing)
        return f"{text}/cap" if self.at_cap else text


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything written for one review; entries only where something was."""

    entries: tuple[Entry, ...] = ()
    opinion: Opinion = field(default_factory=Opinion)
    vetoes: tuple[VetoFinding, ...] = ()
    citations: tuple[Citation, ...] = ()
    answers: tuple[Answer, ...] = ()

    def entry(self, indicator: IndicatorId) -> Entry:
        """The entry of *indicator*, empty if nothing was written."""
        return next((entry for entry in self.entries if entry.indicator == indicator), Entry(indicator))

    @property
    def scored(self) -> int:
        """Indicators that have a value, are not applicable, or cannot be judged."""
        return sum(entry.standing is not None for entry in self.entries)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has been written."""
        return (
            not (self.vetoes or self.citations or self.answers)
            and self.opinion == Opinion()
            and all(entry.is_empty for entry in self.entries)
        )

    def assessment(self, rubric: Rubric) -> Assessment:
        """What would be signed now, in the order of *rubric*; a reason without a value is not part of it."""
        found = {entry.indicator: entry.score() for entry in self.entries}
        scores = (found.get(indicator.id) for indicator in rubric.indicators)
        given = tuple(score for score in scores if score is not None)
        return Assessment(given, self.opinion, self.vetoes, self.citations, self.answers)

    @classmethod
    def of(cls, assessment: Assessment) -> Self:
        """The draft a new revision starts from."""
        return cls(
            tuple(Entry.of(score) for score in assessment.scores),
            assessment.opinion,
            assessment.vetoes,
            assessment.citations,
            assessment.answers,
        )

    def with_entry(self, entry: Entry) -> Self:
        """The same with *entry* in place of any earlier one."""
        kept = tuple(old for old in self.entries if old.indicator != entry.indicator)
        return replace(self, entries=(*kept, entry))
