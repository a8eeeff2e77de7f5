"""What happened to one review, line by line, each line chained to the one before by SHA-256.

Lines tell that something happened and when the desk's clock claimed it did; texts appear by their hash only, so that
drafts never leave the desk. A changed, missing or reordered line breaks the chain, and a store put back to an earlier
day ends at an earlier head.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import Sha256


class EventKind(StrEnum):
    """A closed list."""

    OPENED = "opened"
    DECLARED = "declared"
    VALUE_SET = "value_set"
    TEXT_SETTLED = "text_settled"
    EVIDENCE_TIED = "evidence_tied"
    UNDONE = "undone"
    TYPED_FROM_FORM = "typed_from_form"  # by somebody else; the expert has ticked it
    PRINTED = "printed"  # pages of the dossier, with a watermark; *value* names them, *digest* the document
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Event:
    """One line.

    Attributes:
        number: from 1, without gaps.
        at: never earlier than the event before it; a claim, not a fact (threat T9).
        target: what was touched: ``value:rd_platform``, ``reason:rd_platform``, ``evidence:rd_platform``,
            ``opinion.recommend``, ``opinion.text``, ``opinion.strengths``, ``opinion.concerns``, ``veto:V1``; empty
            where the event concerns the whole review.
        value: the new value in plain characters: ``75``, ``75/cap``, ``na``, ``unjudged``, ``yes``, ``none``, the
            number of a revision, pages such as ``1-3,7``; empty where it was cleared or is a text.
        digest: SHA-256 of the text or evidence now there, of the sealed assessment, or of the printed document.
    """

    number: int
    at: datetime
    what: EventKind
    target: str = ""
    value: str = ""
    digest: Sha256 | None = None
