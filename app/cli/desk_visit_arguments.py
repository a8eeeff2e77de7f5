"""What the commands of ``youpin desk visit`` ask for alike: the visit, an item, an author, photographs."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from app.cli.desk_opening import add_desk
from app.cli.parsing import positive
from app.domain.ids import Sha256
from app.domain.onsite.ids import MemberId, VisitId
from app.i18n import _

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace


def add_visit(parser: ArgumentParser) -> None:
    """The desk and the visit a command is about."""
    add_desk(parser)
    parser.add_argument("visit", metavar="VISIT", help=_("code of the visit, e.g. 2026-0001-4711"))


def add_item(parser: ArgumentParser) -> None:
    """An item of the checklist."""
    parser.add_argument("item", metavar="ITEM", help=_("item of the checklist, e.g. B3"))


def add_site(parser: ArgumentParser) -> None:
    """A site of the plan."""
    parser.add_argument("--site", metavar="SITE", help=_("site of the plan; needed where there are several"))


def add_author(parser: ArgumentParser) -> None:
    """Somebody whose paper is typed."""
    parser.add_argument("--author", metavar="MEMBER", help=_("member without a desk whose paper is typed"))


def add_photo_options(parser: ArgumentParser) -> None:
    """Photographs, by their place in a tray or by what was noted on paper."""
    parser.add_argument("--photo", action="append", type=tray_number, default=[], metavar="N",
                        help=_("number in the tray, e.g. 12; of another member P1-12; may be repeated"))  # fmt: skip
    parser.add_argument("--noted", action="append", default=[], metavar="DIGITS",
                        help=_("digits at the end of its file name; may be repeated"))  # fmt: skip


def chosen_photos(desk: "DeskWorkspace", visit: VisitId, arguments: Namespace) -> tuple[Sha256, ...]:
    """The photographs these options name, each once. Raises ``PhotoUnknownError``, ``PhotoAmbiguousError``."""
    photos = desk.visits.photos
    found = [photos.numbered(visit, number, author=whose) for whose, number in arguments.photo]
    found += [photos.noted(visit, digits) for digits in arguments.noted]
    return tuple(dict.fromkeys(photo.sha256 for photo in found))


def member(name: str | None) -> MemberId | None:
    """Somebody of the team, where one is named."""
    return MemberId(name) if name else None


def tray_number(text: str) -> tuple[MemberId | None, int]:
    """The tray and the place in it, as “P1-3” or as “3” for one's own."""
    whose, _dash, number = text.rpartition("-")
    return member(whose), positive(number)


def moment(text: str) -> datetime:
    """A day, or a day and a time; Beijing time where no zone is said."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“{text}” is not a time; write it as 2026-12-01T10:30").format(text=text)) from None
