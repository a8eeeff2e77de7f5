"""Visits from the command line: plan, notes, photos, findings, conclusion."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.support.desks import DeskStory
from tests.support.visit_photos import picture
from tests.unit.cli.test_desk_commands import Ran, youpin

CODE = "2026-0001"
PLAN = {
    "sites": [{"id": "S1", "name": "示例一厂"}],
    "team": [{"id": "me", "name": "示例组长", "role": "leader"}, {"id": "P1", "name": "示例组员", "role": "member"}],
    "meetings": [{"kind": "closing", "at": "2026-12-02T16:00:00", "attendees": [{"name": "示例", "post": "厂长"}]}],
}


@pytest.fixture
def run_in_words(stories: Callable[..., DeskStory], tmp_path: Path) -> Callable[..., Ran]:
    story = stories("assigned").unlock()
    story.close()
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(PLAN), encoding="utf-8")
    planned = youpin("desk", "visit", "plan", story.path, CODE, "--from", plan, "--json")
    assert planned.status == 0, planned.err

    def visit(command: str, *arguments: object) -> Ran:
        return youpin("desk", "visit", command, story.path, CODE, *arguments)

    return visit


@pytest.fixture
def run(run_in_words: Callable[..., Ran]) -> Callable[..., Ran]:
    return lambda command, *arguments: run_in_words(command, *arguments, "--json")


def shown(run: Callable[..., Ran]) -> dict[str, Any]:
    return run("show").json


def test_a_visit_goes_from_plan_to_verified_rectification(run: Callable[..., Ran], tmp_path: Path) -> None:
    photo = tmp_path / "IMG_0123.png"
    Image.effect_noise((64, 48), 90).save(photo)
    taken = run("photos", photo)
    assert taken.status == 0, taken.err
    assert taken.json["counts"] == {"taken": 1, "known": 0, "refused": 0}
    record = run("note", "A2", "--method", "R", "--seen", "示例所见", "--noted", "123").json["record"]
    assert run("bind", "A2", "--photo", "1").status == 0
    drawn = run("sample", "D2", "--of", "十月工单", "--population", "60", "--seed", "示例").json["sample"]
    assert len(drawn["numbers"]) == 8
    for item, grade in (("A2", "minor"), ("B1", "pass")):
        assert run("grade", item, grade).status == 0
    finding = run("finding", "A2", "minor", "--clause", "A2", "--fact", "示例", "--record", record).json["finding"]
    assert run("acknowledge", "agreed", "--signed-by", "示例代表").json["code"] == shown(run)["facts_code"]
    for item in shown(run)["score"]["missing"]:
        assert run("grade", item, "pass").status == 0 or run("grade", item, "conform").status == 0
    concluded = run("conclude", "--opinion", "示例意见")
    assert concluded.json["conclusion"] == "pass_after_paper_rectification"
    assert concluded.json["findings"][0]["rectification"]["due"] == "2026-12-17"
    verified = run("verify", finding, "--done", "示例措施").json
    assert verified["conclusion"] == "pass"
    assert shown(run)["conclusion_at_visit"] == "pass_after_paper_rectification"


def test_record_is_written_anew_and_keeps_what_is_not_said(run: Callable[..., Ran]) -> None:
    first = run("note", "A2", "--method", "R", "--seen", "示例所见", "--batch", "示例批-09").json["record"]
    again = run("note", "A3", "--change", first, "--seen", "示例更正")
    assert again.json["record"] == first, again.err
    (record,) = shown(run)["records"]
    assert (record["item"], record["seen"], record["batch"], record["methods"]) == (
        "A3",
        "示例更正",
        "示例批-09",
        ["R"],
    )
    assert run("note", "A3", "--change", "0123456789abcdef").json["error"]["code"] == "entry_unknown"
    typed = run("note", "A2", "--method", "R", "--seen", "示例", "--author", "P1", "--paper", "第2页").json["record"]
    assert run("note", "A2", "--change", typed, "--seen", "示例更正").json["record"] == typed
    (typed_record,) = (one for one in shown(run)["records"] if one["id"] == typed)
    assert (typed_record["author"], typed_record["paper"], typed_record["seen"]) == ("P1", "第2页", "示例更正")


def test_caption_and_place_of_a_question_are_said_by_command(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("photos", picture(tmp_path / "IMG_0001.JPG")).status == 0
    assert run("caption", "1", "示例说明").json["error"]["code"] == "photo_not_placed"
    assert run("bind", "A1", "--photo", "1").status == 0
    assert run("caption", "1", "示例说明").status == 0
    assert [one["caption"] for one in shown(run)["photos"]] == ["示例说明"]
    asked = run("ask", "产量与电费单是否一致").json["question"]
    assert run("question", asked, "--item", "C3").status == 0
    assert [one["question"]["item"] for one in shown(run)["questions"]] == ["C3"]
    assert run("question", asked, "--item", "Z9").json["error"]["code"] == "unknown_item"
    assert run("question", asked, "--loose").status == 0
    assert [one["question"]["item"] for one in shown(run)["questions"]] == [None]
    assert run("question", asked, "--withdraw").json["withdrawn"]
    assert run("question", "0123456789abcdef", "--withdraw").json["error"]["code"] == "entry_unknown"


def test_limited_evidence_and_a_postponement_are_said_by_command(run: Callable[..., Ran]) -> None:
    assert run("stage", "postponed").json["error"]["code"] == "unexplained"
    assert run("stage", "postponed", "--reason", "示例：停产检修", "--until", "2026-12-15").status == 0
    assert run("stage", "planned").status == 0
    assert run("stage", "postponed", "--reason", "示例").json["error"]["code"] == "postponed_before"
    assert run("limited", "--reason", "示例：分选线停机").json["limited"]
    assert [one["kind"] for one in shown(run)["hindrances"]] == ["postponed", "limited_evidence"]
    assert not run("limited", "--seen", "示例：复产后已看").json["limited"]


def test_members_who_differ_are_listed_and_agree(run: Callable[..., Ran]) -> None:
    run("grade", "A1", "conform")
    run("grade", "A1", "minor", "--author", "P1")
    assert [one["item"] for one in shown(run)["disagreements"]] == ["A1"]
    refused = run("grade", "A1", "minor", "--agreed")
    assert (refused.status, refused.json["error"]["code"]) == (1, "unexplained")
    assert run("grade", "A1", "minor", "--agreed", "--reason", "示例").json["settled"] == "minor"
    assert run("dissent", "示例不同意见", "--author", "P1", "--item", "A1").status == 0


def test_refusals_name_their_code_and_change_nothing(run: Callable[..., Ran], tmp_path: Path) -> None:
    text = tmp_path / "x.txt"
    text.write_text("示例", encoding="utf-8")
    assert run("photos", text).status == 1
    for arguments, code in (
        (("grade", "B1", "minor"), "grade_impossible"),
        (("grade", "Z1", "minor"), "unknown_item"),
        (("conclude",), "grades_missing"),
        (("withdraw", "0123456789abcdef", "--reason", "x"), "entry_unknown"),
        (("seal", "12345678", "--photo", "1"), "photo_unknown"),
        (("note", "A1", "--method", "R", "--seen", "x", "--author", "P1"), "typed_from_invalid"),
    ):
        refused = run(*arguments)
        assert (refused.status, refused.json["error"]["code"]) == (1, code)
    for contradicting in (
        ("bind", "A1"),
        ("note", "A1", "--seen", "示例"),
        ("question", "0123456789abcdef"),
        ("grade", "A1", "none", "--agreed"),
        ("grade", "A1", "minor", "--agreed", "--reason", "示例", "--author", "P1"),
    ):
        assert run(*contradicting).status == 2
    assert shown(run)["agreed"] == shown(run)["grades"] == []
    assert shown(run)["records"] == []


def test_photos_are_remarked_in_words_and_those_of_a_paper_member_are_named_by_tray(
    run: Callable[..., Ran], run_in_words: Callable[..., Ran], tmp_path: Path
) -> None:
    card = tmp_path / "DCIM"
    card.mkdir()
    assert "no file" in run_in_words("photos", card).out
    picture(card / "IMG_0001.JPG", at="")
    assert "time of taking unknown" in run_in_words("photos", card, "--author", "P1").out
    assert "was here before" in run_in_words("photos", card).out
    picture(tmp_path / "again.jpg", quality=40)
    assert "looks like 1" in run_in_words("photos", tmp_path / "again.jpg").out
    assert run("bind", "A1", "--photo", "P1-1").status == 0
    assert [(one["photo"]["author"], one["items"]) for one in shown(run)["photos"] if one["items"]] == [("P1", ["A1"])]
    assert "photos that look alike: " in run_in_words("show").out
    assert run("bind", "A1", "--photo", "P2-1").json["error"]["code"] == "photo_unknown"
