"""Several writers on one record: no entry twice, one chain, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor

from app.bootstrap.record import open_record
from app.domain.ids import ApplicationCode
from app.domain.outcome import Outcome
from tests.support.record_world import PASSPHRASE, RecordWorld


def prepared(world: RecordWorld, applications: int) -> list[bytes]:
    desks = world.enrol(2)
    reviews = [(desk, world.assign(desk, code)) for code in world.apply(applications) for desk in desks]
    return [desk.hand_in(desk.sealed(review)) for desk, review in reviews]


def test_two_importers_enter_each_package_once(any_world: RecordWorld) -> None:
    files = [any_world.file(package) for package in prepared(any_world, 5)]
    before = any_world.record.log.entries(limit=1)[0].number
    importers = [open_record(any_world.record.location, PASSPHRASE, clock=any_world.clock) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda record: record.importing.import_files(files), importers)
    for record in importers:
        record.close()
    assert one.counts[Outcome.NEW] + other.counts[Outcome.NEW] == len(files)
    assert one.counts[Outcome.ALREADY_IMPORTED] + other.counts[Outcome.ALREADY_IMPORTED] == len(files)
    assert any_world.record.log.entries(limit=1)[0].number == before + len(files)
    assert any_world.record.verification.verify().is_ok


def test_eight_importers_share_a_server(server_world: RecordWorld) -> None:
    packages = prepared(server_world, 8)
    files = [server_world.file(package) for package in packages]
    service = server_world.record.importing
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda start: service.import_files([*files[start:], *files[:start]]), range(8)))
    assert sum(report.counts[Outcome.NEW] for report in reports) == len(files)
    assert server_world.record.verification.verify().is_ok


def test_eight_threads_read_and_write_through_one_workspace(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    applications = world.apply(8)

    def work(place: int) -> int:
        world.record.assigning.assign([(desk.expert, applications[place])])
        return sum(len(world.record.assigning.matrix().cells) > 0 for _ in range(10))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == [10] * 8
    assert len(world.record.assigning.matrix().cells) == 8
    assert world.record._context.store.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_reader_is_not_moved_by_what_others_write(any_world: RecordWorld) -> None:
    store = any_world.record._context.store
    with store.reading() as work:
        assert work.applications.entries() == ()
        any_world.apply(2)
        assert work.applications.entries() == ()
    assert len(any_world.record.applications.list()) == 2


def test_work_that_was_not_committed_never_happened(any_world: RecordWorld) -> None:
    store = any_world.record._context.store
    before = any_world.record.verification.digest()
    with store.writing() as work:
        work.files.make_key(ApplicationCode("2026-0009"))
        work.log.add(b"{}")
    assert any_world.record.verification.digest() == before
