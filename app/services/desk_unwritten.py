"""What stands in a form of the desk, outside of any visit, and is not written down yet: a lock loses none of it.

It is no part of a review: no package, no printed form and no history ever sees it. The same within a visit is
:mod:`app.services.visit_unwritten`.
"""

from collections.abc import Mapping
from typing import Final

from app.domain.changes import NOTHING, Changes
from app.domain.ids import ReviewId
from app.storage.desk.store import DeskStore, UnitOfWork

_PREFIX: Final = "unwritten_desk."


class DeskUnwritten:
    """One text for each form, by one of the names below."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def keep(self, name: str, text: str) -> Changes:
        """*text* stands in the form called *name* now; an empty one is forgotten. Nobody has to look anew."""
        with self._store.writing() as work:
            if text:
                work.desk.save_setting(_PREFIX + name, text)
            else:
                forget(work, name)
            work.commit_aside()
        return NOTHING

    def all(self) -> Mapping[str, str]:
        """Every text by its name."""
        with self._store.reading() as work:
            return {name.removeprefix(_PREFIX): text for name, text in work.desk.settings(_PREFIX)}


def declaring(review: ReviewId) -> str:
    """The name of what is answered about conflicts of interest."""
    return f"declaring:{review}"


def revising(review: ReviewId) -> str:
    """The name of the reason why a signed review is opened anew."""
    return f"revising:{review}"


def planning(review: ReviewId) -> str:
    """The name of the plan of a visit that is not planned yet."""
    return f"planning:{review}"


def typed(work: UnitOfWork, name: str) -> str:
    """What stands in the form called *name*; empty if nothing does."""
    return work.desk.setting(_PREFIX + name) or ""


def forget(work: UnitOfWork, name: str) -> None:
    """The form called *name* is done."""
    work.desk.remove_setting(_PREFIX + name)
