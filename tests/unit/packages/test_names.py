"""File names tell packages apart and people not."""

from app.domain.ids import CampaignId, PackageId
from app.packages.names import neutral_file_name, package_file_name

PACKAGE = PackageId("9f3c21aa" + "0" * 24)


def test_name_has_campaign_roster_number_part_and_four_random_characters() -> None:
    name = package_file_name(CampaignId("2026"), PACKAGE, roster_number=17, part=1, parts=3)
    assert name == "R26-017-1of3-9f3c.youpin"


def test_single_part_is_not_counted() -> None:
    assert package_file_name(CampaignId("2026"), PACKAGE, roster_number=17) == "R26-017-9f3c.youpin"


def test_odd_campaign_names_make_safe_file_names() -> None:
    name = package_file_name(CampaignId("../2026 春/x"), PACKAGE, roster_number=1234)
    assert name == "R2026x-1234-9f3c.youpin"


def test_what_an_expert_sends_is_neutral() -> None:
    assert neutral_file_name(PACKAGE) == "9f3c21aa.youpin"
