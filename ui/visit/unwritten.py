"""Fields whose words wait for a button: until it is pressed they are kept with the visit, as they are typed."""

from collections.abc import Callable
from functools import partial

from app.domain.onsite.ids import VisitId
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext

Keep = Callable[[str, str], None]


def keeper(context: DeskContext, visit: VisitId) -> Keep:
    """A function that takes the name of a form of *visit* and what stands in it; nothing means that it is done."""

    def keep(name: str, text: str) -> None:
        write = partial(context.desk.visits.unwritten.keep, visit, name, text)
        context.saver.later(f"{visit}/unwritten:{name}", write)

    return keep


def unwritten(sheet: VisitSheet, name: str) -> str:
    """What stood in the form called *name* when the visit was read; empty if nothing did."""
    return dict(sheet.unwritten).get(name, "")
