"""Every document made to hurt, in one dossier that is indexed and searched: none of them stops the others."""

import csv
from collections.abc import Callable
from pathlib import Path

from app.domain.application import MediaType
from app.progress import NoProgress
from tests.support import stranger_files
from tests.support.desks import DeskStory, stories
from tests.support.searchable import with_files

__all__ = ["stories"]

FIXTURES = Path(__file__).parent.parent / "fixtures" / "documents"
MEDIA = {
    "pdf": MediaType.PDF,
    "jpg": MediaType.JPEG,
    "heif": MediaType.HEIC,
    "webp": MediaType.WEBP,
    "xlsx": MediaType.XLSX,
    "docx": MediaType.DOCX,
}


def test_hostile_documents_are_indexed_or_noted_and_never_stop_the_others(stories: Callable[..., DeskStory]) -> None:
    lines = (FIXTURES / "SOURCES.tsv").read_text(encoding="utf-8").splitlines()
    sources = list(csv.DictReader(lines, delimiter="\t"))
    files = [
        (source["path"], MEDIA[source["path"].rpartition(".")[2]], (FIXTURES / source["path"]).read_bytes())
        for source in sources
    ]
    files += [
        ("flood.png", MediaType.PNG, stranger_files.png_of_size(20_000, 20_000)),
        ("empty.pdf", MediaType.PDF, b"%PDF-1.7"),
        ("last.pdf", MediaType.PDF, stranger_files.pdf(["still searchable"])),
    ]
    story = with_files(stories, files)
    searching = story.desk.searching
    searching.index(story.review, NoProgress())
    found = searching.search(story.review, "still searchable")
    assert [hit.name for hit in found.hits] == ["last.pdf"]
    assert found.waiting == 0
    lacking = {lack.name: lack.reason for lack in found.unsearchable}
    refused = {source["path"] for source in sources if source["outcome"] != "opens"}
    assert refused | {"flood.png", "empty.pdf"} <= set(lacking)
    assert all(lacking.values())
    assert searching.index(story.review, NoProgress()) == 0  # what is refused is not tried again and again
