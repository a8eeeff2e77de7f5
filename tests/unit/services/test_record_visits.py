"""Teams that visit (Art. 14): formed without conflicts, led by one, and told to everybody's computers."""

from pathlib import Path

import pytest

from app.bootstrap.record import create_record
from app.domain.conflict import Declared
from app.domain.onsite.checklist import Checklist
from app.domain.review import ReviewKind
from app.packages import canonical
from app.paths import resource
from app.services.record_creation import Opener
from app.services.record_errors import (
    ApplicationUnknownHereError,
    ChecklistFileError,
    ConflictKnownError,
    ExpertUnknownError,
)
from app.services.record_teams import team_of
from app.services.record_visits import LeaderUnnamedError
from tests.support.record_world import PASSPHRASE, RecordWorld


def _stored(world: RecordWorld) -> Checklist:
    with world.record._context.store.reading() as work:
        stored = work.visits.checklist()
    assert stored is not None
    return canonical.decode(stored.content, Checklist)


def test_record_keeps_the_checklist_it_was_founded_with(tmp_path: Path) -> None:
    own = resource("data", "onsite-default.yaml").read_text("utf-8")
    file = tmp_path / "检查表 (1).yaml"
    file.write_text(own.replace("version: 0.1", "version: 示例", 1), "utf-8")
    openers = (Opener("秘书处", PASSPHRASE),)
    with create_record(
        tmp_path / "2026.record", "2026", name="示例", openers=openers, checklist=file
    ).workspace as record:
        with record._context.store.reading() as work:
            stored = work.visits.checklist()
        assert stored is not None
        assert canonical.decode(stored.content, Checklist).version.startswith("示例")
        assert record.verification.verify().is_ok


def test_missing_checklist_file_is_said_by_name(tmp_path: Path) -> None:
    openers = (Opener("秘书处", PASSPHRASE),)
    with pytest.raises(ChecklistFileError):
        create_record(tmp_path / "2026.record", "2026", name="示例", openers=openers, checklist=tmp_path / "没有.yaml")
    assert not (tmp_path / "2026.record").exists()


def test_team_has_a_review_for_each_member_and_one_leader(world: RecordWorld) -> None:
    one, two, three = world.enrol(3)
    (application,) = world.apply()
    result = world.record.visits.assign(application, [two.expert, three.expert], leader=one.expert)
    assert len(result.assignments) == 3
    seats = world.record.visits.team(application)
    assert [(seat.expert, seat.is_leader) for seat in seats] == [
        (one.expert, True),
        (two.expert, False),
        (three.expert, False),
    ]
    with world.record._context.store.reading() as work:
        assert {review.kind for review in work.reviews.of_application(application)} == {ReviewKind.ONSITE}
    assert world.record.verification.verify().is_ok


def test_same_expert_is_seated_once_and_leadership_moves(world: RecordWorld) -> None:
    one, two = world.enrol(2)
    (application,) = world.apply()
    world.record.visits.assign(application, [two.expert, two.expert], leader=one.expert)
    result = world.record.visits.assign(application, [one.expert], leader=two.expert)
    assert result.assignments == ()
    assert [seat.is_leader for seat in world.record.visits.team(application)] == [False, True]
    assert world.record.verification.verify().is_ok


def test_team_without_a_leader_is_not_formed(world: RecordWorld) -> None:
    (one,) = world.enrol(1)
    (application,) = world.apply()
    with pytest.raises(LeaderUnnamedError):
        world.record.visits.assign(application, [one.expert])
    assert world.record.visits.team(application) == ()


def test_relation_to_the_applicant_keeps_an_expert_off_the_team(world: RecordWorld) -> None:
    (one,) = world.enrol(1)
    (related,) = world.enrol(1, employer="示例企业1有限公司")
    (application,) = world.apply()
    with pytest.raises(ConflictKnownError):
        world.record.visits.assign(application, [related.expert], leader=one.expert)
    assert world.record.visits.team(application) == ()


def test_strangers_are_refused(world: RecordWorld) -> None:
    (one,) = world.enrol(1)
    (application,) = world.apply()
    with pytest.raises(ExpertUnknownError):
        world.record.visits.assign(application, [], leader="E0099")  # type: ignore[arg-type]
    with pytest.raises(ApplicationUnknownHereError):
        world.record.visits.assign("2026-0099", [], leader=one.expert)  # type: ignore[arg-type]


def test_member_who_recuses_is_out_and_a_leader_who_does_leaves_none(world: RecordWorld) -> None:
    one, two = world.enrol(2)
    (application,) = world.apply()
    world.record.visits.assign(application, [two.expert], leader=one.expert)
    reviews = {seat.expert: seat.review for seat in world.record.visits.team(application)}
    said = two.declaration(application, Declared.CONFLICT, note="示例")
    assert world.take(two.hand_in(declarations=[(reviews[two.expert], said)])) == ["new"]
    assert [seat.is_out for seat in world.record.visits.team(application)] == [False, True]
    checklist = canonical.digest_of(_stored(world))
    with world.record._context.store.reading() as work:
        team = team_of(work, application, checklist=checklist)
    assert team is not None
    assert [member.expert for member in team.members] == [one.expert]
    assert [device.device for device in team.leader.devices] == [one.device]
    said = one.declaration(application, Declared.ABSTAIN, note="示例")
    assert world.take(one.hand_in(declarations=[(reviews[one.expert], said)])) == ["new"]
    with world.record._context.store.reading() as work:
        assert team_of(work, application, checklist=checklist) is None
