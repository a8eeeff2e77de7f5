import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.decoding.document import Document
from app.decoding.kinds import FileKind
from app.decoding.pool import DecodingPool
from app.decoding.readers.letters import HOLDER
from app.decoding.replies import Pixels
from app.domain.ids import Sha256
from tests.support import stranger_files as files


def _open(pool: DecodingPool, data: bytes) -> Document:
    return pool.open(lambda: data, Sha256(f"{hash(data):x}"))


def _dark_box(pixels: Pixels) -> tuple[int, int, int, int]:
    """Where anything is drawn, in pixels."""
    dark = [at // 4 for at in range(0, len(pixels.data), 4) if pixels.data[at] < 128]
    xs, ys = [at % pixels.width for at in dark], [at // pixels.width for at in dark]
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def test_the_letters_that_are_kept_for_documents_without_their_own_are_chinese(pool: DecodingPool) -> None:
    with _open(pool, HOLDER) as document:
        assert document.words(1).text() == "评"
        left, top, right, bottom = _dark_box(document.render(1, width=90))
    assert right - left > 60
    assert bottom - top > 60


def test_a_page_is_as_wide_as_asked_and_keeps_its_shape(pool: DecodingPool) -> None:
    with _open(pool, files.pdf(["one", "two"])) as document:
        pixels = document.render(2, width=595)
    assert (pixels.width, pixels.height, pixels.stride) == (595, 842, 595 * 4)
    assert pixels.data[:4] == b"\xff\xff\xff\xff"


def test_turning_a_page_exchanges_its_sides(pool: DecodingPool) -> None:
    with _open(pool, files.pdf()) as document:
        pixels = document.render(1, width=842, rotation=90)
    assert (pixels.width, pixels.height) == (842, 595)


def test_a_thumbnail_stays_inside_its_square(pool: DecodingPool) -> None:
    with _open(pool, files.pdf(size=(100, 1000))) as document:
        pixels = document.thumbnail(1, side=160)
    assert (pixels.width, pixels.height) == (16, 160)


def test_the_overview_tells_pages_and_restrictions(pool: DecodingPool) -> None:
    with _open(pool, files.pdf(["a", "b", "c"])) as document:
        assert (document.kind, document.overview.pages, document.overview.is_encrypted) == (FileKind.PDF, 3, False)


def test_page_sizes_are_hundredths_of_a_point_as_displayed(pool: DecodingPool) -> None:
    with _open(pool, files.page_with(b"/MediaBox [0 0 595 842] /CropBox [100 100 300 500] /Rotate 90")) as document:
        (size,) = document.page_sizes()
    assert (size.width, size.height) == (40000, 20000)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [b"", b"/CropBox [50 300 450 780]", b"/CropBox [-20 -30 400 800]"])
def test_boxes_of_words_lie_where_the_words_are_drawn(pool: DecodingPool, rotation: int, crop: bytes) -> None:
    data = files.page_with(b"/MediaBox [-100 -100 595 842] %s /Rotate %d" % (crop, rotation))
    with _open(pool, data) as document:
        found = document.words(1)
        pixels = document.render(1, width=found.size.width // 100)
    (word,) = found.words
    assert word.text == "Example"
    for box, drawn in zip(word.box, _dark_box(pixels), strict=True):
        assert abs(box / 100 - drawn) <= 3


def test_words_are_divided_at_gaps_lines_and_chinese_characters(pool: DecodingPool) -> None:
    content = b"BT /F1 20 Tf 72 700 Td (two words) Tj 0 -40 Td (below) Tj ET"
    with _open(pool, files.page_with(b"/MediaBox [0 0 595 842]", content=content)) as document:
        found = document.words(1)
    assert [word.text for word in found.words] == ["two", "words", "below"]
    assert [word.starts_line for word in found.words] == [False, False, True]
    assert found.text() == "two words\nbelow"


def test_bookmarks_lead_to_pages(pool: DecodingPool) -> None:
    with _open(pool, files.pdf(["a", "b"])) as document:
        outline = document.outline()
    assert [(entry.title, entry.page, entry.level) for entry in outline.entries] == [("Part 1", 1, 0), ("Part 2", 2, 0)]
    assert not outline.is_cut


def test_chinese_without_an_embedded_font_is_still_drawn(pool: DecodingPool) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources 8 0 R >>",
        b"<< /Length 43 >>\nstream\nBT /F1 40 Tf 20 100 Td <793A4F8B> Tj ET     \nendstream",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo 9 0 R /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /StemV 58 >>",
        b"<< /Font << /F1 5 0 R >> >>",
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>",
    ]
    with _open(pool, files.raw_pdf(objects)) as document:
        pixels = document.render(1, width=200)
        words = document.words(1).words
    assert [word.text for word in words] == ["示", "例"]
    ink = sum(pixels.data[at] < 128 for at in range(0, len(pixels.data), 4))
    assert ink > 300


@settings(max_examples=15)
@given(width=st.floats(1, 20_000), height=st.floats(1, 20_000), wanted=st.integers(1, 3000))
def test_any_shape_of_page_fits_what_was_asked_for(
    pool: DecodingPool, width: float, height: float, wanted: int
) -> None:
    data = files.page_with(b"/MediaBox [0 0 %f %f]" % (width, height), content=b"")
    with _open(pool, data) as document:
        pixels = document.render(1, width=wanted, height=wanted)
    assert 1 <= pixels.width <= wanted
    assert 1 <= pixels.height <= wanted


def test_asking_for_a_page_that_is_not_there_is_a_mistake_of_the_caller(pool: DecodingPool) -> None:
    with _open(pool, files.pdf()) as document:
        for page in (0, 2):
            with pytest.raises(ValueError, match="no such page"):
                document.render(page, width=100)
        with pytest.raises(ValueError, match="no such page"):
            document.text()
