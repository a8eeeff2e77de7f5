"""The self-check before signing: private to the desk, and never part of anything that leaves it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from app.domain.changes import Changes
from app.domain.examination import ReviewForm, assessment_of, missing
from app.domain.examination_check import examination_check
from app.domain.ids import ReviewId, Sha256
from app.domain.rubric import Rubric
from app.domain.self_check import Remark, Written, every_text, self_check
from app.errors import UserFacingError
from app.i18n import N_
from app.services import desk_fields
from app.services.desk_editing import find_review, require_unlocked
from app.services.desk_tasks import form_of
from app.storage.desk.store import DeskStore, UnitOfWork

_SETTING: Final = "self_check."


class RemarkUnknownError(UserFacingError):
    """The remark is not there any more, or is one that cannot be left as it is."""

    code = "remark_unknown"
    message = N_("This remark cannot be left as it is. Run the self-check again and look at what it says now.")


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark, and whether the expert decided to leave things as they are."""

    remark: Remark
    is_left: bool


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """All remarks about one review; *names* are those of the dossier's documents."""

    review: ReviewId
    form: ReviewForm
    findings: tuple[Finding, ...]
    names: Mapping[Sha256, str]

    @property
    def open(self) -> tuple[Finding, ...]:
        """Those nobody has decided about."""
        return tuple(finding for finding in self.findings if not finding.is_left)


class SelfCheckService:
    """Reads the drafts of this desk; writes nothing but what was left as it is."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def check(self, review: ReviewId) -> SelfCheck:
        """Look through *review*.

        Raises:
            ApplicationUnknownError, DossierLockedError, DossierClosedError: as their sentences say.
        """
        with self._store.reading() as work:
            record = find_review(work, review)
            require_unlocked(record)
            form = form_of(work, record)
            assessment = assessment_of(form, desk_fields.draft_from(work.drafts.fields(review)))
            others = _others(work, review)
            left = _left(work, review)
            names = {one.document.sha256: one.document.name for one in work.assignments.documents(review)}
        lacking = missing(form, assessment)
        if isinstance(form, Rubric):
            remarks = self_check(form, assessment, missing=lacking, others=others)
        else:
            remarks = examination_check(form, assessment, missing=lacking, others=others)
        findings = tuple(Finding(one, one.can_be_left and one.key() in left) for one in remarks)
        return SelfCheck(review, form, findings, names)

    def findings(self, review: ReviewId) -> tuple[Finding, ...]:
        """The findings alone; raises what :meth:`check` raises."""
        return self.check(review).findings

    def leave(self, review: ReviewId, *keys: str) -> Changes:
        """These remarks are seen and nothing is to be changed; each comes back once its content changes.

        Raises:
            RemarkUnknownError: one of them is not a remark of now, or says that something is missing.
        """
        known = {one.remark.key() for one in self.findings(review) if one.remark.can_be_left}
        if not known.issuperset(keys):
            raise RemarkUnknownError
        with self._store.writing() as work:
            require_unlocked(find_review(work, review))
            _save(work, review, (_left(work, review) & known) | frozenset(keys))
        return Changes(reviews=frozenset({review}))

    def take_back(self, review: ReviewId, *keys: str) -> Changes:
        """Ask about these remarks again."""
        with self._store.writing() as work:
            require_unlocked(find_review(work, review))
            _save(work, review, _left(work, review) - frozenset(keys))
        return Changes(reviews=frozenset({review}))


def _others(work: UnitOfWork, review: ReviewId) -> tuple[Written, ...]:
    fields = work.drafts.all_fields()
    others = []
    for record in work.reviews.all():
        if record.review == review or not record.is_unlocked or record.review not in fields:
            continue
        assessment = assessment_of(form_of(work, record), desk_fields.draft_from(fields[record.review]))
        others.append(Written(record.application, every_text(assessment)))
    return tuple(others)


def _left(work: UnitOfWork, review: ReviewId) -> frozenset[str]:
    kept = work.desk.setting(_SETTING + review)
    return frozenset(msgspec.json.decode(kept, type=list[str])) if kept else frozenset()


def _save(work: UnitOfWork, review: ReviewId, keys: Iterable[str]) -> None:
    value = msgspec.json.encode(sorted(keys)).decode()
    work.desk.save_setting(_SETTING + review, value)
    work.commit(f"{_SETTING}{review}={value}".encode())
