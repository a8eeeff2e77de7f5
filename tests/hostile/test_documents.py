"""Documents made to hurt: each is answered with a code, in time, and the next one opens as if nothing had been."""

import csv
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from app.decoding.errors import (
    DamagedFileError,
    DecodingError,
    NotAcceptedError,
    OverLimitError,
    PasswordProtectedError,
)
from app.decoding.kinds import FileKind, ForeignKind
from app.decoding.limits import Limits
from app.decoding.pool import DecodingPool
from app.decoding.protocol import Refused
from app.decoding.readers.pictures import Picture
from app.domain.ids import Sha256
from tests.support import stranger_files as files

FIXTURES = Path(__file__).parent.parent / "fixtures" / "documents"
GOOD = files.pdf(["still here"])


def _code(pool: DecodingPool, data: bytes) -> str:
    """What became of *data*; afterwards an ordinary document must open in the same child."""
    before = pool.status()
    code, sentence = _told(pool, data)
    assert sentence
    assert pool.probe(GOOD).pages == 1
    assert (pool.status().crashes, pool.status().timeouts) == (before.crashes, before.timeouts)
    return code


def _told(pool: DecodingPool, data: bytes) -> tuple[str, str]:
    try:
        pool.probe(data)
    except DecodingError as error:
        return error.code, error.sentence()
    return "opens", "opens"


SOURCES = list(csv.DictReader((FIXTURES / "SOURCES.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["path"])
def test_files_of_other_projects_end_as_listed(pool: DecodingPool, source: dict[str, str]) -> None:
    assert _code(pool, (FIXTURES / source["path"]).read_bytes()) == source["outcome"]


def test_every_fixture_names_its_source_and_a_permissive_licence() -> None:
    assert {source["path"] for source in SOURCES} == {file.name for file in FIXTURES.iterdir()} - {"SOURCES.tsv"}
    permissive = {"Apache-2.0", "MIT", "MIT-CMU", "BSD-3-Clause", "BSD-3-Clause AND Apache-2.0"}
    assert {source["licence"] for source in SOURCES} <= permissive


@pytest.mark.parametrize("name", ["qpdf-outlines-with-loop.pdf", "pdfium-bookmarks_circular.pdf"])
def test_bookmarks_that_go_in_circles_are_cut(pool: DecodingPool, name: str) -> None:
    with pool.open((FIXTURES / name).read_bytes, Sha256(name)) as document:
        assert len(document.outline().entries) < 200


# Pictures.


@pytest.mark.parametrize("side", [10_001, 20_000, 60_000])
def test_a_png_flood_is_refused_by_its_header(pool: DecodingPool, side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    flood = files.png_of_size(side, side)
    assert _code(pool, flood) == "over_limit"
    # Here, where it can be seen, what the child does: not a single row is unpacked.
    monkeypatch.setattr(PngImageFile, "load", lambda _image: pytest.fail("the rows were unpacked"))
    with pytest.raises(Refused, match="over_limit"):
        Picture(flood, FileKind.PNG, Limits())


def test_a_jpeg_header_of_the_largest_size_is_refused(pool: DecodingPool) -> None:
    assert _code(pool, files.jpeg_claiming(65_535, 65_535)) == "over_limit"


def test_a_jpeg_that_claims_more_than_it_holds_costs_no_more_than_it_shows(pool: DecodingPool) -> None:
    # The JPEG decoder fills what is missing with grey; what counts is that it stays within bounds.
    assert _code(pool, files.jpeg_claiming(9_000, 7_000)) in {"opens", "damaged"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_anywhere_is_damaged_and_never_shown_half(pool: DecodingPool, kind: str) -> None:
    data = files.picture(kind, size=(300, 300))
    for length in range(20, len(data) - 30, max(1, len(data) // 15)):
        assert _code(pool, data[:length]) == "damaged", length


def test_svg_and_pdf_under_a_picture_name_are_never_decoded_as_pictures(pool: DecodingPool) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    with pytest.raises(NotAcceptedError) as refused:
        pool.probe(svg)
    assert refused.value.kind is ForeignKind.SVG
    assert pool.probe(GOOD).kind is FileKind.PDF


def test_only_the_first_frame_of_an_animation_is_decoded(pool: DecodingPool) -> None:
    frames = [Image.new("RGB", (16, 16), (number % 256, number // 256, 0)) for number in range(400)]
    for kind in ("PNG", "WEBP"):
        buffer = io.BytesIO()
        frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
        assert _code(pool, buffer.getvalue()) == "opens"


def test_a_png_that_announces_a_million_frames_is_one_picture(pool: DecodingPool) -> None:
    data = files.picture("PNG")
    control = struct.pack(">II", 1_000_000, 0)
    chunk = struct.pack(">I", 8) + b"acTL" + control + struct.pack(">I", zlib.crc32(b"acTL" + control))
    assert _code(pool, data[:33] + chunk + data[33:]) in {"opens", "damaged"}


def test_a_note_in_a_png_that_inflates_without_end_costs_little(pool: DecodingPool) -> None:
    bomb = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)
    chunk = struct.pack(">I", len(bomb)) + b"zTXt" + bomb + struct.pack(">I", zlib.crc32(b"zTXt" + bomb))
    data = files.picture("PNG")
    assert _code(pool, data[:33] + chunk + data[33:]) in {"opens", "damaged"}


# PDF.


def test_a_protected_pdf_is_refused_as_protected(pool: DecodingPool) -> None:
    with pytest.raises(PasswordProtectedError):
        pool.probe(files.pdf(password="示例".encode().hex()))


def test_a_million_declared_pages_are_refused_or_counted_truly(pool: DecodingPool) -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"
    head = b"<< /Type /Catalog /Pages 2 0 R >>"
    declared = files.raw_pdf([head, b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>", page])
    assert _code(pool, declared) in {"over_limit", "damaged", "opens"}
    repeated = files.raw_pdf([head, b"<< /Type /Pages /Count 20000 /Kids [" + b"3 0 R " * 20_000 + b"] >>", page])
    assert _code(pool, repeated) == "over_limit"


@pytest.mark.parametrize("side", [b"1036800", b"1e30", b"1e-30", b"-5", b"0"])
def test_pages_of_absurd_size_fit_the_picture_asked_for(pool: DecodingPool, side: bytes) -> None:
    data = files.page_with(b"/MediaBox [0 0 %s %s]" % (side, side))
    try:
        with pool.open(lambda: data, Sha256(side.decode())) as document:
            pixels = document.render(1, width=800, height=800)
            assert max(pixels.width, pixels.height) <= 800
            document.words(1)
            document.page_sizes()
    except DamagedFileError:
        pass
    assert pool.probe(GOOD).pages == 1


@pytest.mark.parametrize(
    "action",
    [
        b"/S /JavaScript /JS (app.alert\\(1\\); while \\(true\\) {})",
        b"/S /URI /URI (http://example.org/)",
        b"/S /Launch /F (/bin/true)",
        b"/S /GoToR /F (\\\\\\\\example.org\\\\share)",
        b"/S /SubmitForm /F (http://example.org/)",
    ],
)
def test_actions_do_nothing(pool: DecodingPool, action: bytes) -> None:
    data = files.page_with(b"/AA << /O << %s >> >>" % action, catalogue=b"/OpenAction << %s >>" % action)
    assert _code(pool, data) == "opens"


def test_forms_that_draw_each_other_without_end_are_given_up() -> None:
    deep = b"".join(b"/X%d Do " % number for number in range(10))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources 17 0 R >>",
        b"<< /Length 6 >>\nstream\n/X0 Do\nendstream",
    ]
    for level in range(12):
        names = b" ".join(b"/X%d %d 0 R" % (number, level + 6) for number in range(10))
        content = deep if level < 11 else b"0 0 99 99 re f"
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << %s >> >> /Length %d >>\n"
            b"stream\n%s\nendstream" % (names if level < 11 else b"", len(content), content)
        )
    objects.append(b"<< /XObject << /X0 5 0 R >> >>")
    with DecodingPool(limits=Limits(page_seconds=1)) as pool:
        assert _told(pool, files.raw_pdf(objects))[0] in {"opens", "timeout"}
        assert pool.probe(GOOD).pages == 1
        assert pool.status().restarts == pool.status().timeouts


def test_a_pdf_cut_or_flipped_anywhere_never_harms_the_next(pool: DecodingPool) -> None:
    data = files.pdf(["one", "two"])
    for at in range(0, len(data), 37):
        _code(pool, data[:at])
        _code(pool, data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :])


# Office files.


@pytest.mark.parametrize("main_type", [files.WORD_TYPE, files.SHEET_TYPE])
def test_bombs_are_refused_before_they_go_off(pool: DecodingPool, main_type: str) -> None:
    zeros = bytes(100 * 1024 * 1024)
    members = {f"word/part{number}.xml": zeros for number in range(3)}
    assert _code(pool, files.office(main_type, members)) == "over_limit"


def test_members_that_lie_about_their_size_are_refused(pool: DecodingPool) -> None:
    data = bytearray(files.word("<w:p/>" * 100_000))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)
    assert _code(pool, bytes(data)) == "damaged"


def test_overlapping_and_repeated_members_are_refused(pool: DecodingPool) -> None:
    assert _code(pool, files.overlapping_archive(files.WORD_TYPE)) in {"over_limit", "damaged"}
    buffer = io.BytesIO(files.word("<w:p/>"))
    with zipfile.ZipFile(buffer, "a") as out, pytest.warns(UserWarning, match="Duplicate"):
        out.writestr("word/document.xml", b"<a/>")
    assert _code(pool, buffer.getvalue()) == "damaged"


@pytest.mark.parametrize("name", ["../x", "/etc/x", "C:\\x", "a\\..\\b", "word/../../x"])
def test_members_with_paths_that_lead_outside_are_refused(pool: DecodingPool, name: str) -> None:
    assert _code(pool, files.office(files.WORD_TYPE, {"word/document.xml": b"<a/>", name: b"x"})) == "damaged"


def test_too_many_members_are_refused(pool: DecodingPool) -> None:
    members = {f"word/{number}": b"" for number in range(Limits().archive_members + 1)}
    with pytest.raises(OverLimitError):
        pool.probe(files.office(files.WORD_TYPE, members))


def test_entities_that_grow_are_refused(pool: DecodingPool) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE w [<!ENTITY e0 "ha">{entities}]><w>&e9;</w>'
    assert _code(pool, files.office(files.WORD_TYPE, {"word/document.xml": xml})) == "damaged"


def test_external_entities_are_not_looked_up(pool: DecodingPool) -> None:
    xml = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]><w>&e;</w>'
    assert _code(pool, files.office(files.WORD_TYPE, {"word/document.xml": xml})) == "damaged"
