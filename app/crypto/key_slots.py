"""The slots of a key header: each wraps the same master key under another secret.

A wrapped key is AES-256-GCM with the header's identity and the slot's own fields as additional data, so that a slot
opens neither in another header nor under another name, cost or binding. The bytes are described in KEYHEADER.md.
"""

import os
import unicodedata
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import ClassVar, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.byte_reader import ByteReader
from app.crypto.derivation import KEY_BYTES, SALT_BYTES, KdfCost, expand, stretch
from app.crypto.recovery_code import OfficeHalf, RecoveryCode
from app.crypto.vault_errors import (
    DeviceSecretChangedError,
    DeviceSecretMissingError,
    HeaderDamagedError,
    OpenerNameError,
)

LONGEST_NAME: Final = 40  # characters
_NONCE: Final = 12
_WRAPPED: Final = KEY_BYTES + 16
_CHECK: Final = 8
_LONGEST_BACKEND: Final = 80


def checked_name(name: str) -> str:
    """*name* in NFC if it can be read aloud. Raises ``OpenerNameError``."""
    name = unicodedata.normalize("NFC", name)
    visible = all(not unicodedata.category(symbol).startswith("C") for symbol in name)
    if not 0 < len(name) <= LONGEST_NAME or name != name.strip() or not visible:
        raise OpenerNameError(longest=LONGEST_NAME)
    return name


def same_name(one: str, other: str) -> bool:
    """Whether a person would take the two for one name: case and width do not matter."""
    return unicodedata.normalize("NFKC", one).casefold() == unicodedata.normalize("NFKC", other).casefold()


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """The master key under a slot's key: nonce (12 bytes) and ciphertext with tag (48 bytes)."""

    nonce: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.nonce) != _NONCE or len(self.ciphertext) != _WRAPPED:
            raise HeaderDamagedError

    @classmethod
    def wrap(cls, master: bytes, *, key: bytes, bound_to: bytes) -> Self:
        """*master* sealed under *key*, together with the fields *bound_to*."""
        nonce = os.urandom(_NONCE)
        return cls(nonce, AESGCM(key).encrypt(nonce, master, bound_to))

    def unwrap(self, *, key: bytes, bound_to: bytes) -> bytes | None:
        """The master key, or None if *key* is not the one."""
        try:
            return AESGCM(key).decrypt(self.nonce, self.ciphertext, bound_to)
        except InvalidTag:
            return None

    @classmethod
    def read(cls, reader: ByteReader) -> Self:
        """The last field of every slot."""
        return cls(reader.take(_NONCE), reader.take(_WRAPPED))

    def to_bytes(self) -> bytes:
        """As it stands in the header."""
        return self.nonce + self.ciphertext


@dataclass(frozen=True, slots=True)
class DeviceBinding:
    """Where the second factor lies, and eight bytes that tell whether it is still the same one."""

    backend: str
    check: bytes

    def __post_init__(self) -> None:
        name = self.backend
        if not 0 < len(name) <= _LONGEST_BACKEND or not name.isascii() or not name.isprintable():
            raise HeaderDamagedError
        if len(self.check) != _CHECK:
            raise HeaderDamagedError

    @classmethod
    def of(cls, secret: "DeviceSecret") -> Self:
        """The binding to *secret*."""
        return cls(secret.backend, expand(secret.value, "device-check", length=_CHECK))

    def accept(self, secret: "DeviceSecret | None") -> bytes:
        """The secret's bytes if it is the one. Raises ``DeviceSecretMissingError`` or ``DeviceSecretChangedError``."""
        if secret is None:
            raise DeviceSecretMissingError(backend=self.backend)
        if not compare_digest(self.check, expand(secret.value, "device-check", length=_CHECK)):
            raise DeviceSecretChangedError(backend=self.backend)
        return secret.value


@dataclass(frozen=True, slots=True)
class DeviceSecret:
    """32 random bytes from the keyring of one computer, and the name of the keyring they came from."""

    backend: str
    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.value) != KEY_BYTES:
            raise ValueError(f"a device secret has {KEY_BYTES} bytes")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseSlot:
    """Opened by a passphrase, at a desk optionally with this computer's secret; a desk's slot has no name."""

    TYPE: ClassVar[int] = 1
    name: str
    cost: KdfCost
    salt: bytes = field(repr=False)
    device: DeviceBinding | None
    wrapped: WrappedKey

    def __post_init__(self) -> None:
        if self.name and checked_name(self.name) != self.name:
            raise HeaderDamagedError

    @classmethod
    def make(
        cls, master: bytes, identity: bytes, *, name: str, passphrase: str, cost: KdfCost, device: DeviceSecret | None
    ) -> Self:
        """A new slot around *master*; costs one key derivation."""
        salt = os.urandom(SALT_BYTES)
        binding = DeviceBinding.of(device) if device else None
        key = cls._key(passphrase, salt=salt, cost=cost, second=device.value if device else b"")
        bound_to = identity + cls._front(name, cost=cost, salt=salt, device=binding)
        wrapped = WrappedKey.wrap(master, key=key, bound_to=bound_to)
        return cls(name=name, cost=cost, salt=salt, device=binding, wrapped=wrapped)

    def open(self, identity: bytes, *, passphrase: str, device: DeviceSecret | None) -> bytes | None:
        """The master key or None; costs one key derivation. Raises the errors of :class:`DeviceBinding`."""
        second = self.device.accept(device) if self.device else b""
        key = self._key(passphrase, salt=self.salt, cost=self.cost, second=second)
        return self.wrapped.unwrap(key=key, bound_to=identity + self.front())

    @staticmethod
    def _key(passphrase: str, *, salt: bytes, cost: KdfCost, second: bytes) -> bytes:
        label = "slot passphrase and device" if second else "slot passphrase"
        return expand(stretch(passphrase, salt=salt, cost=cost) + second, label, salt=salt)

    @classmethod
    def _front(cls, name: str, *, cost: KdfCost, salt: bytes, device: DeviceBinding | None) -> bytes:
        written = name.encode()
        backend = device.backend.encode("ascii") if device else b""
        return (
            bytes([cls.TYPE])
            + cost.memory_kib.to_bytes(4, "big")
            + bytes([cost.passes, cost.lanes])
            + salt
            + bytes([len(written)])
            + written
            + bytes([len(backend)])
            + backend
            + (device.check if device else b"")
        )

    def front(self) -> bytes:
        """Everything but the wrapped key."""
        return self._front(self.name, cost=self.cost, salt=self.salt, device=self.device)

    @classmethod
    def read(cls, reader: ByteReader) -> Self:
        """The fields after the type byte."""
        cost = KdfCost(memory_kib=reader.number(4), passes=reader.number(1), lanes=reader.number(1))
        salt = reader.take(SALT_BYTES)
        name = reader.text(reader.number(1))
        backend = reader.text(reader.number(1))
        device = DeviceBinding(backend, reader.take(_CHECK)) if backend else None
        return cls(name=name, cost=cost, salt=salt, device=device, wrapped=WrappedKey.read(reader))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySlot:
    """Opened by the recovery code; no key derivation, because 160 random bits cannot be guessed."""

    TYPE: ClassVar[int] = 2
    salt: bytes = field(repr=False)
    wrapped: WrappedKey

    @classmethod
    def make(cls, master: bytes, identity: bytes, *, code: RecoveryCode) -> Self:
        """A new slot around *master*."""
        salt = os.urandom(SALT_BYTES)
        key = expand(code.value, "slot recovery", salt=salt)
        return cls(salt=salt, wrapped=WrappedKey.wrap(master, key=key, bound_to=identity + bytes([cls.TYPE]) + salt))

    def open(self, identity: bytes, *, code: RecoveryCode) -> bytes | None:
        """The master key, or None if this is not the code."""
        key = expand(code.value, "slot recovery", salt=self.salt)
        return self.wrapped.unwrap(key=key, bound_to=identity + self.front())

    def front(self) -> bytes:
        """Everything but the wrapped key."""
        return bytes([self.TYPE]) + self.salt

    @classmethod
    def read(cls, reader: ByteReader) -> Self:
        """The fields after the type byte."""
        return cls(salt=reader.take(SALT_BYTES), wrapped=WrappedKey.read(reader))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSlot:
    """Opened by the office's half together with the half that stands here."""

    TYPE: ClassVar[int] = 3
    half: OfficeHalf
    wrapped: WrappedKey

    @classmethod
    def make(cls, master: bytes, identity: bytes, *, office: OfficeHalf) -> Self:
        """A new slot around *master*; *office* is given away and forgotten."""
        half = OfficeHalf.new()
        bound_to = identity + bytes([cls.TYPE]) + half.value
        return cls(half=half, wrapped=WrappedKey.wrap(master, key=cls._key(half, office), bound_to=bound_to))

    def open(self, identity: bytes, *, office: OfficeHalf) -> bytes | None:
        """The master key, or None if the halves do not belong together."""
        return self.wrapped.unwrap(key=self._key(self.half, office), bound_to=identity + self.front())

    @staticmethod
    def _key(half: OfficeHalf, office: OfficeHalf) -> bytes:
        return expand(half.joined(office), "slot office")

    def front(self) -> bytes:
        """Everything but the wrapped key."""
        return bytes([self.TYPE]) + self.half.value

    @classmethod
    def read(cls, reader: ByteReader) -> Self:
        """The fields after the type byte."""
        return cls(half=OfficeHalf(reader.take(OfficeHalf.SIZE)), wrapped=WrappedKey.read(reader))


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierKeySlot:
    """During a change of the master key: the earlier one under the new one, until every value has moved."""

    TYPE: ClassVar[int] = 4
    wrapped: WrappedKey

    @classmethod
    def make(cls, earlier: bytes, identity: bytes, *, master: bytes) -> Self:
        """The *earlier* master key under the new *master*."""
        key = expand(master, "slot earlier")
        return cls(wrapped=WrappedKey.wrap(earlier, key=key, bound_to=identity + bytes([cls.TYPE])))

    def open(self, identity: bytes, *, master: bytes) -> bytes | None:
        """The earlier master key."""
        return self.wrapped.unwrap(key=expand(master, "slot earlier"), bound_to=identity + self.front())

    def front(self) -> bytes:
        """Everything but the wrapped key."""
        return bytes([self.TYPE])

    @classmethod
    def read(cls, reader: ByteReader) -> Self:
        """The fields after the type byte."""
        return cls(wrapped=WrappedKey.read(reader))


Slot = PassphraseSlot | RecoverySlot | OfficeSlot | EarlierKeySlot
_BY_TYPE: Final = {kind.TYPE: kind for kind in (PassphraseSlot, RecoverySlot, OfficeSlot, EarlierKeySlot)}


def read_slot(reader: ByteReader) -> Slot:
    """The next slot. Raises ``HeaderDamagedError`` or ``KeyCostOutOfRangeError``."""
    kind = _BY_TYPE.get(reader.number(1))
    if kind is None:
        raise HeaderDamagedError
    slot: Slot = kind.read(reader)
    return slot


def slot_bytes(slot: Slot) -> bytes:
    """As the slot stands in the header."""
    return slot.front() + slot.wrapped.to_bytes()
