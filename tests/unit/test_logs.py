"""The log: says where, never what."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

import app.logs
from tests.support.log_guard import ExpectedLogs

SECRET = "辽宁示例企业的评语"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(app.logs, "settings_folder", lambda: tmp_path)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    app.logs.start_logging()
    yield tmp_path / "logs"
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_the_first_line_makes_the_file_and_no_earlier_moment_does(folder: Path) -> None:
    assert list(folder.iterdir()) == []
    logging.getLogger("youpin").info("%s pages", 3)
    (file,) = folder.iterdir()
    assert file.read_text(encoding="utf-8").endswith(" INFO youpin 3 pages\n")


def test_an_exception_is_told_by_its_places_without_its_words(folder: Path, expected_logs: ExpectedLogs) -> None:
    expected_logs.allow("youpin", "failed")
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("youpin").exception("failed")
    (file,) = folder.iterdir()
    written = file.read_text(encoding="utf-8")
    assert SECRET not in written
    assert "ValueError\n  tests.unit.test_logs.test_an_exception_is_told_by_its_places_without_its_words:" in written
