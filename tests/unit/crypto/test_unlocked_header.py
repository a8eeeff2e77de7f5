from dataclasses import replace

import pytest

from app.crypto.columns import ColumnCipher
from app.crypto.derivation import LOWEST_COST
from app.crypto.key_header import MOST_OPENERS, KeyHeader, WorkspaceKind
from app.crypto.key_slots import DeviceSecret
from app.crypto.recovery_code import RecoveryCode
from app.crypto.unlocked_header import Passphrase, UnlockedHeader, unlock
from app.crypto.vault import Vault, device_backend, list_openers, open_vault, opened
from app.crypto.vault_errors import (
    DeviceSecretChangedError,
    DeviceSecretMissingError,
    LastOpenerError,
    OpenerExistsError,
    OpenerUnknownError,
    RecoveryCodeWrongError,
    ResetCodeWrongError,
    SecretDamagedError,
    TooManyOpenersError,
    WrongPassphraseError,
    WrongWorkspaceKindError,
)
from tests.support.vaults import DESK_PASSPHRASE, OPENERS, desk_vault, record_vault

NEW = "another made-up passphrase"


def test_a_changed_passphrase_opens_the_same_keys_and_the_old_one_none() -> None:
    desk = desk_vault()
    header = desk.unlocked.with_passphrase(NEW, cost=LOWEST_COST).to_bytes()
    assert open_vault(header, passphrase=NEW).vault.database_key() == desk.vault.database_key()
    with pytest.raises(WrongPassphraseError):
        open_vault(header, passphrase=DESK_PASSPHRASE)
    assert KeyHeader.read(header).generation == desk.unlocked.header.generation + 1


def test_a_forgotten_passphrase_costs_nothing_once_the_office_helps() -> None:
    desk = desk_vault()
    assert desk.office_half_b
    wrapped = desk.unlocked.wrap_secret(b"made-up signing key", context=b"device 1")
    reset = unlock(desk.header_bytes, desk.office_half_b).with_passphrase(NEW, cost=LOWEST_COST)
    again = unlock(reset.to_bytes(), Passphrase(NEW))
    assert again.unwrap_secret(wrapped, context=b"device 1") == b"made-up signing key"
    assert opened(again).vault.database_key() == desk.vault.database_key()


def test_changing_ones_own_passphrase_leaves_the_other_openers_alone() -> None:
    mine = unlock(record_vault().to_bytes(), Passphrase(OPENERS["示例乙"]))
    header = mine.with_passphrase(NEW, cost=LOWEST_COST).to_bytes()
    assert open_vault(header, passphrase=NEW).opener == "示例乙"
    assert open_vault(header, passphrase=OPENERS["示例甲"]).opener == "示例甲"
    assert list_openers(header) == tuple(OPENERS)


def test_an_open_vault_cannot_sign_by_itself() -> None:
    desk = desk_vault()
    wrapped = desk.unlocked.wrap_secret(b"made-up signing key", context=b"device 1")
    for label in ("sign-wrap", "opened", "db", "columns"):
        with pytest.raises(SecretDamagedError):
            ColumnCipher(desk.vault.derive(label)).decrypt(wrapped, context=b"device 1")


def test_a_signing_key_opens_only_in_its_own_place() -> None:
    unlocked = record_vault()
    wrapped = unlocked.wrap_secret(b"made-up signing key", context=b"dispatch")
    other = unlock(unlocked.to_bytes(), Passphrase(OPENERS["示例乙"]))
    assert other.unwrap_secret(wrapped, context=b"dispatch") == b"made-up signing key"
    with pytest.raises(SecretDamagedError):
        other.unwrap_secret(wrapped, context=b"issuing")


def test_an_opener_is_removed_but_never_the_last_one() -> None:
    alone = record_vault().without_opener("示例甲")
    with pytest.raises(OpenerUnknownError):
        open_vault(alone.to_bytes(), passphrase=OPENERS["示例甲"], opener="示例甲")
    with pytest.raises(LastOpenerError) as problem:
        alone.without_opener("示例乙")
    assert problem.value.facts == {"name": "示例乙"}


def test_removing_somebody_unknown_is_refused_by_name() -> None:
    with pytest.raises(OpenerUnknownError):
        record_vault().without_opener("示例丙")


@pytest.mark.parametrize("name", ["示例甲", "Ｚhang", "ZHANG"])
def test_names_that_people_would_confuse_are_refused(name: str) -> None:
    unlocked = record_vault().with_opener("Zhang", NEW, cost=LOWEST_COST)
    with pytest.raises(OpenerExistsError):
        unlocked.with_opener(name, NEW, cost=LOWEST_COST)


def test_a_record_has_room_for_a_limited_number_of_openers() -> None:
    unlocked = record_vault()
    slots = unlocked.header.passphrases
    many = tuple(replace(slots[0], name=f"示例{number}") for number in range(MOST_OPENERS))
    full = replace(unlocked, header=replace(unlocked.header, passphrases=many))
    assert len(list_openers(full.to_bytes())) == MOST_OPENERS
    with pytest.raises(TooManyOpenersError):
        full.with_opener("示例丙", NEW, cost=LOWEST_COST)


def test_a_new_recovery_code_replaces_the_old_one() -> None:
    desk = desk_vault()
    assert desk.recovery_code
    unlocked, code = desk.unlocked.with_new_recovery_code()
    assert opened(unlock(unlocked.to_bytes(), code)).vault.derive("db") == desk.vault.derive("db")
    with pytest.raises(RecoveryCodeWrongError):
        unlock(unlocked.to_bytes(), desk.recovery_code)


def test_both_office_halves_work_until_the_new_one_is_confirmed() -> None:
    desk = desk_vault()
    assert desk.office_half_b
    assert not desk.unlocked.has_office_half_on_its_way
    pending, half = desk.unlocked.with_new_office_half()
    assert pending.has_office_half_on_its_way
    for office in (desk.office_half_b, half):
        assert unlock(pending.to_bytes(), office)
    settled = pending.with_office_half_confirmed()
    assert unlock(settled.to_bytes(), half)
    with pytest.raises(ResetCodeWrongError):
        unlock(settled.to_bytes(), desk.office_half_b)


def test_a_half_on_its_way_is_sent_again_and_not_replaced() -> None:
    pending, _half = desk_vault().unlocked.with_new_office_half()
    with pytest.raises(RuntimeError):
        pending.with_new_office_half()


def test_what_belongs_to_desks_is_refused_at_records_and_the_other_way_round() -> None:
    record, desk = record_vault(), desk_vault().unlocked
    for act in (record.with_new_recovery_code, record.with_new_office_half, record.with_office_half_confirmed):
        with pytest.raises(WrongWorkspaceKindError):
            act()
    with pytest.raises(WrongWorkspaceKindError):
        desk.with_opener("示例甲", NEW, cost=LOWEST_COST)
    with pytest.raises(WrongWorkspaceKindError):
        desk.without_opener("示例甲")


class TestBoundToAComputer:
    secret = DeviceSecret("Secret Service", bytes(range(32)))

    @pytest.fixture
    def bound(self) -> UnlockedHeader:
        return desk_vault().unlocked.with_passphrase(NEW, cost=LOWEST_COST, device=self.secret)

    def test_it_opens_with_passphrase_and_secret_together(self, bound: UnlockedHeader) -> None:
        header = bound.to_bytes()
        assert device_backend(header) == "Secret Service"
        assert device_backend(desk_vault().header_bytes) is None
        assert open_vault(header, passphrase=NEW, device_secret=self.secret)
        with pytest.raises(WrongPassphraseError):
            open_vault(header, passphrase=DESK_PASSPHRASE, device_secret=self.secret)

    def test_a_keyring_that_lost_the_secret_is_named_before_any_derivation(self, bound: UnlockedHeader) -> None:
        with pytest.raises(DeviceSecretMissingError) as problem:
            open_vault(bound.to_bytes(), passphrase=NEW)
        assert problem.value.facts == {"backend": "Secret Service"}

    def test_a_keyring_with_another_secret_is_told_apart_from_a_wrong_passphrase(self, bound: UnlockedHeader) -> None:
        with pytest.raises(DeviceSecretChangedError):
            open_vault(bound.to_bytes(), passphrase=NEW, device_secret=DeviceSecret("Secret Service", bytes(32)))

    def test_the_recovery_code_opens_it_without_the_keyring_and_unbinds_it(self, bound: UnlockedHeader) -> None:
        code = desk_vault().recovery_code
        assert code
        freed = unlock(bound.to_bytes(), code).with_passphrase(NEW, cost=LOWEST_COST)
        assert device_backend(freed.to_bytes()) is None
        assert open_vault(freed.to_bytes(), passphrase=NEW)


class TestReplacingTheMasterKey:
    def test_new_keys_for_the_same_people_and_the_old_keys_until_finished(self) -> None:
        before = record_vault()
        wrapped = before.wrap_secret(b"made-up signing key", context=b"dispatch")
        rotated = before.rotated([Passphrase(OPENERS["示例甲"]), Passphrase(OPENERS["示例乙"], opener="示例乙")])
        assert rotated.dropped_openers == ()
        again = unlock(rotated.unlocked.to_bytes(), Passphrase(OPENERS["示例乙"]))
        vault = Vault.of(again)
        assert vault.vault_id == Vault.of(before).vault_id
        assert vault.derive("db") != Vault.of(before).derive("db")
        assert vault.earlier
        assert vault.earlier.derive("db") == Vault.of(before).derive("db")
        assert again.unwrap_secret(wrapped, context=b"dispatch") == b"made-up signing key"
        rewrapped = again.wrap_secret(b"made-up signing key", context=b"dispatch")
        finished = again.with_rotation_finished()
        assert Vault.of(finished).earlier is None
        assert finished.unwrap_secret(rewrapped, context=b"dispatch") == b"made-up signing key"
        with pytest.raises(SecretDamagedError):
            finished.unwrap_secret(wrapped, context=b"dispatch")

    def test_whose_passphrase_is_not_there_falls_away_by_name(self) -> None:
        rotated = record_vault().rotated([Passphrase(OPENERS["示例甲"])])
        assert rotated.dropped_openers == ("示例乙",)
        assert list_openers(rotated.unlocked.to_bytes()) == ("示例甲",)

    def test_a_desk_gets_a_new_code_and_a_new_half(self) -> None:
        desk = desk_vault()
        assert desk.recovery_code
        rotated = desk.unlocked.rotated([Passphrase(DESK_PASSPHRASE)])
        header = rotated.unlocked.to_bytes()
        assert isinstance(rotated.recovery_code, RecoveryCode)
        assert rotated.office_half_b
        assert unlock(header, rotated.recovery_code).header.kind is WorkspaceKind.DESK
        assert unlock(header, rotated.office_half_b)
        with pytest.raises(RecoveryCodeWrongError):
            unlock(header, desk.recovery_code)

    def test_a_wrong_passphrase_changes_nothing(self) -> None:
        with pytest.raises(WrongPassphraseError):
            desk_vault().unlocked.rotated([Passphrase(NEW)])

    def test_one_at_a_time_and_for_somebody(self) -> None:
        rotated = desk_vault().unlocked.rotated([Passphrase(DESK_PASSPHRASE)])
        with pytest.raises(RuntimeError):
            rotated.unlocked.rotated([Passphrase(DESK_PASSPHRASE)])
        with pytest.raises(RuntimeError):
            desk_vault().unlocked.rotated([])
