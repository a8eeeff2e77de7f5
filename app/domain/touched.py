"""A dossier changed while it was being reviewed: which documents, and what of the review rests on one that is gone.

A reference names its document by the hash of the bytes, so a replaced document is a document that is gone and another
that is new. A signed review may only refer to documents of the dossier it was signed against; everything that refers
to a vanished one is named here until the expert has looked at it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.application import Document
from app.domain.draft import Draft
from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, Sha256


class ChangeKind(StrEnum):
    """What happened to a document of a dossier."""

    REPLACED = "replaced"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One document that is not as it was: *old* where there was one, *new* where there is one."""

    old: Document | None
    new: Document | None

    def __post_init__(self) -> None:
        if self.old is None and self.new is None:
            raise ValueError("a change of nothing")

    @property
    def kind(self) -> ChangeKind:
        """Which of the three it is."""
        if self.old is None:
            return ChangeKind.ADDED
        return ChangeKind.REMOVED if self.new is None else ChangeKind.REPLACED

    @property
    def name(self) -> str:
        """The document's name: today's, where there is one. A stranger's text."""
        document = self.new or self.old
        return document.name if document else ""


class Part(StrEnum):
    """What of a review can refer to a document."""

    SCORE = "score"
    CITATION = "citation"
    VETO = "veto"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing of the review that refers to documents the dossier no longer holds.

    Attributes:
        name: of the indicator, the veto or the question; for a citation its part of the opinion, a slash, and its
            sentence.
        gone: the references to vanished documents, in their order.
    """

    part: Part
    name: str
    gone: tuple[Anchor, ...]

    def key(self) -> str:
        """Stable text for scripts: ``score:rd_platform``."""
        return f"{self.part}:{self.name}"

    @property
    def indicator(self) -> IndicatorId | None:
        """The indicator, where it is a score that is touched."""
        return IndicatorId(self.name) if self.part is Part.SCORE else None


@dataclass(frozen=True, slots=True)
class Correction:
    """What an expert has to be told about a dossier that changed.

    Attributes:
        arrived_at: when the newest package that changed it was taken in, as the desk's clock claimed; ``None`` if it
            was before desks wrote that down.
        changes: documents replaced, removed and added.
        touched: what of the review has to be confirmed before signing.
    """

    arrived_at: datetime | None
    changes: tuple[DocumentChange, ...]
    touched: tuple[Touched, ...] = ()

    @property
    def scores(self) -> int:
        """How many scores are to be confirmed."""
        return sum(item.part is Part.SCORE for item in self.touched)

    @property
    def citations(self) -> int:
        """How many other references are to be confirmed."""
        return len(self.touched) - self.scores

    def of_kind(self, kind: ChangeKind) -> tuple[DocumentChange, ...]:
        """The changes of one kind, in the order of the dossier."""
        return tuple(change for change in self.changes if change.kind is kind)

    def successor(self, document: Sha256) -> Document | None:
        """The document that took the place of *document*, if one did."""
        for change in self.changes:
            if change.old is not None and change.old.sha256 == document and change.new is not None:
                return change.new
        return None

    def predecessor(self, document: Sha256) -> Document | None:
        """The vanished document of that hash, for its name."""
        return next((c.old for c in self.changes if c.old is not None and c.old.sha256 == document), None)


def document_changes(before: Sequence[Document], after: Sequence[Document]) -> tuple[DocumentChange, ...]:
    """What became of the documents of *before* in *after*.

    A vanished document was replaced by the new one of the same name, or else by the new one at the same place that has
    no namesake among the vanished. A document that only moved has not changed.
    """
    old_hashes, new_hashes = {each.sha256 for each in before}, {each.sha256 for each in after}
    gone = [(place, each) for place, each in enumerate(before) if each.sha256 not in new_hashes]
    fresh = {place: each for place, each in enumerate(after) if each.sha256 not in old_hashes}
    by_name = {each.name: place for place, each in reversed(fresh.items())}
    names_gone = {each.name for _place, each in gone}
    changes: list[DocumentChange] = []
    taken: set[int] = set()
    for place, old in gone:
        found = by_name.get(old.name)
        if found is None and place in fresh and fresh[place].name not in names_gone:
            found = place
        if found is None or found in taken:
            changes.append(DocumentChange(old, None))
        else:
            taken.add(found)
            changes.append(DocumentChange(old, fresh[found]))
    return (*changes, *(DocumentChange(None, each) for place, each in fresh.items() if place not in taken))


def touched(draft: Draft, documents: Collection[Sha256]) -> tuple[Touched, ...]:
    """Everything in *draft* that refers to something outside of *documents*, in the order of the draft."""
    present = frozenset(documents)
    found = [Touched(part, name, _gone(anchors, present)) for part, name, anchors in _references(draft)]
    return tuple(item for item in found if item.gone)


def settled(draft: Draft, items: Iterable[Touched], correction: Correction, *, follows: bool) -> Draft:
    """The same draft with the vanished references of *items* led on to what replaced them, or dropped.

    A reference that follows means the same page of the new document as a whole: the marked place and its words were
    those of the old one. What has no successor is dropped in any case. Scores and texts stay as they are.
    """
    wanted = {item.key(): item.gone for item in items}

    def mend(part: Part, name: str, anchors: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
        gone = wanted.get(f"{part}:{name}", ())
        led = (_led_on(each, correction, follows=follows) if each in gone else each for each in anchors)
        return tuple(dict.fromkeys(each for each in led if each is not None))

    citations = (
        replace(each, evidence=mend(Part.CITATION, f"{each.part}/{each.sentence}", each.evidence))
        for each in draft.citations
    )
    return replace(
        draft,
        entries=tuple(replace(e, evidence=mend(Part.SCORE, e.indicator, e.evidence)) for e in draft.entries),
        vetoes=tuple(replace(v, evidence=mend(Part.VETO, v.veto, v.evidence)) for v in draft.vetoes),
        citations=tuple(each for each in citations if each.evidence),
        answers=tuple(replace(a, evidence=mend(Part.ANSWER, a.question, a.evidence)) for a in draft.answers),
    )


def _references(draft: Draft) -> Iterable[tuple[Part, str, tuple[Anchor, ...]]]:
    yield from ((Part.SCORE, str(each.indicator), each.evidence) for each in draft.entries)
    yield from ((Part.CITATION, f"{each.part}/{each.sentence}", each.evidence) for each in draft.citations)
    yield from ((Part.VETO, each.veto, each.evidence) for each in draft.vetoes)
    yield from ((Part.ANSWER, each.question, each.evidence) for each in draft.answers)


def _gone(anchors: Iterable[Anchor], present: Collection[Sha256]) -> tuple[Anchor, ...]:
    return tuple(anchor for anchor in anchors if anchor.document not in present)


def _led_on(anchor: Anchor, correction: Correction, *, follows: bool) -> Anchor | None:
    new = correction.successor(anchor.document) if follows else None
    if new is None:
        return None
    has_page = anchor.page is not None and (new.pages is None or anchor.page <= new.pages)
    return Anchor(new.sha256, page=anchor.page if has_page else None, sheet=anchor.sheet, range=anchor.range)
