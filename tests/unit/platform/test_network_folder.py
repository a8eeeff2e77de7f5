from pathlib import Path

import pytest

from app.platform.network_folder import file_system_of, is_network_folder

TABLE = r"""
23 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
24 23 0:21 / /proc rw - proc proc rw
40 23 0:50 / /mnt/office rw,relatime shared:5 master:1 - nfs4 server:/export rw
41 40 8:1 / /mnt/office/stick rw - vfat /dev/sda1 rw
42 23 0:51 / /mnt/评审\040资料 rw - cifs //server/share rw
43 23 0:52 / /mnt/twice rw - cifs //server/share rw
44 23 8:2 / /mnt/twice rw - ext4 /dev/sdb1 rw
half a line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/示例", "ext4"),
        ("/mnt/office/desk", "nfs4"),
        ("/mnt/officer", "ext4"),
        ("/mnt/office/stick/a", "vfat"),
        ("/mnt/评审 资料/甲", "cifs"),
        ("/mnt/twice", "ext4"),
    ],
)
def test_the_deepest_and_latest_mount_decides(folder: str, kind: str) -> None:
    assert file_system_of(Path(folder), TABLE) == kind


def test_a_folder_of_this_computer_is_not_on_the_network(tmp_path: Path) -> None:
    assert not is_network_folder(tmp_path)
