"""What the record knows of visits when it judges what a package says of them (Art. 14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.application import FaceSheet
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId, Sha256
from app.domain.importing import KnownRevision
from app.domain.onsite.returned import VisitFacts
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind
from app.packages import canonical
from app.services.record_forms import readings_of
from app.services.record_projecting import ReadReview
from app.services.record_reading import ReadHandIn
from app.storage.record.unit_of_work import RecordWork


@dataclass(slots=True)
class VisitKnowledge:
    """Grows as a batch is taken.

    Attributes:
        seats: who has been asked to visit, by application.
        readings: by which reading of the checklist an application is judged.
        photos: what is here of each on-site review.
    """

    seats: dict[ApplicationCode, frozenset[ExpertCode]] = field(default_factory=dict)
    readings: dict[ApplicationCode, Sha256] = field(default_factory=dict)
    photos: dict[ReviewId, frozenset[Sha256]] = field(default_factory=dict)

    def load(
        self,
        work: RecordWork,
        hand_ins: Sequence[ReadHandIn],
        *,
        faces: Mapping[ApplicationCode, FaceSheet],
        revisions: Mapping[ReviewId, Sequence[KnownRevision]],
    ) -> None:
        """Fetch what is not known yet; nothing where no package speaks of a visit."""
        visits = [read for one in hand_ins for read in one.reviews if read.visit is not None]
        applications = {read.application for read in visits}
        applications |= {signed.application for one in hand_ins for signed in one.cosignatures}
        for application in applications - self.seats.keys():
            asked = work.reviews.of_application(application)
            self.seats[application] = frozenset(one.expert for one in asked if one.kind is ReviewKind.ONSITE)
        if visits:
            by_category = readings_of(work)
            for application in applications & faces.keys():
                if faces[application].category in by_category:
                    self.readings[application] = by_category[faces[application].category][0]
        for read in visits:
            if read.review not in self.photos:
                known = (one.sha256 for one in revisions.get(read.review, ()))
                stored = work.visits.revisions(known).values()
                facts = (canonical.decode(one.facts.encode(), VisitFacts) for one in stored)
                self.photos[read.review] = frozenset(photo for one in facts for photo in one.photos)

    def flaw(self, read: ReadReview) -> Outcome | None:
        """What is wrong with an on-site review by what the record knows."""
        visit = read.visit
        if visit is None:
            return None
        if self.readings.get(read.application) != read.rubric_sha256:
            return Outcome.RUBRIC_MISMATCH
        is_team = visit.assessors <= self.seats.get(read.application, frozenset())
        is_whole = visit.earlier <= self.photos.get(read.review, frozenset())
        return None if is_team and is_whole else Outcome.INCOMPLETE

    def take(self, reviews: Iterable[ReadReview]) -> None:
        """These are in the record now, with their photographs."""
        for read in reviews:
            if read.visit is not None:
                self.photos[read.review] = self.photos.get(read.review, frozenset()) | read.visit.photos
