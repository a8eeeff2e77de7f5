"""``youpin desk create | enrol | import | passphrase | reset``."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.desk_exchange import taken_document
from app.cli.desk_opening import add_desk, open_for
from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command
from app.cli.passphrases import (
    PassphraseFileError,
    PassphraseNeededError,
    new_passphrase,
    new_passphrases,
    passphrase_of,
)
from app.domain.outcome import Group, Outcome
from app.i18n import _
from app.words.imports import desk_outcome_word
from app.words.packages import kind_word

if TYPE_CHECKING:
    from app.services.desk_importing import DeskImport


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    create = add_command(
        commands,
        "create",
        _create,
        summary=_("make a new desk for one expert"),
        description=_(
            "Prints the recovery code once: write it down and keep it away from the computer.\n"
            "With --recovery-out it is written to a file instead."
        ),
        example="youpin desk create 王示例.desk --name 王示例 --recovery-out code.txt",
    )
    add_desk(create)
    create.add_argument("--name", required=True, metavar="TEXT", help=_("the expert's name"))
    create.add_argument("--recovery-out", type=Path, metavar="FILE", help=_("write the recovery code to this new file"))
    create.add_argument(
        "--bind", action="store_true", help=_("also bind the desk to this computer by a secret in its keyring")
    )
    _add_enrol(commands)
    importing = add_command(
        commands,
        "import",
        _import,
        summary=_("take in what the secretariat sent"),
        description=_("Parts and packages may come in any order; what is already here does no harm."),
        example="youpin desk import 王示例.desk R26-001-*.youpin",
    )
    add_desk(importing)
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_("packages, under any name"))
    _add_access(commands)


def _add_enrol(commands: Any) -> None:
    enrol = add_command(
        commands,
        "enrol",
        _enrol,
        summary=_("answer an invitation: one file to send back, one page to sign"),
        description=_(
            "The fingerprint stands in the secretariat's letter. Give it with --fingerprint, or compare when asked.\n"
            "Send the file of --out back and sign the page of --page: it carries the 25 digits."
        ),
        example="youpin desk enrol 王示例.desk --invitation invite.youpin --out request.youpin",
    )
    add_desk(enrol)
    enrol.add_argument("--invitation", required=True, type=Path, metavar="FILE", help=_("the secretariat's invitation"))
    enrol.add_argument("--fingerprint", metavar="F", help=_("8 groups of 5 digits from the letter"))
    enrol.add_argument("--out", required=True, type=Path, metavar="FILE", help=_("new file to send back"))
    enrol.add_argument("--page", type=Path, metavar="FILE", help=_("also write the page to sign, as PDF"))
    enrol.add_argument("--name", metavar="TEXT", help=_("the expert's name, if not the one given at creation"))
    enrol.add_argument("--phone", default="", metavar="TEXT", help=_("telephone"))
    enrol.add_argument("--employer", default="", metavar="TEXT", help=_("employer"))
    enrol.add_argument("--title", default="", metavar="TEXT", help=_("professional title"))
    enrol.add_argument(
        "--relation", action="append", default=[], metavar="TEXT", help=_("an organisation with a relation; repeatable")
    )


def _add_access(commands: Any) -> None:
    passphrase = add_command(
        commands,
        "passphrase",
        _passphrase,
        summary=_("change the passphrase"),
        description=_("The new one comes from YOUPIN_NEW_PASSPHRASE, or is asked for twice."),
        example="youpin desk passphrase 王示例.desk",
    )
    add_desk(passphrase)
    reset = add_command(
        commands,
        "reset",
        _reset,
        summary=_("set a new passphrase with a code: the secretariat's line, or the recovery code"),
        description=_(
            "Nothing is lost. The code comes from --code-file or is asked for; the new passphrase from\n"
            "YOUPIN_NEW_PASSPHRASE, or is asked for twice."
        ),
        example="youpin desk reset 王示例.desk --code-file line.txt",
    )
    reset.add_argument("desk", type=Path, metavar="DESK", help=_("file of the desk (*.desk)"))
    reset.add_argument("--code-file", type=Path, metavar="FILE", help=_("file whose first line is the code"))
    reset.add_argument("--recovery", action="store_true", help=_("the code is the recovery code on paper"))


def _create(arguments: Namespace) -> Report:
    from app.bootstrap.desk import create_desk
    from app.services.desk_recovery import write_recovery_code

    passphrase = new_passphrases(arguments, [arguments.name])[0]
    created = create_desk(arguments.desk, name=arguments.name, passphrase=passphrase, bind_to_computer=arguments.bind)
    created.workspace.close()
    lines = [_("The desk is ready: {desk}").format(desk=arguments.desk)]
    if arguments.recovery_out is not None:
        write_recovery_code(arguments.recovery_out, created.recovery_code, name=arguments.name)
        lines.append(
            _("Recovery code written to {file}. Keep it apart from the computer.").format(file=arguments.recovery_out)
        )
    elif arguments.json:
        # A code in a script's output would end in its log.
        print(_("Recovery code, shown once: {code}").format(code=created.recovery_code), file=sys.stderr)
    else:
        lines.append(_("Recovery code, shown once: {code}").format(code=created.recovery_code))
        lines.append(_("Write it down and keep it apart from the computer."))
    document = {
        "desk": str(arguments.desk),
        "recovery": str(arguments.recovery_out) if arguments.recovery_out else None,
    }
    return Report(document, "\n".join(lines))


def _enrol(arguments: Namespace) -> Report:
    from dataclasses import replace

    passphrase = passphrase_of(arguments)
    with open_for(arguments) as desk:
        invitation = desk.enrolment.read_invitation(arguments.invitation)
        fingerprint = arguments.fingerprint
        if fingerprint is None and not invitation.is_known:
            fingerprint = _compared(invitation.fingerprint)
        old = desk.enrolment.status().profile
        profile = replace(
            old,
            name=arguments.name or old.name,
            phone=arguments.phone or old.phone,
            employer=arguments.employer or old.employer,
            title=arguments.title or old.title,
            relations=tuple(arguments.relation) or old.relations,
        )
        enrolled = desk.enrolment.enrol(
            arguments.invitation, profile=profile, passphrase=passphrase, out=arguments.out, fingerprint=fingerprint
        )
        if arguments.page is not None:
            arguments.page.write_bytes(desk.forms.pledge(enrolled, profile))
    text = _("Send this file back: {file}\nCode on the page to sign: {code}").format(
        file=enrolled.file, code=enrolled.code
    )
    document = {
        "file": str(enrolled.file),
        "code": enrolled.code,
        "fingerprint": invitation.fingerprint,
        "compared": fingerprint is not None or invitation.is_known,
        "page": str(arguments.page) if arguments.page else None,
    }
    return Report(document, text)


def _compared(fingerprint: str) -> str | None:
    """The fingerprint, if somebody at the keyboard says that it is the one in the letter."""
    from app.services.desk_errors import FingerprintDiffersError

    if not sys.stdin.isatty():
        print(
            _("Fingerprint of the secretariat: {fingerprint}. Nobody has compared it with the letter.").format(
                fingerprint=fingerprint
            ),
            file=sys.stderr,
        )
        return None
    question = _("Fingerprint of the secretariat: {fingerprint}. Is it the one in the letter? (y/n) ")
    if input(question.format(fingerprint=fingerprint)).strip().lower() not in {"y", "yes", "是"}:
        raise FingerprintDiffersError
    return fingerprint


def _import(arguments: Namespace) -> Report:
    from app.services.incoming_files import files_of

    files = files_of(arguments.files)
    with open_for(arguments) as desk:
        result = desk.importing.import_files(files)
    document = {
        "packages": [
            {"file": str(one.file), "kind": one.kind, "outcome": str(one.outcome), "sentence": one.sentence}
            | taken_document(one.notes)
            for one in result.packages
        ],
        "counts": {str(outcome): count for outcome, count in result.counts.items()},
    }
    rows = [
        (one.file.name, kind_word(one.kind), desk_outcome_word(one.outcome), _unless_bad(one.outcome, one.sentence))
        for one in result.packages
    ]
    text = table(rows) or _("There is no file in what was named.")
    outcomes = [one.outcome for one in result.packages]
    outcomes += [visit.outcome for one in result.packages if one.notes for visit in one.notes.visits]
    return Report(document, text, import_status(outcomes), _refusals(result))


def import_status(outcomes: list[Outcome]) -> Exit:
    """All taken or nothing to do; something held or refused; or nothing taken and something refused."""
    groups = [outcome.group for outcome in outcomes]
    is_bad = any(group in (Group.HELD, Group.REFUSED) for group in groups)
    if not is_bad:
        return Exit.DONE
    return Exit.PARTLY if Group.TAKEN in groups else Exit.REFUSED


def _unless_bad(outcome: Outcome, sentence: str) -> str:
    """What was held or refused is told on standard error, and there alone."""
    return "" if outcome.group in (Group.HELD, Group.REFUSED) else sentence


def _refusals(result: "DeskImport") -> str:
    bad = [one for one in result.packages if one.outcome.group in (Group.HELD, Group.REFUSED)]
    return "\n".join(f"{one.file.name}: {one.sentence}" for one in bad)


def _passphrase(arguments: Namespace) -> Report:
    passphrase = passphrase_of(arguments)
    with open_for(arguments) as desk:
        desk.change_passphrase(passphrase, new_passphrase(desk.enrolment.status().profile.name))
    return Report({"desk": str(arguments.desk)}, _("The passphrase is changed."))


def _reset(arguments: Namespace) -> Report:
    from app.bootstrap.desk import open_desk_with_recovery_code, open_desk_with_reset_code

    code = _typed_code(arguments.code_file)
    chosen = new_passphrase(arguments.desk.stem)
    open_anew = open_desk_with_recovery_code if arguments.recovery else open_desk_with_reset_code
    open_anew(arguments.desk, code, new_passphrase=chosen).close()
    text = _("The desk opens with the new passphrase. Nothing was lost.")
    return Report({"desk": str(arguments.desk)}, text)


def _typed_code(file: Path | None) -> str:
    if file is not None:
        try:
            return (file.read_text(encoding="utf-8-sig").splitlines() or [""])[0]
        except (OSError, UnicodeDecodeError):
            raise PassphraseFileError(file=file.name) from None
    if not sys.stdin.isatty():
        raise PassphraseNeededError(variable="--code-file", option="--code-file")
    return input(_("Code: "))
