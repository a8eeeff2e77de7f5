"""Reads a byte format from its beginning to its end, without ever reading past it."""

from app.crypto.vault_errors import HeaderDamagedError


class ByteReader:
    """Hands out fields one after the other. Raises ``HeaderDamagedError`` where the bytes do not suffice."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next *count* bytes."""
        field = self._data[self._at : self._at + count]
        if len(field) != count:
            raise HeaderDamagedError
        self._at += count
        return field

    def number(self, width: int) -> int:
        """The next *width* bytes as an unsigned number, most significant byte first."""
        return int.from_bytes(self.take(width), "big")

    def text(self, count: int) -> str:
        """The next *count* bytes as UTF-8."""
        try:
            return self.take(count).decode("utf-8")
        except UnicodeDecodeError:
            raise HeaderDamagedError from None

    @property
    def is_at_end(self) -> bool:
        """Whether everything has been handed out."""
        return self._at == len(self._data)
