"""Sheets and Word documents as applicants make them."""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from random import Random
from typing import Final
from xml.sax.saxutils import escape

import xlsxwriter

from app.documents.sample_facts import DossierSubject
from app.documents.sample_text import FICTION_NOTICE, Chapter

_MADE_AT: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)  # fixed, so that the same seed gives the same bytes
_ZIP_DATE: Final = (2026, 1, 5, 9, 0, 0)
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def indicator_sheet(subject: DossierSubject, facts: dict[str, str], chance: Random) -> bytes:
    """The table of key indicators, with a second sheet of measured values."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": "关键指标比对表（示例）", "author": subject.operator, "created": _MADE_AT})
        bold = book.add_format({"bold": True, "border": 1, "bg_color": "#EDEDED"})
        plain = book.add_format({"border": 1})
        number = book.add_format({"border": 1, "num_format": "0.0"})
        sheet = book.add_worksheet("关键指标比对表")
        sheet.write_string(0, 0, f"{subject.product}（{FICTION_NOTICE}）")
        sheet.write_row(
            1, 0, ("指标", "单位", "方向", "本单位值", "标准要求", "标准编号", "同类先进", "可比", "水平"), bold
        )
        for row, (name, unit, direction, own, required, peer) in enumerate(_indicators(facts), start=2):
            sheet.write_row(row, 0, (name, unit, direction), plain)
            sheet.write_number(row, 3, own, number)
            sheet.write_number(row, 4, required, number)
            sheet.write_string(row, 5, subject.standards[0], plain)
            sheet.write_number(row, 6, peer, number)
            sheet.write_row(row, 7, ("是", "国内领先" if own >= peer else "国内先进"), plain)
        sheet.set_column(0, 0, 22)
        sheet.set_column(5, 5, 20)
        sheet.freeze_panes(2, 1)
        measured = book.add_worksheet("实测数据")
        measured.write_row(0, 0, ("序号", "日期", "关键性能指数", "稳定性（%）"), bold)
        day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        for row in range(1, 61):
            measured.write_number(row, 0, row, plain)
            measured.write_datetime(row, 1, datetime(subject.year - 1, row % 12 + 1, row % 28 + 1), day)  # noqa: DTZ001
            measured.write_number(row, 2, round(chance.gauss(float(facts["index"]), 1.5), 1), number)
            measured.write_number(row, 3, round(abs(chance.gauss(float(facts["stable"]), 0.4)), 1), number)
        measured.set_column(1, 3, 14)
    return target.getvalue()


def _indicators(facts: dict[str, str]) -> Iterable[tuple[str, str, str, float, float, float]]:
    yield "关键性能指数", "—", "越高越好", float(facts["index"]), 100, 115
    yield "稳定性（倒数）", "—", "越高越好", round(10 / float(facts["stable"]), 1), 2, 3.3
    yield "耐久次数", "千次", "越高越好", float(facts["endure"]), 10, 15
    yield "一次合格率", "%", "越高越好", float(facts["fpy3"]), 95, 98.5
    yield "按时响应率", "%", "越高越好", float(facts["ontime"]), 90, 97


def management_document(subject: DossierSubject, chapters: Sequence[Chapter]) -> bytes:
    """A Word document with headings, paragraphs and tables about quality and service."""
    body = [_paragraph(f"{subject.operator}质量管理与服务说明", "Title"), _paragraph(FICTION_NOTICE, "")]
    for chapter in chapters:
        body.append(_paragraph(chapter.name, "Heading1"))
        for section in chapter.sections:
            body.append(_paragraph(f"{section.number} {section.title}", "Heading2"))
            body.extend(_paragraph(paragraph, "") for paragraph in section.paragraphs)
            body.append(_table(section.table))
    xml = f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>'
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MEDIA}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_MEDIA}.styles+xml"/></Types>'
        ),
        "_rels/.rels": _relations("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
        "word/document.xml": xml,
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{"".join(_style(*style) for style in _STYLES)}</w:styles>',
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
    return target.getvalue()


_STYLES: Final = (("Title", "Title", 40), ("Heading1", "heading 1", 32), ("Heading2", "heading 2", 26))


def _style(identifier: str, name: str, half_points: int) -> str:
    level = f'<w:pPr><w:outlineLvl w:val="{int(name[-1]) - 1}"/></w:pPr>' if name[-1].isdecimal() else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{level}'
        f'<w:rPr><w:b/><w:sz w:val="{half_points}"/></w:rPr></w:style>'
    )


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _paragraph(text: str, style: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = ("".join(f"<w:tc>{_paragraph(cell, '')}</w:tc>" for cell in row) for row in rows)
    lines = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>{lines}</w:tbl>{_paragraph('', '')}"
