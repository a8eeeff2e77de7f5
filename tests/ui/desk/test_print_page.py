"""Printing pages of the dossier in the window: to a PDF and to a printer, or why not."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from app.domain.conflict import Declared
from app.services.desk_declaring import DeclarationLine
from tests.support import stranger_files
from tests.support.desks import DeskStory
from tests.support.secretariat import Dossier, document, dossier
from tests.ui.desk.conftest import OpenWindow
from ui.desk.print_page import PrintPage

Start = Callable[[DeskStory], OpenWindow]


@pytest.fixture
def opened(stories: Callable[..., DeskStory], open_window: Start, request: pytest.FixtureRequest) -> OpenWindow:
    """A review of a dossier of a PDF, a picture and a sheet; allowed to be printed unless the test says otherwise."""
    story = stories("enrolled")
    story.secretariat.allows_printing = getattr(request, "param", True)
    plain = dossier("2026-0001", files=())
    files = (
        (stranger_files.pdf(["one", "two", "three"]), "01 申请书.pdf"),
        (stranger_files.picture("JPEG", size=(400, 200)), "02 厂房.jpg"),
        (stranger_files.workbook([["产量", 3]]), "03 产量.xlsx"),
    )
    story.dossiers = (Dossier(plain.review, plain.face, tuple(document(data, name) for data, name in files)),)
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers))
    story.desk.declaring.declare([DeclarationLine(story.review, Declared.NONE)])
    return open_window(story)


def show(opened: OpenWindow, number: int = 1) -> PrintPage:
    """Open a document and the page beside it, as a click on the tool below the page does."""
    review = opened.review()
    viewer, sha256 = review.viewer, opened.story.dossiers[0].documents[number - 1].sha256
    if viewer.sha256() != sha256 or viewer._opened is None:
        viewer.open_document(sha256)
    opened.qtbot.waitUntil(lambda: viewer._opened is not None and viewer._opened.sha256 == sha256)
    opened.settle()
    viewer.bar._print.click()
    opened.settle()
    assert review.more.printing.isVisible()
    return review.more.printing


def test_the_page_in_view_is_offered_and_saved_and_listed(opened: OpenWindow, tmp_path: Path) -> None:
    page = show(opened)
    viewer = opened.review().viewer
    viewer.canvas.go_to(2)
    viewer.bar._print.click()
    opened.settle()
    assert (page.pages.text(), page._of.text()) == ("2", "共 3 页")
    assert "01 申请书.pdf" in page.words()
    out = tmp_path / "打印.pdf"
    page.save_as(out)
    opened.settle()
    assert len(pypdfium2.PdfDocument(out)) == 1
    assert "已打印：01 申请书.pdf，第 2 页。文件是 打印.pdf。" in page.words()
    assert page._before.text().endswith("01 申请书.pdf，第 2 页")
    opened.review().more.look_back.trigger()
    opened.settle()
    assert "01 申请书.pdf，第 2 页" in opened.review().more.history.words()


def test_what_was_typed_wrongly_stays_with_the_sentence_beside_it(opened: OpenWindow, tmp_path: Path) -> None:
    page = show(opened)
    page.pages.setText("2-9")
    page.save_as(tmp_path / "x.pdf")
    opened.settle()
    assert "“2-9”不是本文件的页码" in page.words()
    assert page.pages.text() == "2-9"
    assert page.save.isEnabled()
    assert not (tmp_path / "x.pdf").exists()
    assert not page._before.isVisible()


def test_the_printer_gets_every_page_with_its_watermark_and_its_shape(opened: OpenWindow, tmp_path: Path) -> None:
    page, paper = show(opened), tmp_path / "paper.pdf"

    def printer(_parent: object) -> QPrinter:
        chosen = QPrinter()
        chosen.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        chosen.setOutputFileName(str(paper))
        return chosen

    page.choose_printer = printer
    page.pages.setText("1,3")
    page.print.click()
    opened.settle()
    assert "第 1,3 页" in page.words()
    sheets = list(pypdfium2.PdfDocument(paper))
    assert [sheet.get_width() < sheet.get_height() for sheet in sheets] == [True, True]
    image = sheets[0].render(scale=1).to_pil().convert("L")
    faint = sum(130 < shade < 250 for shade in image.tobytes())
    assert faint > 500  # grey letters lie across the white page


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)  # what is provoked here
def test_a_printer_that_gives_up_is_told_and_nothing_hangs(opened: OpenWindow, tmp_path: Path) -> None:
    page = show(opened, 2)

    def printer(_parent: object) -> QPrinter:
        chosen = QPrinter()
        chosen.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        chosen.setOutputFileName(str(tmp_path / "no such folder" / "paper.pdf"))
        return chosen

    page.choose_printer = printer
    page.print.click()
    opened.settle()
    assert "打印机没有接收这些页面" in page.words()
    assert page.print.isEnabled()


def test_nobody_is_asked_for_pages_of_a_sheet(opened: OpenWindow) -> None:
    show(opened, 1)
    viewer, sheet = opened.review().viewer, opened.story.dossiers[0].documents[2].sha256
    with opened.qtbot.waitSignal(viewer.document_shown):
        viewer.open_document(sheet)
    page = opened.review().more.printing
    assert not page._form.isVisible()
    assert "没有可打印的页面" in page.words()
    assert not viewer.bar._print.isVisible()


@pytest.mark.parametrize("opened", [False], indirect=True)
def test_where_it_is_not_allowed_the_page_says_so_and_offers_nothing(opened: OpenWindow) -> None:
    page = show(opened)
    assert "不允许打印卷宗页面" in page.words()
    assert not page._form.isVisible()
