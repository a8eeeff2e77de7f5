"""Why there is something signed of an expert, or why there is nothing."""

from app.domain.conflict import Declared
from app.domain.results import ExpertStatus
from app.storage.record.reviews import StoredDeclaration, StoredReview


def status_of(review: StoredReview, *, has_revision: bool, declaration: StoredDeclaration | None) -> ExpertStatus:
    """Why there is a value, or why there is none."""
    if review.is_recalled:
        return ExpertStatus.STRUCK
    declared = declaration.declaration.declared if declaration else Declared.NONE
    if declared is Declared.CONFLICT:
        return ExpertStatus.RECUSED
    if declared is Declared.ABSTAIN:
        return ExpertStatus.ABSTAINED
    return ExpertStatus.SEALED if has_revision else ExpertStatus.MISSING
