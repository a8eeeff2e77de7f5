"""``youpin desk forks``."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from app.cli.desk_opening import add_desk, open_for, review_named
from app.cli.output import Report
from app.cli.parsing import add_command
from app.cli.usage import UsageError
from app.i18n import _, ngettext

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace
    from app.domain.forks import Fork


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    forks = add_command(
        commands,
        "forks",
        _forks,
        summary=_("list reviews that were signed at two desks, lay the versions side by side, choose one"),
        description=_(
            "The secretariat tells of them with its receipts. Choosing takes one version whole, as a new revision in\n"
            "place of the one in the record; it counts once it is signed and handed in."
        ),
        example="youpin desk forks 王示例.desk 2026-0001\n  "
        'youpin desk forks 王示例.desk 2026-0001 --choose 3f9a01c2 --reason "{}"'.format(_("the laptop has it all")),
    )
    add_desk(forks)
    forks.add_argument(
        "application",
        nargs="?",
        metavar="APPLICATION",
        help=_("only this one, with what is different, e.g. 2026-0001"),
    )
    forks.add_argument("--choose", metavar="SHA256", help=_("go on with this version, whole"))
    forks.add_argument("--reason", default="", metavar="TEXT", help=_("why this one; it is signed along"))


def _forks(arguments: Namespace) -> Report:
    if arguments.choose and not arguments.application:
        raise UsageError(_("--choose needs APPLICATION."))
    with open_for(arguments) as desk:
        if not arguments.application:
            found = desk.forks.all()
        else:
            review = review_named(desk, arguments.application)
            if arguments.choose:
                return _chosen(desk, arguments)
            found = (desk.forks.fork(review),)
    lines = [line for fork in found for line in _lines(fork, is_whole=bool(arguments.application))]
    document = {"forks": [_document(fork) for fork in found]}
    return Report(document, "\n".join(lines) or _("No review was signed in two versions. There is nothing to choose."))


def _chosen(desk: "DeskWorkspace", arguments: Namespace) -> Report:
    review = review_named(desk, arguments.application)
    desk.forks.choose(review, arguments.choose, reason=arguments.reason)
    task = desk.tasks.task(review)
    document = {
        "review": review,
        "application": task.application,
        "state": str(task.state),
        "revision": task.revision,
    }
    words = _("{application} goes on as revision {revision}. Sign it: youpin desk seal DESK {application} --out FILE")
    return Report(document, words.format(application=task.application, revision=task.revision))


def _lines(fork: "Fork", *, is_whole: bool) -> list[str]:
    from app.domain.rubric import Rubric
    from app.words.changes import difference_words
    from app.words.forks import version_words

    rubric = fork.form if isinstance(fork.form, Rubric) else None
    count = len(fork.versions)
    words = ngettext("{count} version", "{count} versions", count).format(count=count)
    lines = [f"{fork.application}  {fork.operator}  {words}"]
    for version in fork.versions:
        lines.append(f"  {version.content[:12]}  {version_words(version)}")
        if is_whole and not version.is_counted:
            lines += [f"    {difference_words(each, rubric)}" for each in version.differences]
    return lines


def _document(fork: "Fork") -> dict[str, Any]:
    return {
        "review": fork.review,
        "application": fork.application,
        "kind": str(fork.kind),
        "versions": [
            {
                "sha256": version.content,
                "code": version.code,
                "revision": version.revision,
                "device": version.device,
                "sealed_at": version.sealed_at.isoformat(),
                "reason": version.reason,
                "is_counted": version.is_counted,
                "is_from_here": version.is_from_here,
                "differences": [
                    {"what": str(each.what), "name": each.name, "before": each.before, "after": each.after}
                    for each in version.differences
                ],
            }
            for version in fork.versions
        ],
    }
