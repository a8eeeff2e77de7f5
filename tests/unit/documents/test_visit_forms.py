"""The forms of a visit as a leader, a member with a pen and an applicant's representative read them."""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.visit_forms import visit_form
from app.documents.visit_values import VisitPaper
from app.domain.ids import Sha256
from app.domain.onsite.acknowledgement import acknowledgement_code
from app.domain.onsite.checklist import Aspect, Checklist, ChecklistItem
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.ids import AspectId, ItemId, SiteId
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.signed_sheet import SignedSheet
from app.domain.onsite.visit import Answer, Attendee, Meeting, MeetingKind, Question, Site
from app.i18n import _
from app.intake.checklist_file import default_checklist
from app.words.onsite import finding_words
from tests.support.paper import pages_of
from tests.support.visit_paper import FACTS, LEADER, LONG_NAME, finding, paper, photo, plan, record, sample

LONG_FACT = "抽查3台卡尺，其中1台超过校准有效期12天，现场未作隔离标识，当班人员不能说明原因"


def pages(form: VisitForm, values: VisitPaper) -> list[str]:
    """Pages without blanks, as Chinese lines are broken anywhere."""
    drawn = visit_form(form, values)
    found = ["".join(page.split()) for page in pages_of(drawn.pdf)]
    assert drawn.pages == len(found)
    return found


@pytest.mark.parametrize("form", VisitForm)
@pytest.mark.parametrize("is_blank", [False, True])
def test_every_page_names_the_visit_its_number_and_that_the_checklist_is_not_official(
    form: VisitForm, is_blank: bool
) -> None:
    found = pages(form, paper(is_blank=is_blank))
    for number, page in enumerate(found, start=1):
        assert f"第{number}页，共{len(found)}页" in page
        assert "2026-0001-" in page
        assert "".join(default_checklist().status_notice().split()) in page
    assert LONG_NAME in found[0]


@pytest.mark.parametrize("form", VisitForm)
def test_the_same_visit_prints_the_same_bytes(form: VisitForm) -> None:
    assert visit_form(form, paper()).pdf == visit_form(form, paper()).pdf


@pytest.mark.parametrize("form", VisitForm)
def test_a_blank_form_says_nothing_that_was_found(form: VisitForm) -> None:
    text = "".join(pages(form, paper(is_blank=True)))
    for found in ("拉伸试验", "点检表缺页", "管理规范", "示例代表", "■", "示例组员认为"):
        assert found not in text


@pytest.mark.parametrize("is_blank", [False, True])
def test_the_clipboard_checklist_has_every_item_and_five_boxes_on_four_pages(is_blank: bool) -> None:
    found = pages(VisitForm.CHECKLIST, paper(is_blank=is_blank))
    text = "".join(found)
    items = list(default_checklist().items)
    assert len(found) <= 4
    for item in items:
        assert f"{item.id}{'否决项' if item.is_veto else ''}{item.name}" in text.replace("\n", "")
        assert "".join(item.ask.split()) in text
    boxes = text.count("□") + text.count("■")
    assert boxes == sum(len(item.grades) for item in items)
    assert text.count("■") == (0 if is_blank else len(items))
    assert "卷宗第12页的产量与电费单是否一致" in text
    assert "投诉处理时限是否达到承诺" in text


def large_checklist(items: int, *, text: int = 40) -> Checklist:
    """An official table may have more and longer lines than ours."""
    usual = default_checklist()
    aspects = []
    for letter, aspect in zip("ABCD", usual.aspects, strict=True):
        one = aspect.items[0]
        lines = tuple(
            replace(one, id=ItemId(f"{letter}{n}"), name="检查内容" * (text // 4), ask="询问" * text, is_veto=False)
            for n in range(1, items // 4 + 1)
        )
        aspects.append(replace(aspect, items=lines))
    return replace(usual, aspects=tuple(aspects), readings=())


@pytest.mark.parametrize(("items", "text"), [(40, 40), (60, 40), (80, 200), (100, 40)])
def test_a_longer_checklist_is_set_tighter_and_stays_on_four_pages(items: int, text: int) -> None:
    values = paper(is_blank=True, checklist=large_checklist(items, text=text))
    questions = tuple((Question(f"q{n}", f"问题{n}" + "很长的说明" * 20), ()) for n in range(30))
    found = pages(VisitForm.CHECKLIST, replace(values, questions=questions))
    assert len(found) <= 4
    joined = "".join(found)
    assert all(f"{letter}{number}检查" in joined for letter in "ABCD" for number in range(1, items // 4 + 1))
    assert "个待核实问题，见现场评价计划" in joined or "morequestionsstand" in joined


def test_the_acknowledgement_shows_facts_and_four_outcomes_and_never_a_grade_or_a_score() -> None:
    values = paper()
    text = "".join(pages(VisitForm.ACKNOWLEDGEMENT, values))
    assert "其中1台超过校准有效期12天" in text
    assert "十月工单，按登记簿1" in text
    assert acknowledgement_code(FACTS) in text
    assert text.count("□") + text.count("■") == 4
    assert values.score is not None
    assert values.score.total is not None
    for grade in FindingKind:
        assert finding_words(grade) not in text
    assert "84.55" not in text
    assert "追溯演练4分钟完成" not in text


def test_an_acknowledgement_of_sixty_facts_keeps_two_pages_and_counts_what_is_left_out() -> None:
    facts = tuple(finding(n, fact=f"第{n}项：{LONG_FACT}") for n in range(1, 61))
    values = paper(findings=facts, samples=tuple(sample(n) for n in range(1, 11)))
    found = pages(VisitForm.ACKNOWLEDGEMENT, values)
    text = "".join(found)
    assert len(found) == 2
    shown = sum(f"第{n}项：" in text for n in range(1, 61))
    assert shown >= 25
    assert f"另有{70 - shown}条" in text or f"{70 - shown}morefacts" in text
    assert text.count("□") + text.count("■") == 4


def test_a_very_long_fact_is_continued_in_the_report_and_stands_there_whole() -> None:
    values = paper(findings=(finding(1, fact=LONG_FACT * 60 + "完"),))
    sheet = pages(VisitForm.ACKNOWLEDGEMENT, values)
    assert len(sheet) == 1
    assert LONG_FACT in sheet[0]
    assert LONG_FACT * 10 not in sheet[0]
    assert "原因完" in "".join(pages(VisitForm.REPORT, values))
    assert "原因完" in "".join(pages(VisitForm.NONCONFORMITY, values))


def test_records_longer_than_a_page_are_printed_whole() -> None:
    values = paper(records=(record(1, seen="示例所见，" * 1500 + "完"),))
    found = pages(VisitForm.EVIDENCE, values)
    assert len(found) > 2
    assert "".join(found).count("示例所见") > 1400
    assert "示例所见，完" in "".join(found)


def test_each_nonconformity_has_a_page_with_room_for_cause_and_measure() -> None:
    found = pages(VisitForm.NONCONFORMITY, paper())
    assert len(found) == 2
    assert "GB/T190017.1.5" in found[0]
    assert "当场补齐并重新培训" in found[1]


def test_the_report_tells_everything_of_the_visit() -> None:
    text = "".join(pages(VisitForm.REPORT, paper()))
    for said in (
        "示例第2工厂", "示例联络", "示例厂长（厂长）", "按登记簿1", "示例1", "见证拉伸试验一次", "检查表第2页",
        "追溯演练4分钟完成", "热线接通率可再提高", "点检表缺页", "84.55", "管理规范，建议通过。", "以点检表缺页为准",
        "示例组员认为B5应为符合", "三车间检修",        "一致，见电费单", "示例代表副总经理", "91210400MA0XN00103",
    ):  # fmt: skip
        assert said in text


def test_an_acknowledgement_of_older_facts_stands_in_the_report_with_a_remark_and_not_on_the_sheet() -> None:
    came = SignedSheet(Sha256("a" * 52 + "999999999999"), VisitForm.OPINION, "12345678", LEADER, paper().dissents[0].at)
    values = paper(is_acknowledgement_stale=True, scans=(came,))
    told = "".join(pages(VisitForm.REPORT, values))
    assert "示例代表副总经理" in told
    assert _("facts have changed since it was signed").replace(" ", "") in told
    assert "…999999999999" in told
    assert "示例代表" not in "".join(pages(VisitForm.ACKNOWLEDGEMENT, values))


def test_the_report_shows_each_photo_with_number_item_time_and_hash_tail() -> None:
    shown = pages(VisitForm.REPORT, paper())[-1]
    assert "E0001-1B4,B3" in shown
    assert "2026年12月1日10:30" in shown
    assert "拍摄时间不可查" in shown or "timeoftakingcannotbeestablished" in shown
    assert "000000000002" in shown
    copy = replace(photo(4, "B4"), copy_of=photo(1).facts.sha256)
    assert pages(VisitForm.REPORT, paper(photos=(copy,)))[-1].count("SHA-256") >= 3


def test_a_hundred_and_twenty_photos_print_six_to_a_page_and_stay_small() -> None:
    many = tuple(photo(n, "B3", width=720, height=540) for n in range(1, 121))
    drawn = visit_form(VisitForm.REPORT, paper(photos=many))
    bare = visit_form(VisitForm.REPORT, paper(photos=()))
    assert drawn.pages - bare.pages <= 20 + 3
    assert len(drawn.pdf) < 20_000_000
    missing = replace(photo(1, "B3"), jpeg=b"", width=0, height=0)
    assert "000000000001" in "".join(pages(VisitForm.REPORT, paper(photos=(missing,))))


def test_the_joint_opinion_has_a_line_for_every_assessor_and_none_for_the_liaison() -> None:
    found = pages(VisitForm.OPINION, paper())
    assert len(found) == 1
    for name in ("示例组长", "示例同事", "示例组员"):
        assert name in found[0]
    assert "示例联络" not in found[0]
    assert found[0].count("■") == 2  # the conclusion, and the member who dissents


def test_a_sign_in_sheet_names_the_team_and_leaves_rows_for_others() -> None:
    found = pages(VisitForm.OPENING, paper())
    assert len(found) == 1
    assert "示例厂长" in found[0]
    assert "示例检测中心" in found[0]
    assert "15" in found[0]
    closing = pages(VisitForm.CLOSING, paper())
    assert len(closing) == 1
    assert "示例记录" in closing[0]


def test_the_plan_names_sites_team_timetable_and_questions() -> None:
    text = "".join(pages(VisitForm.PLAN, paper()))
    for said in ("示例市示例路2号", "一车间与实验室", "09:00–11:00", "投诉处理时限是否达到承诺", "示例大学"):
        assert said in text


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=300), st.sampled_from(list(VisitForm)))
def test_no_text_of_strangers_breaks_a_form(text: str, form: VisitForm) -> None:
    said = text.strip() or "示例"
    values = paper(operator=said, records=(record(1, seen=said),), findings=(finding(1, fact=said),))
    planned = replace(plan(), limitations=said)
    assert visit_form(form, replace(values, plan=planned)).pages >= 1


@pytest.mark.parametrize("form", VisitForm)
def test_texts_of_thousands_of_characters_break_no_form_and_no_limit_of_pages(form: VisitForm) -> None:
    long = "示例长文" * 700 + "完"
    usual, planned = paper(), plan()
    at = planned.meetings[0].at
    assert usual.result is not None
    assert usual.acknowledgement is not None
    values = replace(
        usual,
        plan=replace(
            planned,
            sites=tuple(Site(SiteId(f"S{n}"), long[:400], long) for n in range(1, 4)),
            team=tuple(replace(one, name=long[:200], employer=long) for one in planned.team),
            timetable=(replace(planned.timetable[0], what=long),),
            meetings=(Meeting(MeetingKind.OPENING, at, long, (Attendee(long, long, long),), long),),
            limitations=long,
        ),
        questions=((Question("q1", long), (Answer("q1", LEADER, long, at),)),),
        records=(replace(record(1, seen=long), asked=long, people=long, place=long, document_number=long, batch=long),),
        samples=(replace(sample(1), of=long),),
        agreed=(replace(usual.agreed[0], reason=long),),
        dissents=(replace(usual.dissents[0], text=long),),
        acknowledgement=replace(usual.acknowledgement, remark=long, signed_by=long, post=long),
        result=replace(usual.result, opinion=long, approval=long),
        photos=(replace(photo(1, "B3"), caption=long),),
    )
    drawn = visit_form(form, values)
    assert drawn.pages >= 1
    assert drawn.pages <= {VisitForm.CHECKLIST: 4, VisitForm.ACKNOWLEDGEMENT: 2}.get(form, 1000)


def test_every_aspect_of_the_regulation_is_on_the_checklist() -> None:
    aspects: tuple[Aspect, ...] = default_checklist().aspects
    items: list[ChecklistItem] = list(chain.from_iterable(aspect.items for aspect in aspects))
    text = "".join(pages(VisitForm.CHECKLIST, paper(is_blank=True)))
    assert {aspect.id for aspect in aspects} >= {AspectId("consistency")}
    assert all("".join(aspect.name.split()) in text for aspect in aspects)
    assert len(items) == 27
