"""SQLCipher without anything around it, with the pragmas of a record."""

import os
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "temp_store = MEMORY",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",
    "mmap_size = 0",
    "cache_size = -16000",
)


def open_bare(file: Path, *, memory_security: bool = False) -> Any:
    """A new encrypted database under a key of chance; transactions are the caller's."""
    connection = dbapi2.connect(str(file), isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA cipher_memory_security = {'ON' if memory_security else 'OFF'}")
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{os.urandom(48).hex()}'\"")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
