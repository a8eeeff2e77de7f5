"""Column types that both workspaces share."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy import BigInteger, Dialect, LargeBinary, String, TypeDecorator

from app.clock import from_microseconds, to_microseconds
from app.crypto.vault_errors import SecretDamagedError


class ColumnCipher(Protocol):
    """Authenticated encryption of one column's values; see :mod:`app.crypto.columns`."""

    def encrypt(self, plaintext: bytes, *, context: bytes) -> bytes:
        """Ciphertext that only opens under the same *context*."""

    def decrypt(self, ciphertext: bytes, *, context: bytes) -> bytes:
        """The plaintext, or an error that says the row was changed."""


_CIPHER_ATTRIBUTE = "youpin_column_cipher"


def bind_cipher(dialect: Dialect, cipher: ColumnCipher | None) -> None:
    """Give one engine's dialect the cipher of its workspace: a key belongs to a file, not to a column type."""
    setattr(dialect, _CIPHER_ATTRIBUTE, cipher)


def _cipher_of(dialect: Dialect) -> ColumnCipher:
    cipher: ColumnCipher | None = getattr(dialect, _CIPHER_ATTRIBUTE, None)
    if cipher is None:
        raise RuntimeError("this engine was made without a column cipher")
    return cipher


class Moment(TypeDecorator[datetime]):
    """An aware moment as whole microseconds since 1970 UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else from_microseconds(value)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal as text: no binary float ever touches it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class EncryptedBytes(TypeDecorator[bytes]):
    """Bytes under AES-256-GCM, bound to the column's name so that values cannot be moved between columns."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _cipher_of(dialect).encrypt(value, context=self.context.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else _cipher_of(dialect).decrypt(bytes(value), context=self.context.encode())


class HashedBytes(EncryptedBytes):
    """The same for what is kept beside its own hash: damaged bytes read as none, which that hash does not fit.

    So one damaged row is told by whoever compares, and the rows beside it can be read.
    """

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        try:
            return super().process_result_value(value, dialect)
        except SecretDamagedError:
            return b""


class EncryptedText(TypeDecorator[str]):
    """Text under the same cipher: reasons, opinions, notes, telephone numbers, keys in PEM."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _cipher_of(dialect).encrypt(value.encode(), context=self.context.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return _cipher_of(dialect).decrypt(bytes(value), context=self.context.encode()).decode()
