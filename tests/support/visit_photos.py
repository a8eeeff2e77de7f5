"""A planned visit on a real desk, and pictures as telephones make them."""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from app.bootstrap.desk import DeskWorkspace
from app.domain.ids import Sha256
from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import ItemId, MemberId, SiteId, VisitId
from app.domain.onsite.visit import Member, Role, Site, Slot
from app.services.visit_planning import ME, PlanDraft
from app.services.visit_sheet import VisitSheet
from tests.support.desks import DeskStory

PAPER, OTHER = MemberId("P1"), MemberId("E0099")
SITE = SiteId("S1")
NINE, ELEVEN, NOON = (datetime.fromisoformat(f"2026-12-01T{hour}:00:00") for hour in ("09", "11", "12"))
DRAFT = PlanDraft(
    sites=(Site(SITE, "示例一厂"),),
    team=(
        Member(MemberId(ME), "示例组长", Role.LEADER),
        Member(PAPER, "示例组员", Role.MEMBER),
        Member(OTHER, "示例同事", Role.MEMBER, has_desk=True),
    ),
    timetable=(
        Slot(1, SITE, NINE, ELEVEN, "检验室", (ItemId("B3"), ItemId("B4")), (MemberId(ME),)),
        Slot(2, SITE, ELEVEN, NOON, "仓库", (ItemId("B7"),), (MemberId(ME),)),
    ),
)


@dataclass
class PlannedVisit:
    """A desk with one visit, led by its expert."""

    story: DeskStory
    visit: VisitId

    @property
    def desk(self) -> DeskWorkspace:
        return self.story.desk

    @property
    def sheet(self) -> VisitSheet:
        return self.desk.visits.sheet(self.visit)

    def take(self, *files: Path) -> tuple[Sha256, ...]:
        taken = self.desk.visits.photos.take(self.visit, files).photos
        return tuple(one.photo.sha256 for one in taken if one.photo is not None)

    def grade_all(self, **others: Grade) -> None:
        for item in self.sheet.checklist.items:
            grade = others.get(item.id, Grade.PASS if item.is_veto else Grade.CONFORM)
            self.desk.visits.notes.grade(self.visit, item.id, grade)


def plan(story: DeskStory, draft: PlanDraft = DRAFT) -> PlannedVisit:
    """A visit to the first application of *story*, whose dossiers are open."""
    return PlannedVisit(story, story.desk.visits.planning.create(story.review, draft)[0])


def picture(
    file: Path,
    *,
    seed: int = 0,
    at: str = "2026:12:01 10:30:00",
    orientation: int = 1,
    size: tuple[int, int] = (320, 240),
    quality: int = 90,
) -> Path:
    """A JPEG; *at* empty: without any camera data, as a chat program hands it on."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    chance = Random(seed)  # always the same picture for the same seed
    for _n in range(20):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        fill = chance.randrange(256), chance.randrange(256), chance.randrange(256)
        pen.rectangle((x, y, x + chance.randrange(size[0]), y + chance.randrange(size[1])), fill=fill)
    facts = Image.Exif()
    if at:
        facts[0x010F], facts[0x0110], facts[0x0112], facts[0x0132] = "示例", "Example Phone", orientation, at
    data = io.BytesIO()
    image.save(data, "JPEG", exif=facts, quality=quality)
    file.write_bytes(data.getvalue())
    return file
