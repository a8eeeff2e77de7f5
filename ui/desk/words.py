"""Words of the desk's window that several screens say in the same way."""

from datetime import datetime
from fractions import Fraction
from typing import Final

from app.domain.evidence import Anchor
from app.domain.scoring import half_up
from app.i18n import _
from app.services.desk_views import DocumentView, Task

_BYTES: Final = 1024
_QUOTED: Final = 8


def total_words(total: Fraction | None) -> str:
    """Points so far with two decimals, or a dash; shortened where they are whole."""
    if total is None:
        return "—"
    rounded = half_up(total)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def day_words(moment: datetime) -> str:
    """A day as this computer's calendar has it."""
    here = moment.astimezone()
    return _("{year}-{month:02}-{day:02}").format(year=here.year, month=here.month, day=here.day)


def moment_words(moment: datetime) -> str:
    """A day and a time of this computer."""
    return f"{day_words(moment)} {moment.astimezone():%H:%M}"


def title_words(task: Task) -> str:
    """Who and what, on one line."""
    return _("{operator} — {offering}").format(operator=task.face.operator, offering=task.face.offering_name)


def progress_words(task: Task) -> str:
    """How far, and how many points."""
    return _("{scored}/{of} scored · {total}/{full}").format(
        scored=task.scored, of=task.of, total=total_words(task.total), full=task.full
    )


def size_words(size: int) -> str:
    """A size as people read it."""
    if size < _BYTES * _BYTES:
        return _("{count} KB").format(count=max(1, round(size / _BYTES)))
    return _("{count} MB").format(count=f"{size / _BYTES / _BYTES:.1f}")


def anchor_words(anchor: Anchor, documents: tuple[DocumentView, ...]) -> str:
    """“03 p.12”, with a few of the words that were marked."""
    number = next((view.number for view in documents if view.document.sha256 == anchor.document), None)
    parts = ["??" if number is None else f"{number:02}"]
    if anchor.page is not None:
        parts.append(_("p.{page}").format(page=anchor.page))
    if anchor.sheet:
        parts.append(anchor.sheet)
    if anchor.range:
        parts.append(anchor.range)
    if anchor.words:
        quoted = anchor.words if len(anchor.words) <= _QUOTED else f"{anchor.words[:_QUOTED]}…"
        parts.append(_("“{words}”").format(words=quoted))
    return " ".join(parts)
