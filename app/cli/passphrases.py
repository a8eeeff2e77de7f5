"""Where passphrases come from: the environment, a file, or the keyboard. Never an argument, which everybody can see."""

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.errors import UserFacingError
from app.i18n import N_, _

PASSPHRASE: Final = "YOUPIN_PASSPHRASE"  # noqa: S105 - the name of a variable
RECOVERY: Final = "YOUPIN_RECOVERY_PASSPHRASE"
OPENERS: Final = "YOUPIN_OPENER_PASSPHRASES"
NEW: Final = "YOUPIN_NEW_PASSPHRASE"
SECOND: Final = "YOUPIN_SECOND_PASSPHRASE"
OPENER: Final = "YOUPIN_OPENER"


class PassphraseNeededError(UserFacingError):
    """Nobody to ask, and nothing set."""

    code = "passphrase_needed"
    message = N_("A passphrase is needed: set {variable}, or give a file with {option}.")


class PassphraseFileError(UserFacingError):
    """The file named is not there or cannot be read."""

    code = "passphrase_file"
    message = N_("The passphrase file {file} could not be read.")


class PassphrasesDifferError(UserFacingError):
    """Typed twice, differently."""

    code = "passphrases_differ"
    message = N_("The two passphrases are not the same. Try again.")


def add_passphrase_options(parser: ArgumentParser) -> None:
    """Options of every command that opens something."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("file whose first line is the passphrase; otherwise YOUPIN_PASSPHRASE, otherwise it is asked for"),
    )


def passphrase_of(arguments: Namespace, *, prompt: str = "") -> str:
    """The passphrase of whoever runs the command."""
    if arguments.passphrase_file is not None:
        return _lines(arguments.passphrase_file)[0]
    return _from(PASSPHRASE, "--passphrase-file", prompt or _("Passphrase: "))


def new_passphrases(arguments: Namespace, names: Sequence[str]) -> list[str]:
    """One passphrase for each of *names*: a line each, or one line for all, or asked for twice."""
    if arguments.passphrase_file is not None:
        return _spread(_lines(arguments.passphrase_file), names)
    for variable in (OPENERS, PASSPHRASE):
        if os.environ.get(variable):
            return _spread(os.environ[variable].splitlines(), names)
    return [_typed_twice(_("Passphrase of {name}: ").format(name=name)) for name in names]


def new_passphrase(name: str) -> str:
    """The passphrase a new opener chooses."""
    return os.environ.get(NEW) or _typed_twice(_("Passphrase of {name}: ").format(name=name))


def add_second_option(parser: ArgumentParser) -> None:
    """The option of commands that a second person confirms."""
    parser.add_argument(
        "--second-passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("file whose first line is the passphrase of the second person; otherwise YOUPIN_SECOND_PASSPHRASE"),
    )


def second_passphrase(arguments: Namespace) -> str | None:
    """The second person's passphrase, where a script gives it as theirs."""
    if arguments.second_passphrase_file is not None:
        return _lines(arguments.second_passphrase_file)[0]
    return os.environ.get(SECOND) or None


def shared_passphrases(arguments: Namespace) -> list[str]:
    """What else may be the second person's, likeliest first: openers with one passphrase for all have no other."""
    own = _lines(arguments.passphrase_file) if arguments.passphrase_file is not None else []
    given = [*os.environ.get(OPENERS, "").splitlines(), *own[1:], *own[:1], os.environ.get(PASSPHRASE, "")]
    return [line for line in dict.fromkeys(given) if line]


def typed_second() -> str | None:
    """The second person's passphrase from the keyboard; ``None`` where nobody sits there."""
    if not sys.stdin.isatty():
        return None
    return getpass.getpass(_("Second person, your passphrase to confirm the requests: "))


def recovery_passphrase(arguments: Namespace) -> str:
    """The passphrase of the recovery file."""
    if getattr(arguments, "recovery_passphrase_file", None) is not None:
        return _lines(arguments.recovery_passphrase_file)[0]
    return _from(RECOVERY, "--recovery-passphrase-file", _("Passphrase of the recovery file: "))


def _from(variable: str, option: str, prompt: str) -> str:
    given = os.environ.get(variable)
    if given:
        return given
    if not sys.stdin.isatty():
        raise PassphraseNeededError(variable=variable, option=option)
    return getpass.getpass(prompt)


def _typed_twice(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise PassphraseNeededError(variable=OPENERS, option="--passphrase-file")
    first, second = getpass.getpass(prompt), getpass.getpass(_("Once more: "))
    if first != second:
        raise PassphrasesDifferError
    return first


def _lines(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise PassphraseFileError(file=file.name) from None
    if not lines or not lines[0]:
        raise PassphraseFileError(file=file.name)
    return lines


def _spread(lines: Sequence[str], names: Sequence[str]) -> list[str]:
    given = [line for line in lines if line]
    if len(given) == 1:
        return given * len(names)
    if len(given) < len(names):
        raise PassphraseNeededError(variable=OPENERS, option="--passphrase-file")
    return given[: len(names)]
