"""Bring a workspace's tables to today's shape with Alembic: backup first, one transaction, newer files refused."""

from collections.abc import Callable
from typing import Final, Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

import app.storage
from app.errors import UserFacingError
from app.i18n import N_
from app.storage.engine import writing

Workspace = Literal["desk", "record"]
_LOCATION: Final = "migrations"


class NewerStoreError(UserFacingError):
    """A later version of the program made this file."""

    code = "newer_store"
    message = N_("This file was made by a newer version of the program ({version}). Install that version to open it.")


def _config(workspace: Workspace) -> Config:
    config = Config()
    folder = next(iter(app.storage.__path__))
    config.set_main_option("script_location", f"{folder}/{_LOCATION}/{workspace}".replace("%", "%%"))
    return config


def head_version(workspace: Workspace) -> str:
    """The newest shape this program knows."""
    head = ScriptDirectory.from_config(_config(workspace)).get_current_head()
    if head is None:
        raise RuntimeError("a workspace without migrations")
    return head


def current_version(engine: Engine) -> str | None:
    """The shape a store is in, or ``None`` for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def bring_up_to_date(engine: Engine, workspace: Workspace, *, backup: Callable[[], None]) -> None:
    """Create or upgrade the tables; *backup* is called before an existing store is changed.

    Raises:
        NewerStoreError: the store's shape is unknown to this program; nothing was changed.
    """
    now = current_version(engine)
    if now == head_version(workspace):
        return
    config = _config(workspace)
    if now is not None:
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if now not in known:
            raise NewerStoreError(version=now)
        backup()
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
