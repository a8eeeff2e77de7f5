"""Printing the forms of a visit (Art. 14), filled in or blank."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.atomic_file import write_atomically
from app.decoding.pool import DecodingPool
from app.domain.ids import Sha256
from app.domain.onsite.ids import EntryId, ItemId, VisitId
from app.domain.onsite.photo import Binding, PhotoFacts
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.visit import Answer, Question
from app.domain.review import ReviewKind
from app.errors import UserFacingError
from app.file_errors import write_problem
from app.packages import canonical
from app.progress import NoProgress, Progress
from app.services.desk_editing import find_review
from app.services.desk_tasks import rubric_of
from app.services.visit_meeting import facts_of
from app.services.visit_notebook import Notebook
from app.services.visit_sheet import VisitSheet, sheet_of
from app.storage.desk.store import DeskStore, UnitOfWork

if TYPE_CHECKING:
    from app.documents.visit_values import PaperPhoto, VisitPaper

VISIT_FORMS: Final = (VisitForm.REPORT, VisitForm.OPINION, VisitForm.ACKNOWLEDGEMENT)
"""What a signed on-site review is printed as."""
_WITH_PICTURES: Final = (VisitForm.REPORT,)


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """A finished form; *missing_characters* are those the fonts lack, printed as “〓”."""

    form: VisitForm
    pdf: bytes = field(repr=False)
    pages: int
    missing_characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A form in its file."""

    form: VisitForm
    file: Path
    pages: int
    missing_characters: tuple[str, ...]


class VisitForms:
    """Paper of one desk's visits. It reads and never writes the store."""

    def __init__(self, store: DeskStore, pool: DecodingPool) -> None:
        self._store, self._pool = store, pool

    def draw(
        self,
        visit: VisitId,
        form: VisitForm,
        *,
        is_blank: bool = False,
        content: Sha256 | None = None,
        progress: Progress | None = None,
    ) -> DrawnForm:
        """One form as PDF. What is drawn is the visit as it stands now.

        Args:
            is_blank: to be filled by hand, bound to the visit by its code.
            content: what the foot names in place of the digest of the notes; of a package it goes into.

        Raises:
            VisitUnknownError, DossierLockedError, DossierClosedError, NoCredentialError.
        """
        from app.documents.visit_forms import visit_form

        paper = self._paper(visit, form, is_blank=is_blank, content=content, progress=progress or NoProgress())
        drawn = visit_form(form, paper)
        return DrawnForm(form, drawn.pdf, drawn.pages, drawn.missing_characters)

    def write(
        self,
        visit: VisitId,
        folder: Path,
        *,
        forms: Iterable[VisitForm] = tuple(VisitForm),
        is_blank: bool = False,
        name_of: Callable[[VisitForm], str] | None = None,
        progress: Progress | None = None,
    ) -> tuple[WrittenForm, ...]:
        """Write *forms* into *folder*, in place of an older one of that name.

        Each is called ``CODE-FORM.pdf``, or what *name_of* says where the names are for a person.

        Raises:
            The errors of :meth:`draw` and of :mod:`app.file_errors`.
        """
        with self._store.reading() as work:
            code = sheet_of(work, visit).code
        _make(folder)
        written = []
        for form in dict.fromkeys(forms):
            drawn = self.draw(visit, form, is_blank=is_blank, progress=progress)
            name = name_of(form) if name_of else f"{code}-{form}{'-blank' if is_blank else ''}.pdf"
            file = folder / name
            write_atomically(file, drawn.pdf, verify=True)
            written.append(WrittenForm(form, file, drawn.pages, drawn.missing_characters))
        return tuple(written)

    def _paper(
        self, visit: VisitId, form: VisitForm, *, is_blank: bool, content: Sha256 | None, progress: Progress
    ) -> "VisitPaper":
        from app.documents.visit_values import VisitPaper

        with self._store.reading() as work:
            notebook = Notebook(work, visit)
            sheet = sheet_of(work, visit)
            shown = () if is_blank else _shown(sheet, notebook.values(Binding))
            paper = VisitPaper(
                campaign=_campaign(work, sheet),
                visit=visit,
                code=sheet.code,
                face=sheet.face,
                checklist=sheet.checklist,
                plan=sheet.plan,
                content=content or _content(work, notebook, form, is_blank=is_blank),
                facts=facts_of(notebook),
                is_blank=is_blank,
                questions=_questions(work, sheet),
                records=sheet.records,
                samples=sheet.samples,
                grades=sheet.grades,
                settled=sheet.settled,
                score=sheet.score,
                findings=sheet.findings,
                disagreements=sheet.disagreements,
                agreed=sheet.agreed,
                dissents=sheet.dissents,
                acknowledgement=sheet.acknowledgement,
                is_acknowledgement_stale=sheet.is_acknowledgement_stale,
                scans=sheet.scans,
                result=sheet.result,
                hindrances=sheet.hindrances,
                photos=shown,
            )
        return self._with_pictures(paper, progress) if form in _WITH_PICTURES else paper

    def _with_pictures(self, paper: "VisitPaper", progress: Progress) -> "VisitPaper":
        pictured = []
        for done, photo in enumerate(paper.photos, start=1):
            pictured.append(self._pictured(photo))
            progress.step(done, len(paper.photos))
        return replace(paper, photos=tuple(pictured))

    def _pictured(self, photo: "PaperPhoto") -> "PaperPhoto":
        """The photo with its small copy, where the file is here and opens."""
        from app.documents.visit_photo_annex import LONGEST_SIDE, as_jpeg

        sha256 = photo.facts.sha256
        try:
            with self._store.reading() as work:
                data = work.photos.get(sha256)
            with self._pool.open(lambda: data, sha256) as document:
                pixels = document.thumbnail(1, side=LONGEST_SIDE)
        except UserFacingError:  # the form says that it cannot be shown; the export names what is missing
            return photo
        jpeg = as_jpeg(pixels.width, pixels.height, pixels.data)
        return replace(photo, jpeg=jpeg, width=pixels.width, height=pixels.height)


def draw_missing_forms(store: DeskStore, contents: Iterable[Sha256], forms: VisitForms) -> None:
    """Draw the printed forms of signed visits, once each; they stay as they were drawn."""
    for content in contents:
        with store.reading() as work:
            sealed = work.sealed_visits.get(content)
            is_drawn = bool(work.sealed_visits.forms(content))
        if sealed is None or is_drawn:
            continue
        drawn = {str(form): forms.draw(sealed.visit, form, content=content).pdf for form in VISIT_FORMS}
        with store.writing() as work:
            work.sealed_visits.save_forms(content, drawn)
            work.commit(content.encode(), at=work.tick().at)


def _shown(sheet: VisitSheet, bindings: Mapping[EntryId, Binding]) -> tuple["PaperPhoto", ...]:
    from app.documents.visit_values import PaperPhoto

    named = {photo for record in sheet.records for photo in record.photos}
    named |= {photo for finding in sheet.findings for photo in finding.photos}
    captions = {(one.photo, one.item): one.caption for one in bindings.values() if one.is_bound and one.caption}
    return tuple(
        PaperPhoto(one.photo, one.items, _caption(one.photo, one.items, captions), one.copy_of)
        for one in sheet.photos
        if one.items or one.photo.sha256 in named
    )


def _caption(photo: PhotoFacts, items: Iterable[ItemId], captions: Mapping[tuple[Sha256, ItemId], str]) -> str:
    said = (captions.get((photo.sha256, item), "") for item in items)
    return next((caption for caption in said if caption), "")


def _questions(work: UnitOfWork, sheet: VisitSheet) -> tuple[tuple[Question, tuple[Answer, ...]], ...]:
    """Questions with their answers; what each belongs to as the rubric calls it."""
    names: dict[str, str] = {}
    for review in work.reviews.of_application(sheet.application):
        if review.kind is ReviewKind.QUALIFICATION:
            rubric = rubric_of(work, review)
            names |= {one.id: one.name for one in rubric.dimensions} | {one.id: one.name for one in rubric.indicators}
    named = (replace(one.question, about=names.get(one.question.about, one.question.about)) for one in sheet.questions)
    return tuple(zip(named, (one.answers for one in sheet.questions), strict=True))


def _campaign(work: UnitOfWork, sheet: VisitSheet) -> str:
    record = find_review(work, sheet.review)
    campaign = work.desk.campaign(record.campaign)
    return campaign.name if campaign else record.campaign


def _content(work: UnitOfWork, notebook: Notebook, form: VisitForm, *, is_blank: bool) -> Sha256:
    """Over all that is written about the visit; over the checklist alone for a blank form."""
    judged_by = canonical.sha256(notebook.record.checklist)
    entries = () if is_blank else work.visits.entries(notebook.visit)
    return canonical.digest_of((form, notebook.visit, judged_by, [(one.kind, one.id, one.sha256) for one in entries]))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise write_problem(problem, folder) from problem
