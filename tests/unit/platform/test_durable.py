import errno
import os
import sys
from pathlib import Path

import pytest

from app.platform.durable import forget_cached, replace_file, sync_file, sync_folder


def test_files_and_folders_reach_the_medium(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as file:
        file.write(b"made up")
        file.flush()
        sync_file(file.fileno())
        forget_cached(file.fileno())
    sync_folder(tmp_path)
    replace_file(tmp_path / "x", tmp_path / "y")
    assert (tmp_path / "y").read_bytes() == b"made up"
    assert not (tmp_path / "x").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="uses fsync as Linux has it")
@pytest.mark.parametrize(("number", "told"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_a_medium_without_folder_flushes_is_fine_and_a_broken_one_is_not(
    tmp_path: Path, number: int, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, "the medium")

    monkeypatch.setattr(os, "fsync", fail)
    if told:
        with pytest.raises(OSError, match="the medium"):
            sync_folder(tmp_path)
    else:
        sync_folder(tmp_path)
