"""From the bare process to a window that waits for a person."""

from PySide6.QtWidgets import QApplication

from ui.application import make_application
from ui.errors import Teller
from ui.start.start_window import StartWindow


def show_window(*, file: str, place: str, is_sample: bool) -> tuple[StartWindow, QApplication]:
    """The start page, the passphrase of *file*, or the sample campaign; the loop is the caller's to run."""
    application = make_application()
    teller = Teller(say=_say_nothing_yet)
    teller.install()
    window = StartWindow(teller, file=file, place=place)
    window.show()
    if is_sample:
        window.practise()
    return window, application


def _say_nothing_yet(_message: object) -> None:
    """Until a window stands, a sentence has nowhere to go; it is shown once the start page is there."""
