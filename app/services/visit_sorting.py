"""Which visit a photograph belongs to, from the moment its camera claims and the timetables of the visits."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.clock import BEIJING
from app.decoding.errors import DecodingError
from app.decoding.pool import DecodingPool
from app.domain.ids import Sha256
from app.domain.onsite.ids import VisitId
from app.domain.onsite.visit import VisitPlan
from app.progress import NoProgress, Progress
from app.services.desk_editing import find_review
from app.services.incoming_files import files_of
from app.services.visit_errors import PhotoUnreadableError
from app.services.visit_files import bytes_of
from app.services.visit_notebook import Notebook
from app.services.visit_photos import claimed_moment
from app.storage.desk.store import DeskStore


@dataclass(frozen=True, slots=True)
class PhotoClaim:
    """One file: the moment its camera claims, and the one visit that fits; ``None`` where there is none or several."""

    path: Path
    taken_at: datetime | None
    visit: VisitId | None


class VisitSorting:
    """Looks at files before they are taken in; nothing is written."""

    def __init__(self, store: DeskStore, pool: DecodingPool) -> None:
        self._store, self._pool = store, pool

    def sort(self, paths: Iterable[Path], *, progress: Progress | None = None) -> tuple[PhotoClaim, ...]:
        """A proposal for every file among *paths* and in the folders among them.

        A file that is no photograph or cannot be read has no moment: taking it in says why.

        Raises:
            InputMissingError, Cancelled.
        """
        files, tell = files_of(paths), progress or NoProgress()
        plans = self._plans()
        found = []
        for done, file in enumerate(files, start=1):
            moment = self._moment(file)
            found.append(PhotoClaim(file, moment, proposed_visit(plans, moment)))
            tell.step(done, len(files))
        return tuple(found)

    def _plans(self) -> tuple[VisitPlan, ...]:
        with self._store.reading() as work:
            open_ones = (one for one in work.visits.all() if find_review(work, one.review).is_unlocked)
            return tuple(Notebook(work, one.visit).plan for one in open_ones)

    def _moment(self, file: Path) -> datetime | None:
        try:
            data = bytes_of(file, self._pool)
            with self._pool.open(lambda: data, Sha256(hashlib.sha256(data).hexdigest())) as document:
                seen = document.overview.picture
        except (PhotoUnreadableError, DecodingError):
            return None
        return claimed_moment(seen.taken_at) if seen else None


def proposed_visit(plans: Iterable[VisitPlan], moment: datetime | None) -> VisitId | None:
    """The one visit whose timetable was at work at *moment*, or else the only one that had anything on that day."""
    if moment is None:
        return None
    several = tuple(plans)
    now = [plan.visit for plan in several if plan.slot_at(moment)]
    if len(now) == 1:
        return now[0]
    that_day = [plan.visit for plan in several if _day(moment) in {_day(slot.starts_at) for slot in plan.timetable}]
    return that_day[0] if not now and len(that_day) == 1 else None


def _day(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()
