"""Fields whose words wait for a button: until it is pressed they are kept with the visit, as they are typed."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import msgspec

from app.domain.onsite.ids import VisitId
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext

Keep = Callable[[str, str], None]
V = TypeVar("V")


def keeper(context: DeskContext, visit: VisitId) -> Keep:
    """A function that takes the name of a form of *visit* and what stands in it; nothing means that it is done."""

    def keep(name: str, text: str) -> None:
        write = partial(context.desk.visits.unwritten.keep, visit, name, text)
        context.saver.later(f"{visit}/unwritten:{name}", write)

    return keep


def unwritten(sheet: VisitSheet, name: str) -> str:
    """What stood in the form called *name* when the visit was read; empty if nothing did."""
    return dict(sheet.unwritten).get(name, "")


def as_text(value: object) -> str:
    """*value*, several fields of a form, as one text to keep."""
    return msgspec.json.encode(value).decode()


def read_text(text: str, kind: type[V]) -> V | None:
    """What :func:`as_text` made; ``None`` where nothing stands, or what another version kept in another shape."""
    try:
        return msgspec.json.decode(text, type=kind) if text else None
    except msgspec.MsgspecError:
        return None
