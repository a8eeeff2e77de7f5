"""What the reviews of a campaign are filled in by: one form per kind, and the hash that a signed review names."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.application import BrandCategory
from app.domain.examination import ExaminationForm, ReviewForm
from app.domain.ids import Sha256
from app.domain.onsite.checklist import Checklist
from app.domain.review import ReviewKind
from app.packages import canonical
from app.services.record_context import RecordContext
from app.storage.record.authority import StoredForm
from app.storage.record.unit_of_work import RecordWork


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A form and the SHA-256 of its canonical bytes."""

    form: ReviewForm = field(repr=False)
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class CampaignForms:
    """The forms as the record has them; crosses to reading processes.

    Attributes:
        examination: ``None`` in a record founded before there was one, until an examination is assigned.
        readings: the checklist of visits as it reads for each category, by its SHA-256.
    """

    qualification: SignedForm
    examination: SignedForm | None = None
    readings: Mapping[Sha256, Checklist] = field(repr=False, default_factory=dict)

    def of(self, kind: ReviewKind) -> SignedForm | None:
        """What reviews of *kind* are filled in by. A visit has a notebook of its own and no form."""
        return {ReviewKind.QUALIFICATION: self.qualification, ReviewKind.EXAMINATION: self.examination}.get(kind)


def forms_of(context: RecordContext, work: RecordWork) -> CampaignForms:
    """The forms as they are now."""
    rules = SignedForm(context.rubric, context.campaign.rubric_sha256)
    return CampaignForms(rules, examination_of(work), dict(readings_of(work).values()))


def readings_of(work: RecordWork) -> dict[BrandCategory, tuple[Sha256, Checklist]]:
    """The checklist of visits as it reads for applicants of each category; nothing before there is one."""
    stored = work.visits.checklist()
    if stored is None:
        return {}
    checklist = canonical.decode(stored.content, Checklist)
    read = {category: checklist.for_category(category) for category in BrandCategory}
    return {category: (canonical.digest_of(one), one) for category, one in read.items()}


def examination_of(work: RecordWork) -> SignedForm | None:
    """The form of the campaign's examinations (Art. 9), if it has one."""
    stored = work.authority.examination()
    return SignedForm(canonical.decode(stored.content, ExaminationForm), stored.sha256) if stored else None


def stored_forms(context: RecordContext, work: RecordWork) -> dict[ReviewKind, StoredForm]:
    """The forms as bytes, for packages."""
    forms = {ReviewKind.QUALIFICATION: StoredForm(context.campaign.rubric, context.campaign.rubric_sha256)}
    if questions := work.authority.examination():
        forms[ReviewKind.EXAMINATION] = questions
    if checklist := work.visits.checklist():
        forms[ReviewKind.ONSITE] = StoredForm(checklist.content, checklist.sha256)
    return forms


def require_examination(context: RecordContext, work: RecordWork) -> StoredForm:
    """The form; a campaign founded before there was one takes the proposal of the program with its first examination.

    Whoever calls this within a unit of work that writes has to commit it.
    """
    found = work.authority.examination()
    if found is None:
        from app.intake.examination_file import default_examination  # hardly ever wanted

        found = stored_form(default_examination())
        work.authority.add_examination(context.campaign.campaign, found)
    return found


def stored_form(form: ExaminationForm) -> StoredForm:
    """*form* as the record keeps it."""
    content = canonical.encode(form)
    return StoredForm(content, canonical.sha256(content))
