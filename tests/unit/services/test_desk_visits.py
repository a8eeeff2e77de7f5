"""Visits on a desk: plan, notes, photographs, meeting, conclusion."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageDraw

from app.bootstrap.desk import DeskWorkspace
from app.domain.application import MediaType
from app.domain.ids import ReviewId, Sha256
from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.grading import Conclusion, GradesMissingError
from app.domain.onsite.ids import EntryId, ItemId, MemberId, SiteId, VisitId
from app.domain.onsite.record import RecordState
from app.domain.onsite.sampling import draw
from app.domain.onsite.visit import Member, NotOnTeamError, Role, Site, Slot, Stage, StageOrderError
from app.services.visit_errors import (
    NotLeaderError,
    OwnRecordsOnlyError,
    PlanFileError,
    SiteUnknownError,
    VisitConcludedError,
    VisitUnknownError,
)
from app.services.visit_meeting import AcknowledgementDraft, FindingDraft
from app.services.visit_notes import RecordDraft
from app.services.visit_photos import PhotoOutcome
from app.services.visit_planning import ME, PlanDraft, read_plan
from tests.support.desks import DeskStory

PAPER, OTHER = MemberId("P1"), MemberId("E0099")
TEAM = (
    Member(MemberId(ME), "示例组长", Role.LEADER),
    Member(PAPER, "示例组员", Role.MEMBER),
    Member(OTHER, "示例同事", Role.MEMBER, has_desk=True),
)
NINE, ELEVEN = (datetime.fromisoformat(f"2026-12-01T{hour}:00:00") for hour in ("09", "11"))  # Beijing time unsaid
DRAFT = PlanDraft(
    sites=(Site(SiteId("S1"), "示例一厂"),),
    team=TEAM,
    timetable=(Slot(1, SiteId("S1"), NINE, ELEVEN, "车间", (), (MemberId(ME),)),),
)


@dataclass
class Visiting:
    """A desk with one planned visit."""

    story: DeskStory
    visit: VisitId

    @property
    def desk(self) -> DeskWorkspace:
        return self.story.desk

    @property
    def review(self) -> ReviewId:
        return self.story.review

    def grade_all(self, **changes: Grade) -> None:
        for item in self.desk.visits.sheet(self.visit).checklist.items:
            grade = changes.get(item.id, Grade.PASS if item.is_veto else Grade.CONFORM)
            self.desk.visits.notes.grade(self.visit, item.id, grade)

    def write(self, item: str = "B3", **values: object) -> EntryId:
        draft = RecordDraft(item=ItemId(item), methods=(Method.WITNESS,), seen="示例所见", **values)  # type: ignore[arg-type]
        return self.desk.visits.notes.record(self.visit, draft)[0]

    def take(self, *files: Path) -> list[PhotoOutcome]:
        return [photo.outcome for photo in self.desk.visits.photos.take(self.visit, files).photos]


@pytest.fixture
def visiting(stories: Callable[..., DeskStory]) -> Visiting:
    story = stories("assigned").unlock()
    visit, changes = story.desk.visits.planning.create(story.review, DRAFT)
    assert changes.visits == {visit}
    return Visiting(story, visit)


def picture(
    file: Path, *, seed: int = 0, exif: bool = True, size: tuple[int, int] = (320, 240), quality: int = 90
) -> Path:
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for n in range(12):
        x, y = (seed * 83 + n * 57) % 10 * size[0] // 10, (seed * 31 + n * 41) % 10 * size[1] // 10
        shade = (seed * 37 + n * 71) % 200
        pen.rectangle((x, y, x + size[0] // 5, y + size[1] // 5), fill=(shade, shade, shade))
    notes = Image.Exif()
    if exif:
        notes[0x010F], notes[0x0110], notes[0x0112] = "示例", "Example Phone", 6
        notes[0x0132] = "2026:12:01 10:30:00"
    data = io.BytesIO()
    image.save(data, "JPEG", exif=notes, quality=quality)
    file.write_bytes(data.getvalue())
    return file


def test_a_visit_is_planned_by_its_leader_and_found_by_its_code(visiting: Visiting) -> None:
    sheet = visiting.desk.visits.sheet(visiting.visit)
    assert sheet.plan.leader.id == sheet.me
    assert sheet.plan.timetable[0].starts_at == datetime(2026, 12, 1, 1, tzinfo=UTC)
    assert visiting.desk.visits.named(sheet.code) == visiting.visit
    assert visiting.desk.visits.named("2026-0001") == visiting.visit
    assert [line.code for line in visiting.desk.visits.all()] == [sheet.code]
    with pytest.raises(VisitUnknownError):
        visiting.desk.visits.named("2026-0002")


def test_somebody_elses_visit_is_not_planned_here(visiting: Visiting) -> None:
    team = (Member(OTHER, "示例同事", Role.LEADER, has_desk=True), Member(MemberId(ME), "示例", Role.MEMBER))
    with pytest.raises(NotLeaderError):
        visiting.desk.visits.planning.create(visiting.review, PlanDraft(sites=DRAFT.sites, team=team))


def test_a_question_of_the_desk_review_reaches_the_visit_and_its_answer_flows_back(visiting: Visiting) -> None:
    planning, notes = visiting.desk.visits.planning, visiting.desk.visits.notes
    question, _changes = planning.ask(visiting.review, "示例待核实", about="quality")
    planning.place_question(visiting.visit, question, ItemId("B3"))
    planning.change(visiting.visit, DRAFT)
    assert visiting.desk.visits.sheet(visiting.visit).questions[0].question.item == "B3"
    notes.answer(visiting.visit, question, "示例结果")
    asked = visiting.desk.visits.questions(visiting.review)
    assert [(one.question.about, one.answers[0].text) for one in asked] == [("quality", "示例结果")]
    later, _changes = planning.create(visiting.review, DRAFT)
    assert [one.question.id for one in visiting.desk.visits.sheet(later).questions] == [question]


def test_a_record_survives_closing_the_desk_with_every_word(visiting: Visiting) -> None:
    entry = visiting.write(document_number="示例-1", population=100, sample_size=8, people="示例主任")
    visiting.story.reopen()
    record = visiting.desk.visits.sheet(visiting.visit).records[0]
    assert (record.id, record.document_number, record.people, record.sample_size) == (entry, "示例-1", "示例主任", 8)
    assert record.author == visiting.desk.visits.sheet(visiting.visit).me


def test_a_paper_members_notes_keep_their_author_and_say_who_typed_them(visiting: Visiting) -> None:
    visiting.write(author=PAPER, paper="现场检查表第2页")
    record = visiting.desk.visits.sheet(visiting.visit).records[0]
    assert record.author == PAPER
    assert record.typed_by == visiting.desk.visits.sheet(visiting.visit).me
    with pytest.raises(OwnRecordsOnlyError):
        visiting.write(author=OTHER, paper="x")
    with pytest.raises(NotOnTeamError):
        visiting.write(author=MemberId("X"), paper="x")


def test_a_disproved_record_stays_withdrawn_with_its_reason(visiting: Visiting) -> None:
    one, other = visiting.write(), visiting.write()
    visiting.desk.visits.notes.withdraw(visiting.visit, one, "示例证明")
    visiting.desk.visits.notes.correct(visiting.visit, other, "当场补齐")
    states = {
        record.id: (record.state, record.state_reason) for record in visiting.desk.visits.sheet(visiting.visit).records
    }
    assert states == {one: (RecordState.WITHDRAWN, "示例证明"), other: (RecordState.CORRECTED, "当场补齐")}


def test_of_several_sites_the_one_has_to_be_named(visiting: Visiting) -> None:
    sites = (*DRAFT.sites, Site(SiteId("S2"), "示例二厂"))
    visiting.desk.visits.planning.change(visiting.visit, PlanDraft(sites=sites, team=TEAM))
    with pytest.raises(SiteUnknownError):
        visiting.write()
    visiting.desk.visits.notes.grade(visiting.visit, ItemId("B1"), Grade.PASS, site=SiteId("S1"))
    visiting.desk.visits.notes.grade(visiting.visit, ItemId("B1"), Grade.FAIL, site=SiteId("S2"))
    assert dict(visiting.desk.visits.sheet(visiting.visit).settled) == {"B1": Grade.FAIL}


def test_a_sample_is_drawn_by_the_table_and_can_be_drawn_again(visiting: Visiting) -> None:
    sample, _changes = visiting.desk.visits.notes.sample(visiting.visit, ItemId("D2"), of="十月工单", population=300)
    assert len(sample.numbers) == 13
    assert draw(300, 13, seed=sample.seed) == sample.numbers
    assert visiting.desk.visits.sheet(visiting.visit).samples == (sample,)


def test_photos_are_taken_with_their_bytes_untouched_and_their_facts_read(visiting: Visiting, tmp_path: Path) -> None:
    camera, chat = picture(tmp_path / "IMG_0123.JPG"), picture(tmp_path / "mmexport.jpg", seed=5, exif=False)
    (tmp_path / "notes.txt").write_text("示例", encoding="utf-8")
    outcomes = visiting.take(tmp_path / "IMG_0123.JPG", chat, tmp_path / "notes.txt")
    assert outcomes == [PhotoOutcome.TAKEN, PhotoOutcome.TAKEN, PhotoOutcome.REFUSED]
    assert visiting.take(camera) == [PhotoOutcome.KNOWN]
    first, second = (tray.photo for tray in visiting.desk.visits.sheet(visiting.visit).photos)
    assert first.taken_at == datetime(2026, 12, 1, 2, 30, tzinfo=UTC)
    assert (first.orientation, first.width, first.height) == (6, 240, 320)
    assert first.camera.endswith("Example Phone")
    assert visiting.desk.visits.sheet(visiting.visit).photos[0].slot == 1
    assert second.is_time_unknown
    assert not second.has_camera_data
    assert visiting.desk.visits.photos.original(visiting.visit, first.sha256) == camera.read_bytes()


def test_a_telephones_heic_is_taken_and_a_damaged_file_is_told_without_stopping_the_rest(
    visiting: Visiting, tmp_path: Path
) -> None:
    heic = tmp_path / "IMG_0007.heic"
    encoder = pillow_heif.from_pillow(Image.effect_noise((96, 64), 80).convert("RGB"))
    encoder.save(heic, quality=60)
    damaged = tmp_path / "IMG_0008.jpg"
    damaged.write_bytes(picture(tmp_path / "whole.jpg", seed=2).read_bytes()[:400])
    assert visiting.take(damaged, heic) == [PhotoOutcome.REFUSED, PhotoOutcome.TAKEN]
    photo = visiting.desk.visits.sheet(visiting.visit).photos[0].photo
    assert (photo.media, photo.width, photo.height) == (MediaType.HEIC, 96, 64)
    assert visiting.desk.visits.photos.original(visiting.visit, photo.sha256) == heic.read_bytes()


def test_a_photo_is_put_on_an_item_by_the_number_noted_on_paper(visiting: Visiting, tmp_path: Path) -> None:
    visiting.take(picture(tmp_path / "IMG_0123.JPG"))
    photo = visiting.desk.visits.photos.noted(visiting.visit, "123")
    assert visiting.desk.visits.photos.numbered(visiting.visit, 1) == photo
    visiting.desk.visits.photos.bind(visiting.visit, photo.sha256, ItemId("C2"))
    assert visiting.desk.visits.sheet(visiting.visit).photos[0].items == ("C2",)
    assert visiting.desk.visits.photos.missing(visiting.visit) == ()
    visiting.desk.visits.photos.unbind(visiting.visit, photo.sha256, ItemId("C2"))
    assert visiting.desk.visits.sheet(visiting.visit).photos[0].items == ()


def test_identical_and_similar_photos_are_remarked_and_never_refused(visiting: Visiting, tmp_path: Path) -> None:
    one = picture(tmp_path / "IMG_0001.JPG", quality=95)
    again = picture(tmp_path / "IMG_0002.JPG", quality=40, size=(160, 120))
    other = picture(tmp_path / "IMG_0003.JPG", seed=3)
    taken = visiting.desk.visits.photos.take(visiting.visit, [one, again, other]).photos
    assert [photo.resembles for photo in taken] == [(), (1,), ()]
    assert len(visiting.desk.visits.sheet(visiting.visit).alike) == 1
    second, _changes = visiting.desk.visits.planning.create(visiting.story.dossiers[1].review, DRAFT)
    elsewhere = visiting.desk.visits.photos.take(second, [one]).photos[0]
    assert elsewhere.outcome is PhotoOutcome.TAKEN
    assert elsewhere.elsewhere == (visiting.visit,)


def test_photos_survive_what_deletes_the_documents_of_a_dossier(visiting: Visiting, tmp_path: Path) -> None:
    file = picture(tmp_path / "IMG_0001.JPG")
    visiting.take(file)
    visiting.story.reopen()
    photo = visiting.desk.visits.sheet(visiting.visit).photos[0].photo
    assert visiting.desk.visits.photos.original(visiting.visit, photo.sha256) == file.read_bytes()


def test_a_whole_visit_comes_to_its_conclusion_and_keeps_its_score_after_rectification(visiting: Visiting) -> None:
    visits, visit = visiting.desk.visits, visiting.visit
    visiting.grade_all(A2=Grade.MINOR)
    assert visits.sheet(visit).ungrounded == ("A2",)
    record = visiting.write("A2")
    finding, _changes = visits.meeting.find(
        visit,
        FindingDraft(kind=FindingKind.MINOR, item=ItemId("A2"), fact="示例事实", clause="A2", records=(record,)),
    )
    assert visits.sheet(visit).ungrounded == ()
    visits.meeting.acknowledge(
        visit,
        AcknowledgementDraft(
            outcome=AcknowledgementOutcome.SEAL_PENDING, signed_by="示例代表", seal_due=date(2026, 12, 20)
        ),
    )
    result, _changes = visits.meeting.conclude(visit, opinion="示例意见")
    assert result.now is Conclusion.PAPER
    total = visits.sheet(visit).score.total
    with pytest.raises(VisitConcludedError):
        visits.notes.grade(visit, ItemId("A2"), Grade.CONFORM)
    with pytest.raises(VisitConcludedError):
        visiting.write()
    visits.meeting.verify(visit, finding, "示例措施", is_effective=True)
    sheet = visits.sheet(visit)
    assert sheet.result
    assert (sheet.result.at_visit, sheet.result.now, sheet.score.total) == (Conclusion.PAPER, Conclusion.PASS, total)
    assert not sheet.is_acknowledgement_stale
    visits.meeting.dissent(visit, "示例不同意见", item=ItemId("A2"), author=PAPER)
    assert [one.author for one in visits.sheet(visit).dissents] == [PAPER]


def test_a_seal_that_comes_later_is_attached_by_its_code(visiting: Visiting, tmp_path: Path) -> None:
    visits, visit = visiting.desk.visits, visiting.visit
    visits.meeting.acknowledge(
        visit,
        AcknowledgementDraft(
            outcome=AcknowledgementOutcome.SEAL_PENDING, signed_by="示例代表", seal_due=date(2026, 12, 20)
        ),
    )
    visiting.take(picture(tmp_path / "sheet.jpg"))
    photo = visits.photos.numbered(visit, 1)
    visits.meeting.attach_seal(visit, visits.sheet(visit).facts_code, photo.sha256)
    acknowledgement = visits.sheet(visit).acknowledgement
    assert acknowledgement
    assert not acknowledgement.is_seal_pending
    assert acknowledgement.sheets == (Sha256(photo.sha256),)


def test_members_who_differ_have_to_agree_before_the_conclusion(visiting: Visiting) -> None:
    visits, visit = visiting.desk.visits, visiting.visit
    visiting.grade_all()
    visits.notes.grade(visit, ItemId("A1"), Grade.MINOR, author=PAPER)
    assert [one.item for one in visits.sheet(visit).disagreements] == ["A1"]
    with pytest.raises(GradesMissingError):
        visits.meeting.conclude(visit)
    visits.meeting.agree(visit, ItemId("A1"), grade=Grade.CONFORM, reason="示例理由")
    assert visits.meeting.conclude(visit)[0].now is Conclusion.PASS


def test_stages_are_not_taken_back(visiting: Visiting) -> None:
    planning = visiting.desk.visits.planning
    planning.advance(visiting.visit, Stage.GATHERING, limitations="示例停产")
    with pytest.raises(StageOrderError):
        planning.advance(visiting.visit, Stage.OPENING)
    assert visiting.desk.visits.sheet(visiting.visit).plan.limitations == "示例停产"


def test_a_plan_from_a_file_is_read_or_refused_with_the_place() -> None:
    good = (
        '{"sites":[{"id":"S1","name":"示例"}],"team":[{"id":"me","name":"示例","role":"leader"}],'
        '"timetable":[{"number":1,"site":"S1","starts_at":"2026-12-01T09:00:00","ends_at":"2026-12-01T10:00:00","what":"x"}]}'
    )
    assert read_plan(good.encode()).team[0].role is Role.LEADER
    for wrong, place in (
        (good.replace('"leader"', '"boss"'), "team[0].role"),
        (good.replace('"sites"', '"places"'), "places"),
        ("[]", "JSON"),
        ("{", "JSON"),
    ):
        with pytest.raises(PlanFileError) as refused:
            read_plan(wrong.encode())
        assert place in refused.value.sentence()
