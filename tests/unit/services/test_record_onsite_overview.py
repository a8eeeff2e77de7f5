"""Sent, returned, in the record, of visits (Art. 14): members come back with their leader, and a visit needs one."""

from app.domain.assigning import AssignmentState
from app.domain.conflict import ConflictKind, Declared
from app.domain.ids import ExpertCode
from app.domain.onsite.returned import SignedBy
from app.domain.results import ExpertStatus, ReturnLine
from app.domain.review import ReviewKind
from app.services.desk_declaring import DeclarationLine
from tests.support.onsite_team import Visiting
from tests.support.onsite_world import PASSPHRASE, OnSiteWorld


def lines(world: OnSiteWorld) -> dict[ExpertCode, ReturnLine]:
    return {one.expert: one for one in world.record.record.returns.overview()}


def test_member_is_back_with_the_leaders_package_and_the_signature_is_told_beside(visiting: Visiting) -> None:
    leader, member = visiting.leader.expert, visiting.member.expert
    visiting.conclude()
    visiting.exchange(visiting.leader, visiting.member)
    assert lines(visiting.world)[member].status is ExpertStatus.MISSING
    assert visiting.take(visiting.hand_in(visiting.leader, is_sealing=True)) == ["new"]
    told = lines(visiting.world)
    assert told[leader].status is ExpertStatus.SEALED
    assert (told[member].status, told[member].signed) == (ExpertStatus.WITH_LEADER, SignedBy.MISSING)
    assert told[member].imported_at == told[leader].imported_at
    visiting.member.desk.visits.cosigning.sign(visiting.visit, passphrase=PASSPHRASE)
    assert visiting.take(visiting.hand_in(visiting.member)) == ["new"]
    assert lines(visiting.world)[member].signed is SignedBy.DIGITAL
    matrix = visiting.world.record.record.assigning.matrix(ReviewKind.ONSITE)
    assert {one.state for one in matrix.cells.values()} == {AssignmentState.RETURNED, AssignmentState.WITH_LEADER}


def test_member_who_joined_after_the_signing_is_still_outside(visiting: Visiting) -> None:
    visiting.conclude()
    assert visiting.take(visiting.hand_in(visiting.leader, is_sealing=True)) == ["new"]
    late = visiting.world.join("后来")
    visiting.world.record.record.visits.assign(visiting.application, [late.expert])
    assert lines(visiting.world)[late.expert].status is ExpertStatus.MISSING


def test_visit_whose_leader_is_out_is_named_until_somebody_else_leads(onsite: OnSiteWorld) -> None:
    leader, member, third = onsite.join("组长"), onsite.join("组员"), onsite.join("第三人")
    record = onsite.record.record
    (application,) = onsite.record.apply()
    record.visits.assign(application, [member.expert], leader=leader.expert)
    onsite.deliver()
    assert record.issuing.without_leader() == ()
    conflict = DeclarationLine(leader.on_site(application).review, Declared.CONFLICT, ConflictKind.EMPLOYMENT, "示例")
    leader.desk.declaring.declare([conflict])
    declared = leader.desk.sealing.seal((), passphrase=PASSPHRASE, out=onsite.next_file("declared"), declarations=True)
    record.importing.import_files([declared.file], receipts=onsite.folder / "receipts")
    out = onsite.folder / "issued again"
    result = record.issuing.issue(out)
    assert (result.packages, result.without_leader) == ((), (application,))
    assert record.issuing.without_leader([member.expert]) == (application,)
    assert record.issuing.without_leader([leader.expert]) == ()
    told = lines(onsite)
    assert told[member.expert].is_leaderless
    assert not told[leader.expert].is_leaderless
    record.visits.assign(application, [], leader=third.expert)
    assert not lines(onsite)[member.expert].is_leaderless
    result = record.issuing.issue(out)
    assert result.without_leader == ()
    assert {one.expert for one in result.packages} >= {third.expert, member.expert}
