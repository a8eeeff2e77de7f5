"""An application that is examined at the desk (Art. 9): assigned, answered, checked, printed, signed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.ids import ReviewId
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.intake.examination_file import default_examination
from app.packages import canonical
from app.services.desk_editing import find_review
from app.services.desk_tasks import form_of
from tests.support.desks import DeskStory
from tests.support.secretariat import Dossier, dossier

Stories = Callable[..., DeskStory]
EXAMINED = ReviewId("01930000-0000-7000-8000-00000000e001")


def examined(application: str = "2026-0001") -> Dossier:
    return replace(dossier(application), review=EXAMINED, kind=ReviewKind.EXAMINATION)


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    """A desk that examines one application and evaluates it, too."""
    story = stories("enrolled")
    story.dossiers = (examined(), dossier("2026-0001"))
    sender, out = story.secretariat, story.folder / "out"
    files = [file for one in story.dossiers for file in sender.assignment(out, story.reader, (one,))]
    taken = story.desk.importing.import_files(files)
    assert [item.outcome for item in taken.packages] == [Outcome.NEW, Outcome.NEW]
    return story.unlock()


def test_an_assignment_brings_each_review_with_the_form_of_its_kind(story: DeskStory) -> None:
    kinds = {task.review: (task.kind, task.of, task.state) for task in story.desk.tasks.tasks()}
    assert kinds[EXAMINED] == (ReviewKind.EXAMINATION, 5, TaskState.UNSCORED)
    assert kinds[dossier("2026-0001").review] == (ReviewKind.QUALIFICATION, 24, TaskState.UNSCORED)
    with story.desk._store.reading() as work:
        assert form_of(work, find_review(work, EXAMINED)) == default_examination()


def test_an_examination_without_its_form_is_refused(stories: Stories) -> None:
    story = stories("enrolled")
    sender = story.secretariat
    (file,) = sender.assignment(story.folder / "out", story.reader, (examined(),), form=None)
    (taken,) = story.desk.importing.import_files([file]).packages
    assert taken.outcome is Outcome.INCOMPLETE
    assert story.desk.tasks.tasks() == ()


def test_a_form_that_is_not_the_one_named_is_refused(stories: Stories) -> None:
    story = stories("enrolled")
    other = replace(default_examination(), version="9")
    (file,) = story.secretariat.assignment(
        story.folder / "out", story.reader, (examined(),), form=canonical.encode(other)
    )
    (taken,) = story.desk.importing.import_files([file]).packages
    assert taken.outcome is Outcome.RUBRIC_MISMATCH


def test_the_review_of_an_application_is_found_by_its_kind(story: DeskStory) -> None:
    tasks, application = story.desk.tasks, examined().face.application
    assert tasks.review_of(application, ReviewKind.EXAMINATION) == EXAMINED
    assert tasks.review_of(application) == dossier("2026-0001").review
