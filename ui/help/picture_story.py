"""What the sample does not tell and the pictures of the help need: an examination, and a visit that is under way."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from app.bootstrap.desk import DeskWorkspace, open_desk
from app.bootstrap.record import open_record
from app.bootstrap.sample import Sample
from app.domain.conflict import Declared
from app.domain.ids import ReviewId
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.ids import ItemId, MemberId, SiteId
from app.domain.onsite.visit import Member, Role, Site
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.services.desk_declaring import DeclarationLine
from app.services.visit_meeting import FindingDraft
from app.services.visit_notes import RecordDraft
from app.services.visit_planning import ME, PlanDraft

_PAPER: Final = MemberId("P1")
_ITEM: Final = ItemId("B5")
_PHOTOS: Final = 9
_GRADED: Final = 12


def tell_on(sample: Sample) -> None:
    """Two applications to examine, of which one is declared, and a visit with notes, photos and a finding."""
    with open_desk(sample.open_desk, sample.passphrase) as desk:
        status, tasks = desk.enrolment.status(), desk.tasks.tasks()
        if status.expert is None:
            raise RuntimeError("a sample without an expert")
        begun = next(task for task in tasks if task.state is TaskState.SCORING)
        wanted = [(status.expert, task.application) for task in tasks[:2]]
        with open_record(sample.record, sample.passphrase) as record:
            record.assigning.assign(wanted, kind=ReviewKind.EXAMINATION)
            issued = record.issuing.issue(sample.folder / "examinations", [status.expert])
        desk.importing.import_files([package.file for package in issued.packages])
        first = next(task for task in desk.tasks.tasks() if task.state is TaskState.UNDECLARED)
        desk.declaring.declare([DeclarationLine(first.review, Declared.NONE)])
        out = sample.folder / "declared.youpin"
        desk.sealing.seal((), passphrase=sample.passphrase, out=out, declarations=True)
        _visit(desk, begun.review, _photos(sample.folder / "photos"))


def _visit(desk: DeskWorkspace, review: ReviewId, photos: list[Path]) -> None:
    visits = desk.visits
    plan = PlanDraft(
        sites=(Site(SiteId("S1"), "示例一厂", "示例路1号"),),
        team=(Member(MemberId(ME), "李示例", Role.LEADER), Member(_PAPER, "周示例", Role.MEMBER)),
    )
    visit, _changes = visits.planning.create(review, plan)
    seen = RecordDraft(item=_ITEM, methods=(Method.RECORD,), seen="示例：三份检验记录缺签字")
    record, _changes = visits.notes.record(visit, seen)
    visits.notes.record(visit, RecordDraft(item=ItemId("A1"), methods=(Method.INTERVIEW,), seen="示例：有专人负责品牌"))
    for item in list(visits.sheet(visit).checklist.items)[:_GRADED]:
        visits.notes.grade(visit, item.id, Grade.PASS if item.is_veto else Grade.CONFORM)
    visits.notes.grade(visit, _ITEM, Grade.MINOR)
    visits.notes.grade(visit, _ITEM, Grade.MAJOR, author=_PAPER)
    taken = [one.photo.sha256 for one in visits.photos.take(visit, photos).photos if one.photo is not None]
    for photo in taken[:2]:
        visits.photos.bind(visit, photo, _ITEM)
    visits.meeting.find(visit, FindingDraft(
        kind=FindingKind.MINOR, item=_ITEM, fact="示例：抽查20份检验记录，3份缺检验员签字", clause="示例制度 4.2",
        records=(record,), photos=tuple(taken[:2]),
    ))  # fmt: skip
    visits.meeting.find(
        visit, FindingDraft(kind=FindingKind.STRENGTH, item=ItemId("A1"), fact="示例：品牌计划逐年检查")
    )


def _photos(folder: Path) -> list[Path]:
    """A few drawn pictures, so that no photograph of anybody is needed."""
    folder.mkdir()
    files = []
    for number in range(_PHOTOS):
        image = QImage(640, 480, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv(number * 37 % 360, 40, 230))
        painter = QPainter(image)
        for place in range(6):
            painter.fillRect(QRect(40 + place * 90, 120 + (place * number * 31) % 160, 60, 180), QColor.fromHsv(
                (number * 37 + place * 20) % 360, 90, 150
            ))  # fmt: skip
        painter.end()
        file = folder / f"IMG_{number + 1:04d}.jpg"
        if not image.save(str(file)):
            raise OSError("the picture could not be written")
        files.append(file)
    return files
