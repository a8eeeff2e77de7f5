"""``youpin desk corrections | history``."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from app.cli.desk_opening import add_application, add_desk, open_for, review_named
from app.cli.output import Report
from app.cli.parsing import add_command
from app.i18n import _

if TYPE_CHECKING:
    from app.services.desk_corrections import PendingCorrection


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    corrections = add_command(
        commands,
        "corrections",
        _corrections,
        summary=_("list dossiers that changed, and confirm what rested on a replaced document"),
        description=_(
            "Nothing is signed while a score or a sentence refers to a document that is gone. Confirming leaves\n"
            "scores and texts as they are; references go on to the page of the new document, or --drop drops them."
        ),
        example="youpin desk corrections 王示例.desk --confirm 2026-0001",
    )
    add_desk(corrections)
    corrections.add_argument(
        "--confirm", metavar="APPLICATION", help=_("everything that is touched there stands as it is")
    )
    corrections.add_argument("--only", metavar="KEY", help=_("confirm only this, e.g. score:rd_platform"))
    corrections.add_argument("--drop", action="store_true", help=_("drop the references instead of leading them on"))
    history = add_command(
        commands,
        "history",
        _history,
        summary=_("list the last states of a draft and what changed since it was signed; put one back"),
        description=_("Putting a state back is a step like any other: it can be undone."),
        example="youpin desk history 王示例.desk 2026-0001 --restore 12",
    )
    add_desk(history)
    add_application(history)
    history.add_argument("--restore", type=int, metavar="N", help=_("put this state back"))


def _corrections(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        if arguments.confirm:
            review = review_named(desk, arguments.confirm)
            follows = not arguments.drop
            if arguments.only:
                desk.corrections.confirm(review, arguments.only, follows=follows)
            else:
                desk.corrections.confirm_all(review, follows=follows)
        waiting = desk.corrections.all()
    text = "\n".join(line for each in waiting for line in _lines(each))
    document = {"corrections": [_document(each) for each in waiting]}
    return Report(document, text or _("No dossier has changed. There is nothing to confirm."))


def _history(arguments: Namespace) -> Report:
    from app.words.changes import difference_words, target_words
    from app.words.days import moment_words
    from app.words.prints import print_words

    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        if arguments.restore is not None:
            desk.history.restore(review, arguments.restore)
        history, prints = desk.history.history(review), desk.dossier_prints.prints(review)
    lines = []
    for state in history.states:
        at = moment_words(state.at) if state.at else _("the beginning")
        touched = _(", ").join(target_words(target, history.rubric) for target in state.targets)
        lines.append(f"{state.number:>5}  {at}  {touched}")
    since = history.since
    if since is not None:
        lines.append(_("Changed since revision {number} was signed:").format(number=since.revision))
        lines += [f"  {difference_words(each, history.rubric)}" for each in since.differences] or [_("  nothing")]
    if prints:
        lines += [_("Printed from the dossier:"), *(f"  {print_words(made)}" for made in prints)]
    document = {
        "printed": [
            {"at": made.at.isoformat(), "document": made.sha256, "title": made.title, "pages": made.pages}
            for made in prints
        ],
        "states": [
            {
                "number": state.number,
                "at": state.at.isoformat() if state.at else None,
                "steps": state.steps,
                "targets": list(state.targets),
            }
            for state in history.states
        ],
        "since_signed": since
        and {
            "revision": since.revision,
            "differences": [
                {"what": str(each.what), "name": each.name, "before": each.before, "after": each.after}
                for each in since.differences
            ],
        },
    }
    return Report(document, "\n".join(lines) or _("Nothing has been written yet."))


def _lines(pending: "PendingCorrection") -> list[str]:
    from app.words.corrections import change_words, correction_words, gone_words, touched_words

    correction = pending.correction
    lines = [f"{pending.application}  {correction_words(correction)}"]
    if pending.is_sealed:
        lines.append(_("  signed already: open it with “desk revise” first"))
    lines += [f"  {change_words(change)}" for change in correction.changes]
    for item in correction.touched:
        lines.append(f"  {item.key()}  {touched_words(item, pending.rubric)}")
        lines += [f"    {gone_words(anchor, correction)}" for anchor in item.gone]
    return lines


def _document(pending: "PendingCorrection") -> dict[str, Any]:
    correction = pending.correction
    return {
        "application": pending.application,
        "review": pending.review,
        "arrived_at": correction.arrived_at.isoformat() if correction.arrived_at else None,
        "is_sealed": pending.is_sealed,
        "changes": [
            {
                "kind": str(change.kind),
                "old": change.old.sha256 if change.old else None,
                "new": change.new.sha256 if change.new else None,
                "name": change.name,
            }
            for change in correction.changes
        ],
        "touched": [
            {
                "key": item.key(),
                "anchors": [{"document": anchor.document, "page": anchor.page} for anchor in item.gone],
            }
            for item in correction.touched
        ],
    }
