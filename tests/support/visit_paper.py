"""A visit to print: clearly fictional, as large as a test wants it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.documents.visit_photo_annex import as_jpeg
from app.documents.visit_values import PaperPhoto, VisitPaper
from app.domain.application import MediaType
from app.domain.ids import ReviewId, Sha256
from app.domain.onsite.acknowledgement import Acknowledgement, AcknowledgementOutcome
from app.domain.onsite.agreement import Consensus, Disagreement, Dissent, ItemGrade, Result
from app.domain.onsite.checklist import Checklist, Grade, Method
from app.domain.onsite.finding import Finding, FindingKind, FindingState
from app.domain.onsite.grading import Conclusion, score
from app.domain.onsite.ids import EntryId, ItemId, MemberId, SiteId, VisitId
from app.domain.onsite.photo import PhotoFacts
from app.domain.onsite.record import EvidenceRecord
from app.domain.onsite.sampling import Sample, draw
from app.domain.onsite.visit import (
    Answer,
    Attendee,
    Meeting,
    MeetingKind,
    Member,
    Question,
    Role,
    Site,
    Slot,
    VisitPlan,
    visit_code,
)
from app.intake.checklist_file import default_checklist
from tests.support.paper import face_sheet

VISIT = VisitId("0123456789abcdef" * 2)
LEADER, SECOND, PAPER = MemberId("E0001"), MemberId("E0002"), MemberId("P1")
LONG_NAME = "辽宁示例沈抚改革创新示范区高端装备制造与工业互联网融合发展产业技术研究集团（控股）股份有限公司"
FACTS = Sha256("c" * 56 + "12345678")


def plan(*, sites: int = 2) -> VisitPlan:
    """Two sites, a leader, a colleague with a desk and one without."""
    nine = datetime(2026, 12, 1, 1, tzinfo=UTC)
    places = tuple(Site(SiteId(f"S{n}"), f"示例第{n}工厂", f"示例市示例路{n}号") for n in range(1, sites + 1))
    return VisitPlan(
        visit=VISIT,
        review=ReviewId("f" * 32),
        application=face_sheet().application,
        sites=places,
        team=(
            Member(LEADER, "示例组长", Role.LEADER, has_desk=True, employer="示例研究院"),
            Member(SECOND, "示例同事", Role.MEMBER, has_desk=True, employer="示例大学"),
            Member(PAPER, "示例组员", Role.MEMBER, employer="示例检测中心"),
            Member(MemberId("L1"), "示例联络", Role.LIAISON),
        ),
        timetable=(
            Slot(
                1, SiteId("S1"), nine, nine.replace(hour=3), "一车间与实验室", (ItemId("B1"), ItemId("B3")), (LEADER,)
            ),
            Slot(
                2,
                SiteId("S1"),
                nine.replace(hour=5),
                nine.replace(hour=8),
                "售后部门",
                (ItemId("D2"),),
                (PAPER, SECOND),
            ),
        ),
        meetings=(
            Meeting(MeetingKind.OPENING, nine, "示例会议室", (Attendee("示例厂长", "厂长", "示例钢构"),)),
            Meeting(MeetingKind.CLOSING, nine.replace(day=2), "示例会议室", (), "示例记录"),
        ),
        questions=(
            Question("q1", "卷宗第12页的产量与电费单是否一致", "quality", ItemId("C3")),
            Question("q2", "投诉处理时限是否达到承诺", "service"),
        ),
        limitations="三车间检修，未看",
    )


def photo(number: int, *items: str, is_dated: bool = True, width: int = 320, height: int = 240) -> PaperPhoto:
    """A grey picture with facts around it."""
    facts = PhotoFacts(
        sha256=Sha256(f"{number:064x}"),
        number=number,
        size=1000,
        media=MediaType.JPEG,
        name=f"IMG_{number:04}.JPG",
        width=width,
        height=height,
        received_at=datetime(2026, 12, 1, 10, tzinfo=UTC),
        author=LEADER,
        taken_at=datetime(2026, 12, 1, 2, 30, tzinfo=UTC) if is_dated else None,
    )
    pixels = bytes((90, number % 200, 120, 255)) * (width * height)
    jpeg = as_jpeg(width, height, pixels)
    return PaperPhoto(facts, tuple(map(ItemId, items)), "示例说明", None, jpeg, width, height)


def finding(
    number: int, *, fact: str = "抽查3台卡尺，其中1台超过校准有效期12天", kind: FindingKind = FindingKind.MINOR
) -> Finding:
    """A nonconformity with its clause and a photo."""
    made = Finding(
        EntryId(f"{number:016x}"), kind, ItemId("B4"), LEADER, fact, "GB/T 19001 7.1.5", (), (photo(1).facts.sha256,)
    )
    return made.with_rectification(date(2026, 12, 2), days=15) if kind.is_nonconformity else replace(made, clause="")


def sample(number: int) -> Sample:
    """Eight of sixty."""
    seed = f"示例{number}"
    return Sample(
        EntryId(f"{number + 4096:016x}"), ItemId("D2"), f"十月工单，按登记簿{number}", 60, seed,
        draw(60, 8, seed=seed), LEADER, datetime(2026, 12, 1, 3, tzinfo=UTC),
    )  # fmt: skip


def record(number: int, *, seen: str = "见证拉伸试验一次，原始记录完整") -> EvidenceRecord:
    """One record of the leader."""
    return EvidenceRecord(
        id=EntryId(f"{number + 8192:016x}"), item=ItemId("B3"), author=LEADER, methods=(Method.RECORD, Method.WITNESS),
        seen=seen, at=datetime(2026, 12, 1, 2, 20, tzinfo=UTC), site=SiteId("S1"), asked="请演示一项出厂检验",
        place="实验室", people="示例主任", document_number="示例-2026-117", batch="示例批-09",
        population=60, sample_size=8,
        photos=(photo(1).facts.sha256,), grade=Grade.PASS,
    )  # fmt: skip


def paper(
    *, is_blank: bool = False, checklist: Checklist | None = None, operator: str = LONG_NAME, **values: object
) -> VisitPaper:
    """A visit with everything in it, or a blank one."""
    judged_by = checklist or default_checklist()
    standing = {item.id: Grade.PASS if item.is_veto else Grade.CONFORM for item in judged_by.items}
    standing |= {
        item: grade for item, grade in ((ItemId("A2"), Grade.STRONG), (ItemId("B5"), Grade.MINOR)) if item in standing
    }
    planned = plan()
    at = datetime(2026, 12, 2, 8, tzinfo=UTC)
    given = (
        ItemGrade(ItemId("B5"), SiteId("S1"), LEADER, Grade.MINOR),
        ItemGrade(ItemId("B5"), SiteId("S1"), PAPER, Grade.CONFORM),
    )
    agreed = Consensus(ItemId("B5"), SiteId("S1"), Grade.MINOR, "以点检表缺页为准", at)
    filled = VisitPaper(
        campaign="示例活动 2026",
        visit=VISIT,
        code=visit_code(planned.application, VISIT),
        face=replace(face_sheet(), operator=operator),
        checklist=judged_by,
        plan=planned,
        content=Sha256("b" * 52 + "0123456789ab"),
        facts=FACTS,
        questions=(
            (planned.questions[0], (Answer("q1", LEADER, "一致，见电费单", at),)),
            (planned.questions[1], ()),
        ),
        records=(record(1), replace(record(2), typed_by=SECOND, paper="检查表第2页", author=PAPER)),
        samples=(sample(1),),
        grades=given,
        settled=tuple(standing.items()),
        score=score(judged_by, standing),
        findings=(
            finding(1),
            replace(finding(2, fact="点检表缺页"), state=FindingState.CORRECTED, state_reason="当场补齐并重新培训"),
            finding(3, fact="追溯演练4分钟完成", kind=FindingKind.STRENGTH),
            finding(4, fact="热线接通率可再提高", kind=FindingKind.OPPORTUNITY),
        ),
        disagreements=(Disagreement(ItemId("B5"), SiteId("S1"), given, agreed),),
        agreed=(agreed,),
        dissents=(Dissent(EntryId("d" * 16), PAPER, "示例组员认为B5应为符合", at, ItemId("B5")),),
        acknowledgement=Acknowledgement(AcknowledgementOutcome.AGREED, FACTS, at, LEADER, "示例代表", "副总经理"),
        result=Result(tuple(standing.items()), Conclusion.PAPER, Conclusion.PAPER, at, LEADER, "管理规范，建议通过。"),
        photos=(photo(1, "B4", "B3"), photo(2, "C1", is_dated=False), photo(3, "D2", width=240, height=320)),
    )
    if is_blank:
        filled = VisitPaper(
            campaign=filled.campaign, visit=VISIT, code=filled.code, face=filled.face, checklist=judged_by,
            plan=planned,
            content=filled.content, facts=FACTS, is_blank=True, questions=tuple((one, ()) for one in planned.questions),
        )  # fmt: skip
    return replace(filled, **values)  # type: ignore[arg-type]  # fields by name
