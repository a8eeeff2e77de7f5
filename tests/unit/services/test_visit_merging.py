"""Notes of several desks brought together."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.ids import ItemId, MemberId, SiteId
from app.domain.onsite.visit import Member, NotOnTeamError, Role, Site
from app.services.visit_errors import ForeignNotesError
from app.services.visit_merging import VisitNotesBundle
from app.services.visit_notes import RecordDraft
from app.services.visit_planning import ME, PlanDraft
from tests.support.desks import DeskStory

DRAFT = PlanDraft(
    sites=(Site(SiteId("S1"), "示例一厂"),),
    team=(
        Member(MemberId(ME), "示例组长", Role.LEADER),
        Member(MemberId("E0099"), "示例同事", Role.MEMBER, has_desk=True),
    ),
)
RECORD = RecordDraft(item=ItemId("B3"), methods=(Method.RECORD,), seen="示例所见")


@pytest.fixture
def desks(stories: Callable[..., DeskStory]) -> tuple[DeskStory, DeskStory, VisitNotesBundle, MemberId]:
    one, other = stories("assigned").unlock(), stories("assigned").unlock()
    visit, _changes = one.desk.visits.planning.create(one.review, DRAFT)
    return one, other, one.desk.visits.merging.bundle(visit), one.desk.visits.sheet(visit).me


def test_two_desks_that_cross_their_sticks_see_the_same(
    desks: tuple[DeskStory, DeskStory, VisitNotesBundle, MemberId],
) -> None:
    one, other, bundle, me = desks
    visit = bundle.visit
    assert other.desk.visits.merging.take(bundle, sender=me).visits == {visit}
    one.desk.visits.notes.record(visit, RECORD)
    one.desk.visits.notes.grade(visit, ItemId("A1"), Grade.CONFORM)
    other.desk.visits.notes.record(visit, RECORD)
    other.desk.visits.notes.grade(visit, ItemId("A1"), Grade.MINOR)
    to_one, to_other = other.desk.visits.merging.bundle(visit), one.desk.visits.merging.bundle(visit)
    one.desk.visits.merging.take(to_one, sender=me)
    other.desk.visits.merging.take(to_other, sender=me)
    here, there = one.desk.visits.sheet(visit), other.desk.visits.sheet(visit)
    assert here == there
    assert len(here.records) == 2
    assert [(fork.id, len(fork.values)) for fork in here.forks] == [("A1@S1@" + me, 2)]
    assert not one.desk.visits.merging.take(to_one, sender=me)


def test_nobody_speaks_for_a_member_with_a_desk_of_their_own(
    desks: tuple[DeskStory, DeskStory, VisitNotesBundle, MemberId],
) -> None:
    one, other, bundle, me = desks
    one.desk.visits.notes.record(bundle.visit, RECORD)
    full = one.desk.visits.merging.bundle(bundle.visit)
    other.desk.visits.merging.take(bundle, sender=me)
    with pytest.raises(NotOnTeamError):
        other.desk.visits.merging.take(full, sender=MemberId("E0098"))
    other.desk.visits.merging.take(full, sender=MemberId("E0099"))  # brings nothing of the leader's
    assert other.desk.visits.sheet(bundle.visit).records == ()
    forged = replace(full, entries=tuple(replace(entry, author=MemberId("E0099")) for entry in full.entries))
    with pytest.raises(ForeignNotesError):
        other.desk.visits.merging.take(forged, sender=me)
