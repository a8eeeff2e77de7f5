"""``youpin desk seal | receipt | check | backup``."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.desk_opening import add_desk, open_for, review_named
from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command, closed_list
from app.cli.passphrases import passphrase_of
from app.domain.health import Severity
from app.domain.outcome import Group
from app.i18n import _, ngettext
from app.words.health import severity_word
from app.words.onsite import lost_photo_words
from app.words.reviews import damaged_words

if TYPE_CHECKING:
    from app.services.desk_sealing import HandedIn


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    seal = add_command(
        commands,
        "seal",
        _seal,
        summary=_("sign finished reviews and write the package to hand in"),
        description=_(
            "Without an application everything that is complete is signed. What was signed before and has no receipt\n"
            "yet travels along. --declarations writes a small package although no review is finished."
        ),
        example="youpin desk seal 王示例.desk 2026-0001 --out hand-in.youpin",
    )
    add_desk(seal)
    seal.add_argument("applications", nargs="*", metavar="APPLICATION", help=_("what to sign, e.g. 2026-0001"))
    seal.add_argument("--declarations", action="store_true", help=_("hand in the declarations"))
    seal.add_argument("--out", required=True, type=Path, metavar="FILE", help=_("new file to hand in"))
    receipt = add_command(
        commands,
        "receipt",
        _receipt,
        summary=_("confirm a package by the 8 digits read out by telephone"),
        example="youpin desk receipt 王示例.desk 12345678",
    )
    add_desk(receipt)
    receipt.add_argument("number", metavar="NUMBER", help=_("8 digits"))
    check = add_command(
        commands,
        "check",
        _check,
        summary=_("look whether the desk is healthy"),
        description=_("Exit status 1 if anything is critical. Severities, with the code that --json prints:")
        + "\n"
        + closed_list((severity.value, severity_word(severity)) for severity in Severity),
        example="youpin desk check 王示例.desk --deep",
    )
    add_desk(check)
    check.add_argument("--deep", action="store_true", help=_("also read every document again"))
    check.add_argument("--acknowledge", action="store_true", help=_("lost work was looked at; go on"))
    backup = add_command(
        commands,
        "backup",
        _backup,
        summary=_("make a backup of one's own work now"),
        description=_("Documents are left out; they can be sent again."),
        example="youpin desk backup 王示例.desk --to E:/",
    )
    add_desk(backup)
    backup.add_argument("--to", type=Path, metavar="DIR", help=_("a second medium; otherwise beside the desk"))


def _seal(arguments: Namespace) -> Report:
    passphrase = passphrase_of(arguments)
    with open_for(arguments) as desk:
        named = [review_named(desk, application) for application in dict.fromkeys(arguments.applications)]
        wanted = named if named or arguments.declarations else desk.sealing.ready()
        result = desk.sealing.seal(
            wanted, passphrase=passphrase, out=arguments.out, declarations=arguments.declarations
        )
    document = {
        "file": str(result.file),
        "package": result.package,
        "seq": result.seq,
        "sha256": result.sha256,
        "declarations": result.declarations,
        "reviews": [
            {"review": one.review, "application": one.application, "revision": one.revision, "new": one.is_new}
            for one in result.reviews
        ],
        "cosignatures": result.cosignatures,
        "missing_photos": [
            {"application": application, "number": one.number, "name": one.name, "sha256": one.sha256,
             "reason": str(one.gap)}
            for application, one in result.lost_photos
        ],
        "damaged": list(result.damaged),
    }  # fmt: skip
    problems = [damaged_words(result.damaged)] if result.damaged else []
    problems += [_lost(result)] if result.lost_photos else []
    if not problems:
        return Report(document, _handed_in(result))
    return Report(document, _handed_in(result), Exit.PARTLY, "\n".join(problems))


def _lost(result: "HandedIn") -> str:
    lost = table([(application, lost_photo_words(one)) for application, one in result.lost_photos])
    sentence = _("These photos could not be packed. The package names each of them:")
    return f"{sentence}\n{lost}"


def _handed_in(result: "HandedIn") -> str:
    rows = [
        (one.application, _("revision {number}").format(number=one.revision), _("signed now") if one.is_new else "")
        for one in result.reviews
    ]
    lines = [_("Written and read back: {file} (package {seq})").format(file=result.file, seq=result.seq)]
    if rows:
        lines.append(table(rows))
    if result.cosignatures:
        words = ngettext(
            "{count} signature below a joint opinion", "{count} signatures below joint opinions", result.cosignatures
        )
        lines.append(words.format(count=result.cosignatures))
    lines.append(_("Send it to the secretariat. It is confirmed by a receipt file or by 8 digits."))
    return "\n".join(lines)


def _receipt(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        confirmed = desk.receipts.confirm_by_number(arguments.number)
    document = {"package": confirmed.package, "seq": confirmed.seq, "outcome": str(confirmed.outcome)}
    is_in = confirmed.outcome.group in (Group.TAKEN, Group.NOTHING_TO_DO)
    if is_in:
        return Report(document, confirmed.sentence)
    return Report(document, "", Exit.PARTLY, confirmed.sentence)


def _check(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        if arguments.acknowledge:
            desk.checking.acknowledge_rollback()
        health = desk.checking.check(deep=arguments.deep)
    document = {
        "worst": str(health.worst),
        "findings": [
            {"severity": str(one.severity), "code": one.code, "sentence": one.sentence} for one in health.findings
        ],
    }
    lines = [(severity_word(one.severity), one.sentence) for one in health.findings]
    is_critical = [one.severity is Severity.CRITICAL for one in health.findings]
    text = table([line for line, is_bad in zip(lines, is_critical, strict=True) if not is_bad])
    critical = table([line for line, is_bad in zip(lines, is_critical, strict=True) if is_bad])
    return Report(document, text, Exit.REFUSED if critical else Exit.DONE, critical)


def _backup(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        made = desk.backups.back_up(folder=arguments.to, is_thorough=True)
    return Report({"file": str(made.path), "bytes": made.size}, _("Written: {file}").format(file=made.path))
