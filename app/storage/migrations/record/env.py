"""Alembic's entry into the history of records."""

import app.storage.record.tray_tables  # noqa: F401 - makes its tables known to Base
from app.storage.migrations.environment import run
from app.storage.record.tables import Base

run(Base.metadata)
