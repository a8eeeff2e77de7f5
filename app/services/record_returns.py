"""Sent, returned, in the record: side by side, so that what is missing is seen before the deadline."""

from app.domain.ids import DeviceCode
from app.domain.results import ExpertStatus, MissingPackage, ReturnLine
from app.domain.review import ReviewKind
from app.services.record_context import RecordContext
from app.services.record_onsite_results import VisitsBack, with_leader
from app.services.record_statuses import status_of
from app.services.record_teams import visits_without_leader


class ReturnService:
    """Reading only."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def overview(self) -> tuple[ReturnLine, ...]:
        """One line per review that is asked for now, by application and expert."""
        with self._context.store.reading() as work:
            names = {expert.expert: expert.name for expert in work.roster.experts()}
            revisions = {revision.review: revision for revision in work.revisions.current()}
            declared, sent = work.reviews.declarations(), work.sending.first_sent()
            lines = []
            reviews = work.reviews.all()
            joint = with_leader(reviews, revisions, VisitsBack.read(work, revisions.values()))
            leaderless = visits_without_leader(work)
            for review in reviews:
                revision, declaration = revisions.get(review.review), declared.get(review.review)
                status = status_of(review, has_revision=revision is not None, declaration=declaration)
                shared = joint.get(review.review) if status is ExpertStatus.MISSING else None
                counting = shared.revision if shared else revision
                is_visit = review.kind is ReviewKind.ONSITE
                lines.append(
                    ReturnLine(
                        expert=review.expert,
                        expert_name=names[review.expert],
                        application=review.application,
                        review=review.review,
                        kind=review.kind,
                        sent_at=sent.get(review.review),
                        deadline_at=review.deadline_at,
                        declared=declaration.declaration.declared if declaration else None,
                        revision=revision.revision if revision else None,
                        sealed_at=counting.sealed_at if counting else None,
                        imported_at=counting.imported_at if counting else None,
                        status=ExpertStatus.WITH_LEADER if shared else status,
                        signed=shared.signed if shared else None,
                        is_leaderless=(
                            is_visit and status is ExpertStatus.MISSING and review.application in leaderless
                        ),
                    )
                )
            return tuple(lines)

    def missing_packages(self) -> tuple[MissingPackage, ...]:
        """Order numbers that a device has passed and that never arrived; the next package carries what was in them."""
        with self._context.store.reading() as work:
            sequences = work.packages.sequences()
            waiting = {
                (entry.device, entry.package_sha256) for entry in work.tray.entries() if entry.device is not None
            }
        held = {device for device, _package in waiting}
        return tuple(
            MissingPackage(DeviceCode(device), seq)
            for device, numbers in sequences.items()
            if device not in held
            for seq in sorted(set(range(1, max(numbers))) - set(numbers))[:_MOST_LISTED]
        )


_MOST_LISTED = 1_000
