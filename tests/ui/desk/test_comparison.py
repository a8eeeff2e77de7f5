"""One's own scores beside each other in the window: looked at, changed with a reason, led back to the dossier."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt

from tests.support.desks import INDICATOR, DeskStory
from tests.ui.desk.conftest import OpenWindow
from ui.desk.comparison_model import FIRST_REVIEW, MEAN, CellRole
from ui.desk.comparison_page import ComparisonPage

Stories = Callable[..., DeskStory]
Opener = Callable[[DeskStory], OpenWindow]


@pytest.fixture
def opened(stories: Stories, open_window: Opener) -> OpenWindow:
    return open_window(stories("complete", "2026-0001", "2026-0002"))


def compare(opened: OpenWindow) -> ComparisonPage:
    opened.tasks.compare()
    opened.settle()
    return opened.tasks.comparing


def cell(page: ComparisonPage, review: int = 0) -> QModelIndex:
    rows = range(page.model.rowCount())
    found = (page.model.index(row, FIRST_REVIEW + review) for row in rows)
    return next(index for index in found if (at := page.model.cell(index)) and at[1].id == INDICATOR)


def text(page: ComparisonPage, index: QModelIndex) -> str:
    return str(page.model.data(index))


def test_every_own_score_stands_in_the_table_with_its_spread(opened: OpenWindow) -> None:
    page = compare(opened)
    assert page.model.columnCount() == FIRST_REVIEW + 2
    assert text(page, cell(page)) == "75"
    assert text(page, page.model.index(cell(page).row(), MEAN)) == "75.00"
    assert page.model.data(page.model.index(cell(page).row(), 0), CellRole.COUNTS) == ((75, 2),)


def test_a_cell_is_changed_by_keys_with_its_reason(opened: OpenWindow) -> None:
    page = compare(opened)
    page.view.setCurrentIndex(cell(page))
    opened.press(Qt.Key.Key_Return)
    assert opened.window.focusWidget() is page.cell.percent
    opened.type("60")
    opened.press(Qt.Key.Key_Return)
    assert opened.window.focusWidget() is page.cell.reason
    page.cell.reason.setPlainText("与其他申报相比偏弱")
    page.cell.change.click()
    opened.settle()
    entry = opened.sheet().draft.entry(INDICATOR)
    assert (entry.percent, entry.reason) == (60, "与其他申报相比偏弱")
    assert text(page, cell(page)) == "60"
    assert page.view.currentIndex() == cell(page)


def test_no_reason_and_no_step_are_told_beside_the_field(opened: OpenWindow) -> None:
    page = compare(opened)
    page.view.setCurrentIndex(cell(page))
    page.cell.percent.setText("61")
    page.cell.change.click()
    assert page.cell.problem()
    page.cell.percent.setText("60")
    page.cell.reason.setPlainText(" ")
    page.cell.change.click()
    opened.settle()
    assert page.cell.problem()
    assert opened.sheet().draft.entry(INDICATOR).percent == 75


def test_a_cell_leads_to_its_indicator_beside_the_dossier(opened: OpenWindow) -> None:
    page = compare(opened)
    page.view.setCurrentIndex(page.model.index(5, FIRST_REVIEW))
    wanted = page.model.cell(page.view.currentIndex())
    assert wanted is not None
    page.cell.go.click()
    opened.settle()
    review = opened.tasks.review
    assert (review.editor.review, review.form.indicator()) == (wanted[0].review, wanted[1].id)


def test_a_signed_cell_is_read_only_and_leads_to_a_revision(stories: Stories, open_window: Opener) -> None:
    story = stories("complete", "2026-0001", "2026-0002")
    story.seal(story.review)
    opened = open_window(story)
    page = compare(opened)
    page.view.setCurrentIndex(cell(page))
    assert not page.cell.percent.isEnabled()
    assert page.cell.reason.isReadOnly()
    page.cell.revise.click()
    opened.settle()
    assert opened.tasks.review.editor.review == story.review
