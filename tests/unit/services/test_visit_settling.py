"""What is settled stays settled: withdrawn, put right, verified; and a conclusion needs its reasons."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.onsite.acknowledgement import AcknowledgedAlreadyError, AcknowledgementOutcome, SealDuePastError
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.contradictions import (
    Contradiction,
    EvidenceWithdrawnError,
    FindingAgainstGradeError,
    GradeAgainstFindingError,
)
from app.domain.onsite.finding import FindingKind, FindingsMissingError, FindingState
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.ids import EntryId, ItemId
from app.domain.onsite.record import AlreadySettledError, RecordState
from app.domain.onsite.visit import NotConcludedError, NotVerifiedError, Stage, StageOrderError
from app.services.visit_meeting import AcknowledgementDraft, FindingDraft
from app.services.visit_notes import RecordDraft
from tests.support.desks import DeskStory
from tests.support.visit_photos import PlannedVisit, plan

RECORD = RecordDraft(item=ItemId("A2"), methods=(Method.RECORD,), seen="示例所见")


@pytest.fixture
def planned(stories: Callable[..., DeskStory]) -> PlannedVisit:
    return plan(stories("assigned").unlock())


def minor(planned: PlannedVisit, item: str = "A2") -> tuple[FindingDraft, EntryId]:
    """A minor nonconformity that stands, and how it was typed."""
    record, _changes = planned.desk.visits.notes.record(planned.visit, RECORD)
    draft = FindingDraft(kind=FindingKind.MINOR, item=ItemId(item), fact="示例事实", clause="A2", records=(record,))
    return draft, planned.desk.visits.meeting.find(planned.visit, draft)[0]


def test_words_saved_after_a_record_was_withdrawn_do_not_bring_it_back(planned: PlannedVisit) -> None:
    notes = planned.desk.visits.notes
    entry, _changes = notes.record(planned.visit, RECORD)
    notes.withdraw(planned.visit, entry, "示例证明")
    notes.record(planned.visit, RECORD, entry=entry)
    record = planned.sheet.records[0]
    assert (record.state, record.state_reason) == (RecordState.WITHDRAWN, "示例证明")


def test_finding_put_right_on_the_spot_is_neither_withdrawn_nor_written_anew(planned: PlannedVisit) -> None:
    meeting = planned.desk.visits.meeting
    draft, entry = minor(planned)
    meeting.correct(planned.visit, entry, "当场补齐")
    with pytest.raises(AlreadySettledError):
        meeting.withdraw(planned.visit, entry, "示例证明")
    with pytest.raises(AlreadySettledError):
        meeting.find(planned.visit, draft, entry=entry)
    finding = planned.sheet.findings[0]
    assert (finding.state, finding.state_reason, finding.counts) == (FindingState.CORRECTED, "当场补齐", True)


def test_finding_the_leader_has_verified_keeps_its_words(planned: PlannedVisit) -> None:
    meeting = planned.desk.visits.meeting
    draft, entry = minor(planned)
    meeting.verify(planned.visit, entry, "示例措施", is_effective=True)
    with pytest.raises(AlreadySettledError):
        meeting.find(planned.visit, draft, entry=entry)
    assert planned.sheet.findings[0].is_verified


def test_what_was_verified_before_the_conclusion_counts_in_it(planned: PlannedVisit) -> None:
    meeting = planned.desk.visits.meeting
    _draft, entry = minor(planned)
    planned.grade_all(A2=Grade.MINOR)
    meeting.correct(planned.visit, entry, "当场补齐")
    meeting.verify(planned.visit, entry, "当场补齐，已复看", is_effective=True)
    result, _changes = meeting.conclude(planned.visit)
    assert (result.at_visit, result.now) == (Conclusion.PAPER, Conclusion.PASS)


@pytest.mark.parametrize(("item", "grade"), [("A3", Grade.MINOR), ("A3", Grade.MAJOR), ("B1", Grade.FAIL)])
def test_nonconforming_grade_without_its_nonconformity_holds_the_conclusion_back(
    planned: PlannedVisit, item: str, grade: Grade
) -> None:
    _draft, elsewhere = minor(planned)
    planned.grade_all(A2=Grade.MINOR, **{item: grade})
    with pytest.raises(FindingsMissingError) as refused:
        planned.desk.visits.meeting.conclude(planned.visit)
    assert item in refused.value.sentence()
    draft, _minor = minor(planned, item)
    if grade is not Grade.MINOR:
        planned.desk.visits.meeting.find(planned.visit, replace(draft, kind=FindingKind.MAJOR))
    planned.desk.visits.meeting.conclude(planned.visit)
    planned.desk.visits.meeting.verify(planned.visit, elsewhere, "示例措施", is_effective=True)
    assert planned.sheet.result
    assert planned.sheet.result.now is planned.sheet.result.at_visit


@pytest.mark.parametrize("stage", [Stage.POSTPONED, Stage.REFUSED])
def test_visit_that_does_not_take_place_has_no_conclusion(planned: PlannedVisit, stage: Stage) -> None:
    planned.grade_all()
    planned.desk.visits.planning.advance(planned.visit, stage, reason="示例：停产检修")
    with pytest.raises(StageOrderError):
        planned.desk.visits.meeting.conclude(planned.visit)
    assert planned.sheet.result is None


@pytest.mark.parametrize(("grade", "kind"), [(Grade.CONFORM, FindingKind.MINOR), (Grade.MINOR, FindingKind.MAJOR)])
def test_nonconformity_that_says_more_than_the_grade_holds_the_conclusion_back(
    planned: PlannedVisit, grade: Grade, kind: FindingKind
) -> None:
    meeting = planned.desk.visits.meeting
    record, _changes = planned.desk.visits.notes.record(planned.visit, RECORD)
    draft = FindingDraft(kind=kind, item=ItemId("A2"), fact="示例事实", clause="A2", records=(record,))
    meeting.find(planned.visit, draft)
    planned.grade_all(A2=grade)
    assert [one.item for one in planned.sheet.contradictions] == ["A2"]
    with pytest.raises(FindingAgainstGradeError) as refused:
        meeting.conclude(planned.visit)
    assert "A2" in refused.value.sentence()
    planned.grade_all(A2=Grade.MINOR if kind is FindingKind.MINOR else Grade.MAJOR)
    assert planned.sheet.contradictions == ()
    meeting.conclude(planned.visit)


def test_grade_that_says_more_than_its_nonconformity_holds_the_conclusion_back(planned: PlannedVisit) -> None:
    meeting = planned.desk.visits.meeting
    draft, _entry = minor(planned)
    planned.grade_all(A2=Grade.MAJOR)
    assert [(one.what, one.item) for one in planned.sheet.contradictions] == [(Contradiction.KIND, "A2")]
    with pytest.raises(GradeAgainstFindingError) as refused:
        meeting.conclude(planned.visit)
    assert "A2" in refused.value.sentence()
    other, _changes = meeting.find(planned.visit, replace(draft, kind=FindingKind.MAJOR))
    assert planned.sheet.contradictions == (), "a minor one may stand beside a major one"
    meeting.withdraw(planned.visit, other, "示例：重复")
    planned.grade_all(A2=Grade.MINOR)
    assert planned.sheet.contradictions == ()
    meeting.conclude(planned.visit)


def test_nonconformity_does_not_rest_on_withdrawn_records_alone(planned: PlannedVisit) -> None:
    notes, meeting = planned.desk.visits.notes, planned.desk.visits.meeting
    draft, entry = minor(planned)
    planned.grade_all(A2=Grade.MINOR)
    notes.withdraw(planned.visit, draft.records[0], "示例证明")
    with pytest.raises(EvidenceWithdrawnError):
        meeting.conclude(planned.visit)
    with pytest.raises(EvidenceWithdrawnError):
        meeting.find(planned.visit, draft)
    other, _changes = notes.record(planned.visit, RECORD)
    both = FindingDraft(kind=draft.kind, item=draft.item, fact=draft.fact, clause="A2", records=(*draft.records, other))
    meeting.find(planned.visit, both, entry=entry)
    assert planned.sheet.contradictions == ()
    meeting.conclude(planned.visit)


def test_report_is_not_signed_before_the_conclusion_nor_verified_before_every_nonconformity_is(
    planned: PlannedVisit,
) -> None:
    planning, meeting = planned.desk.visits.planning, planned.desk.visits.meeting
    _draft, entry = minor(planned)
    planned.grade_all(A2=Grade.MINOR)
    with pytest.raises(NotConcludedError):
        planning.advance(planned.visit, Stage.SIGNED)
    meeting.conclude(planned.visit)
    planning.advance(planned.visit, Stage.SIGNED)
    planning.advance(planned.visit, Stage.RECTIFICATION)
    with pytest.raises(NotVerifiedError):
        planning.advance(planned.visit, Stage.VERIFIED)
    meeting.verify(planned.visit, entry, "示例措施", is_effective=True)
    planning.advance(planned.visit, Stage.VERIFIED)
    assert planned.sheet.plan.stage is Stage.VERIFIED


AGREED = AcknowledgementDraft(outcome=AcknowledgementOutcome.AGREED, signed_by="示例代表")


def test_second_acknowledgement_needs_a_reason_and_keeps_the_first_one(planned: PlannedVisit) -> None:
    meeting = planned.desk.visits.meeting
    meeting.acknowledge(planned.visit, AGREED)
    before = planned.sheet.acknowledgement
    other = AcknowledgementDraft(outcome=AcknowledgementOutcome.RESERVED, signed_by="示例代表", remark="示例保留意见")
    with pytest.raises(AcknowledgedAlreadyError):
        meeting.acknowledge(planned.visit, other)
    assert planned.sheet.acknowledgement == before
    meeting.acknowledge(planned.visit, other, replacing="示例：厂长到场后改为有保留")
    assert planned.sheet.acknowledgement is not None
    assert planned.sheet.acknowledgement.outcome is AcknowledgementOutcome.RESERVED
    assert [(one.before, one.reason) for one in planned.sheet.replaced] == [(before, "示例：厂长到场后改为有保留")]


def test_seal_cannot_be_promised_for_a_day_that_is_over(planned: PlannedVisit) -> None:
    today = planned.story.clock.now.date()
    pending = AcknowledgementOutcome.SEAL_PENDING
    late = AcknowledgementDraft(outcome=pending, signed_by="示例代表", seal_due=today - timedelta(days=1))
    with pytest.raises(SealDuePastError):
        planned.desk.visits.meeting.acknowledge(planned.visit, late)
    assert planned.sheet.acknowledgement is None
    on_the_day = AcknowledgementDraft(outcome=pending, signed_by="示例代表", seal_due=today)
    planned.desk.visits.meeting.acknowledge(planned.visit, on_the_day)
    assert planned.sheet.acknowledgement is not None
