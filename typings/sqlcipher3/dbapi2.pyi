# The DB-API of the standard library's sqlite3, over SQLCipher; the connection has the same methods.
from sqlite3 import Connection as Connection
from sqlite3 import Cursor as Cursor
from typing import Literal

class Error(Exception): ...
class DatabaseError(Error): ...
class IntegrityError(DatabaseError): ...
class OperationalError(DatabaseError): ...

sqlite_version: str

def connect(
    database: str,
    timeout: float = ...,
    detect_types: int = ...,
    isolation_level: Literal["DEFERRED", "IMMEDIATE", "EXCLUSIVE"] | None = ...,
    check_same_thread: bool = ...,
    *,
    cached_statements: int = ...,
    uri: bool = ...,
) -> Connection: ...
