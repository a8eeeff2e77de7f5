"""``youpin desk tasks | declare | score | revise``."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from app.cli.desk_opening import add_application, add_desk, open_for, review_named
from app.cli.output import Report, table
from app.cli.parsing import add_command, closed_list
from app.domain.conflict import ConflictKind, Declared
from app.domain.ids import ReviewId
from app.domain.review import ReviewKind
from app.domain.scoring import half_up
from app.domain.task import TaskState
from app.errors import UserFacingError
from app.i18n import N_, _, ngettext
from app.words.examination import review_kind_word
from app.words.reviews import conflict_words, task_word

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace
    from app.services.desk_views import ReviewSheet


class ScoresFileMissingError(UserFacingError):
    """The file named is not there or cannot be read."""

    code = "scores_file_missing"
    message = N_("The file of scores {file} could not be read. Check that it is a file and that you may open it.")


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    tasks = add_command(
        commands,
        "tasks",
        _tasks,
        summary=_("list what is assigned and how far it is"),
        description=_("One line for each application: where it stands, how many indicators are dealt with, the total.")
        + "\n"
        + _("States, with the code that --json prints:")
        + "\n"
        + closed_list((state.value, task_word(state)) for state in TaskState),
        example="youpin desk tasks 王示例.desk",
    )
    add_desk(tasks)
    declare = add_command(
        commands,
        "declare",
        _declare,
        summary=_("declare conflicts of interest; a dossier opens only after its own --none"),
        description=_("A conflict or an abstention deletes the dossier's files here.")
        + "\n"
        + _("Kinds of conflict:")
        + "\n"
        + closed_list((kind.value, conflict_words(kind)) for kind in ConflictKind),
        example="youpin desk declare 王示例.desk 2026-0001 2026-0002 --none\n  "
        'youpin desk declare 王示例.desk 2026-0003 --conflict kinship --note "{}"'.format(_("a cousin is the manager")),
    )
    add_desk(declare)
    declare.add_argument("applications", nargs="+", metavar="APPLICATION", help=_("one or several, e.g. 2026-0001"))
    what = declare.add_mutually_exclusive_group(required=True)
    what.add_argument("--none", action="store_true", help=_("no conflict of interest"))
    kinds = [kind.value for kind in ConflictKind]
    what.add_argument("--conflict", choices=kinds, metavar="KIND", help=_("a conflict of this kind"))
    what.add_argument("--abstain", action="store_true", help=_("abstain for a reason of one's own"))
    declare.add_argument("--note", default="", metavar="TEXT", help=_("in a few words; needed unless --none"))
    score = add_command(
        commands,
        "score",
        _score,
        summary=_("take scores and the opinion from a JSON file, or write them to one"),
        description=_(
            "What the file does not name stays as it is; null for an indicator clears it.\n"
            "na: not applicable, unjudged: cannot be judged (with a reason), cap: the cap's condition holds."
        ),
        example="youpin desk score 王示例.desk 2026-0001 --from scores.json\n"
        '  {"scores": {"rd_platform": {"percent": 75, "reason": "…"}},\n'
        '   "opinion": {"recommend": "yes", "text": "…", "strengths": "…", "concerns": "…"}}',
    )
    add_desk(score)
    add_application(score)
    file = score.add_mutually_exclusive_group(required=True)
    file.add_argument("--from", dest="source", type=Path, metavar="FILE", help=_("the JSON file"))
    file.add_argument("--to", dest="target", type=Path, metavar="FILE", help=_("write what stands there now"))
    revise = add_command(
        commands,
        "revise",
        _revise,
        summary=_("open a signed review for a new revision"),
        description=_("The signed revision stays valid until the new one is signed; the reason is signed along."),
        example='youpin desk revise 王示例.desk 2026-0001 --reason "{}"'.format(_("overlooked an annex")),
    )
    add_desk(revise)
    add_application(revise)
    revise.add_argument("--reason", required=True, metavar="TEXT", help=_("why it is changed"))


def _tasks(arguments: Namespace) -> Report:
    from app.words.corrections import correction_words

    with open_for(arguments) as desk:
        tasks = desk.tasks.tasks()
    document = {
        "tasks": [
            {
                "application": task.application,
                "operator": task.face.operator,
                "state": str(task.state),
                "scored": task.scored,
                "of": task.of,
                "review": task.review,
                "kind": str(task.kind),
                "total": str(half_up(task.total)) if task.total is not None else None,
                "deadline": task.deadline.isoformat(),
                "revision": task.revision,
                "documents": task.documents,
                "documents_here": task.documents_here,
                "missing_parts": list(task.missing_parts),
                "dossier_changed": task.dossier_changed,
                "outcome": str(task.outcome) if task.outcome else None,
                "to_confirm": [item.key() for item in task.correction.touched] if task.correction else [],
            }
            for task in tasks
        ]
    }
    rows = [
        (
            task.application,
            task.face.operator,
            review_kind_word(task.kind),
            task_word(task.state),
            f"{task.scored}/{task.of}",
            str(half_up(task.total)) if task.total is not None and task.scored == task.of else "",
            correction_words(task.correction) if task.correction else "",
        )
        for task in tasks
    ]
    return Report(document, table(rows) or _("Nothing is assigned yet. Import the package of the secretariat."))


def _declare(arguments: Namespace) -> Report:
    from app.services.desk_declaring import DeclarationLine

    declared = Declared.NONE if arguments.none else Declared.CONFLICT if arguments.conflict else Declared.ABSTAIN
    kind = ConflictKind(arguments.conflict) if arguments.conflict else None
    with open_for(arguments) as desk:
        reviews = [review_named(desk, application) for application in dict.fromkeys(arguments.applications)]
        desk.declaring.declare([DeclarationLine(review, declared, kind, arguments.note) for review in reviews])
        tasks = [desk.tasks.task(review) for review in reviews]
    document = {
        "reviews": [
            {"review": task.review, "application": task.application, "state": str(task.state)} for task in tasks
        ]
    }
    text = table([(task.application, task.face.operator, task_word(task.state)) for task in tasks])
    hint = _("Send the declarations now: youpin desk seal DESK --declarations --out FILE")
    return Report(document, f"{text}\n{hint}")


def _score(arguments: Namespace) -> Report:
    from app.services.incoming_files import check_there

    if arguments.target is not None:
        return _write_scores(arguments)
    check_there([arguments.source])
    try:
        data = arguments.source.read_bytes()
    except OSError:
        raise ScoresFileMissingError(file=arguments.source.name) from None
    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        desk.scoring.apply_file(review, data)
        return _standing(desk, review)


def _write_scores(arguments: Namespace) -> Report:
    from app.atomic_file import write_atomically

    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        data = msgspec.json.format(msgspec.json.encode(desk.scoring.scores(review)), indent=2) + b"\n"
        write_atomically(arguments.target, data)
        return _standing(desk, review)


def _standing(desk: "DeskWorkspace", review: ReviewId) -> Report:
    from app.cli.desk_judging import examination_standing
    from app.services.desk_missing import missing_words

    if desk.tasks.task(review).kind is ReviewKind.EXAMINATION:
        return examination_standing(desk, review)
    sheet = desk.scoring.sheet(review)
    total = sheet.totals.total
    document = {
        "review": review,
        "state": str(sheet.task.state),
        "missing": [item.key() for item in sheet.missing],
        "scored": sheet.task.scored,
        "of": sheet.task.of,
        "total": str(half_up(total)) if total is not None else None,
        "uncited": list(sheet.uncited),
    }
    lines = [f"{_points(sheet)}  {task_word(sheet.task.state)}"]
    lines += [_("missing: {what}").format(what=missing_words(item, sheet.rubric)) for item in sheet.missing]
    return Report(document, "\n".join(lines))


def _points(sheet: "ReviewSheet") -> str:
    """The total once every indicator is dealt with; rescaled from a few it would look like a result."""
    task, totals = sheet.task, sheet.totals
    if task.scored < task.of:
        words = ngettext(
            "{points} point so far, {scored}/{of} dealt with", "{points} points so far, {scored}/{of} dealt with",
            int(totals.earned),
        )  # fmt: skip
        earned = half_up(totals.earned)
        return words.format(points=int(earned) if earned == int(earned) else earned, scored=task.scored, of=task.of)
    return f"{task.scored}/{task.of}  {half_up(totals.total) if totals.total is not None else '—'}"


def _revise(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        desk.scoring.revise(review, arguments.reason)
        task = desk.tasks.task(review)
    document = {"review": review, "state": str(task.state), "revision": task.revision}
    text = _("{application} is open as revision {revision}.").format(
        application=task.application, revision=task.revision
    )
    return Report(document, text)
