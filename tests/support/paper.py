"""Values to print, and what a printed page says when somebody else's reader opens it."""

from datetime import UTC, datetime

import pypdfium2

from app.documents.form_values import ReviewForm
from app.domain.application import BrandCategory, Document, FaceSheet, MediaType, Offering
from app.domain.evidence import Anchor
from app.domain.ids import ApplicationCode, ExpertCode, Sha256
from app.domain.review import Assessment, Opinion, Recommendation, VetoFinding
from app.domain.rubric import Rubric
from app.domain.scoring import Score, totals
from app.intake.rubric_file import read_rubric
from app.paths import resource

DOCUMENT = Document(Sha256("a" * 64), 100, MediaType.PDF, "03 检测报告.pdf", 12)


def default_rubric() -> Rubric:
    """The rubric that comes with the program."""
    return read_rubric(resource("data", "rubric-default.yaml").read_bytes())


def face_sheet(*, name: str = "高强度结构钢") -> FaceSheet:
    """A clearly fictional applicant."""
    return FaceSheet(
        ApplicationCode("2026-0001"),
        "鞍山示例钢构有限公司",
        "91210400MA0XN00103",
        name,
        BrandCategory.INDUSTRIAL,
        Offering.PRODUCT,
        "鞍山市市场监督管理局",
        standards=("GB/T 1591-2018",),
    )


def assessment(rubric: Rubric, *, text: str = "建议进入现场评价。") -> Assessment:
    """Every indicator has a value but one that is not applicable and one that could not be judged."""
    scores = [
        Score(
            indicator.id,
            percent=75,
            reason="三年数据齐全。",
            evidence=(Anchor(DOCUMENT.sha256, page=12),),
        )
        for indicator in rubric.indicators
    ]
    scores[5] = Score.not_applicable(scores[5].indicator, reason="不涉及")
    scores[7] = Score.unjudged(scores[7].indicator, reason="缺少材料")
    opinion = Opinion(Recommendation.YES, text, "检测能力完整。", "售后数据只有一年。")
    return Assessment(tuple(scores), opinion, (VetoFinding("V2", "商标正在转让"),))


def review_form(*, is_blank: bool = False, name: str = "高强度结构钢", text: str = "建议进入现场评价。") -> ReviewForm:
    """One review form, filled and sealed or blank."""
    rubric = default_rubric()
    filled = None if is_blank else assessment(rubric, text=text)
    return ReviewForm(
        campaign="示例活动 2026",
        face=face_sheet(name=name),
        rubric=rubric,
        expert=ExpertCode("E0001"),
        expert_name="示例专家甲",
        content=Sha256("b" * 52 + "0123456789ab"),
        assessment=filled,
        totals=totals(rubric, filled.scores) if filled else None,
        revision=None if is_blank else 1,
        sealed_at=None if is_blank else datetime(2026, 11, 23, 2, 42, tzinfo=UTC),
        documents=(DOCUMENT,),
    )


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page, without line ends."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "") for page in document]
    finally:
        document.close()
