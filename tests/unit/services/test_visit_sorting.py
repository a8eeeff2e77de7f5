"""Photographs of two factories on one card find their visits by the timetable."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.clock import BEIJING
from app.services.visit_sorting import proposed_visit
from tests.support.desks import DeskStory
from tests.support.visit_photos import DRAFT, PlannedVisit, picture, plan


def other_day(planned: PlannedVisit, day: int) -> PlannedVisit:
    slots = tuple(
        replace(one, starts_at=one.starts_at.replace(day=day), ends_at=one.ends_at.replace(day=day))
        for one in DRAFT.timetable
    )
    visit, _changes = planned.desk.visits.planning.create(planned.story.review, replace(DRAFT, timetable=slots))
    return PlannedVisit(planned.story, visit)


def test_each_photo_is_proposed_to_the_visit_at_work_when_it_was_taken(
    stories: Callable[..., DeskStory], tmp_path: Path
) -> None:
    first = plan(stories("assigned").unlock())
    second = other_day(first, 2)
    card = tmp_path / "card"
    card.mkdir()
    picture(card / "1.jpg", seed=1, at="2026:12:01 09:30:00")
    picture(card / "2.jpg", seed=2, at="2026:12:02 18:00:00")  # after work, but that day belongs to one visit
    picture(card / "3.jpg", seed=3, at="2026:12:05 09:30:00")
    picture(card / "4.jpg", seed=4, at="")
    (card / "5.txt").write_text("示例", encoding="utf-8")
    found = first.desk.visits.sorting.sort([card])
    assert [one.path.name for one in found] == ["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.txt"]
    assert [one.visit for one in found] == [first.visit, second.visit, None, None, None]
    assert first.sheet.photos == ()


def test_where_two_visits_run_at_once_nothing_is_proposed(stories: Callable[..., DeskStory]) -> None:
    first = plan(stories("assigned").unlock())
    second = other_day(first, 1)
    moment = datetime(2026, 12, 1, 10, tzinfo=BEIJING)
    assert proposed_visit([first.sheet.plan], moment) == first.visit
    assert proposed_visit([first.sheet.plan, second.sheet.plan], moment) is None
