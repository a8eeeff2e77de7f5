"""Paper of the secretariat's own making: the summary table of one application (资质评价评分汇总表, Art. 13)."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from app.analysis.aggregation import mean, spread, trimmed_mean
from app.documents.form_values import ExpertColumn, SummarySheet
from app.documents.summary_sheet import summary_sheet
from app.domain.ids import ApplicationCode, IndicatorId
from app.domain.results import ApplicationResult, ExpertResult
from app.domain.rubric import Rubric
from app.packages import canonical
from app.services.record_context import RecordContext
from app.services.record_result_texts import result_json
from app.services.record_results import ResultService
from app.words.reviews import expert_word

_Recipe = Callable[[Sequence[Fraction | None]], Fraction | None]


class PrintingService:
    """Prints what the results say; the hash on the page is of the results in canonical JSON."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def summary_sheet(self, application: ApplicationCode) -> bytes:
        """The summary table as PDF.

        Raises:
            ApplicationUnknownHereError: there is no such application.
        """
        result = ResultService(self._context).results(application, has_reasons=True)[0]
        with self._context.store.reading() as work:
            face = work.applications.faces([application])[0]
        campaign, rubric = self._context.campaign, self._context.rubric
        totals = [expert.total for expert in result.experts]
        found = spread(totals)
        return summary_sheet(
            SummarySheet(
                campaign=campaign.name,
                face=face,
                rubric=rubric,
                columns=tuple(_column(expert) for expert in result.experts),
                indicator_means=_per_indicator(result, rubric, mean),
                indicator_ranges=_per_indicator(result, rubric, _range),
                dimension_means={
                    one.id: mean([expert.dimensions.get(one.id) for expert in result.experts])
                    for one in rubric.dimensions
                },
                mean=mean(totals),
                trimmed_mean=trimmed_mean(totals, trim_from=rubric.spread.trim_from),
                total_range=found.range if found else None,
                content=canonical.sha256(canonical.encode(result_json(result))),
            )
        ).pdf


def _column(expert: ExpertResult) -> ExpertColumn:
    percents = {line.indicator: line.percent for line in expert.scores}
    return ExpertColumn(expert.expert, expert_word(expert.status), expert.total, percents)


def _per_indicator(result: ApplicationResult, rubric: Rubric, recipe: _Recipe) -> dict[IndicatorId, Fraction | None]:
    given = [{line.indicator: line.percent for line in expert.scores} for expert in result.experts]
    return {
        one.id: recipe([None if (value := scores.get(one.id)) is None else Fraction(value) for scores in given])
        for one in rubric.indicators
    }


def _range(values: Sequence[Fraction | None]) -> Fraction | None:
    found = spread(values)
    return found.range if found else None
