"""Members of a team give each other their notes by stick (Art. 14)."""

import secrets
import shutil
from pathlib import Path
from random import Random

import pytest

from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.ids import ItemId, MemberId, VisitId
from app.services.desk_exchange import ExchangeService
from app.services.exchange_errors import (
    ExchangeFolderError,
    NobodyToGiveError,
    NothingToGiveError,
    TeamUnknownError,
)
from app.services.visit_errors import OwnRecordsOnlyError
from app.services.visit_notes import RecordDraft
from tests.support.exchanging import ITEM, give, note, plan, state
from tests.support.onsite_world import PASSPHRASE, OnSiteWorld, TeamDesk
from tests.support.visit_photos import DRAFT, picture

GRADED = ItemId("A1")


@pytest.fixture
def team(onsite: OnSiteWorld) -> tuple[TeamDesk, TeamDesk, VisitId]:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    return leader, member, plan(leader, application)


def test_visit_of_the_leader_appears_on_the_desk_of_a_member_with_its_photos(
    team: tuple[TeamDesk, TeamDesk, VisitId], tmp_path: Path
) -> None:
    leader, member, visit = team
    note(leader, visit, "示例所见")
    leader.desk.visits.photos.take(visit, [picture(tmp_path / f"{n}.jpg", seed=n) for n in (1, 2)])
    assert member.desk.visits.all() == ()
    (taken,) = member.desk.importing.import_files([give(leader)]).packages
    assert (taken.kind, taken.outcome) == ("exchange", "new")
    assert taken.notes is not None
    (came,) = taken.notes.visits
    assert (taken.notes.sender, came.notes, came.photos, came.awaited) == ("组长", 2, 2, 0)
    assert [one.visit for one in member.desk.visits.all()] == [visit]
    assert state(member, visit) == state(leader, visit)
    assert member.desk.visits.sheet(visit).review == member.on_site(came.application).review


def test_what_was_taken_before_is_here_already_and_changes_nothing(team: tuple[TeamDesk, TeamDesk, VisitId]) -> None:
    leader, member, visit = team
    first, again = give(leader), give(leader)
    assert member.take(first, first, again) == ["new", "already_imported", "already_imported"]
    note(leader, visit, "示例所见")
    assert member.take(give(leader)) == ["new"]
    assert member.take(first) == ["already_imported"]


def test_different_grades_are_counted_for_the_meeting(team: tuple[TeamDesk, TeamDesk, VisitId]) -> None:
    leader, member, visit = team
    member.take(give(leader))
    leader.desk.visits.notes.grade(visit, GRADED, Grade.CONFORM)
    member.desk.visits.notes.grade(visit, GRADED, Grade.MINOR)
    (taken,) = leader.desk.importing.import_files([give(member)]).packages
    assert taken.notes is not None
    assert taken.notes.visits[0].differences == 1
    assert [one.item for one in leader.desk.visits.sheet(visit).disagreements] == [GRADED]
    member.take(give(leader))
    assert state(member, visit) == state(leader, visit)


def test_notes_typed_for_a_member_on_paper_keep_their_author(onsite: OnSiteWorld) -> None:
    leader, member, paper = (onsite.join(name) for name in ("组长", "组员", "纸上组员"))
    (device,) = next(one.devices for one in onsite.record.record.roster.experts() if one.expert == paper.expert)
    onsite.record.record.roster.revoke(device.device, reason="示例")
    (application,) = onsite.send_team(leader, member, paper)
    visit = plan(leader, application)
    member.take(give(leader))
    draft = RecordDraft(
        item=ITEM, methods=(Method.RECORD,), seen="示例所见", author=MemberId(paper.expert), paper="据纸质记录录入"
    )
    member.desk.visits.notes.record(visit, draft)
    assert leader.take(give(member)) == ["new"]
    (record,) = leader.desk.visits.sheet(visit).records
    assert (record.author, record.typed_by) == (paper.expert, member.expert)


def test_photos_that_the_others_hold_do_not_travel_again(
    team: tuple[TeamDesk, TeamDesk, VisitId], tmp_path: Path
) -> None:
    leader, member, visit = team
    leader.desk.visits.photos.take(visit, [picture(tmp_path / "1.jpg", seed=1)])
    member.take(give(leader))
    leader.desk.visits.photos.take(visit, [picture(tmp_path / "2.jpg", seed=2)])
    (offer,) = leader.desk.exchange.offers().offers
    assert [(one.photos, one.known) for one in offer.visits] == [(2, 0)]  # nobody has said yet what arrived
    leader.take(give(member))
    (offer,) = leader.desk.exchange.offers().offers
    assert [(one.photos, one.known) for one in offer.visits] == [(1, 1)]
    member.take(give(leader))
    assert state(member, visit) == state(leader, visit)


def test_older_word_of_a_desk_does_not_undo_a_newer_one(
    team: tuple[TeamDesk, TeamDesk, VisitId], tmp_path: Path
) -> None:
    leader, member, visit = team
    member.take(give(leader))
    before = give(member)
    leader.desk.visits.photos.take(visit, [picture(tmp_path / "1.jpg", seed=1)])
    member.take(give(leader))
    leader.take(give(member), before)
    (offer,) = leader.desk.exchange.offers().offers
    assert [(one.photos, one.known) for one in offer.visits] == [(0, 1)]


def test_one_file_carries_every_visit_of_the_same_team_and_no_visit_of_another(onsite: OnSiteWorld) -> None:
    leader, member, other = onsite.join("组长"), onsite.join("组员"), onsite.join("另一组员")
    first, second = onsite.send_team(leader, member, count=2)
    (third,) = onsite.send_team(leader, other)
    visits = [plan(leader, code) for code in (first, second, third)]
    with pytest.raises(ExchangeFolderError):
        give(leader)
    folder = onsite.folder / "盘"
    folder.mkdir()
    written = leader.desk.exchange.give(folder, passphrase=PASSPHRASE).files
    assert sorted(len(one.offer.visits) for one in written) == [1, 2]
    files = [one.file for one in written]
    assert sorted(member.take(*files)) == ["new", "not_for_you"]
    assert sorted(other.take(*files)) == ["new", "not_for_you"]
    assert {one.visit for one in member.desk.visits.all()} == set(visits[:2])
    assert {one.visit for one in other.desk.visits.all()} == set(visits[2:])


def test_many_photos_come_in_several_files_each_whole_in_itself(
    team: tuple[TeamDesk, TeamDesk, VisitId], tmp_path: Path
) -> None:
    leader, member, visit = team
    leader.desk.visits.photos.take(visit, [picture(tmp_path / f"{n}.jpg", seed=n) for n in range(4)])
    service = ExchangeService(leader.desk.exchange._store, leader.desk.exchange._keys, limit=20_000)
    folder = leader.world.folder / "盘"
    folder.mkdir()
    written = service.give(folder, passphrase=PASSPHRASE).files
    assert len(written) > 1
    assert [(one.part, one.parts) for one in written] == [(n, len(written)) for n in range(1, len(written) + 1)]
    (taken,) = member.desk.importing.import_files([written[-1].file]).packages
    assert taken.notes is not None
    assert taken.notes.visits[0].awaited > 0
    assert set(member.take(*(one.file for one in written[:-1]))) == {"new"}
    assert state(member, visit) == state(leader, visit)


def test_notes_before_the_plan_are_kept_and_show_with_it(onsite: OnSiteWorld) -> None:
    leader, one, other = (onsite.join(name) for name in ("组长", "组员一", "组员二"))
    (application,) = onsite.send_team(leader, one, other)
    visit = plan(leader, application)
    from_leader = give(leader)
    one.take(from_leader)
    note(one, visit, "示例所见")
    (taken,) = other.desk.importing.import_files([give(one)]).packages
    assert taken.outcome == "new"
    assert taken.notes is not None
    assert not taken.notes.visits[0].is_planned
    assert other.desk.visits.all() == ()
    assert other.on_site(application).visit is None
    other.take(from_leader)
    assert state(other, visit) == state(one, visit)


def test_undeclared_application_keeps_the_notes_out_until_it_is_declared(onsite: OnSiteWorld) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.record.apply()
    onsite.record.record.visits.assign(application, [member.expert], leader=leader.expert)
    onsite.deliver()
    leader.declare()
    visit = plan(leader, application)
    file = give(leader)
    (refused,) = member.desk.importing.import_files([file]).packages
    assert refused.outcome == "unassigned"
    assert application in refused.sentence
    member.declare()
    assert member.take(file) == ["new"]
    assert [one.visit for one in member.desk.visits.all()] == [visit]


def test_nothing_is_given_without_a_team_or_to_nobody(onsite: OnSiteWorld) -> None:
    leader = onsite.join("组长")
    with pytest.raises(NothingToGiveError):
        give(leader)
    (alone,) = onsite.send_team(leader)
    visit = plan(leader, alone)
    with pytest.raises(NobodyToGiveError):
        give(leader, visit)
    assert [one.error for one in leader.desk.exchange.offers().left_out] == [NobodyToGiveError.code]
    (desk_only,) = onsite.record.apply()
    onsite.record.record.assigning.assign([(leader.expert, desk_only)])
    onsite.deliver()
    leader.declare()
    review = next(one.review for one in leader.desk.tasks.tasks() if one.application == desk_only)
    other = leader.desk.visits.planning.create(review, DRAFT)[0]
    with pytest.raises(TeamUnknownError):
        give(leader, other)


def test_of_a_note_that_copies_of_one_desk_wrote_differently_its_author_chooses_one(
    team: tuple[TeamDesk, TeamDesk, VisitId],
) -> None:
    leader, member, visit = team
    member.take(give(leader))
    member.close()
    copies = [leader.world.folder / name for name in ("副本一", "副本二")]
    for folder, grade in zip(copies, (Grade.CONFORM, Grade.MINOR), strict=True):
        shutil.copytree(member.folder, folder)
        copy = TeamDesk(member.world, member.name, folder, member.expert)
        copy.desk.visits.notes.grade(visit, GRADED, grade)
        leader.take(give(copy))
        copy.close()
    (fork,) = leader.desk.visits.sheet(visit).forks
    assert not fork.is_mine
    one, other = fork.values
    with pytest.raises(OwnRecordsOnlyError):
        leader.desk.visits.merging.choose(visit, fork.kind, entry=fork.id, sha256=one.sha256)
    member.take(give(leader))
    assert [one.is_mine for one in member.desk.visits.sheet(visit).forks] == [True]
    member.desk.visits.merging.choose(visit, fork.kind, entry=fork.id, sha256=other.sha256)
    leader.take(give(member))
    sheet = leader.desk.visits.sheet(visit)
    assert sheet.forks == ()
    label = sheet.checklist.label_of
    assert [label(one.grade) for one in sheet.grades if one.grade is not None] == [other.words]


def test_three_desks_come_to_the_same_state_in_whatever_order_the_files_go_round(
    onsite: OnSiteWorld, tmp_path: Path
) -> None:
    desks = [onsite.join(name) for name in ("组长", "组员一", "组员二")]
    visits = [plan(desks[0], code) for code in onsite.send_team(*desks, count=2)]
    from_leader = give(desks[0])
    for one in desks[1:]:
        one.take(from_leader)
    seed = secrets.randbelow(1000)
    chance, older = Random(seed), [from_leader]
    grades = (Grade.CONFORM, Grade.MINOR, Grade.STRONG)
    for turn in range(3):
        for number, one in enumerate(desks):
            for visit in chance.sample(visits, 1 + turn % 2):
                note(one, visit, f"示例所见 {turn} {number}")
                one.desk.visits.notes.grade(visit, GRADED, chance.choice(grades))
                file = picture(tmp_path / f"{turn} {number} {visit[:4]}.jpg", seed=chance.randrange(10**6))
                one.desk.visits.photos.take(visit, [file])
        files = [give(one) for one in desks]
        for one in desks:
            came = [*files, *chance.sample(older, min(2, len(older)))]
            chance.shuffle(came)
            assert set(one.take(*came)) <= {"new", "already_imported"}, seed
        older += files
        for visit in visits:
            assert len({state(one, visit) for one in desks}) == 1, seed


def test_digital_signature_of_a_member_comes_back_to_the_leader(team: tuple[TeamDesk, TeamDesk, VisitId]) -> None:
    leader, member, visit = team
    for item in leader.desk.visits.sheet(visit).checklist.items:
        leader.desk.visits.notes.grade(visit, item.id, Grade.PASS if item.is_veto else Grade.CONFORM)
    leader.desk.visits.meeting.conclude(visit, opinion="示例意见")
    member.take(give(leader))
    member.desk.visits.cosigning.sign(visit, passphrase=PASSPHRASE)
    assert leader.take(give(member)) == ["new"]
    signed = {line.member: str(line.signed) for line in leader.desk.visits.cosigning.sheet(visit).lines}
    assert signed[member.expert] == "digital"
    assert state(leader, visit) == state(member, visit)
