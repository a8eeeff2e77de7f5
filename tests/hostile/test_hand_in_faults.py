"""A hand-in with photographs on a full disk, stopped, on a pulled stick: no half file, nothing lost."""

import sys
from pathlib import Path

import pytest

from app.domain.health import Severity
from app.domain.onsite.ids import ItemId
from app.domain.task import TaskState
from app.errors import Cancelled
from app.file_errors import DiskFullError, FolderMissingError
from app.progress import Progress
from app.services.desk_sealing import HandedIn
from tests.support.faults import Pulled, Stopped, room_for
from tests.support.onsite_team import Visiting, visiting
from tests.support.onsite_world import PASSPHRASE, onsite
from tests.support.visit_photos import picture

__all__ = ["onsite", "visiting"]


@pytest.fixture
def signed(visiting: Visiting, tmp_path: Path) -> Visiting:
    """A visit with photographs that is signed and could not be written anywhere yet."""
    leader = visiting.leader
    files = [picture(tmp_path / f"{n}.jpg", seed=n, size=(1600, 1200), quality=100) for n in range(3)]
    for one in leader.desk.visits.photos.take(visiting.visit, files).photos:
        assert one.photo is not None
        leader.desk.visits.photos.bind(visiting.visit, one.photo.sha256, ItemId("A1"))
    visiting.conclude()
    review = leader.on_site(visiting.application).review
    with pytest.raises(FolderMissingError):
        leader.desk.sealing.seal([review], passphrase=PASSPHRASE, out=tmp_path / "没有" / "x.youpin")
    return visiting


def write(visiting: Visiting, stick: Path, progress: Progress | None = None) -> HandedIn:
    out = stick / "交回.youpin"
    return visiting.leader.desk.sealing.seal((), passphrase=PASSPHRASE, out=out, progress=progress)


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_full_stick_and_a_pressed_stop_leave_no_half_file_and_cost_no_number(signed: Visiting, tmp_path: Path) -> None:
    stick = tmp_path / "盘"
    stick.mkdir()
    signed.leader.close()  # folds the log of what was written into the file
    assert signed.leader.desk.sealing.packages() == ()
    with room_for(100_000), pytest.raises(DiskFullError):
        write(signed, stick)
    with pytest.raises(Cancelled):
        write(signed, stick, Stopped())
    assert list(stick.iterdir()) == []
    assert signed.leader.desk.sealing.packages() == ()
    assert signed.leader.on_site(signed.application).state is TaskState.SEALED
    handed_in = write(signed, stick)
    assert (handed_in.seq, handed_in.lost_photos) == (1, ())
    assert signed.take(handed_in) == ["new"]


def test_stick_pulled_before_its_file_has_a_name_may_hold_it_and_so_its_number_is_spent(
    signed: Visiting, tmp_path: Path
) -> None:
    stick = tmp_path / "盘"
    stick.mkdir()
    with pytest.raises(FolderMissingError):
        write(signed, stick, Pulled(stick))
    assert [(one.seq, one.is_exported) for one in signed.leader.desk.sealing.packages()] == [(1, False)]
    assert signed.leader.on_site(signed.application).state is TaskState.SEALED
    stick.mkdir()
    handed_in = write(signed, stick)
    assert handed_in.seq == 2
    assert signed.take(handed_in) == ["new"]
    assert signed.leader.desk.checking.check().worst is not Severity.CRITICAL
