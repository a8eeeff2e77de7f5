"""Alembic's entry into the history of records."""

from app.storage.record.tables import Base

from app.storage.migrations.environment import run

run(Base.metadata)
