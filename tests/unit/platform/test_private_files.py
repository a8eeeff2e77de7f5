import os
import stat
import sys
from pathlib import Path

import pytest

from app.platform.private_files import (
    FolderNotPrivateError,
    create_private_file,
    is_private,
    make_private_file,
    make_private_folder,
    refuse_others_by_default,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="mode bits are POSIX")


@pytest.fixture(autouse=True)
def careless_umask() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_every_new_level_of_a_folder_is_closed_and_what_was_there_stays(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private_folder(tmp_path / "评审 资料" / "甲" / "乙")
    assert mode(tmp_path) == 0o755
    assert {mode(tmp_path / "评审 资料"), mode(tmp_path / "评审 资料" / "甲" / "乙")} == {0o700}


def test_a_private_folder_is_private(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "甲")
    make_private_folder(tmp_path / "甲")
    assert is_private(tmp_path / "甲")


@posix
def test_an_open_folder_of_ones_own_is_closed(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o777)
    assert not is_private(tmp_path / "open")
    make_private_folder(tmp_path / "open")
    assert mode(tmp_path / "open") == 0o700


@posix
def test_a_folder_that_stays_open_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "chmod", lambda *_: None)  # a medium without permissions
    (tmp_path / "stick").mkdir(mode=0o777)
    with pytest.raises(FolderNotPrivateError) as problem:
        make_private_folder(tmp_path / "stick")
    assert problem.value.facts == {"folder": "stick"}


@posix
def test_a_new_file_is_private_before_its_first_byte(tmp_path: Path) -> None:
    os.close(create_private_file(tmp_path / "key"))
    assert mode(tmp_path / "key") == 0o600
    with pytest.raises(FileExistsError):
        create_private_file(tmp_path / "key")


@posix
def test_a_new_file_never_follows_a_planted_link(tmp_path: Path) -> None:
    (tmp_path / "key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        create_private_file(tmp_path / "key")
    assert not (tmp_path / "elsewhere").exists()


@posix
def test_an_open_file_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "x").touch(mode=0o666)
    make_private_file(tmp_path / "x")
    assert mode(tmp_path / "x") == 0o600
    assert is_private(tmp_path / "x")


@posix
def test_after_the_first_line_of_start_up_everything_is_created_private(tmp_path: Path) -> None:
    refuse_others_by_default()
    (tmp_path / "x").touch()
    (tmp_path / "y").mkdir()
    assert (mode(tmp_path / "x"), mode(tmp_path / "y")) == (0o600, 0o700)
