"""The help beside the work: by F1, by words, by codes, and back again, without a mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.services.help_pages import HelpPage, HelpShelf
from app.words.help_marks import read_marks
from ui.help.page_document import fill_document
from ui.help.picture_dialog import PictureDialog
from ui.help.reader import HelpReader

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def reader(qtbot: QtBot) -> HelpReader:
    made = HelpReader(shelf=HelpShelf("zh_CN"))
    qtbot.addWidget(made)
    made.show_page("D12")
    assert QTest.qWaitForWindowActive(made)
    return made


def _shown(reader: HelpReader) -> str:
    return reader.page.toPlainText().splitlines()[0]


def test_the_page_of_the_screen_is_shown_with_the_keyboard_in_it(reader: HelpReader) -> None:
    assert _shown(reader) == "任务列表"
    assert reader.page.hasFocus()
    assert not reader.back.isEnabled()
    assert not reader.forward.isEnabled()


def test_tab_and_enter_follow_a_link_and_alt_left_comes_back(reader: HelpReader, qtbot: QtBot) -> None:
    qtbot.keyClick(reader.page, KEY.Key_Tab)  # the picture comes first
    qtbot.keyClick(reader.page, KEY.Key_Tab)
    qtbot.keyClick(reader.page, KEY.Key_Return)
    assert _shown(reader) == "声明利益冲突"
    qtbot.keyClick(reader, KEY.Key_Left, ALT)
    assert _shown(reader) == "任务列表"
    qtbot.keyClick(reader, KEY.Key_Right, ALT)
    assert _shown(reader) == "声明利益冲突"


def test_a_code_typed_into_the_search_leads_to_its_sentence(reader: HelpReader, qtbot: QtBot) -> None:
    qtbot.keyClick(reader, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert reader.search.hasFocus()
    qtbot.keyClicks(reader.search, "package_not_for_you")
    qtbot.keyClick(reader.search, KEY.Key_Down)
    assert reader.found.hasFocus()
    qtbot.keyClick(reader.found, KEY.Key_Return)
    assert reader.name == "package_not_for_you"
    assert "别人" in reader.page.toPlainText()


def test_words_that_fit_nothing_say_what_to_do(reader: HelpReader, qtbot: QtBot) -> None:
    qtbot.keyClicks(reader.search, "qqqq")
    qtbot.keyClick(reader.search, KEY.Key_Down)
    assert reader.found.isHidden()
    assert "少输几个字" in reader.count.text()
    reader.go_back()
    assert reader.page.isVisible()


def test_escape_closes_and_f2_asks_for_the_text(reader: HelpReader, qtbot: QtBot) -> None:
    with qtbot.waitSignal(reader.text_asked):
        qtbot.keyClick(reader, KEY.Key_F2)
    qtbot.keyClick(reader, KEY.Key_Escape)
    assert not reader.isVisible()


def test_a_page_is_plain_characters_and_loads_nothing(reader: HelpReader) -> None:
    text = "# <b>T</b>\n<img src='file:///etc/hostname'> &amp;\n"
    reader.page.show_page(HelpPage("x", "x", read_marks(text)))
    assert reader.page.toPlainText() == "<b>T</b>\n<img src='file:///etc/hostname'> &amp;"
    kind = QTextDocument.ResourceType.ImageResource.value
    assert reader.page.loadResource(kind, QUrl("file:///etc/hostname")) is None


def test_a_picture_is_as_wide_as_the_text_and_opens_larger(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "D12.png"
    image = QImage(800, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    assert image.save(str(file))
    document = QTextDocument()
    page = HelpPage("x", "x", read_marks("# T\n![what](D12)\n![gone](D99)\n"))
    fill_document(document, page, picture=lambda name: tmp_path / f"{name}.png", width=400)
    block = document.begin().next()
    shape = block.begin().fragment().charFormat().toImageFormat()
    assert (shape.width(), shape.height()) == (400, 200)
    assert "gone" not in document.toPlainText()
    dialog = PictureDialog(file, "what")
    qtbot.addWidget(dialog)
    assert dialog.picture.pixmap().width() == 800


def test_every_page_is_written_without_leftover_marks(reader: HelpReader) -> None:
    for name in reader.shelf.names:
        reader.page.show_page(reader.shelf.page(name))
        assert reader.page.toPlainText().startswith(reader.shelf.page(name).title)
    assert QApplication.activeModalWidget() is None


def test_the_pages_for_experts_are_saved_from_their_page_and_only_there(
    reader: HelpReader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert reader.guide.isHidden()
    reader.show_page("guide")
    assert reader.guide.isVisible()
    file = tmp_path / "专家一页通.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(file), ""))
    with qtbot.waitSignal(reader.guide_asked) as asked:
        reader.guide.click()
    assert asked.args == [str(file)]
    reader.say_written(file)
    assert "专家一页通.pdf" in reader.said.text()
    reader.show_page("D12")
    assert reader.said.isHidden()
