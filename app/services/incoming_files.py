"""From what people drop or name to the packages inside: folders are looked into, names and endings do not count."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.errors import UserFacingError
from app.i18n import N_


class InputMissingError(UserFacingError):
    """A name that leads nowhere."""

    code = "input_missing"
    message = N_("{file} is not there. Check the name; if it is on a stick, plug it in again.")


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Every file among *paths* and in the folders among them, each once, in a stable order.

    Raises:
        InputMissingError: something named is not there.
    """
    named = tuple(paths)
    check_there(named)
    found: dict[Path, None] = {}
    for path in named:
        found |= dict.fromkeys(_within(path) if path.is_dir() else (path,))
    return tuple(found)


def check_there(paths: Iterable[Path]) -> None:
    """Raises :class:`InputMissingError` for the first of *paths* that leads nowhere."""
    for path in paths:
        if not path.exists():
            raise InputMissingError(file=path.name)


def _within(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
