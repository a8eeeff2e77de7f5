from pathlib import Path

import pytest

from app.decoding.pool import DecodingPool
from app.domain.application import Application, ApplicationState
from app.domain.ids import ApplicationCode
from app.intake.check import IntakeCheck, check_intake
from tests.support.intake_material import FIRST_ROW, Row, row, uscc, write_table

CITY, OTHER_CITY, DEPARTMENT = "沈阳市市场监督管理局", "大连市市场监督管理局", "辽宁省农业农村厅"


@pytest.fixture
def check(tmp_path: Path, decoder: DecodingPool):
    def run(*rows: Row, known: tuple[Application, ...] = ()) -> IntakeCheck:
        return check_intake(write_table(tmp_path / "t.xlsx", rows), None, decoder=decoder, known=known)

    return run


def codes(result: IntakeCheck) -> list[list[str]]:
    return [application.codes for application in result.applications]


@pytest.fixture
def taken(check):
    """The first row as an application of the record."""

    def run(values: Row) -> Application:
        read = check(values).applications[0].values
        return read.application(ApplicationCode("2026-0007"), state=ApplicationState.RECOMMENDED, documents=())

    return run


def test_one_operator_with_several_products_has_several_applications(check) -> None:
    result = check(row(1), row(2, uscc=uscc(1), operator="示例1号食品有限公司"))
    assert len(result.acceptable) == 2


def test_a_number_given_twice_stops_both_rows(check) -> None:
    result = check(row(1), row(2, number="1"), row(3))
    assert codes(result) == [["number_twice"], ["number_twice"], []]
    assert len(result.acceptable) == 1


def test_a_rank_given_twice_by_one_recommender_is_a_warning(check) -> None:
    result = check(row(1), row(2, rank="1"), row(3, rank="1", recommender=OTHER_CITY))
    assert codes(result) == [[], ["rank_twice"], []]
    assert len(result.acceptable) == 3


def test_the_same_row_twice_is_taken_once(check) -> None:
    again = row(1, number="2", rank="2", offering_name="示例牌 果汁１型")
    result = check(row(1), again)
    assert codes(result) == [[], ["duplicate"]]
    assert [a.is_acceptable for a in result.applications] == [True, False]
    assert result.applications[1].merged_into == FIRST_ROW


def test_two_recommenders_of_one_application_are_both_kept(check) -> None:
    result = check(row(1, recommender=DEPARTMENT), row(1, number="2", recommender=OTHER_CITY))
    assert codes(result) == [["second_recommender"], ["second_recommender"]]
    assert [a.is_acceptable for a in result.applications] == [True, False]
    face = result.applications[0].values.face_sheet(ApplicationCode("2026-0001"))
    assert face.recommender == f"{DEPARTMENT}、{OTHER_CITY}"
    assert face.region == "210200"  # the city's, since the department has none


def test_a_third_row_of_a_recommender_already_told_is_a_duplicate(check) -> None:
    result = check(row(1, recommender=CITY), row(1, number="2", recommender=DEPARTMENT), row(1, number="3", rank="9"))
    assert codes(result)[2] == ["duplicate"]
    assert len(result.acceptable) == 1


def test_rows_of_one_application_that_disagree_stop_each_other(check) -> None:
    result = check(row(1), row(1, number="2", rank="2", recommender=OTHER_CITY, trademark="999"))
    assert codes(result) == [["rows_disagree"], ["rows_disagree"]]
    assert "商标注册号" in result.applications[0].sentences[0]
    assert result.acceptable == ()


def test_the_same_product_and_trademark_of_two_operators_is_a_warning(check) -> None:
    result = check(
        row(1, offering_name="示例大米", trademark="5"), row(2, offering_name="示例大米", trademark="5"), row(3)
    )
    assert codes(result) == [["same_product_other_operator"], ["same_product_other_operator"], []]
    assert len(result.acceptable) == 3


def test_the_same_operator_under_two_codes_is_an_error(check) -> None:
    other = row(2, operator="示例1号食品有限公司", offering_name="示例牌果汁1型", trademark="10000001")
    result = check(row(1), other)
    assert codes(result) == [["operator_two_codes"], ["operator_two_codes"]]


def test_what_is_in_the_record_is_not_taken_again(check, taken) -> None:
    result = check(row(1), row(2), known=(taken(row(1)),))
    first = result.applications[0]
    assert (first.codes, first.level, first.known) == (["already_taken"], "ok", "2026-0007")
    assert [a.row for a in result.acceptable] == [FIRST_ROW + 1]


def test_what_changed_since_it_was_taken_is_told(check, taken) -> None:
    result = check(row(1, trademark="777"), known=(taken(row(1)),))
    assert codes(result) == [["changed_since"]]
    assert "商标注册号" in result.applications[0].sentences[0]
    assert result.acceptable == ()


def test_a_product_that_another_operator_of_the_record_has_is_a_warning(check, taken) -> None:
    record = taken(row(1, offering_name="示例大米", trademark="5"))
    result = check(row(2, offering_name="示例 大米", trademark="5、6"), known=(record,))
    assert codes(result) == [["same_product_other_operator"]]
    assert "2026-0007" in result.applications[0].sentences[0]
