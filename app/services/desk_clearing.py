"""清除卷宗: after the receipt the documents go, one's own reviews stay, and a page to sign says so.

The documents can be sent again; what was signed cannot, so nothing is removed before the secretariat has confirmed it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.atomic_file import write_atomically
from app.domain.changes import Changes
from app.domain.ids import ExpertCode, ReviewId, Sha256
from app.domain.task import TaskState
from app.errors import UserFacingError
from app.i18n import N_
from app.packages import canonical
from app.services.desk_editing import find_review
from app.services.desk_errors import FileExistsHereError
from app.services.desk_forms import credential_of
from app.services.desk_tasks import TaskService
from app.services.desk_views import Task
from app.storage.desk.records import ClearedRecord
from app.storage.desk.store import DeskStore, UnitOfWork
from app.words.sizes import size_words


class NotConfirmedError(UserFacingError):
    """Its review may have to be looked at again."""

    code = "not_confirmed"
    message = N_("{application} is not confirmed by a receipt yet. Its documents stay until it is.")


class NothingToClearError(UserFacingError):
    """No review is confirmed."""

    code = "nothing_to_clear"
    message = N_("No review is confirmed by a receipt yet, so there is nothing to clear away.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What was removed, and the page that says so."""

    file: Path
    reviews: tuple[ClearedRecord, ...]
    changes: Changes


class ClearingService:
    """Nothing of one's own is ever touched: drafts, signed reviews, events and packages stay."""

    def __init__(self, store: DeskStore, tasks: TaskService) -> None:
        self._store, self._tasks = store, tasks

    def ready(self) -> tuple[Task, ...]:
        """Confirmed reviews, those whose documents are gone already included: the page can be written again."""
        return tuple(task for task in self._tasks.tasks() if task.state is TaskState.CONFIRMED)

    def clear(self, reviews: Sequence[ReviewId], *, out: Path) -> Cleared:
        """Remove the documents of *reviews* and write the confirmation to *out*, a new PDF.

        A document that another dossier still needs stays. If the page cannot be written, nothing is removed.

        Raises:
            NothingToClearError, NotConfirmedError, FileExistsHereError, ApplicationUnknownError, and the errors of
            :mod:`app.file_errors`.
        """
        if out.exists():
            raise FileExistsHereError(file=out.name)
        with self._store.writing() as work:
            tasks = [self._tasks.task_in(work, review) for review in dict.fromkeys(reviews)]
            if not tasks:
                raise NothingToClearError
            for task in tasks:
                if task.state is not TaskState.CONFIRMED:
                    raise NotConfirmedError(application=task.application)
            cleared = tuple(_clear(work, task) for task in tasks)
            write_atomically(out, _page(work, tasks, cleared), verify=True)
            try:
                work.commit(canonical.encode(tuple(each.review for each in cleared)), at=work.tick().at)
            except BaseException:
                with suppress(OSError):
                    out.unlink(missing_ok=True)
                raise
        changes = Changes(tasks=True, documents=True, reviews=frozenset(each.review for each in cleared))
        return Cleared(file=out, reviews=cleared, changes=changes)


def _clear(work: UnitOfWork, task: Task) -> ClearedRecord:
    known = work.dossier_changes.cleared().get(task.review)
    if known is not None:
        return known
    listed = [each for each in work.assignments.documents(task.review) if each.is_here]
    record = ClearedRecord(task.review, work.tick().at, len(listed), sum(each.document.size for each in listed))
    work.dossier_changes.mark_cleared(record)
    needed = work.assignments.needed_documents(frozenset(work.dossier_changes.cleared()))
    for sha256 in {each.document.sha256 for each in listed} - needed:
        work.blobs.remove(sha256)
    return record


def _page(work: UnitOfWork, tasks: Sequence[Task], cleared: Sequence[ClearedRecord]) -> bytes:
    from app.documents.clearing_page import ClearedLine, ClearingPage, clearing_page

    credential = credential_of(work, find_review(work, tasks[0].review))
    lines = tuple(
        ClearedLine(
            task.face, record.documents, size_words(record.size), record.cleared_at, task.revision, task.revision_code
        )
        for task, record in zip(tasks, cleared, strict=True)
    )
    campaigns = {task.campaign: work.desk.campaign(task.campaign) for task in tasks}
    return clearing_page(
        ClearingPage(
            campaign=" · ".join(known.name for known in campaigns.values() if known),
            expert=credential.expert if credential else ExpertCode(""),
            expert_name=work.desk.profile().name,
            lines=lines,
            content=Sha256(canonical.digest_of(lines)),
            made_at=work.tick().at,
        )
    ).pdf
