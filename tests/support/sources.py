"""Our own sources, each read and parsed once, for the tests that read code instead of running it."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """One module: where it lies, seen from the root, and what it says."""

    path: str
    text: str

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of its syntax."""
        return tuple(ast.walk(ast.parse(self.text)))


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something a rule does not want, at a place."""

    rule: str
    path: str
    line: int
    said: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule} {self.said}".rstrip()


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every module below *folders*, in order."""
    return tuple(_read(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def source(path: str, text: str) -> Source:
    """A module that exists only in a test."""
    return Source(path, text)


@cache
def _read(path: Path) -> Source:
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def dotted(node: ast.AST) -> str:
    """``a.b.c`` for an expression of names and dots, otherwise the part that is one."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def imported(source: Source) -> Iterator[tuple[str, int]]:
    """The dotted name of everything a module imports, with its line, wherever in the module it does so."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def is_below(name: str, tops: Iterable[str]) -> bool:
    """Whether the dotted *name* is one of *tops* or lies inside of one."""
    return any(name == top or name.startswith(f"{top}.") for top in tops)
