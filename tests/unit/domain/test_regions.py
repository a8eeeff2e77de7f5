import pytest

from app.domain.regions import DEMO_ZONE, RecommenderType, Region, RegionCode, Regions, read_regions
from app.domain.uscc import Uscc
from app.paths import resource


@pytest.fixture(scope="module")
def regions() -> Regions:
    return read_regions(resource("data", "regions.csv").read_text(encoding="utf-8"))


def test_the_fourteen_cities_come_in_official_order_and_the_zone_last(regions: Regions) -> None:
    codes = [region.code for region in regions.rows]
    assert codes[:14] == [f"21{n:02}00" for n in range(1, 15)]
    assert codes[14:] == [DEMO_ZONE]
    assert [regions.position(code) for code in codes] == list(range(15))
    assert regions.position("999999") == 15


@pytest.mark.parametrize(
    ("name", "kind", "region"),
    [
        ("沈阳市市场监督管理局", RecommenderType.CITY, "210100"),
        ("辽宁省大连市市场监督管理局", RecommenderType.CITY, "210200"),
        ("葫芦岛 市市场监督管理局", RecommenderType.CITY, "211400"),
        ("沈抚改革创新示范区市场监督管理局", RecommenderType.DEMO_ZONE, "LN-SF"),
        ("辽宁省沈抚示范区市场监管局", RecommenderType.DEMO_ZONE, "LN-SF"),
        ("辽宁省农业农村厅", RecommenderType.DEPARTMENT, None),
        ("省文化和旅游厅", RecommenderType.DEPARTMENT, None),
        ("示例行业协会", None, None),
    ],
)
def test_a_recommender_is_known_by_its_name(
    regions: Regions, name: str, kind: RecommenderType | None, region: str | None
) -> None:
    recommender = regions.recommender(name)
    assert (recommender.type, recommender.region) == (kind, region)


def test_a_credit_code_gives_a_city_and_never_the_demonstration_zone(regions: Regions) -> None:
    assert regions.city_of_area(Uscc("91210103MA00001540")) == "210100"
    assert regions.city_of_area(Uscc("91350100M000100Y43")) is None
    # The zone lies within Shenyang and Fushun; a firm there keeps the code of one of them.
    assert regions.city_of_area(Uscc("91210400MA0XN00103")) == "210400"


def test_a_table_with_a_region_twice_is_refused() -> None:
    twice = (Region(RegionCode("1"), "示例市"), Region(RegionCode("1"), "示例二市"))
    with pytest.raises(ValueError, match="once"):
        Regions(twice)
    with pytest.raises(ValueError, match="once"):
        Regions(())
