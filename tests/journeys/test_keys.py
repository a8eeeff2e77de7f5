"""Keys and people: enrolment as a person does it, a forgotten passphrase, a code on paper, openers of a record."""

import time
from pathlib import Path

import pytest

from tests.support import journeys
from tests.support.figures import show
from tests.support.journey_fixtures import FIRST
from tests.support.journeys import Campaign, youpin

NEW = "示例口令 另起一行 九"


def test_enrolment_is_one_page_one_file_out_one_file_in(issued: Campaign, tmp_path: Path) -> None:
    """Timed as a person would: four commands, and nothing to copy but the code."""
    begun = time.monotonic()
    desk, request, page = tmp_path / "新专家.desk", tmp_path / "request.youpin", tmp_path / "page.pdf"
    code_file = tmp_path / "恢复码.txt"
    created = youpin(
        "desk", "create", desk, "--name", "示例专家丁", "--recovery-out", code_file, "--json", is_cold=True
    )
    assert (created.status, created.document["recovery"]) == (0, str(code_file))
    asked = issued.desk_run(
        "enrol", "--invitation", issued.folder / journeys.INVITATION, "--fingerprint", issued.fingerprint,
        "--out", request, "--page", page, "--phone", "13900000009", "--employer", "示例研究院", desk=desk, is_cold=True,
    )  # fmt: skip
    assert asked.status == 0, asked.errors
    code = asked.document["code"]
    assert [len(group) for group in code.split()] == [5] * 5
    assert page.read_bytes().startswith(b"%PDF-")
    shown = issued.record_run("enrol", request, is_cold=True)
    assert [(one["outcome"], one["code"], one["expert"]) for one in shown.document["enrolments"]] == [
        ("unconfirmed", code, None)
    ]
    wrong = issued.record_run("enrol", request, "--code", "12345-12345-12345-12345-12345")
    assert wrong.document["enrolments"][0]["outcome"] == "unconfirmed"
    confirmed = issued.record_run("enrol", request, "--code", code, "--out", tmp_path / "credentials", is_cold=True)
    (line,) = confirmed.document["enrolments"]
    assert (line["outcome"], line["expert"], line["device"]) == ("new", "E0004", "E0004-D1")
    taken = issued.desk_run("import", line["credential"], desk=desk)
    assert (taken.status, taken.document["packages"][0]["kind"], taken.outcomes) == (0, "credential", ["new"])
    show(f"enrolment, from the new desk to the credential: {time.monotonic() - begun:.1f} s of commands")
    again = issued.record_run("enrol", request, "--yes")
    assert again.document["enrolments"][0]["outcome"] == "already_imported"
    listed = issued.record_run("experts").document["experts"]
    assert [one["expert"] for one in listed] == ["E0001", "E0002", "E0003", "E0004"]


def test_wrong_fingerprint_stops_the_enrolment(issued: Campaign, tmp_path: Path, stranger_once: Campaign) -> None:
    desk = tmp_path / "新.desk"
    youpin("desk", "create", desk, "--name", "示例专家戊")
    invitation = stranger_once.folder / journeys.INVITATION
    said = issued.desk_run(
        "enrol", "--invitation", invitation, "--fingerprint", issued.fingerprint, "--out", tmp_path / "r.youpin",
        desk=desk,
    )  # fmt: skip
    assert (said.status, said.document["error"]["code"]) == (1, "fingerprint_differs")
    assert not (tmp_path / "r.youpin").exists()


def test_a_whole_province_is_confirmed_as_one_batch(issued: Campaign, tmp_path: Path) -> None:
    count = 300
    requests = tmp_path / "requests"
    requests.mkdir()
    for number in range(1, count + 1):
        journeys.write_request(issued, requests / f"{number:03}.youpin", name=f"示例专家{number}")
    listed = issued.record_run("enrol", requests)
    assert {one["outcome"] for one in listed.document["enrolments"]} == {"unconfirmed"}
    assert len({one["code"] for one in listed.document["enrolments"]}) == count
    assert len(issued.record_run("experts").document["experts"]) == 3
    begun = time.monotonic()
    alone = issued.record_run("enrol", requests, "--yes", environment={"YOUPIN_SECOND_PASSPHRASE": ""})
    assert (alone.status, alone.document["error"]["code"]) == (1, "second_opener_needed")
    done = issued.record_run("enrol", requests, "--yes")
    took = time.monotonic() - begun
    assert (done.status, {one["outcome"] for one in done.document["enrolments"]}) == (0, {"new"})
    show(f"{count} requests confirmed as one batch in {took:.1f} s")
    assert len({one["expert"] for one in done.document["enrolments"]}) == count
    again = issued.record_run("enrol", requests, "--yes")
    assert {one["outcome"] for one in again.document["enrolments"]} == {"already_imported"}
    assert len(issued.record_run("experts").document["experts"]) == 3 + count


def test_office_resets_a_forgotten_passphrase_with_one_line_and_nothing_is_lost(
    signed: Campaign, tmp_path: Path
) -> None:
    before = signed.desk_run("tasks").document
    released = signed.record_run("reset-code", "--expert", "E0001", "--reason", "回拨登记电话核对身份")
    line = tmp_path / "line.txt"
    line.write_text(released.document["code"] + "\n", encoding="utf-8")
    assert (released.status, released.document["device"], "\n" in released.document["code"]) == (0, "E0001-D1", False)
    other = youpin(
        "desk", "reset", signed.desk(2), "--code-file", line, "--json", environment={"YOUPIN_NEW_PASSPHRASE": NEW}
    )
    assert other.status == 1  # the line opens no other desk
    new = {"YOUPIN_NEW_PASSPHRASE": NEW}
    assert youpin("desk", "reset", signed.desk(), "--code-file", line, "--json", environment=new).status == 0
    forgotten = signed.desk_run("tasks")
    assert (forgotten.status, forgotten.document["error"]["code"]) == (1, "wrong_passphrase")
    known = {"YOUPIN_PASSPHRASE": NEW}
    assert signed.desk_run("tasks", environment=known).document == before
    out = signed.folder / "after.youpin"
    done = signed.desk_run("seal", signed.applications[1], "--out", out, environment=known)
    assert done.status == 0, done.errors
    taken = signed.take_in(signed.folder / FIRST, out, "--receipts", tmp_path / "receipts")
    assert taken.status == 0
    assert signed.desk_run("import", *taken.document["receipts"], environment=known).status == 0
    # The half that was read out is spent: the next one arrived with the hand-in, and only that one is released.
    signed.seal("last.youpin", signed.applications[2], environment=known)
    renewed = signed.record_run("reset-code", "--expert", "E0001", "--reason", "再次核对").document["code"]
    assert renewed != released.document["code"]
    spent = youpin("desk", "reset", signed.desk(), "--code-file", line, "--json", environment=new)
    assert spent.status == 1
    line.write_text(renewed)
    assert youpin("desk", "reset", signed.desk(), "--code-file", line, "--json", environment=new).status == 0
    health = signed.desk_run("check", environment=known).document
    assert health["worst"] in {"GOOD", "INFO", "WARN"}, health


def test_recovery_code_opens_the_desk_and_nothing_is_lost(ready: Campaign, tmp_path: Path) -> None:
    before = ready.desk_run("tasks").document
    code = tmp_path / "code.txt"
    code.write_text(ready.recovery_codes[0])
    new = {"YOUPIN_NEW_PASSPHRASE": NEW}
    mistyped = tmp_path / "mistyped.txt"
    mistyped.write_text(ready.recovery_codes[0][:-1])
    refused = youpin("desk", "reset", ready.desk(), "--recovery", "--code-file", mistyped, "--json", environment=new)
    assert refused.status == 1
    said = youpin("desk", "reset", ready.desk(), "--recovery", "--code-file", code, "--json", environment=new)
    assert said.status == 0, said.errors
    assert ready.desk_run("tasks").status == 1
    assert ready.desk_run("tasks", environment={"YOUPIN_PASSPHRASE": NEW}).document == before
    changed = {"YOUPIN_PASSPHRASE": NEW, "YOUPIN_NEW_PASSPHRASE": journeys.PASSPHRASE}
    assert ready.desk_run("passphrase", environment=changed).status == 0
    assert ready.desk_run("tasks").document == before


def test_openers_come_and_go_by_name(issued: Campaign) -> None:
    assert issued.record_run("opener", "list").document["openers"] == list(journeys.OPENERS)
    added = issued.record_run("opener", "add", "秘书丙", environment={"YOUPIN_NEW_PASSPHRASE": NEW})
    assert added.document["openers"] == [*journeys.OPENERS, "秘书丙"]
    third = {"YOUPIN_PASSPHRASE": NEW}
    assert issued.record_run("experts", environment=third).status == 0
    assert issued.record_run("experts", "--opener", "秘书甲", environment=third).status == 1
    second = {"YOUPIN_PASSPHRASE": journeys.SECOND_PASSPHRASE}
    removed = issued.record_run("opener", "remove", "秘书甲", environment=second)
    assert removed.document["openers"] == ["秘书乙", "秘书丙"]
    gone = issued.record_run("experts")
    assert (gone.status, gone.document["error"]["code"]) == (1, "wrong_passphrase")
    with pytest.raises(AssertionError):
        issued.digest()
    assert issued.record_run("verify", environment=third).document["ok"] is True
