"""What lies on cards and telephones beside photographs, and what their clocks and file systems make of it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.services.visit_photos import PhotoOutcome, TakenPhoto
from tests.support.desks import DeskStory
from tests.support.visit_photos import PlannedVisit, picture, plan

_FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"


@pytest.fixture
def planned(stories: Callable[..., DeskStory]) -> PlannedVisit:
    return plan(stories("assigned").unlock())


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    return folder


def taken(planned: PlannedVisit, *paths: Path) -> dict[str, TakenPhoto]:
    return {one.file: one for one in planned.desk.visits.photos.take(planned.visit, paths).photos}


def large_film(file: Path) -> Path:
    """A film one byte larger than any document may be; nearly all of it a hole."""
    file.write_bytes(_FILM)
    os.truncate(file, 200 * 1024 * 1024 + 1)
    return file


def test_large_film_is_named_as_one_and_stops_no_photo(planned: PlannedVisit, card: Path) -> None:
    large_film(card / "VID_0001.mp4")
    picture(card / "IMG_0002.JPG")
    found = taken(planned, card)
    assert (found["VID_0001.mp4"].outcome, found["VID_0001.mp4"].error) == (PhotoOutcome.REFUSED, "not_accepted")
    assert found["IMG_0002.JPG"].outcome is PhotoOutcome.TAKEN


def test_picture_larger_than_any_document_is_refused_by_its_size(planned: PlannedVisit, card: Path) -> None:
    os.truncate(picture(card / "IMG_0001.JPG"), 200 * 1024 * 1024 + 1)
    assert taken(planned, card)["IMG_0001.JPG"].error == "too_large"
    assert planned.sheet.photos == ()


def test_large_film_has_no_moment_to_be_sorted_by(planned: PlannedVisit, card: Path) -> None:
    large_film(card / "VID_0001.mp4")
    (claim,) = planned.desk.visits.sorting.sort([card])
    assert (claim.taken_at, claim.visit) == (None, None)


@pytest.mark.parametrize("claimed", ["0000:00:00 00:00:00", "0001:01:01 00:00:00", "1904:01:01 00:00:00"])
def test_photo_from_a_clock_that_was_never_set_has_no_time_of_taking(
    planned: PlannedVisit, card: Path, claimed: str
) -> None:
    picture(card / "IMG_0001.JPG", at=claimed)
    assert planned.desk.visits.sorting.sort([card])[0].taken_at is None
    photo = taken(planned, card)["IMG_0001.JPG"].photo
    assert photo is not None
    assert photo.is_time_unknown
    assert photo.has_camera_data


@pytest.mark.skipif(sys.platform != "linux", reason="file names there are characters, not bytes")
def test_photo_whose_name_is_no_text_is_taken_under_a_name_that_can_be_written_down(
    planned: PlannedVisit, card: Path
) -> None:
    picture(card / "x.jpg").rename(os.fsdecode(os.fsencode(card) + b"/IMG_\xff_0123.JPG"))
    (one,) = taken(planned, card).values()
    assert (one.outcome, one.file) == (PhotoOutcome.TAKEN, "IMG_?_0123.JPG")
    assert planned.desk.visits.photos.noted(planned.visit, "123") == one.photo


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipe_that_is_named_is_refused_and_not_waited_for(planned: PlannedVisit, card: Path) -> None:
    os.mkfifo(card / "pipe.jpg")
    assert taken(planned, card / "pipe.jpg")["pipe.jpg"].error == "photo_unreadable"
