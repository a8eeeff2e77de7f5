"""The declarative base of a desk's tables."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import MetaData, Table
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase, Session

from app.storage.mixins import new_metadata
from app.storage.types import Moment

SHAPE: Final = "desk0008"  # the step of the history that leads to these tables


class Base(DeclarativeBase):
    """Every table of a desk."""

    metadata: ClassVar[MetaData] = new_metadata()
    type_annotation_map: ClassVar = {datetime: Moment()}


def table_of(row: type[Base]) -> Table:
    """The table of a row class: repositories speak SQL and never hold rows."""
    return Base.metadata.tables[row.__tablename__]


def put(session: Session, table: Table, **values: Any) -> None:
    """Insert a row, or replace the values of the one with the same primary key."""
    statement = insert(table).values(**values)
    keys = {column.name for column in table.primary_key}
    changed = {name: statement.excluded[name] for name in values if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=sorted(keys), set_=changed))
