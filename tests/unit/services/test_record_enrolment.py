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
    SecondOpenerNeededError,
    SecondOpenerWrongError,
)
from app.services.record_openers import SecondOpener
from tests.support.record_world import PASSPHRASE, FakeDesk, RecordWorld


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


SECOND = "另外 四个 好记 词语"


@pytest.fixture
def world_of_two(world: RecordWorld) -> RecordWorld:
    """Two people can open the record; the first has it open."""
    world.record.openers.add("李示例", SECOND, own_passphrase=PASSPHRASE)
    return world


@pytest.mark.parametrize(
    "second", [None, SecondOpener(PASSPHRASE), SecondOpener("falsch"), SecondOpener(SECOND, "王示例")]
)
def test_nobody_enrols_alone_where_two_open_the_record(world_of_two: RecordWorld, second: SecondOpener | None) -> None:
    file, service = world_of_two.file(FakeDesk(world_of_two).enrolment("示例专家")), world_of_two.record.enrolment
    before = world_of_two.record.verification.digest()
    with pytest.raises(SecondOpenerNeededError if second is None else SecondOpenerWrongError):
        service.enrol([file], everything=True, second=second)
    assert world_of_two.record.roster.experts() == ()
    assert world_of_two.record.verification.digest() == before


@pytest.mark.parametrize("name", [None, "李示例"])
def test_a_second_person_confirms_a_batch_once_and_the_log_names_both(
    world_of_two: RecordWorld, name: str | None
) -> None:
    world = world_of_two
    files = [world.file(FakeDesk(world).enrolment(f"示例专家{number}")) for number in range(3)]
    report = world.record.enrolment.enrol(files, everything=True, second=SecondOpener(SECOND, name))
    assert [line.outcome for line in report.enrolments] == [Outcome.NEW] * 3
    entries = world.record.log.entries(limit=3)
    assert {(entry.by, entry.facts["confirmed_by"]) for entry in entries} == {("王示例", "李示例")}
    assert all("李示例" in entry.sentence for entry in entries)
    assert world.record.verification.verify().is_ok


def test_reading_and_what_is_known_take_nobody_else(world_of_two: RecordWorld) -> None:
    world = world_of_two
    file = world.file(FakeDesk(world).enrolment("示例专家"))
    assert world.record.enrolment.enrol([file]).enrolments[0].outcome is None
    world.record.enrolment.enrol([file], everything=True, second=SecondOpener(SECOND))
    (again,) = world.record.enrolment.enrol([file], everything=True).enrolments
    assert again.outcome is Outcome.ALREADY_IMPORTED


def test_a_new_computer_takes_two_as_well(world_of_two: RecordWorld) -> None:
    world = world_of_two
    first, other = (world.file(FakeDesk(world).enrolment("示例专家")) for _number in range(2))
    world.record.enrolment.enrol([first], everything=True, second=SecondOpener(SECOND))
    with pytest.raises(SecondOpenerNeededError):
        world.record.enrolment.enrol([other], everything=True, as_expert=ExpertCode("E0001"))


def test_one_opener_alone_is_enough_and_the_log_says_so(world: RecordWorld) -> None:
    file = world.file(FakeDesk(world).enrolment("示例专家"))
    world.record.enrolment.enrol([file], everything=True, second=SecondOpener("whatever"))
    (entry,) = world.record.log.entries(limit=1)
    assert (entry.by, entry.facts["confirmed_by"]) == ("王示例", None)


def test_a_second_passphrase_is_never_shown() -> None:
    assert SECOND not in repr(SecondOpener(SECOND))
