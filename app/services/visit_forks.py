"""Notes that two copies of one desk wrote differently, each value in words, for its author to choose one."""

from dataclasses import dataclass
from functools import singledispatch

from app.domain.ids import Sha256
from app.domain.onsite.acknowledgement import Acknowledgement, ReplacedAcknowledgement
from app.domain.onsite.agreement import Consensus, Dissent, ItemGrade, JointOpinion, Result
from app.domain.onsite.bringing import LEADING
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.finding import Finding
from app.domain.onsite.hindrance import Hindrance
from app.domain.onsite.ids import EntryId, ItemId, MemberId
from app.domain.onsite.merging import Entry, EntryKind, forked
from app.domain.onsite.photo import Binding
from app.domain.onsite.record import EvidenceRecord
from app.domain.onsite.visit import Answer, VisitPlan
from app.i18n import _, ngettext
from app.packages import canonical
from app.services.visit_notebook import TYPES, Notebook
from app.words.onsite import acknowledgement_words, conclusion_words, finding_words, hindrance_words, stage_words


@dataclass(frozen=True, slots=True)
class ForkedValue:
    """One of the values; *words* say what it is, and are empty where nothing can be said."""

    sha256: Sha256
    words: str


@dataclass(frozen=True, slots=True)
class Fork:
    """One entry with the values that stand beside each other.

    Attributes:
        item: of the checklist, where it is about one.
        is_mine: the expert at this desk may choose.
    """

    kind: EntryKind
    id: EntryId
    author: MemberId
    item: ItemId | None
    is_mine: bool
    values: tuple[ForkedValue, ...]


def forks_of(notebook: Notebook) -> tuple[Fork, ...]:
    """Every entry of the visit that stands more than once."""
    entries = notebook.work.visits.entries(notebook.visit)
    return tuple(_fork(notebook, several) for several in forked(entries))


def may_choose(notebook: Notebook, entry: Entry) -> bool:
    """Whoever wrote it chooses; of what was typed from paper, whoever assesses at this desk."""
    if entry.author == notebook.me:
        return True
    has_desk = {one.id for one in notebook.plan.team if one.has_desk}
    return entry.kind not in LEADING and entry.author not in has_desk


def _fork(notebook: Notebook, several: tuple[Entry, ...]) -> Fork:
    first = several[0]
    values: list[object] = [canonical.decode(one.content, TYPES[one.kind]) for one in several]
    words = [_words(value, notebook.checklist) for value in values]
    return Fork(
        first.kind,
        first.id,
        first.author,
        next((found for value in values if (found := getattr(value, "item", None))), None),
        may_choose(notebook, first),
        tuple(ForkedValue(one.sha256, said) for one, said in zip(several, words, strict=True)),
    )


@singledispatch
def _words(_value: object, _checklist: Checklist) -> str:
    """What a value says; kinds that nobody can tell apart by their words say nothing."""
    return ""


@_words.register
def _grade(value: ItemGrade | Consensus, checklist: Checklist) -> str:
    label = checklist.label_of(value.grade) if value.grade else _("not graded")
    return f"{label} — {value.reason}" if value.reason else label


@_words.register
def _record(value: EvidenceRecord, checklist: Checklist) -> str:
    label = [checklist.label_of(value.grade)] if value.grade else []
    return " — ".join([*label, value.seen, *([value.state_reason] if value.state_reason else [])])


@_words.register
def _finding(value: Finding, _checklist: Checklist) -> str:
    return f"{finding_words(value.kind)} — {value.fact}"


@_words.register
def _plan(value: VisitPlan, _checklist: Checklist) -> str:
    lines = ngettext("{count} line in the timetable", "{count} lines in the timetable", len(value.timetable))
    return f"{stage_words(value.stage)} — {lines.format(count=len(value.timetable))}"


@_words.register
def _binding(value: Binding, _checklist: Checklist) -> str:
    return (value.caption or _("on the item")) if value.is_bound else _("taken off the item")


@_words.register
def _text(value: Answer | Dissent | JointOpinion, _checklist: Checklist) -> str:
    return value.text


@_words.register
def _result(value: Result, _checklist: Checklist) -> str:
    return conclusion_words(value.now)


@_words.register
def _acknowledgement(value: Acknowledgement, _checklist: Checklist) -> str:
    return acknowledgement_words(value.outcome)


@_words.register
def _replaced(value: ReplacedAcknowledgement, _checklist: Checklist) -> str:
    return f"{acknowledgement_words(value.before.outcome)} — {value.reason}"


@_words.register
def _hindrance(value: Hindrance, _checklist: Checklist) -> str:
    return hindrance_words(value)
