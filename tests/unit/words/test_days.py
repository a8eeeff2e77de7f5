"""A deadline is named by the last day on which it can still be kept, in Beijing and on every computer."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from app.services.record_planning import end_of_day
from app.words.days import deadline_words, last_day_words


@pytest.fixture(params=["Asia/Shanghai", "UTC", "America/New_York"])
def _clock_of_the_computer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system has one time zone")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_clock_of_the_computer")
def test_the_last_day_is_the_one_that_was_chosen_wherever_the_computer_stands() -> None:
    assert last_day_words(end_of_day(date(2026, 12, 8))) == "2026年12月8日"


def test_a_deadline_says_until_when_on_its_last_day() -> None:
    assert deadline_words(end_of_day(date(2026, 12, 8))) == "2026年12月8日24:00"


def test_a_deadline_within_a_day_names_that_day() -> None:
    assert last_day_words(datetime(2026, 12, 8, 3, tzinfo=UTC)) == "2026年12月8日"
