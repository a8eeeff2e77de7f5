from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from app.crypto import sealing
from app.domain.application import ApplicationState
from app.domain.assigning import AssignmentState
from app.domain.ids import ExpertCode
from app.packages import canonical, payloads
from app.packages.description import PackageKind
from app.packages.payloads import AssignmentPayload, PartPayload, document_path
from app.packages.reader import ReadingContext, VerifiedPackage, read_small
from app.services.record_context import load_keys
from app.services.record_errors import (
    AlreadyAssignedError,
    ApplicationUnknownHereError,
    DeadlinePassedError,
    DocumentTooLargeError,
    ExpertUnknownError,
    NobodyToAssignError,
    NoDeviceError,
    NotAssignedError,
    ReasonMissingError,
)
from tests.support.record_world import FakeDesk, RecordWorld


def opened(world: RecordWorld, desk: FakeDesk, file: Path) -> VerifiedPackage:
    with world.record._context.store.reading() as work:
        trust = load_keys(work).trust
    reading = ReadingContext(
        at=world.clock(), kinds=frozenset({PackageKind.ASSIGNMENT, PackageKind.CREDENTIAL}),
        identities=(desk.identity,), trust=trust,
    )  # fmt: skip
    return read_small(file.read_bytes(), reading)


def assignment(package: VerifiedPackage) -> AssignmentPayload:
    return canonical.decode(package.content(payloads.ASSIGNMENT), AssignmentPayload)


@pytest.fixture
def issued(world: RecordWorld) -> tuple[FakeDesk, Path]:
    """An expert with two applications, and the folder they were issued into."""
    (desk,) = world.enrol()
    for application in world.apply(2):
        world.assign(desk, application)
    world.record.issuing.issue(world.folder / "out")
    return desk, world.folder / "out"


def test_one_sealed_file_holds_everything_the_expert_needs(world: RecordWorld, issued: tuple[FakeDesk, Path]) -> None:
    desk, out = issued
    (file,) = out.glob("*.youpin")
    package = opened(world, desk, file)
    payload = assignment(package)
    assert [review.face.application for review in payload.reviews] == ["2026-0001", "2026-0002"]
    assert package.description.seq == 1
    assert package.description.not_after == payload.deadline + timedelta(days=60)
    for review in payload.reviews:
        data = package.content(document_path(review.face.application, 1))
        assert canonical.sha256(data) == review.documents[0].sha256
    assert canonical.sha256(package.content(payloads.RUBRIC)) == payload.rubric_sha256
    states = {entry.state for entry in world.record.applications.list()}
    assert states == {ApplicationState.QUAL_SCORING}


def test_nobody_else_can_open_it(world: RecordWorld, issued: tuple[FakeDesk, Path]) -> None:
    (file,) = issued[1].glob("*.youpin")
    with pytest.raises(sealing.SealRefusedError):
        sealing.unseal(file.read_bytes(), [sealing.create_identity()])


def test_deadline_is_midnight_in_beijing_fourteen_days_later(world: RecordWorld, issued: tuple[FakeDesk, Path]) -> None:
    (file,) = issued[1].glob("*.youpin")
    payload = assignment(opened(world, issued[0], file))
    assert payload.deadline.isoformat() == "2026-12-07T16:00:00+00:00"


def test_second_issue_sends_only_what_is_new(world: RecordWorld, issued: tuple[FakeDesk, Path]) -> None:
    desk, out = issued
    assert world.record.issuing.issue(out).packages == ()
    first = world.record.issuing.plan(is_again=True)
    assert first[0].applications == ("2026-0001", "2026-0002")
    (application,) = world.apply()
    world.assign(desk, application)
    (package,) = world.record.issuing.issue(out).packages
    assert package.applications == (application,)
    read = opened(world, desk, package.file)
    assert read.description.seq == 2
    previous = next(file for file in out.glob("*.youpin") if file != package.file)
    assert read.description.prev_sha256 == opened(world, desk, previous).inner_sha256
    log = read.description.log
    assert log is not None
    assert log.last is not None
    assert log.last.index < log.index


def test_recall_travels_with_the_next_package(world: RecordWorld, issued: tuple[FakeDesk, Path]) -> None:
    desk, out = issued
    world.record.assigning.recall(desk.expert, world.record.applications.list()[0].application, reason="发现回避情形")
    (package,) = world.record.issuing.issue(out).packages
    (recall,) = assignment(opened(world, desk, package.file)).recalls
    assert (recall.application, recall.reason) == ("2026-0001", "发现回避情形")
    assert world.record.issuing.issue(out).packages == ()


def test_new_computer_gets_everything_and_supersedes_the_old_packages(
    world: RecordWorld, issued: tuple[FakeDesk, Path]
) -> None:
    desk, out = issued
    world.record.roster.revoke(desk.device, reason="电脑遗失")
    with pytest.raises(NoDeviceError):
        world.record.issuing.issue(out, [desk.expert])
    assert world.record.issuing.issue(out).without_device == (desk.expert,)
    fresh = FakeDesk(world)
    report = world.record.enrolment.enrol(
        [world.file(fresh.enrolment("示例专家1"))], everything=True, as_expert=desk.expert
    )
    assert report.enrolments[0].device == "E0001-D2"
    world.credit(fresh, desk.expert, report.enrolments[0].device)
    old_id = opened(world, desk, next(out.glob("*.youpin"))).description.package_id
    (package,) = world.record.issuing.issue(out).packages
    read = opened(world, fresh, package.file)
    assert read.description.supersedes == (old_id,)
    assert len(assignment(read).reviews) == 2
    assert read.description.crl_number == 2


def test_parts_open_alone_and_hold_whole_dossiers(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    for application in world.apply(3, size=700_000):
        world.assign(desk, application)
    plan = world.record.issuing.plan(max_mb=1)
    assert [(one.part, one.parts) for one in plan] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    result = world.record.issuing.issue(world.folder / "out", max_mb=1)
    assert [package.part for package in result.packages] == ["1/4", "2/4", "3/4", "4/4"]
    assert all(package.bytes <= 1_000_000 for package in result.packages)
    for number, package in enumerate(result.packages, start=1):
        part = canonical.decode(opened(world, desk, package.file).content(payloads.PART), PartPayload)
        assert (part.number, part.of, len(part.documents)) == (number, 4, 0 if number == 1 else 1)


def test_document_larger_than_a_part_is_named(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    (application,) = world.apply(size=1_200_000)
    world.assign(desk, application)
    with pytest.raises(DocumentTooLargeError):
        world.record.issuing.issue(world.folder / "out", max_mb=1)


def test_hand_out_list_names_person_file_and_words(world: RecordWorld, issued: tuple[FakeDesk, Path]) -> None:
    sheet = openpyxl.load_workbook(issued[1] / "hand-out.xlsx").worksheets[0]
    row = [cell.value for cell in sheet[2]]
    (file,) = issued[1].glob("*.youpin")
    assert row[:4] == ["示例专家1", "13800000000", file.name, "1/1"]
    assert file.name in str(row[7])


def test_matrix_shows_how_far_each_assignment_is(world: RecordWorld, issued: tuple[FakeDesk, Path]) -> None:
    desk, _out = issued
    (cell, _other) = world.record.assigning.matrix().cells.values()
    assert cell.state is AssignmentState.ISSUED
    world.take(desk.hand_in(desk.sealed(cell.review)))
    assert world.record.assigning.matrix().cells["2026-0001", desk.expert].state is AssignmentState.RETURNED
    (line, _) = world.record.returns.overview()
    assert line.sent_at is not None
    assert line.revision == 1


def test_panels_are_full_and_loads_even(world: RecordWorld) -> None:
    world.enrol(6)
    world.apply(9)
    proposal = world.record.assigning.propose(panel=3, seed=1)
    assert len(proposal.pairs) == 27
    assert proposal.short == ()
    assert max(proposal.loads.values()) - min(proposal.loads.values()) <= 1
    assert world.record.assigning.propose(panel=3, seed=1).pairs == proposal.pairs
    assert world.record.assigning.propose(panel=3, seed=2).pairs != proposal.pairs


def test_panel_without_enough_experts_is_left_short(world: RecordWorld) -> None:
    world.enrol(2)
    world.apply(2)
    result = world.record.assigning.assign_automatically(panel=3)
    assert len(result.assignments) == 4
    assert world.record.assigning.short_panels(panel=3) == (("2026-0001", 1), ("2026-0002", 1))


def test_known_conflicts_are_avoided_by_the_solver(world: RecordWorld) -> None:
    world.enrol(2)
    (tied,) = world.enrol(employer="示例企业1有限公司")
    world.apply(1)
    pairs = world.record.assigning.assign_automatically(panel=3).assignments
    assert tied.expert not in {pair.expert for pair in pairs}
    assert world.record.assigning.matrix().conflicts.keys() == {("2026-0001", tied.expert)}


def test_reassigning_moves_what_has_not_come_back(world: RecordWorld) -> None:
    first, second = world.enrol(2)
    applications = world.apply(2)
    reviews = [world.assign(first, application) for application in applications]
    world.take(first.hand_in(first.sealed(reviews[0])))
    result = world.record.assigning.reassign(first.expert, second.expert)
    assert [pair.application for pair in result.assignments] == [applications[1]]
    assert world.take(first.hand_in(first.sealed(reviews[1]))) == ["recalled_assignment"]


def test_impossible_acts_are_refused_in_words(world: RecordWorld) -> None:
    assigning = world.record.assigning
    with pytest.raises(NobodyToAssignError):
        assigning.propose()
    (desk,) = world.enrol()
    (application,) = world.apply()
    with pytest.raises(ExpertUnknownError):
        assigning.assign([(ExpertCode("E0099"), application)])
    with pytest.raises(ApplicationUnknownHereError):
        assigning.assign([(desk.expert, "2026-0099")])  # type: ignore[list-item]
    world.assign(desk, application)
    with pytest.raises(AlreadyAssignedError):
        world.assign(desk, application)
    with pytest.raises(ReasonMissingError):
        assigning.recall(desk.expert, application, reason="  ")
    with pytest.raises(NotAssignedError):
        assigning.recall(ExpertCode("E0099"), application, reason="示例")
    with pytest.raises(DeadlinePassedError):
        world.record.issuing.issue(world.folder / "out", deadline=date(2020, 1, 1))
    with pytest.raises(DeadlinePassedError):
        world.record.issuing.extend(date(2020, 1, 1), reason="示例")
