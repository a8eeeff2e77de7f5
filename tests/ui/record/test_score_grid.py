"""Scores side by side: missing stays missing, and what lies far apart is marked."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QModelIndex

from app.domain.ids import ApplicationCode, ExpertCode, ReviewId
from app.domain.results import ApplicationResult, ExpertResult, ExpertStatus, RecipeResult, ScoreLine, SpreadResult
from app.domain.rubric import Rubric
from app.domain.scoring import Standing
from ui.record.score_grid import RowKind, grid_of
from ui.record.score_grid_model import ScoreGridModel


def expert(
    rubric: Rubric, number: int, percent: int | None, status: ExpertStatus = ExpertStatus.SEALED
) -> ExpertResult:
    is_given = percent is not None and status is ExpertStatus.SEALED
    scores = tuple(
        ScoreLine(one.id, Standing.GIVEN, percent, one.weight * (percent or 0) // 100)
        for one in rubric.indicators
        if is_given
    )
    share = Fraction(percent or 0, 100)
    return ExpertResult(
        expert=ExpertCode(f"E{number:04d}"), name=f"示例{number}", review=ReviewId(str(number)), status=status,
        total=share * rubric.total if is_given else None,
        dimensions={one.id: share * one.weight for one in rubric.dimensions} if is_given else {}, scores=scores,
    )  # fmt: skip


def result(experts: tuple[ExpertResult, ...], mean: str | None) -> ApplicationResult:
    recipe = RecipeResult(None if mean is None else Decimal(mean), {})
    totals = [one.total for one in experts if one.total is not None]
    low, high = (Decimal(int(min(totals))), Decimal(int(max(totals)))) if totals else (Decimal(0), Decimal(0))
    return ApplicationResult(
        application=ApplicationCode("2026-0001"), operator="示例", offering_name="产品", experts=experts, mean=recipe,
        trimmed_mean=RecipeResult(None, {}), spread=SpreadResult(low, high, high - low) if totals else None,
    )  # fmt: skip


def test_range_of_twenty_percent_is_marked_and_less_is_not(rubric: Rubric) -> None:
    apart = grid_of(result((expert(rubric, 1, 60), expert(rubric, 2, 80)), "700.00"), rubric)
    close = grid_of(result((expert(rubric, 1, 60), expert(rubric, 2, 75)), "675.00"), rubric)
    assert all(row.spread.is_marked and row.spread.tip for row in apart if row.kind is RowKind.INDICATOR)
    assert not any(row.spread.is_marked for row in close)


def test_missing_recused_and_abstained_are_shown_as_such_and_never_as_zero(rubric: Rubric) -> None:
    statuses = (ExpertStatus.MISSING, ExpertStatus.RECUSED, ExpertStatus.ABSTAINED, ExpertStatus.STRUCK)
    experts = (expert(rubric, 1, 75), *(expert(rubric, 2 + n, None, status) for n, status in enumerate(statuses)))
    rows = grid_of(result(experts, "750.00"), rubric)
    assert [cell.text for cell in rows[0].cells] == [
        "750.00", "Not back yet", "Recused", "Abstained", "Does not count",
    ]  # fmt: skip
    assert all(cell.text == "—" for row in rows[1:] for cell in row.cells[1:])
    assert all(row.spread.text == "—" for row in rows if row.kind is RowKind.INDICATOR)


def test_percent_and_points_stand_together(rubric: Rubric) -> None:
    rows = grid_of(result((expert(rubric, 1, 75),), "750.00"), rubric)
    first = next(row for row in rows if row.kind is RowKind.INDICATOR)
    assert first.cells[0].text == f"75 % · {first.weight * 75 // 100}"


def test_total_far_from_the_mean_says_what_the_group_has_to_do(rubric: Rubric) -> None:
    experts = (expert(rubric, 1, 80), expert(rubric, 2, 100), expert(rubric, 3, 30))
    cells = grid_of(result(experts, "700.00"), rubric)[0].cells
    assert [cell.is_marked for cell in cells] == [False, True, True]
    assert "in writing" in cells[1].tip
    assert "in writing" in cells[2].tip
    near = grid_of(result((expert(rubric, 1, 80), expert(rubric, 2, 60)), "700.00"), rubric)[0].cells
    assert not any(cell.is_marked for cell in near)


def test_not_applicable_and_cannot_judge_have_their_words(rubric: Rubric) -> None:
    first, second = list(rubric.indicators)[:2]
    one = expert(rubric, 1, 75)
    scores = (
        ScoreLine(first.id, Standing.NOT_APPLICABLE, None, None),
        ScoreLine(second.id, Standing.UNJUDGED, None, None),
        *one.scores[2:],
    )
    changed = ExpertResult(
        expert=one.expert, name=one.name, review=one.review, status=one.status, total=one.total,
        dimensions=one.dimensions, scores=scores,
    )  # fmt: skip
    rows = [row for row in grid_of(result((changed,), "750.00"), rubric) if row.kind is RowKind.INDICATOR]
    assert [row.cells[0].text for row in rows[:2]] == ["not applicable", "cannot judge"]
    assert rows[0].mean == "—"


def test_grid_model_passes_the_tester_and_follows_the_experts(qtmodeltester: Any, rubric: Rubric) -> None:
    model = ScoreGridModel()
    model.show_result(result((expert(rubric, 1, 75), expert(rubric, 2, 50)), "625.00"), rubric)
    qtmodeltester.check(model)
    assert model.columnCount() == 6
    model.show_result(result((expert(rubric, 1, 75),), "750.00"), rubric)
    qtmodeltester.check(model)
    assert (model.columnCount(), model.rowCount()) == (5, 1 + 6 + 24)
    assert model.data(model.index(0, 4)) == "750.00"
    assert model.data(QModelIndex()) is None
    shown = model.expert_at(4)
    assert shown is not None
    assert shown.expert == "E0001"
    assert model.expert_at(5) is None
