"""``youpin desk form``: a sheet that somebody else types into, written and read back."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.desk_opening import add_application, add_desk, open_for, review_named
from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command
from app.domain.ids import IndicatorId
from app.i18n import _, ngettext

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace
    from app.domain.draft import Entry
    from app.services.desk_typing import TypedForm


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    form = add_command(
        commands,
        "form",
        _form,
        summary=_("write a sheet somebody else can type into, or read it back"),
        description=_(
            "The sheet holds numbers and indicator names only. Reading it back shows what would change; nothing is\n"
            "taken over before --take or --take-all. Exit status 3 if a row was not understood; each is named."
        ),
        example="youpin desk form 王示例.desk 2026-0001 --out sheet.xlsx\n  "
        "youpin desk form 王示例.desk 2026-0001 --read sheet.xlsx --take rd_platform",
    )
    add_desk(form)
    add_application(form)
    way = form.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=Path, metavar="FILE", help=_("the sheet (XLSX)"))
    way.add_argument("--read", type=Path, metavar="FILE", help=_("a sheet that was filled in: show the differences"))
    taking = form.add_mutually_exclusive_group()
    taking.add_argument("--take", action="append", metavar="ID", help=_("take over this indicator; may be repeated"))
    taking.add_argument("--take-all", action="store_true", help=_("take over every difference"))


def _form(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        if arguments.out:
            file = desk.forms.typing_sheet(review, arguments.out)
            return Report({"file": str(file)}, _("Written: {file}").format(file=file))
        form = desk.typing.read(review, arguments.read)
        wanted = [] if arguments.take_all else arguments.take
        taken = _taken(desk, form, wanted)
    text = [table([_line(form, each.indicator, each.now, each.then) for each in form.reading.differences])]
    count = len(taken)
    if wanted is not None:
        text.append(ngettext("{count} row taken over", "{count} rows taken over", count).format(count=count))
    elif not form.reading.differences:
        text = [_("The sheet changes nothing.")]
    refused = [
        _("row {row}: {sentence}").format(row=each.row, sentence=each.problem.sentence())
        for each in form.reading.refusals
    ]
    status = Exit.PARTLY if refused else Exit.DONE
    return Report(_document(form, taken), "\n".join(filter(None, text)), status, "\n".join(refused))


def _taken(desk: "DeskWorkspace", form: "TypedForm", wanted: list[str] | None) -> list[IndicatorId]:
    if wanted is None:
        return []
    named = [IndicatorId(each) for each in wanted] or [each.indicator for each in form.reading.differences]
    if named:
        desk.typing.take(form, named)
    return named


def _line(form: "TypedForm", indicator: IndicatorId, now: "Entry", then: "Entry") -> tuple[str, ...]:
    known = form.rubric.indicator(indicator)
    change = f"{now.value_text() or '—'} → {then.value_text() or '—'}" if now.value_text() != then.value_text() else ""
    return (indicator, f"{known.number} {known.name}", change, then.reason if then.reason != now.reason else "")


def _document(form: "TypedForm", taken: list[IndicatorId]) -> dict[str, Any]:
    return {
        "application": form.application,
        "differences": [
            {
                "indicator": each.indicator,
                "row": each.row,
                "now": {"value": each.now.value_text(), "reason": each.now.reason},
                "file": {"value": each.then.value_text(), "reason": each.then.reason},
            }
            for each in form.reading.differences
        ],
        "refused": [
            {"row": each.row, "code": each.problem.code, "sentence": each.problem.sentence()}
            for each in form.reading.refusals
        ],
        "same": form.reading.same,
        "taken": taken,
    }
