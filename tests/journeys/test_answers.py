"""What goes back to the expert: receipts by file and by telephone, and dossiers in parts, in any order."""

from pathlib import Path

import pytest

from tests.support import stranger_files
from tests.support.journey_fixtures import FIRST, SECOND
from tests.support.journeys import Campaign


def state(campaign: Campaign, application: str, expert: int = 1) -> str:
    said = campaign.desk_run("tasks", expert=expert)
    return str(next(task["state"] for task in said.document["tasks"] if task["application"] == application))


def test_receipt_file_confirms_what_was_handed_in(signed: Campaign) -> None:
    application, another = signed.applications[:2]
    assert state(signed, application) == "sent"
    taken = signed.take_in(signed.folder / FIRST, "--receipts", signed.folder / "receipts")
    (receipt,) = taken.document["receipts"]
    said = signed.desk_run("import", receipt)
    assert (said.status, said.outcomes, said.document["packages"][0]["kind"]) == (0, ["new"], "receipt")
    assert state(signed, application) == "confirmed"
    nothing = signed.desk_run("seal", application, "--out", signed.folder / "none.youpin")
    assert (nothing.status, nothing.document["error"]["code"]) == (1, "review_sealed")
    later = signed.desk_run("seal", another, "--out", signed.folder / "later.youpin")
    assert [one["application"] for one in later.document["reviews"]] == [another]  # what is confirmed stays at home
    assert signed.desk_run("import", receipt).outcomes == ["already_imported"]
    assert signed.desk_run("import", receipt, expert=2).outcomes == ["not_for_you"]


def test_eight_digits_read_out_confirm_exactly_one_package(signed: Campaign) -> None:
    application = signed.applications[0]
    number = signed.take_in(signed.folder / FIRST).document["packages"][0]["receipt"]
    assert len(number) == 8
    assert number.isdigit()
    wrong = f"{(int(number) + 1) % 10**8:08}"
    refused = signed.desk_run("receipt", wrong)
    assert (refused.status, refused.document["error"]["code"]) == (1, "receipt_number_unknown")
    assert signed.desk_run("receipt", number, expert=2).status == 1
    said = signed.desk_run("receipt", f"{number[:4]} {number[4:]}")
    assert (said.status, said.document["outcome"], said.document["seq"]) == (0, "new", 1)
    assert state(signed, application) == "confirmed"


def test_receipt_of_something_held_says_so_and_a_later_one_that_it_was_taken(revised: Campaign) -> None:
    application = revised.applications[0]
    held = revised.take_in(revised.folder / SECOND, "--receipts", revised.folder / "first")
    said = revised.desk_run("receipt", held.document["packages"][0]["receipt"])
    assert (said.status, said.document["outcome"]) == (3, "early_revision")
    assert state(revised, application) == "held"
    revised.take_in(revised.folder / FIRST)
    again = revised.take_in(revised.folder / SECOND, "--receipts", revised.folder / "second")
    assert again.document["packages"][0]["receipt"] != held.document["packages"][0]["receipt"]
    assert revised.desk_run("import", *again.document["receipts"]).status == 0
    assert state(revised, application) == "confirmed"


def test_receipts_travel_inside_the_next_assignment(signed: Campaign) -> None:
    one, _two, three = signed.applications
    signed.take_in(signed.folder / FIRST)
    signed.record_run("recall", "--expert", "E0001", "--application", three, "--reason", "另有安排")
    issued = signed.record_run("issue", "--out", signed.folder / "next", "--expert", "E0001")
    assert signed.desk_run("import", *[package["file"] for package in issued.document["packages"]]).status == 0
    assert (state(signed, one), state(signed, three)) == ("confirmed", "recalled")


@pytest.fixture(scope="session")
def parted_once(issued_once: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Expert 1's work was sent again, in parts of at most a megabyte."""
    campaign = issued_once.copy_to(tmp_path_factory.mktemp("parted") / "示例 评审")
    for number in range(1, 4):
        bulk = stranger_files.noise(420_000, seed=number)
        (campaign.folder / "材料" / str(number) / "大图.png").write_bytes(bulk)
    grown = campaign.record_run(
        "intake", "--table", campaign.folder / "汇总表.xlsx", "--files", campaign.folder / "材料"
    )
    assert grown.status == 0, grown.errors
    plan = campaign.record_run("issue", "--out", campaign.folder / "parts", "--max-mb", "1", "--dry-run")
    assert not (campaign.folder / "parts").exists()
    said = campaign.record_run("issue", "--out", campaign.folder / "parts", "--max-mb", "1")
    assert len(plan.document["packages"]) == len(said.document["packages"])
    mine = [one for one in said.document["packages"] if one["expert"] == "E0001"]
    campaign.assignments[campaign.codes[0]] = [str(Path("..") / "parts" / Path(one["file"]).name) for one in mine]
    assert [one["part"] for one in mine] == [f"{number}/{len(mine)}" for number in range(1, len(mine) + 1)]
    assert all(one["bytes"] <= 1_000_000 for one in mine)
    return campaign


@pytest.mark.parametrize("order", ["forward", "backward"])
def test_parts_of_an_assignment_open_in_either_order(parted_once: Campaign, tmp_path: Path, order: str) -> None:
    campaign = parted_once.copy_to(tmp_path / "评审")
    parts = campaign.assigned()
    assert len(parts) >= 2
    arriving = parts if order == "forward" else parts[::-1]
    for file in arriving:
        said = campaign.desk_run("import", file)
        assert (said.status, said.outcomes) == (0, ["new"])
    tasks = campaign.desk_run("tasks").document["tasks"]
    assert [(task["state"], task["missing_parts"]) for task in tasks] == [("undeclared", [])] * 3
    assert all(task["documents_here"] == task["documents"] == 3 for task in tasks)
    assert campaign.desk_run("import", *parts).document["counts"]["already_imported"] == len(parts)
    assert campaign.desk_run("declare", *campaign.applications, "--none").status == 0
    assert campaign.desk_run("check", "--deep").document["worst"] in {"GOOD", "INFO", "WARN"}


def test_missing_part_is_named_until_it_comes(parted_once: Campaign, tmp_path: Path) -> None:
    campaign = parted_once.copy_to(tmp_path / "评审")
    *others, last = campaign.assigned()
    assert campaign.desk_run("import", *others).status == 0
    tasks = campaign.desk_run("tasks").document["tasks"]
    assert {tuple(task["missing_parts"]) for task in tasks} == {(len(others) + 1,)}
    incomplete = [task["application"] for task in tasks if task["documents_here"] < task["documents"]]
    campaign.desk_run("declare", *campaign.applications, "--none")
    tasks = campaign.desk_run("tasks").document["tasks"]
    assert [task["application"] for task in tasks if task["state"] == "part_missing"] == incomplete
    assert campaign.desk_run("import", last).outcomes == ["new"]
    assert {task["state"] for task in campaign.desk_run("tasks").document["tasks"]} == {"unscored"}
