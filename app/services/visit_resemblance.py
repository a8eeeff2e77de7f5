"""The same picture, or nearly the same, in visits of other applicants: a remark for the assessor, never a refusal."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.ids import ApplicationCode, Sha256
from app.domain.onsite.ids import VisitId
from app.domain.onsite.merging import EntryKind, standing
from app.domain.onsite.photo import PhotoFacts, is_alike
from app.domain.onsite.visit import visit_code
from app.packages import canonical
from app.services.desk_editing import find_review
from app.services.visit_notebook import Notebook
from app.storage.desk.store import DeskStore, UnitOfWork


@dataclass(frozen=True, slots=True)
class Resemblance:
    """*photo* of the visit in hand is, or looks like, photo *number* of another visit.

    Attributes:
        visit, code, application: the other visit.
        is_identical: the very same bytes.
    """

    photo: Sha256
    visit: VisitId
    code: str
    application: ApplicationCode
    number: int
    is_identical: bool


def resemblances(store: DeskStore, visit: VisitId) -> tuple[Resemblance, ...]:
    """Every photo of *visit* that another open visit of this desk has, too; the same bytes first.

    Raises:
        VisitUnknownError and the errors of a locked dossier.
    """
    with store.reading() as work:
        Notebook(work, visit)  # refuses what may not be read
        own = tuple({one.sha256: one for one in _photos(work, visit)}.values())
        found = []
        for record in work.visits.all():
            if record.visit == visit or not find_review(work, record.review).is_unlocked:
                continue
            code = visit_code(record.application, record.visit)
            for other in _photos(work, record.visit):
                found += [
                    Resemblance(
                        one.sha256, record.visit, code, record.application, other.number, one.sha256 == other.sha256
                    )
                    for one in own
                    if one.sha256 == other.sha256 or is_alike(one.likeness, other.likeness)
                ]
    return tuple(sorted(found, key=lambda one: (one.photo, not one.is_identical, one.code, one.number)))


def _photos(work: UnitOfWork, visit: VisitId) -> Iterator[PhotoFacts]:
    for entry in standing(work.visits.entries(visit, EntryKind.PHOTO)).values():
        yield canonical.decode(entry.content, PhotoFacts)
