"""Options may stand before, between or behind what a command is about; for every command that there is."""

import argparse
from collections.abc import Sequence
from itertools import chain
from typing import Any

import pytest

from app.cli.commands import parser
from tests.support.commands import commands

VALUES = {"DATE": "2026-12-31", "N": "7", "KIND": "kinship"}


ALL = dict(commands())


def words_for(action: argparse.Action, place: int = 0) -> list[str]:
    """How *action* is typed, with values that it takes."""
    value = VALUES.get(str(action.metavar), f"wert{place}")
    if action.choices and value not in action.choices:
        value = str(next(iter(action.choices)))
    values = [] if action.nargs == 0 else [value]
    return [*action.option_strings[-1:], *values]


def options_of(command: argparse.ArgumentParser) -> list[list[str]]:
    """Every option that may be given together."""
    left_out = {action for group in command._mutually_exclusive_groups for action in group._group_actions[1:]}
    wanted = [action for action in command._actions if action.option_strings and action.dest != "help"]
    return [words_for(action) for action in wanted if action not in left_out]


def positionals_of(command: argparse.ArgumentParser) -> list[list[str]]:
    """Every argument, those that may be many twice."""
    found = []
    for action in command._get_positional_actions():
        times = 2 if action.nargs in ("+", "*") else 1
        found += [words_for(action, place) for place in range(times)]
    return found


def parsed(names: Sequence[str], groups: Sequence[Sequence[str]]) -> dict[str, Any]:
    return vars(parser().parse_args([*names, *chain.from_iterable(groups)]))


@pytest.mark.parametrize("names", sorted(ALL), ids=" ".join)
def test_options_may_stand_anywhere(names: tuple[str, ...]) -> None:
    options, arguments = options_of(ALL[names]), positionals_of(ALL[names])
    expected = parsed(names, [*arguments, *options])
    assert parsed(names, [*options, *arguments]) == expected, "before"
    for place in range(1, len(arguments)):
        assert parsed(names, [*arguments[:place], *options, *arguments[place:]]) == expected, f"behind {place}"
    mixed = [one for pair in zip(options, [*arguments, *[[]] * len(options)], strict=False) for one in pair]
    rest = arguments[len(options) :]
    assert parsed(names, [*mixed, *rest]) == expected, "in turns"


def test_a_desk_is_sealed_with_the_file_named_first(capsys: pytest.CaptureFixture[str]) -> None:
    seal = parser().parse_args(["desk", "seal", "示例.desk", "--out", "f.youpin", "2026-0001", "2026-0002"])
    assert seal.applications == ["2026-0001", "2026-0002"]
    with pytest.raises(SystemExit):
        parser().parse_args(["desk", "import", "示例.desk", "--json"])
    assert "FILE" in capsys.readouterr().err
