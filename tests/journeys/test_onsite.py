"""A visit (Art. 14) by commands: a team of two, its desks, one exchange, two signatures, and the record."""

import json
from pathlib import Path

import pytest

from tests.journeys.test_examination import founded, send
from tests.support.journeys import Answer, Campaign, youpin
from tests.support.visit_photos import picture

__all__ = ["founded"]
CODE = "2026-0001"
NAMED = f"{CODE}:onsite"


def visit(campaign: Campaign, command: str, *arguments: str | Path, expert: int = 1) -> Answer:
    """One command about the visit."""
    return youpin("desk", "visit", command, campaign.desk(expert), *arguments, "--json")


def _visited(campaign: Campaign) -> None:
    """The leader plans, grades everything, puts a photograph on an item, has it acknowledged and concludes."""
    plan = campaign.folder / "plan.json"
    plan.write_text(json.dumps({"sites": [{"id": "S1", "name": "示例一厂"}]}, ensure_ascii=False), encoding="utf-8")
    planned = visit(campaign, "plan", NAMED, "--from", plan)
    assert planned.status == 0, planned.errors
    assert [one["id"] for one in planned.document["plan"]["team"]] == ["E0001", "E0002"]
    for item in planned.document["score"]["missing"]:
        grades = (visit(campaign, "grade", CODE, item, grade) for grade in ("conform", "pass"))
        assert any(one.status == 0 for one in grades), item
    file = picture(campaign.folder / "IMG_0001.JPG")
    assert visit(campaign, "photos", CODE, file).status == 0
    assert visit(campaign, "bind", CODE, "A1", "--photo", "1").status == 0
    concluded = visit(campaign, "conclude", CODE, "--opinion", "示例联合意见")
    assert concluded.status == 0, concluded.errors
    assert visit(campaign, "acknowledge", CODE, "agreed", "--signed-by", "示例代表").status == 0


@pytest.fixture
def teamed(founded: Campaign) -> Campaign:
    """Both experts are the team, have taken the assignment and declared."""
    for more in (("--expert", "E0001", "--leader"), ("--expert", "E0002")):
        assigned = founded.record_run("assign", "--kind", "onsite", "--application", CODE, *more)
        assert assigned.status == 0, assigned.errors
    send(founded)
    for expert in (1, 2):
        assert founded.desk_run("declare", NAMED, "--none", expert=expert).status == 0
    return founded


def test_a_visit_goes_from_the_assignment_to_the_results(teamed: Campaign) -> None:
    early = teamed.desk_run("seal", NAMED, "--out", teamed.folder / "early.youpin")
    assert early.status == 1
    _visited(teamed)
    (task,) = teamed.desk_run("tasks").document["tasks"]
    assert (task["kind"], task["state"]) == ("onsite", "complete")
    sealed = teamed.desk_run("seal", NAMED, "--out", teamed.folder / "visit.youpin")
    assert (sealed.status, sealed.document["missing_photos"]) == (0, []), sealed.errors
    assert teamed.take_in(teamed.folder / "visit.youpin").outcomes == ["new"]
    found = teamed.record_run("results", "--application", CODE).document["applications"][0]["onsite"]
    assert (found["conclusion"], found["acknowledgement"], found["opinion"]) == ("pass", "agreed", "示例联合意见")
    assert [one["signed"] for one in found["members"]] == ["package", "missing"]
    assert (found["photos"], found["missing_photos"]) == (1, [])
    teamed.digest()


def test_a_member_signs_after_an_exchange_and_sends_it_straight_to_the_secretariat(teamed: Campaign) -> None:
    _visited(teamed)
    exchanged = visit(teamed, "exchange", "--out", teamed.folder / "stick.youpin")
    assert exchanged.status == 0, exchanged.errors
    taken = teamed.desk_run("import", teamed.folder / "stick.youpin", expert=2)
    assert taken.status == 0, taken.words + taken.errors
    signed = visit(teamed, "cosign", CODE, expert=2)
    assert [one["signed"] for one in signed.document["members"]] == ["package", "digital"], signed.errors
    own = teamed.desk_run("seal", "--declarations", "--out", teamed.folder / "member.youpin", expert=2)
    assert own.document["cosignatures"] == 1
    assert teamed.take_in(teamed.folder / "member.youpin").outcomes == ["new"]
    assert teamed.desk_run("seal", NAMED, "--out", teamed.folder / "visit.youpin").status == 0
    assert teamed.take_in(teamed.folder / "visit.youpin").outcomes == ["new"]
    found = teamed.record_run("results", "--application", CODE).document["applications"][0]["onsite"]
    assert [one["signed"] for one in found["members"]] == ["package", "digital"]
    assert teamed.record_run("verify").document["ok"]
