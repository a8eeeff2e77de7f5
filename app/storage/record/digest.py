"""One hash over everything in the record but the tray: the same before and after whatever changed nothing."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.clock import to_microseconds
from app.domain.ids import Sha256
from app.storage.record.fork_tables import FORK_TABLES
from app.storage.record.tables import Base
from app.storage.record.tray_tables import TRAY_TABLES
from app.storage.record.unit_of_work import RecordStore

_ROWS = 8  # held at once: those of packages and dossiers have 1 MiB each


def record_digest(store: RecordStore) -> Sha256:
    """SHA-256 over every table but the tray's, tables by name, rows by primary key, values in the clear."""
    digest = hashlib.sha256()
    session = Session(store.engine)
    try:
        for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name):
            if table.name not in TRAY_TABLES | FORK_TABLES:
                digest.update(table.name.encode() + b"\0")
                for row in _rows(session, table):
                    digest.update(row)
    finally:
        session.close()
    return Sha256(digest.hexdigest())


def _rows(session: Session, table: Table) -> Iterator[bytes]:
    query = select(table).order_by(*table.primary_key.columns)
    for row in session.execute(query, execution_options={"yield_per": _ROWS}):
        encoded = msgspec.msgpack.encode([_plain(value) for value in row])
        yield len(encoded).to_bytes(8, "big") + encoded


def _plain(value: object) -> object:
    return to_microseconds(value) if isinstance(value, datetime) else value
