"""What the team settles: findings, agreed grades, dissent, the applicant's acknowledgement, the conclusion."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from app.clock import BEIJING
from app.domain.changes import Changes
from app.domain.ids import Sha256
from app.domain.onsite.acknowledgement import (
    AcknowledgedAlreadyError,
    Acknowledgement,
    AcknowledgementOutcome,
    NoSealPendingError,
    ReplacedAcknowledgement,
    SealDuePastError,
    acknowledgement_code,
)
from app.domain.onsite.agreement import Consensus, Dissent, ItemGrade, JointOpinion, Result, settled
from app.domain.onsite.checklist import Grade
from app.domain.onsite.contradictions import (
    EvidenceWithdrawnError,
    contradictions,
    is_unsupported,
    require_none,
)
from app.domain.onsite.finding import Finding, FindingKind, FindingsMissingError, ungrounded
from app.domain.onsite.grading import Conclusion, after_rectification, check_grade, conclude, score
from app.domain.onsite.hindrance import Hindrance, limitation
from app.domain.onsite.ids import EntryId, ItemId, MemberId, SiteId, VisitId
from app.domain.onsite.photo import Binding
from app.domain.onsite.record import AlreadySettledError, EvidenceRecord, RecordState
from app.domain.onsite.sampling import Sample
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.signed_sheet import SignedSheet
from app.domain.onsite.visit import NOT_VISITED, MeetingKind, StageOrderError, visit_code
from app.packages import canonical
from app.services.visit_errors import EntryUnknownError
from app.services.visit_notebook import ONLY, Notebook, new_id
from app.services.visit_notes import require_photos
from app.storage.desk.store import DeskStore
from app.words.onsite import acknowledgement_words


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDraft:
    """A finding as it is typed in; fields as in :class:`app.domain.onsite.finding.Finding`."""

    kind: FindingKind
    item: ItemId
    fact: str
    clause: str = ""
    records: tuple[EntryId, ...] = ()
    photos: tuple[Sha256, ...] = ()
    author: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementDraft:
    """What the applicant's representative did; fields as in the domain's ``Acknowledgement``.

    Attributes:
        sheets: the signed sheets that came back by their code, where none is named.
    """

    outcome: AcknowledgementOutcome
    signed_by: str = ""
    post: str = ""
    remark: str = ""
    witness: MemberId | None = None
    seal_due: date | None = None
    sheets: tuple[Sha256, ...] = ()


class VisitMeeting:
    """Team meeting and closing meeting of one desk's visits."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def find(self, visit: VisitId, draft: FindingDraft, *, entry: EntryId | None = None) -> tuple[EntryId, Changes]:
        """Write a finding down, or write *entry* anew; a nonconformity gets its due date by the checklist.

        The days count from the closing meeting, or from today where that has no date yet.

        Raises:
            AlreadySettledError: *entry* was withdrawn, put right or verified.
            EvidenceWithdrawnError: a nonconformity that would rest on withdrawn records alone.
            FindingInvalidError, UnknownItemError, EntryUnknownError, OwnRecordsOnlyError, VisitConcludedError.
        """
        number = entry or new_id()

        def act(notebook: Notebook) -> None:
            notebook.require_open()
            author, _typed = notebook.author(draft.author)
            if entry is not None:
                _check_open_to(author, notebook.value(Finding, entry))
            records = [notebook.value(EvidenceRecord, record) for record in draft.records]
            require_photos(notebook, draft.photos)
            finding = Finding(
                number,
                draft.kind,
                notebook.checklist.item(draft.item).id,
                author,
                draft.fact,
                draft.clause,
                draft.records,
                draft.photos,
            )
            if is_unsupported(finding, [one.id for one in records if one.state is RecordState.WITHDRAWN]):
                raise EvidenceWithdrawnError(items=finding.item)
            if finding.counts:
                finding = finding.with_rectification(_closing(notebook), days=notebook.checklist.rectification_days)
            notebook.put(number, finding, author=author)

        return number, self._write(visit, act)

    def withdraw(self, visit: VisitId, entry: EntryId, reason: str) -> Changes:
        """A finding was disproved; it stays readable. Raises ``UnexplainedError``, ``AlreadySettledError``."""
        return self._restate(visit, entry, lambda finding: finding.withdrawn(reason))

    def correct(self, visit: VisitId, entry: EntryId, how: str) -> Changes:
        """A finding was put right on the spot; it stays recorded.

        Raises:
            UnexplainedError, AlreadySettledError, NothingToRectifyError.
        """
        return self._restate(visit, entry, lambda finding: finding.corrected(how))

    def verify(self, visit: VisitId, entry: EntryId, done: str, *, is_effective: bool) -> Changes:
        """The leader saw what was done. With the last one, the conclusion changes; the score never does.

        Raises:
            NotLeaderError, NothingToRectifyError, EntryUnknownError.
        """

        def act(notebook: Notebook) -> None:
            leader = notebook.require_leader()
            finding = notebook.value(Finding, entry)
            today = notebook.now.astimezone(BEIJING).date()
            seen = finding.verified(done, by=leader, on=today, is_effective=is_effective)
            notebook.put(entry, seen, author=finding.author)
            result = notebook.find(Result, ONLY)
            if result is not None:
                notebook.put(ONLY, replace(result, now=conclusion_now(notebook, result.at_visit)), author=leader)

        return self._write(visit, act)

    def agree(self, visit: VisitId, item: ItemId, *, grade: Grade, reason: str, site: SiteId | None = None) -> Changes:
        """The team's grade, with its reason; the members' own grades stay. Raises ``NotLeaderError`` and the like."""

        def act(notebook: Notebook) -> None:
            leader = notebook.require_leader()
            notebook.require_open()
            check_grade(notebook.checklist, item, grade)
            where = notebook.site(site)
            agreed = Consensus(notebook.checklist.item(item).id, where, grade, reason, notebook.now)
            notebook.put(EntryId(f"{item}@{where}"), agreed, author=leader)

        return self._write(visit, act)

    def dissent(
        self, visit: VisitId, text: str, *, item: ItemId | None = None, author: MemberId | None = None
    ) -> Changes:
        """A member's own view of an item or of the whole; written down also after the conclusion."""

        def act(notebook: Notebook) -> None:
            by, _typed = notebook.author(author)
            if item is not None:
                notebook.checklist.item(item)
            view = Dissent(new_id(), by, text, notebook.now, item)
            notebook.put(view.id, view, author=by)

        return self._write(visit, act)

    def acknowledge(self, visit: VisitId, draft: AcknowledgementDraft, *, replacing: str = "") -> Changes:
        """What the representative did with the sheet of facts.

        Args:
            replacing: why this outcome takes the place of the one that is written down; that one is kept.

        Raises:
            AcknowledgedAlreadyError: an outcome is there, and no reason is given. SealDuePastError.
            AcknowledgementInvalidError, NotLeaderError, EntryUnknownError, NotOnTeamError, NoAssessorError.
        """

        def act(notebook: Notebook) -> None:
            leader = notebook.require_leader()
            if draft.seal_due is not None and draft.seal_due < notebook.now.astimezone(BEIJING).date():
                raise SealDuePastError(day=draft.seal_due.isoformat())
            _keep_before(notebook, replacing)
            if draft.witness is not None:
                notebook.plan.assessor(draft.witness)
            facts = facts_of(notebook)
            sheets = draft.sheets or _signed(notebook, facts)
            require_photos(notebook, sheets)
            made = Acknowledgement(
                draft.outcome,
                facts,
                notebook.now,
                leader,
                draft.signed_by,
                draft.post,
                draft.remark,
                draft.witness,
                draft.seal_due,
                None,
                sheets,
            )
            notebook.put(ONLY, made, author=leader)

        return self._write(visit, act)

    def attach_seal(self, visit: VisitId, code: str, sheet: Sha256) -> Changes:
        """The sealed sheet has come, as a photo of the tray.

        Args:
            code: the 8 digits of the printed sheet, or the visit's own number where a blank was filled in by hand.

        Raises:
            NoSealPendingError, EntryUnknownError, NotLeaderError.
        """

        def act(notebook: Notebook) -> None:
            leader = notebook.require_leader()
            require_photos(notebook, (sheet,))
            made = notebook.find(Acknowledgement, ONLY)
            if made is None:
                raise NoSealPendingError
            today = notebook.now.astimezone(BEIJING).date()
            is_blank = code.strip() == visit_code(notebook.record.application, visit)
            notebook.put(ONLY, made.sealed(made.code if is_blank else code, sheet, on=today), author=leader)

        return self._write(visit, act)

    def write_opinion(self, visit: VisitId, text: str) -> Changes:
        """Keep the joint opinion as far as it is written. Raises ``NotLeaderError``, ``VisitConcludedError``."""

        def act(notebook: Notebook) -> None:
            leader = notebook.require_leader()
            notebook.require_open()
            notebook.put(ONLY, JointOpinion(text, leader), author=leader)

        return self._write(visit, act)

    def conclude(self, visit: VisitId, *, opinion: str = "", approval: str = "") -> tuple[Result, Changes]:
        """Freeze grades and score; the conclusion follows by the checklist.

        Args:
            opinion: the joint opinion; what was written of it so far where nothing is said.
            approval: the leader's reason why more items than usual do not apply.

        Raises:
            NotLeaderError, VisitConcludedError, GradesMissingError (also where members differ and the team has not
            agreed), TooManyNotApplicableError, FindingsMissingError, FindingAgainstGradeError,
            GradeAgainstFindingError, EvidenceWithdrawnError.
            StageOrderError: the visit does not take place, or not yet.
        """
        made: list[Result] = []

        def act(notebook: Notebook) -> None:
            leader = notebook.require_leader()
            notebook.require_open()
            if notebook.plan.stage in NOT_VISITED:
                raise StageOrderError
            grades = settled(
                notebook.checklist,
                notebook.values(ItemGrade).values(),
                notebook.values(Consensus).values(),
            )
            is_limited = limitation(notebook.values(Hindrance).values()) is not None
            points = score(notebook.checklist, grades)
            found = conclude(notebook.checklist, points, approval=approval, is_limited=is_limited)
            if lacking := ungrounded(grades, notebook.values(Finding).values()):
                raise FindingsMissingError(items=", ".join(lacking))
            records = notebook.values(EvidenceRecord).values()
            require_none(contradictions(grades, notebook.values(Finding).values(), records))
            now = conclusion_now(notebook, found)
            written = notebook.find(JointOpinion, ONLY)
            text = opinion.strip() or (written.text.strip() if written else "")
            result = Result(tuple(grades.items()), found, now, notebook.now, leader, text, approval.strip())
            notebook.put(ONLY, result, author=leader)
            made.append(result)

        changes = self._write(visit, act)
        return made[0], changes

    def _restate(self, visit: VisitId, entry: EntryId, change: Callable[[Finding], Finding]) -> Changes:
        def act(notebook: Notebook) -> None:
            notebook.require_open()
            finding = notebook.value(Finding, entry)
            if notebook.plan.leader.id != notebook.me:
                notebook.author(finding.author)
            notebook.put(entry, change(finding), author=finding.author)

        return self._write(visit, act)

    def _write(self, visit: VisitId, act: Callable[[Notebook], None]) -> Changes:
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            act(notebook)
            notebook.commit()
        return Changes(visits=frozenset({visit}))


def facts_of(notebook: Notebook) -> Sha256:
    """SHA-256 over what the representative is shown: nonconformities, samples and photos on items; never a score."""
    findings = sorted(
        (one.id, one.item, one.clause, one.fact) for one in notebook.values(Finding).values() if one.counts
    )
    samples = sorted((one.id, one.item, one.of, one.numbers) for one in notebook.values(Sample).values())
    photos = sorted({(one.photo, one.item) for one in notebook.values(Binding).values() if one.is_bound})
    return canonical.digest_of((notebook.visit, findings, samples, photos))


def _keep_before(notebook: Notebook, reason: str) -> None:
    """The outcome that stands goes into the history of the visit. Raises ``AcknowledgedAlreadyError``."""
    before = notebook.find(Acknowledgement, ONLY)
    if before is None:
        return
    if not reason.strip():
        raise AcknowledgedAlreadyError(outcome=acknowledgement_words(before.outcome))
    replaced = ReplacedAcknowledgement(before, reason.strip(), notebook.me, notebook.now)
    notebook.put(new_id(), replaced, author=notebook.me)


def _signed(notebook: Notebook, facts: Sha256) -> tuple[Sha256, ...]:
    """Sheets of these facts that came back before the outcome was written down."""
    digits = acknowledgement_code(facts)
    came = sorted(notebook.values(SignedSheet).values(), key=lambda one: (one.at, one.scan))
    return tuple(dict.fromkeys(one.scan for one in came if one.form is VisitForm.ACKNOWLEDGEMENT and one.shows(digits)))


def _check_open_to(author: MemberId, finding: Finding) -> None:
    if finding.author != author:
        raise EntryUnknownError(entry=finding.id)
    if finding.is_settled:
        raise AlreadySettledError


def conclusion_now(notebook: Notebook, at_visit: Conclusion) -> Conclusion:
    """What has become of the conclusion: everything verified, and seen what could not be seen."""
    is_all_verified = all(one.is_verified for one in notebook.values(Finding).values() if one.counts)
    is_limited = limitation(notebook.values(Hindrance).values()) is not None
    return after_rectification(at_visit, is_all_verified=is_all_verified, is_limited=is_limited)


def _closing(notebook: Notebook) -> date:
    closing = next((one for one in notebook.plan.meetings if one.kind is MeetingKind.CLOSING), None)
    return (closing.at if closing else notebook.now).astimezone(BEIJING).date()
