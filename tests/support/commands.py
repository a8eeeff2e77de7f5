"""Every command that there is, by its words."""

import argparse
from collections.abc import Iterator

from app.cli.commands import parser


def commands(
    top: argparse.ArgumentParser | None = None, *names: str
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Each command with its parser, in the language of the moment."""
    whole = top or parser()
    below = [action for action in whole._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield names, whole
    for action in below:
        for name, inner in action.choices.items():
            yield from commands(inner, *names, name)
