from app.decoding.pool import DecodingPool
from app.decoding.replies import DocumentText
from app.domain.ids import Sha256
from tests.support import stranger_files as files


def _read(pool: DecodingPool, body: str, *, styles: str = "") -> DocumentText:
    data = files.word(body, styles=styles)
    with pool.open(lambda: data, Sha256(f"{hash(data):x}")) as document:
        return document.text()


def _p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_paragraphs_and_tables_come_in_order(pool: DecodingPool) -> None:
    table = "<w:tbl><w:tr><w:tc>" + _p("a") + "</w:tc><w:tc>" + _p("b") + _p("c") + "</w:tc></w:tr></w:tbl>"
    text = _read(pool, _p("申请书") + table + _p("完"))
    assert [block.text or block.rows for block in text.blocks] == ["申请书", (("a", "b\nc"),), "完"]
    assert text.plain() == "申请书\na\tb\nc\n完"


def test_headings_are_found_by_the_outline_level_of_their_style(pool: DecodingPool) -> None:
    styles = '<w:style w:styleId="2"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    text = _read(pool, _p("节", '<w:pStyle w:val="2"/>') + _p("文"), styles=styles)
    assert [block.heading for block in text.blocks] == [2, 0]


def test_tabs_and_breaks_are_kept_and_tab_stops_are_not_text(pool: DecodingPool) -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
    body = f"<w:p>{stops}<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/></w:r></w:p>"
    assert _read(pool, body).blocks[0].text == "a\tb\n"


def test_what_was_deleted_or_moved_away_is_not_shown(pool: DecodingPool) -> None:
    run = "<w:r><w:t>weg</w:t></w:r>"
    body = f"<w:p><w:del>{run}</w:del><w:moveFrom>{run}</w:moveFrom><w:ins><w:r><w:t>da</w:t></w:r></w:ins></w:p>"
    assert _read(pool, body).plain() == "da"


def test_nested_tables_become_text_of_their_cell(pool: DecodingPool) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{_p('x')}</w:tc></w:tr></w:tbl>"
    text = _read(pool, f"<w:tbl><w:tr><w:tc>{_p('a')}{inner}</w:tc></w:tr></w:tbl>")
    assert text.blocks[0].rows == (("a\nx",),)


def test_fields_leave_their_result_and_pictures_are_counted(pool: DecodingPool) -> None:
    body = "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:t>链接</w:t></w:r><w:r><blip/></w:r></w:p>"
    text = _read(pool, body)
    assert (text.plain(), text.pictures) == ("链接", 1)


def test_a_document_nested_a_hundred_thousand_deep_is_read(pool: DecodingPool) -> None:
    text = _read(pool, "<w:sdt>" * 100_000 + _p("tief") + "</w:sdt>" * 100_000)
    assert text.plain() == "tief"
