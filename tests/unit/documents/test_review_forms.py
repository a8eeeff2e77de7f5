"""评审表, 资质评价意见 and the signature page as an expert or a clerk reads them."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from app.documents.form_values import ExpertColumn, HandInLine, PledgePage, SignaturePage, SummarySheet
from app.documents.hand_in_page import signature_page
from app.documents.pledge_page import pledge_page
from app.documents.review_forms import qualification_opinion, score_sheet
from app.documents.summary_sheet import summary_sheet
from app.domain.ids import ExpertCode, Sha256
from tests.support.paper import default_rubric, face_sheet, pages_of, review_form


def test_every_page_says_number_application_hash_and_that_the_rubric_is_not_official() -> None:
    pages = pages_of(score_sheet(review_form()).pdf)
    assert len(pages) >= 2
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
        assert "2026-0001" in page
        assert "…0123456789ab" in page
        assert "默认评分规则，以主管部门正式发布的评价通则为准" in page


def test_score_sheet_names_every_indicator_with_reason_points_and_evidence() -> None:
    form = review_form()
    text = "".join(pages_of(score_sheet(form).pdf))
    for indicator in form.rubric.indicators:
        assert indicator.name.replace(" ", "") in text.replace(" ", "")
    assert "03 检测报告.pdf 第 12 页" in text
    assert "不适用" in text
    assert "无法判断" in text


def test_missing_scores_are_shown_in_words_and_the_total_is_rescaled_over_what_is_there() -> None:
    form = review_form()
    assert form.totals is not None
    assert form.totals.total == Fraction(750)
    assert "750.00 / 1000" in "".join(pages_of(score_sheet(form).pdf))


def test_same_content_prints_the_same_bytes() -> None:
    assert score_sheet(review_form()).pdf == score_sheet(review_form()).pdf


def test_text_of_strangers_is_never_read_as_markup() -> None:
    text = "<b>粗体</b> & <img src='x'> <font size=40>"
    printed = "".join(pages_of(qualification_opinion(review_form(text=text)).pdf))
    assert "<b>粗体</b> & <img src='x'> <font size=40>" in printed


def test_character_without_a_glyph_is_named_and_replaced() -> None:
    printed = qualification_opinion(review_form(name="𠮷字牌"))
    assert printed.missing_characters == ("𠮷",)
    page = pages_of(printed.pdf)[0]
    assert "〓字牌" in page
    assert "U+20BB7" in page


def test_later_form_with_new_characters_still_prints_earlier_ones() -> None:
    score_sheet(review_form())
    page = pages_of(qualification_opinion(review_form(text="鑫淼焱垚骉")).pdf)[0]
    assert "鑫淼焱垚骉" in page
    assert "资质评价意见" in page


def test_blank_opinion_fits_on_one_page_and_offers_both_conclusions() -> None:
    pages = pages_of(qualification_opinion(review_form(is_blank=True)).pdf)
    assert len(pages) == 1
    assert "□ 建议通过" in pages[0]
    assert "□ 不建议通过" in pages[0]


def test_unsigned_form_says_that_it_is_a_draft() -> None:
    draft = replace(review_form(), revision=None, sealed_at=None)
    assert "草稿，未签名" in pages_of(score_sheet(draft).pdf)[0]


def test_official_rubric_prints_no_notice() -> None:
    form = review_form()
    official = replace(form, rubric=replace(form.rubric, is_official=True))
    assert "默认评分规则" not in "".join(pages_of(score_sheet(official).pdf))


@pytest.mark.parametrize("count", [1, 9, 15])
def test_signature_page_holds_a_hand_in_with_one_line_per_application(count: int) -> None:
    lines = tuple(
        HandInLine(face_sheet(name=f"示例产品{n}"), "建议通过", Fraction(81235, 100), 1, f"{n:08d}")
        for n in range(count)
    )
    page = SignaturePage(
        "示例活动 2026",
        ExpertCode("E0001"),
        "示例专家甲",
        (default_rubric(),),
        lines,
        Sha256("c" * 64),
        datetime(2026, 11, 23, tzinfo=UTC),
        (("2026-0011", "大连示例软件有限公司", "回避"),),
    )
    pages = pages_of(signature_page(page).pdf)
    assert len(pages) == 1
    assert all(line.code in pages[0] for line in lines)
    assert pages[0].count("专家签名") == 1
    assert "大连示例软件有限公司" in pages[0]


def test_summary_shows_a_recusal_as_such_and_not_as_zero() -> None:
    rubric = default_rubric()
    given = {indicator.id: 75 for indicator in rubric.indicators}
    sheet = SummarySheet(
        campaign="示例活动 2026",
        face=face_sheet(),
        rubric=rubric,
        columns=(
            ExpertColumn(ExpertCode("E0001"), "", Fraction(750), given),
            ExpertColumn(ExpertCode("E0002"), "回避", None),
        ),
        indicator_means={indicator.id: Fraction(75) for indicator in rubric.indicators},
        indicator_ranges={indicator.id: Fraction(0) for indicator in rubric.indicators},
        dimension_means={dimension.id: Fraction(dimension.weight * 3, 4) for dimension in rubric.dimensions},
        mean=Fraction(750),
        trimmed_mean=None,
        total_range=Fraction(0),
        content=Sha256("d" * 64),
    )
    text = "".join(pages_of(summary_sheet(sheet).pdf))
    assert "回避" in text
    assert "750.00" in text
    assert "不足 5 个有效分，不计算" in text


def test_pledge_page_carries_the_request_code_once_for_the_eye_and_fits_one_page() -> None:
    page = PledgePage(
        "示例活动 2026",
        "示例专家甲",
        "13800000000",
        "示例研究院",
        (),
        "12345-67890-12345-67890-12345",
        "YOUPIN-ENROL:1234567890123456789012345",
        Sha256("e" * 64),
        datetime(2026, 11, 23, tzinfo=UTC),
    )
    pages = pages_of(pledge_page(page).pdf)
    assert len(pages) == 1
    assert pages[0].count("12345-67890-12345-67890-12345") == 1
