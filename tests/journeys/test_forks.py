"""The same review signed at two computers: the expert sees both side by side, chooses one whole, and signs again."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.journey_fixtures import LEFT, RIGHT
from tests.support.journeys import Campaign

REASON = "以书房电脑上的为准"
EXPERT = "E0001"


@pytest.fixture
def twofold(twofold_once: Campaign, tmp_path: Path) -> Campaign:
    return twofold_once.copy_to(tmp_path / "评审")


def versions(campaign: Campaign, desk: Path) -> list[dict[str, Any]]:
    said = campaign.desk_run("forks", campaign.applications[0], desk=desk)
    assert said.status == 0, said.errors
    found: list[dict[str, Any]] = said.document["forks"][0]["versions"]
    return found


def state(campaign: Campaign, desk: Path) -> str:
    tasks = campaign.desk_run("tasks", desk=desk).document["tasks"]
    return str(next(one["state"] for one in tasks if one["application"] == campaign.applications[0]))


def take_in(campaign: Campaign, *files: str) -> list[Path]:
    """Import *files* and take the receipts to both desks; each desk takes its own and leaves the other's."""
    folder = campaign.folder / f"receipts-{files[-1]}"
    campaign.take_in(*(campaign.folder / name for name in files), "--receipts", folder)
    written = sorted(folder.glob("*.youpin"))
    for desk in (campaign.desk(1), campaign.second_desk):
        campaign.desk_run("import", *written, desk=desk)
    return written


def total(campaign: Campaign) -> str:
    (result,) = campaign.record_run("results", "--application", campaign.applications[0]).document["applications"]
    return str(next(one["total"] for one in result["experts"] if one["expert"] == EXPERT))


def choose(campaign: Campaign, desk: Path, content: str) -> None:
    done = campaign.desk_run("forks", campaign.applications[0], "--choose", content, "--reason", REASON, desk=desk)
    assert (done.status, done.document["state"], done.document["revision"]) == (0, "complete", 2), done.errors


@pytest.mark.parametrize("chooser", ["first desk", "second desk"])
@pytest.mark.parametrize("files", [(LEFT, RIGHT), (RIGHT, LEFT)])
def test_both_orders_end_with_what_the_expert_chose(twofold: Campaign, files: tuple[str, str], chooser: str) -> None:
    desk = twofold.desk(1) if chooser == "first desk" else twofold.second_desk
    take_in(twofold, files[0])
    assert len(take_in(twofold, files[1])) == 2  # the desk that came first hears of it as well
    assert [state(twofold, one) for one in (twofold.desk(1), twofold.second_desk)] == ["forked", "forked"]
    both = versions(twofold, desk)
    assert [one["is_counted"] for one in both] == [True, False]
    assert sorted(one["device"] for one in both) == ["E0001-D1", "E0001-D2"]
    assert len(both[1]["differences"]) == 24
    wanted = next(one["sha256"] for one in both if one["device"] == "E0001-D2")
    choose(twofold, desk, wanted)
    twofold.seal("chosen.youpin", twofold.applications[0], desk=desk)
    chosen = twofold.take_in(twofold.folder / "chosen.youpin")
    assert (chosen.status, chosen.outcomes) == (0, ["revision"])
    assert total(twofold) == "500.00"
    assert twofold.record_run("tray").document["tray"] == []
    (settled,) = twofold.record_run("tray", "--all").document["tray"]
    assert (settled["outcome"], settled["superseded_by"], settled["kept"]) == ("fork", 2, True)
    twofold.digest()


def test_the_other_desk_hears_that_it_is_settled_and_goes_on_from_there(twofold: Campaign) -> None:
    take_in(twofold, LEFT, RIGHT)
    choose(twofold, twofold.second_desk, versions(twofold, twofold.second_desk)[1]["sha256"])
    twofold.seal("chosen.youpin", twofold.applications[0], desk=twofold.second_desk)
    take_in(twofold, "chosen.youpin")
    assert [state(twofold, one) for one in (twofold.desk(1), twofold.second_desk)] == ["confirmed", "confirmed"]
    assert twofold.desk_run("forks").document["forks"] == []
    twofold.desk_run("revise", twofold.applications[0], "--reason", "再看了附件")
    twofold.seal("again.youpin", twofold.applications[0])
    again = twofold.take_in(twofold.folder / "again.youpin")
    assert (again.outcomes, total(twofold)) == (["revision"], "500.00")


def test_a_fork_that_comes_after_its_answer_is_settled_at_once(twofold: Campaign, tmp_path: Path) -> None:
    """The record that hears last has the same to say as the one that heard in order."""
    late = twofold.copy_to(tmp_path / "另一份")
    take_in(twofold, LEFT, RIGHT)
    choose(twofold, twofold.second_desk, versions(twofold, twofold.second_desk)[1]["sha256"])
    chosen = twofold.seal("chosen.youpin", twofold.applications[0], desk=twofold.second_desk)
    answers = [late.take_in(file) for file in (late.folder / LEFT, chosen, late.folder / RIGHT)]
    assert [answer.outcomes for answer in answers] == [["new"], ["revision"], ["fork"]]
    assert late.record_run("tray").document["tray"] == []
    assert total(late) == "500.00"
    late.digest()


def test_the_next_assignment_brings_the_other_version_too(twofold: Campaign) -> None:
    twofold.take_in(twofold.folder / LEFT, twofold.folder / RIGHT)
    again = twofold.record_run("issue", "--out", twofold.folder / "again", "--expert", EXPERT, "--again")
    files = [twofold.folder / "again" / Path(one["file"]).name for one in again.document["packages"]]
    twofold.desk_run("import", *files, desk=twofold.second_desk)
    assert state(twofold, twofold.second_desk) == "forked"


def test_a_choice_needs_a_reason_and_a_version_that_is_there(twofold: Campaign) -> None:
    take_in(twofold, LEFT, RIGHT)
    one = twofold.applications[0]
    content = versions(twofold, twofold.desk(1))[0]["sha256"]
    for wrong in (("--choose", content), ("--choose", "0" * 12, "--reason", REASON), ("--choose", content[:4])):
        refused = twofold.desk_run("forks", one, *wrong)
        assert refused.status == 1
        assert refused.errors.strip()
    assert twofold.desk_run("forks", "--choose", content).status == 2
    assert twofold.desk_run("forks", twofold.applications[1]).status == 1
    assert state(twofold, twofold.desk(1)) == "forked"


def test_giving_the_choice_up_leaves_it_open(twofold: Campaign) -> None:
    take_in(twofold, LEFT, RIGHT)
    choose(twofold, twofold.desk(1), versions(twofold, twofold.desk(1))[1]["sha256"])
    assert twofold.desk_run("forks").document["forks"] == []
    with twofold.open_desk(1) as desk:
        review = desk.tasks.review_of(twofold.applications[0])
        assert len(desk.history.history(review).since.differences) == 24  # type: ignore[union-attr]
        desk.scoring.discard_revision(review)
    assert state(twofold, twofold.desk(1)) == "forked"
