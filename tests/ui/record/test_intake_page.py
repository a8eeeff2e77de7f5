"""Taking in: everything is looked at first, told line by line, and taken with one button."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.support import stranger_files
from tests.support.intake_material import row, write_files, write_table
from tests.support.record_world import RecordWorld
from tests.ui.record.conftest import Settle
from tests.ui.record.pages import page
from ui.record import window as places
from ui.record.intake_lines import DOUBTFUL, KNOWN
from ui.record.intake_page import IntakePage
from ui.record.window import RecordWindow


@pytest.fixture
def screen(window: RecordWindow, settle: Settle) -> IntakePage:
    made = page(window, places.INTAKE, IntakePage)
    settle()
    return made


@pytest.fixture
def material(tmp_path: Path) -> tuple[Path, Path]:
    """One row in order, one with a bad file, one without files, one with two folders."""
    folder = tmp_path / "材料 一"
    good = stranger_files.pdf(("Example",))
    write_files(folder / "1", {"申请书.pdf": good})
    write_files(folder / "2", {"申请书.pdf": stranger_files.pdf(("Other",)), "清单.txt": b"text"})
    (folder / "3").mkdir()
    write_files(folder / "4 甲", {"a.pdf": stranger_files.pdf(("A",))})
    write_files(folder / "4 乙", {"a.pdf": stranger_files.pdf(("B",))})
    return write_table(tmp_path / "汇总表.xlsx", [row(number) for number in range(1, 5)]), folder


def levels(screen: IntakePage) -> set[str]:
    return {screen.lines.model.row_at(line).level for line in range(screen.lines.model.rowCount())}


def test_looking_writes_nothing_and_taking_writes_what_is_in_order(
    world: RecordWorld, screen: IntakePage, settle: Settle, material: tuple[Path, Path], said: Callable[[], str]
) -> None:
    before = world.record.verification.digest()
    screen.take_paths(material)
    settle()
    assert world.record.verification.digest() == before
    assert {"error", DOUBTFUL} <= levels(screen)
    action = screen.primary_action()
    assert action is not None
    assert (action.text(), action.isEnabled()) == ("Take 2 applications", True)
    action.trigger()
    assert "2 applications were taken." in said()
    assert [one.operator for one in world.record.applications.list()] == ["示例1号食品有限公司", "示例2号食品有限公司"]
    assert KNOWN in levels(screen)
    assert not action.isEnabled()


def test_chips_count_the_levels_and_filter(screen: IntakePage, settle: Settle, material: tuple[Path, Path]) -> None:
    screen.take_paths(material)
    settle()
    assert screen._chips.isVisible()
    errors = sum(line.level == "error" for line in screen._lines)
    screen._chips._buttons["error"].click()
    assert screen.lines.model.rowCount() == errors
    assert levels(screen) == {"error"}


def test_corrected_document_changes_the_dossier_with_the_same_button(
    world: RecordWorld, screen: IntakePage, settle: Settle, tmp_path: Path, said: Callable[[], str]
) -> None:
    folder, table = tmp_path / "材料", write_table(tmp_path / "汇总表.xlsx", [row(1)])
    for words in ("As sent first", "Corrected"):
        write_files(folder / "1", {"申请书.pdf": stranger_files.pdf((words,))})
        screen.take_paths((table, folder))
        settle()
        action = screen.primary_action()
        assert action is not None
        action.trigger()
        settle()
    assert "1 dossier was changed" in said()
    (one,) = world.record.applications.list()
    (document,) = world.record.applications.detail(one.application).documents
    assert document.sha256 == hashlib.sha256(stranger_files.pdf(("Corrected",))).hexdigest()
    assert world.record.verification.verify().is_ok


def test_folder_with_one_table_in_it_is_enough(screen: IntakePage, settle: Settle, tmp_path: Path) -> None:
    write_files(tmp_path / "全部" / "1", {"a.pdf": stranger_files.pdf(("A",))})
    write_table(tmp_path / "全部" / "汇总表.xlsx", [row(1)])
    screen.take_paths((tmp_path / "全部",))
    settle()
    assert screen.primary_action().text() == "Take 1 application"  # type: ignore[union-attr]


def test_folder_alone_asks_for_the_table(screen: IntakePage, tmp_path: Path, said: Callable[[], str]) -> None:
    (tmp_path / "材料").mkdir()
    screen.take_paths((tmp_path / "材料",))
    assert "still missing" in said()


def test_stopped_check_leaves_everything_as_it_was(
    world: RecordWorld, screen: IntakePage, settle: Settle, material: tuple[Path, Path], said: Callable[[], str]
) -> None:
    screen.take_paths(material)
    screen._on_cancel()
    assert "Stopped" in said()
    assert world.record.applications.list() == ()
    assert not screen.primary_action().isEnabled()  # type: ignore[union-attr]


def test_template_and_findings_are_written(
    screen: IntakePage, settle: Settle, material: tuple[Path, Path], tmp_path: Path
) -> None:
    with patch.object(QFileDialog, "getSaveFileName", return_value=(str(tmp_path / "空表.xlsx"), "")):
        screen._template.click()
    screen.take_paths(material)
    settle()
    with patch.object(QFileDialog, "getExistingDirectory", return_value=str(tmp_path)):
        screen._findings.click()
    settle()
    written = {path.name for path in tmp_path.glob("*.xlsx")}
    assert "空表.xlsx" in written
    assert "Findings 沈阳市市场监督管理局.xlsx" in written
