import pickle

import pytest

from app.crypto.derivation import LOWEST_COST
from app.crypto.key_slots import DeviceSecret
from app.crypto.recovery_code import OfficeHalf, RecoveryCode
from app.crypto.unlocked_header import OpenedWith, unlock
from app.crypto.vault import Vault, WorkspaceKind, list_openers, open_vault, opened
from app.crypto.vault_errors import (
    OpenerNameError,
    OpenerUnknownError,
    RecordNotBindableError,
    RecoveryCodeWrongError,
    ResetCodeWrongError,
    WrongPassphraseError,
    WrongWorkspaceKindError,
)
from tests.support.vaults import DESK_PASSPHRASE, OPENERS, desk_vault, record_vault


def test_a_desk_opens_with_its_passphrase_its_recovery_code_and_the_office() -> None:
    desk = desk_vault()
    assert desk.recovery_code
    assert desk.office_half_b
    by_passphrase = open_vault(desk.header_bytes, passphrase=DESK_PASSPHRASE)
    by_paper = opened(unlock(desk.header_bytes, RecoveryCode.read(desk.recovery_code.text())))
    by_office = opened(unlock(desk.header_bytes, OfficeHalf.read(desk.office_half_b.text())))
    assert [way.opened_with for way in (by_passphrase, by_paper, by_office)] == list(OpenedWith)
    keys = {way.vault.database_key() for way in (by_passphrase, by_paper, by_office)}
    assert keys == {desk.vault.database_key()}


@pytest.mark.parametrize("typed", ["示例 口令 cafe", " 示例 口令 café", "", "x" * 2000, "示例 口令 café "])
def test_a_wrong_passphrase_says_so_and_nothing_more(typed: str, english: None) -> None:
    with pytest.raises(WrongPassphraseError) as problem:
        open_vault(desk_vault().header_bytes, passphrase=typed)
    assert problem.value.sentence() == "Wrong passphrase."
    assert not str(problem.value)


def test_a_code_of_another_desk_opens_nothing() -> None:
    with pytest.raises(RecoveryCodeWrongError):
        unlock(desk_vault().header_bytes, RecoveryCode.new())
    with pytest.raises(ResetCodeWrongError):
        unlock(desk_vault().header_bytes, OfficeHalf.new())


def test_opening_a_record_tells_who_opened_it() -> None:
    header = record_vault().to_bytes()
    assert list_openers(header) == tuple(OPENERS)
    for name, passphrase in OPENERS.items():
        assert open_vault(header, passphrase=passphrase).opener == name
    assert open_vault(header, passphrase=OPENERS["示例乙"], opener="示例乙").opener == "示例乙"


def test_a_passphrase_opens_only_under_its_own_name() -> None:
    header = record_vault().to_bytes()
    with pytest.raises(WrongPassphraseError):
        open_vault(header, passphrase=OPENERS["示例乙"], opener="示例甲")
    with pytest.raises(OpenerUnknownError) as problem:
        open_vault(header, passphrase=OPENERS["示例乙"], opener="示例丙")
    assert problem.value.facts == {"name": "示例丙"}


def test_a_record_has_no_code_on_paper_and_no_office_slot() -> None:
    header = record_vault().to_bytes()
    for secret, error in ((RecoveryCode.new(), RecoveryCodeWrongError), (OfficeHalf.new(), ResetCodeWrongError)):
        with pytest.raises(error):
            unlock(header, secret)


def test_the_key_of_another_kind_of_workspace_is_refused_by_name() -> None:
    with pytest.raises(WrongWorkspaceKindError):
        open_vault(desk_vault().header_bytes, passphrase=DESK_PASSPHRASE, kind=WorkspaceKind.RECORD)


def test_the_database_key_is_32_bytes_and_a_salt_of_16() -> None:
    key = desk_vault().vault.database_key()
    assert (len(key.key), len(key.salt)) == (32, 16)
    assert key.pragma_value() == f"x'{key.key.hex()}{key.salt.hex()}'"
    assert len(key.pragma_value()) == 96 + 3


def test_every_label_and_every_vault_gives_another_key() -> None:
    vaults = (desk_vault().vault, Vault.of(record_vault()))
    keys = {vault.derive(label) for vault in vaults for label in ("backup", "headlog", "columns", "db")}
    assert len(keys) == 8
    assert vaults[0].derive("backup") == vaults[0].derive("backup", 32)


def test_no_key_is_shown_by_repr_or_leaves_the_process() -> None:
    desk = desk_vault()
    assert desk.recovery_code
    key = desk.vault.database_key()
    shown = repr(desk) + repr(key) + repr(desk.vault) + repr(desk.unlocked)
    for secret in (desk.unlocked._master, desk.vault._key, desk.recovery_code.value, key.key):
        assert secret.hex() not in shown
        assert repr(secret)[2:-1] not in shown
    for value in (desk.vault, desk.unlocked):
        with pytest.raises(TypeError):
            pickle.dumps(value)


def test_a_vault_knows_its_own_key_file() -> None:
    desk = desk_vault()
    assert desk.vault.owns(desk.header_bytes)
    assert desk.vault.owns(desk.unlocked.with_new_recovery_code()[0].to_bytes())
    assert not desk.vault.owns(record_vault().to_bytes())
    assert not desk.vault.owns(desk.header_bytes[:-1] + b"\0")


def test_the_cipher_of_the_columns_is_the_vaults() -> None:
    desk = desk_vault()
    sealed = desk.vault.columns().encrypt(b"made-up reason", context=b"here")
    again = open_vault(desk.header_bytes, passphrase=DESK_PASSPHRASE).vault
    assert again.columns().decrypt(sealed, context=b"here") == b"made-up reason"


def test_a_record_needs_a_name_and_a_desk_has_none() -> None:
    with pytest.raises(ValueError, match="names"):
        Vault.create(kind=WorkspaceKind.RECORD, passphrase="made up", cost=LOWEST_COST)
    with pytest.raises(ValueError, match="names"):
        Vault.create(kind=WorkspaceKind.DESK, passphrase="made up", opener="示例甲", cost=LOWEST_COST)


@pytest.mark.parametrize("name", ["", " 示例", "示例 ", "x" * 41, "a\nb", "a\u202eb", "\u200b"])
def test_an_opener_has_a_visible_name(name: str) -> None:
    with pytest.raises(OpenerNameError):
        Vault.create(kind=WorkspaceKind.RECORD, passphrase="made up", opener=name, cost=LOWEST_COST)


def test_a_record_is_never_bound_to_one_computer() -> None:
    secret = DeviceSecret("Secret Service", bytes(32))
    with pytest.raises(RecordNotBindableError):
        Vault.create(
            kind=WorkspaceKind.RECORD, passphrase="made up", opener="示例甲", device_secret=secret, cost=LOWEST_COST
        )
    with pytest.raises(RecordNotBindableError):
        record_vault().with_passphrase("made up", cost=LOWEST_COST, device=secret)
