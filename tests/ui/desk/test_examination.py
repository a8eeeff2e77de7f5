"""Examining an application in the window (Art. 9): answers by key and click, reasons, places, the conclusion."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from app.domain.evidence import Anchor
from app.domain.review import Recommendation, Verdict
from app.domain.task import TaskState
from app.intake.examination_file import default_examination
from app.services.desk_views import ExaminationSheet
from tests.support.desks import DeskStory
from tests.ui.desk.conftest import OpenWindow
from ui.desk.examination_screen import ExaminationScreen

Opener = Callable[[DeskStory], OpenWindow]
QUESTIONS = tuple(question.id for question in default_examination().questions)
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def opened(stories: Callable[..., DeskStory], open_window: Opener) -> OpenWindow:
    """A desk that examines one application and evaluates another one."""
    return open_window(stories("enrolled").assign_examination("2026-0001", besides="2026-0002").unlock())


def examination(opened: OpenWindow) -> ExaminationScreen:
    """The examination, opened."""
    opened.tasks.open_review(opened.story.review)
    opened.settle()
    screen = opened.tasks.at
    assert isinstance(screen, ExaminationScreen)
    return screen


def sheet(opened: OpenWindow) -> ExaminationSheet:
    """What the store says of it."""
    return opened.story.desk.answering.sheet(opened.story.review)


def answer_all(opened: OpenWindow, screen: ExaminationScreen) -> None:
    """Yes to everything, by keys alone."""
    for _question in QUESTIONS:
        opened.press(Qt.Key.Key_1)
        opened.settle()
        opened.press(Qt.Key.Key_Down, ALT)
    opened.settle()
    assert screen.form.opened() is None


def test_an_examination_opens_at_its_first_question_and_not_at_scores(opened: OpenWindow) -> None:
    screen = examination(opened)
    assert screen.form.opened() == QUESTIONS[0]
    assert opened.window.focusWidget() is screen.form.cards[0].answers.entry()
    assert [card.is_open() for card in screen.form.cards] == [True, *[False] * (len(QUESTIONS) - 1)]
    assert "0/5" in opened.tasks.about()


def test_the_other_kind_of_review_still_opens_with_its_indicators(opened: OpenWindow) -> None:
    examination(opened)
    opened.tasks.open_review(opened.story.dossiers[1].review)
    opened.settle()
    assert opened.tasks.at is opened.tasks.review
    assert opened.tasks.review.sheet() is not None


def test_a_digit_answers_and_the_same_digit_takes_the_answer_back(opened: OpenWindow) -> None:
    screen = examination(opened)
    opened.press(Qt.Key.Key_1)
    opened.settle()
    assert sheet(opened).answer(QUESTIONS[0]).verdict is Verdict.YES
    assert "1/5" in opened.tasks.about()
    opened.press(Qt.Key.Key_1)
    opened.settle()
    assert sheet(opened).answer(QUESTIONS[0]).verdict is None
    assert screen.form.cards[0].answers.value() is None


def test_arrows_go_from_answer_to_answer_and_choose_nothing(opened: OpenWindow) -> None:
    screen = examination(opened)
    opened.press(Qt.Key.Key_Right)
    opened.settle()
    assert opened.window.focusWidget() is screen.form.cards[0].answers.buttons()[1]
    assert sheet(opened).answer(QUESTIONS[0]).verdict is None


def test_shift_tab_comes_back_to_the_places_of_the_question_before(opened: OpenWindow) -> None:
    screen = examination(opened)
    screen.form.go_to(QUESTIONS[1])
    opened.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert screen.form.opened() == QUESTIONS[0]
    assert opened.window.focusWidget() is screen.form.cards[0].evidence.cite


def test_a_doubt_asks_for_its_reason_until_one_is_typed(opened: OpenWindow) -> None:
    screen = examination(opened)
    card = screen.form.cards[0]
    card.answers.buttons()[list(Verdict).index(Verdict.DOUBT)].click()
    opened.settle()
    assert card._sign.text() == "◐"
    card.focus_reason()
    card.reason.insertPlainText("材料过期")
    opened.settle()
    assert sheet(opened).answer(QUESTIONS[0]).reason == "材料过期"
    assert card._sign.text() == "●"


def test_what_is_cited_goes_to_the_question_that_is_open(opened: OpenWindow) -> None:
    screen = examination(opened)
    place = Anchor(opened.story.dossiers[0].documents[0].sha256, page=1)
    screen.form.go_to(QUESTIONS[2])
    screen.viewer.cited.emit(place)
    opened.settle()
    assert sheet(opened).answer(QUESTIONS[2]).evidence == (place,)
    wanted: list[Anchor] = []
    screen.form.anchor_wanted.connect(wanted.append)
    (chip,) = screen.form.cards[2].evidence.chips()
    chip.click()
    assert wanted == [place]


def test_keys_alone_answer_everything_and_end_at_the_conclusion(opened: OpenWindow) -> None:
    screen = examination(opened)
    answer_all(opened, screen)
    opened.press(Qt.Key.Key_1)
    screen.form.focus_grounds()
    screen.form.grounds.insertPlainText("符合申报条件")
    opened.settle()
    drafted = sheet(opened)
    assert drafted.missing == ()
    assert drafted.draft.opinion.recommend is Recommendation.YES
    assert drafted.draft.opinion.text == "符合申报条件"


def test_control_return_goes_to_what_is_missing_next(opened: OpenWindow) -> None:
    screen = examination(opened)
    answer_all(opened, screen)
    screen.form.go_to(QUESTIONS[1])
    opened.press(Qt.Key.Key_1)
    opened.settle()
    screen.form.go_to(QUESTIONS[3])
    opened.press(Qt.Key.Key_Return, CONTROL)
    opened.settle()
    assert screen.form.opened() is None, "the conclusion comes after the last question"
    opened.press(Qt.Key.Key_1)
    screen.form.focus_grounds()
    screen.form.grounds.insertPlainText("理由")
    opened.press(Qt.Key.Key_Return, CONTROL)
    opened.settle()
    assert screen.form.opened() == QUESTIONS[1]


def test_the_list_before_signing_leads_to_each_open_question(opened: OpenWindow) -> None:
    screen = examination(opened)
    action = opened.tasks.primary_action()
    assert action is not None
    action.trigger()
    opened.settle()
    assert screen.screen_code() == "D15"
    first = sheet(opened).missing[0]
    screen._on_missing(first)
    assert screen.screen_code() == "D16"
    assert screen.form.opened() == QUESTIONS[0]


def test_undo_takes_an_answer_back_and_redo_gives_it_again(opened: OpenWindow) -> None:
    examination(opened)
    opened.press(Qt.Key.Key_2)
    opened.settle()
    opened.press(Qt.Key.Key_Z, CONTROL)
    opened.settle()
    assert sheet(opened).answer(QUESTIONS[0]).verdict is None
    opened.press(Qt.Key.Key_Y, CONTROL)
    opened.settle()
    assert sheet(opened).answer(QUESTIONS[0]).verdict is list(Verdict)[1]


def test_a_signed_examination_shows_its_answers_and_takes_none(opened: OpenWindow) -> None:
    screen = examination(opened)
    answer_all(opened, screen)
    opened.press(Qt.Key.Key_1)
    screen.form.focus_grounds()
    screen.form.grounds.insertPlainText("理由")
    opened.settle()
    opened.tasks.show_list()
    opened.story.seal(opened.story.review)
    screen = examination(opened)
    assert not any(button.isEnabled() for card in screen.form.cards for button in card.answers.buttons())
    assert screen.form.grounds.isReadOnly()
    (task,) = [one for one in opened.story.desk.tasks.tasks() if one.review == opened.story.review]
    assert task.state is TaskState.SENT
