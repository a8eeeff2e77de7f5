"""``youpin desk compare`` and a file of scores written by ``youpin desk score --to``."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.desks import INDICATOR, DeskStory
from tests.unit.cli.test_desk_commands import youpin


@pytest.fixture
def story(stories: Callable[..., DeskStory]) -> DeskStory:
    story = stories("complete", "2026-0001", "2026-0002")
    story.close()
    return story


def test_comparing_prints_own_scores_and_changes_one_with_a_reason(story: DeskStory) -> None:
    arguments = ("--change", "2026-0001", "--indicator", INDICATOR, "--percent", "60", "--reason", "偏弱")
    (table,) = youpin("desk", "compare", story.path, *arguments, "--json").json["tables"]
    first = next(each for each in table["indicators"] if each["indicator"] == INDICATOR)
    assert (first["values"], first["mean"], first["range"]) == (["60", "75"], "67.50", 15)
    assert "2026-0002" in youpin("desk", "compare", story.path).out


def test_a_change_without_all_of_its_parts_is_refused(story: DeskStory) -> None:
    refused = youpin("desk", "compare", story.path, "--change", "2026-0001", "--percent", "60", "--json")
    assert (refused.status, refused.json["error"]["code"]) == (1, "change_incomplete")


def test_scores_are_written_as_they_are_read(story: DeskStory, tmp_path: Path) -> None:
    file = tmp_path / "scores.json"
    assert youpin("desk", "score", story.path, "2026-0001", "--to", file).status == 0
    assert json.loads(file.read_text(encoding="utf-8"))["scores"][INDICATOR]["percent"] == 75
    assert youpin("desk", "score", story.path, "2026-0001", "--from", file).status == 0
