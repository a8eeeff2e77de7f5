"""``youpin desk phrases``."""

from argparse import Namespace
from typing import Any

from app.cli.desk_opening import add_desk, open_for
from app.cli.output import Report, table
from app.cli.parsing import add_command
from app.domain.phrase import Phrase, name_for
from app.i18n import _


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    phrases = add_command(
        commands,
        "phrases",
        _phrases,
        summary=_("list phrases of your own for reasons and opinions; add, change or delete one"),
        description=_("Plain text. Deleting prints the phrase, so that it can be added again."),
        example='youpin desk phrases 王示例.desk --add "{}" --name "{}"'.format(
            _("three years of data are complete"), _("data")
        ),
    )
    add_desk(phrases)
    what = phrases.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="TEXT", help=_("keep this text"))
    what.add_argument("--change", type=int, metavar="N", help=_("change the phrase of this number"))
    what.add_argument("--delete", type=int, metavar="N", help=_("delete the phrase of this number"))
    phrases.add_argument("--name", metavar="TEXT", help=_("its name in the menu"))
    phrases.add_argument("--text", metavar="TEXT", help=_("the new text, with --change"))


def _phrases(arguments: Namespace) -> Report:
    deleted: Phrase | None = None
    with open_for(arguments) as desk:
        if arguments.add is not None:
            desk.phrases.add(arguments.name or name_for(arguments.add), arguments.add)
        elif arguments.change is not None:
            old = next((one for one in desk.phrases.all() if one.number == arguments.change), None)
            name = arguments.name or (old.name if old else "?")
            desk.phrases.change(arguments.change, name=name, text=arguments.text or (old.text if old else "?"))
        elif arguments.delete is not None:
            deleted = desk.phrases.remove(arguments.delete)
        found = desk.phrases.all()
    rows = [(str(one.number), one.name, " ".join(one.text.split())) for one in found]
    lines = [_("Deleted: {text}").format(text=deleted.text)] if deleted else []
    document = {
        "phrases": [_document(one) for one in found],
        "deleted": _document(deleted) if deleted else None,
    }
    return Report(document, "\n".join([*lines, table(rows)]) if rows or lines else _("No phrases yet."))


def _document(phrase: Phrase) -> dict[str, Any]:
    return {"number": phrase.number, "name": phrase.name, "text": phrase.text}
