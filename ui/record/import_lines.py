"""What an import found, as the lines of a list: a line for each package and one for each review in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.outcome import Outcome
from app.i18n import _
from app.services.record_import import ImportedPackage, ImportedReview
from app.words.examination import review_kind_word
from ui.record.words import joined


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line; ``application`` is empty for a package."""

    number: int
    outcome: Outcome
    what: str
    who: str
    application: str
    sentence: str
    receipt: str
    sha256: str


def lines_of(
    packages: Iterable[ImportedPackage], names: Mapping[str, str], *, is_rehearsal: bool
) -> tuple[ImportLine, ...]:
    """Each package with its reviews below it, in the order of the files; *names* are of the experts.

    A rehearsal shows no receipt numbers: nobody shall read one out for what was not taken.
    """
    found: list[ImportLine] = []
    for package in packages:
        line = _package_line(len(found), package, names)
        found.append(replace(line, receipt="") if is_rehearsal else line)
        found += [
            ImportLine(
                len(found) + place, review.outcome, _revision_words(review),
                joined([names.get(review.expert, ""), review.expert]), review.application, review.sentence, "",
                package.sha256,
            )
            for place, review in enumerate(package.reviews)
        ]  # fmt: skip
    return tuple(found)


def _package_line(number: int, package: ImportedPackage, names: Mapping[str, str]) -> ImportLine:
    seq = _("no. {seq}").format(seq=package.seq) if package.seq is not None else ""
    who = joined([names.get(package.expert or "", ""), package.device or "", seq])
    return ImportLine(
        number, package.outcome, package.file.name, who, "", package.sentence, package.receipt_number or "",
        package.sha256,
    )  # fmt: skip


def _revision_words(review: ImportedReview) -> str:
    if review.revision is None or review.kind is None:
        return _("    declaration")
    kind = review_kind_word(review.kind)
    return _("    {kind}, revision {revision}").format(kind=kind, revision=review.revision)
