"""What is left to do about a visit: the leader is told of a seal to come, of a signature, and of signing again."""

from datetime import date, timedelta
from pathlib import Path

from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.pending import Pending, PendingLine
from app.services.visit_meeting import AcknowledgementDraft
from tests.support.onsite_team import Visiting, visiting
from tests.support.onsite_world import TeamDesk, onsite
from tests.support.visit_photos import picture

__all__ = ["onsite", "visiting"]


def pending(visiting: Visiting, desk: TeamDesk) -> tuple[PendingLine, ...]:
    """What the list and the visit itself say, which is the same."""
    (line,) = desk.desk.visits.all()
    assert line.pending == desk.desk.visits.sheet(visiting.visit).pending
    return line.pending


def promise_a_seal(visiting: Visiting) -> date:
    """Concluded, signed by the applicant, and the seal is to come."""
    visiting.leader.desk.visits.meeting.conclude(visiting.visit, opinion="示例联合意见")
    due = visiting.world.record.clock.now.date() + timedelta(days=7)
    pending_seal = AcknowledgementOutcome.SEAL_PENDING
    draft = AcknowledgementDraft(outcome=pending_seal, signed_by="示例代表", seal_due=due)
    visiting.leader.desk.visits.meeting.acknowledge(visiting.visit, draft)
    return due


def attach_the_seal(visiting: Visiting, folder: Path) -> None:
    visits = visiting.leader.desk.visits
    (taken,) = visits.photos.take(visiting.visit, [picture(folder / "seal.jpg", seed=9)]).photos
    assert taken.photo is not None
    visits.meeting.attach_seal(visiting.visit, visits.sheet(visiting.visit).facts_code, taken.photo.sha256)


def test_seal_to_come_is_told_to_its_day_and_does_not_hold_the_signature_up(visiting: Visiting) -> None:
    assert pending(visiting, visiting.leader) == ()
    due = promise_a_seal(visiting)
    assert pending(visiting, visiting.leader) == (PendingLine(Pending.SEAL, due), PendingLine(Pending.SIGN))
    visiting.hand_in(visiting.leader, is_sealing=True)
    assert pending(visiting, visiting.leader) == (PendingLine(Pending.SEAL, due),)
    visiting.world.record.clock.forward(days=7)
    assert not pending(visiting, visiting.leader)[0].is_overdue
    visiting.world.record.clock.forward(days=1)
    assert pending(visiting, visiting.leader)[0].is_overdue


def test_seal_that_came_after_handing_in_asks_for_another_signature(visiting: Visiting, tmp_path: Path) -> None:
    promise_a_seal(visiting)
    visiting.take(visiting.hand_in(visiting.leader, is_sealing=True))
    attach_the_seal(visiting, tmp_path)
    assert [one.what for one in pending(visiting, visiting.leader)] == [Pending.SIGN_AGAIN]
    assert visiting.leader.desk.visits.sheet(visiting.visit).is_seal_new
    review = visiting.leader.on_site(visiting.application).review
    visiting.leader.desk.scoring.revise(review, "示例：盖章件已补来")
    assert [one.what for one in pending(visiting, visiting.leader)] == [Pending.SIGN]
    visiting.take(visiting.hand_in(visiting.leader, is_sealing=True))
    assert pending(visiting, visiting.leader) == ()
    returned = visiting.result().facts.acknowledgement
    assert returned is not None
    assert returned.sealed_on is not None


def test_members_are_told_nothing_that_only_the_leader_can_do(visiting: Visiting) -> None:
    promise_a_seal(visiting)
    visiting.exchange(visiting.leader, visiting.member)
    assert pending(visiting, visiting.member) == ()
