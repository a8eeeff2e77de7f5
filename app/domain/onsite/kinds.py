"""What an entry of each kind says: its value's type."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.onsite.acknowledgement import Acknowledgement, ReplacedAcknowledgement
from app.domain.onsite.agreement import Consensus, Dissent, ItemGrade, JointOpinion, Result
from app.domain.onsite.finding import Finding
from app.domain.onsite.hindrance import Hindrance
from app.domain.onsite.merging import EntryKind
from app.domain.onsite.opinion import Cosignature, FrozenOpinion, PaperSignature
from app.domain.onsite.photo import Binding, MarkedCopy, PhotoFacts
from app.domain.onsite.record import EvidenceRecord
from app.domain.onsite.sampling import Sample
from app.domain.onsite.signed_sheet import SignedSheet
from app.domain.onsite.visit import Answer, VisitPlan

TYPES: Final[Mapping[EntryKind, type]] = MappingProxyType(
    {
        EntryKind.PLAN: VisitPlan,
        EntryKind.RECORD: EvidenceRecord,
        EntryKind.GRADE: ItemGrade,
        EntryKind.ANSWER: Answer,
        EntryKind.SAMPLE: Sample,
        EntryKind.PHOTO: PhotoFacts,
        EntryKind.COPY: MarkedCopy,
        EntryKind.BINDING: Binding,
        EntryKind.FINDING: Finding,
        EntryKind.ACKNOWLEDGEMENT: Acknowledgement,
        EntryKind.REPLACED: ReplacedAcknowledgement,
        EntryKind.HINDRANCE: Hindrance,
        EntryKind.CONSENSUS: Consensus,
        EntryKind.DISSENT: Dissent,
        EntryKind.OPINION: JointOpinion,
        EntryKind.RESULT: Result,
        EntryKind.SHEET: SignedSheet,
        EntryKind.PAPER_SIGNATURE: PaperSignature,
        EntryKind.FROZEN: FrozenOpinion,
        EntryKind.COSIGNATURE: Cosignature,
    }
)
KINDS: Final[Mapping[type, EntryKind]] = MappingProxyType({value: kind for kind, value in TYPES.items()})
SIGNING: Final = frozenset({EntryKind.FROZEN, EntryKind.COSIGNATURE})
"""Entries about the signing of the notes, which are no part of what is signed."""
