"""A visit that is postponed, refused, or that cannot see everything (cases E42 and E43)."""

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.onsite.checklist import Grade
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.hindrance import HindranceKind, NotLimitedError, PostponedBeforeError
from app.domain.onsite.record import UnexplainedError
from app.domain.onsite.visit import Stage
from app.services.visit_errors import VisitConcludedError
from app.services.visit_meeting import FindingDraft
from tests.support.desks import DeskStory
from tests.support.onsite_team import Visiting, visiting
from tests.support.onsite_world import onsite
from tests.support.visit_photos import PlannedVisit, plan

__all__ = ["onsite", "visiting"]
WHY = "示例：果园采收期已过，生产线停产"


@pytest.fixture
def planned(stories: Callable[..., DeskStory]) -> PlannedVisit:
    return plan(stories("assigned").unlock())


def test_visit_is_postponed_once_and_a_second_time_only_with_leave(planned: PlannedVisit) -> None:
    planning = planned.desk.visits.planning
    with pytest.raises(UnexplainedError):
        planning.advance(planned.visit, Stage.POSTPONED)
    planning.advance(planned.visit, Stage.POSTPONED, reason=WHY, until=date(2026, 12, 15))
    planning.advance(planned.visit, Stage.NOTICED)
    with pytest.raises(PostponedBeforeError):
        planning.advance(planned.visit, Stage.POSTPONED, reason=WHY)
    assert planned.sheet.plan.stage is Stage.NOTICED
    planning.advance(planned.visit, Stage.POSTPONED, reason=WHY, allowed_by="示例：秘书处电话同意")
    first, second = planned.sheet.hindrances
    assert (first.kind, first.reason, first.until) == (HindranceKind.POSTPONED, WHY, date(2026, 12, 15))
    assert second.allowed_by == "示例：秘书处电话同意"


def test_refusal_stays_recorded_with_its_reason(planned: PlannedVisit) -> None:
    planned.desk.visits.planning.advance(planned.visit, Stage.REFUSED, reason="示例：企业放弃")
    assert [(one.kind, one.reason) for one in planned.sheet.hindrances] == [(HindranceKind.REFUSED, "示例：企业放弃")]


@pytest.mark.parametrize(("grade", "at_visit"), [(Grade.CONFORM, Conclusion.RECHECK), (Grade.FAIL, Conclusion.FAIL)])
def test_limited_evidence_never_passes_outright_and_never_helps(
    visiting: Visiting, grade: Grade, at_visit: Conclusion
) -> None:
    visits, visit = visiting.leader.desk.visits, visiting.visit
    visits.evidence.limit(visit, WHY)
    with pytest.raises(NotLimitedError):
        visits.evidence.limit(visit, WHY)
    if grade is Grade.FAIL:
        veto = next(item.id for item in visits.sheet(visit).checklist.items if item.is_veto)
        visits.notes.grade(visit, veto, Grade.FAIL)
        photo = visits.sheet(visit).photos[0].photo.sha256
        fact = FindingDraft(kind=FindingKind.MAJOR, item=veto, fact="示例事实", clause="示例条款", photos=(photo,))
        visits.meeting.find(visit, fact)
    result, _changes = visits.meeting.conclude(visit, opinion="示例联合意见")
    assert (result.at_visit, result.now) == (at_visit, at_visit)
    with pytest.raises(VisitConcludedError):
        visits.evidence.limit(visit, WHY)


def test_visit_passes_once_what_was_missing_is_seen_and_the_record_takes_both(visiting: Visiting) -> None:
    visits, visit = visiting.leader.desk.visits, visiting.visit
    visits.evidence.limit(visit, WHY)
    visiting.conclude()
    assert visiting.take(visiting.hand_in(visiting.leader, is_sealing=True)) == ["new"]
    facts = visiting.result().facts
    assert facts is not None
    assert (facts.at_visit, facts.now) == (Conclusion.RECHECK, Conclusion.RECHECK)
    visits.evidence.lift(visit, "示例：复产后到现场看了灌装线")
    sheet = visits.sheet(visit)
    assert sheet.limited is None
    assert sheet.result is not None
    assert (sheet.result.at_visit, sheet.result.now) == (Conclusion.RECHECK, Conclusion.PASS)
    visiting.leader.desk.scoring.revise(sheet.review, "示例：现场复核完成")
    assert visiting.take(visiting.hand_in(visiting.leader, is_sealing=True)) == ["revision"]
    facts = visiting.result().facts
    assert facts is not None
    assert (facts.at_visit, facts.now) == (Conclusion.RECHECK, Conclusion.PASS)
