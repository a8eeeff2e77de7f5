"""The two pages for experts: exactly two sides, every character printed, what is known filled in."""

from pathlib import Path

import pytest

from app.documents.expert_guide import GuideFacts, expert_guide
from app.i18n import LANGUAGES, use_language
from app.services.expert_guide import write_guide
from app.services.help_pages import GUIDE, HelpShelf
from app.words.help_marks import Kind
from tests.support.paper import pages_of

FACTS = GuideFacts("示例活动 2026", "12345 23456 34567 45678 56789 67890 78901 89012")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_two_sides_with_everything_on_them(language: str) -> None:
    use_language(language)
    try:
        printed = expert_guide(HelpShelf(language).page(GUIDE).blocks, FACTS)
    finally:
        use_language("zh_CN")
    assert (printed.pages, printed.missing_characters) == (2, ())
    words = "".join("".join(pages_of(printed.pdf)).split())
    for block in HelpShelf(language).page(GUIDE).blocks:
        if block.kind is Kind.HEADING:
            assert "".join(block.text.split()) in words, block.text
    assert "".join(FACTS.fingerprint.split()) in words
    assert "示例活动2026" in words


def test_the_same_content_gives_the_same_bytes() -> None:
    blocks = HelpShelf("zh_CN").page(GUIDE).blocks
    assert expert_guide(blocks, FACTS).pdf == expert_guide(blocks, FACTS).pdf


def test_without_a_campaign_there_is_room_to_write(tmp_path: Path) -> None:
    written = write_guide(tmp_path / "专家一页通.pdf")
    assert "秘书处电话" in "".join("".join(pages_of(written.read_bytes())).split())
    assert [file.name for file in tmp_path.iterdir()] == ["专家一页通.pdf"]


def test_every_button_it_names_is_in_quotation_marks() -> None:
    words = "".join("".join(pages_of(expert_guide(HelpShelf("zh_CN").page(GUIDE).blocks, FACTS).pdf)).split())
    assert "点“签名并导出”" in words
    assert "**" not in words
