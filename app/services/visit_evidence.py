"""The flag “limited evidence”: production stood still on the day, or part of the site could not be seen."""

from dataclasses import replace

from app.domain.changes import Changes
from app.domain.onsite.agreement import Result
from app.domain.onsite.hindrance import Hindrance, HindranceKind, NotLimitedError, limitation
from app.domain.onsite.ids import VisitId
from app.services.visit_hindrances import note_hindrance
from app.services.visit_meeting import conclusion_now
from app.services.visit_notebook import ONLY, Notebook
from app.storage.desk.store import DeskStore


class VisitEvidence:
    """What the leader says of it. Each act is one short transaction."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def limit(self, visit: VisitId, reason: str) -> Changes:
        """Not everything could be seen: the visit does not pass outright.

        Raises:
            NotLeaderError, VisitConcludedError, UnexplainedError. NotLimitedError: it is flagged already.
        """
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            notebook.require_leader()
            notebook.require_open()
            _note(notebook, HindranceKind.LIMITED, reason)
            notebook.commit()
        return Changes(visits=frozenset({visit}))

    def lift(self, visit: VisitId, seen: str) -> Changes:
        """What was missing was seen after all, also after the conclusion, which changes then; the score never does.

        Raises:
            NotLeaderError, UnexplainedError. NotLimitedError: nothing is flagged.
        """
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            leader = notebook.require_leader()
            _note(notebook, HindranceKind.SEEN, seen)
            result = notebook.find(Result, ONLY)
            if result is not None:
                notebook.put(ONLY, replace(result, now=conclusion_now(notebook, result.at_visit)), author=leader)
            notebook.commit()
        return Changes(visits=frozenset({visit}))


def _note(notebook: Notebook, kind: HindranceKind, reason: str) -> None:
    before = notebook.values(Hindrance).values()
    is_limited = limitation(before) is not None
    if is_limited is (kind is HindranceKind.LIMITED):
        raise NotLimitedError
    is_after = notebook.find(Result, ONLY) is not None
    note_hindrance(notebook, kind, reason, before=before, is_after_conclusion=is_after)
