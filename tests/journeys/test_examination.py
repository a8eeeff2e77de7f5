"""The examination of an application (Art. 9) from the form to the majority, by commands on both sides."""

import json
from pathlib import Path

import pytest

from tests.support import journeys
from tests.support.intake_material import row, write_files, write_table
from tests.support.journeys import NAMES, Campaign, youpin
from tests.support.stranger_files import pdf

FORM = """examination:
  id: example-form
  version: 1.0
  status: official
  questions:
    - {id: offering, text: 申报的产品或服务是否明确, article: 6}
    - {id: evidence, text: 证明材料是否充分, hint: 材料清晰、在有效期内, article: 9}
"""
DEFAULT = ("eligibility", "offering", "standard", "evidence", "representative")
CODE = "2026-0001"


def answers(folder: Path, questions: tuple[str, ...], recommend: str, *, doubt: str = "") -> Path:
    """A whole examination as a file; *doubt* is about the evidence."""
    said = {one: {"verdict": "yes"} for one in questions}
    if doubt:
        said["evidence"] = {"verdict": "doubt", "reason": doubt}
    file = folder / f"answers-{recommend}.json"
    document = {"answers": said, "opinion": {"recommend": recommend, "text": "示例理由"}}
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return file


def examine(
    campaign: Campaign, recommend: str, *, expert: int = 1, questions: tuple[str, ...] = DEFAULT, doubt: str = ""
) -> None:
    """Declare and answer everything, up to the signature."""
    named = f"{CODE}:examination"
    declared = campaign.desk_run("declare", named, "--none", expert=expert)
    assert declared.status == 0, declared.errors
    file = answers(campaign.folder, questions, recommend, doubt=doubt)
    done = campaign.desk_run("score", named, "--from", file, expert=expert)
    assert (done.status, done.document["missing"]) == (0, []), done.words + done.errors


@pytest.fixture
def founded(tmp_path: Path) -> Campaign:
    """A record with a form of its own, two experts with their desks, one application: everything by commands."""
    campaign = Campaign(tmp_path / "示例 评审", experts=2)
    folder = campaign.folder
    folder.mkdir()
    (folder / "审查表.yaml").write_text(FORM, encoding="utf-8")
    done = youpin(
        "record", "create", campaign.record, "--campaign", "2026", "--name", "示例评审 2026", "--opener", "秘书甲",
        "--examination", folder / "审查表.yaml", "--json",
    )  # fmt: skip
    assert done.status == 0, done.errors
    campaign.fingerprint = done.document["fingerprint"]
    assert campaign.record_run("invite", "--out", folder / journeys.INVITATION).status == 0
    for number in (1, 2):
        assert youpin("desk", "create", campaign.desk(number), "--name", NAMES[number - 1]).status == 0
        asked = campaign.desk_run(
            "enrol", "--invitation", folder / journeys.INVITATION, "--fingerprint", campaign.fingerprint,
            "--out", folder / f"request-{number}.youpin", expert=number,
        )  # fmt: skip
        assert asked.status == 0, asked.errors
        assert campaign.record_run("enrol", folder / f"request-{number}.youpin", "--yes").status == 0
    write_files(folder / "材料" / "1", {"申请书.pdf": pdf(("Example", "Page two"))})
    table = write_table(folder / "汇总表.xlsx", [row(1)])
    taken = campaign.record_run("intake", "--table", table, "--files", folder / "材料")
    assert taken.document["taken"] == 1, taken.words
    return campaign


def send(campaign: Campaign) -> None:
    """Issue, and let every desk take what is for it."""
    issued = campaign.record_run("issue", "--out", campaign.folder / "sent")
    assert issued.status == 0, issued.errors
    for package in issued.document["packages"]:
        number = campaign.codes.index(package["expert"]) + 1
        taken = campaign.desk_run("import", package["file"], expert=number)
        assert taken.status == 0, taken.words + taken.errors


def test_two_experts_examine_an_application_by_the_organisers_form(founded: Campaign) -> None:
    assigned = founded.record_run("assign", "--kind", "examination", "--auto", "--panel", "2")
    assert {one["kind"] for one in assigned.document["assignments"]} == {"examination"}
    send(founded)
    questions = ("offering", "evidence")
    examine(founded, "yes", questions=questions)
    examine(founded, "no", expert=2, questions=questions, doubt="检测报告已过期")
    for number in (1, 2):
        file = founded.seal(f"hand-in-{number}.youpin", CODE, expert=number)
        assert founded.take_in(file).outcomes == ["new"]
        if number == 1:
            found = founded.record_run("results").document["applications"][0]["examination"]
            assert (found["result"], found["yes"], found["missing"]) == (None, 1, 1)
    document = founded.record_run("results", "--application", CODE).document
    assert document["examination_form"]["official"] is True
    found = document["applications"][0]["examination"]
    assert (found["result"], found["yes"], found["no"], found["missing"]) == (None, 1, 1, 0)
    second = found["experts"][1]
    assert (second["recommend"], second["text"]) == ("no", "示例理由")
    assert second["answers"]["evidence"] == {"verdict": "doubt", "reason": "检测报告已过期"}
    founded.digest()


def test_an_incomplete_examination_is_not_signed(founded: Campaign) -> None:
    founded.record_run("assign", "--kind", "examination", "--expert", "E0001", "--application", CODE)
    send(founded)
    founded.desk_run("declare", CODE, "--none")
    file = answers(founded.folder, ("offering",), "no")
    done = founded.desk_run("score", CODE, "--from", file)
    assert done.document["missing"] == ["answer:evidence"]
    refused = founded.desk_run("seal", CODE, "--out", founded.folder / "none.youpin")
    assert refused.status == 1
    assert not (founded.folder / "none.youpin").exists()


@pytest.mark.parametrize("order", [("examination", "qualification"), ("both",)])
def test_examination_and_scores_of_one_expert_arrive_together_or_one_after_the_other(
    ready: Campaign, order: tuple[str, ...]
) -> None:
    pair = ("--expert", "E0001", "--application", CODE)
    assert ready.record_run("assign", "--kind", "examination", *pair).status == 0
    send(ready)
    examine(ready, "yes", doubt="缺少一份附件")
    files = []
    for place, kind in enumerate(order):
        named = [f"{CODE}:examination", f"{CODE}:qualification"] if kind == "both" else [f"{CODE}:{kind}"]
        files.append(ready.seal(f"hand-in-{place}.youpin", *named))
    for file in files:
        assert ready.take_in(file).status == 0
    result = ready.record_run("results", "--application", CODE).document["applications"][0]
    assert result["examination"]["result"] == "yes"
    assert result["examination"]["experts"][0]["answers"]["evidence"]["reason"] == "缺少一份附件"
    mine = next(one for one in result["experts"] if one["expert"] == "E0001")
    assert (mine["status"], mine["total"]) == ("sealed", "750.00")
    ready.digest()


def test_what_was_handed_in_first_may_arrive_last(ready: Campaign) -> None:
    assert ready.record_run("assign", "--kind", "examination", "--expert", "E0001", "--application", CODE).status == 0
    send(ready)
    examine(ready, "no", doubt="材料不全")
    first = ready.seal("first.youpin", f"{CODE}:qualification")
    second = ready.seal("second.youpin", f"{CODE}:examination")
    assert ready.take_in(second).status == 0
    assert ready.take_in(first).status == 0
    result = ready.record_run("results", "--application", CODE).document["applications"][0]
    assert result["examination"]["result"] == "no"
    assert result["experts"][0]["status"] == "sealed"
    ready.digest()
