"""A rubric from its YAML file: the default that comes with the program, or the official one once it is published.

An entry nobody knows is refused rather than passed over, because a misspelt weight would otherwise go unnoticed.
"""

from functools import cache
from typing import Final

from app.domain.ids import DimensionId, IndicatorId
from app.domain.rubric import (
    Anchors,
    Band,
    Cap,
    Dimension,
    Indicator,
    IndicatorType,
    ReasonRule,
    Rubric,
    RubricInvalidError,
    Spread,
    Thresholds,
    Veto,
)
from app.i18n import N_
from app.intake.yaml_file import Entry, YamlProblem, load
from app.paths import resource

OFFICIAL: Final = "official"
UNOFFICIAL: Final = "default_not_official"
_ROUNDING: Final = "half_up_2dp"


def read_rubric(data: bytes) -> Rubric:
    """The rubric in *data*, checked as a whole.

    Raises:
        RubricInvalidError: its sentence names the place and what is wrong there.
    """
    try:
        return _rubric(Entry(load(data)))
    except YamlProblem as found:
        raise RubricInvalidError(what=str(found)) from None


@cache
def default_rubric() -> Rubric:
    """The proposal that comes with the program; it is not official and says so wherever it appears."""
    return read_rubric(resource("data", "rubric-default.yaml").read_bytes())


def _rubric(file: Entry) -> Rubric:
    top = file.mapping(required=("rubric", "dimensions"))
    head = top["rubric"].mapping(
        required=("id", "version", "status", "total", "step_percent", "rounding", "bands", "thresholds", "vetoes"),
        optional=("aggregate", "reasons", "profiles"),
    )
    if head["rounding"].text() != _ROUNDING:
        raise head["rounding"].wrong(N_("only {name} is known"), name=_ROUNDING)
    if "profiles" in head:
        _refuse_profiles(head["profiles"])
    return Rubric(
        id=head["id"].text(),
        version=head["version"].text(),
        is_official=head["status"].one_of((UNOFFICIAL, OFFICIAL).index, names=f"{OFFICIAL}, {UNOFFICIAL}") == 1,
        total=head["total"].whole(lowest=1),
        step_percent=head["step_percent"].whole(lowest=1, highest=50),
        bands=tuple(_band(band) for band in head["bands"].items()),
        dimensions=tuple(_dimension(dimension) for dimension in top["dimensions"].items()),
        vetoes=tuple(_veto(veto) for veto in head["vetoes"].items()),
        thresholds=_thresholds(head["thresholds"]),
        reasons=_reasons(head["reasons"]) if "reasons" in head else ReasonRule(),
        spread=_spread(head["aggregate"]) if "aggregate" in head else Spread(),
    )


def _refuse_profiles(entry: Entry) -> None:
    """Weights per category change what a score means; a file that asks for them must not be taken without them."""
    switch = entry.free_mapping().get("enabled")
    if switch is None or switch.truth():
        raise entry.wrong(N_("weights per category are not supported; write one file per category instead"))


def _band(entry: Entry) -> Band:
    fields = entry.mapping(required=("code", "range", "process", "result"))
    edges = fields["range"].items()
    if len(edges) != 2:
        raise fields["range"].wrong(N_("two numbers are expected here"))
    low, high = (edge.whole(highest=100) for edge in edges)
    return Band(fields["code"].text(), low, high, fields["process"].text(), fields["result"].text())


def _dimension(entry: Entry) -> Dimension:
    fields = entry.mapping(required=("id", "name", "weight", "indicators"))
    return Dimension(
        DimensionId(fields["id"].text()),
        fields["name"].text(),
        fields["weight"].whole(lowest=1),
        tuple(_indicator(indicator) for indicator in fields["indicators"].items()),
    )


def _indicator(entry: Entry) -> Indicator:
    fields = entry.mapping(
        required=("id", "no", "name", "weight", "type", "look_for", "evidence", "anchors"),
        optional=("cap", "prefill_from"),
    )
    return Indicator(
        id=IndicatorId(fields["id"].text()),
        number=fields["no"].text(),
        name=fields["name"].text(),
        weight=fields["weight"].whole(lowest=1),
        type=fields["type"].one_of(IndicatorType, names=", ".join(IndicatorType)),
        look_for=fields["look_for"].text(),
        evidence=tuple(evidence.text() for evidence in fields["evidence"].items()),
        anchors=_anchors(fields["anchors"]),
        cap=_cap(fields["cap"]) if "cap" in fields else None,
    )


def _anchors(entry: Entry) -> Anchors:
    fields = entry.mapping(required=("low", "pass", "good", "top"))
    return Anchors(fields["low"].text(), fields["pass"].text(), fields["good"].text(), fields["top"].text())


def _cap(entry: Entry) -> Cap:
    fields = entry.mapping(required=("if", "max"))
    return Cap(fields["if"].text(), fields["max"].whole(highest=100))


def _veto(entry: Entry) -> Veto:
    fields = entry.mapping(required=("id", "text", "article"))
    return Veto(fields["id"].text(), fields["text"].text(), fields["article"].whole(lowest=1, highest=99))


def _thresholds(entry: Entry) -> Thresholds:
    fields = entry.mapping(
        required=("total_min", "dimension_min_percent"), optional=("core_min_percent", "allow_vacancy")
    )
    core = fields["core_min_percent"].free_mapping() if "core_min_percent" in fields else {}
    if "allow_vacancy" in fields:
        fields["allow_vacancy"].truth()
    return Thresholds(
        fields["total_min"].whole(),
        fields["dimension_min_percent"].whole(highest=100),
        tuple((IndicatorId(name), percent.whole(highest=100)) for name, percent in core.items()),
    )


def _reasons(entry: Entry) -> ReasonRule:
    fields = entry.mapping(required=("below_percent", "from_percent", "at_cap"))
    # 101 means “never from above”, 0 “never from below”.
    return ReasonRule(
        fields["below_percent"].whole(highest=101), fields["from_percent"].whole(highest=101), fields["at_cap"].truth()
    )


def _spread(entry: Entry) -> Spread:
    fields = entry.mapping(required=("mode", "trim", "discuss_if", "written_reason_if"))
    fields["mode"].one_of(("consensus", "trimmed_mean").index, names="consensus, trimmed_mean")
    trim = fields["trim"].mapping(required=("enabled_min_n", "drop_high", "drop_low", "scope"))
    for name in ("drop_high", "drop_low"):
        trim[name].whole(lowest=1, highest=1)
    trim["scope"].one_of(("dossier_total",).index, names="dossier_total")
    discuss = fields["discuss_if"].mapping(required=("indicator_range_points_percent", "total_deviation_percent"))
    explain = fields["written_reason_if"].mapping(required=("total_deviation_percent",))
    return Spread(
        discuss_indicator_range=discuss["indicator_range_points_percent"].whole(highest=100),
        discuss_total_deviation=discuss["total_deviation_percent"].whole(highest=100),
        explain_total_deviation=explain["total_deviation_percent"].whole(highest=100),
        trim_from=trim["enabled_min_n"].whole(lowest=3, highest=100),
    )
