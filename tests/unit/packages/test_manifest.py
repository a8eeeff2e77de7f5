"""The manifest has one text; no XML parser is needed to read it, and any parser can."""

import contextlib
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages.manifest import Reference, is_media_type, read_manifest, write_manifest
from app.packages.refusal import PackageRefusedError

GOOD = (
    Reference("package.json", "application/json", "00" * 32),
    Reference("a/b.pdf", "application/pdf", "ff" * 32),
    Reference("c", "image/svg+xml", "ab" * 32),
)


def test_manifest_reads_back() -> None:
    assert read_manifest(write_manifest(GOOD)) == GOOD


def test_manifest_is_the_xml_that_asic_asks_for() -> None:
    root = ET.fromstring(write_manifest(GOOD))  # noqa: S314 - our own text
    asic, ds = "{http://uri.etsi.org/02918/v1.2.1#}", "{http://www.w3.org/2000/09/xmldsig#}"
    assert root.tag == f"{asic}ASiCManifest"
    assert root.find(f"{asic}SigReference").attrib["URI"] == "META-INF/signature001.p7s"  # type: ignore[union-attr]
    found = root.findall(f"{asic}DataObjectReference")
    assert [one.attrib["URI"] for one in found] == [reference.path for reference in GOOD]
    assert found[1].find(f"{ds}DigestValue").text == "/" * 42 + "8="  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + b"\n",
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"?>\n", b'?>\n<!DOCTYPE x [<!ENTITY e "x">]>\n', 1),
        lambda text: text.replace(b"a/b.pdf", b"&e;"),
        lambda text: text.replace(b"a/b.pdf", b"../b.pdf"),
        lambda text: text.replace(b"a/b.pdf", b"c"),
        lambda text: text.replace(b"a/b.pdf", b"d"),
        lambda text: text.replace(b"a/b.pdf", b"package.json"),
        lambda text: text.replace(b"application/pdf", b"Application/PDF"),
        lambda text: text.replace(b"application/pdf", b"application/pdf; x=1"),
        lambda text: text.replace(b"8=<", b"9=<"),
        lambda text: text.replace(b"xmlenc#sha256", b"xmlenc#sha512"),
        lambda text: text.replace(b"<asic:SigReference", b"<!-- --><asic:SigReference"),
        lambda text: text.replace(b"package.json", b"first.json"),
        lambda _text: write_manifest(()),
        lambda _text: b"",
        lambda _text: b"\xff\xfe",
    ],
)
def test_any_other_text_is_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PackageRefusedError):
        read_manifest(spoil(write_manifest(GOOD)))


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_byte_of_a_manifest_can_change_without_changing_its_meaning(place: int, change: int) -> None:
    text = bytearray(write_manifest(GOOD))
    text[place % len(text)] ^= change
    with contextlib.suppress(PackageRefusedError):
        assert read_manifest(bytes(text)) != GOOD


@pytest.mark.parametrize("media", ["", "pdf", "a/b/c", "a/", "/b", "a b/c", 'a/b"', "a/b;c=d", "A/b", "a/" + "b" * 200])
def test_media_types_have_a_form(media: str) -> None:
    assert not is_media_type(media)
