"""Results, what is behind them, what is printed, verified and exported; and the log."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.conflict import Declared
from app.domain.outcome import Outcome
from app.domain.verification import Difference, Verified
from tests.support.record_world import FakeDesk, RecordWorld
from tests.ui.record.conftest import Settle
from tests.ui.record.pages import page
from ui.record import window as places
from ui.record.differences_dialog import DifferencesDialog
from ui.record.log_screen import LogScreen
from ui.record.results_screen import ResultsScreen, result_state
from ui.record.review_dialog import ReviewDialog
from ui.record.window import RecordWindow
from ui.widgets.plain_label import PlainLabel


@pytest.fixture
def screen(world: RecordWorld, desks: list[FakeDesk], window: RecordWindow, settle: Settle) -> ResultsScreen:
    """The first application signed by both; the second by one, and the other recused."""
    for desk, percents in ((desks[0], (60, 75)), (desks[1], (80, None))):
        lines = [line for line in world.record.returns.overview() if line.expert == desk.expert][:2]
        sealed = [
            desk.sealed(line.review, percent=percent, text="示例：同意")
            for line, percent in zip(lines, percents, strict=True)
            if percent is not None
        ]
        declarations = [
            (
                line.review,
                desk.declaration(line.application, note="" if percent else "示例", declared=declared(percent)),
            )
            for line, percent in zip(lines, percents, strict=True)
        ]
        report = world.record.importing.import_files([world.file(desk.hand_in(*sealed, declarations=declarations))])
        assert report.packages[0].outcome is Outcome.NEW, report.packages
    made = page(window, places.RESULTS, ResultsScreen)
    settle()
    return made


def declared(percent: int | None) -> Declared:
    return Declared.NONE if percent else Declared.CONFLICT


def test_figures_count_what_is_there_and_never_what_is_missing(screen: ResultsScreen) -> None:
    screen.table.select("2026-0001")
    figures = [label.text() for label, _caption in screen.detail._figures]
    assert figures == ["700.00", "—", "600.00 – 800.00", "2/2"]
    screen.table.select("2026-0002")
    figures = [label.text() for label, _caption in screen.detail._figures]
    assert figures == ["750.00", "—", "750.00 – 750.00", "1/2"]
    assert screen.detail.model.data(screen.detail.model.index(0, 5)) == "Recused"


def test_states_say_whether_somebody_is_missing(screen: ResultsScreen) -> None:
    words = [result_state(screen.table.model.row_at(line)).word for line in range(4)]
    assert words == ["All back", "All back", "None back", "None back"]


def test_unofficial_rubric_is_said_beside_the_figures(screen: ResultsScreen) -> None:
    assert "unofficial" in screen.about()
    assert screen.detail._notice.isVisible()


def test_range_at_the_limit_is_marked_in_words_and_colour(screen: ResultsScreen) -> None:
    screen.table.select("2026-0001")
    model = screen.detail.model
    index = model.index(2, 3)
    assert model.data(index) == "! 20 %"
    assert model.data(index, Qt.ItemDataRole.ForegroundRole) is not None


def test_review_opens_with_opinion_and_revisions(screen: ResultsScreen, settle: Settle) -> None:
    screen.table.select("2026-0001")
    screen.detail._on_activated(screen.detail.model.index(0, 4))
    settle()
    (dialog,) = screen.detail.findChildren(ReviewDialog)
    words = "\n".join(label.text() for label in dialog.findChildren(PlainLabel))
    assert "示例：同意" in words
    assert "✓ Recommends it" in words
    assert "this one counts" in words
    assert dialog.scores.model.rowCount() == 24
    dialog.accept()


def test_summary_table_is_printed_to_a_file(screen: ResultsScreen, settle: Settle, tmp_path: Path) -> None:
    screen.table.select("2026-0001")
    target = tmp_path / "汇总.pdf"
    with patch.object(QFileDialog, "getSaveFileName", return_value=(str(target), "")):
        screen.detail._summary.click()
    settle()
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(str(target)))
    assert "700.00" in text
    assert "2026-0001" in text


def test_form_that_the_package_does_not_carry_is_told_in_words(
    screen: ResultsScreen, said: Callable[[], str], tmp_path: Path
) -> None:
    screen.table.select("2026-0001")
    screen.detail._fill_menu()
    assert len(screen.detail._menu.actions()) == 4
    with patch.object(QFileDialog, "getSaveFileName", return_value=(str(tmp_path / "x.pdf"), "")):
        screen.detail._menu.actions()[0].trigger()
    assert said()
    assert not (tmp_path / "x.pdf").exists()


def test_verification_that_agrees_says_how_much_was_checked(screen: ResultsScreen, said: Callable[[], str]) -> None:
    screen.primary_action().trigger()  # type: ignore[union-attr]
    assert not screen.primary_action().isEnabled()  # type: ignore[union-attr]
    assert "Everything agrees" in said()
    assert screen.primary_action().isEnabled()  # type: ignore[union-attr]


def test_differences_are_named_one_by_one(world: RecordWorld, screen: ResultsScreen, said: Callable[[], str]) -> None:
    difference = Difference("review", "2026-0001", "示例")
    screen._on_verified(Verified(3, (difference,), world.record.verification.digest()))
    assert "1 difference" in said()
    (dialog,) = screen.findChildren(DifferencesDialog)
    assert dialog.table.model.row_at(0) == difference
    dialog.accept()


def test_export_goes_into_an_empty_folder_and_into_no_other(
    screen: ResultsScreen, said: Callable[[], str], tmp_path: Path, qtbot: QtBot
) -> None:
    screen.export_to(tmp_path / "导出")
    assert "not encrypted" in said()
    assert (tmp_path / "导出" / "results.csv").is_file()
    screen.export_to(tmp_path / "导出")
    qtbot.waitUntil(lambda: "not empty" in said())  # the sentence of the first export stands until then


def test_log_shows_the_newest_first_and_finds_words(
    desks: list[FakeDesk], window: RecordWindow, settle: Settle
) -> None:
    screen = page(window, places.LOG, LogScreen)
    settle()
    numbers = [screen.table.model.row_at(line).number for line in range(screen.table.model.rowCount())]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] == 1
    screen.search("E0003")
    assert screen.table.model.rowCount() == 1
