"""The open vault of a workspace: one working key, and everything derived from it.

    master key ─ "opened" ─> working key ─ labels ─> database key, backup, head log, columns, …
    master key ─ "sign-wrap" ─> only while a passphrase has just been typed (see :mod:`app.crypto.unlocked_header`)

Python cannot wipe its strings: locking means ending the process that held this object.
"""

from dataclasses import dataclass, field
from typing import Final, Self

from app.crypto.columns import ColumnCipher
from app.crypto.derivation import DEFAULT_COST, KEY_BYTES, SALT_BYTES, KdfCost, expand
from app.crypto.key_header import KeyHeader, WorkspaceKind, is_authentic
from app.crypto.key_slots import DeviceSecret
from app.crypto.recovery_code import OfficeHalf, RecoveryCode
from app.crypto.unlocked_header import OpenedWith, Passphrase, UnlockedHeader, create_header, unlock
from app.crypto.vault_errors import HeaderDamagedError

__all__ = [
    "CreatedVault",
    "DatabaseKey",
    "DeviceSecret",
    "OfficeHalf",
    "OpenedVault",
    "OpenedWith",
    "Passphrase",
    "RecoveryCode",
    "UnlockedHeader",
    "Vault",
    "WorkspaceKind",
    "device_backend",
    "list_openers",
    "open_vault",
    "opened",
    "unlock",
]

DATABASE: Final = "db"
COLUMNS: Final = "columns"


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The raw key and the salt of the SQLCipher file."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def pragma_value(self) -> str:
        """What stands between the quotes of ``PRAGMA key = "…"``: no key derivation, salt given."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"


@dataclass(frozen=True, slots=True, eq=False)
class Vault:
    """The keys of one workspace while it is open. Shows none of them and does not travel to other processes."""

    kind: WorkspaceKind
    vault_id: bytes
    generation: int
    _key: bytes = field(repr=False)
    earlier: "Vault | None" = None  # while the master key is being replaced: what the old values are under

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a vault does not leave the process")

    @classmethod
    def of(cls, unlocked: UnlockedHeader) -> Self:
        """The vault behind a header that has just been unlocked."""
        header = unlocked.header
        earlier_key = unlocked.earlier_working_key()
        earlier = cls(header.kind, header.vault_id, header.generation, earlier_key) if earlier_key else None
        return cls(header.kind, header.vault_id, header.generation, unlocked.working_key(), earlier)

    @staticmethod
    def create(
        *,
        kind: WorkspaceKind,
        passphrase: str,
        opener: str | None = None,
        device_secret: DeviceSecret | None = None,
        cost: KdfCost = DEFAULT_COST,
    ) -> "CreatedVault":
        """A new workspace's keys; ``opener`` names the first person of a record and is absent for a desk.

        Raises ``OpenerNameError`` or ``RecordNotBindableError``. Whether the passphrase is strong enough is
        asked before, of :mod:`app.crypto.passphrase`.
        """
        made = create_header(kind, Passphrase(passphrase, opener=opener, device=device_secret), cost=cost)
        return CreatedVault(
            header_bytes=made.unlocked.to_bytes(),
            vault=Vault.of(made.unlocked),
            recovery_code=made.recovery_code,
            office_half_b=made.office_half_b,
            unlocked=made.unlocked,
        )

    def derive(self, label: str, length: int = KEY_BYTES) -> bytes:
        """*length* bytes under *label*; the same for ever, unrelated to every other label."""
        return expand(self._key, f"vault {label}", length=length)

    def database_key(self) -> DatabaseKey:
        """Key and salt of the database file."""
        both = self.derive(DATABASE, KEY_BYTES + SALT_BYTES)
        return DatabaseKey(both[:KEY_BYTES], both[KEY_BYTES:])

    def columns(self) -> ColumnCipher:
        """The cipher of the columns that hold reasons, opinions, notes, keys and file chunks."""
        return ColumnCipher(self.derive(COLUMNS))

    def owns(self, header_bytes: bytes) -> bool:
        """Whether a key file, undamaged, belongs to this open vault; derives nothing expensive."""
        try:
            header = KeyHeader.read(header_bytes)
        except HeaderDamagedError:
            return False
        return header.vault_id == self.vault_id and is_authentic(header_bytes, self._key)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedVault:
    """What comes into being with a workspace. The two secrets of a desk are shown or sealed once and then forgotten."""

    header_bytes: bytes = field(repr=False)
    vault: Vault
    recovery_code: RecoveryCode | None
    office_half_b: OfficeHalf | None
    unlocked: UnlockedHeader


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedVault:
    """An open vault, who opened it (a record's opener) and how."""

    vault: Vault
    opener: str | None
    opened_with: OpenedWith


def open_vault(
    header_bytes: bytes,
    *,
    passphrase: str,
    opener: str | None = None,
    device_secret: DeviceSecret | None = None,
    kind: WorkspaceKind | None = None,
) -> OpenedVault:
    """Open by passphrase. Raises what :func:`app.crypto.unlocked_header.unlock` raises."""
    return opened(unlock(header_bytes, Passphrase(passphrase, opener=opener, device=device_secret), kind=kind))


def opened(unlocked: UnlockedHeader) -> OpenedVault:
    """The vault of a header unlocked by whatever slot."""
    return OpenedVault(vault=Vault.of(unlocked), opener=unlocked.opener, opened_with=unlocked.opened_with)


def list_openers(header_bytes: bytes) -> tuple[str, ...]:
    """The names of the people who can open a record; they stand in the clear. Raises like ``KeyHeader.read``."""
    return KeyHeader.read(header_bytes).openers


def device_backend(header_bytes: bytes) -> str | None:
    """The keyring a desk is bound to, or None. Raises like ``KeyHeader.read``."""
    bindings = [slot.device for slot in KeyHeader.read(header_bytes).passphrases if slot.device]
    return bindings[0].backend if bindings else None
