"""The same review signed at two computers, as one of the two desks hears of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.history import What
from app.domain.ids import ExpertCode, ReviewId
from app.domain.outcome import Outcome
from app.domain.review import SealedReview
from app.domain.task import TaskState
from app.packages import canonical
from app.packages.fork_payloads import settles_path
from app.packages.payloads import review_path
from app.services.desk_errors import NothingToUndoError, RevisionReasonError
from app.services.desk_forks import NoForkError, VersionUnknownError
from app.words.forks import side_by_side, version_words
from tests.support.desks import INDICATOR, DeskStory
from tests.support.forks import OTHER_DEVICE, fork, signed_elsewhere, signed_here

Stories = Callable[..., DeskStory]


def state(story: DeskStory) -> TaskState:
    return story.desk.tasks.task(story.review).state


@pytest.mark.parametrize("counts_here", [True, False])
def test_both_versions_are_there_whichever_the_record_took(stories: Stories, *, counts_here: bool) -> None:
    story = stories("complete", "2026-0001")
    here, other = fork(story, counts_here=counts_here)
    task = story.desk.tasks.task(story.review)
    assert (task.state, task.versions) == (TaskState.FORKED, 2)
    counted, beside = story.desk.forks.fork(story.review).versions
    assert (counted.content, beside.content) == ((here, other) if counts_here else (other, here))
    assert (counted.is_counted, beside.is_counted) == (True, False)
    assert (counted.is_from_here, beside.is_from_here) == (counts_here, not counts_here)
    assert {counted.device, beside.device} == {story.reader.credential.device, OTHER_DEVICE}
    assert {each.what for each in beside.differences} == {What.VALUE, What.REASON, What.OPINION}
    assert all(version_words(version) for version in (counted, beside))


def test_what_is_different_is_marked_and_the_rest_stands_beside_it(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    fork(story)
    lines = side_by_side(story.desk.forks.fork(story.review))
    assert len(lines) == 1 + 24 + 4
    different = [line for line in lines if line.is_different]
    assert [line.texts for line in different[::2]] == [("740.00", "750.00"), ("另一处写的优势", "优势一")]
    assert different[1].texts[0].splitlines()[1:] == ["另一处的理由"]


@pytest.mark.parametrize("wanted", ["here", "other"])
def test_the_version_that_was_chosen_is_signed_in_place_of_the_one_that_counts(stories: Stories, wanted: str) -> None:
    story = stories("complete", "2026-0001")
    here, other = fork(story)
    story.desk.forks.choose(story.review, here if wanted == "here" else other[:12], reason="  以这台为准 ")
    assert (state(story), story.desk.forks.all()) == (TaskState.COMPLETE, ())
    story.seal(story.review, name="again.youpin")
    package = story.secretariat.read(story.folder / "again.youpin")
    again = canonical.decode(package.content(review_path(story.review)), SealedReview)
    assert (again.revision, again.base, again.reason) == (2, other, "以这台为准")
    score = again.assessment.score_of(INDICATOR)
    assert score is not None
    assert score.percent == (75 if wanted == "here" else 50)
    assert package.content(settles_path(story.review)) == canonical.encode(sorted((here, other)))
    assert state(story) is TaskState.SENT


def test_an_ordinary_revision_names_no_other_version(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    story.desk.scoring.revise(story.review, "看漏一页")
    story.seal(name="again.youpin")
    files = [file.path for file in story.secretariat.read(story.folder / "again.youpin").files]
    assert review_path(story.review) in files
    assert settles_path(story.review) not in files


def test_what_was_being_written_can_be_had_back_after_choosing(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    story.desk.scoring.revise(story.review, "看漏一页")
    story.desk.scoring.set_score(story.review, INDICATOR, percent=100)
    here = signed_here(story)
    other = signed_elsewhere(here)
    told = story.secretariat.fork(story.folder / "back", story.reader, story.review, counts=other, waiting=(here,))
    story.desk.importing.import_files([told])
    assert story.desk.tasks.task(story.review).versions == 2
    story.desk.forks.choose(story.review, canonical.sha256(other), reason="以另一台为准")
    sheet = story.desk.scoring.sheet(story.review)
    assert (sheet.draft.entry(INDICATOR).percent, sheet.revision) == (50, 2)
    story.desk.scoring.undo(story.review)
    assert story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).percent == 100


def test_a_choice_that_is_given_up_leaves_the_fork_open(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    _here, other = fork(story)
    story.desk.forks.choose(story.review, other, reason="以另一台为准")
    story.desk.scoring.discard_revision(story.review)
    assert state(story) is TaskState.FORKED
    story.desk.scoring.revise(story.review, "再来")
    with pytest.raises(NothingToUndoError):
        story.desk.scoring.undo(story.review)


def test_choosing_needs_a_fork_a_version_and_a_reason(stories: Stories) -> None:
    story = stories("complete", "2026-0001", "2026-0002")
    here, _other = fork(story)
    with pytest.raises(NoForkError):
        story.desk.forks.choose(story.dossiers[1].review, here, reason="理由")
    for typed in ("", here[:7], "0" * 64):
        with pytest.raises(VersionUnknownError):
            story.desk.forks.choose(story.review, typed, reason="理由")
    with pytest.raises(RevisionReasonError):
        story.desk.forks.choose(story.review, here, reason=" ")
    assert state(story) is TaskState.FORKED


def test_a_fork_that_was_settled_at_the_other_desk_is_over_here(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    _here, other = fork(story, counts_here=True)
    sealed = canonical.decode(signed_elsewhere(signed_here(story)), SealedReview)
    newer = canonical.encode(replace(sealed, revision=2, base=canonical.sha256(signed_here(story)), reason="选定"))
    told = story.secretariat.fork(story.folder / "later", story.reader, story.review, counts=newer)
    story.desk.importing.import_files([told])
    assert (state(story), story.desk.forks.all()) == (TaskState.CONFIRMED, ())
    story.desk.scoring.revise(story.review, "再改一处")
    sheet = story.desk.scoring.sheet(story.review)
    assert (sheet.revision, sheet.draft.entry(INDICATOR).percent) == (3, 50)
    since = story.desk.history.history(story.review).since
    assert since is not None
    assert (since.revision, since.differences) == (2, ())
    assert other != canonical.sha256(newer)


def test_an_older_answer_never_reopens_what_is_settled(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    here = signed_here(story)
    other = signed_elsewhere(here)
    old = story.secretariat.fork(story.folder / "old", story.reader, story.review, counts=here, waiting=(other,))
    new = story.secretariat.fork(story.folder / "new", story.reader, story.review, counts=here)
    story.desk.importing.import_files([new, old])
    assert story.desk.tasks.task(story.review).versions == 0


@pytest.mark.parametrize("what", ["another expert's", "another review's", "nonsense", "other bytes"])
def test_versions_that_are_not_this_experts_are_refused_whole(stories: Stories, what: str) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    here = signed_here(story)
    other = canonical.decode(signed_elsewhere(here), SealedReview)
    broken = {
        "another expert's": canonical.encode(replace(other, expert=ExpertCode("E0009"))),
        "another review's": canonical.encode(replace(other, review=ReviewId("01930000-0000-7000-8000-000000000009"))),
        "nonsense": b"{}",
        "other bytes": signed_elsewhere(here, percent=100),
    }[what]
    told = story.secretariat.fork(
        story.folder / "back", story.reader, story.review, counts=here, waiting=(canonical.encode(other),),
        broken=broken,
    )  # fmt: skip
    (taken,) = story.desk.importing.import_files([told]).packages
    assert taken.outcome is Outcome.INCOMPLETE
    assert story.desk.tasks.task(story.review).versions == 0
