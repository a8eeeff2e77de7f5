"""Working days of the public sector, for the 15 working days of publicity (Art. 16).

Every year needs the holiday notice of the State Council. Where it is missing the answer is an error, never
“Monday to Friday”. The day after publication is day 1 if it is a working day (Civil Code, Art. 201 and 203).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import chinese_calendar

from app.errors import UserFacingError
from app.i18n import N_

PUBLICITY_DAYS: Final = 15
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
# New Year's arrangement has moved days as early as 29 December; ten days more than that have never been needed.
_NEXT_NOTICE_REACHES_BACK_TO: Final = (12, 20)


class CalendarUnknownError(UserFacingError):
    """No holiday notice for that year: counting stops."""

    code = "calendar_unknown"
    message = N_("The holidays of {year} are not known yet. Import the holiday notice for {year}, then count again.")


class NoticeInvalidError(UserFacingError):
    """A table of holidays that contradicts itself or the calendar."""

    code = "notice_invalid"
    message = N_("This table of holidays cannot be right: {day} does not fit. Compare it with the notice.")


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """One year's notice of the State Council.

    Attributes:
        number: of the notice, printed beside every computed period.
        days_off: every holiday, weekends among them included or not as the notice has it.
        days_worked: Saturdays and Sundays on which work is made up.

    Raises:
        NoticeInvalidError: a day outside the year (and the last days of the year before), a day both off and worked,
            a working weekday among the weekends to be worked, or no holiday at all.
    """

    year: int
    number: str
    days_off: frozenset[date]
    days_worked: frozenset[date]

    def __post_init__(self) -> None:
        first = date(self.year - 1, *_NEXT_NOTICE_REACHES_BACK_TO)
        if not any(day.year == self.year for day in self.days_off):
            raise NoticeInvalidError(day=self.year)
        for day in sorted(self.days_off | self.days_worked):
            if not first <= day <= date(self.year, 12, 31) or (day in self.days_off and day in self.days_worked):
                raise NoticeInvalidError(day=day)
        for day in sorted(self.days_worked):
            if day.weekday() < _SATURDAY:
                raise NoticeInvalidError(day=day)


@dataclass(frozen=True, slots=True)
class Period:
    """A run of working days, both ends printed.

    Attributes:
        is_provisional: it reaches into days that the next year's notice may still move.
    """

    first_on: date
    last_on: date
    days: int
    is_provisional: bool = False


class WorkingDays:
    """The calendar we know: the kept library's years, and notices that were imported, which take precedence."""

    def __init__(self, notices: Iterable[HolidayNotice] = ()) -> None:
        self._notices = {notice.year: notice for notice in notices}

    def knows(self, year: int) -> bool:
        """Whether the holidays of *year* are known."""
        return year in self._notices or _library_says(date(year, 1, 1)) is not None

    def is_working_day(self, day: date) -> bool:
        """Whether people work on *day*; make-up Saturdays and Sundays count, holidays on weekdays do not.

        Raises:
            CalendarUnknownError: no notice for that year.
        """
        for year in (day.year + 1, day.year):  # the later notice may move the last days of the year before
            notice = self._notices.get(year)
            if notice and day in notice.days_off | notice.days_worked:
                return day in notice.days_worked
        if day.year in self._notices:
            return day.weekday() < _SATURDAY
        known = _library_says(day)
        if known is None:
            raise CalendarUnknownError(year=day.year)
        return known

    def period_after(self, published_on: date, *, days: int = PUBLICITY_DAYS) -> Period:
        """The *days* working days that follow *published_on*, itself not counted.

        Raises:
            CalendarUnknownError: the run reaches into a year without a notice.
            ValueError: *days* is not positive.
        """
        if days < 1:
            raise ValueError("at least one day")
        first_on = day = self._next(published_on)
        for _count in range(days - 1):
            day = self._next(day)
        movable = (day.month, day.day) >= _NEXT_NOTICE_REACHES_BACK_TO and not self.knows(day.year + 1)
        return Period(first_on, day, days, is_provisional=movable)

    def _next(self, day: date) -> date:
        day += _DAY
        while not self.is_working_day(day):
            day += _DAY
        return day


def _library_says(day: date) -> bool | None:
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:  # its way to say that it has no table for that year
        return None
