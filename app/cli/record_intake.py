"""``youpin record intake``."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command
from app.cli.record_opening import add_record, open_for
from app.cli.usage import UsageError
from app.i18n import _
from app.words.dossiers import dossiers_changed, level_word

if TYPE_CHECKING:
    from app.intake.documents import CheckedFile
    from app.services.record_intake import IntakeResult


def add_commands(commands: Any) -> None:
    """Add the command of this module to the group ``record``."""
    intake = add_command(
        commands,
        "intake",
        _intake,
        summary=_("take in applications from a summary table and a folder"),
        description=_(
            "--files holds one subfolder per row, named by the row's number, its code number or the operator's name.\n"
            "Every document is opened once. An application with errors is not taken; the others are."
        ),
        example="youpin record intake 2026.record --table 推荐汇总表.xlsx --files dossiers/ --dry-run",
    )
    add_record(intake)
    intake.add_argument("--template", type=Path, metavar="OUT.xlsx", help=_("write the empty table, and nothing else"))
    intake.add_argument("--table", type=Path, metavar="FILE.xlsx", help=_("the summary table, filled in"))
    intake.add_argument("--files", type=Path, metavar="DIR", help=_("the folder of dossiers"))
    intake.add_argument("--dry-run", action="store_true", help=_("write nothing; say what would be found"))
    intake.add_argument(
        "--findings", type=Path, metavar="DIR", help=_("write one list of findings per recommender there")
    )


def _intake(arguments: Namespace) -> Report:
    if (arguments.template is None) == (arguments.table is None):
        raise UsageError(_("Give either --template, or --table with --files."))
    if arguments.table is not None and arguments.files is None:
        raise UsageError(_("Give either --template, or --table with --files."))
    if arguments.table is not None:
        from app.services.incoming_files import check_there

        check_there([arguments.table, arguments.files])
    with open_for(arguments) as record:
        if arguments.template is not None:
            record.intake.template(arguments.template)
            return Report(
                {"template": str(arguments.template)}, _("The empty table: {file}").format(file=arguments.template)
            )
        checked = record.intake.check(arguments.table, arguments.files)
        result = record.intake.preview(checked) if arguments.dry_run else record.intake.take(checked)
        lists: tuple[Path, ...] = ()
        if arguments.findings is not None:
            arguments.findings.mkdir(parents=True, exist_ok=True)
            lists = record.intake.export_findings(checked, arguments.findings)
        acceptable = len(checked.acceptable)
    text = _text(result, could_be_taken=acceptable if arguments.dry_run else None)
    return Report(_document(result, lists), text, _status(result), "\n".join((*result.table, *_refusals(result))))


def _status(result: "IntakeResult") -> Exit:
    is_there = any(line.application is not None or line.finding != "error" for line in result.applications)
    if not result.refused and (result.applications or not result.table):
        return Exit.DONE
    return Exit.PARTLY if is_there else Exit.REFUSED


def _document(result: "IntakeResult", lists: tuple[Path, ...]) -> dict[str, Any]:
    return {
        "applications": [
            {
                "row": line.row, "application": line.application, "finding": str(line.finding),
                "codes": list(line.codes), "sentences": list(line.sentences),
            }
            for line in result.applications
        ],
        "files": [
            {
                "path": file.path, "type": file.type, "finding": str(file.level), "code": file.code,
                "sentence": file.sentence,
            }
            for file in result.files
        ],
        "taken": result.taken,
        "extended": list(result.extended),
        "refused": result.refused,
        "table": list(result.table),
        "findings": [str(file) for file in lists],
    }  # fmt: skip


def _text(result: "IntakeResult", *, could_be_taken: int | None) -> str:
    """A table of rows and files; what was refused is told on standard error, and there alone."""
    shown = [file for file in result.files if file.level != "ok"]
    rows = [
        (
            str(line.row), line.application or "", line.operator, level_word(line.finding),
            "" if line.finding == "error" else " ".join(_of_the_row(line.sentences, shown)),
        )
        for line in result.applications
    ]  # fmt: skip
    rows += [("", "", file.path, level_word(file.level), file.sentence) for file in shown]
    known = len({line.application for line in result.applications if line.application}) - result.taken
    if could_be_taken is None:
        summary = _("{taken} taken, {refused} not taken, {known} here before")
    else:
        summary = _(
            "{taken} can be taken, {refused} cannot, {known} are here already. Looked at only: nothing was written."
        )
    taken = result.taken if could_be_taken is None else could_be_taken
    words = summary.format(taken=taken, refused=result.refused, known=known)
    if result.extended:
        words = f"{words}\n{dossiers_changed(len(result.extended))}"
    return "\n".join(part for part in (table(rows), words) if part)


def _of_the_row(sentences: Iterable[str], shown: "Iterable[CheckedFile]") -> list[str]:
    """Without what is told in the line of a file anyway."""
    told = [(file.path, file.sentence) for file in shown]
    return [one for one in sentences if not any(path in one and one.endswith(sentence) for path, sentence in told)]


def _refusals(result: "IntakeResult") -> Iterator[str]:
    for line in result.applications:
        if line.finding == "error":
            where = _("Row {row}, {operator}: {sentences}")
            yield where.format(row=line.row, operator=line.operator or "—", sentences=" ".join(line.sentences))
