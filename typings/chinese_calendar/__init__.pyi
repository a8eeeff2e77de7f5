"""What we use of chinesecalendar 1.11."""

from datetime import date

def is_workday(date: date) -> bool: ...
