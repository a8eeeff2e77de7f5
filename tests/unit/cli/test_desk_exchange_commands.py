"""A team's notes from desk to desk, by commands."""

from pathlib import Path

from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import ItemId
from tests.support.exchanging import note, plan
from tests.support.onsite_world import PASSPHRASE, OnSiteWorld, TeamDesk, onsite
from tests.support.visit_photos import picture
from tests.unit.cli.test_desk_commands import Ran, youpin

__all__ = ["onsite"]


def desk(who: TeamDesk, *arguments: object) -> Ran:
    who.close()
    command, *rest = arguments
    names = ("visit", command) if command in {"exchange", "choose", "show", "list"} else (command,)
    return youpin("desk", *names, who.path, *rest, "--json", passphrase=PASSPHRASE)


def test_notes_go_round_by_commands_and_what_differs_is_counted(onsite: OnSiteWorld, tmp_path: Path) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    visit = plan(leader, application)
    note(leader, visit, "示例所见")
    leader.desk.visits.photos.take(visit, [picture(tmp_path / "1.jpg", seed=1)])
    leader.desk.visits.notes.grade(visit, ItemId("A1"), Grade.CONFORM)
    out = tmp_path / "notes.youpin"
    given = desk(leader, "exchange", "--out", out, "--visit", application)
    assert given.status == 0, given.err
    (file,) = given.json["files"]
    assert (file["file"], file["part"], [one["expert"] for one in file["to"]]) == (str(out), "1/1", [member.expert])
    assert [(one["notes"], one["photos"]) for one in file["visits"]] == [(3, 1)]
    again = desk(leader, "exchange", "--out", out)
    assert (again.status, again.json["error"]["code"]) == (1, "file_exists")
    taken = desk(member, "import", out)
    assert taken.status == 0, taken.err
    (package,) = taken.json["packages"]
    assert (package["kind"], package["outcome"], package["from"]) == ("exchange", "new", "组长")
    assert [(one["visit"], one["notes"], one["photos"]) for one in package["visits"]] == [(visit, 3, 1)]
    member.desk.visits.notes.grade(visit, ItemId("A1"), Grade.MINOR)
    folder = tmp_path / "盘"
    folder.mkdir()
    back = desk(member, "exchange", "--out", folder)
    assert back.json["files"][0]["file"].startswith(str(folder / f"{member.expert}-team-"))
    taken = desk(leader, "import", *folder.iterdir())
    assert taken.json["packages"][0]["visits"][0]["differences"] == 1
    assert "1 item is graded differently" in taken.json["packages"][0]["sentence"]


def test_file_of_which_only_a_part_can_be_taken_says_which(onsite: OnSiteWorld, tmp_path: Path) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (first,) = onsite.send_team(leader, member)
    (second,) = onsite.record.apply()
    onsite.record.record.visits.assign(second, [member.expert], leader=leader.expert)
    onsite.deliver()
    leader.declare()
    for code in (first, second):
        plan(leader, code)
    out = tmp_path / "notes.youpin"
    assert desk(leader, "exchange", "--out", out).status == 0
    taken = desk(member, "import", out)
    assert taken.status == 3
    assert second in taken.err
    assert [one["code"][:9] for one in desk(member, "list").json["visits"]] == [first]
    member.declare()
    assert desk(member, "import", out).status == 0
    assert len(desk(member, "list").json["visits"]) == 2
