"""What arrives at the record twice, late, early, forked or lost, told by commands alone."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support import journeys
from tests.support.journey_fixtures import FIRST, LEFT, RIGHT, SECOND
from tests.support.journeys import Campaign


def totals_of(campaign: Campaign, application: str) -> dict[str, str | None]:
    """The total of every expert who has one, as ``record results`` says."""
    said = campaign.record_run("results", "--application", application)
    assert said.status == 0
    (found,) = said.document["applications"]
    return {one["expert"]: one["total"] for one in found["experts"] if one["status"] == "sealed"}


def test_same_package_is_taken_once_however_often_it_comes(signed: Campaign) -> None:
    file = signed.folder / FIRST
    copies = [signed.folder / f"renamed by mail {number}.bin" for number in range(10)]
    first = signed.take_in(file)
    assert (first.status, first.outcomes, first.reviews) == (0, ["new"], [["new"]])
    assert first.count() == {"new": 1}
    digest = signed.digest()
    for copy in copies:
        shutil.copy(file, copy)
    more = signed.take_in(*copies)
    assert (more.status, more.count()) == (0, {"already_imported": 10})
    assert more.reviews == [["already_imported"]] * 10
    assert {one["receipt"] for one in more.document["packages"]} == {first.document["packages"][0]["receipt"]}
    assert signed.digest() == digest


def test_two_processes_at_once_take_a_package_once(signed: Campaign) -> None:
    with signed.open_record() as record:
        before = record.log.entries(limit=1)[0].number
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _number: signed.take_in(signed.folder / FIRST, is_cold=True), range(2)))
    assert [answer.status for answer in answers] == [0, 0]
    assert sorted(answer.outcomes[0] for answer in answers) == ["already_imported", "new"]
    numbers = {answer.document["packages"][0]["receipt"] for answer in answers}
    assert len(numbers) == 1
    with signed.open_record() as record:
        assert record.log.entries(limit=1)[0].number == before + 1
    signed.digest()


@pytest.mark.parametrize("order", ["first first", "second first"])
def test_two_hand_ins_of_an_expert_may_arrive_in_either_order(signed: Campaign, order: str) -> None:
    one, two = signed.applications[:2]
    second = signed.seal("two.youpin", two)  # carries the first review again: nothing is confirmed yet
    files = [signed.folder / FIRST, second]
    if order == "first first":
        answers = [signed.take_in(file) for file in files]
        assert [answer.reviews for answer in answers] == [[["new"]], [["already_imported", "new"]]]
    else:
        answers = [signed.take_in(file) for file in reversed(files)]
        assert [answer.reviews for answer in answers] == [[["new", "new"]], [["already_imported"]]]
    assert [answer.status for answer in answers] == [0, 0]
    assert totals_of(signed, one) == totals_of(signed, two) == {"E0001": "750.00"}
    signed.digest()


def test_revision_before_its_original_is_held_and_then_taken_by_itself(revised: Campaign) -> None:
    application = revised.applications[0]
    before = revised.digest()
    early = revised.take_in(revised.folder / SECOND)
    assert (early.status, early.outcomes, early.reviews) == (1, ["early_revision"], [["early_revision"]])
    assert early.count() == {"early_revision": 1}
    assert early.errors.strip()
    assert revised.digest() == before
    tray = revised.record_run("tray").document["tray"]
    assert [(one["outcome"], one["applications"]) for one in tray] == [("early_revision", [application])]
    base = revised.take_in(revised.folder / FIRST)
    assert (base.status, base.outcomes) == (0, ["new"])
    assert revised.record_run("tray").document["tray"] == []
    assert totals_of(revised, application) == {"E0001": "740.00"}
    again = revised.take_in(revised.folder / SECOND)
    assert (again.status, again.count()) == (0, {"already_imported": 1})
    revised.digest()


def test_lower_revision_never_replaces_a_higher_one(revised: Campaign) -> None:
    both = revised.take_in(revised.folder / SECOND, revised.folder / FIRST)
    assert (both.status, sorted(both.outcomes)) == (0, ["new", "revision"])
    revised.take_in(revised.folder / FIRST)
    assert totals_of(revised, revised.applications[0]) == {"E0001": "740.00"}


def test_fork_from_two_copies_of_a_desk_is_held_for_the_expert(forked_once: Campaign, tmp_path: Path) -> None:
    forked = forked_once.copy_to(tmp_path / "评审")
    application = forked.applications[0]
    assert forked.take_in(forked.folder / FIRST).status == 0
    left = forked.take_in(forked.folder / LEFT)
    assert (left.status, left.reviews) == (0, [["revision"]])
    before = forked.digest()
    right = forked.take_in(forked.folder / RIGHT)
    assert (right.status, right.outcomes, right.reviews) == (1, ["fork"], [["fork"]])
    assert forked.digest() == before
    assert totals_of(forked, application) == {"E0001": "740.00"}
    sha256 = right.document["packages"][0]["sha256"]
    decided = forked.record_run("decide", sha256, "--take", "--reason", "专家来电确认以第二台电脑为准")
    assert (decided.status, decided.document["decision"]) == (0, "taken")
    assert totals_of(forked, application) == {"E0001": "760.00"}
    forked.digest()


@pytest.mark.usefixtures("faketime")
def test_late_package_is_held_until_a_person_takes_it(signed: Campaign) -> None:
    before = signed.digest()
    late = signed.take_in(signed.folder / FIRST, later=timedelta(days=20))
    assert (late.status, late.outcomes, late.reviews) == (1, ["late"], [["late"]])
    assert signed.digest() == before
    sha256 = late.document["packages"][0]["sha256"]
    taken = signed.record_run("decide", sha256[:12], "--take", "--reason", "快递延误，凭回执", later=timedelta(days=20))
    assert (taken.status, taken.document["package"]["outcome"]) == (0, "new")
    assert signed.record_run("tray").document["tray"] == []
    assert totals_of(signed, signed.applications[0]) == {"E0001": "750.00"}
    signed.digest()


@pytest.mark.usefixtures("faketime")
def test_extension_reaches_nobody_and_still_counts(signed: Campaign) -> None:
    until = (journeys.system_clock() + timedelta(days=30)).date().isoformat()
    said = signed.record_run("extend", "--until", until, "--expert", "E0001", "--reason", "大雪封路")
    assert said.status == 0, said.errors
    taken = signed.take_in(signed.folder / FIRST, later=timedelta(days=20))
    assert (taken.status, taken.outcomes) == (0, ["new"])
    other = signed.seal("other.youpin", signed.applications[1], expert=2)
    assert signed.take_in(other, later=timedelta(days=20)).outcomes == ["late"]


@pytest.mark.usefixtures("faketime")
def test_desk_signs_and_hands_in_although_the_deadline_has_passed(signed: Campaign) -> None:
    out = signed.folder / "later.youpin"
    done = signed.desk_run("seal", signed.applications[1], "--out", out, later=timedelta(days=30))
    assert (done.status, done.document["seq"]) == (0, 2)
    assert signed.take_in(out, later=timedelta(days=30)).outcomes == ["late"]


@pytest.mark.usefixtures("faketime")
def test_package_of_an_expired_certificate_is_refused(signed: Campaign) -> None:
    before = signed.digest()
    expired = signed.take_in(signed.folder / FIRST, later=timedelta(days=420))
    assert (expired.status, expired.outcomes) == (1, ["certificate_expired"])
    assert signed.digest() == before
    assert signed.take_in(signed.folder / FIRST).outcomes == ["new"]  # a clerk's wrong clock harms nothing


def test_jump_in_the_order_numbers_is_held(signed: Campaign) -> None:
    first, two = signed.applications[:2]
    near = signed.seal("near.youpin", "--declarations")
    with signed.open_desk() as desk, desk._store.writing() as work:  # as if 52 more packages had been written and lost
        campaign = work.desk.campaigns()[0]
        work.desk.save_campaign(replace(campaign, sent_seq=54))
        work.commit(b"a jump")
    far = signed.seal("far.youpin", two)
    assert signed.take_in(signed.folder / FIRST).outcomes == ["new"]
    before = signed.digest()
    held = signed.take_in(far)
    assert (held.status, held.outcomes, held.document["packages"][0]["seq"]) == (1, ["sequence_jump"], 55)
    assert held.reviews == [["sequence_jump", "sequence_jump"]]
    assert signed.digest() == before
    assert signed.take_in(near).outcomes == ["already_imported"]
    assert signed.take_in(far).outcomes == ["sequence_jump"]  # 53 above the highest
    sha256 = held.document["packages"][0]["sha256"]
    taken = signed.record_run("decide", sha256, "--take", "--reason", "专家说明了原因")
    assert taken.status == 0
    assert [one["outcome"] for one in taken.document["package"]["reviews"]] == ["already_imported", "new"]
    assert totals_of(signed, first) == totals_of(signed, two) == {"E0001": "750.00"}
    with signed.open_record() as record:
        missing = {one.seq for one in record.returns.missing_packages()}
    assert missing == set(range(3, 55))
    signed.digest()


def test_what_is_refused_by_a_person_stays_refused(revised: Campaign) -> None:
    early = revised.take_in(revised.folder / SECOND)
    sha256 = early.document["packages"][0]["sha256"]
    said = revised.record_run("decide", sha256, "--refuse", "--reason", "专家说明发错了")
    assert (said.status, said.document["decision"]) == (0, "refused")
    assert revised.record_run("tray").document["tray"] == []
    (entry,) = revised.record_run("tray", "--all").document["tray"]
    assert (entry["state"], entry["reason"]) == ("refused", "专家说明发错了")
    assert revised.take_in(revised.folder / FIRST).outcomes == ["new"]
    assert totals_of(revised, revised.applications[0]) == {"E0001": "750.00"}
    again = revised.record_run("decide", sha256, "--take", "--reason", "再看")
    assert (again.status, again.document["error"]["code"]) == (1, "tray_entry_settled")


def test_dry_run_uses_the_same_words_and_writes_nothing(revised: Campaign) -> None:
    stored = revised.record.read_bytes()
    said = revised.take_in(revised.folder / SECOND, revised.folder / FIRST, "--dry-run")
    assert (said.status, sorted(said.outcomes)) == (0, ["new", "revision"])
    alone = revised.take_in(revised.folder / SECOND, "--dry-run")
    assert (alone.status, alone.outcomes) == (1, ["early_revision"])
    assert revised.record_run("tray", "--all").document["tray"] == []
    assert revised.record.read_bytes() == stored
    looked = journeys.youpin(
        "package", "inspect", revised.folder / SECOND, "--record", revised.record, "--json", folder=revised.folder
    )
    assert (looked.status, looked.document["outcome"], looked.document["kind"]) == (1, "early_revision", "review")
    assert looked.document["seq"] == 2


def test_some_taken_and_some_not_ends_with_three(signed: Campaign) -> None:
    rubbish = signed.folder / "说明.txt"
    rubbish.write_text("不是包")
    said = signed.take_in(signed.folder / FIRST, rubbish)
    assert (said.status, said.outcomes) == (3, ["new", "not_a_package"])
    assert said.count() == {"new": 1, "not_a_package": 1}
    assert "说明.txt" in said.errors
    again = signed.take_in(signed.folder / FIRST, rubbish)
    assert (again.status, again.count()) == (1, {"already_imported": 1, "not_a_package": 1})


def test_shell_sees_the_same_as_the_tests(signed: Campaign) -> None:
    """The exit status and the words are those of the process, not of a function."""
    done = subprocess.run(
        journeys.command_line("record", "import", signed.record, signed.folder / FIRST),
        env=journeys.variables(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "2026-0001" in done.stdout.decode()
