"""``youpin record applications | intake | assign | issue | reassign | recall | extend``."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command, day, positive, whole
from app.cli.record_opening import add_record, open_for
from app.domain.review import ReviewKind
from app.i18n import _
from app.words.dossiers import application_word
from app.words.packages import medium_word

if TYPE_CHECKING:
    from app.services.record_assignment import AssignmentResult


_KINDS: Final = tuple(str(kind) for kind in ReviewKind)
_KIND: Final = "|".join(_KINDS)


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``record``."""
    add_record(
        add_command(
            commands,
            "applications",
            _applications,
            summary=_("list the applications"),
            description=_("The last column: how many reviews are back, out of how many assigned."),
            example="youpin record applications 2026.record",
        )
    )
    _add_assign(commands)
    _add_issue(commands)
    reassign = add_command(
        commands,
        "reassign",
        _reassign,
        summary=_("give one expert's applications to another"),
        description=_("Without --application everything that has not come back moves, and without --kind all kinds."),
        example="youpin record reassign 2026.record --from E0001 --to E0002 --application 2026-0003",
    )
    add_record(reassign)
    reassign.add_argument("--from", dest="from_expert", required=True, metavar="A", help=_("who gives up"))
    reassign.add_argument("--to", dest="to_expert", required=True, metavar="B", help=_("who takes over"))
    _add_applications(reassign)
    reassign.add_argument("--kind", choices=_KINDS, metavar=_KIND, help=_("only reviews of this kind"))
    recall = add_command(
        commands,
        "recall",
        _recall,
        summary=_("take an application back from an expert"),
        example='youpin record recall 2026.record --expert E0001 --application 2026-0003 --reason "{}"'.format(
            _("conflict found")
        ),
    )
    add_record(recall)
    recall.add_argument("--expert", required=True, metavar="ID", help=_("the expert, e.g. E0001"))
    recall.add_argument("--application", required=True, metavar="ID", help=_("the application, e.g. 2026-0001"))
    recall.add_argument("--kind", choices=_KINDS, metavar=_KIND, help=_("only reviews of this kind"))
    recall.add_argument("--reason", required=True, metavar="TEXT", help=_("why; the expert reads it"))
    extend = add_command(
        commands,
        "extend",
        _extend,
        summary=_("move the deadline of what has been issued"),
        description=_("Nothing needs to reach the experts: the record's own deadline decides."),
        example='youpin record extend 2026.record --until 2026-12-31 --reason "{}"'.format(_("roads closed by snow")),
    )
    add_record(extend)
    extend.add_argument("--until", required=True, type=day, metavar="DATE", help=_("last day, YYYY-MM-DD"))
    extend.add_argument("--expert", action="append", metavar="ID", help=_("only this expert; can be repeated"))
    extend.add_argument("--reason", required=True, metavar="TEXT", help=_("why; kept with the act"))


def _add_assign(commands: Any) -> None:
    assign = add_command(
        commands,
        "assign",
        _assign,
        summary=_("decide who reviews what"),
        description=_(
            "By hand with --expert and --application, or with --auto: full panels, even loads, no known conflicts.\n"
            "The same expert can be asked for one review of each kind: examination (Article 9), qualification\n"
            "(Article 13), onsite (Article 14). A visit has a team; the first on it is assigned with --leader."
        ),
        example="youpin record assign 2026.record --auto --panel 5 --seed 1",
    )
    add_record(assign)
    assign.add_argument("--auto", action="store_true", help=_("let the solver fill the panels"))
    assign.add_argument("--panel", type=positive, metavar="N", help=_("experts per application (default 5)"))
    assign.add_argument(
        "--seed", type=whole, default=0, metavar="N", help=_("settles ties; the same number, the same panels")
    )
    assign.add_argument(
        "--kind", choices=_KINDS, default=ReviewKind.QUALIFICATION, metavar=_KIND, help=_("default qualification")
    )
    assign.add_argument("--leader", action="store_true", help=_("with --kind onsite: the expert leads the visit"))
    assign.add_argument("--expert", metavar="ID", help=_("the expert, e.g. E0001"))
    assign.add_argument("--application", metavar="ID", help=_("the application, e.g. 2026-0001"))


def _add_issue(commands: Any) -> None:
    issue = add_command(
        commands,
        "issue",
        _issue,
        summary=_("write a sealed package for each expert"),
        description=_(
            "Beside the packages stands hand-out.xlsx: name, telephone, file, size and the words to send along.\n"
            "Only what is new goes out; --again sends everything once more. The deadline is 14 days off by default."
        ),
        example="youpin record issue 2026.record --out out/ --max-mb 95",
    )
    add_record(issue)
    issue.add_argument("--out", required=True, type=Path, metavar="DIR", help=_("folder for the packages"))
    issue.add_argument("--expert", action="append", metavar="ID", help=_("only this expert; can be repeated"))
    issue.add_argument(
        "--max-mb",
        type=positive,
        default=1900,
        metavar="N",
        help=_("size of a part: 45 mail, 95 chat, 650 CD (default 1900)"),
    )
    issue.add_argument("--deadline", type=day, metavar="DATE", help=_("last day, YYYY-MM-DD, until 24:00 Beijing time"))
    issue.add_argument("--again", action="store_true", help=_("everything once more, not only what is new"))
    issue.add_argument("--dry-run", action="store_true", help=_("write nothing; say how large each package is"))


def _add_applications(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--application", action="append", metavar="ID", help=_("only this application; can be repeated")
    )


def _applications(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        entries = record.applications.list()
    document = {
        "applications": [
            {
                "application": entry.application,
                "operator": entry.operator,
                "state": entry.state,
                "offering": entry.offering_name,
                "documents": entry.documents,
                "assigned": entry.assigned,
                "returned": entry.returned,
            }
            for entry in entries
        ]
    }
    rows = [
        (
            entry.application,
            entry.operator,
            entry.offering_name,
            application_word(entry.state),
            f"{entry.returned}/{entry.assigned}",
        )
        for entry in entries
    ]
    return Report(document, table(rows) or _("No applications yet. Take them in: youpin record intake"))


def _assign(arguments: Namespace) -> Report:
    from app.cli.usage import UsageError

    by_hand = bool(arguments.expert or arguments.application)
    if arguments.auto == by_hand or (by_hand and not (arguments.expert and arguments.application)):
        raise UsageError(_("Give either --auto, or both --expert and --application."))
    kind = ReviewKind(arguments.kind)
    if kind is ReviewKind.ONSITE and arguments.auto:
        raise UsageError(_("The team of a visit is chosen by hand: give --expert and --application."))
    if arguments.leader and kind is not ReviewKind.ONSITE:
        raise UsageError(_("Only a visit is led by somebody: --leader goes with --kind onsite."))
    with open_for(arguments) as record:
        if kind is ReviewKind.ONSITE:
            leader = arguments.expert if arguments.leader else None
            result = record.visits.assign(arguments.application, [arguments.expert], leader=leader)
            return Report(_assigned(result), _told(result))
        if not arguments.auto:
            result = record.assigning.assign([(arguments.expert, arguments.application)], kind=kind)
            return Report(_assigned(result), _told(result))
        from app.services.record_assignment import PANEL

        proposal_panel = arguments.panel or PANEL
        result = record.assigning.assign_automatically(kind=kind, panel=proposal_panel, seed=arguments.seed)
        short = record.assigning.short_panels(kind=kind, panel=proposal_panel)
    sentence = "\n".join(
        _("{application} lacks {count} experts: too few without a conflict.").format(application=code, count=missing)
        for code, missing in short
    )
    return Report(_assigned(result), _told(result), Exit.PARTLY if short else Exit.DONE, sentence)


def _assigned(result: "AssignmentResult") -> dict[str, Any]:
    return {
        "assignments": [
            {"application": one.application, "expert": one.expert, "review": one.review, "kind": str(one.kind)}
            for one in result.assignments
        ]
    }


def _told(result: "AssignmentResult") -> str:
    from app.words.examination import review_kind_word

    rows = [(one.application, one.expert, review_kind_word(one.kind)) for one in result.assignments]
    return table(rows) or _("Nothing to assign: every panel is full.")


def _issue(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        if arguments.dry_run:
            plan = record.issuing.plan(arguments.expert, max_mb=arguments.max_mb, is_again=arguments.again)
            left = record.issuing.without_leader(arguments.expert)
            document: dict[str, Any] = {
                "packages": [
                    {
                        "file": None, "expert": one.expert, "device": one.device, "seq": None,
                        "part": f"{one.part}/{one.parts}", "applications": list(one.applications), "bytes": one.bytes,
                        "medium": str(one.medium),
                    }
                    for one in plan
                ],
                "without_leader": list(left),
            }  # fmt: skip
            rows = [
                (one.expert, one.name, f"{one.part}/{one.parts}", _megabytes(one.bytes), medium_word(one.medium))
                for one in plan
            ]
            return _partly(document, table(rows) or _nothing(), _leaderless(left))
        result = record.issuing.issue(
            arguments.out,
            arguments.expert,
            max_mb=arguments.max_mb,
            deadline=arguments.deadline,
            is_again=arguments.again,
        )
    document = {
        "packages": [
            {
                "file": str(one.file), "expert": one.expert, "device": one.device, "seq": one.seq, "part": one.part,
                "applications": list(one.applications), "bytes": one.bytes, "medium": str(one.medium),
            }
            for one in result.packages
        ],
        "hand_out": str(result.hand_out) if result.hand_out else None,
        "without_device": list(result.without_device),
        "without_leader": list(result.without_leader),
    }  # fmt: skip
    rows = [
        (one.expert, one.file.name, one.part, _megabytes(one.bytes), medium_word(one.medium)) for one in result.packages
    ]
    lacking = ""
    if result.without_device:
        experts = " ".join(result.without_device)
        lacking = _("These experts have work but no valid computer: {experts}").format(experts=experts)
    return _partly(document, table(rows) or _nothing(), lacking, _leaderless(result.without_leader))


def _partly(document: dict[str, Any], said: str, *lacking: str) -> Report:
    """Done, or partly done where something is lacking."""
    words = "\n".join(filter(None, lacking))
    return Report(document, said, Exit.PARTLY if words else Exit.DONE, words)


def _leaderless(applications: Sequence[str]) -> str:
    """What keeps visits here, and what to do."""
    words = _(
        "Not sent, because nobody leads the visit any more: {applications}. Name a leader with "
        "“youpin record assign … --kind onsite --leader”, then issue again."
    )
    return words.format(applications=" ".join(applications)) if applications else ""


def _nothing() -> str:
    return _("There is nothing new to send.")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _reassign(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        result = record.assigning.reassign(
            arguments.from_expert, arguments.to_expert, applications=arguments.application, kind=_kind(arguments)
        )
    return Report(_assigned(result), _told(result))


def _recall(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        record.assigning.recall(arguments.expert, arguments.application, reason=arguments.reason, kind=_kind(arguments))
    text = _("{application} is taken back from {expert}. The next package tells them; issue it now.").format(
        application=arguments.application, expert=arguments.expert
    )
    return Report({"application": arguments.application, "expert": arguments.expert}, text)


def _kind(arguments: Namespace) -> ReviewKind | None:
    return ReviewKind(arguments.kind) if arguments.kind else None


def _extend(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        record.issuing.extend(arguments.until, experts=arguments.expert, reason=arguments.reason)
    text = _("The deadline is now {day}, 24:00.").format(day=arguments.until.isoformat())
    return Report({"until": arguments.until.isoformat(), "experts": arguments.expert or []}, text)
