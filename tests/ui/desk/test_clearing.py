"""Clearing dossiers away in the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.outcome import Outcome
from tests.support.desks import DeskStory
from tests.ui.desk.conftest import OpenWindow

Start = Callable[[DeskStory], OpenWindow]
Stories = Callable[..., DeskStory]


def confirmed(stories: Stories) -> DeskStory:
    story = stories("complete", "2026-0001")
    package = story.secretariat.read(story.seal())
    story.desk.receipts.confirm_by_number(story.secretariat.number_for(package, Outcome.NEW))
    return story


def test_without_a_receipt_there_is_nothing_to_clear(stories: Stories, open_window: Start) -> None:
    opened = open_window(stories("complete", "2026-0001"))
    place = opened.hand_in
    opened.settle()
    assert not place.clearing.isVisible()


def test_enter_on_the_question_removes_nothing(stories: Stories, open_window: Start) -> None:
    story = confirmed(stories)
    opened = open_window(story)
    place = opened.hand_in
    opened.settle()
    assert place.clearing.isVisible()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    place.clearing.button.click()
    opened.settle()
    assert story.desk.tasks.task(story.review).documents_here == 2


def test_dossiers_go_and_the_line_goes_with_them(stories: Stories, open_window: Start) -> None:
    story = confirmed(stories)
    opened = open_window(story)
    place = opened.hand_in
    opened.settle()
    out = story.folder / "清除.pdf"
    place.clearing.clear(out)
    opened.settle()
    assert out.exists()
    assert story.desk.tasks.task(story.review).documents_here == 0
    opened.settle()
    assert not place.clearing.isVisible()
