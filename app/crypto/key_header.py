"""The key file ``X.desk.key`` or ``X.record.key``, and the one row of table ``vault`` on a server.

Read in this order: the SHA-256 over everything (damage costs no key derivation), the version, the ranges, the one
byte form (rebuilt and compared), and, once a slot has given the master key, the MAC over everything before it.
KEYHEADER.md beside this file describes every byte.
"""

import os
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256
from hmac import compare_digest, digest
from typing import Final, Self

from app.crypto.byte_reader import ByteReader
from app.crypto.derivation import expand
from app.crypto.key_slots import (
    EarlierKeySlot,
    OfficeSlot,
    PassphraseSlot,
    RecoverySlot,
    Slot,
    read_slot,
    same_name,
    slot_bytes,
)
from app.crypto.vault_errors import HeaderDamagedError, HeaderNewerError, OpenerNameError

MAGIC: Final = b"YPKEYHDR"
VERSION: Final = 1
SUITE: Final = 1
MOST_BYTES: Final = 16 * 1024
MOST_OPENERS: Final = 16
MOST_OFFICE_SLOTS: Final = 2  # the one the secretariat is known to hold, and the one on its way
_ID_BYTES: Final = 16
_DIGEST: Final = 32


class WorkspaceKind(IntEnum):
    """Whose workspace the key opens."""

    DESK = 1
    RECORD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHeader:
    """What a key file says, checked. ``generation`` rises by one with every rewriting."""

    kind: WorkspaceKind
    vault_id: bytes
    generation: int
    passphrases: tuple[PassphraseSlot, ...]
    recovery: RecoverySlot | None
    offices: tuple[OfficeSlot, ...]
    earlier: EarlierKeySlot | None

    def __post_init__(self) -> None:
        if len(self.vault_id) != _ID_BYTES or not 0 < self.generation < 1 << 32:
            raise HeaderDamagedError
        if not (self._is_desk() if self.kind is WorkspaceKind.DESK else self._is_record()):
            raise HeaderDamagedError

    def _is_desk(self) -> bool:
        one_passphrase = len(self.passphrases) == 1 and not self.passphrases[0].name
        return one_passphrase and self.recovery is not None and 1 <= len(self.offices) <= MOST_OFFICE_SLOTS

    def _is_record(self) -> bool:
        names = [slot.name for slot in self.passphrases]
        alike = any(same_name(one, other) for place, one in enumerate(names) for other in names[:place])
        passphrases_only = not self.offices and self.recovery is None and not any(s.device for s in self.passphrases)
        return 1 <= len(names) <= MOST_OPENERS and all(names) and not alike and passphrases_only

    @property
    def identity(self) -> bytes:
        """What never changes; every slot is bound to it."""
        return header_identity(self.kind, self.vault_id)

    @property
    def openers(self) -> tuple[str, ...]:
        """The names of the people who can open a record, in the order they were added; empty for a desk."""
        return tuple(slot.name for slot in self.passphrases if slot.name)

    def renewed(self, **changes: object) -> Self:
        """The next generation, with *changes*."""
        return replace(self, generation=self.generation + 1, **changes)  # type: ignore[arg-type]

    def to_bytes(self, working_key: bytes) -> bytes:
        """The file, authenticated under a key that only an opened vault has."""
        body = self._body()
        body += digest(_mac_key(working_key), body, "sha256")
        return body + sha256(body).digest()

    def _slots(self) -> tuple[Slot, ...]:
        recovery = (self.recovery,) if self.recovery else ()
        earlier = (self.earlier,) if self.earlier else ()
        return (*self.passphrases, *recovery, *self.offices, *earlier)

    def _body(self) -> bytes:
        slots = [slot_bytes(slot) for slot in self._slots()]
        start = self.identity + self.generation.to_bytes(4, "big")
        total = len(start) + 3 + sum(len(slot) for slot in slots) + 2 * _DIGEST
        return start + total.to_bytes(2, "big") + bytes([len(slots)]) + b"".join(slots)

    @classmethod
    def read(cls, data: bytes) -> Self:
        """The header in *data*; derives no key.

        Raises ``HeaderDamagedError``, ``HeaderNewerError`` or ``KeyCostOutOfRangeError``.
        """
        if not len(MAGIC) + 2 * _DIGEST < len(data) <= MOST_BYTES or not data.startswith(MAGIC):
            raise HeaderDamagedError
        if not compare_digest(sha256(data[:-_DIGEST]).digest(), data[-_DIGEST:]):
            raise HeaderDamagedError
        body = data[: -2 * _DIGEST]
        header = cls._read_body(ByteReader(body))
        if header._body() != body:
            raise HeaderDamagedError
        return header

    @classmethod
    def _read_body(cls, reader: ByteReader) -> Self:
        reader.take(len(MAGIC))
        if (reader.number(1), reader.number(1)) != (VERSION, SUITE):
            raise HeaderNewerError
        number = reader.number(1)
        if number not in list(WorkspaceKind):
            raise HeaderDamagedError
        vault_id = reader.take(_ID_BYTES)
        generation = reader.number(4)
        reader.number(2)  # the length, which rebuilding checks
        try:
            slots = [read_slot(reader) for _ in range(reader.number(1))]
        except OpenerNameError:
            raise HeaderDamagedError from None
        if not reader.is_at_end:
            raise HeaderDamagedError
        return cls._of_slots(slots, kind=WorkspaceKind(number), vault_id=vault_id, generation=generation)

    @classmethod
    def _of_slots(cls, slots: list[Slot], *, kind: WorkspaceKind, vault_id: bytes, generation: int) -> Self:
        # Too many of a kind, or another order, do not survive the rebuilding that follows.
        return cls(
            kind=kind,
            vault_id=vault_id,
            generation=generation,
            passphrases=tuple(slot for slot in slots if isinstance(slot, PassphraseSlot)),
            recovery=next((slot for slot in slots if isinstance(slot, RecoverySlot)), None),
            offices=tuple(slot for slot in slots if isinstance(slot, OfficeSlot)),
            earlier=next((slot for slot in slots if isinstance(slot, EarlierKeySlot)), None),
        )


def header_identity(kind: WorkspaceKind, vault_id: bytes) -> bytes:
    """Magic, version, suite, kind and vault id: the first 27 bytes of the file."""
    return MAGIC + bytes([VERSION, SUITE, kind]) + vault_id


def new_vault_id() -> bytes:
    """16 random bytes that name a vault for ever."""
    return os.urandom(_ID_BYTES)


def is_authentic(data: bytes, working_key: bytes) -> bool:
    """Whether a key file that reads well was written by somebody who held this vault open."""
    body = data[: -2 * _DIGEST]
    return compare_digest(digest(_mac_key(working_key), body, "sha256"), data[-2 * _DIGEST : -_DIGEST])


def _mac_key(working_key: bytes) -> bytes:
    return expand(working_key, "header mac")
