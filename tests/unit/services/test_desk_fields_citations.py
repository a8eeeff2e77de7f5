"""Citations of the opinion are a field like any other: they come back whole, and their event says what they are."""

from app.domain.draft import Draft
from app.domain.events import EventKind
from app.domain.evidence import Anchor
from app.domain.ids import Sha256
from app.domain.review import Citation, OpinionPart
from app.services import desk_fields

TIED = Citation(OpinionPart.TEXT, "拥有研发平台", (Anchor(Sha256("a" * 64), page=2),))


def test_citations_of_a_draft_come_back_from_its_fields() -> None:
    draft = Draft(citations=(TIED,))
    assert desk_fields.draft_from(desk_fields.fields_of(draft)) == draft


def test_a_citation_is_chained_as_evidence_and_one_without_a_place_is_none() -> None:
    field = desk_fields.citations_field((TIED, Citation(OpinionPart.CONCERNS, "无", ())))
    kind, value, digest = desk_fields.event_of(desk_fields.OPINION_EVIDENCE, field)
    assert (kind, value) == (EventKind.EVIDENCE_TIED, "1")
    assert digest
