"""Search in a dossier: found wherever it stands, told wherever it cannot be looked at, gone with the dossier."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.bootstrap.desk import open_desk
from app.domain.application import MediaType
from app.domain.conflict import ConflictKind, Declared
from app.errors import Cancelled
from app.progress import NoProgress
from app.services.desk_declaring import DeclarationLine
from app.services.desk_errors import DossierClosedError, DossierLockedError
from app.services.desk_searching import Found, Hit
from tests.support import stranger_files
from tests.support.desks import PASSPHRASE, DeskStory
from tests.support.searchable import chinese_pdf, with_files

Stories = Callable[..., DeskStory]
APPLICATION = chinese_pdf(
    ["本公司坚持创新驱\n动，研发投入占比", "", "", "执行标准 GB/T 19001—2016", "创新平台与创新人才"]
)
BOOK = stranger_files.workbook([["指标", "数值"], ["研发投入", 1234567], ["专利数量", "创新专利 42"]])
REPORT = stranger_files.word(
    "<w:p><w:r><w:t>检测报告😀</w:t></w:r></w:p><w:p><w:r><w:t>结论：创新 合格</w:t></w:r></w:p>"
)
FILES = (
    ("01 申请书.pdf", MediaType.PDF, APPLICATION),
    ("02 数据.xlsx", MediaType.XLSX, BOOK),
    ("03 报告.docx", MediaType.DOCX, REPORT),
    ("04 照片.png", MediaType.PNG, stranger_files.picture("PNG")),
)
TABLES = ("search_part", "search_words", "indexed_document")


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    return with_files(stories, FILES)


@pytest.fixture
def indexed(story: DeskStory) -> DeskStory:
    assert story.desk.searching.index(story.review, NoProgress()) == 4
    return story


def found(story: DeskStory, wanted: str) -> Found:
    return story.desk.searching.search(story.review, wanted)


def places(story: DeskStory, wanted: str) -> list[tuple[int, object]]:
    return [(hit.number, hit.anchor.page or hit.anchor.range or hit.anchor.chars) for hit in found(story, wanted).hits]


def counts(story: DeskStory) -> list[int]:
    with story.desk._store.engine.connect() as connection:
        return [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in TABLES]


def marked(hit: Hit) -> str:
    return hit.snippet[hit.start : hit.end]


def test_words_are_found_on_pages_in_cells_and_in_texts(indexed: DeskStory) -> None:
    assert places(indexed, "创新") == [(1, 1), (1, 5), (1, 5), (2, "B3"), (3, (9, 11))]
    assert {marked(hit) for hit in found(indexed, "创新").hits} == {"创新"}
    assert [hit.occurrence for hit in found(indexed, "创新").hits][1:3] == [0, 1]


def test_a_single_character_is_found(indexed: DeskStory) -> None:
    assert places(indexed, "投") == [(1, 1), (2, "A2")]
    assert places(indexed, "才") == [(1, 5)]  # the last one of its page


def test_a_word_that_goes_on_in_the_next_line_is_found(indexed: DeskStory) -> None:
    assert places(indexed, "创新驱动") == [(1, 1)]


@pytest.mark.parametrize("wanted", ["GB/T19001-2016", "gb/t 19001", "ＧＢ／Ｔ 19001—2016", "9001"])
def test_blanks_punctuation_width_and_case_do_not_count(indexed: DeskStory, wanted: str) -> None:
    assert places(indexed, wanted) == [(1, 4)]


def test_words_do_not_run_on_from_cell_to_cell(indexed: DeskStory) -> None:
    assert places(indexed, "指标数值") == []
    assert places(indexed, "1234567") == [(2, "B2")]


@pytest.mark.parametrize("wanted", ["", " ", "…", '" OR *', "NOT", "a AND b", "💥", "\x00", "\x1f", "\ud800"])
def test_nothing_in_a_search_is_an_operator(indexed: DeskStory, wanted: str) -> None:
    assert places(indexed, wanted) == []


def test_pages_without_text_are_told(indexed: DeskStory) -> None:
    lacks = found(indexed, "创新").unsearchable
    assert [(lack.number, lack.pages) for lack in lacks] == [(1, ((2, 3),)), (4, ())]
    assert "2–3" in lacks[0].reason


def test_one_document_can_be_searched_alone(indexed: DeskStory) -> None:
    document = indexed.dossiers[0].documents[1].sha256
    alone = indexed.desk.searching.search(indexed.review, "创新", document=document)
    assert [hit.number for hit in alone.hits] == [2]
    assert alone.documents == 1


def test_before_indexing_everything_waits_and_afterwards_nothing(story: DeskStory) -> None:
    assert (found(story, "创新").hits, found(story, "创新").waiting) == ((), 4)
    story.desk.searching.index(story.review, NoProgress())
    assert found(story, "创新").waiting == 0
    assert story.desk.searching.index(story.review, NoProgress()) == 0


class _StopsAfter:
    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, done: int, total: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_a_cancelled_index_goes_on_where_it_stopped_also_within_a_document(stories: Stories) -> None:
    many = stranger_files.pdf([f"needle {number}" for number in range(1, 51)])
    story = with_files(stories, [("01.pdf", MediaType.PDF, many)])
    with pytest.raises(Cancelled):
        story.desk.searching.index(story.review, _StopsAfter(3))
    half = len(found(story, "needle").hits)
    assert 0 < half < 50
    story.reopen()
    story.desk.searching.index(story.review, NoProgress())
    assert [hit.anchor.page for hit in found(story, "needle").hits] == list(range(1, 51))


def test_indexing_is_no_act_of_the_expert(story: DeskStory) -> None:
    with story.desk._store.reading() as work:
        before = work.head()
    story.desk.searching.index(story.review, NoProgress())
    with story.desk._store.reading() as work:
        assert work.head() == before


def test_a_locked_dossier_is_neither_indexed_nor_searched(stories: Stories) -> None:
    story = with_files(stories, FILES, unlock=False)
    with pytest.raises(DossierLockedError):
        story.desk.searching.index(story.review, NoProgress())
    with pytest.raises(DossierLockedError):
        found(story, "创新")


@pytest.mark.parametrize("declared", [Declared.CONFLICT, Declared.ABSTAIN])
def test_the_words_go_with_the_dossier(indexed: DeskStory, declared: Declared) -> None:
    assert min(counts(indexed)) > 0
    kind = ConflictKind.KINSHIP if declared is Declared.CONFLICT else None
    indexed.desk.declaring.declare([DeclarationLine(indexed.review, declared, kind, "示例原因")])
    assert counts(indexed) == [0, 0, 0]
    with pytest.raises(DossierClosedError):
        found(indexed, "创新")


def test_a_backup_holds_no_words_of_the_dossier(indexed: DeskStory, tmp_path: Path) -> None:
    indexed.desk.backups.back_up()
    copy = indexed.desk.backups.list()[-1]
    indexed.close()
    with open_desk(copy.path, PASSPHRASE, clock=indexed.clock) as desk:
        with desk._store.engine.connect() as connection:
            for table in TABLES:
                assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
        assert desk._store.pragma("integrity_check") == ["ok"]


def test_nothing_of_the_words_stands_in_the_file_in_the_clear(indexed: DeskStory) -> None:
    folder = indexed.folder
    indexed.close()
    for file in folder.iterdir():
        if file.is_file():
            data = file.read_bytes()
            assert "研发投入".encode() not in data
            assert b"19001" not in data
