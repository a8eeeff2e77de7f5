"""Words on a form, against ReportLab's own paragraph for the same words."""

from typing import Any

import pytest
from reportlab.platypus import Paragraph

from app.documents.page import Words
from app.documents.plain_text import PlainText
from app.documents.styles import BODY, CELL

WIDTH = 180.0
SAMPLES = (
    "近三年数据齐全，来源可追溯。",
    "示例企业的质量管理体系 ISO 9001:2015 certified since 2016, audited yearly、运行良好。" * 9,
    "示" * 60,
)


def _text(text: str) -> PlainText:
    plain = PlainText(Words()(text), BODY)
    Words()  # everything written so far is in the fonts now
    return plain


@pytest.mark.parametrize("text", SAMPLES)
def test_lines_break_where_a_paragraph_breaks_them(text: str) -> None:
    plain = _text(text)
    paragraph: Any = Paragraph(text, BODY)
    assert plain.wrap(WIDTH, 700) == paragraph.wrap(WIDTH, 700)
    assert [line for _spare, line in plain._lines] == [line for _spare, (line,) in paragraph.blPara.lines]
    assert [spare for spare, _line in plain._lines] == pytest.approx([spare for spare, _ in paragraph.blPara.lines])


@pytest.mark.parametrize("mark", "，；：！？”’》。、")
def test_no_line_begins_with_a_closing_mark_and_nothing_is_lost(mark: str) -> None:
    for length in range(1, 30):
        text = f"示例{'甲' * length}{mark}示例组员{mark} 示例" * 3
        plain = _text(text)
        plain.wrap(WIDTH, 700)
        lines = [line for _spare, line in plain._lines]
        assert not [line for line in lines if line.lstrip().startswith(mark)], lines
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_line_feed_begins_a_line_and_an_empty_line_stays() -> None:
    plain = _text(" 一\n\n 二　三 \n")
    plain.wrap(WIDTH, 700)
    assert [line for _spare, line in plain._lines] == ["一", "", "二 三"]


def test_what_looks_like_markup_stays_text() -> None:
    plain = _text("A &amp; B <b>粗</b>")
    plain.wrap(700, 700)
    assert [line for _spare, line in plain._lines] == ["A &amp; B <b>粗</b>"]


@pytest.mark.parametrize("text", ["", " 　\n "])
def test_nothing_takes_no_room(text: str) -> None:
    assert _text(text).wrap(WIDTH, 700) == (WIDTH, 0)


def test_a_page_takes_what_fits_and_the_next_the_rest() -> None:
    plain = _text(SAMPLES[1])
    plain.wrap(WIDTH, 700)
    whole = [line for _spare, line in plain._lines]
    first, rest = plain.split(WIDTH, 5.5 * BODY.leading)
    assert isinstance(first, PlainText)
    assert isinstance(rest, PlainText)
    assert first.wrap(WIDTH, 700) == (WIDTH, 5 * BODY.leading)
    assert [line for piece in (first, rest) for _spare, line in piece._lines] == whole
    assert plain.split(WIDTH, 1.5 * BODY.leading) == []
    assert plain.split(WIDTH, 700) == [plain]


def test_narrower_cell_breaks_again() -> None:
    plain = PlainText(Words()(SAMPLES[0]), CELL)
    Words()
    assert plain.wrap(500, 700)[1] < plain.wrap(40, 700)[1]
