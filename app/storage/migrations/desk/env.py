"""Alembic's entry into the history of desks."""

from app.storage.desk.tables import Base
from app.storage.migrations.environment import run

run(Base.metadata)
