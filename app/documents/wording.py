"""Words that several forms share: places in a dossier, dates, categories, figures."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Final, Protocol

from app.clock import BEIJING
from app.domain.application import BrandCategory, Document, Offering
from app.domain.evidence import Anchor
from app.domain.examination import ExaminationForm
from app.domain.onsite.checklist import Checklist
from app.domain.review import Recommendation
from app.domain.scoring import Score, Standing, half_up
from app.i18n import N_, _

NOTHING: Final = "—"

_CATEGORY: Final = {
    BrandCategory.AGRI: N_("agricultural"),
    BrandCategory.INDUSTRIAL: N_("industrial"),
    BrandCategory.SERVICE: N_("service brand"),
    BrandCategory.REGIONAL: N_("regional"),
}
_OFFERING: Final = {Offering.PRODUCT: N_("product"), Offering.SERVICE: N_("service")}
_RECOMMENDATION: Final = {Recommendation.YES: N_("Recommend"), Recommendation.NO: N_("Do not recommend")}


class Rules(Protocol):
    """What reviews are filled in by, as far as the foot of a page names it."""

    @property
    def id(self) -> str: ...

    @property
    def version(self) -> str: ...

    def status_notice(self) -> str:
        """What has to be said about unofficial rules; empty for official ones."""


def rules_words(rules: Rules) -> str:
    """Name and version of the rules, for the foot of a page."""
    if isinstance(rules, ExaminationForm):
        return _("Examination form {id} {version}").format(id=rules.id, version=rules.version)
    if isinstance(rules, Checklist):
        return _("Checklist {id} {version}").format(id=rules.id, version=rules.version)
    return _("Rubric {id} {version}").format(id=rules.id, version=rules.version)


def category_words(category: BrandCategory, offering: Offering) -> str:
    """“industrial · product”."""
    return " · ".join((_(_CATEGORY[category]), _(_OFFERING[offering])))


def conclusion_words(recommend: Recommendation | None) -> str:
    """The conclusion in words, or a dash where none was drawn yet."""
    return _(_RECOMMENDATION[recommend]) if recommend else NOTHING


def date_words(moment: datetime) -> str:
    """The day in Beijing, as Chinese documents write it."""
    day = moment.astimezone(BEIJING)
    return _("{day}/{month}/{year}").format(year=day.year, month=day.month, day=day.day)


def moment_words(moment: datetime) -> str:
    """Day and time in Beijing."""
    return f"{date_words(moment)} {moment.astimezone(BEIJING):%H:%M}"


def figure(value: Fraction | None) -> str:
    """An aggregate with two decimals, half up; a dash where it is missing."""
    return NOTHING if value is None else str(half_up(value))


def percent_words(score: Score | None) -> str:
    """“75 %”, “n/a”, “not judged” or a dash."""
    if score is None:
        return NOTHING
    if score.standing is Standing.NOT_APPLICABLE:
        return _("n/a")
    if score.standing is Standing.UNJUDGED:
        return _("not judged")
    return f"{score.percent} %"


def evidence_words(evidence: Sequence[Anchor], documents: Sequence[Document]) -> str:
    """“business licence.pdf, p. 3; photo.jpg” in the order in which it was cited, without repetition."""
    names = {document.sha256: document.name for document in documents}
    places: dict[str, None] = {}
    for anchor in evidence:
        name = names.get(anchor.document, anchor.document[:8])
        places[_place(anchor, name)] = None
    return _("; ").join(places)


def _place(anchor: Anchor, name: str) -> str:
    if anchor.page is not None:
        return _("{document}, p. {page}").format(document=name, page=anchor.page)
    if anchor.sheet is not None:
        return (
            _("{document}, sheet {sheet} {range}")
            .format(document=name, sheet=anchor.sheet, range=anchor.range or "")
            .strip()
        )
    return name
