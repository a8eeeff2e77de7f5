"""What stands in the forms of a visit and is not written down yet: kept, so that a lock or a flat battery loses none.

It is no part of the visit: no member, no package and no printed form ever sees it.
"""

from typing import Final

from app.domain.changes import NOTHING, Changes
from app.domain.onsite.ids import VisitId
from app.services.visit_notebook import Notebook
from app.storage.desk.store import DeskStore, UnitOfWork

_PREFIX: Final = "unwritten."


class VisitUnwritten:
    """One text for each form, by a name that the form chooses."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def keep(self, visit: VisitId, name: str, text: str) -> Changes:
        """*text* stands in the form called *name* now; an empty one is forgotten. Nobody has to look at the visit anew.

        Raises:
            VisitUnknownError, DossierLockedError, DossierClosedError, NoCredentialError.
        """
        with self._store.writing() as work:
            Notebook(work, visit)
            if text:
                work.desk.save_setting(f"{_prefix(visit)}{name}", text)
            else:
                work.desk.remove_setting(f"{_prefix(visit)}{name}")
            work.commit_aside()
        return NOTHING


def unwritten_of(work: UnitOfWork, visit: VisitId) -> tuple[tuple[str, str], ...]:
    """Names and texts of the forms of *visit* that have one."""
    prefix = _prefix(visit)
    return tuple((name.removeprefix(prefix), text) for name, text in work.desk.settings(prefix))


def _prefix(visit: VisitId) -> str:
    return f"{_PREFIX}{visit}."
