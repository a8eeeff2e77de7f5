"""What waits in the tray is never whole in memory: a hostile expert may send as much as the limit allows."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.packages.writer import PackageFile
from tests.support.figures import show
from tests.support.record_fixtures import world
from tests.support.record_world import RECORD, RecordWorld

__all__ = ["world"]

ROOT = Path(__file__).parents[2]
MIB = 1 << 20
LIMIT = 40 * 1024  # KiB: less than the package itself
SIZE = (200 if os.environ.get("YOUPIN_FULL") == "1" else 48) * MIB


@pytest.mark.skipif(sys.platform == "win32", reason="needs a figure of memory use")
def test_large_package_is_held_and_taken_without_being_in_memory(world: RecordWorld) -> None:
    (desk,) = world.enrol()
    (application,) = world.apply()
    review = world.assign(desk, application)
    photo = world.folder / "photo"
    piece = os.urandom(MIB)
    with photo.open("wb") as target:
        for _number in range(SIZE // MIB):
            target.write(piece)
    extra = [PackageFile.from_path("photos/0001", "image/jpeg", file=photo, application=application)]
    file = world.file(desk.hand_in(desk.sealed(review), seq=90, extra=extra))
    world.record.close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.deciding_child", str(world.folder / RECORD), str(file)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    show(f"held package of {SIZE // MIB} MiB: memory grew by {[kib // 1024 for kib in answer['grown_kib']]} MiB")
    assert answer["outcomes"] == ["sequence_jump", "new"]
    assert max(answer["grown_kib"]) < LIMIT
