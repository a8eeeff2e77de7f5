"""Marked copies, and photographs that other visits have, too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.ids import Sha256
from app.domain.onsite.photo import MarkedCopy
from app.services.visit_errors import EntryUnknownError
from app.services.visit_planning import PlanDraft
from tests.support.desks import DeskStory
from tests.support.visit_photos import DRAFT, PlannedVisit, picture, plan


@pytest.fixture
def planned(stories: Callable[..., DeskStory]) -> PlannedVisit:
    return plan(stories("assigned").unlock())


def test_a_marked_copy_lies_beside_the_original_whose_bytes_stay(planned: PlannedVisit, tmp_path: Path) -> None:
    file = picture(tmp_path / "IMG_0007.JPG")
    (original,) = planned.take(file)
    drawn = picture(tmp_path / "drawn.jpg", quality=40, at="").read_bytes()
    facts, changes = planned.desk.visits.marking.keep(planned.visit, original, drawn)
    assert changes.visits == {planned.visit}
    assert [(one.photo.number, one.copy_of) for one in planned.sheet.photos] == [(1, None), (2, original)]
    assert planned.sheet.photos[0].photo.taken_at == facts.taken_at
    assert planned.sheet.alike == ()
    photos = planned.desk.visits.photos
    assert photos.original(planned.visit, original) == file.read_bytes()
    assert photos.original(planned.visit, facts.sha256) == drawn


def test_a_copy_survives_closing_the_desk_and_travels_with_the_notes(planned: PlannedVisit, tmp_path: Path) -> None:
    (original,) = planned.take(picture(tmp_path / "a.jpg"))
    drawn = picture(tmp_path / "b.jpg", seed=3, at="").read_bytes()
    copy, _changes = planned.desk.visits.marking.keep(planned.visit, original, drawn)
    planned.story.reopen()
    assert [one.copy_of for one in planned.sheet.photos if one.photo == copy] == [original]
    kinds = {entry.kind.value for entry in planned.desk.visits.merging.bundle(planned.visit).entries}
    assert "copy" in kinds


def test_a_copy_of_nothing_is_refused(planned: PlannedVisit, tmp_path: Path) -> None:
    drawn = picture(tmp_path / "b.jpg").read_bytes()
    with pytest.raises(EntryUnknownError):
        planned.desk.visits.marking.keep(planned.visit, Sha256("0" * 64), drawn)
    with pytest.raises(ValueError, match="itself"):
        MarkedCopy(Sha256("0" * 64), Sha256("0" * 64), planned.sheet.me)


def test_the_same_picture_in_another_applicants_visit_is_remarked_and_taken_all_the_same(
    stories: Callable[..., DeskStory], tmp_path: Path
) -> None:
    story = stories("assigned", "2026-0001", "2026-0002").unlock()
    one, other = (
        PlannedVisit(story, story.desk.visits.planning.create(dossier.review, DRAFT)[0]) for dossier in story.dossiers
    )
    same, near = picture(tmp_path / "same.jpg"), picture(tmp_path / "near.jpg", seed=4)
    smaller = picture(tmp_path / "smaller.jpg", seed=4, quality=60)
    first, second = one.take(same, near)
    other.take(same, smaller)
    found = {each.photo: (each.application, each.is_identical) for each in story.desk.visits.elsewhere(one.visit)}
    assert found == {first: ("2026-0002", True), second: ("2026-0002", False)}


def test_a_visit_without_its_like_has_no_remarks(planned: PlannedVisit, tmp_path: Path) -> None:
    planned.take(picture(tmp_path / "a.jpg"))
    planned.desk.visits.planning.create(planned.story.review, PlanDraft(sites=DRAFT.sites, team=DRAFT.team))
    assert planned.desk.visits.elsewhere(planned.visit) == ()
