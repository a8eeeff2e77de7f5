"""``youpin desk visit forms | scan``: the printed forms of a visit, blank and filled, and signed sheets coming back."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.cli.desk_opening import add_desk, open_for
from app.cli.desk_visit_arguments import add_visit
from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command, closed_list
from app.domain.onsite.sheet_code import VisitForm
from app.i18n import _, ngettext
from app.words.onsite_forms import form_words

if TYPE_CHECKING:
    from app.services.visit_scans import ReadScan

_ALL: Final = tuple(VisitForm)


def add_commands(visit: Any) -> None:
    """Add the commands of this module to the group ``desk visit``."""
    forms = add_command(
        visit,
        "forms",
        _forms,
        summary=_("write the forms of a visit as PDF, filled or blank"),
        description=closed_list((form.value, form_words(form)) for form in _ALL),
        example="youpin desk visit forms 王示例.desk 2026-0001 --out forms --form checklist --blank",
    )
    add_visit(forms)
    forms.add_argument("--out", required=True, type=Path, metavar="DIR", help=_("folder for the PDF files"))
    forms.add_argument("--form", action="append", choices=[form.value for form in _ALL], metavar="FORM",
                       help=_("one form; may be repeated; all of them otherwise"))  # fmt: skip
    forms.add_argument("--blank", action="store_true", help=_("to be filled by hand, bound to the visit by its code"))
    scan = add_command(
        visit,
        "scan",
        _scan,
        summary=_("take photos or scans of signed sheets; the code on each finds its visit"),
        description=_("Exit status 3: some files were refused; each line says why."),
        example="youpin desk visit scan 王示例.desk IMG_0040.jpg scan.pdf",
    )
    add_desk(scan)
    scan.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_("photos, PDF files, or folders with them"))
    scan.add_argument("--visit", metavar="VISIT", help=_("refuse sheets of any other visit"))
    scan.add_argument("--sealed", action="store_true", help=_("the seal that was still to come is on them"))


def _scan(arguments: Namespace) -> Report:
    from app.services.visit_scans import ScanOutcome

    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit) if arguments.visit else None
        done = desk.visits.scans.take(arguments.paths, visit=visit, is_sealed=arguments.sealed)
    refused = done.count(ScanOutcome.REFUSED)
    status = Exit.DONE if not refused else Exit.REFUSED if refused == len(done.scans) else Exit.PARTLY
    counts = {outcome.value: done.count(outcome) for outcome in ScanOutcome}
    rows = [(one.code, str(one.number or ""), one.file, _said(one)) for one in done.scans]
    return Report({"scans": done.scans, "counts": counts}, table(rows), status)


def _said(scan: "ReadScan") -> str:
    if scan.sentence:
        return scan.sentence
    parts = [form_words(form) for form in scan.forms]
    if scan.is_stale:
        parts.append(_("facts have changed since it was printed"))
    if scan.is_attached:
        parts.append(_("put beside the acknowledgement"))
    return _("; ").join(parts)


def _forms(arguments: Namespace) -> Report:
    wanted = tuple(VisitForm(name) for name in arguments.form) if arguments.form else _ALL
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        written = desk.visits.forms.write(visit, arguments.out, forms=wanted, is_blank=arguments.blank)
    files = [
        {"form": one.form, "file": str(one.file), "pages": one.pages, "missing_characters": one.missing_characters}
        for one in written
    ]
    rows = [
        (
            form_words(one.form),
            ngettext("{count} page", "{count} pages", one.pages).format(count=one.pages),
            str(one.file),
        )
        for one in written
    ]
    return Report({"visit": visit, "blank": arguments.blank, "files": files}, table(rows))
