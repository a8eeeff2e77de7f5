"""Clocks lie (threat T9): event times never decrease, and a day's jump back is written down."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from app import BUILT_ON
from app.domain.events import Event
from app.domain.review import SealedReview
from app.packages import canonical
from app.packages.log_chain import split_lines
from app.packages.payloads import events_path, review_path
from tests.support.desks import DeskStory

Stories = Callable[..., DeskStory]


def handed_in(story: DeskStory) -> tuple[SealedReview, list[Event]]:
    package = story.secretariat.read(story.seal(), at=story.clock.now + timedelta(days=1))
    sealed = canonical.decode(package.content(review_path(story.review)), SealedReview)
    return sealed, [canonical.decode(line, Event) for line in split_lines(package.content(events_path(story.review)))]


@pytest.mark.parametrize(
    ("jump", "is_suspect"),
    [(timedelta(hours=-1), False), (timedelta(hours=-25), True), (timedelta(days=-3650), True)],
)
def test_times_never_decrease_when_the_clock_goes_back(stories: Stories, jump: timedelta, is_suspect: bool) -> None:
    story = stories("assigned", "2026-0001").unlock()
    story.clock.now += jump
    story.score()
    story.clock.now -= jump
    sealed, events = handed_in(story)
    times = [event.at for event in events]
    assert times == sorted(times)
    assert sealed.clock_suspect is is_suspect
    assert ("clock" in {finding.code for finding in story.desk.checking.quick()}) is is_suspect


def test_a_clock_ten_years_ahead_locks_nobody_out(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.clock.forward(days=3660)
    story.desk.scoring.settle(story.review)
    story.clock.forward(days=-3660)
    out = story.seal()
    assert out.exists()


def test_a_clock_before_the_build_is_not_believed(stories: Stories) -> None:
    story = stories("nothing")
    story.clock.now = story.clock.now.replace(year=2001)
    story.create()
    with story.desk._store.reading() as work:
        tick = work.tick()
    assert (tick.at.date().isoformat(), tick.is_suspect) == (BUILT_ON, True)


def test_what_the_secretariat_signed_is_a_floor_under_the_clock(stories: Stories) -> None:
    story = stories("assigned", "2026-0001")
    story.clock.now = datetime.fromisoformat(f"{BUILT_ON}T06:00:00+00:00")
    with story.desk._store.reading() as work:
        assert work.tick().at > story.clock.now
