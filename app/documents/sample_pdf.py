"""PDFs as applicants make them: a long application with tables, photographs and bookmarks, and bare scans."""

from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO
from random import Random
from typing import Any, Final

from PIL import Image
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Image as Picture

from app.documents.fonts import Face, add_text, register_fonts
from app.documents.page import GREY, HAIRLINE, PRINTING
from app.documents.sample_facts import DossierSubject
from app.documents.sample_pictures import encoded, photograph, scanned_page
from app.documents.sample_text import FICTION_NOTICE, Chapter, Section

_WIDTH: Final = A4[0] - 40 * mm
_CJK: Final[dict[str, Any]] = {"wordWrap": "CJK"}
_TITLE: Final = ParagraphStyle("t", fontName=Face.SANS, fontSize=24, leading=40, alignment=TA_CENTER, **_CJK)
_CHAPTER: Final = ParagraphStyle("c", fontName=Face.SANS, fontSize=17, leading=30, spaceAfter=8, **_CJK)
_SECTION: Final = ParagraphStyle("s", fontName=Face.SANS, fontSize=13, leading=22, spaceBefore=8, spaceAfter=4, **_CJK)
_BODY: Final = ParagraphStyle("b", fontName=Face.SERIF, fontSize=11.5, leading=21, firstLineIndent=23, **_CJK)
_CELL: Final = ParagraphStyle("d", fontName=Face.SERIF, fontSize=9.5, leading=14, **_CJK)
_CAPTION: Final = ParagraphStyle("p", fontName=Face.SANS, fontSize=9, leading=16, alignment=TA_CENTER, **_CJK)
_GRID: Final = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.4, HAIRLINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
    ]
)
_LEDGER_MONTHS: Final = 36
_LEDGER_BATCHES: Final = 15
_LEDGER_HEADING: Final = ("批号", "日期", "抽样数", "性能指数", "外观", "判定")


class _Bookmark(Flowable):
    """A place in the outline; takes no room."""

    def __init__(self, title: str, level: int) -> None:
        super().__init__()
        self._title, self._level = title, level

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        name = f"{self._level}-{self._title}"
        self.canv.bookmarkPage(name)
        self.canv.addOutlineEntry(self._title, name, level=self._level)


def application_pdf(
    subject: DossierSubject, chapters: Sequence[Chapter], chance: Random, *, scenes: Sequence[str], is_long: bool
) -> bytes:
    """The application itself.

    Args:
        scenes: of the photographs: one in every other section if it is long, otherwise one in every other chapter.
        is_long: a page or more per section and the inspection ledger of three years, well above forty pages.
    """
    ledger = list(_ledger(subject, chance)) if is_long else []
    texts = [
        subject.operator,
        subject.product,
        subject.uscc,
        subject.city,
        FICTION_NOTICE,
        *_texts(chapters),
        _EXTRA_TEXT,
    ]
    with PRINTING:  # ReportLab keeps registered fonts in a module-wide table
        add_text("".join(texts))
        register_fonts()
        flow = [*_cover(subject), *_chapters(chapters, chance, scenes=scenes, is_long=is_long), *_ledger_pages(ledger)]
        return _built(subject, flow)


_EXTRA_TEXT: Final = (
    "辽宁优品申报书统一社会信用代码申报产品服务所在市年月日附件批次检验台账图现场合格第页示例"
    + "".join(_LEDGER_HEADING)
)


def scan_pdf(pages: Sequence[Image.Image]) -> bytes:
    """A PDF without any text: one picture a page, as office machines make them."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=0)
    for page in pages:
        canvas.drawImage(ImageReader(BytesIO(encoded(page, "JPEG", quality=55))), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def standard_scan(subject: DossierSubject, chance: Random) -> bytes:
    """Three pages of the standard carried out, scanned."""
    number = subject.standards[-1]
    pages = [
        scanned_page(f"{number}（示例）", [f"{subject.product}", f"{subject.operator}　发布"], chance),
        scanned_page(
            "技术要求",
            ["性能指标应符合下表规定。", "试验方法按照本文件附录进行，样品随机抽取。"],
            chance,
            rows=_REQUIREMENTS,
        ),
        scanned_page(
            "检验规则",
            ["逐批检验项目为外观、关键性能和标识。", "型式检验每年至少进行一次；停产半年以上恢复时应进行型式检验。"],
            chance,
        ),
    ]
    return scan_pdf(pages)


_REQUIREMENTS: Final = (
    ("项目", "单位", "指标"),
    ("关键性能指数", "—", "≥100"),
    ("稳定性", "%", "≤5.0"),
    ("耐久次数", "千次", "≥10"),
    ("外观", "—", "无可见缺陷"),
)


def _texts(chapters: Sequence[Chapter]) -> Iterable[str]:
    for chapter in chapters:
        yield chapter.name
        for section in chapter.sections:
            yield "".join((section.number, section.title, *section.paragraphs, *map("".join, section.table)))


def _cover(subject: DossierSubject) -> Iterable[Flowable]:
    yield _Bookmark("申报书", 0)
    yield Spacer(0, 60 * mm)
    yield Paragraph("“辽宁优品”申报书", _TITLE)
    yield Paragraph(f"（示例）{subject.product}", _TITLE)
    yield Spacer(0, 40 * mm)
    rows = (
        ("经营主体", subject.operator),
        ("统一社会信用代码", subject.uscc),
        ("申报产品（服务）", subject.product),
        ("所在市", subject.city),
        ("申报日期", f"{subject.year}年3月18日"),
    )
    yield _table(rows)
    yield PageBreak()


def _chapters(
    chapters: Sequence[Chapter], chance: Random, *, scenes: Sequence[str], is_long: bool
) -> Iterable[Flowable]:
    figure = 0
    for order, chapter in enumerate(chapters):
        yield _Bookmark(chapter.name, 0)
        yield Paragraph(chapter.name, _CHAPTER)
        for place, section in enumerate(chapter.sections):
            yield _Bookmark(f"{section.number} {section.title}", 1)
            yield from _section(section)
            if place % 2 == 0 and (is_long or (place, order % 2) == (0, 0)):
                figure += 1
                scene = scenes[figure % len(scenes)]
                yield from _figure(scene, f"图{figure}　{section.title}（示例现场）", chance, is_long=is_long)
            if is_long:
                yield PageBreak()
    if not is_long:
        yield PageBreak()


def _section(section: Section) -> Iterable[Flowable]:
    yield Paragraph(f"{section.number}　{section.title}", _SECTION)
    for paragraph in section.paragraphs:
        yield Paragraph(paragraph, _BODY)
    yield Spacer(0, 3 * mm)
    yield _table(section.table)


def _table(rows: Sequence[Sequence[str]]) -> Table:
    cells = [[Paragraph(cell, _CELL) for cell in row] for row in rows]
    return Table(cells, colWidths=[_WIDTH / len(rows[0])] * len(rows[0]), style=_GRID, repeatRows=1)


def _figure(scene: str, caption: str, chance: Random, *, is_long: bool) -> Iterable[Flowable]:
    data = encoded(photograph(scene, "示例照片", chance), "JPEG", quality=62)
    width = _WIDTH if is_long else _WIDTH * 0.6
    yield Spacer(0, 4 * mm)
    yield Picture(BytesIO(data), width=width, height=width * 2 / 3)
    yield Paragraph(caption, _CAPTION)


def _ledger(subject: DossierSubject, chance: Random) -> Iterable[tuple[str, ...]]:
    for month in range(_LEDGER_MONTHS):
        year, number = subject.year - 3 + month // 12, month % 12 + 1
        for batch in range(1, _LEDGER_BATCHES + 1):
            index = 100 + chance.random() * 24 * (0.4 + subject.quality / 2)
            day = min(28, batch * 2 - chance.randint(0, 1))
            yield (
                f"示例-{year}{number:02}-{batch:02}",
                f"{year}-{number:02}-{day:02}",
                str(chance.choice((5, 8, 13))),
                f"{index:.1f}",
                "合格",
                "合格",
            )


def _ledger_pages(rows: Sequence[tuple[str, ...]]) -> Iterable[Flowable]:
    if not rows:
        return
    yield _Bookmark("附件　批次检验台账", 0)
    yield Paragraph("附件　批次检验台账", _CHAPTER)
    style = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.3, HAIRLINE),
            ("FONT", (0, 0), (-1, -1), Face.SANS, 8.5),
            ("ALIGN", (2, 0), (3, -1), "RIGHT"),
        ]
    )
    # Divided by hand: ReportLab measures a table of hundreds of rows again on every page.
    for start in range(0, len(rows), _LEDGER_ROWS):
        part = [_LEDGER_HEADING, *rows[start : start + _LEDGER_ROWS]]
        yield Table(part, colWidths=[_WIDTH / 6] * 6, rowHeights=[16] * len(part), style=style)
        yield PageBreak()


_LEDGER_ROWS: Final = 34


def _built(subject: DossierSubject, flow: Sequence[Flowable]) -> bytes:
    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        title=f"{subject.product}申报书（示例）",
        author=subject.operator,
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(
        20 * mm, 22 * mm, _WIDTH, A4[1] - 44 * mm, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=partial(_edges, operator=subject.operator))])
    document.build(list(flow))
    return target.getvalue()


def _edges(canvas: Canvas, document: BaseDocTemplate, *, operator: str) -> None:
    canvas.setFont(Face.SANS, 8)
    canvas.setFillColor(GREY)
    canvas.drawString(20 * mm, A4[1] - 14 * mm, operator)
    canvas.drawRightString(A4[0] - 20 * mm, A4[1] - 14 * mm, FICTION_NOTICE)
    canvas.drawCentredString(A4[0] / 2, 12 * mm, f"第 {document.page} 页")
