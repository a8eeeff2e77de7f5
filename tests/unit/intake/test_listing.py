import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake.limits import IntakeLimits
from app.intake.listing import Folder, list_dossier, list_root
from app.intake.natural import natural_key, shown_name
from tests.support.intake_material import write_files


def dossier(root: Path, **limits: int):
    return list_dossier(Folder(root, root.name), limits=IntakeLimits(**limits))


def test_files_come_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    names = ["10 检验.pdf", "2 执照.pdf", "证照/2.pdf", "证照/1.pdf", "1 申请书.pdf", "A.pdf", "b.pdf"]
    write_files(tmp_path, dict.fromkeys(names, b"x"))
    found = [entry.name for entry in dossier(tmp_path).entries]
    assert found == ["1 申请书.pdf", "2 执照.pdf", "10 检验.pdf", "A.pdf", "b.pdf", "证照/1.pdf", "证照/2.pdf"]


def test_what_systems_leave_behind_is_passed_over_and_told(tmp_path: Path) -> None:
    names = ["Thumbs.db", ".DS_Store", "~$申请书.docx", "desktop.ini", "._执照.pdf", "__MACOSX/1.pdf", ".git/config"]
    write_files(tmp_path, dict.fromkeys([*names, "1.pdf"], b"x"))
    found = dossier(tmp_path)
    assert [entry.name for entry in found.entries] == ["1.pdf"]
    assert {finding.code for finding in found.findings} == {"ignored"}
    assert len(found.findings) == 7


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes in folders exist on POSIX only")
def test_links_and_pipes_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere"
    write_files(secret, {"secret.pdf": b"secret"})
    inside = write_files(tmp_path / "1", {"a.pdf": b"x"})
    (inside / "link.pdf").symlink_to(secret / "secret.pdf")
    (inside / "folder").symlink_to(secret)
    (inside / "loop").symlink_to(inside)
    (inside / "gone.pdf").symlink_to(tmp_path / "nowhere")
    os.mkfifo(inside / "pipe.pdf")
    found = dossier(inside)
    assert [entry.name for entry in found.entries] == ["a.pdf"]
    assert sorted(finding.path for finding in found.findings) == [
        "1/folder", "1/gone.pdf", "1/link.pdf", "1/loop", "1/pipe.pdf",
    ]  # fmt: skip
    assert {finding.code for finding in found.findings} == {"not_a_file"}


def test_folders_nested_too_deeply_are_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/b/c/d.pdf": b"x", "a/1.pdf": b"x"})
    found = dossier(tmp_path, depth=3)
    assert [entry.name for entry in found.entries] == ["a/1.pdf"]
    assert [finding.code for finding in found.findings] == ["over_limit"]


def test_more_files_than_allowed_are_told(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{n}.pdf": b"x" for n in range(6)})
    found = dossier(tmp_path, files_per_dossier=5)
    assert found.entries == ()
    assert [finding.code for finding in found.findings] == ["over_limit"]


def test_a_folder_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert [f.code for f in list_root(tmp_path / "没有").findings] == ["unreadable"]


def test_the_first_floor_has_folders_and_loose_files(tmp_path: Path) -> None:
    write_files(tmp_path, {"2 乙/a.pdf": b"x", "1 甲/a.pdf": b"x", "零散.pdf": b"x", ".hidden/a.pdf": b"x"})
    found = list_root(tmp_path)
    assert [folder.name for folder in found.folders] == ["1 甲", "2 乙"]
    assert [entry.shown for entry in found.loose] == ["零散.pdf"]
    assert [finding.path for finding in found.findings] == [".hidden"]


def test_names_that_are_no_text_can_still_be_shown_and_stored() -> None:
    assert shown_name("a\udcffb\u202ec\n") == "a\ufffdb\ufffdc\ufffd"
    assert shown_name("申请　书 1.pdf") == "申请　书 1.pdf"


@given(st.lists(st.text(max_size=8), max_size=8), st.randoms())
def test_the_order_does_not_depend_on_how_the_system_lists(names: list[str], chance) -> None:
    shuffled = names.copy()
    chance.shuffle(shuffled)
    assert sorted(shuffled, key=natural_key) == sorted(names, key=natural_key)
