"""Phrases of the expert's own in the window: put in, kept, renamed, deleted and undone; texts are only ever text."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt

from tests.support.desks import INDICATOR, DeskStory
from tests.ui.desk.conftest import OpenWindow
from ui.desk.phrase_book import PhraseButton
from ui.desk.phrase_page import PhrasePage
from ui.desk.review_screen import ReviewScreen

Opener = Callable[[DeskStory], OpenWindow]


@pytest.fixture
def opened(stories: Callable[..., DeskStory], open_window: Opener) -> OpenWindow:
    story = stories("assigned", "2026-0001").unlock()
    story.desk.phrases.add("数据", "三年数据齐全。")
    return open_window(story)


def button(review: ReviewScreen) -> PhraseButton:
    found = review.form.reason_head.findChild(PhraseButton)
    assert isinstance(found, PhraseButton)
    return found


def page(opened: OpenWindow) -> PhrasePage:
    review = opened.review()
    review.editor.phrases.page_asked.emit()
    return review.more.phrases


def test_a_phrase_is_put_in_at_the_cursor_and_saved_like_typing(opened: OpenWindow) -> None:
    review = opened.review()
    review.form.focus_reason()
    opened.type("ok ")
    opened.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    menu = button(review).menu_of_phrases
    opened.qtbot.waitUntil(menu.isVisible)
    menu.actions()[0].trigger()
    menu.close()
    opened.settle()
    assert opened.sheet().draft.entry(INDICATOR).reason == "ok 三年数据齐全。"


def test_marked_words_become_a_phrase(opened: OpenWindow) -> None:
    review = opened.review()
    review.form.reason.setPlainText("检测能力完整。")
    review.form.reason.selectAll()
    phrases = button(review)
    phrases.fill()
    phrases.menu_of_phrases.actions()[-2].trigger()
    opened.settle()
    assert [each.text for each in review.editor.phrases.phrases] == ["三年数据齐全。", "检测能力完整。"]


def test_a_phrase_is_renamed_and_rewritten_as_it_is_typed(opened: OpenWindow) -> None:
    (line,) = page(opened).lines
    line.name.setFocus()
    line.name.selectAll()
    opened.type("new")
    line.text.setPlainText("两年数据齐全。")
    opened.settle()
    (kept,) = opened.story.desk.phrases.all()
    assert (kept.name, kept.text) == ("new", "两年数据齐全。")
    assert opened.tasks.review.editor.phrases.phrases == (kept,)


def test_a_deleted_phrase_comes_back_by_undo(opened: OpenWindow) -> None:
    phrases = page(opened)
    phrases.lines[0].remove.click()
    opened.settle()
    assert opened.story.desk.phrases.all() == ()
    assert not phrases.lines
    phrases.undo.click()
    opened.settle()
    assert [each.name for each in opened.story.desk.phrases.all()] == ["数据"]
    assert len(phrases.lines) == 1


def test_a_new_phrase_is_ready_to_be_written(opened: OpenWindow) -> None:
    phrases = page(opened)
    phrases.add.click()
    opened.settle()
    opened.type("complete data")
    opened.settle()
    assert "complete data" in [each.text for each in opened.story.desk.phrases.all()]


def test_what_is_pasted_is_text_without_its_formatting(opened: OpenWindow) -> None:
    review = opened.review()
    pasted = QMimeData()
    pasted.setHtml('<p style="color:red"><b>检测</b>完整<img src="http://example.invalid/x.png"></p>')
    pasted.setText("检测完整")
    review.form.reason.insertFromMimeData(pasted)
    opened.settle()
    assert opened.sheet().draft.entry(INDICATOR).reason == "检测完整"
