"""The two secrets that people carry: the recovery code on paper and the office's half as one line of text."""

import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import ClassVar, Self

from app.crypto.typed_code import read_code, write_code
from app.crypto.vault_errors import CodeChecksumError


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """160 random bits that open a desk without its passphrase; written down once, never stored by the program."""

    SIZE: ClassVar[int] = 20
    GROUPS: ClassVar[int] = 8
    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.value) != self.SIZE:
            raise ValueError(f"a recovery code has {self.SIZE} bytes")

    @classmethod
    def new(cls) -> Self:
        """A fresh one."""
        return cls(os.urandom(cls.SIZE))

    @classmethod
    def read(cls, typed: str) -> Self:
        """What was typed from paper. Raises the errors of :func:`app.crypto.typed_code.read_code`."""
        return cls(read_code(typed, groups=cls.GROUPS, purpose=0).to_bytes(cls.SIZE, "big"))

    def text(self) -> str:
        """Eight groups of five, to be written down."""
        return write_code(int.from_bytes(self.value, "big"), groups=self.GROUPS, purpose=0)


@dataclass(frozen=True, slots=True)
class OfficeHalf:
    """Half of the office slot's secret, 128 bits; useless without the half in the desk's key file.

    Its line of text is the reset code: seven groups of five, the last 12 bits of which are the beginning of the
    half's SHA-256, because it may be read out over a telephone.
    """

    SIZE: ClassVar[int] = 16
    GROUPS: ClassVar[int] = 7
    _CHECK_BITS: ClassVar[int] = 12
    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.value) != self.SIZE:
            raise ValueError(f"half of an office secret has {self.SIZE} bytes")

    @classmethod
    def new(cls) -> Self:
        """A fresh one."""
        return cls(os.urandom(cls.SIZE))

    @classmethod
    def read(cls, typed: str) -> Self:
        """The line of text as typed. Raises the errors of :func:`app.crypto.typed_code.read_code`."""
        number = read_code(typed, groups=cls.GROUPS, purpose=1)
        half = cls((number >> cls._CHECK_BITS).to_bytes(cls.SIZE, "big"))
        if half._number() != number:
            raise CodeChecksumError
        return half

    def text(self) -> str:
        """The reset code."""
        return write_code(self._number(), groups=self.GROUPS, purpose=1)

    def joined(self, other: "OfficeHalf") -> bytes:
        """Both halves together: the secret itself. Either alone is indistinguishable from noise."""
        return bytes(mine ^ theirs for mine, theirs in zip(self.value, other.value, strict=True))

    def _number(self) -> int:
        check = int.from_bytes(sha256(self.value).digest()[:2], "big") >> 16 - self._CHECK_BITS
        return int.from_bytes(self.value, "big") << self._CHECK_BITS | check
