"""Alembic's entry into the history of records."""

import app.storage.record.fork_tables
import app.storage.record.form_tables
import app.storage.record.tray_tables
import app.storage.record.visit_tables  # noqa: F401 - they make their tables known to Base
from app.storage.migrations.environment import run
from app.storage.record.tables import Base

run(Base.metadata)
