"""The list of applications: filtered in the store, cut where nobody reads on, one shown in full."""

from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtWidgets import QFileDialog

from app.domain.ids import ApplicationCode
from tests.support.record_world import FakeDesk, RecordWorld
from tests.ui.record.conftest import Settle
from tests.ui.record.pages import page
from ui.record import application_list
from ui.record import window as places
from ui.record.application_list import ApplicationList
from ui.record.window import RecordWindow


@pytest.fixture
def screen(desks: list[FakeDesk], window: RecordWindow, settle: Settle) -> ApplicationList:
    made = page(window, places.LIST, ApplicationList)
    settle()
    return made


def test_typing_narrows_by_number_operator_and_product(screen: ApplicationList, settle: Settle) -> None:
    assert screen.table.model.rowCount() == 4
    for text, count in (("2026-0002", 1), ("示例企业3", 1), ("示例产品", 4), ("does not occur", 0)):
        screen.search(text)
        settle()
        assert screen.table.model.rowCount() == count, text


def test_long_list_is_cut_and_says_so(
    world: RecordWorld, screen: ApplicationList, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application_list, "MOST_LINES", 3)
    screen.renew()
    settle()
    assert screen.table.model.rowCount() == 3
    assert "the first 3" in screen.about()


def test_answer_to_an_earlier_text_is_not_shown(screen: ApplicationList, settle: Settle) -> None:
    screen.search("2026-0002")
    screen.search("2026-0003")
    settle()
    assert [screen.table.model.row_at(0).application] == ["2026-0003"]


def test_chosen_application_is_shown_with_its_documents(screen: ApplicationList, settle: Settle) -> None:
    assert not screen.detail.isVisible()
    assert screen.table.select("2026-0002")
    settle()
    assert screen.detail.isVisible()
    assert "示例企业2有限公司" in screen.detail._title.text()
    assert screen.detail.documents.model.row_at(0).name == "申请书2.pdf"


def test_document_is_saved_as_it_came(
    world: RecordWorld, screen: ApplicationList, settle: Settle, tmp_path: Path
) -> None:
    screen.table.select("2026-0001")
    settle()
    document = screen.detail.documents.model.row_at(0)
    screen.detail.documents.select(document.sha256)
    target = tmp_path / "另存 一份.pdf"
    with patch.object(QFileDialog, "getSaveFileName", return_value=(str(target), "")):
        screen.detail._save.trigger()
    settle()
    assert target.read_bytes() == world.record.applications.document(document_of(screen), document.sha256)


def document_of(screen: ApplicationList) -> ApplicationCode:
    return screen.table.selected_rows()[0].application


def test_empty_list_says_how_it_is_filled(window: RecordWindow, settle: Settle) -> None:
    screen = page(window, places.LIST, ApplicationList)
    settle()
    assert screen.table.empty.isVisible()
    screen.table.empty._button.click()
    assert window.frame.screen_code() == places.INTAKE
