"""A sheet typed by somebody else, read back in the window."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from app.domain.ids import IndicatorId
from tests.support.desks import DeskStory
from tests.support.secretariat import rubric
from tests.ui.desk.conftest import OpenWindow

Start = Callable[[DeskStory], OpenWindow]
FIRST, SECOND = (each.id for each in tuple(rubric().indicators)[:2])


@pytest.fixture
def opened(stories: Callable[..., DeskStory], open_window: Start) -> OpenWindow:
    return open_window(stories("complete", "2026-0001"))


def typed(opened: OpenWindow, *, application: str = "2026-0001") -> Path:
    """A sheet with 50 and 25 for the first two indicators."""
    out = opened.story.folder / "录入.xlsx"
    opened.story.desk.forms.typing_sheet(opened.story.review, out)
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    sheet = book.worksheets[0]
    sheet.cell(1, 3).value = application
    sheet.cell(5, 4).value, sheet.cell(6, 4).value = 50, 25
    book.save(out)
    return out


def percents(opened: OpenWindow) -> tuple[int | None, ...]:
    draft = opened.sheet().draft
    return tuple(draft.entry(IndicatorId(each)).percent for each in (FIRST, SECOND))


def test_only_what_is_ticked_is_taken_and_one_undo_takes_it_back(opened: OpenWindow) -> None:
    review = opened.review()
    page = review.more.typed
    page.read(opened.story.review, typed(opened))
    opened.settle()
    assert page.isVisible()
    assert not page.take.isEnabled()
    first, second = page.ticks()
    assert review.window().focusWidget() is first
    opened.press(Qt.Key.Key_Space)
    assert (first.isChecked(), second.isChecked()) == (True, False)
    page.take.click()
    opened.settle()
    assert percents(opened) == (50, 75)
    review.editor.undo()
    opened.settle()
    assert percents(opened) == (75, 75)


def test_everything_can_be_ticked_at_once(opened: OpenWindow) -> None:
    page = opened.review().more.typed
    page.read(opened.story.review, typed(opened))
    opened.settle()
    page.tick_all.click()
    page.take.click()
    opened.settle()
    assert percents(opened) == (50, 25)


def test_a_sheet_of_another_application_is_answered_where_one_looks(opened: OpenWindow) -> None:
    page = opened.review().more.typed
    page.read(opened.story.review, typed(opened, application="2026-0009"))
    opened.settle()
    assert page.isVisible()
    assert "2026-0009" in page.words()
    assert page.ticks() == ()
    assert not page.take.isVisible()
