"""Which workspaces this person opened lately: paths only, in a private file, newest first."""

import json
import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.paths import settings_folder

MOST: Final = 8
_FILE: Final = "recent.json"
_log = logging.getLogger(__name__)


class WorkspaceKind(StrEnum):
    """The two kinds of workspace; the value is the ending of their files."""

    DESK = "desk"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A desk or record: a file, or for a record the URL of a database server without its password."""

    location: str
    kind: WorkspaceKind

    @property
    def name(self) -> str:
        """What to call it in a list."""
        return self.location if "://" in self.location else Path(self.location).stem

    @property
    def place(self) -> str:
        """Where it lies."""
        return "" if "://" in self.location else str(Path(self.location).parent)

    @property
    def is_there(self) -> bool:
        """Whether it can be opened now, as far as that can be seen from outside."""
        return "://" in self.location or Path(self.location).is_file()


def kind_of(location: str) -> WorkspaceKind | None:
    """What a location is by its ending or its scheme; ``None`` if it is neither."""
    if location.startswith("postgresql"):
        return WorkspaceKind.RECORD
    ending = Path(location).suffix.lower().removeprefix(".")
    return WorkspaceKind(ending) if ending in set(WorkspaceKind) else None


def recent_workspaces() -> tuple[Workspace, ...]:
    """Newest first; what cannot be read is as if it had never been written."""
    try:
        entries = json.loads((settings_folder() / _FILE).read_text(encoding="utf-8"))
        found = [str(entry) for entry in entries]
    except (OSError, ValueError, TypeError):
        return ()
    kinds = ((location, kind_of(location)) for location in found[:MOST])
    return tuple(Workspace(location, kind) for location, kind in kinds if kind is not None)


def remember(workspace: Workspace) -> None:
    """Put *workspace* at the top of the list. A list that cannot be kept is no reason to stop."""
    if "@" in workspace.location and "://" in workspace.location:
        return  # a URL with a user name may hold a password: never written down
    others = [w.location for w in recent_workspaces() if w.location != workspace.location]
    try:
        settings_folder().mkdir(parents=True, exist_ok=True)
        text = json.dumps([workspace.location, *others][:MOST], ensure_ascii=False)
        (settings_folder() / _FILE).write_text(text, encoding="utf-8")
    except OSError as problem:
        _log.info("the list of recent workspaces was not kept: %s", type(problem).__name__)
