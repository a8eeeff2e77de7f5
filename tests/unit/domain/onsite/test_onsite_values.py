"""Plans, records, findings, acknowledgements and photographs check themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import MediaType
from app.domain.ids import ApplicationCode, ReviewId, Sha256
from app.domain.onsite.acknowledgement import (
    Acknowledgement,
    AcknowledgementInvalidError,
    AcknowledgementOutcome,
    NoSealPendingError,
)
from app.domain.onsite.checklist import Method
from app.domain.onsite.finding import (
    ClauseMissingError,
    EvidenceMissingError,
    Finding,
    FindingInvalidError,
    FindingKind,
    GroundsMissingError,
    NothingDoneError,
    NothingToRectifyError,
)
from app.domain.onsite.ids import EntryId, ItemId, MemberId, SiteId, VisitId
from app.domain.onsite.photo import (
    PhotoAmbiguousError,
    PhotoFacts,
    PhotoUnknownError,
    alike,
    by_time,
    is_alike,
    likeness,
    noted,
    proposed_slot,
)
from app.domain.onsite.record import (
    AlreadySettledError,
    EvidenceRecord,
    OwnWitnessError,
    RecordInvalidError,
    TypedFromInvalidError,
    UnexplainedError,
)
from app.domain.onsite.visit import (
    Member,
    NoAssessorError,
    NotOnTeamError,
    Role,
    Site,
    Slot,
    Stage,
    VisitInvalidError,
    VisitPlan,
    may_follow,
    visit_code,
)

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
SITE = SiteId("S1")
LEADER, MEMBER, LIAISON = MemberId("E0001"), MemberId("P1"), MemberId("L1")
FACTS = Sha256("0" * 63 + "c")
PLAN = VisitPlan(
    VisitId("0" * 31 + "f"),
    ReviewId("r"),
    ApplicationCode("2026-0001"),
    (Site(SITE, "示例一厂"),),
    (
        Member(LEADER, "示例组长", Role.LEADER, has_desk=True),
        Member(MEMBER, "示例组员", Role.MEMBER),
        Member(LIAISON, "示例联络员", Role.LIAISON),
    ),
    (
        Slot(1, SITE, NOW, NOW + timedelta(hours=2), "车间", (ItemId("B1"),), (LEADER,)),
        Slot(2, SITE, NOW + timedelta(hours=1), NOW + timedelta(hours=3), "实验室", (ItemId("B3"),)),
    ),
)
RECORD = EvidenceRecord(EntryId("r1"), ItemId("B3"), LEADER, (Method.WITNESS,), "示例所见", NOW, SITE)
FINDING = Finding(
    EntryId("f1"), FindingKind.MINOR, ItemId("B3"), LEADER, "示例事实", "示例条款", records=(EntryId("r1"),)
)


def photo(number: int, name: str = "", **changes: object) -> PhotoFacts:
    made = PhotoFacts(
        Sha256(f"{number:064x}"), number, 9, MediaType.JPEG, name or f"IMG_{number:04d}.JPG", 8, 8, NOW, LEADER
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_plan_has_exactly_one_leader_and_knows_who_assesses() -> None:
    assert PLAN.leader.name == "示例组长"
    assert PLAN.assessor(MEMBER).role is Role.MEMBER
    with pytest.raises(NoAssessorError):
        PLAN.assessor(LIAISON)
    with pytest.raises(NotOnTeamError):
        PLAN.member(MemberId("X"))
    with pytest.raises(VisitInvalidError):
        replace(PLAN, team=PLAN.team[1:])


@pytest.mark.parametrize(
    "slot",
    [
        Slot(3, SiteId("S9"), NOW, NOW + timedelta(hours=1), "x"),
        Slot(3, SITE, NOW, NOW, "x"),
        Slot(1, SITE, NOW, NOW + timedelta(hours=1), "x"),
        Slot(3, SITE, NOW, NOW + timedelta(hours=1), "x", (), (MemberId("X"),)),
    ],
)
def test_a_timetable_that_contradicts_itself_is_refused(slot: Slot) -> None:
    with pytest.raises(VisitInvalidError):
        replace(PLAN, timetable=(*PLAN.timetable, slot))


def test_stages_go_forward_and_a_refused_visit_ends_there() -> None:
    assert may_follow(Stage.PLANNED, Stage.GATHERING)
    assert not may_follow(Stage.CLOSING, Stage.GATHERING)
    assert may_follow(Stage.NOTICED, Stage.POSTPONED)
    assert not may_follow(Stage.GATHERING, Stage.POSTPONED)
    assert may_follow(Stage.POSTPONED, Stage.PLANNED)
    assert not any(may_follow(Stage.REFUSED, stage) for stage in Stage)
    assert may_follow(Stage.SIGNED, Stage.RECTIFICATION)
    assert not may_follow(Stage.SIGNED, Stage.VERIFIED)


def test_a_photo_is_proposed_where_the_timetable_was_when_it_was_taken() -> None:
    def slot_at(taken: datetime | None) -> int | None:
        slot = proposed_slot(PLAN, photo(1, taken_at=taken))
        return slot.number if slot else None

    assert slot_at(NOW) == 1
    assert slot_at(NOW + timedelta(minutes=90)) == 2
    assert slot_at(NOW + timedelta(hours=3)) is None
    assert slot_at(None) is None


def test_photos_without_a_time_come_last() -> None:
    photos = [photo(1), photo(2, taken_at=NOW), photo(3, taken_at=NOW - timedelta(hours=1))]
    assert [one.number for one in by_time(photos)] == [3, 2, 1]


def test_the_number_noted_on_paper_finds_the_photo_by_the_end_of_its_name() -> None:
    photos = [photo(1, "IMG_0123.JPG"), photo(2, "IMG_1230.heic"), photo(3, "DSC0077.jpg"), photo(4, "PXL-77.jpg")]
    assert noted(photos, "123").number == 1
    with pytest.raises(PhotoAmbiguousError):
        noted(photos, "0077")
    with pytest.raises(PhotoUnknownError):
        noted(photos, "9")


@given(st.lists(st.integers(0, 200), min_size=72, max_size=72), st.integers(0, 55))
def test_a_brighter_copy_looks_the_same(gray: list[int], brighter: int) -> None:
    assert likeness(gray) == likeness([value + brighter for value in gray])


def test_pictures_without_detail_are_never_called_alike() -> None:
    assert not is_alike("0" * 16, "0" * 16)
    assert is_alike("ff00ff00ff00ff00", "ff00ff00ff00ff01")
    assert not is_alike("ff00ff00ff00ff00", "00ff00ff00ff00ff")
    assert alike([photo(2, likeness="f" * 16), photo(1, likeness="f" * 15 + "e"), photo(3)]) == (
        (photo(1).sha256, photo(2).sha256),
    )


def test_a_record_needs_a_method_and_what_was_seen() -> None:
    for changes in ({"methods": ()}, {"seen": " "}, {"population": 3, "sample_size": 4}, {"sample_size": 0}):
        with pytest.raises(RecordInvalidError):
            replace(RECORD, **changes)


def test_a_record_typed_for_somebody_else_names_its_paper() -> None:
    assert replace(RECORD, author=MEMBER, typed_by=LEADER, paper="检查表第2页").author == MEMBER
    for changes in ({"typed_by": MEMBER}, {"paper": "x"}, {"typed_by": LEADER, "paper": "x"}):
        with pytest.raises(TypedFromInvalidError):
            replace(RECORD, **changes)


def test_what_is_withdrawn_or_corrected_stays_with_its_reason() -> None:
    assert RECORD.withdrawn("示例").seen == RECORD.seen
    assert FINDING.corrected("示例").counts
    assert not FINDING.withdrawn("示例").counts
    for act in (RECORD.withdrawn, RECORD.corrected, FINDING.withdrawn, FINDING.corrected):
        with pytest.raises(UnexplainedError):
            act(" ")


def test_what_was_put_right_on_the_spot_cannot_be_withdrawn_later_nor_the_other_way_round() -> None:
    for settled in (
        RECORD.withdrawn("示例"),
        RECORD.corrected("示例"),
        FINDING.withdrawn("示例"),
        FINDING.corrected("示例"),
    ):
        for act in (settled.withdrawn, settled.corrected):
            with pytest.raises(AlreadySettledError):
                act("另一个理由")


def test_only_a_nonconformity_is_put_right_on_the_spot() -> None:
    with pytest.raises(NothingToRectifyError):
        replace(FINDING, kind=FindingKind.STRENGTH).corrected("示例")


def test_nobody_is_the_witness_of_a_record_of_their_own() -> None:
    assert replace(RECORD, witness=MEMBER).witness == MEMBER
    with pytest.raises(OwnWitnessError):
        replace(RECORD, witness=LEADER)


def test_a_nonconformity_needs_clause_and_evidence_and_a_strength_neither() -> None:
    for missing, changes in (
        (ClauseMissingError, {"clause": ""}),
        (EvidenceMissingError, {"records": ()}),
        (GroundsMissingError, {"clause": " ", "records": ()}),
        (FindingInvalidError, {"fact": ""}),
    ):
        with pytest.raises(FindingInvalidError) as refused:
            replace(FINDING, **changes)
        assert refused.type is missing, "the sentence names what is missing and nothing else"
    assert not replace(FINDING, kind=FindingKind.STRENGTH, clause="", records=()).counts


def test_rectification_is_due_after_the_days_of_the_checklist_and_verified_with_what_was_done() -> None:
    asked = FINDING.with_rectification(date(2026, 11, 20), days=15)
    assert asked.rectification
    assert asked.rectification.due == date(2026, 12, 5)
    assert asked.verified("示例措施", by=LEADER, on=date(2026, 12, 1), is_effective=True).is_verified
    for wrong in (asked.withdrawn("示例"), FINDING):
        with pytest.raises(NothingToRectifyError):
            wrong.verified("示例措施", by=LEADER, on=date(2026, 12, 1), is_effective=True)
    with pytest.raises(NothingDoneError):
        asked.verified(" ", by=LEADER, on=date(2026, 12, 1), is_effective=True)


def acknowledged(outcome: AcknowledgementOutcome, **values: object) -> Acknowledgement:
    return Acknowledgement(outcome, FACTS, NOW, LEADER, **values)  # type: ignore[arg-type]


def test_a_refusal_needs_the_leaders_reason_and_another_witness() -> None:
    assert acknowledged(AcknowledgementOutcome.REFUSED, remark="示例", witness=MEMBER).signed_by == ""
    for values in ({"remark": "示例"}, {"witness": MEMBER}, {"remark": "示例", "witness": LEADER}):
        with pytest.raises(AcknowledgementInvalidError):
            acknowledged(AcknowledgementOutcome.REFUSED, **values)
    with pytest.raises(AcknowledgementInvalidError):
        acknowledged(AcknowledgementOutcome.AGREED)
    with pytest.raises(AcknowledgementInvalidError):
        acknowledged(AcknowledgementOutcome.RESERVED, signed_by="示例代表")


def test_a_seal_that_is_to_come_is_attached_later_by_the_code_of_the_sheet() -> None:
    pending = acknowledged(AcknowledgementOutcome.SEAL_PENDING, signed_by="示例代表", seal_due=date(2026, 12, 1))
    assert pending.code == "00000012"
    assert pending.is_seal_pending
    with pytest.raises(NoSealPendingError):
        pending.sealed("00000013", Sha256("a" * 64), on=date(2026, 11, 25))
    sealed = pending.sealed("00000012", Sha256("a" * 64), on=date(2026, 11, 25))
    assert not sealed.is_seal_pending
    with pytest.raises(NoSealPendingError):
        sealed.sealed("00000012", Sha256("a" * 64), on=date(2026, 11, 25))


def test_a_visit_is_told_apart_on_paper_by_four_digits() -> None:
    assert visit_code(PLAN.application, PLAN.visit) == "2026-0001-0015"
