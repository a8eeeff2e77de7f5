from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from app.decoding.kinds import FileKind
from app.decoding.pool import DecodingPool, check_name
from app.documents.sample_dossier import DossierSubject, SampleFile, draw_dossier, photograph_kind
from app.documents.sample_pictures import SCENES, encoded, photograph
from app.documents.sample_text import FICTION_NOTICE, chapters
from app.domain.application import BrandCategory, Offering
from app.domain.ids import Sha256
from app.intake.rubric_file import default_rubric

SUBJECT = DossierSubject(
    operator="沈阳示例精密机床有限公司",
    uscc="91210103MA00001540",
    product="示例牌五轴加工中心",
    offering=Offering.PRODUCT,
    city="沈阳",
    trademark="99000001",
    standards=("GB/T 19001-2016", "T/SLJX 001-2024"),
    year=2026,
    quality=0.7,
)


@pytest.fixture(scope="module")
def decoder() -> Iterator[DecodingPool]:
    with DecodingPool() as pool:
        yield pool


@pytest.fixture(scope="module")
def long_dossier() -> dict[str, bytes]:
    files = draw_dossier(SUBJECT, BrandCategory.INDUSTRIAL, seed="示例", is_long=True)
    return {file.name: file.data for file in files}


def short(seed: str) -> tuple[SampleFile, ...]:
    subject = replace(SUBJECT, offering=Offering.SERVICE)
    return draw_dossier(subject, BrandCategory.SERVICE, seed=seed)


def test_every_document_opens_and_is_what_its_name_says(long_dossier: dict[str, bytes], decoder: DecodingPool) -> None:
    kinds = set()
    for name, data in long_dossier.items():
        kind = decoder.probe(data).kind
        check_name(kind, name)
        kinds.add(kind)
    assert kinds >= {FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.XLSX, FileKind.DOCX, FileKind.WEBP}


def test_every_way_to_store_a_photograph_occurs(decoder: DecodingPool) -> None:
    picture = photograph("hall", "示例", Random(1))
    kinds = {photograph_kind(replace(SUBJECT, trademark=str(number))) for number in range(3)}
    for encoder, ending in kinds:
        check_name(decoder.probe(encoded(picture, encoder)).kind, f"照片.{ending}")
    assert {ending for _encoder, ending in kinds} == {"heic", "webp", "jpg"}


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_a_picture_with_something_in_it(scene: str) -> None:
    picture = photograph(scene, "示例", Random(2))
    assert len(picture.convert("L").resize((64, 64)).getcolors() or ()) > 40


def test_the_long_application_has_tables_photographs_bookmarks_and_text(
    long_dossier: dict[str, bytes], decoder: DecodingPool
) -> None:
    data = long_dossier["01 申报书.pdf"]
    with decoder.open(lambda: data, Sha256("long")) as document:
        assert document.overview.pages >= 40
        titles = [entry.title for entry in document.outline().entries]
        assert len(titles) == 2 + 6 + 24
        text = document.words(2).text()
        assert "研发投入与平台" in text
        assert FICTION_NOTICE in document.words(document.overview.pages).text()
    assert data.count(b"/DCTDecode") >= 12


def test_scans_hold_no_text(long_dossier: dict[str, bytes], decoder: DecodingPool) -> None:
    data = long_dossier["04 执行标准（扫描）.pdf"]
    with decoder.open(lambda: data, Sha256("scan")) as document:
        assert [document.words(page).text() for page in (1, 2, 3)] == ["", "", ""]


def test_the_sheet_and_the_word_document_can_be_read(long_dossier: dict[str, bytes], decoder: DecodingPool) -> None:
    sheet, word = long_dossier["05 关键指标比对表.xlsx"], long_dossier["06 质量管理与服务说明.docx"]
    with decoder.open(lambda: sheet, Sha256("sheet")) as document:
        assert document.overview.sheets == ("关键指标比对表", "实测数据")
        assert document.sheet(1).rows[2][0].text == "关键性能指数"
    with decoder.open(lambda: word, Sha256("word")) as document:
        text = document.text()
        assert [block.heading for block in text.blocks if block.heading].count(2) == 8
        assert FICTION_NOTICE in text.plain()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first = short("a")
    assert first == short("a")
    assert first[0] != short("b")[0]
    assert not any("产品" in file.name for file in first)  # a service has nothing to photograph


def test_the_sections_are_those_of_the_default_rubric() -> None:
    numbers = [section.number for chapter in chapters() for section in chapter.sections]
    assert numbers == [indicator.number for indicator in default_rubric().indicators]
