"""A dressed application, workers that end with the test, and the rubric that comes with the program."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.rubric import Rubric
from app.intake.rubric_file import read_rubric
from app.paths import resource
from ui.jobs import Workers
from ui.theme import apply_theme
from ui.tokens import Theme


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    if qapp.property("youpin_look") is None or qapp.property("youpin_look").theme is not Theme.LIGHT:
        apply_theme(qapp, Theme.LIGHT, scale=1.0)


@pytest.fixture
def workers(qapp: QApplication) -> Iterator[Workers]:
    owned = Workers()
    yield owned
    assert owned.close(), "a job did not end"


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return read_rubric(resource("data", "rubric-default.yaml").read_bytes())
