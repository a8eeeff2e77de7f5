"""Packages of the wrong people, and people whose work or computer was taken away, told by commands alone."""

import shutil
from pathlib import Path

from tests.support import journeys
from tests.support.journey_fixtures import FIRST
from tests.support.journeys import Campaign


def states(campaign: Campaign, expert: int = 1) -> dict[str, str]:
    """The state of every task on a desk."""
    said = campaign.desk_run("tasks", expert=expert)
    return {task["application"]: task["state"] for task in said.document["tasks"]}


def test_assignment_of_another_expert_is_not_for_this_desk(ready: Campaign) -> None:
    before = states(ready)
    said = ready.desk_run("import", *ready.assigned(2))
    assert (said.status, said.outcomes) == (1, ["not_for_you"])
    assert said.document["counts"]["not_for_you"] == 1
    assert states(ready) == before
    looked = journeys.youpin("package", "inspect", ready.assigned(2)[0], "--desk", ready.desk(), "--json")
    assert (looked.status, looked.document["outcome"]) == (1, "not_for_you")


def test_assignment_of_an_expert_is_no_hand_in(ready: Campaign) -> None:
    before = ready.digest()
    said = ready.take_in(*ready.assigned(1))
    assert (said.status, said.outcomes) == (1, ["not_for_you"])
    assert ready.digest() == before


def test_package_of_another_record_is_refused_on_both_sides(signed: Campaign, stranger_once: Campaign) -> None:
    before = signed.digest()
    foreign = stranger_once.folder / FIRST
    said = signed.take_in(foreign)
    assert (said.status, said.outcomes) == (1, ["not_for_you"])
    assert signed.digest() == before
    with signed.open_record() as record:
        (entry,) = record.tray.entries()
    assert (entry.outcome, entry.size, entry.is_kept) == ("not_for_you", foreign.stat().st_size, True)
    decided = signed.record_run("decide", entry.sha256, "--take", "--reason", "…")
    assert (decided.status, decided.document["error"]["code"]) == (1, "not_decidable")
    desk = signed.desk_run("import", *stranger_once.assigned(1), stranger_once.folder / journeys.INVITATION)
    assert (desk.status, desk.outcomes) == (1, ["not_for_you", "unknown_signer"])


def test_recalled_review_is_held_and_the_desk_is_told(signed: Campaign) -> None:
    application = signed.applications[0]
    reason = "发现利害关系"
    said = signed.record_run("recall", "--expert", "E0001", "--application", application, "--reason", reason)
    assert said.status == 0, said.errors
    before = signed.digest()
    held = signed.take_in(signed.folder / FIRST)
    assert (held.status, held.reviews) == (1, [["recalled_assignment"]])
    assert signed.digest() == before
    issued = signed.record_run("issue", "--out", signed.folder / "again", "--expert", "E0001")
    (package,) = issued.document["packages"]
    assert (package["expert"], package["seq"], package["part"]) == ("E0001", 2, "1/1")
    taken = signed.desk_run("import", package["file"])
    assert (taken.status, taken.outcomes) == (0, ["revision"])
    assert states(signed)[application] == "recalled"
    refused = signed.desk_run("revise", application, "--reason", "…")
    assert refused.status == 1
    assert signed.desk_run("check").document["worst"] in {"GOOD", "INFO", "WARN"}


def test_reassigned_review_counts_for_the_new_expert_only(signed: Campaign, tmp_path: Path) -> None:
    application = signed.applications[0]
    signed.record_run("recall", "--expert", "E0003", "--application", application, "--reason", "先行收回")
    said = signed.record_run("reassign", "--from", "E0001", "--to", "E0003", "--application", application)
    (new,) = said.document["assignments"]
    assert (said.status, new["expert"], new["application"]) == (0, "E0003", application)
    issued = signed.record_run("issue", "--out", tmp_path / "again")
    files = {package["expert"]: package["file"] for package in issued.document["packages"]}
    assert set(files) == {"E0001", "E0003"}
    assert signed.take_in(signed.folder / FIRST).reviews == [["recalled_assignment"]]
    assert signed.desk_run("import", files["E0003"], expert=3).status == 0
    assert states(signed, 3)[application] == "undeclared"
    signed.desk_run("declare", application, "--none", expert=3)
    scores = tmp_path / "scores.json"
    scores.write_bytes(journeys.scores(50))
    scored = signed.desk_run("score", application, "--from", scores, expert=3)
    assert (scored.document["review"], scored.document["missing"]) == (new["review"], [])
    assert signed.take_in(signed.seal("three.youpin", application, expert=3)).outcomes == ["new"]
    results = signed.record_run("results", "--application", application).document["applications"][0]
    assert {one["expert"]: one["total"] for one in results["experts"] if one["total"]} == {"E0003": "500.00"}
    signed.digest()


def test_package_from_a_revoked_device_is_held_and_its_successor_goes_on(signed: Campaign, tmp_path: Path) -> None:
    one, two = signed.applications[:2]
    said = signed.record_run("revoke", "--device", "E0001-D1", "--reason", "笔记本丢失")
    assert said.status == 0, said.errors
    before = signed.digest()
    held = signed.take_in(signed.folder / FIRST)
    assert (held.status, held.outcomes, held.reviews) == (1, ["revoked_certificate"], [["revoked_certificate"]])
    assert signed.digest() == before

    successor = signed.folder / "新电脑.desk"
    created = journeys.youpin("desk", "create", successor, "--name", journeys.NAMES[0], "--json")
    assert created.status == 0, created.errors
    request = tmp_path / "request.youpin"
    asked = signed.desk_run(
        "enrol", "--invitation", signed.folder / journeys.INVITATION, "--fingerprint", signed.fingerprint,
        "--out", request, desk=successor,
    )  # fmt: skip
    code = asked.document["code"]
    enrolled = signed.record_run("enrol", request, "--code", code, "--as", "E0001")
    assert [(e["expert"], e["device"], e["code"]) for e in enrolled.document["enrolments"]] == [
        ("E0001", "E0001-D2", code)
    ]
    issued = signed.record_run("issue", "--out", tmp_path / "again", "--expert", "E0001")
    assert [package["device"] for package in issued.document["packages"]] == ["E0001-D2"]
    taken = signed.desk_run("import", *[package["file"] for package in issued.document["packages"]], desk=successor)
    assert taken.status == 0, taken.errors
    signed.desk_run("declare", two, "--none", desk=successor)
    scores = tmp_path / "scores.json"
    scores.write_bytes(journeys.scores(50))
    signed.desk_run("score", two, "--from", scores, desk=successor)
    assert signed.take_in(signed.seal("successor.youpin", two, desk=successor)).outcomes == ["new"]
    sha256 = held.document["packages"][0]["sha256"]
    decided = signed.record_run("decide", sha256, "--take", "--reason", "来电核对了包码")
    assert (decided.status, decided.document["package"]["outcome"]) == (0, "new")
    results = signed.record_run("results").document["applications"]
    mine = {e["total"] for found in results for e in found["experts"] if e["expert"] == "E0001" and e["total"]}
    assert mine == {"750.00", "500.00"}
    assert {found["application"] for found in results} >= {one, two}
    signed.digest()


def test_conflict_declared_after_signing_is_held(signed: Campaign, tmp_path: Path) -> None:
    """Two copies of a desk: one signs, the other declares a conflict."""
    assert signed.take_in(signed.folder / FIRST).status == 0
    other = signed.folder / "copy.desk"
    for ending in ("", ".key", ".head"):
        shutil.copy2(signed.desk(2).with_name(signed.desk(2).name + ending), other.with_name(other.name + ending))
    application = signed.applications[0]
    said = signed.desk_run("declare", application, "--conflict", "employment", "--note", "曾在该单位任职", desk=other)
    assert [one["state"] for one in said.document["reviews"]] == ["recused"], said.errors
    assert signed.take_in(signed.seal("signed.youpin", application, expert=2)).outcomes == ["new"]
    before = signed.digest()
    conflicted = signed.folder / "conflict.youpin"
    done = signed.desk_run("seal", "--declarations", "--out", conflicted, desk=other)
    assert (done.status, done.document["reviews"]) == (0, [])
    held = signed.take_in(conflicted)
    assert (held.status, held.outcomes) == (1, ["conflict_found"])
    assert signed.digest() == before


def test_declarations_alone_are_a_package_of_their_own(ready: Campaign) -> None:
    application = ready.applications[2]
    said = ready.desk_run("declare", application, "--abstain", "--note", "时间冲突", expert=2)
    assert said.document["reviews"][0]["state"] == "abstained"
    done = ready.desk_run("seal", "--declarations", "--out", ready.folder / "small.youpin", expert=2)
    assert (done.status, done.document["reviews"]) == (0, [])
    taken = ready.take_in(ready.folder / "small.youpin")
    assert (taken.status, taken.outcomes, taken.reviews) == (0, ["new"], [[]])
    (found,) = ready.record_run("results", "--application", application).document["applications"]
    status = {one["expert"]: (one["status"], one["total"]) for one in found["experts"]}
    assert status["E0002"] == ("abstained", None)
    assert found["recipes"]["mean"]["total"] is None
    again = ready.take_in(ready.folder / "small.youpin")
    assert again.count() == {"already_imported": 1}


def test_changed_dossier_holds_only_the_reviews_of_that_application(ready: Campaign) -> None:
    first, second = ready.applications[:2]
    both = ready.seal("both.youpin", first, second)
    (ready.folder / "材料" / "1" / "补充.pdf").write_bytes(journeys.stranger_files.pdf(("Late addition",)))
    taken = ready.record_run(
        "intake", "--table", ready.folder / "汇总表.xlsx", "--files", ready.folder / "材料"
    )  # fmt: skip
    assert (taken.status, taken.document["taken"]) == (0, 0), taken.errors
    said = ready.take_in(both)
    assert said.status == 3
    outcomes = {r["application"]: r["outcome"] for r in said.document["packages"][0]["reviews"]}
    assert outcomes == {first: "recalled_assignment", second: "new"}
    assert said.outcomes == ["recalled_assignment"]
    ready.digest()
