"""What came back of examinations, as the results show it."""

from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtWidgets import QFileDialog

from app.domain.ids import ApplicationCode
from app.domain.review import Recommendation, ReviewKind
from app.packages.payloads import form_path
from app.packages.writer import PackageFile
from tests.support.record_world import FakeDesk, RecordWorld
from tests.ui.record.conftest import Settle
from tests.ui.record.pages import page
from tests.unit.services.test_record_examination import examined
from ui.record import window as places
from ui.record.examination_view import AnswerColumn, AnswersDialog, Column
from ui.record.results_screen import ResultsScreen, result_state
from ui.record.returns_page import Column as ReturnsColumn
from ui.record.returns_page import ReturnsPage
from ui.record.window import RecordWindow

FIFTH = ApplicationCode("2026-0005")


@pytest.fixture
def screen(world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle) -> ResultsScreen:
    """A fifth application is examined by three: one for it, one against it, one not back."""
    world.apply()
    made = world.record.assigning.assign([(desk.expert, FIFTH) for desk in desks], kind=ReviewKind.EXAMINATION)
    reviews = [one.review for one in made.assignments]
    for desk, review, recommend, doubt in zip(
        desks, reviews, (Recommendation.YES, Recommendation.NO), ("", "缺少检测报告"), strict=False
    ):
        assert world.take(desk.hand_in(examined(desk, review, recommend, doubt=doubt))) == ["new"]
    shown = page(window, places.RESULTS, ResultsScreen)
    shown.renew()
    settle()
    return shown


def test_majority_and_conclusions_stand_where_scores_would(screen: ResultsScreen, settle: Settle) -> None:
    screen.table.select(FIFTH)
    settle()
    view = screen.detail.examination
    assert view.isVisible()
    assert not screen.detail.grid.isVisible()
    assert view._majority.text() == "no majority (1 for, 1 against, 1 not back)"
    rows = [view.table.model.row_at(line) for line in range(3)]
    assert [one.text for one in rows] == ["代表本行业水平", "代表本行业水平", ""]
    words = [view.table.model.data(view.table.model.index(line, Column.CONCLUSION)) for line in range(3)]
    assert words == ["recommended", "not recommended", "Not back yet"]
    assert result_state(screen.table.selected_rows()[0]).word == "1 missing"
    screen.table.select("2026-0001")
    settle()
    assert not view.isVisible()
    assert screen.detail.grid.isVisible()


def test_every_answer_is_behind_an_expert(screen: ResultsScreen, settle: Settle) -> None:
    screen.table.select(FIFTH)
    settle()
    view = screen.detail.examination
    view.open_answers(view.table.model.row_at(1))
    (dialog,) = view.findChildren(AnswersDialog)
    model = dialog.answers.model
    said = [[model.data(model.index(line, column)) for column in AnswerColumn] for line in range(model.rowCount())]
    assert said[3] == ["证明材料是否充分", "Doubtful", "缺少检测报告"]
    assert len(said) == 5
    dialog.accept()


def test_signed_form_is_saved_from_the_package(
    screen: ResultsScreen, window: RecordWindow, settle: Settle, world: RecordWorld, tmp_path: Path
) -> None:
    desk = world.desks[2]
    line = next(one for one in world.record.returns.overview() if (one.expert, one.application) == (desk.expert, FIFTH))
    paper = PackageFile.from_bytes(
        form_path(line.review, "examination"), "application/pdf", data=b"%PDF-1.7 signed", application=FIFTH
    )
    assert world.take(desk.hand_in(examined(desk, line.review), extra=[paper])) == ["new"]
    screen.renew()
    settle()
    screen.table.select(FIFTH)
    settle()
    screen.detail.examination.table.select(line.review)
    with patch.object(QFileDialog, "getSaveFileName", return_value=(str(tmp_path / "审查.pdf"), "")):
        screen.detail.examination._save.trigger()
    settle()
    assert (tmp_path / "审查.pdf").read_bytes() == b"%PDF-1.7 signed"


def test_returns_say_which_review_a_line_is_of(
    screen: ResultsScreen, window: RecordWindow, settle: Settle, world: RecordWorld
) -> None:
    shown = page(window, places.RETURNS, ReturnsPage)
    settle()
    model = shown.table.model
    words = {model.data(model.index(line, ReturnsColumn.KIND)) for line in range(model.rowCount())}
    assert words == {"Examination", "Qualification review"}
