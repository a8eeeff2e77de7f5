"""What the terminal shows when something is wrong: one sentence, never a traceback; and where it went instead."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.commands import parser
from app.cli.main import main
from tests.support.desks import PASSPHRASE, DeskStory

BUG = """
import sys
from app.cli import record_people
def broken(_arguments):
    raise KeyError("geheim: SELECT * FROM scores WHERE note = '示例'")
record_people.open_for = broken
from app.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def run_with_a_bug(home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"YOUPIN_HOME": str(home), "YOUPIN_LANGUAGE": "en", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", BUG, "record", "experts", "a.record", *more]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_a_bug_is_a_sentence_with_a_code_and_its_places_are_in_the_log(tmp_path: Path) -> None:
    ran = run_with_a_bug(tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1), ran.stderr
    assert not any(word in ran.stderr for word in ("Traceback", "KeyError", "SELECT", ".py"))
    code = ran.stderr.partition("(code ")[2].partition(")")[0]
    log = (tmp_path / "logs" / "youpin.log").read_text(encoding="utf-8")
    assert len(code) == 8
    assert f"code {code}" in log
    assert "__main__.broken" in log
    assert "geheim" not in log
    assert f'"{code}"' not in log


def test_a_bug_is_a_document_for_scripts(tmp_path: Path) -> None:
    assert '"code": "bug"' in run_with_a_bug(tmp_path, "--json").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("desk", "import", "a.desk", "gone.youpin"),
        ("desk", "score", "a.desk", "2026-0001", "--from", "gone.json"),
        ("package", "inspect", "gone.youpin"),
        ("record", "intake", "a.record", "--table", "gone.xlsx", "--files", "."),
    ],
)
def test_a_file_that_is_not_there_is_named(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str], english: None
) -> None:
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    gone = next(argument for argument in arguments if argument.startswith("gone"))
    assert (out, err.strip()) == (
        "", f"{gone} is not there. Check the name; if it is on a stick, plug it in again."
    )  # fmt: skip


def test_an_empty_folder_is_said_to_be_empty(
    desk: DeskStory, tmp_path: Path, capsys: pytest.CaptureFixture[str], english: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUPIN_PASSPHRASE", PASSPHRASE)
    (tmp_path / "空").mkdir()
    assert main(["desk", "import", str(desk.path), str(tmp_path / "空")]) == 0
    assert capsys.readouterr().out.strip() == "There is no file in what was named."


def test_a_total_is_told_once_everything_is_dealt_with(
    desk: DeskStory, tmp_path: Path, capsys: pytest.CaptureFixture[str], english: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUPIN_PASSPHRASE", PASSPHRASE)
    scores = tmp_path / "one.json"
    scores.write_text('{"scores": {"rd_platform": {"percent": 95, "reason": "有依据"}}}', encoding="utf-8")
    assert main(["desk", "score", str(desk.path), "2026-0001", "--from", str(scores)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "38 points so far, 1/24 dealt with  In progress"
    assert main(["desk", "tasks", str(desk.path)]) == 0
    assert "950" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("record", "opener"), "RECORD, add|list|remove"),
        (("record", "assign", "a.record", "--auto", "--panel", "0"), "“0” is not a whole number from 1"),
        (("record", "assign", "a.record", "--auto", "--seed", "x"), "“x” is not a whole number"),
    ],
)
def test_wrong_usage_is_told_in_the_words_of_the_command(
    arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str], english: None
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(arguments)
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


@pytest.fixture
def desk(tmp_path: Path) -> DeskStory:
    from tests.support import desks

    folder = tmp_path / "desk"
    folder.mkdir()
    story = desks.begin(folder, "assigned", "2026-0001").unlock()
    story.close()
    return story
