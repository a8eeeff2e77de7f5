"""The dossier of an invented applicant: real files of every accepted type, the same bytes for the same seed."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

from PIL import Image

from app.documents.sample_facts import DossierSubject, facts_of
from app.documents.sample_office import indicator_sheet, management_document
from app.documents.sample_pdf import application_pdf, standard_scan
from app.documents.sample_pictures import encoded, photograph, scanned_page
from app.documents.sample_text import chapters
from app.domain.application import BrandCategory, Offering

__all__ = ["DossierSubject", "SampleFile", "draw_dossier"]

_SCENES: Final = {
    BrandCategory.AGRI: ("field", "workshop", "product"),
    BrandCategory.INDUSTRIAL: ("workshop", "laboratory", "product"),
    BrandCategory.SERVICE: ("hall", "laboratory"),
    BrandCategory.REGIONAL: ("field", "product", "hall"),
}
_PHOTO_KINDS: Final = (("HEIF", "heic"), ("WEBP", "webp"), ("JPEG", "jpg"))


@dataclass(frozen=True, slots=True)
class SampleFile:
    """One document with the name an applicant would give it."""

    name: str
    data: bytes


def draw_dossier(
    subject: DossierSubject, category: BrandCategory, *, seed: str, is_long: bool = False
) -> tuple[SampleFile, ...]:
    """Every document of one application, in the order of their names.

    Args:
        seed: chance for everything that is drawn.
        is_long: an application of more than forty pages instead of some ten.
    """
    return tuple(_documents(subject, category, Random(seed), is_long=is_long))  # noqa: S311 - pictures, not secrets


def photograph_kind(subject: DossierSubject) -> tuple[str, str]:
    """How the applicant's telephone stores pictures: the encoder's name for it and the ending."""
    return _PHOTO_KINDS[int(subject.trademark) % len(_PHOTO_KINDS)]


def _documents(
    subject: DossierSubject, category: BrandCategory, chance: Random, *, is_long: bool
) -> Iterable[SampleFile]:
    facts = facts_of(subject, chance)
    told = tuple(chapter.filled(facts) for chapter in chapters())
    scenes = _SCENES[category]
    kind, ending = photograph_kind(subject)
    pdf = application_pdf(subject, told, chance, scenes=scenes, is_long=is_long)
    yield SampleFile("01 申报书.pdf", pdf)
    yield SampleFile("02 登记信息.jpg", encoded(_registration(subject, chance), "JPEG", quality=60))
    yield SampleFile("03 商标注册信息.png", encoded(_trademark(subject, chance), "PNG"))
    yield SampleFile("04 执行标准（扫描）.pdf", standard_scan(subject, chance))
    yield SampleFile("05 关键指标比对表.xlsx", indicator_sheet(subject, facts, chance))
    yield SampleFile("06 质量管理与服务说明.docx", management_document(subject, told[2:4]))
    yield SampleFile(f"07 现场照片.{ending}", encoded(photograph(scenes[0], f"{subject.city}示例现场", chance), kind))
    if subject.offering is Offering.PRODUCT:
        yield SampleFile(
            "08 产品照片.webp", encoded(photograph("product", subject.product, chance), "WEBP", quality=55)
        )


def _registration(subject: DossierSubject, chance: Random) -> Image.Image:
    lines = (
        "本页为登记信息摘录，不是证照。",
        f"经营主体：{subject.operator}",
        f"统一社会信用代码：{subject.uscc}",
        f"住所：{subject.city}示例路 1 号",
    )
    return scanned_page("经营主体登记信息（示例）", lines, chance)


def _trademark(subject: DossierSubject, chance: Random) -> Image.Image:
    rows = (("商标注册号", "注册人", "状态"), (subject.trademark, subject.operator, "有效"))
    return scanned_page("商标注册信息（示例）", (f"用于：{subject.product}",), chance, rows=rows)
