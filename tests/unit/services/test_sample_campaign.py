from pathlib import Path

import pytest

from app.decoding.pool import DecodingPool
from app.domain.application import ApplicationState, BrandCategory, Document, MediaType, Offering
from app.domain.conflict import ConflictKind
from app.domain.ids import ApplicationCode, Sha256
from app.domain.regions import DEMO_ZONE
from app.domain.scoring import Standing, totals
from app.domain.uscc import Uscc
from app.errors import Cancelled
from app.intake.check import check_intake
from app.intake.reference import default_regions
from app.intake.rubric_file import default_rubric
from app.services.sample_campaign import sample_experts, sample_operators, write_sample_material
from app.services.sample_reviews import sample_assessment

OPERATORS, EXPERTS, RUBRIC = sample_operators(), sample_experts(), default_rubric()


def test_every_name_is_recognisably_invented() -> None:
    for one in OPERATORS:
        assert "示例" in one.operator
        assert "示例" in one.product
        assert "XXX" in Uscc(one.uscc).text
        assert one.trademark.startswith("99")
    assert all("示例" in expert.name and "示例" in expert.employer for expert in EXPERTS)


def test_the_campaign_has_every_region_category_and_kind() -> None:
    regions = {default_regions().recommender(one.recommender).region for one in OPERATORS}
    assert len(OPERATORS) == 15
    assert DEMO_ZONE in regions
    assert {Uscc(one.uscc).area[:4] for one in OPERATORS} == {f"21{n:02}" for n in range(1, 15)}
    assert {one.category for one in OPERATORS} == set(BrandCategory)
    assert {one.offering for one in OPERATORS} == set(Offering)


def test_exactly_one_expert_has_a_conflict_with_exactly_one_operator() -> None:
    conflicts = [(e.number, o.number, kind) for e in EXPERTS for o in OPERATORS if (kind := e.conflict_with(o))]
    assert conflicts == [(2, 2, ConflictKind.EMPLOYMENT)]


def test_the_material_passes_the_intake_without_a_finding(tmp_path: Path) -> None:
    few = OPERATORS[:1] + OPERATORS[7:8]
    material = write_sample_material(tmp_path, year=2026, operators=few)
    with DecodingPool() as decoder:
        check = check_intake(material.table, material.files, decoder=decoder)
    assert check.findings == ()
    assert [(a.level, a.codes) for a in check.applications] == [("ok", []), ("ok", [])]
    assert all(file.level == "ok" for file in check.files)
    assert check.applications[0].accepted[0].pages >= 40
    taken = check.applications[0].values.application(
        ApplicationCode("2026-0001"), state=ApplicationState.RECOMMENDED, documents=()
    )
    assert taken.face.region == "210100"


def test_writing_the_material_can_be_stopped(tmp_path: Path) -> None:
    class Stopping:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_sample_material(tmp_path, year=2026, progress=Stopping())


DOCUMENTS = (
    Document(Sha256("a" * 64), 10, MediaType.PDF, "01 申报书.pdf", 12),
    Document(Sha256("b" * 64), 10, MediaType.PNG, "03.png"),
)


@pytest.mark.parametrize("expert", EXPERTS, ids=lambda expert: expert.name)
def test_every_review_is_complete_and_allowed_by_the_rubric(expert) -> None:
    for operator in OPERATORS:
        assessment = sample_assessment(RUBRIC, operator, expert, documents=DOCUMENTS)
        assert assessment.missing(RUBRIC) == ()
        assessment.check(RUBRIC)
        cited = {anchor for score in assessment.scores for anchor in score.evidence}
        assert {anchor.document for anchor in cited} == {DOCUMENTS[0].sha256}
        assert all(1 <= (anchor.page or 0) <= 12 for anchor in cited)


def test_better_dossiers_get_better_totals_and_services_their_exception() -> None:
    by_quality = sorted(OPERATORS, key=lambda one: one.quality)
    low, high = (
        totals(RUBRIC, sample_assessment(RUBRIC, o, EXPERTS[0]).scores).total
        for o in by_quality[:: len(by_quality) - 1]
    )
    assert low is not None
    assert high is not None
    assert low + 200 < high
    service = next(one for one in OPERATORS if one.offering is Offering.SERVICE)
    standings = {s.indicator: s.standing for s in sample_assessment(RUBRIC, service, EXPERTS[0]).scores}
    assert standings["traceability_recall"] is Standing.NOT_APPLICABLE


def test_opinions_differ_and_both_conclusions_occur() -> None:
    made = [sample_assessment(RUBRIC, o, e) for o in OPERATORS for e in EXPERTS]
    assert {assessment.opinion.recommend for assessment in made} == {"yes", "no"}
    assert len({assessment.opinion.strengths for assessment in made}) > 20


def test_the_same_seed_gives_the_same_reviews() -> None:
    first, again = (sample_assessment(RUBRIC, OPERATORS[0], EXPERTS[0], seed="x") for _n in range(2))
    assert first == again
    assert first != sample_assessment(RUBRIC, OPERATORS[0], EXPERTS[0], seed="y")
