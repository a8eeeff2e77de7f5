"""Sent, returned, in the record: one line for each review, with the reason why something is not there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.ids import ExpertCode
from app.domain.outcome import Outcome
from app.domain.results import ExpertStatus, ReturnLine
from app.domain.tray import TrayEntry
from app.i18n import N_, _
from app.words.onsite import signed_words
from ui.record.words import last_day
from ui.state import State, Tone


class Where(StrEnum):
    """Where a review is now; in the order in which somebody has to look."""

    HELD = "held"
    STRANDED = "stranded"
    LEADERLESS = "leaderless"
    OVERDUE = "overdue"
    TO_SEND = "to_send"
    OUTSIDE = "outside"
    EXCUSED = "excused"
    IN_RECORD = "in_record"


_REASONS: Final = {
    Where.STRANDED: N_(
        "The expert's computer was revoked. Let them enrol a new one, or give the review to somebody else."
    ),
    Where.LEADERLESS: N_("Nobody leads this visit any more. Name another leader (Panels), then write packages again."),
    Where.TO_SEND: N_("Assigned, but no package was written yet."),
    Where.OUTSIDE: N_("Sent; nothing has come back yet."),
    Where.EXCUSED: N_("The expert needs not review this one."),
}


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One review, and what lies in the tray for it."""

    line: ReturnLine
    where: Where
    held: Outcome | None
    reason: str

    @property
    def returned_at(self) -> datetime | None:
        """When the expert signed what is here."""
        return self.line.sealed_at


def where_state(where: Where) -> State:
    """Sign, word and tone of a line."""
    return {
        Where.HELD: State("!", _("In the tray"), Tone.WARN),
        Where.STRANDED: State("!", _("No computer"), Tone.BAD),
        Where.LEADERLESS: State("!", _("No leader"), Tone.BAD),
        Where.OVERDUE: State("!", _("Overdue"), Tone.BAD),
        Where.TO_SEND: State("○", _("Not sent"), Tone.NEUTRAL),
        Where.OUTSIDE: State("→", _("With the expert"), Tone.ACTIVE),
        Where.EXCUSED: State("–", _("Recused or abstained"), Tone.NEUTRAL),
        Where.IN_RECORD: State("✓", _("In the record"), Tone.GOOD),
    }[where]


def rows_of(
    lines: Iterable[ReturnLine],
    tray: Iterable[TrayEntry],
    sentences: Mapping[Outcome, str],
    *,
    now: datetime,
    without_device: frozenset[ExpertCode] = frozenset(),
) -> tuple[ReturnRow, ...]:
    """Every review with where it is and why.

    Args:
        lines: what the record says of each review.
        tray: what waits there.
        sentences: what each outcome means.
        now: deadlines are compared with it.
        without_device: experts with no computer that anything could be sent to or come from.
    """
    held = {(entry.expert, code): entry.outcome for entry in tray for code in entry.applications}
    rows = [_row(line, held.get((line.expert, line.application)), sentences, without_device, now=now) for line in lines]
    order = list(Where)
    return tuple(sorted(rows, key=lambda row: (order.index(row.where), row.line.application, row.line.expert)))


def _row(
    line: ReturnLine,
    held: Outcome | None,
    sentences: Mapping[Outcome, str],
    without_device: frozenset[ExpertCode],
    *,
    now: datetime,
) -> ReturnRow:
    where = _where(line, held, now, is_stranded=line.expert in without_device)
    return ReturnRow(line, where, held, _reason(line, where, sentences.get(held, "") if held else ""))


def _where(line: ReturnLine, held: Outcome | None, now: datetime, *, is_stranded: bool) -> Where:
    if held is not None:
        return Where.HELD
    if line.status in {ExpertStatus.SEALED, ExpertStatus.WITH_LEADER}:
        return Where.IN_RECORD
    if line.status in {ExpertStatus.RECUSED, ExpertStatus.ABSTAINED}:
        return Where.EXCUSED
    if is_stranded:
        return Where.STRANDED
    if line.is_leaderless:
        return Where.LEADERLESS
    if line.sent_at is None:
        return Where.TO_SEND
    return Where.OVERDUE if line.deadline_at is not None and line.deadline_at < now else Where.OUTSIDE


def _reason(line: ReturnLine, where: Where, sentence: str) -> str:
    if where is Where.HELD:
        return sentence
    if where is Where.IN_RECORD:
        signed = line.signed
        return _("In the leader's review; {signed}.").format(signed=signed_words(signed)) if signed else ""
    if where is Where.OVERDUE:
        return _("Nothing came by {date}. Ask the expert, or extend the deadline.").format(
            date=last_day(line.deadline_at)
        )
    if where is Where.OUTSIDE and line.declared is not None:
        return _("No conflict declared; the review is still to come.")
    return _(_REASONS[where])
