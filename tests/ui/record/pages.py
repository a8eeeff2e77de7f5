"""Finds the screen of a code, typed as what the test asked for."""

from typing import TypeVar

from ui.record.tabbed_place import TabbedPlace
from ui.record.window import RecordWindow

V = TypeVar("V")


def page(window: RecordWindow, code: str, kind: type[V]) -> V:
    """Go to *code* and return its screen."""
    window.show_place(code)
    view = window.frame.current()
    shown: object = view.current().view if isinstance(view, TabbedPlace) else view
    assert isinstance(shown, kind)
    return shown
