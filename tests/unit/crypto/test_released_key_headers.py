"""Every version of the key file that was ever written opens for ever. Files are added here, never changed."""

from pathlib import Path

from app.crypto.recovery_code import OfficeHalf, RecoveryCode
from app.crypto.unlocked_header import unlock
from app.crypto.vault import list_openers, open_vault, opened

FILES = Path(__file__).parents[2] / "fixtures" / "key_header"


def test_a_desk_of_version_1_opens_in_all_three_ways() -> None:
    header = (FILES / "desk-1.key").read_bytes()
    code = RecoveryCode.read("5ZA16-J9QDH-BXGNQ-FA4ZZ-HDVVF-0FAV1-G6BB2-49SYP")
    half = OfficeHalf.read("VVND9-BWTRP-7H66C-03NFY-PH9SR-2VNM9-JCEZJ")
    by_passphrase = open_vault(header, passphrase="made-up 口令 one")
    for way in (by_passphrase, opened(unlock(header, code)), opened(unlock(header, half))):
        key = way.vault.derive("db").hex()
        assert key == "5fb0b61867b2ba8c343a8f951e1ae97b51cd34fc76ede348ff263feebceb4f14"


def test_a_record_of_version_1_opens_in_the_middle_of_a_change_of_its_master_key() -> None:
    header = (FILES / "record-1.key").read_bytes()
    assert list_openers(header) == ("示例甲", "示例乙")
    second = open_vault(header, passphrase="made-up 口令 two")
    assert second.opener == "示例乙"
    assert second.vault.derive("db").hex() == "51f5b80c6ce44bb505d383c8e97e54804b93e45685b10cbb2f490be9c97afbc2"
    assert second.vault.earlier
    earlier = second.vault.earlier.derive("db").hex()
    assert earlier == "cd8c1b02dda319419c3c7511227b15efa34b84f8937ba133102aa957a9b58295"
