"""The help: every screen and every sentence has its page, in words that stand on the screen."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from PIL import Image

from app.i18n import LANGUAGES
from app.paths import resource
from app.services import desk_backup_check, desk_checking, desk_visit_check
from app.services.help_pages import CONTENTS, HelpShelf, code_of_refusal
from app.services.help_sentences import all_sentences, screens_of
from app.words import health
from app.words.help_marks import Kind, Manner, Span, read_marks, read_spans
from tests.support import catalogue, help_sentences
from tests.support.sources import sources

MOST_BYTES = 80_000
SCREEN = re.compile(r"\"([DRS]\d\d(?:-\d)?)\"")
# Codes of places whose screens have codes of their own.
ONLY_PLACES = {"D01", "D04", "R02", "R03", "R05"}
# Ends of what the program writes behind the words of a button.
ENDING = re.compile(r"(\s*(…|……|\.\.\.)|\s{2}.*)$")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shelf(language: str) -> HelpShelf:
    return HelpShelf(language)


def screens() -> set[str]:
    """Every screen code that the window names, and the tabs of a visit, which are counted."""
    found = {code for one in sources("ui") for code in SCREEN.findall(one.text)}
    return (found | {f"D4{number}" for number in range(2, 7)}) - ONLY_PLACES


def test_every_screen_has_a_page_with_a_title_and_something_to_do(shelf: HelpShelf) -> None:
    assert len(screens()) > 30
    for code in screens():
        page = shelf.page(code)
        assert page.name == code, code
        assert page.blocks[0].kind is Kind.TITLE
        assert any(block.kind in {Kind.STEP, Kind.POINT} for block in page.blocks), code


def test_both_languages_have_the_same_pages_with_the_same_bones() -> None:
    chinese, english = (HelpShelf(language) for language in LANGUAGES)
    assert chinese.names == english.names
    for name in chinese.names:
        bones = [[block.kind for block in shelf.page(name).blocks] for shelf in (chinese, english)]
        assert bones[0] == bones[1], name


def test_every_link_leads_somewhere_and_every_page_can_be_reached_from_the_contents(shelf: HelpShelf) -> None:
    links = {name: _links(shelf, name) for name in shelf.names}
    broken = [(name, target) for name, targets in links.items() for target in targets if not shelf.has(target)]
    assert broken == []
    reached, waiting = set(), [CONTENTS]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [target for target in links[name] if target in links]
    assert reached == set(shelf.names)


def _links(shelf: HelpShelf, name: str) -> list[str]:
    return [span.target for block in shelf.page(name).blocks for span in block.spans if span.manner is Manner.LINK]


def test_words_that_should_stand_on_the_screen_are_words_of_the_program(shelf: HelpShelf, language: str) -> None:
    said = {_bare(text) for message in catalogue.existing(language) if message.id for text in _forms(message)}
    unknown = [
        (name, span.text)
        for name in shelf.names
        for block in shelf.page(name).blocks
        for span in block.spans
        if span.manner is Manner.STRONG and _bare(span.text) not in said
    ]
    assert unknown == []


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _bare(text: str) -> str:
    return ENDING.sub("", text).strip()


def test_pages_are_written_for_people_and_not_for_programmers(shelf: HelpShelf) -> None:
    for name in shelf.names:
        words = shelf.page(name).text
        assert not re.search(r"[a-z]+_[a-z]+|</?[a-z]+>|\*\*|\]\(", words), name


def test_every_failure_has_an_entry_and_the_list_is_up_to_date() -> None:
    assert help_sentences.PATH.read_text(encoding="utf-8") == help_sentences.listed()


def test_an_entry_says_the_sentence_where_it_comes_up_and_the_code(shelf: HelpShelf, language: str) -> None:
    page = shelf.page("wrong_passphrase")
    assert page.title == {"zh_CN": "口令不对。", "en": "The passphrase is wrong."}[language] or page.title
    assert {"S02", "passphrase"} <= set(_links(shelf, "wrong_passphrase"))
    assert "wrong_passphrase" in page.text


def test_every_sentence_that_the_window_says_names_its_screens() -> None:
    pages = HelpShelf()
    for sentence in all_sentences().values():
        where = screens_of(sentence)
        assert all(pages.has(code) for code in where), sentence.code
        assert where or sentence.module.startswith("app.cli") or sentence.code == "failed", sentence.code


def test_every_explanation_belongs_to_a_sentence(shelf: HelpShelf) -> None:
    assert set(shelf._explanations) <= set(all_sentences())


def test_a_refused_package_leads_to_every_reason(shelf: HelpShelf) -> None:
    targets = _links(shelf, "package_refused")
    assert {code_of_refusal("not_for_you"), code_of_refusal("damaged")} <= set(targets)


@pytest.mark.parametrize("words", ["D12", "package_not_for_you", "not_for_you"])
def test_a_code_finds_its_page_first(shelf: HelpShelf, words: str) -> None:
    assert words in shelf.search(words)[0].name


def test_words_find_titles_before_texts_and_nothing_finds_nothing() -> None:
    shelf = HelpShelf("zh_CN")
    assert shelf.search("签名和交付")[0].name == "D02"
    assert "D43" in [found.name for found in shelf.search("大字布局")]
    assert "D02" in [found.name for found in shelf.search("回执 口令 U盘".replace("U盘", "U 盘"))]
    assert shelf.search("   ") == ()
    assert shelf.search("没有这样的字 qqq") == ()


def test_an_unknown_screen_shows_the_page_of_its_place_or_the_contents(shelf: HelpShelf) -> None:
    assert shelf.page("R06-7").name == "R06"
    assert shelf.page("X99").name == CONTENTS
    assert shelf.page("../../secret").name == CONTENTS


def test_pages_for_scripts_are_not_among_them(shelf: HelpShelf) -> None:
    assert not [name for name in shelf.names if name.startswith("cli")]


def test_marks_are_read_and_anything_else_stays_words() -> None:
    blocks = read_marks("# T\n\n1. go\n- see [there](D13)\n![what](D12)\n<b>x</b> `F1` **Open** [](D13)\n")
    assert [block.kind for block in blocks] == [Kind.TITLE, Kind.STEP, Kind.POINT, Kind.PICTURE, Kind.TEXT]
    assert blocks[1].number == 1
    assert blocks[2].spans[1] == Span("there", Manner.LINK, "D13")
    assert blocks[3].picture == "D12"
    assert [span.manner for span in blocks[4].spans][1::2] == [Manner.KEY, Manner.STRONG, Manner.LINK]
    assert blocks[4].text.startswith("<b>x</b> ")
    assert read_spans("[x](../a) ![y](http://h)")[0].manner is Manner.PLAIN


def test_every_picture_of_a_page_belongs_to_a_screen(shelf: HelpShelf) -> None:
    for name in shelf.names:
        for block in shelf.page(name).blocks:
            assert block.kind is not Kind.PICTURE or block.picture in screens()


def test_no_page_is_kept_that_nobody_can_read() -> None:
    for language in LANGUAGES:
        files = {file.stem for file in Path(resource("help", language)).glob("*.md")}
        assert {name for name in files if not name.startswith("cli-")} == {*HelpShelf(language).names, "sentences"}


def test_every_picture_is_there_in_the_size_of_a_small_laptop_and_not_heavy(shelf: HelpShelf) -> None:
    shown = {block.picture for name in shelf.names for block in shelf.page(name).blocks if block.kind is Kind.PICTURE}
    assert len(shown) > 10
    for name in shown:
        file = shelf.picture(name)
        assert file.stat().st_size <= MOST_BYTES, file.name
        with Image.open(file) as image:
            assert (image.format, image.size) == ("PNG", (1366, 690)), file.name


def test_no_picture_lies_there_that_no_page_shows() -> None:
    pages = HelpShelf()
    shown = {block.picture for name in pages.names for block in pages.page(name).blocks if block.kind is Kind.PICTURE}
    files = {file.name.partition(".")[0] for file in resource("help", "pictures").glob("*.png")}
    assert files == shown


def test_every_finding_of_the_check_has_an_entry_that_says_what_to_do(shelf: HelpShelf) -> None:
    assert _health_codes() == set(health.CHECKED)
    for code in health.CHECKED:
        page = shelf.page(code)
        assert page.name == code
        assert any(block.kind in {Kind.STEP, Kind.POINT} for block in page.blocks), code
        assert "D03" in _links(shelf, code)


def _health_codes() -> set[str]:
    """The codes that the checks of a desk give, as they stand in their source."""
    places = {"_good": 0, "_warn": 0, "_critical": 0, "_from_rows": 1, "_named": 1, "Finding": 1}
    found = set()
    for module in (desk_checking, desk_visit_check, desk_backup_check):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
                said = node.args[places[node.func.id]]
                if isinstance(said, ast.Constant):
                    found.add(said.value)
                elif isinstance(said, ast.Name) and said.id.isupper():
                    found.add(getattr(module, said.id))
    return found
