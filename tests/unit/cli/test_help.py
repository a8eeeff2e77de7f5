"""``--help`` teaches: what the command does, every argument in words, and one line to copy."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from app.domain.conflict import ConflictKind
from app.domain.health import Severity
from app.domain.task import TaskState
from app.i18n import use_language
from tests.support.commands import commands


@pytest.fixture(params=["zh_CN", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("zh_CN")


def test_every_command_has_an_example_and_words_for_every_argument(language: str) -> None:
    for names, command in commands():
        assert command.epilog, names
        assert f"youpin {' '.join(names)} " in command.epilog, names
        assert command.description, names
        assert all(action.help for action in command._actions), names


def test_no_help_is_english_in_chinese() -> None:
    use_language("zh_CN")
    helps = {action.help for _names, command in commands() for action in command._actions}
    assert [words for words in helps if words and words.isascii()] == []


def test_closed_lists_are_taught_with_their_meaning(language: str) -> None:
    taught = dict(commands())
    for names, values in (
        (("desk", "tasks"), TaskState),
        (("desk", "declare"), ConflictKind),
        (("desk", "check"), Severity),
    ):
        lines = str(taught[names].description).splitlines()
        for value in values:
            assert any(line.strip().startswith(f"{value} ") for line in lines), value


def test_a_narrow_terminal_cuts_nothing() -> None:
    environment = os.environ | {"COLUMNS": "60", "YOUPIN_LANGUAGE": "en", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "app.cli", "record", "issue", "--help"]
    said = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True).stdout
    assert "size of a part: 45 mail, 95 chat, 650 CD (default 1900)" in " ".join(said.split())
