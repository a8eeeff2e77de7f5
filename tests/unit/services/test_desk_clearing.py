"""Clearing dossiers away after the receipt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.health import Severity
from app.domain.outcome import Outcome
from app.domain.task import TaskState
from app.errors import UserFacingError
from app.services.desk_clearing import NotConfirmedError, NothingToClearError
from app.services.desk_errors import FileExistsHereError
from tests.support.desks import DeskStory, stories
from tests.support.paper import pages_of
from tests.support.secretariat import dossier

__all__ = ["stories"]
Stories = Callable[..., DeskStory]
CODES = ("2026-0001", "2026-0002")


def confirmed(stories: Stories, *codes: str) -> DeskStory:
    """Every review signed, handed in, and confirmed by a receipt."""
    story = stories("complete", *(codes or CODES))
    package = story.secretariat.read(story.seal())
    number = story.secretariat.number_for(package, Outcome.NEW)
    story.desk.receipts.confirm_by_number(number)
    return story


def stored(story: DeskStory) -> int:
    with story.desk._store.reading() as work:
        return len(work.assignments.stored_documents())


def test_documents_go_and_ones_own_reviews_stay(stories: Stories) -> None:
    story = confirmed(stories)
    out = story.folder / "清除 确认.pdf"
    before = stored(story)
    cleared = story.desk.clearing.clear([story.review], out=out)
    assert (cleared.reviews[0].documents, stored(story)) == (2, before - 2)
    task = story.desk.tasks.task(story.review)
    assert (task.state, task.documents_here, task.cleared_at) == (TaskState.CONFIRMED, 0, cleared.reviews[0].cleared_at)
    assert story.desk.forms.sealed_form(story.review).startswith(b"%PDF")
    assert story.desk.scoring.sheet(story.review).draft.scored
    bad = [one.code for one in story.desk.checking.check(deep=True).findings if one.severity is Severity.CRITICAL]
    assert not {"chains", "sealed", "documents"} & {*bad}


def test_the_page_to_sign_names_every_dossier_and_the_code_of_its_review(stories: Stories) -> None:
    story = confirmed(stories)
    out = story.folder / "x.pdf"
    story.desk.clearing.clear([one.review for one in story.dossiers], out=out)
    text = "".join(pages_of(out.read_bytes()))
    for one in story.dossiers:
        assert one.face.application in text
        assert story.desk.tasks.task(one.review).revision_code in text


def test_what_is_not_confirmed_is_refused_by_name_and_nothing_is_removed(stories: Stories) -> None:
    story = stories("complete", *CODES)
    story.seal()
    with pytest.raises(NotConfirmedError) as refused:
        story.desk.clearing.clear([story.review], out=story.folder / "x.pdf")
    assert CODES[0] in refused.value.sentence()
    assert story.desk.tasks.task(story.review).documents_here == 2
    assert not (story.folder / "x.pdf").exists()


def test_without_a_confirmed_review_there_is_nothing_to_clear(stories: Stories) -> None:
    story = stories("complete", *CODES)
    assert story.desk.clearing.ready() == ()
    with pytest.raises(NothingToClearError):
        story.desk.clearing.clear([], out=story.folder / "x.pdf")


def test_nothing_is_written_over(stories: Stories) -> None:
    story = confirmed(stories)
    (story.folder / "x.pdf").write_bytes(b"mine")
    with pytest.raises(FileExistsHereError):
        story.desk.clearing.clear([story.review], out=story.folder / "x.pdf")
    assert story.desk.tasks.task(story.review).documents_here == 2


def test_a_page_that_cannot_be_written_leaves_everything_in_place(stories: Stories) -> None:
    story = confirmed(stories)
    with pytest.raises(UserFacingError):
        story.desk.clearing.clear([story.review], out=Path(story.folder / "没有" / "x.pdf"))
    task = story.desk.tasks.task(story.review)
    assert (task.documents_here, task.cleared_at) == (2, None)


def test_the_page_can_be_written_again(stories: Stories) -> None:
    story = confirmed(stories)
    first = story.desk.clearing.clear([story.review], out=story.folder / "1.pdf")
    story.clock.forward(days=1)
    again = story.desk.clearing.clear([story.review], out=story.folder / "2.pdf")
    assert again.reviews == first.reviews


@pytest.mark.parametrize("is_same_file", [True, False])
def test_documents_can_be_sent_again(stories: Stories, is_same_file: bool) -> None:
    story = confirmed(stories)
    files = story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers)
    story.desk.importing.import_files(files)
    story.desk.clearing.clear([story.review], out=story.folder / "x.pdf")
    if not is_same_file:
        files = story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers)
    result = story.desk.importing.import_files(files)
    assert [one.outcome for one in result.packages] == [Outcome.REVISION]
    task = story.desk.tasks.task(story.review)
    assert (task.documents_here, task.cleared_at, task.state) == (2, None, TaskState.CONFIRMED)
    again = story.desk.importing.import_files(files)
    assert [one.outcome for one in again.packages] == [Outcome.ALREADY_IMPORTED]


def test_a_document_that_another_dossier_needs_stays(stories: Stories) -> None:
    story = confirmed(stories)
    other = replace(dossier("2026-0003"), files=story.dossiers[0].files[:1])
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, [other]))
    story.desk.clearing.clear([story.review], out=story.folder / "x.pdf")
    assert story.desk.tasks.task(other.review).documents_here == 1
    assert story.desk.tasks.task(story.review).documents_here == 1
