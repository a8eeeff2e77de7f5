"""Who may carry whose notes from desk to desk.

A member brings what is the member's own, and what was typed for members on paper. The leader merges the team's notes
and may bring everything. What only a leader decides comes from a leader alone, whoever carries it.
"""

from dataclasses import dataclass
from typing import Final

from app.domain.onsite.ids import MemberId
from app.domain.onsite.merging import Entry, EntryKind

LEADING: Final = frozenset(
    {
        EntryKind.PLAN,
        EntryKind.CONSENSUS,
        EntryKind.ACKNOWLEDGEMENT,
        EntryKind.REPLACED,
        EntryKind.HINDRANCE,
        EntryKind.OPINION,
        EntryKind.RESULT,
        EntryKind.FROZEN,
        EntryKind.PAPER_SIGNATURE,
    }
)
"""What the leader alone writes."""


@dataclass(frozen=True, slots=True)
class Bringer:
    """A member whose notes leave a desk, or arrive at one.

    Attributes:
        with_desk: members who write at a desk of their own, so that nobody else speaks for them.
    """

    member: MemberId
    is_leader: bool
    with_desk: frozenset[MemberId]

    def may_bring(self, entry: Entry) -> bool:
        """Whether *entry* may come from this member."""
        if self.is_leader:
            return True
        if entry.kind in LEADING or not _is_named_after(entry):
            return False
        return entry.author == self.member or entry.author not in self.with_desk


def _is_named_after(entry: Entry) -> bool:
    """What everybody has one of, a grade of one item for instance, is called after its author or their computer."""
    _what, at, author = entry.id.rpartition("@")
    return not at or author == entry.author or author.startswith(f"{entry.author}-")
