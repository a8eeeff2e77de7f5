"""``youpin desk visit forms``: the printed forms of a visit, blank and filled."""

from argparse import Namespace
from pathlib import Path
from typing import Any, Final

from app.cli.desk_opening import open_for
from app.cli.desk_visit_notes import add_visit
from app.cli.output import Report, table
from app.cli.parsing import add_command, closed_list
from app.domain.onsite.sheet_code import VisitForm
from app.i18n import _, ngettext
from app.words.onsite_forms import form_words

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
