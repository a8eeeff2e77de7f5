"""Bring a workspace's tables to today's shape with Alembic: backup first, one transaction, newer files refused.

Alembic takes as long to load as everything else that an unlock needs, and is wanted once in the life of most files.
It is loaded where something is to be done.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import Engine, inspect, text

import app.storage
from app.errors import UserFacingError
from app.i18n import N_
from app.storage.engine import writing

if TYPE_CHECKING:
    from alembic.config import Config

Workspace = Literal["desk", "record"]
_LOCATION: Final = "migrations"


class NewerStoreError(UserFacingError):
    """A later version of the program made this file."""

    code = "newer_store"
    message = N_("This file was made by a newer version of the program ({version}). Install that version to open it.")


def _config(workspace: Workspace) -> "Config":
    from alembic.config import Config

    config = Config()
    folder = next(iter(app.storage.__path__))
    config.set_main_option("script_location", f"{folder}/{_LOCATION}/{workspace}".replace("%", "%%"))
    return config


def head_version(workspace: Workspace) -> str:
    """The last step of the history, read from the history itself."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(_config(workspace)).get_current_head()
    if head is None:
        raise RuntimeError("a workspace without migrations")
    return head


def shape_of(workspace: Workspace) -> str:
    """The step of the history that leads to the tables this program works with: the same as :func:`head_version`."""
    if workspace == "desk":
        from app.storage.desk.base import SHAPE
    else:
        from app.storage.record.tables import SHAPE
    return SHAPE


def current_version(engine: Engine) -> str | None:
    """The shape a store is in, or ``None`` for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(engine: Engine, workspace: Workspace, *, backup: Callable[[], None]) -> None:
    """Create or upgrade the tables; *backup* is called before an existing store is changed.

    Raises:
        NewerStoreError: the store's shape is unknown to this program; nothing was changed.
    """
    now = current_version(engine)
    if now == shape_of(workspace):
        return
    from alembic import command
    from alembic.script import ScriptDirectory

    config = _config(workspace)
    if now is not None:
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if now not in known:
            raise NewerStoreError(version=now)
        backup()
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
