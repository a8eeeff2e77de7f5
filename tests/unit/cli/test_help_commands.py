"""``youpin help`` and ``youpin guide``: what the window shows, for whoever has a terminal."""

from pathlib import Path

from tests.support.journeys import youpin


def test_a_page_is_read_by_its_code() -> None:
    said = youpin("help", "D12")
    assert said.status == 0
    assert said.words.startswith("任务列表")
    assert "1. " in said.words


def test_a_sentence_is_explained_with_what_to_do_next() -> None:
    said = youpin("help", "package_not_for_you", "--json")
    assert said.document["name"] == "package_not_for_you"
    assert "换了电脑" in said.document["text"]


def test_the_contents_name_the_code_of_every_page() -> None:
    words = youpin("help").words
    assert "D12  任务列表" in words
    assert "R05-3  待处理" in words


def test_words_find_pages_and_nothing_says_so() -> None:
    found = youpin("help", "--search", "回执号", "--json").document["found"]
    assert "D02" in [one["name"] for one in found]
    assert youpin("help", "--search", "qqqqq").words.strip() == "没有找到。"


def test_the_guide_is_written_and_named(tmp_path: Path) -> None:
    said = youpin("guide", "--out", tmp_path / "一页通.pdf", "--json")
    assert Path(said.document["file"]).read_bytes().startswith(b"%PDF")
