"""``youpin package inspect``."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.desk_setup import import_status
from app.cli.output import Report, table
from app.cli.parsing import add_command
from app.cli.passphrases import OPENER, add_passphrase_options
from app.domain.outcome import Group
from app.i18n import _
from app.words.imports import prospect_word
from app.words.packages import kind_word, party_word, sender_word

if TYPE_CHECKING:
    from app.domain.inspection import InspectedPackage


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``package``."""
    inspect = add_command(
        commands,
        "inspect",
        _inspect,
        summary=_("say what a package is and what would become of it; nothing is changed"),
        description=_(
            "Without --desk or --record only an invitation can be read: everything else is sealed for somebody."
        ),
        example="youpin package inspect file.youpin --desk 王示例.desk",
    )
    inspect.add_argument("file", type=Path, metavar="FILE", help=_("the package, under any name"))
    where = inspect.add_mutually_exclusive_group()
    where.add_argument("--desk", type=Path, metavar="DESK", help=_("look at it with the keys of this desk"))
    where.add_argument("--record", metavar="RECORD", help=_("look at it with the keys of this record"))
    inspect.add_argument(
        "--opener", metavar="NAME", help=_("who opens the record ({variable})").format(variable=OPENER)
    )
    add_passphrase_options(inspect)


def _inspect(arguments: Namespace) -> Report:
    from app.services.incoming_files import check_there

    check_there([arguments.file])
    found = _look(arguments)
    document = {
        "outcome": str(found.outcome),
        "sentence": found.sentence,
        "kind": found.kind or None,
        "from": found.sender or None,
        "to": found.addressee or None,
        "seq": found.seq,
        "sha256": found.sha256,
        "code": found.code or None,
        "files": [{"path": file.path, "size": file.size, "sha256": file.sha256} for file in found.files],
    }
    is_bad = found.outcome.group in (Group.HELD, Group.REFUSED)
    return Report(document, _text(found), import_status([found.outcome]), found.sentence if is_bad else "")


def _look(arguments: Namespace) -> "InspectedPackage":
    if arguments.desk is not None:
        from app.cli.desk_opening import open_for as open_desk_for

        with open_desk_for(arguments) as desk:
            return desk.importing.inspect(arguments.file)
    if arguments.record is not None:
        from app.cli.record_opening import open_for as open_record_for

        with open_record_for(arguments) as record:
            return record.importing.inspect(arguments.file)
    from app.services.package_inspection import inspect_without_key

    return inspect_without_key(arguments.file)


def _text(found: "InspectedPackage") -> str:
    if not found.kind:
        return ""
    lines = [
        "  ".join((prospect_word(found.outcome), kind_word(found.kind), _way(found), _number(found.seq))).rstrip(),
        _("Package code: {code}").format(code=found.code),
    ]
    rows: list[tuple[str, ...]] = [(file.path, str(file.size), file.sha256[:16]) for file in found.files]
    return "\n".join([*lines, table(rows)])


def _way(found: "InspectedPackage") -> str:
    to = party_word(found.addressee) if found.addressee else _("everybody")
    return f"{sender_word(found.sender, found.kind)} → {to}"


def _number(seq: int | None) -> str:
    return "" if seq is None else _("no. {seq}").format(seq=seq)
