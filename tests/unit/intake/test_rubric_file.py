from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rubric import ReasonRule, Rubric, RubricInvalidError, Spread
from app.intake.rubric_file import default_rubric, read_rubric
from app.intake.yaml_file import LARGEST_FILE, load
from app.paths import resource

DEFAULT = resource("data", "rubric-default.yaml").read_text(encoding="utf-8")


def refused(text: str | bytes) -> str:
    with pytest.raises(RubricInvalidError) as caught:
        read_rubric(text if isinstance(text, bytes) else text.encode())
    return str(caught.value.sentence())


def changed(before: str, after: str) -> str:
    assert before in DEFAULT
    return DEFAULT.replace(before, after, 1)


def test_the_default_is_whole_and_says_that_it_is_not_official() -> None:
    rubric = default_rubric()
    assert (rubric.id, rubric.version, rubric.is_official, rubric.total) == ("lnyp-default", "0.1", False, 1000)
    assert [d.weight for d in rubric.dimensions] == [160, 160, 240, 140, 160, 140]
    assert len(list(rubric.indicators)) == 24
    assert [v.id for v in rubric.vetoes] == [f"V{n}" for n in range(1, 10)]
    assert rubric.reasons == ReasonRule(below_percent=45, from_percent=90, at_cap=True)
    assert rubric.spread == Spread(20, 15, 30, trim_from=5)
    assert dict(rubric.thresholds.core_min_percent) == {
        "standard_level": 60,
        "actual_quality": 60,
        "compliance_credit": 60,
    }
    assert rubric.status_notice()


def test_every_indicator_of_the_default_has_its_words() -> None:
    for indicator in default_rubric().indicators:
        assert indicator.evidence
        assert indicator.cap is not None
        assert all((indicator.look_for, indicator.anchors.low, indicator.anchors.passing, indicator.anchors.top))


def test_an_official_rubric_carries_no_notice() -> None:
    rubric = read_rubric(changed("status: default_not_official", "status: official").encode())
    assert rubric.is_official
    assert rubric.status_notice() == ""


def test_what_is_optional_may_be_left_out() -> None:
    lines = DEFAULT.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith("  aggregate:"))
    end = next(n for n, line in enumerate(lines) if line.startswith("  thresholds:"))
    without = "".join(lines[:start] + lines[end:])
    for line in ("    allow_vacancy: true\n", "        prefill_from: conformity_test\n"):
        without = without.replace(line, "")
    profiles = without[without.index("  profiles:") : without.index("dimensions:")]
    core = next(line for line in lines if "core_min_percent" in line)
    rubric = read_rubric(without.replace(profiles, "").replace(core, "").encode())
    assert (rubric.reasons, rubric.spread) == (ReasonRule(), Spread())
    assert rubric.thresholds.core_min_percent == ()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("weight: 40\n", "weight: forty\n", "dimensions › innovation › indicators › 1.1 › weight: a whole number"),
        ("weight: 40\n", "weight: 40.0\n", "whole number"),
        ("weight: 40\n", "weight: 1e2\n", "whole number"),
        ("weight: 40\n", "weight: 4_0\n", "whole number"),
        ("weight: 40\n", "weight: 0x28\n", "whole number"),
        ("weight: 40\n", "weight: true\n", "whole number"),
        ("weight: 40\n", "wieght: 40\n", "“wieght” is not known here"),
        ("weight: 40\n", "weight: 60\n", "创新驱动"),
        ("        type: result\n", "", "“type” is missing"),
        ("type: result", "type: guess", "one of process, result, fact"),
        ("max: 45", "max: 45.5", "cap › max"),
        ("max: 45", "max: 47", "1.1 is not a step"),
        ("rounding: half_up_2dp", "rounding: bankers", "only half_up_2dp is known"),
        ("status: default_not_official", "status: maybe", "one of official, default_not_official"),
        ("mode: consensus", "mode: median", "one of consensus, trimmed_mean"),
        ("drop_high: 1", "drop_high: 2", "drop_high"),
        ("scope: dossier_total", "scope: indicator", "dossier_total"),
        ("enabled: false", "enabled: true", "weights per category are not supported"),
        ("range: [0, 5]", "range: [0, 5, 10]", "two numbers"),
        ("range: [0, 5]", "range: [0, 10]", "band"),
        ("at_cap: true", "at_cap: yes", "true or false"),
        ("evidence: [研发费用专项审计", "evidence: {研发费用专项审计", "line"),
        ("article: 7", "article: 0", "from 1 to 99"),
        ("standard_level: 60,", "no_such: 60,", "no_such"),
        ("id: rd_platform", "id: ip_achievement", "used twice"),
        ("look_for: 近三年研发", "look_for: ''\n        # ", "a text is expected"),
    ],
)
def test_every_problem_is_told_with_its_place(before: str, after: str, told: str, english: None) -> None:
    sentence = refused(changed(before, after))
    assert told in sentence
    assert sentence.startswith("This rubric cannot be used: ")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "names with values"),
        (b"[1, 2]", "names with values"),
        (b"rubric: 1\n", "“dimensions” is missing"),
        (b"rubric: 1\ndimensions: 2\n", "rubric: names with values"),
        (b"\xff\xfe", "UTF-8"),
        (b"a: b: c", "line 1"),
        (b"a: 1\na: 2\n", "line 2: “a” is there twice"),
        (b"? [1]\n: 2\n", "line 1: this is not the name"),
        (b"<<: {a: 1}\n", "not the name"),
        (b"a: &x 1\nb: *x\n", "references"),
        (b"a: *x\n", "references"),
        (b"a: !!python/object/apply:os.system ['true']", "cannot be understood"),
        (b"a: \x00", "cannot be understood"),
        (b"a: 1\n---\nb: 2\n", "cannot be understood"),
        (b"[" * 5000, "too deeply"),
        (b"a: " + b"{a: " * 5000, "too deeply"),
        (b"- " * 5000, "too deeply"),
        (b"#" * (LARGEST_FILE + 1), "256 KiB"),
    ],
    ids=repr,
)
def test_hostile_files_are_refused_in_words(data: bytes, told: str, english: None) -> None:
    assert told in refused(data)


def test_a_billion_laughs_is_refused_at_its_first_reference(english: None) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert "line 1: references" in refused(bomb)


def test_a_byte_order_mark_is_no_trouble() -> None:
    assert read_rubric(b"\xef\xbb\xbf" + DEFAULT.encode()) == default_rubric()


@pytest.mark.parametrize(
    "scalar", ["0.1", "1e3", "010", "0o7", "0x1f", "1:30", "2026-01-01", "yes", "NO", ".inf", "1_000"]
)
def test_only_plain_whole_numbers_are_numbers(scalar: str) -> None:
    assert load(f"a: {scalar}".encode()) == {"a": scalar}


def test_whole_numbers_truth_and_nothing_keep_their_kind() -> None:
    assert load(b"{a: 12, b: -3, c: true, d: null, e: ~, f: '12'}") == {
        "a": 12, "b": -3, "c": True, "d": None, "e": None, "f": "12",
    }  # fmt: skip


def test_the_checklist_of_the_site_visit_is_data_of_the_same_kind() -> None:
    onsite = load(resource("data", "onsite-default.yaml").read_bytes())["onsite"]
    assert [aspect["full"] for aspect in onsite["aspects"]] == [30, 30, 20, 20]
    for aspect in onsite["aspects"]:
        assert sum(item["w"] for item in aspect["items"]) == aspect["full"]
    assert onsite["grades"]["conform"]["coef"] == "0.85"  # text, so that it becomes a decimal


mutations: st.SearchStrategy[Callable[[str], str]] = st.one_of(
    st.integers(0, len(DEFAULT)).map(lambda at: lambda text: text[:at]),
    st.tuples(st.integers(0, len(DEFAULT) - 1), st.characters()).map(
        lambda change: lambda text: text[: change[0]] + change[1] + text[change[0] + 1 :]
    ),
)


@given(mutations)
def test_a_damaged_rubric_is_read_or_refused_and_nothing_else(mutate: Callable[[str], str]) -> None:
    try:
        rubric = read_rubric(mutate(DEFAULT).encode("utf-8", "surrogatepass"))
    except RubricInvalidError:
        return
    assert isinstance(rubric, Rubric)
