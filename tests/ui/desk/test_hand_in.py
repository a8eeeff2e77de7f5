"""Ticking, signing, exporting, and learning that it arrived."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.ids import Sha256
from app.domain.outcome import Outcome
from app.domain.task import TaskState
from app.packages import payloads
from app.packages.payloads import ReviewReceipt
from tests.support.desks import INDICATOR, PASSPHRASE, DeskStory
from tests.support.outside import opened_outside
from tests.ui.desk.conftest import OpenWindow

Opener = Callable[[DeskStory], OpenWindow]
Stories = Callable[..., DeskStory]


@pytest.fixture
def opened(stories: Stories, open_window: Opener) -> OpenWindow:
    window = open_window(stories("complete"))
    assert window.hand_in is not None
    window.settle()
    return window


def sign(opened: OpenWindow, passphrase: str = PASSPHRASE, name: str = "hand-in.youpin") -> Path:
    out = opened.story.folder / name
    bar = opened.hand_in.sign
    bar._passphrase._edit.setText(passphrase)
    bar.set_target(out)
    bar._go.click()
    opened.settle()
    return out


def states(opened: OpenWindow) -> list[TaskState]:
    return [task.state for task in opened.story.desk.tasks.tasks()]


def test_ticked_reviews_are_signed_into_one_package_that_verifies(opened: OpenWindow) -> None:
    out = sign(opened)
    package = opened.story.secretariat.read(out, at=opened.story.clock())
    assert sum(file.path.endswith("/review.json") for file in package.files) == 2
    assert payloads.HAND_IN in {file.path for file in package.files}
    assert states(opened) == [TaskState.SENT, TaskState.SENT]
    said = opened.window.frame.strip.current()
    assert said is not None
    assert str(out) in said.text  # the folder, too: the file has to be sent from there
    with opened_outside() as shown:
        opened.window.frame.strip._action.click()
    assert shown == [out.parent]
    assert [package.seq for package in opened.story.desk.sealing.packages()] == [1]
    assert opened.hand_in.packages.table.model.rowCount() == 1
    assert not opened.hand_in.sign.passphrase()


def test_review_without_a_tick_stays_a_draft(opened: OpenWindow) -> None:
    first, _second = (task.review for task in opened.story.desk.tasks.tasks())
    opened.hand_in.tick_only((first,))
    opened.settle()
    sign(opened)
    assert states(opened) == [TaskState.SENT, TaskState.COMPLETE]


def test_wrong_passphrase_signs_nothing(opened: OpenWindow) -> None:
    out = sign(opened, "not this one")
    assert opened.hand_in.sign.problem()
    assert not out.exists()
    assert states(opened) == [TaskState.COMPLETE, TaskState.COMPLETE]


def test_file_that_exists_is_never_overwritten(opened: OpenWindow) -> None:
    taken = opened.story.folder / "hand-in.youpin"
    taken.write_bytes(b"somebody's file")
    sign(opened)
    assert opened.hand_in.sign.problem()
    assert taken.read_bytes() == b"somebody's file"
    assert states(opened) == [TaskState.COMPLETE, TaskState.COMPLETE]


def test_next_file_is_proposed_under_a_new_name(opened: OpenWindow) -> None:
    sign(opened)
    assert not opened.hand_in.sign.target().exists()


def test_printed_form_is_shown_and_can_be_saved(opened: OpenWindow) -> None:
    place = opened.hand_in
    opened.qtbot.waitUntil(lambda: place.preview.viewer.current_anchor() is not None)
    out = opened.story.folder / "评审表.pdf"
    place.preview.save(out)
    opened.settle()
    assert out.read_bytes().startswith(b"%PDF")


def test_receipt_number_confirms_even_in_full_width(opened: OpenWindow) -> None:
    package = opened.story.secretariat.read(sign(opened), at=opened.story.clock())
    number = opened.story.secretariat.number_for(package, Outcome.NEW)
    typed = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    opened.hand_in.packages.number.setText(f"{typed[:4]} {typed[4:]}")
    opened.hand_in.packages._confirm.click()
    opened.settle()
    assert states(opened) == [TaskState.CONFIRMED, TaskState.CONFIRMED]
    assert not opened.hand_in.packages.number.text()


def test_wrong_receipt_number_says_so_beside_the_field(opened: OpenWindow) -> None:
    sign(opened)
    opened.hand_in.packages.receipt_typed.emit("00000000")
    opened.settle()
    assert opened.hand_in.packages.problem()
    assert states(opened) == [TaskState.SENT, TaskState.SENT]


def test_dropped_receipt_file_confirms(opened: OpenWindow) -> None:
    story = opened.story
    package = story.secretariat.read(sign(opened), at=story.clock())
    contents = [Sha256(file.sha256) for file in package.files if file.path.endswith("/review.json")]
    reviews = [
        ReviewReceipt(task.review, 1, content, Outcome.NEW)
        for task, content in zip(story.desk.tasks.tasks(), contents, strict=True)
    ]
    receipt = story.secretariat.receipt_for(package, Outcome.NEW, reviews=reviews)
    opened.window.import_files([story.secretariat.receipt(story.folder / "out", story.reader, receipt)])
    opened.settle()
    assert states(opened) == [TaskState.CONFIRMED, TaskState.CONFIRMED]
    assert opened.window.imported.files()[0].outcome is Outcome.NEW


def test_check_and_sign_leads_here_with_only_that_review_ticked(opened: OpenWindow) -> None:
    review = opened.review()
    opened.tasks._check.trigger()
    assert review.screen_code() == "D15"  # the self-check is seen once
    opened.tasks._check.trigger()
    opened.settle()
    assert opened.window.frame.current_code() == "D02"
    assert opened.hand_in.ready.ticked() == (opened.story.review,)


def test_a_revision_says_what_it_changes_right_before_it_is_signed(stories: Stories, open_window: Opener) -> None:
    story = stories("complete", "2026-0001", "2026-0002")
    story.seal(story.review)
    story.desk.scoring.revise(story.review, "看漏一页")
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    opened = open_window(story)
    note = opened.hand_in.changes
    opened.settle()
    assert note.isVisible()
    assert all(words in note.words.text() for words in ("2026-0001", "看漏一页", "75", "50"))
    assert "2026-0002" not in note.words.text()
    opened.hand_in.ready.tick_only((story.dossiers[1].review,))
    opened.settle()
    assert not note.isVisible()
