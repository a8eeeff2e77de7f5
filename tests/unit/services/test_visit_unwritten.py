"""What stands in the forms of a visit: still there the next day, on this desk alone."""

from collections.abc import Callable

import pytest

from app.domain.onsite.ids import VisitId
from app.services.visit_errors import VisitUnknownError
from tests.support.desks import DeskStory
from tests.support.visit_photos import PlannedVisit, plan


@pytest.fixture
def planned(stories: Callable[..., DeskStory]) -> PlannedVisit:
    return plan(stories("assigned").unlock())


def test_words_of_a_form_survive_closing_the_desk(planned: PlannedVisit) -> None:
    planned.desk.visits.unwritten.keep(planned.visit, "dissent", "示例：有不同看法")
    planned.desk.visits.unwritten.keep(planned.visit, "dissent", "示例：看法不同")
    planned.story.reopen()
    assert planned.sheet.unwritten == (("dissent", "示例：看法不同"),)


def test_a_form_that_is_done_is_forgotten(planned: PlannedVisit) -> None:
    planned.desk.visits.unwritten.keep(planned.visit, "dissent", "示例")
    planned.desk.visits.unwritten.keep(planned.visit, "notes", "示例")
    planned.desk.visits.unwritten.keep(planned.visit, "dissent", "")
    assert planned.sheet.unwritten == (("notes", "示例"),)


def test_no_member_is_handed_what_is_not_written_down(planned: PlannedVisit) -> None:
    before = planned.desk.visits.merging.bundle(planned.visit)
    planned.desk.visits.unwritten.keep(planned.visit, "dissent", "示例")
    assert planned.desk.visits.merging.bundle(planned.visit) == before


def test_words_of_a_visit_that_is_not_here_are_refused(planned: PlannedVisit) -> None:
    with pytest.raises(VisitUnknownError):
        planned.desk.visits.unwritten.keep(VisitId("nothing"), "dissent", "示例")
    assert planned.sheet.unwritten == ()
