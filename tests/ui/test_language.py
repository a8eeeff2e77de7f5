"""A language is chosen once and spoken from the next start on, and by the desk it was chosen for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from app.i18n import _, choose_language, chosen_language
from tests.support.desks import stories
from ui.application import make_application
from ui.clipboard import Clipboard
from ui.errors import Teller
from ui.language import Language, keep_language, speak_as_chosen
from ui.remembered import Remembered
from ui.start.recent import WorkspaceKind
from ui.start.workspace_window import widget_of, workspace_window

__all__ = ["stories"]


@pytest.fixture(autouse=True)
def _nobody_has_chosen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("YOUPIN_LANGUAGE", raising=False)
    keep_language(Remembered(), Language.CHINESE)
    yield
    monkeypatch.delenv("YOUPIN_LANGUAGE", raising=False)
    keep_language(Remembered(), Language.CHINESE)
    choose_language(Language.CHINESE)


def test_the_window_begins_in_the_language_that_was_chosen_last(qapp: QApplication) -> None:
    make_application()
    assert _("Tasks") == "任务"
    keep_language(Remembered(), Language.ENGLISH)
    make_application()
    assert (_("Tasks"), chosen_language()) == ("Tasks", "en")


def test_a_language_that_is_asked_for_outranks_the_chosen_one(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_language(Remembered(), Language.ENGLISH)
    monkeypatch.setenv("YOUPIN_LANGUAGE", "zh_CN")
    make_application()
    assert _("Tasks") == "任务"


def test_qt_has_one_set_of_words_however_often_the_language_changes(qapp: QApplication) -> None:
    for language in (Language.ENGLISH, Language.CHINESE, Language.ENGLISH):
        speak_as_chosen(qapp, Remembered(), language)
        QApplication.sendPostedEvents(None, 52)  # deleteLater
    assert len(qapp.findChildren(QTranslator, "language")) == 1


def test_a_desk_opens_in_its_own_language(qtbot, stories) -> None:
    story = stories("enrolled")
    story.desk.settings.change("language", "en")
    remembered = Remembered()
    window = workspace_window(
        story.desk, WorkspaceKind.DESK, teller=Teller(lambda _message: None), remembered=remembered,
        clipboard=Clipboard(),
    )  # fmt: skip
    qtbot.addWidget(widget_of(window))
    assert window.frame.rail._buttons["D01"].text() == "Tasks"  # type: ignore[attr-defined]
    assert remembered.choice("language", Language.CHINESE) is Language.ENGLISH
    window.shut_down()
    story._desk = None
