"""``youpin desk visit exchange | choose``: a team's notes from desk to desk; what comes is taken by ``desk import``."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.desk_opening import add_desk, open_for
from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command, closed_list
from app.cli.passphrases import passphrase_of
from app.domain.ids import Sha256
from app.domain.onsite.ids import EntryId
from app.domain.onsite.merging import EntryKind
from app.i18n import _
from app.words.exchange import amount_words, entry_words
from app.words.sizes import size_words

if TYPE_CHECKING:
    from app.services.exchange_values import ExchangeOffer, ExchangeWritten, TakenNotes, WrittenExchange


def add_commands(visit: Any) -> None:
    """Add the commands of this module to the group ``desk visit``."""
    exchange = add_command(
        visit,
        "exchange",
        _exchange,
        summary=_("write the notes and photos for the other desks of the team"),
        description=_(
            "Signed, and sealed for every computer of the team and for nobody else. Visits with the same team share a\n"
            "file; others have one of their own. The other desks take it with “desk import”.\n"
            "Exit status 3: a visit or a damaged photo could not be given; each is named."
        ),
        example="youpin desk visit exchange 王示例.desk --out E:/",
    )
    add_desk(exchange)
    exchange.add_argument(
        "--out", required=True, type=Path, metavar="FILE|DIR", help=_("folder or stick; a new file if one is enough")
    )
    exchange.add_argument(
        "--visit",
        action="append",
        default=[],
        metavar="VISIT",
        help=_("one visit; may be repeated"),
    )
    choose = add_command(
        visit,
        "choose",
        _choose,
        summary=_("let one of two values stand that copies of one desk wrote differently"),
        description=_("“visit show --json” lists them under forks. Kinds:")
        + "\n"
        + closed_list((kind.value, entry_words(kind)) for kind in EntryKind),
        example="youpin desk visit choose 王示例.desk 2026-0001 grade A1@S1@E0001 5f0a…",
    )
    add_desk(choose)
    choose.add_argument("visit", metavar="VISIT", help=_("code of the visit, e.g. 2026-0001-4711"))
    choose.add_argument("kind", choices=[kind.value for kind in EntryKind], metavar="KIND", help=_("what it is"))
    choose.add_argument("entry", metavar="ENTRY", help=_("its number"))
    choose.add_argument("sha256", metavar="SHA256", help=_("the value that stands"))


def taken_document(taken: "TakenNotes | None") -> dict[str, Any]:
    """What ``desk import`` says besides of a team member's file."""
    if taken is None:
        return {}
    return {"from": taken.sender, "visits": taken.visits}


def _exchange(arguments: Namespace) -> Report:
    passphrase = passphrase_of(arguments)
    with open_for(arguments) as desk:
        visits = [desk.visits.named(code) for code in arguments.visit]
        written = desk.exchange.give(arguments.out, passphrase=passphrase, visits=visits)
    document = {
        "files": [_file(one) for one in written.files],
        "left_out": written.left_out,
        "damaged": written.damaged,
    }
    problems = _problems(written)
    return Report(document, _words(written), Exit.PARTLY if problems else Exit.DONE, problems)


def _file(one: "WrittenExchange") -> dict[str, Any]:
    return {
        "file": str(one.file),
        "package": one.package,
        "seq": one.seq,
        "sha256": one.sha256,
        "bytes": one.size,
        "part": f"{one.part}/{one.parts}",
        "to": [reader for reader in one.offer.readers if not reader.is_me and reader.computers],
        "visits": one.offer.visits,
    }


def _words(written: "ExchangeWritten") -> str:
    rows = []
    for one in written.files:
        rows.append((str(one.file), size_words(one.size), readers_words(one.offer)))
        if one.part == 1:
            rows += [
                (f"  {visit.code}", visit.operator, amount_words(visit.notes, visit.photos))
                for visit in one.offer.visits
            ]
    return "\n".join((table(rows), _("Written and read back. The others take it with “desk import”.")))


def readers_words(offer: "ExchangeOffer") -> str:
    """Whom a file is for."""
    return _(", ").join(reader.name for reader in offer.readers if not reader.is_me and reader.computers)


def _problems(written: "ExchangeWritten") -> str:
    lines = [f"{one.code}: {one.sentence}" for one in written.left_out]
    words = _("Photo {number} ({name}) is damaged and was not given. Take it from the card or telephone again.")
    lines += [words.format(number=one.number, name=one.name) for one in written.damaged]
    return "\n".join(lines)


def _choose(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        kind, entry = EntryKind(arguments.kind), EntryId(arguments.entry)
        desk.visits.merging.choose(visit, kind, entry=entry, sha256=Sha256(arguments.sha256))
    return Report({"visit": visit, "kind": kind, "entry": entry}, _("Saved."))
