"""Declarations come first, unlock only their own dossier, and write the small return."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.conflict import ConflictKind, Declared
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.packages import payloads
from app.words.examination import review_kind_word
from tests.support.desks import PASSPHRASE, DeskStory
from tests.ui.desk.conftest import OpenWindow
from ui.widgets.plain_label import PlainLabel

Opener = Callable[[DeskStory], OpenWindow]
Stories = Callable[..., DeskStory]


def sign(opened: OpenWindow, name: str = "return.youpin") -> None:
    bar = opened.tasks.declaring._sign
    bar._passphrase._edit.setText(PASSPHRASE)
    bar.set_target(opened.story.folder / name)
    bar._go.click()
    opened.settle()


def states(opened: OpenWindow) -> list[TaskState]:
    return [task.state for task in opened.story.desk.tasks.tasks()]


def test_undeclared_applicants_are_asked_about_first(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("assigned"))
    assert opened.tasks.screen_code() == "D11"
    assert len(opened.tasks.declaring.lines()) == 2
    labels = {line.findChildren(PlainLabel)[0].text() for line in opened.tasks.declaring.lines()}
    kind = review_kind_word(ReviewKind.QUALIFICATION)
    assert all(words.endswith(kind) for words in labels)  # a visit to the same enterprise is another line


def test_confirming_unlocks_and_writes_a_return_that_the_secretariat_can_read(
    stories: Stories, open_window: Opener
) -> None:
    opened = open_window(stories("assigned"))
    opened.tasks.declaring._rest.click()
    sign(opened)
    assert states(opened) == [TaskState.UNSCORED, TaskState.UNSCORED]
    package = opened.story.secretariat.read(opened.story.folder / "return.youpin", at=opened.story.clock())
    assert payloads.HAND_IN in {file.path for file in package.files}
    assert opened.tasks.screen_code() == "D12"
    assert opened.story.desk.declaring.unsent() == 0


def test_only_the_answered_line_is_unlocked(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("assigned"))
    opened.tasks.declaring.lines()[0].choose(Declared.NONE)
    sign(opened)
    assert states(opened) == [TaskState.UNSCORED, TaskState.UNDECLARED]
    assert [line.task.application for line in opened.tasks.declaring.lines()] == ["2026-0002"]


def test_conflict_without_kind_and_note_is_not_taken(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("assigned"))
    first, second = opened.tasks.declaring.lines()
    first.choose(Declared.NONE)
    second.choose(Declared.CONFLICT)
    sign(opened)
    assert states(opened) == [TaskState.UNDECLARED, TaskState.UNDECLARED]
    assert opened.tasks.declaring._sign.problem()


def test_conflict_with_kind_and_note_recuses(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("assigned"))
    first, second = opened.tasks.declaring.lines()
    first.choose(Declared.ABSTAIN)
    first._note.setText("不熟悉该领域")
    second.choose(Declared.CONFLICT)
    second._kind.setCurrentIndex(0)
    second._note.setText("现任顾问")
    sign(opened)
    assert states(opened) == [TaskState.ABSTAINED, TaskState.RECUSED]


def test_wrong_passphrase_keeps_the_declarations_and_offers_the_return_again(
    stories: Stories, open_window: Opener
) -> None:
    opened = open_window(stories("assigned"))
    opened.tasks.declaring._rest.click()
    bar = opened.tasks.declaring._sign
    bar._passphrase._edit.setText("wrong")
    bar.set_target(opened.story.folder / "return.youpin")
    bar._go.click()
    opened.settle()
    assert bar.problem()
    assert not (opened.story.folder / "return.youpin").exists()
    assert states(opened) == [TaskState.UNSCORED, TaskState.UNSCORED]
    sign(opened)
    assert (opened.story.folder / "return.youpin").exists()


def test_later_shows_the_list_with_everything_locked(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("assigned"))
    opened.tasks.declaring._later.click()
    opened.settle()
    assert opened.tasks.screen_code() == "D12"
    opened.tasks.list.table.opened.emit(opened.story.desk.tasks.tasks()[0])
    assert opened.tasks.screen_code() == "D11"


def test_answers_that_are_not_confirmed_wait_for_another_day(
    stories: Stories, open_window: Opener, type_text: Callable[[QWidget, str], None]
) -> None:
    story = stories("assigned")
    opened = open_window(story)
    first, second = opened.tasks.declaring.lines()
    first._buttons[Declared.NONE].click()
    second._buttons[Declared.CONFLICT].click()
    second._kind.setCurrentIndex(second._kind.findData(ConflictKind.INVESTMENT))
    type_text(second._note, "示例：持有股份")
    opened.close()

    opened = open_window(story)
    first, second = opened.tasks.declaring.lines()
    assert first.answer() is Declared.NONE
    kept = second.line()
    assert (kept.declared, kept.kind, kept.note) == (Declared.CONFLICT, ConflictKind.INVESTMENT, "示例：持有股份")
    assert second._note.isVisible()
    sign(opened)
    assert states(opened) == [TaskState.UNSCORED, TaskState.RECUSED]
    assert story.desk.unwritten.all() == {}


def test_answer_for_all_others_waits_too(stories: Stories, open_window: Opener) -> None:
    story = stories("assigned")
    opened = open_window(story)
    opened.tasks.declaring._rest.click()
    opened.close()
    assert [line.answer() for line in open_window(story).tasks.declaring.lines()] == [Declared.NONE, Declared.NONE]
