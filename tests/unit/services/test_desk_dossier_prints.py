"""Pages of dossiers on paper: only where the campaign allows it, with a watermark, never without a line in the log."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from app.domain.events import Event, EventKind
from app.domain.health import Severity
from app.domain.ids import Sha256
from app.domain.print_pages import PagesUnreadableError
from app.packages import canonical
from app.packages.log_chain import split_lines
from app.packages.payloads import events_path
from app.services.desk_dossier_prints import NotPrintableError, PrintingForbiddenError
from app.services.desk_errors import DocumentUnknownError, DossierLockedError, FileExistsHereError
from tests.support import stranger_files
from tests.support.desks import DeskStory
from tests.support.secretariat import Dossier, document, dossier

Stories = Callable[..., DeskStory]
PAGES = ["first page", "second page", "third page", "fourth page"]


def _half_broken() -> bytes:
    """Two pages, of which the second is a number."""
    content = b"0 0 300 300 re f"
    return stranger_files.raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R >>",
            b"42",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    )


def _dossier() -> Dossier:
    plain = dossier("2026-0001", files=())
    files = (
        (stranger_files.pdf(PAGES), "01 申请书.pdf"),
        (stranger_files.picture("JPEG", size=(400, 200)), "02 厂房.jpg"),
        (stranger_files.workbook([["指标", "值"], ["产量", 3]]), "03 产量.xlsx"),
        (_half_broken(), "04 证书.pdf"),
    )
    return Dossier(plain.review, plain.face, tuple(document(data, name) for data, name in files))


def _begin(stories: Stories, *, allows: bool = True) -> DeskStory:
    story = stories("enrolled")
    story.secretariat.allows_printing = allows
    story.dossiers = (_dossier(),)
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers))
    return story


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    return _begin(stories).unlock()


def _sha(story: DeskStory, number: int) -> Sha256:
    return story.dossiers[0].documents[number - 1].sha256


def _texts(pdf: bytes) -> list[str]:
    read = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in read]


def test_each_page_says_whose_copy_of_which_dossier_it_is_and_when_it_was_made(story: DeskStory) -> None:
    printed = story.desk.dossier_prints.print_pages(story.review, _sha(story, 1), "2-3")
    texts = _texts(printed.pdf)
    assert (len(texts), printed.title, printed.pages.text(), printed.failed) == (2, "01 申请书.pdf", "2-3", ())
    for text, number in zip(texts, (2, 3), strict=True):
        assert f"第 {number} 页，共 4 页" in text
        assert text.count("E0001 · 2026-0001 · ") >= 8  # across the whole page, and below
        assert "01 申请书.pdf" in text
        assert "second page" not in text  # a picture: no word of the document can be copied out


def test_the_page_is_there_behind_the_watermark(story: DeskStory) -> None:
    printed = story.desk.dossier_prints.print_pages(story.review, _sha(story, 2), "")
    (page,) = pypdfium2.PdfDocument(printed.pdf)
    assert page.get_width() > page.get_height()  # a wide picture lies on wide paper
    image = page.render(scale=1).to_pil().convert("RGB")
    left, right = (image.getpixel((image.width * part // 8, image.height // 2)) for part in (2, 6))
    assert left[0] > left[2] + 60
    assert right[2] > right[0] + 60


def test_every_print_is_a_line_of_the_review_s_log_that_travels_with_it(story: DeskStory, tmp_path: Path) -> None:
    story.desk.dossier_prints.print_pages(story.review, _sha(story, 1), "1,3-4")
    story.desk.dossier_prints.print_pages(story.review, _sha(story, 2), "")
    story.score(story.review)
    package = story.secretariat.read(story.seal(story.review))
    events = [canonical.decode(line, Event) for line in split_lines(package.content(events_path(story.review)))]
    printed = [event for event in events if event.what is EventKind.PRINTED]
    assert [(event.value, event.digest) for event in printed] == [("1,3-4", _sha(story, 1)), ("1", _sha(story, 2))]
    assert events[-1].what is EventKind.SEALED
    assert story.desk.checking.check(deep=True).worst not in {Severity.WARN, Severity.CRITICAL}


def test_what_was_printed_is_listed_the_newest_first_also_after_signing(story: DeskStory) -> None:
    story.score(story.review)
    story.seal(story.review)
    for number, pages in ((1, "2"), (4, "1")):
        story.desk.dossier_prints.print_pages(story.review, _sha(story, number), pages)
    assert [(made.title, made.pages) for made in story.desk.dossier_prints.prints(story.review)] == [
        ("04 证书.pdf", "1"),
        ("01 申请书.pdf", "2"),
    ]
    story.desk.scoring.revise(story.review, "更正")
    again = story.secretariat.read(story.seal(story.review, name="again.youpin"))
    events = [canonical.decode(line, Event) for line in split_lines(again.content(events_path(story.review)))]
    kinds = [event.what for event in events if event.what in {EventKind.PRINTED, EventKind.SEALED}]
    assert kinds == [EventKind.SEALED, EventKind.PRINTED, EventKind.PRINTED, EventKind.SEALED]


def test_where_the_campaign_does_not_allow_it_nothing_is_printed_and_nothing_logged(stories: Stories) -> None:
    story = _begin(stories, allows=False).unlock()
    with pytest.raises(PrintingForbiddenError):
        story.desk.dossier_prints.require_allowed(story.review)
    with pytest.raises(PrintingForbiddenError):
        story.desk.dossier_prints.print_pages(story.review, _sha(story, 1), "1")
    assert story.desk.dossier_prints.prints(story.review) == ()


def test_leave_follows_the_newest_package_whatever_order_they_arrive_in(story: DeskStory) -> None:
    story.secretariat.allows_printing = False
    forbids = story.secretariat.assignment(story.folder / "later", story.reader, story.dossiers)
    story.secretariat.allows_printing = True
    allows = story.secretariat.assignment(story.folder / "last", story.reader, story.dossiers)
    story.desk.importing.import_files(allows)
    story.desk.importing.import_files(forbids)  # came late
    story.desk.dossier_prints.require_allowed(story.review)
    story.secretariat.allows_printing = False
    story.desk.importing.import_files(
        story.secretariat.assignment(story.folder / "end", story.reader, story.dossiers)
    )  # fmt: skip
    with pytest.raises(PrintingForbiddenError):
        story.desk.dossier_prints.require_allowed(story.review)


def test_before_the_declaration_nothing_is_printed(stories: Stories) -> None:
    story = _begin(stories)
    with pytest.raises(DossierLockedError):
        story.desk.dossier_prints.print_pages(story.review, _sha(story, 1), "1")


def test_pages_and_documents_that_are_not_there_are_refused_without_a_line_in_the_log(story: DeskStory) -> None:
    prints = story.desk.dossier_prints
    with pytest.raises(PagesUnreadableError):
        prints.print_pages(story.review, _sha(story, 1), "5")
    with pytest.raises(NotPrintableError):
        prints.print_pages(story.review, _sha(story, 3), "1")
    with pytest.raises(DocumentUnknownError):
        prints.print_pages(story.review, Sha256("0" * 64), "1")
    assert prints.prints(story.review) == ()


def test_a_page_that_cannot_be_drawn_is_a_sentence_and_the_others_are_printed(story: DeskStory) -> None:
    printed = story.desk.dossier_prints.print_pages(story.review, _sha(story, 4), "")
    assert printed.failed == (2,)
    assert ["文件已损坏" in text for text in _texts(printed.pdf)] == [False, True]


def test_a_file_is_written_whole_and_never_over_another(story: DeskStory, tmp_path: Path) -> None:
    out = tmp_path / "打印.pdf"
    printed = story.desk.dossier_prints.save(story.review, _sha(story, 1), "1", out=out)
    assert out.read_bytes() == printed.pdf
    with pytest.raises(FileExistsHereError):
        story.desk.dossier_prints.save(story.review, _sha(story, 1), "2", out=out)
    assert [made.pages for made in story.desk.dossier_prints.prints(story.review)] == ["1"]
    assert len(pypdfium2.PdfDocument(io.BytesIO(out.read_bytes()))) == 1
