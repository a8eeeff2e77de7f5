"""Sent, returned, in the record: side by side, so that what is missing is seen before the deadline."""

from app.domain.ids import DeviceCode
from app.domain.results import MissingPackage, ReturnLine
from app.services.record_context import RecordContext
from app.services.record_statuses import status_of


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
            for review in work.reviews.all():
                revision, declaration = revisions.get(review.review), declared.get(review.review)
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
                        sealed_at=revision.sealed_at if revision else None,
                        imported_at=revision.imported_at if revision else None,
                        status=status_of(review, has_revision=revision is not None, declaration=declaration),
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
