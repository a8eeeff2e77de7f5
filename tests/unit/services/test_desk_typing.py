"""A sheet that somebody else typed into, read back through the decoding child."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.domain.events import Event, EventKind
from app.domain.health import Severity
from app.domain.ids import IndicatorId
from app.domain.review import SealedReviewError
from app.domain.scoring import Standing
from app.errors import UserFacingError
from app.intake.typing_sheet_file import TypedFormUnknownError, TypedFormUnreadableError
from app.packages import canonical
from app.services.desk_typing import NotInFormError, TypedFormForeignError, TypedFormRulesError
from tests.support.desks import INDICATOR, DeskStory, stories
from tests.support.secretariat import rubric

__all__ = ["stories"]
Stories = Callable[..., DeskStory]
CODES = ("2026-0001", "2026-0002")
ALL = tuple(rubric().indicators)
LAST = ALL[-1].id


def row_of(indicator: IndicatorId) -> int:
    return 5 + next(place for place, each in enumerate(ALL) if each.id == indicator)


def filled(story: DeskStory, cells: Mapping[tuple[int, int], Any], *, name: str = "录入 表.xlsx") -> Path:
    """The sheet of the first review with *cells* (row, column) typed in by an ordinary program."""
    out = story.folder / name
    story.desk.forms.typing_sheet(story.review, out)
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    sheet = book.worksheets[0]
    for (row, column), value in cells.items():
        sheet.cell(row, column).value = value
    book.save(out)
    return out


def test_an_empty_sheet_changes_nothing(stories: Stories) -> None:
    story = stories("complete", *CODES)
    reading = story.desk.typing.read(story.review, filled(story, {})).reading
    assert (reading.differences, reading.refusals, reading.same) == ((), (), 0)


def test_what_was_typed_is_shown_beside_what_stands_now(stories: Stories) -> None:
    story = stories("complete", *CODES)
    row = row_of(INDICATOR)
    form = story.desk.typing.read(story.review, filled(story, {(row, 4): 50, (row, 6): "代录的理由"}))
    [difference] = form.reading.differences
    assert (difference.row, difference.indicator) == (row, INDICATOR)
    assert (difference.now.percent, difference.then.percent, difference.then.reason) == (75, 50, "代录的理由")
    assert story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).percent == 75


@pytest.mark.parametrize("typed", [50, 50.0, "50", "５０", "50%", " 50 ", 0.5])
def test_numbers_are_understood_as_programs_store_them(stories: Stories, typed: object) -> None:
    story = stories("complete", *CODES)
    form = story.desk.typing.read(story.review, filled(story, {(row_of(INDICATOR), 4): typed}))
    assert [each.then.percent for each in form.reading.differences] == [50]


def test_only_what_is_ticked_is_taken_and_the_events_say_who_did_not_type_it(stories: Stories) -> None:
    story = stories("complete", *CODES)
    cells = {(row_of(INDICATOR), 4): 50, (row_of(INDICATOR), 6): "代录", (row_of(LAST), 5): "unjudged"}
    form = story.desk.typing.read(story.review, filled(story, cells))
    story.desk.typing.take(form, [INDICATOR])
    draft = story.desk.scoring.sheet(story.review).draft
    assert (draft.entry(INDICATOR).percent, draft.entry(INDICATOR).reason) == (50, "代录")
    assert draft.entry(LAST).percent == 75
    with story.desk._store.reading() as work:
        events = [canonical.decode(line, Event) for line in work.events.lines(story.review)]
    typed = [event.target for event in events if event.what is EventKind.TYPED_FROM_FORM]
    assert typed == [f"value:{INDICATOR}", f"reason:{INDICATOR}"]
    bad = {one.code for one in story.desk.checking.check().findings if one.severity is Severity.CRITICAL}
    assert "chains" not in bad


def test_all_that_was_taken_is_one_step_to_undo_and_to_redo(stories: Stories) -> None:
    story = stories("complete", *CODES)
    cells = {(row_of(INDICATOR), 4): 50, (row_of(INDICATOR), 6): "代录", (row_of(LAST), 5): "不适用"}
    before = story.desk.scoring.sheet(story.review).draft
    form = story.desk.typing.read(story.review, filled(story, cells))
    story.desk.typing.take(form, [INDICATOR, LAST])
    after = story.desk.scoring.sheet(story.review).draft
    assert after.entry(LAST).standing is Standing.NOT_APPLICABLE
    story.desk.scoring.undo(story.review)
    assert story.desk.scoring.sheet(story.review).draft == before
    story.desk.scoring.redo(story.review)
    assert story.desk.scoring.sheet(story.review).draft == after


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({4: 51}, "not_a_step"),
        ({4: 150}, "typed_number"),
        ({4: -25}, "typed_number"),
        ({4: "很好"}, "typed_number"),
        ({4: True}, "typed_number"),
        ({4: 50, 5: "na"}, "typed_both"),
        ({5: "maybe"}, "typed_mark"),
        ({6: "长" * 20_001}, "typed_text"),
        ({2: "改过的名称", 4: 50}, "typed_row_unknown"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_refused_by_its_row(stories: Stories, cells: dict[int, Any], code: str) -> None:
    story = stories("complete", *CODES)
    row = row_of(INDICATOR)
    typed = {(row, column): value for column, value in cells.items()} | {(row_of(LAST), 4): 50}
    reading = story.desk.typing.read(story.review, filled(story, typed)).reading
    assert [(each.row, each.problem.code) for each in reading.refusals] == [(row, code)]
    assert all(each.problem.sentence() for each in reading.refusals)
    assert [each.indicator for each in reading.differences] == [LAST]


def test_a_sheet_of_another_application_is_refused_by_name(stories: Stories) -> None:
    story = stories("complete", *CODES)
    sheet = filled(story, {(row_of(INDICATOR), 4): 50})
    with pytest.raises(TypedFormForeignError) as refused:
        story.desk.typing.read(story.dossiers[1].review, sheet)
    assert CODES[0] in refused.value.sentence()
    assert CODES[1] in refused.value.sentence()


def test_a_sheet_of_other_rules_is_refused(stories: Stories) -> None:
    story = stories("complete", *CODES)
    with pytest.raises(TypedFormRulesError):
        story.desk.typing.read(story.review, filled(story, {(2, 3): "0" * 64}))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 one", b"a,b\n1,2\n"])
def test_what_is_no_sheet_is_refused_with_a_sentence(stories: Stories, content: bytes) -> None:
    story = stories("complete", *CODES)
    file = story.folder / "x.xlsx"
    file.write_bytes(content)
    with pytest.raises(UserFacingError):
        story.desk.typing.read(story.review, file)


def test_another_table_is_refused(stories: Stories) -> None:
    story = stories("complete", *CODES)
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "别的表"
    book.save(story.folder / "other.xlsx")
    with pytest.raises(TypedFormUnknownError):
        story.desk.typing.read(story.review, story.folder / "other.xlsx")


def test_a_missing_file_is_named(stories: Stories) -> None:
    story = stories("complete", *CODES)
    with pytest.raises(TypedFormUnreadableError):
        story.desk.typing.read(story.review, story.folder / "没有.xlsx")


def test_a_tick_without_a_difference_takes_nothing_at_all(stories: Stories) -> None:
    story = stories("complete", *CODES)
    form = story.desk.typing.read(story.review, filled(story, {(row_of(INDICATOR), 4): 50}))
    with pytest.raises(NotInFormError):
        story.desk.typing.take(form, [INDICATOR, LAST])
    assert story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).percent == 75


def test_a_signed_review_takes_nothing_from_a_sheet(stories: Stories) -> None:
    story = stories("complete", CODES[0])
    sheet = filled(story, {(row_of(INDICATOR), 4): 50})
    story.seal()
    with pytest.raises(SealedReviewError):
        story.desk.typing.read(story.review, sheet)


def test_a_formula_counts_as_the_value_stored_with_it_and_is_never_calculated(stories: Stories) -> None:
    story = stories("complete", *CODES)
    reading = story.desk.typing.read(story.review, filled(story, {(row_of(INDICATOR), 4): "=25*2"})).reading
    assert reading.differences == ()
