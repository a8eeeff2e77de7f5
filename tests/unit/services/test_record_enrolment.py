import pytest

from app.crypto.recovery_code import OfficeHalf
from app.domain.ids import DeviceCode, ExpertCode
from app.domain.outcome import Outcome
from app.services.incoming_files import InputMissingError
from app.services.record_errors import (
    DeviceRevokedError,
    DeviceUnknownError,
    ExpertUnknownError,
    NoOfficeHalfError,
    OneRequestError,
)
from tests.support.record_world import FakeDesk, RecordWorld


def test_code_is_shown_and_nothing_is_written_before_it_is_confirmed(world: RecordWorld) -> None:
    file = world.file(FakeDesk(world).enrolment("示例专家", employer="示例大学", relations=("示例集团",)))
    before = world.record.verification.digest()
    (request,) = world.record.enrolment.read([file])
    assert (request.name, request.employer, request.relations) == ("示例专家", "示例大学", ("示例集团",))
    assert [len(group) for group in request.code.split()] == [5] * 5
    (line,) = world.record.enrolment.enrol([file]).enrolments
    assert (line.outcome, line.expert) == (None, None)
    assert world.record.verification.digest() == before


def test_confirmed_code_enrols_one_of_several(world: RecordWorld) -> None:
    files = [world.file(FakeDesk(world).enrolment(f"示例专家{n}")) for n in range(3)]
    code = world.record.enrolment.read(files)[1].code
    report = world.record.enrolment.enrol(files, codes_confirmed=[code.replace(" ", "-")])
    assert [line.outcome for line in report.enrolments] == [None, Outcome.NEW, None]
    (expert,) = world.record.roster.experts()
    assert (expert.expert, expert.name) == ("E0001", "示例专家1")
    assert expert.current_device is not None
    assert expert.current_device.has_office_half


def test_a_folder_of_requests_is_enrolled_as_one_batch(world: RecordWorld) -> None:
    for number in range(30):
        world.file(FakeDesk(world).enrolment(f"示例专家{number}"))
    world.file(b"junk", "notes.txt")
    report = world.record.enrolment.enrol([world.folder / "returned"], everything=True, out=world.folder / "out")
    assert [line.outcome for line in report.enrolments].count(Outcome.NEW) == 30
    assert [line.outcome for line in report.enrolments].count(Outcome.NOT_A_PACKAGE) == 1
    assert len(list((world.folder / "out").glob("*.youpin"))) == 30
    assert world.record.verification.verify().is_ok


def test_same_request_again_is_known(world: RecordWorld) -> None:
    desk = FakeDesk(world)
    file = world.file(desk.enrolment("示例专家"))
    world.record.enrolment.enrol([file], everything=True)
    again = world.record.enrolment.enrol([file, world.file(desk.enrolment("示例专家"))], everything=True)
    assert [(line.outcome, line.device) for line in again.enrolments] == [(Outcome.ALREADY_IMPORTED, "E0001-D1")] * 2
    assert not again.changes


def test_new_computer_needs_one_request_and_a_known_expert(world: RecordWorld) -> None:
    files = [world.file(FakeDesk(world).enrolment("示例专家")) for _ in range(2)]
    with pytest.raises(ExpertUnknownError):
        world.record.enrolment.enrol(files[:1], everything=True, as_expert=ExpertCode("E0009"))
    world.enrol()
    with pytest.raises(OneRequestError):
        world.record.enrolment.enrol(files, everything=True, as_expert=ExpertCode("E0001"))


def test_review_package_is_no_request(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    (application,) = world.apply()
    package = desk.hand_in(desk.sealed(world.assign(desk, application)))
    (line,) = world.record.enrolment.enrol([world.file(package)], everything=True).enrolments
    assert line.outcome is Outcome.WRONG_KIND


def test_missing_file_is_named(world: RecordWorld) -> None:
    with pytest.raises(InputMissingError):
        world.record.enrolment.read([world.folder / "nowhere"])


def test_reset_code_is_the_half_that_the_desk_sealed(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    released = world.record.roster.reset_code(desk.expert, reason="核对身份后放行")
    assert OfficeHalf.read(released.code) == desk.office_half
    assert world.record.log.entries(limit=1)[0].facts["reason"] == "核对身份后放行"


def test_reset_code_of_a_revoked_desk_is_not_given_out(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    world.record.roster.revoke(desk.device, reason="遗失")
    with pytest.raises(NoOfficeHalfError):
        world.record.roster.reset_code(desk.expert, reason="示例")
    with pytest.raises(DeviceRevokedError):
        world.record.roster.revoke(desk.device, reason="遗失")
    with pytest.raises(DeviceUnknownError):
        world.record.roster.revoke(DeviceCode("E0009-D1"), reason="遗失")
