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
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(_within(path))
        elif path.exists():
            found[path] = None
        else:
            raise InputMissingError(file=path.name)
    return tuple(found)


def _within(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
