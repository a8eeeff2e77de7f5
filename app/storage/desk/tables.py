"""All tables of a desk in one place, for Alembic and for nobody else."""

from app.storage.desk import (
    change_tables,
    desk_tables,
    exchange_tables,
    fork_tables,
    package_tables,
    phrase_tables,
    reading_tables,
    review_tables,
    team_tables,
    visit_tables,
)
from app.storage.desk.base import Base

__all__ = [
    "Base",
    "change_tables",
    "desk_tables",
    "exchange_tables",
    "fork_tables",
    "package_tables",
    "phrase_tables",
    "reading_tables",
    "review_tables",
    "team_tables",
    "visit_tables",
]
