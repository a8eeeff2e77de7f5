"""Scores typed by somebody else: read back, compared, and taken over where the expert has ticked them."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from app.decoding.pool import DecodingPool
from app.domain.changes import Changes
from app.domain.draft import Entry
from app.domain.events import EventKind
from app.domain.ids import ApplicationCode, IndicatorId, ReviewId
from app.domain.rubric import Rubric
from app.domain.typed_form import TypedReading, TypedRow, compare
from app.errors import UserFacingError
from app.i18n import N_
from app.intake.typing_sheet_file import read_typing_sheet
from app.services import desk_fields
from app.services.desk_editing import Editing, find_review, require_editable
from app.services.desk_tasks import rubric_of
from app.storage.desk.records import FieldValue, ReviewRecord
from app.storage.desk.store import DeskStore, UnitOfWork


class TypedFormForeignError(UserFacingError):
    """Scores of one dossier must never end up in another."""

    code = "typed_form_other_application"
    message = N_("This sheet was made for {found}, not for {application}. Take the sheet of this application.")


class TypedFormRulesError(UserFacingError):
    """The indicators may be others, or weigh differently."""

    code = "typed_form_other_rules"
    message = N_("This sheet was made for other scoring rules. Write a new sheet for {application}, and fill in that.")


class NotInFormError(UserFacingError):
    """A tick without a difference."""

    code = "not_in_form"
    message = N_("The sheet changes nothing at “{indicator}”. Look at the list of differences again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedForm:
    """A sheet that belongs to this review, compared with its draft."""

    review: ReviewId
    application: ApplicationCode
    rubric: Rubric
    rows: tuple[TypedRow, ...]
    reading: TypedReading


class TypingService:
    """Only the expert signs; somebody else may have typed, and the events say so."""

    def __init__(self, store: DeskStore, pool: DecodingPool) -> None:
        self._store, self._pool = store, pool

    def read(self, review: ReviewId, path: Path) -> TypedForm:
        """What the sheet at *path* would change. Nothing is changed yet.

        Raises:
            TypedFormForeignError, TypedFormRulesError: it belongs to another application, or to other rules.
            TypedFormUnreadableError, TypedFormUnknownError, DecodingError: it is no such sheet.
            SealedReviewError, DossierLockedError, DossierClosedError: nothing can be changed here.
        """
        with self._store.reading() as work:
            require_editable(find_review(work, review))
        sheet = read_typing_sheet(path, decoder=self._pool)
        with self._store.reading() as work:
            record = find_review(work, review)
            if sheet.application != record.application:
                raise TypedFormForeignError(found=sheet.application[:20] or "?", application=record.application)
            if sheet.rubric != record.rubric:
                raise TypedFormRulesError(application=record.application)
            return TypedForm(
                review=review,
                application=record.application,
                rubric=rubric_of(work, record),
                rows=sheet.rows,
                reading=_compare(work, record, sheet.rows),
            )

    def take(self, form: TypedForm, indicators: Collection[IndicatorId]) -> Changes:
        """Take over what was ticked, as one step that can be undone.

        Raises:
            NotInFormError: something ticked is no difference (any more); nothing is taken then.
        """
        with self._store.writing() as work:
            record = find_review(work, form.review)
            require_editable(record)
            editing = Editing(work, record)
            editing.settle()
            found = {each.indicator: each for each in _compare(work, record, form.rows).differences}
            fields: dict[str, FieldValue] = {}
            for indicator in dict.fromkeys(indicators):
                if indicator not in found:
                    raise NotInFormError(indicator=indicator)
                fields |= _fields(found[indicator].then)
            editing.put_all(fields, said_as=EventKind.TYPED_FROM_FORM)
            editing.commit()
        return Changes(tasks=True, reviews=frozenset({form.review}))


def _compare(work: UnitOfWork, record: ReviewRecord, rows: tuple[TypedRow, ...]) -> TypedReading:
    draft = desk_fields.draft_from(work.drafts.fields(record.review))
    return compare(rubric_of(work, record), draft, rows, longest_reason=desk_fields.LONGEST_TEXT)


def _fields(entry: Entry) -> dict[str, FieldValue]:
    return {
        desk_fields.value_target(entry.indicator): FieldValue(entry.value_text()),
        desk_fields.reason_target(entry.indicator): desk_fields.text_field(entry.reason),
    }
