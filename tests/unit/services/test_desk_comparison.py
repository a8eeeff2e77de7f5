"""The expert's own scores beside each other, and changing one of them."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from app.domain.comparison import Distribution
from app.domain.review import SealedReviewError
from app.domain.scoring import NotAStepError
from app.services.desk_comparison import ChangeReasonError
from tests.support.desks import INDICATOR, DeskStory

Stories = Callable[..., DeskStory]


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    return stories("complete", "2026-0001", "2026-0002")


def test_distribution_leaves_out_what_has_no_value() -> None:
    spread = Distribution.of([75, None, 50, 75])
    assert (spread.percents, spread.mean, spread.range) == ((50, 75, 75), Fraction(200, 3), 25)
    assert spread.counts() == ((50, 1), (75, 2))
    assert (Distribution().mean, Distribution().range) == (None, None)


def test_all_dossiers_stand_in_one_table_in_their_order(story: DeskStory) -> None:
    (table,) = story.desk.comparison.tables()
    assert [each.application for each in table.reviews] == ["2026-0001", "2026-0002"]
    assert table.distribution(INDICATOR).percents == (75, 75)


def test_a_dossier_that_is_not_declared_is_not_in_the_table(stories: Stories) -> None:
    assert stories("assigned", "2026-0001").desk.comparison.tables() == ()


def test_value_and_reason_change_as_one_step(story: DeskStory) -> None:
    story.desk.comparison.change(story.review, INDICATOR, percent=60, reason=" 与其他申报相比偏弱 ")
    entry = story.desk.scoring.sheet(story.review).draft.entry(INDICATOR)
    assert (entry.percent, entry.reason) == (60, "与其他申报相比偏弱")
    story.desk.scoring.undo(story.review)
    entry = story.desk.scoring.sheet(story.review).draft.entry(INDICATOR)
    assert entry.percent == 75
    assert entry.reason != "与其他申报相比偏弱"


def test_a_change_without_a_reason_or_between_two_steps_is_refused(story: DeskStory) -> None:
    with pytest.raises(ChangeReasonError):
        story.desk.comparison.change(story.review, INDICATOR, percent=60, reason="  ")
    with pytest.raises(NotAStepError):
        story.desk.comparison.change(story.review, INDICATOR, percent=61, reason="偏弱")
    assert story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).percent == 75


def test_a_signed_review_is_shown_and_not_changed(story: DeskStory) -> None:
    story.seal(story.review)
    (table,) = story.desk.comparison.tables()
    assert [each.is_sealed for each in table.reviews] == [True, False]
    with pytest.raises(SealedReviewError):
        story.desk.comparison.change(story.review, INDICATOR, percent=60, reason="偏弱")
