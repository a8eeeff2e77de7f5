"""What stands in a form of the desk and waits for a button: kept as it is typed, until the form is done."""

from functools import partial
from typing import TypeVar

import msgspec

from ui.desk.context import DeskContext

V = TypeVar("V")


def keep_unwritten(context: DeskContext, name: str, text: str) -> None:
    """*text* stands in the form called *name*, one of :mod:`app.services.desk_unwritten`; nothing: it is done."""
    context.saver.later(name, partial(context.desk.unwritten.keep, name, text))


def as_text(value: object) -> str:
    """*value*, several fields of a form, as one text to keep."""
    return msgspec.json.encode(value).decode()


def read_text(text: str, kind: type[V]) -> V | None:
    """What :func:`as_text` made; ``None`` where nothing stands, or what another version kept in another shape."""
    try:
        return msgspec.json.decode(text, type=kind) if text else None
    except msgspec.MsgspecError:
        return None
