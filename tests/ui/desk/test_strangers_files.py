"""A dossier as a hostile secretariat might send it, read in the real window from the first file to the last."""

import csv
from pathlib import Path

import pytest

from tests.support import stranger_files as files
from tests.support.reading_room import Seen, reading_room

FIXTURES = Path(__file__).parents[2] / "fixtures" / "documents"
SOURCES = list(csv.DictReader((FIXTURES / "SOURCES.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
GOOD = "zz-good.pdf"


def _built() -> list[tuple[str, bytes, str]]:
    """Name, bytes and what has to become of them."""
    bomb = {f"word/{number}.xml": bytes(100 << 20) for number in range(3)}
    outside = {"../x": b"x", "word/document.xml": b"<a/>"}
    entities = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w>&b;</w>'
    return [
        ("svg under a picture's name.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not_accepted"),
        ("program.pdf", b"\x7fELF" + bytes(200), "not_accepted"),
        ("flood.png", files.png_of_size(20_000, 20_000), "over_limit"),
        ("huge header.jpg", files.jpeg_claiming(65_535, 65_535), "over_limit"),
        ("entities.docx", files.office(files.WORD_TYPE, {"word/document.xml": entities}), "damaged"),
        ("bomb.docx", files.office(files.WORD_TYPE, bomb), "over_limit"),
        ("../../etc/passwd.docx", files.office(files.WORD_TYPE, outside), "damaged"),
        ("protected.pdf", files.pdf(password="123456"), "password"),
        ("cut.pdf", files.pdf(["one", "two"])[:400], "damaged"),
        (GOOD, files.pdf(["still here", "page two"]), "opens"),
    ]


@pytest.fixture(scope="module")
def seen(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    """What became of every file; the window read them all, one after the other."""
    given = [(source["path"], (FIXTURES / source["path"]).read_bytes()) for source in SOURCES]
    given += [(name, data) for name, data, _outcome in _built()]
    with reading_room(tmp_path_factory.mktemp("strangers"), given, most_pages=4) as (room, hashes):
        read = {name: room.read(sha256) for (name, _data), sha256 in zip(given, hashes, strict=True)}
        assert room.said == []
        assert room.status().crashes == 0
    return read


def test_each_file_is_shown_or_one_sentence_stands_in_its_place(seen: dict[str, Seen]) -> None:
    wanted = {source["path"]: source["outcome"] for source in SOURCES}
    wanted |= {name: outcome for name, _data, outcome in _built()}
    assert {name: one.refusal or one.failed.get(1, "opens") for name, one in seen.items()} == wanted
    assert all(one.sentence.endswith("。") for one in seen.values() if one.refusal)


def test_what_is_shown_can_be_cited_and_what_has_pages_can_be_printed(seen: dict[str, Seen]) -> None:
    assert all(one.is_cited for one in seen.values() if not one.refusal)
    for one in seen.values():
        assert bool(one.printed) == (not one.shown and not one.failed)
    assert all(one.printed in {one.refusal, "not_printable"} for one in seen.values() if one.refusal)


def test_the_search_says_of_each_file_that_it_cannot_look_into_why(seen: dict[str, Seen]) -> None:
    for one in seen.values():
        if one.refusal:
            assert one.found


def test_after_all_of_them_an_ordinary_document_is_read_as_if_nothing_had_been(seen: dict[str, Seen]) -> None:
    good = seen[GOOD]
    assert (good.shown, good.failed, good.found, good.is_cited, good.printed) == (2, {}, "", True, "")
