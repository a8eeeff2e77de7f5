"""From “sent” to “confirmed”, by file and by telephone."""

from collections.abc import Callable

import pytest

from app.domain.outcome import Outcome
from app.domain.task import TaskState
from app.packages import canonical
from app.packages.payloads import ReviewReceipt, review_path
from app.packages.reader import VerifiedPackage
from app.services.desk_errors import ReceiptNumberUnknownError
from tests.support.desks import DeskStory
from tests.support.secretariat import dossier

Stories = Callable[..., DeskStory]


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    begun = stories("complete", "2026-0001")
    begun.seal()
    return begun


def sent(story: DeskStory) -> VerifiedPackage:
    return story.secretariat.read(story.folder / "hand-in.youpin")


def state(story: DeskStory) -> TaskState:
    return story.desk.tasks.task(story.review).state


def answer(story: DeskStory, outcome: Outcome) -> ReviewReceipt:
    content = canonical.sha256(sent(story).content(review_path(story.review)))
    return ReviewReceipt(story.review, 1, content, outcome)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.NEW, TaskState.CONFIRMED),
        (Outcome.ALREADY_IMPORTED, TaskState.CONFIRMED),
        (Outcome.LATE, TaskState.HELD),
        (Outcome.INCOMPLETE, TaskState.REFUSED),
    ],
)
def test_eight_digits_tell_what_became_of_the_package(story: DeskStory, outcome: Outcome, expected: TaskState) -> None:
    number = story.secretariat.number_for(sent(story), outcome)
    confirmed = story.desk.receipts.confirm_by_number(f" {number[:4]}-{number[4:]} ")
    assert (confirmed.outcome, confirmed.seq, state(story)) == (outcome, 1, expected)
    assert confirmed.sentence


@pytest.mark.parametrize("typed", ["", "1234", "00000000", "not a number"])
def test_a_number_of_nothing_is_refused(story: DeskStory, typed: str) -> None:
    with pytest.raises(ReceiptNumberUnknownError):
        story.desk.receipts.confirm_by_number(typed)
    assert state(story) is TaskState.SENT


def test_a_signed_receipt_confirms_each_review(story: DeskStory) -> None:
    receipt = story.secretariat.receipt_for(sent(story), Outcome.NEW, reviews=[answer(story, Outcome.NEW)])
    file = story.secretariat.receipt(story.folder / "out", story.reader, receipt)
    assert [item.outcome for item in story.desk.importing.import_files([file]).packages] == [Outcome.NEW]
    assert state(story) is TaskState.CONFIRMED
    assert story.desk.sealing.packages()[0].is_signed_receipt


def test_a_receipt_may_come_with_the_next_assignment(story: DeskStory) -> None:
    receipt = story.secretariat.receipt_for(sent(story), Outcome.NEW, reviews=[answer(story, Outcome.NEW)])
    files = story.secretariat.assignment(story.folder / "out", story.reader, [dossier("2026-0009")], receipts=[receipt])
    story.desk.importing.import_files(files)
    assert state(story) is TaskState.CONFIRMED


def test_several_receipts_come_in_one_file(story: DeskStory) -> None:
    first = story.secretariat.receipt_for(sent(story), Outcome.LATE, reviews=[answer(story, Outcome.LATE)])
    second = story.secretariat.receipt_for(sent(story), Outcome.NEW, reviews=[answer(story, Outcome.NEW)])
    file = story.secretariat.receipt(story.folder / "out", story.reader, first, second)
    story.desk.importing.import_files([file])
    assert state(story) is TaskState.CONFIRMED


def test_an_older_receipt_does_not_replace_a_newer_one(story: DeskStory) -> None:
    older = story.secretariat.receipt_for(sent(story), Outcome.LATE, reviews=[answer(story, Outcome.LATE)])
    newer = story.secretariat.receipt_for(sent(story), Outcome.NEW, reviews=[answer(story, Outcome.NEW)])
    for receipt in (newer, older):
        story.desk.importing.import_files([story.secretariat.receipt(story.folder / "out", story.reader, receipt)])
    assert state(story) is TaskState.CONFIRMED


def test_a_signed_receipt_says_more_than_the_number(story: DeskStory) -> None:
    story.desk.receipts.confirm_by_number(story.secretariat.number_for(sent(story), Outcome.LATE))
    assert state(story) is TaskState.HELD
    receipt = story.secretariat.receipt_for(sent(story), Outcome.NEW, reviews=[answer(story, Outcome.NEW)])
    story.desk.importing.import_files([story.secretariat.receipt(story.folder / "out", story.reader, receipt)])
    assert state(story) is TaskState.CONFIRMED


def test_a_week_without_an_answer_is_a_reminder(story: DeskStory) -> None:
    codes = lambda: {finding.code for finding in story.desk.checking.check().findings}  # noqa: E731 - asked twice
    assert "unconfirmed" not in codes()
    story.clock.forward(days=8)
    assert "unconfirmed" in codes()
