"""Small rubrics that are whole, for tests that need one and do not care which."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from app.domain.ids import DimensionId, IndicatorId
from app.domain.rubric import (
    Anchors,
    Band,
    Cap,
    Dimension,
    Indicator,
    IndicatorType,
    Rubric,
    Thresholds,
    Veto,
)
from app.intake.yaml_file import load
from app.paths import resource

BANDS = (
    Band("B0", 0, 45, "没有做法", "没有数据"),
    Band("B1", 50, 85, "有做法", "有数据"),
    Band("B2", 90, 100, "标杆", "领先"),
)


def indicator(name: str, number: str, weight: int = 40, *, cap: int | None = 45) -> Indicator:
    """One indicator; *cap* in per cent, ``None`` for none."""
    return Indicator(
        id=IndicatorId(name),
        number=number,
        name=f"示例指标{number}",
        weight=weight,
        type=IndicatorType.RESULT,
        look_for="看什么",
        evidence=("证明材料",),
        anchors=Anchors("低", "及格", "良", "优"),
        cap=None if cap is None else Cap("没有佐证", cap),
    )


def rubric(**changed: object) -> Rubric:
    """Two dimensions, three indicators, 100 points; *changed* replaces fields."""
    whole = Rubric(
        id="example",
        version="1",
        is_official=False,
        total=100,
        step_percent=5,
        bands=BANDS,
        dimensions=(
            Dimension(DimensionId("first"), "第一维度", 60, (indicator("a", "1.1"), indicator("b", "1.2", 20))),
            Dimension(DimensionId("second"), "第二维度", 40, (indicator("c", "2.1", cap=None),)),
        ),
        vetoes=(Veto("V1", "弄虚作假", 19),),
        thresholds=Thresholds(70, 60, ((IndicatorId("a"), 60),)),
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def write_short_rubric(file: Path) -> Path:
    """The rubric that comes with the program, with one indicator for each of its dimensions: quick to score."""
    rules: Any = load(resource("data", "rubric-default.yaml").read_bytes())
    core = rules["rubric"]["thresholds"]["core_min_percent"]
    for dimension in rules["dimensions"]:
        indicators = dimension["indicators"]
        kept = next((one for one in indicators if one["id"] in core), indicators[0])
        dimension["indicators"] = [kept | {"weight": dimension["weight"]}]
    file.write_text(yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
    return file
