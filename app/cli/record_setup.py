"""``youpin record create | opener | invite | printing``."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.cli.output import Report
from app.cli.parsing import add_command
from app.cli.passphrases import new_passphrase, new_passphrases, passphrase_of, recovery_passphrase
from app.cli.record_opening import add_record, open_for
from app.i18n import _


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``record``."""
    _add_create(commands)
    opener = add_command(
        commands,
        "opener",
        _opener,
        summary=_("who can open the record"),
        description=_("A new opener's passphrase comes from YOUPIN_NEW_PASSPHRASE, or is asked for twice."),
        example="youpin record opener 2026.record add 王示例",
    )
    add_record(opener)
    actions = ("add", "list", "remove")
    opener.add_argument("action", choices=actions, metavar="|".join(actions), help=_("what to do"))
    opener.add_argument("name", nargs="?", metavar="NAME", help=_("whom to add or remove"))
    invite = add_command(
        commands,
        "invite",
        _invite,
        summary=_("write the invitation that experts enrol with"),
        description=_(
            "It is not secret. Send the fingerprint by letter, so that experts can compare it.\n"
            "Two pages for experts (PDF) are written beside it, to print and send along."
        ),
        example="youpin record invite 2026.record --out invitation.youpin",
    )
    add_record(invite)
    invite.add_argument("--out", required=True, type=Path, metavar="FILE", help=_("where the invitation goes"))
    printing = add_command(
        commands,
        "printing",
        _printing,
        summary=_("whether experts may print pages of dossiers, with a watermark"),
        description=_("A desk learns of it with the next package that is written for it. Not allowed at first."),
        example="youpin record printing 2026.record allow",
    )
    add_record(printing)
    actions = ("show", "allow", "forbid")
    printing.add_argument("action", choices=actions, metavar="|".join(actions), help=_("what to do"))


def _add_create(commands: Any) -> None:
    create = add_command(
        commands,
        "create",
        _create,
        summary=_("found a record: keys, campaign, rules"),
        description=_(
            "Each opener has a passphrase of their own: one line each in YOUPIN_OPENER_PASSPHRASES or in the file of\n"
            "--passphrase-file. The recovery file belongs in a safe, in two copies."
        ),
        example="youpin record create 2026.record --campaign 2026 --name 辽宁优品2026 --opener 王示例 --opener 李示例 "
        "--recovery-out recovery.age",
    )
    create.add_argument("record", metavar="RECORD", help=_("file of the record, or address of a database"))
    create.add_argument("--campaign", required=True, metavar="2026", help=_("year or short name of the campaign"))
    create.add_argument("--name", required=True, metavar="TEXT", help=_("name of the campaign as experts see it"))
    create.add_argument(
        "--opener", action="append", metavar="NAME", help=_("who can open the record; can be repeated, two are advised")
    )
    create.add_argument(
        "--recovery-out",
        type=Path,
        metavar="FILE",
        help=_("where the recovery file goes: root key and recovery identity"),
    )
    create.add_argument(
        "--recovery-passphrase-file", type=Path, metavar="FILE", help=_("file whose first line is its passphrase")
    )
    create.add_argument("--rubric", type=Path, metavar="FILE", help=_("rules in place of the default ones (YAML)"))
    create.add_argument(
        "--examination", type=Path, metavar="FILE", help=_("examination form in place of the default one (YAML)")
    )
    create.add_argument(
        "--checklist", type=Path, metavar="FILE", help=_("on-site checklist in place of the default one (YAML)")
    )
    create.add_argument(
        "--allow-printing",
        action="store_true",
        help=_("let experts print pages of dossiers, with a watermark; see “record printing”"),
    )
    create.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=_("file with one passphrase per line, one for each opener")
    )


def _create(arguments: Namespace) -> Report:
    from app.bootstrap.record import create_record
    from app.services.record_creation import Opener, RecoveryFile

    names = arguments.opener or [_("secretariat")]
    passphrases = new_passphrases(arguments, names)
    recovery = None
    if arguments.recovery_out is not None:
        recovery = RecoveryFile(arguments.recovery_out, recovery_passphrase(arguments))
    created = create_record(
        arguments.record,
        arguments.campaign,
        name=arguments.name,
        openers=[Opener(name, passphrase) for name, passphrase in zip(names, passphrases, strict=True)],
        recovery=recovery,
        rubric=arguments.rubric,
        examination=arguments.examination,
        checklist=arguments.checklist,
    )
    if arguments.allow_printing:
        created.workspace.dossier_prints.allow(is_allowed=True)
    created.workspace.close()
    lines = [_("The record is ready: {record}").format(record=arguments.record)]
    lines.append(_("Fingerprint for the letter: {fingerprint}").format(fingerprint=created.fingerprint))
    if created.recovery:
        lines.append(_("Recovery file: {file}. Keep two copies apart from each other.").format(file=created.recovery))
    else:
        lines.append(
            _(
                "There is no recovery file. If this record is lost, nothing that is sent to it can ever be opened, "
                "and no new authority can be made. Found it again with --recovery-out unless that is what you want."
            )
        )
    if len(names) == 1:
        lines.append(_("Only one person can open it. Add a second: youpin record opener RECORD add NAME"))
    document = {
        "record": str(arguments.record),
        "fingerprint": created.fingerprint,
        "recovery": str(created.recovery) if created.recovery else None,
        "openers": names,
        "printing": arguments.allow_printing,
    }
    return Report(document, "\n".join(lines))


def _opener(arguments: Namespace) -> Report:
    own = passphrase_of(arguments)
    with open_for(arguments) as record:
        if arguments.action != "list":
            if not arguments.name:
                raise _name_missing()
            if arguments.action == "add":
                record.openers.add(arguments.name, new_passphrase(arguments.name), own_passphrase=own)
            else:
                record.openers.remove(arguments.name, own_passphrase=own)
        names = record.openers.names()
    return Report({"openers": list(names)}, "\n".join(names))


def _name_missing() -> Exception:
    from app.crypto.key_slots import LONGEST_NAME
    from app.crypto.vault_errors import OpenerNameError

    return OpenerNameError(longest=LONGEST_NAME)


def _invite(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        invitation = record.inviting.invite(arguments.out)
    text = _("Invitation: {file}\nTo print with it: {guide}\nFingerprint for the letter: {fingerprint}").format(
        file=invitation.file, guide=invitation.guide, fingerprint=invitation.fingerprint
    )
    document = {
        "file": str(invitation.file),
        "fingerprint": invitation.fingerprint,
        "guide": str(invitation.guide),
    }
    return Report(document, text)


def _printing(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        if arguments.action != "show":
            record.dossier_prints.allow(is_allowed=arguments.action == "allow")
        is_allowed = record.dossier_prints.is_allowed()
    words = (
        _("Experts may print pages of dossiers, with a watermark.")
        if is_allowed
        else _("Experts may not print pages of dossiers.")
    )
    return Report({"printing": is_allowed}, words)
