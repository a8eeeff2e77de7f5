"""YAML as a data file: text, whole numbers, true and false, lists and mappings. Nothing else of the language.

Decimals, dates and the many spellings of “no” stay text, so that no number passes through binary floating point.
References are refused, because they let a small file describe an endless one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import yaml

from app.i18n import N_, _

T = TypeVar("T")

LARGEST_FILE: Final = 256 * 1024
_DEEPEST: Final = 20
_SURE_DIGITS: Final = 9


class YamlProblem(Exception):  # noqa: N818 - carries a clause; the reader of a file turns it into its own error
    """A translated clause that says what is wrong and where."""


def problem(clause: str, **facts: object) -> YamlProblem:
    """A problem in the words of *clause*, which is marked for translation."""
    return YamlProblem(_(clause).format(**facts))


class _DataLoader(yaml.SafeLoader):
    """The safe loader without references, repeated keys, deep nesting and clever scalars."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's own way to say so
    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise problem(N_("line {line}: references (& and *) are not allowed"), line=event.start_mark.line + 1)
        if self._depth >= _DEEPEST:
            raise problem(N_("line {line}: nested too deeply"), line=event.start_mark.line + 1)
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                raise problem(N_("line {line}: this is not the name of an entry"), line=line)
            if key.value in seen:
                raise problem(N_("line {line}: “{name}” is there twice"), line=line, name=key.value)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _plain_resolver(tag: str, pattern: str, first: str) -> None:
    _DataLoader.add_implicit_resolver(tag, re.compile(pattern), list(first))


_plain_resolver("tag:yaml.org,2002:int", rf"^-?(?:0|[1-9][0-9]{{0,{_SURE_DIGITS - 1}}})$", "-0123456789")
_plain_resolver("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf")
_plain_resolver("tag:yaml.org,2002:null", r"^(?:null|~)$", "n~")


def load(data: bytes) -> Any:
    """The one document in *data*.

    Raises:
        YamlProblem: too large, not UTF-8, not YAML, or more of YAML than a data file needs.
    """
    if len(data) > LARGEST_FILE:
        raise problem(N_("the file is larger than {limit} KiB"), limit=LARGEST_FILE // 1024)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise problem(N_("it is not a text file in UTF-8")) from None
    try:
        return yaml.load(text, Loader=_DataLoader)  # noqa: S506 - a narrower SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise problem(N_("line {line} cannot be understood"), line=line) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise problem(N_("it cannot be understood")) from None


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the place it stands at, so that every complaint can name it."""

    value: Any
    place: str = ""

    def wrong(self, clause: str, **facts: object) -> YamlProblem:
        """A problem at this place."""
        return problem(N_("{place}: {what}"), place=self.place or _(N_("the file")), what=_(clause).format(**facts))

    def mapping(self, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, "Entry"]:
        """The entries of a mapping, none missing and none that nobody knows."""
        if not isinstance(self.value, dict):
            raise self.wrong(N_("names with values are expected here"))
        for name in self.value:
            if name not in required and name not in optional:
                raise self.wrong(N_("“{name}” is not known here"), name=name)
        for name in required:
            if name not in self.value:
                raise self.wrong(N_("“{name}” is missing"), name=name)
        return {
            name: Entry(value, f"{self.place} › {name}" if self.place else name) for name, value in self.value.items()
        }

    def free_mapping(self) -> dict[str, "Entry"]:
        """The entries of a mapping whose names are data."""
        if not isinstance(self.value, dict) or not all(isinstance(name, str) for name in self.value):
            raise self.wrong(N_("names with values are expected here"))
        return {name: Entry(value, f"{self.place} › {name}") for name, value in self.value.items()}

    def items(self) -> tuple["Entry", ...]:
        """The entries of a list; each place is told by its “id”, “no” or “code”, or else by its position."""
        if not isinstance(self.value, list):
            raise self.wrong(N_("a list is expected here"))
        return tuple(Entry(value, f"{self.place} › {_label(value, n)}") for n, value in enumerate(self.value, start=1))

    def text(self) -> str:
        """A text that says something."""
        if isinstance(self.value, bool) or not isinstance(self.value, str | int) or not str(self.value).strip():
            raise self.wrong(N_("a text is expected here"))
        return str(self.value).strip()

    def whole(self, *, lowest: int = 0, highest: int = 1_000_000) -> int:
        """A whole number within bounds."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not lowest <= self.value <= highest:
            raise self.wrong(
                N_("a whole number from {lowest} to {highest} is expected here"), lowest=lowest, highest=highest
            )
        return self.value

    def truth(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong(N_("true or false is expected here"))
        return self.value

    def one_of(self, choices: Callable[[str], T], *, names: str) -> T:
        """One of a closed list."""
        try:
            return choices(self.text())
        except ValueError:
            raise self.wrong(N_("one of {names} is expected here"), names=names) from None


def _label(value: Any, number: int) -> str:
    if isinstance(value, dict):
        for name in ("no", "id", "code"):
            if isinstance(value.get(name), str):
                return str(value[name])
    return f"[{number}]"
