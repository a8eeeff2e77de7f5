"""Parsers that speak the chosen language and answer ``--help`` with an example."""

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from app.i18n import N_, _

Command = Callable[[argparse.Namespace], Any]

# argparse's own words, so that they stand in our catalogue; it looks them up at run time.
_WORDS: Final = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("%(prog)s: error: %(message)s\n"),
)


class Parser(argparse.ArgumentParser):
    """Raw help text, no abbreviations of options (scripts must not break when one is added), arguments in any order."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)
        self._is_mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Also find arguments that may be absent or many when options stand between them."""
        if self._is_mixing or not any(action.nargs in ("?", "*", "+") for action in self._get_positional_actions()):
            return super().parse_known_args(args, namespace)
        self._is_mixing, usage = True, self.usage
        self.usage = usage or self._bare_usage()
        try:
            return super().parse_known_intermixed_args(args, namespace)
        finally:
            self._is_mixing, self.usage = False, usage

    def _bare_usage(self) -> str:
        """The usage without its first word; argparse would cut off as many letters as the English word has."""
        return self.format_usage()[len(_("usage: ")) :].strip().replace("%", "%%")


def speak_our_language() -> None:
    """Let argparse find its words in our catalogue."""
    setattr(argparse, "_", _)  # noqa: B010 - it is not declared, and there is no other way in


def add_command(
    commands: Any, name: str, run: Command, *, summary: str, description: str = "", example: str = ""
) -> argparse.ArgumentParser:
    """A command *name* of a group, with one line for the list, and a description and an example for its own help."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=f"{summary}\n\n{description}".strip(), epilog=_epilog(example)
    )
    parser.set_defaults(run=run)
    parser.add_argument("--json", action="store_true", help=_("print one JSON document instead of words"))
    return parser


def group(commands: Any, name: str, *, summary: str, description: str = "") -> Any:
    """A group of commands such as ``record``; what is returned takes commands."""
    parser = commands.add_parser(name, help=summary, description=f"{summary}\n\n{description}".strip())
    return parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"), parser_class=Parser)


def day(text: str) -> date:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” is not a day; write it as 2026-11-23").format(text=text)) from None


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number from 1").format(text=text))
    return int(text)


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number").format(text=text)) from None


def closed_list(words: Iterable[tuple[str, str]]) -> str:
    """Codes that can be typed or read, each with its meaning, as lines of a description."""
    lines = list(words)
    width = max(len(code) for code, _meaning in lines) + 2
    return "\n".join(f"  {code:<{width}}{meaning}" for code, meaning in lines)


def _epilog(example: str) -> str:
    return _("Example:") + "\n  " + example if example else ""
