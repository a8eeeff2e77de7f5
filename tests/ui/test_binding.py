"""The binding of this version of Qt survives what a day of work asks of it."""

import sys

from PySide6.QtCore import QObject


def test_fifty_thousand_calls_that_return_nothing_keep_none_alive(qapp) -> None:
    # PySide6 6.12.0 on Python 3.11 drops a reference to None with each and aborts after some thousands.
    thing = QObject()
    before = sys.getrefcount(None)
    for number in range(50_000):
        thing.setObjectName("a" if number % 2 else "b")
    assert sys.getrefcount(None) > before - 1_000
