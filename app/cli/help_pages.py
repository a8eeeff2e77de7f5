"""``youpin help`` and ``youpin guide``: what the window shows with F1, and the two pages for experts."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.cli.output import Report, table
from app.cli.parsing import add_command
from app.i18n import _
from app.services.help_pages import CONTENTS, HelpPage, HelpShelf
from app.words.help_marks import Block, Kind


def add_commands(groups: Any) -> None:
    """Add both commands at the top level."""
    helping = add_command(
        groups,
        "help",
        _help,
        summary=_("read a page of the help, or search it"),
        description=_("NAME is the code of a screen (D12) or of a sentence (wrong_passphrase); else the contents."),
        example="youpin help wrong_passphrase",
    )
    helping.add_argument("name", nargs="?", default=CONTENTS, metavar="NAME", help=_("code of a screen or sentence"))
    helping.add_argument("--search", metavar="TEXT", help=_("list the pages that have these words"))
    guide = add_command(
        groups,
        "guide",
        _guide,
        summary=_("write the two pages for experts"),
        description=_("A PDF of two pages. “record invite” writes it, too, with the fingerprint filled in."),
        example="youpin guide --out guide.pdf",
    )
    guide.add_argument("--out", required=True, type=Path, metavar="FILE", help=_("where the pages go"))


def _help(arguments: Namespace) -> Report:
    shelf = HelpShelf()
    if arguments.search:
        found = shelf.search(arguments.search)
        document = {"found": [{"name": one.name, "title": one.title} for one in found]}
        return Report(document, table([(one.name, one.title) for one in found]) or _("Nothing fits."))
    page = shelf.page(arguments.name)
    return Report({"name": page.name, "title": page.title, "text": page.text}, "\n".join(_lines(page)))


def _lines(page: HelpPage) -> list[str]:
    is_contents = page.name == CONTENTS
    lines: list[str] = []
    for block in page.blocks:
        if block.kind is Kind.PICTURE:
            continue
        if lines and block.kind in {Kind.HEADING, Kind.TEXT}:
            lines.append("")
        lines.append(_line(block, with_name=is_contents))
    return lines


def _line(block: Block, *, with_name: bool) -> str:
    target = block.spans[0].target if with_name and block.spans else ""
    text = f"{target}  {block.text}" if target else block.text
    if block.kind is Kind.STEP:
        return f"{block.number}. {text}"
    return f"- {text}" if block.kind is Kind.POINT else text


def _guide(arguments: Namespace) -> Report:
    from app.services.expert_guide import write_guide  # draws paper: not needed for any other help

    written = write_guide(arguments.out)
    return Report({"file": str(written)}, _("Written: {file}").format(file=written))
