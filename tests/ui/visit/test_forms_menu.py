"""The forms of a visit in the window: saved, all at once, and taken back in signed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.domain.onsite.sheet_code import VisitForm
from app.words.onsite_forms import form_words
from tests.support.desks import DeskStory, stories
from tests.support.paper import pages_of
from tests.support.telephone import photographed, printed
from tests.support.visit_photos import PlannedVisit, plan
from tests.support.visit_tabs import TabWindow
from ui.jobs import Workers
from ui.message import Gravity, Message
from ui.visit.forms_menu import FormsButton

__all__ = ["stories"]


class Opened:
    """A button over a desk, and what it said."""

    def __init__(self, planned: PlannedVisit, workers: Workers, qtbot: QtBot) -> None:
        self.planned = planned
        self.window = TabWindow(planned, workers, qtbot)
        self.button = FormsButton(self.window.context, planned.visit)
        qtbot.addWidget(self.button)
        self.button.refresh(planned.sheet)
        self.said: list[Message] = []
        self.changes: list[Changes] = []
        self.button.message_raised.connect(self.said.append)
        self.window.context.hub.changed.connect(lambda changes, _by: self.changes.append(changes))


@pytest.fixture
def opened(stories: Callable[..., DeskStory], workers: Workers, qtbot: QtBot) -> Opened:
    return Opened(plan(stories("assigned").unlock()), workers, qtbot)


def test_the_menu_offers_every_form_filled_and_blank(opened: Opened) -> None:
    menu = opened.button.menu()
    filled = [action for action in menu.actions() if action.text().endswith("…") and action.menu() is None]
    blank = next(action.menu() for action in menu.actions() if action.menu() is not None)
    assert len(filled) == len(VisitForm) + 2
    assert len([action for action in blank.actions() if not action.isSeparator()]) == len(VisitForm) + 1
    assert opened.button.accessibleName()


def test_a_form_is_saved_with_its_pages_told(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "检查表 一.pdf"
    opened.button.save(VisitForm.CHECKLIST, file, is_blank=True)
    assert not opened.button.isEnabled()
    opened.window.settle()
    assert opened.button.isEnabled()
    assert str(len(pages_of(file.read_bytes()))) in opened.said[0].text
    assert (opened.said[0].gravity, len(opened.said)) == (Gravity.GOOD, 1)


def test_all_forms_go_into_one_folder(opened: Opened, tmp_path: Path) -> None:
    opened.button.save_all(tmp_path / "forms")
    opened.window.settle()
    names = {file.stem for file in (tmp_path / "forms").iterdir()}
    assert len(names) == len(VisitForm)
    assert {form for form in VisitForm if not any(name.endswith(form_words(form)) for name in names)} == set()
    assert "9" in opened.said[0].text


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("示例", encoding="utf-8")
    opened.button.save_all(tmp_path / "file" / "forms")
    opened.window.settle()
    assert opened.said[0].gravity is Gravity.BAD
    assert opened.button.isEnabled()


def test_a_signed_sheet_is_taken_back_in_by_its_code_and_what_is_none_is_told(opened: Opened, tmp_path: Path) -> None:
    drawn = opened.planned.desk.visits.forms.draw(opened.planned.visit, VisitForm.OPINION)
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(photographed(printed(drawn.pdf), turn=5))
    words = tmp_path / "words.txt"
    words.write_text("示例", encoding="utf-8")
    opened.button.take([photo])
    opened.window.settle()
    assert opened.said[0].gravity is Gravity.GOOD
    assert opened.planned.sheet.code in opened.said[0].text
    assert [one.visits for one in opened.changes] == [{opened.planned.visit}]
    assert [one.form for one in opened.planned.sheet.scans] == [VisitForm.OPINION]
    opened.button.take([words])
    opened.window.settle()
    assert opened.said[1].gravity is Gravity.BAD
    assert len(opened.changes) == 1
