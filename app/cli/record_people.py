"""``youpin record enrol | experts | revoke | reset-code``."""

import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command
from app.cli.passphrases import add_second_option, second_passphrase, shared_passphrases, typed_second
from app.cli.record_opening import add_record, open_for
from app.domain.outcome import Group
from app.i18n import _

if TYPE_CHECKING:
    from app.bootstrap.record import RecordWorkspace
    from app.services.record_enrolment import Enrolled, EnrolmentReport


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``record``."""
    enrol = add_command(
        commands,
        "enrol",
        _enrol,
        summary=_("enrol experts from the files they sent"),
        description=_(
            "Prints the code of every request. Compare it with the signed page, then confirm: --code for one,\n"
            "--yes for the whole batch. Where two people can open the record, the second confirms with their own\n"
            "passphrase, once for the batch. --as binds a new computer to an expert who is enrolled already."
        ),
        example="youpin record enrol 2026.record enrolments/ --yes",
    )
    add_record(enrol)
    enrol.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR", help=_("files or folders"))
    confirm = enrol.add_mutually_exclusive_group()
    confirm.add_argument("--yes", action="store_true", help=_("all codes were compared"))
    confirm.add_argument(
        "--code", action="append", metavar="CODE", help=_("25 digits that were compared; can be repeated")
    )
    enrol.add_argument(
        "--as", dest="as_expert", metavar="EXPERT", help=_("the expert who has a new computer, e.g. E0001")
    )
    add_second_option(enrol)
    enrol.add_argument("--out", type=Path, metavar="DIR", help=_("also write a credential package per computer there"))
    add_record(
        add_command(
            commands,
            "experts",
            _experts,
            summary=_("list the experts and their computers"),
            description=_("The last column: how many reviews are back, out of how many assigned."),
            example="youpin record experts 2026.record",
        )
    )
    revoke = add_command(
        commands,
        "revoke",
        _revoke,
        summary=_("no longer trust a computer: lost, stolen, handed on"),
        example='youpin record revoke 2026.record --device E0001-D1 --reason "{}"'.format(_("laptop lost")),
    )
    add_record(revoke)
    revoke.add_argument("--device", required=True, metavar="ID", help=_("the computer, e.g. E0001-D1"))
    _add_reason(revoke)
    reset = add_command(
        commands,
        "reset-code",
        _reset_code,
        summary=_("release the code that replaces a forgotten passphrase"),
        description=_("Check who calls first. The code works only at that expert's own desk."),
        example='youpin record reset-code 2026.record --expert E0001 --reason "{}"'.format(_("called back")),
    )
    add_record(reset)
    reset.add_argument("--expert", required=True, metavar="ID", help=_("the expert, e.g. E0001"))
    _add_reason(reset)


def _add_reason(parser: Any) -> None:
    parser.add_argument("--reason", required=True, metavar="TEXT", help=_("why; kept with the act"))


def _enrol(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        report = _confirmed(record, arguments, everything=arguments.yes)
        if _is_undecided(report.enrolments) and not arguments.json and sys.stdin.isatty():
            print(_lines(report.enrolments))
            if input(_("All codes compared? Type yes to enrol: ")).strip().casefold() in {"yes", "y", "是"}:
                report = _confirmed(record, arguments, everything=True)
    document = {"enrolments": [_enrolment(one) for one in report.enrolments]}
    refused = [one for one in report.enrolments if _is_refused(one)]
    sentence = "\n".join(f"{one.file.name}: {one.sentence}" for one in refused)
    return Report(document, _lines(report.enrolments), _status(len(refused), len(report.enrolments)), sentence)


def _confirmed(record: "RecordWorkspace", arguments: Namespace, *, everything: bool) -> "EnrolmentReport":
    """Enrol; where that takes a second person, with what a script gave for them, or with what they type."""
    from app.services.record_errors import SecondOpenerNeededError, SecondOpenerWrongError
    from app.services.record_openers import SecondOpener

    def enrol(second: SecondOpener | None) -> "EnrolmentReport":
        return record.enrolment.enrol(
            arguments.paths,
            codes_confirmed=arguments.code,
            everything=everything,
            second=second,
            as_expert=arguments.as_expert,
            out=arguments.out,
        )

    try:
        return enrol(None)
    except SecondOpenerNeededError:
        given = second_passphrase(arguments)
        if given is not None:
            return enrol(SecondOpener(given))
        for passphrase in shared_passphrases(arguments):
            with suppress(SecondOpenerWrongError):
                return enrol(SecondOpener(passphrase))
        typed = typed_second()
        if typed is None:
            raise
        return enrol(SecondOpener(typed))


def _is_undecided(enrolments: "tuple[Enrolled, ...]") -> bool:
    return any(one.outcome is None for one in enrolments)


def _status(refused: int, total: int) -> Exit:
    if not refused:
        return Exit.DONE
    return Exit.REFUSED if refused == total else Exit.PARTLY


def _enrolment(one: "Enrolled") -> dict[str, Any]:
    return {
        "file": str(one.file),
        "outcome": str(one.outcome) if one.outcome else "unconfirmed",
        "expert": one.expert,
        "device": one.device,
        "code": one.code,
        "credential": str(one.credential) if one.credential else None,
        "name": one.name,
        "sentence": one.sentence,
    }


def _lines(enrolments: "tuple[Enrolled, ...]") -> str:
    return table(
        [
            (one.name or one.file.name, one.code, str(one.device or ""), "" if _is_refused(one) else one.sentence)
            for one in enrolments
        ]
    )


def _is_refused(one: "Enrolled") -> bool:
    """Told on standard error, and there alone."""
    return one.outcome is not None and one.outcome.group is Group.REFUSED


def _experts(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        experts = record.roster.experts()
    document = {
        "experts": [
            {
                "expert": expert.expert,
                "name": expert.name,
                "devices": [device.device for device in expert.devices],
                "revoked": [device.device for device in expert.devices if device.revoked_at],
                "employer": expert.employer,
                "assigned": expert.assigned,
                "returned": expert.returned,
            }
            for expert in experts
        ]
    }
    rows = [
        (expert.expert, expert.name, expert.employer, " ".join(device.device for device in expert.devices),
         f"{expert.returned}/{expert.assigned}")
        for expert in experts
    ]  # fmt: skip
    return Report(document, table(rows) or _("Nobody is enrolled yet. Send the invitation: youpin record invite"))


def _revoke(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        record.roster.revoke(arguments.device, reason=arguments.reason)
    text = _(
        "{device} is no longer trusted. What arrives from it is held for you. Enrol a new one with --as, then issue."
    )
    return Report({"device": arguments.device}, text.format(device=arguments.device))


def _reset_code(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        released = record.roster.reset_code(arguments.expert, reason=arguments.reason)
    text = _("Read this line out to {expert}; it works at {device} only:\n{code}").format(
        expert=released.expert, device=released.device, code=released.code
    )
    return Report({"expert": released.expert, "device": released.device, "code": released.code}, text)
