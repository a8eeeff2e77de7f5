"""Examining an application (Art. 9) from the command line."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.review import ReviewKind
from tests.support.desks import DeskStory
from tests.support.secretariat import dossier
from tests.unit.cli.test_desk_commands import youpin

Stories = Callable[..., DeskStory]


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    story = stories("enrolled")
    story.dossiers = (replace(dossier("2026-0001"), kind=ReviewKind.EXAMINATION),)
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers))
    story.unlock().close()
    return story


def test_an_examination_is_answered_concluded_checked_and_signed(story: DeskStory) -> None:
    desk, code = story.path, "2026-0001:examination"
    listed = youpin("desk", "answer", desk, code, "--json").json
    assert [one["verdict"] for one in listed["answers"]] == [None] * 5
    for one in listed["answers"]:
        youpin("desk", "answer", desk, code, "--question", one["question"], "--say", "yes", "--json")
    said = youpin(
        "desk", "answer", desk, code, "--question", "standard", "--say", "doubt", "--reason", "标准缺年号",
        "--evidence", "02:1", "--json",
    ).json  # fmt: skip
    assert (said["missing"], said["scored"]) == (["conclusion", "grounds"], 5)
    assert [one["evidence"] for one in said["answers"] if one["question"] == "standard"] == [1]
    done = youpin("desk", "verdict", desk, code, "--recommend", "yes", "--reasons", "材料齐全", "--json").json
    assert (done["state"], done["recommend"], done["missing"]) == ("complete", "yes", [])
    assert youpin("desk", "self-check", desk, code, "--json").json["findings"] == []
    (task,) = youpin("desk", "tasks", desk, "--json").json["tasks"]
    assert (task["kind"], task["total"]) == ("examination", None)
    sealed = youpin("desk", "seal", desk, code, "--out", story.folder / "hand-in.youpin", "--json")
    assert sealed.status == 0, sealed.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("answer", "2026-0001", "--question", "nothing", "--say", "yes"), "unknown_question"),
        (("answer", "2026-0001", "--say", "yes"), "question_missing"),
        (("answer", "2026-0001", "--question", "standard", "--evidence", "9:1"), "place_unknown"),
        (("answer", "2026-0001:visit"), "review_kind_unknown"),
        (("form", "2026-0001", "--out", "sheet.xlsx"), "review_without_scores"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(story: DeskStory, arguments: tuple[str, ...], code: str) -> None:
    ran = youpin("desk", arguments[0], story.path, *arguments[1:], "--json")
    assert ran.status != 0
    assert ran.json["error"]["code"] == code
