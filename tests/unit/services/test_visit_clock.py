"""A clock that jumps during a visit (case E32): order stays, nothing is lost, and the desk says that it happened."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain.onsite.checklist import Method
from app.domain.onsite.ids import EntryId, ItemId
from app.services.visit_notes import RecordDraft
from tests.support.desks import DeskStory
from tests.support.visit_photos import PlannedVisit, picture, plan

Stories = Callable[..., DeskStory]
JUMPS = (timedelta(hours=-1), timedelta(days=-2), timedelta(days=2), timedelta(days=-400))


@pytest.fixture
def planned(stories: Stories) -> PlannedVisit:
    return plan(stories("assigned", "2026-0001").unlock())


def note(planned: PlannedVisit, words: str) -> EntryId:
    draft = RecordDraft(item=ItemId("B3"), methods=(next(iter(Method)),), seen=words)
    return planned.desk.visits.notes.record(planned.visit, draft)[0]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_notes_keep_their_order_whatever_the_clock_does(planned: PlannedVisit, jump: timedelta) -> None:
    story = planned.story
    written = [note(planned, "跳变之前")]
    story.clock.now += jump
    written.append(note(planned, "跳变之后"))
    story.clock.forward(minutes=1)
    written.append(note(planned, "一分钟后"))
    story.clock.now -= jump
    written.append(note(planned, "拨回之后"))
    records = {one.id: one for one in planned.sheet.records}
    moments = [records[entry].at for entry in written]
    assert moments == sorted(moments)
    assert [records[entry].seen for entry in written] == ["跳变之前", "跳变之后", "一分钟后", "拨回之后"]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_photographs_keep_number_bytes_and_the_time_the_camera_claims(planned: PlannedVisit, jump: timedelta) -> None:
    folder = planned.story.folder
    files = [picture(folder / f"{seed}.jpg", seed=seed, at=f"2026:12:01 10:3{seed}:00") for seed in range(3)]
    hashes = list(planned.take(files[0]))
    planned.story.clock.now += jump
    hashes += planned.take(files[1])
    planned.story.clock.now -= jump
    hashes += planned.take(files[2])
    photos = {one.photo.sha256: one.photo for one in planned.sheet.photos}
    taken = [photos[sha256] for sha256 in hashes]
    assert [one.number for one in taken] == [1, 2, 3]
    assert [one.taken_at is not None and one.taken_at.minute for one in taken] == [30, 31, 32]
    received = [one.received_at for one in taken]
    assert received == sorted(received)
    for sha256, file in zip(hashes, files, strict=True):
        assert planned.desk.visits.photos.original(planned.visit, sha256) == file.read_bytes()


@pytest.mark.parametrize(("jump", "is_flagged"), [(timedelta(hours=-1), False), (timedelta(days=-2), True)])
def test_a_visit_written_under_a_clock_that_went_back_a_day_says_so(
    planned: PlannedVisit, jump: timedelta, *, is_flagged: bool
) -> None:
    note(planned, "跳变之前")
    planned.story.clock.now += jump
    note(planned, "跳变之后")
    planned.story.clock.now -= jump
    desk = planned.story.reopen()
    assert ("clock" in {finding.code for finding in desk.checking.quick()}) is is_flagged
    assert len(desk.visits.sheet(planned.visit).records) == 2
