"""``youpin desk visit photos | bind``: photographs into the tray, and onto items of the checklist."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.desk_opening import open_for
from app.cli.desk_visit_arguments import add_author, add_item, add_photo_options, add_visit, chosen_photos, member
from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command
from app.cli.usage import UsageError
from app.domain.onsite.ids import ItemId, VisitId
from app.i18n import _

if TYPE_CHECKING:
    from app.services.visit_photos import TakenPhoto


def add_commands(visit: Any) -> None:
    """Add the commands of this module to the group ``desk visit``."""
    photos = add_command(
        visit,
        "photos",
        _photos,
        summary=_("take photos from files and folders; their bytes stay as they are"),
        description=_("Exit status 3: some files were refused; each line says why."),
        example="youpin desk visit photos 王示例.desk 2026-0001 DCIM",
    )
    add_visit(photos)
    photos.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_("photos, or folders with photos"))
    add_author(photos)
    bind = add_command(
        visit,
        "bind",
        _bind,
        summary=_("put photos on an item of the checklist"),
        example="youpin desk visit bind 王示例.desk 2026-0001 B3 --photo 12 --noted 0123",
    )
    add_visit(bind)
    add_item(bind)
    add_photo_options(bind)
    bind.add_argument("--off", action="store_true", help=_("take them off again; the photos stay"))


def _photos(arguments: Namespace) -> Report:
    from app.documents.visit_values import photo_number
    from app.services.visit_photos import PhotoOutcome

    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        done = desk.visits.photos.take(visit, arguments.paths, author=member(arguments.author))
        codes = {one.visit: one.code for one in desk.visits.all()}
    rows = [(photo_number(one.photo) if one.photo else "", one.file, _remarks(one, codes)) for one in done.photos]
    refused = done.count(PhotoOutcome.REFUSED)
    status = Exit.DONE if not refused else Exit.REFUSED if refused == len(done.photos) else Exit.PARTLY
    counts = {outcome.value: done.count(outcome) for outcome in PhotoOutcome}
    text = table(rows) or _("There is no file in it.")
    return Report({"visit": visit, "photos": done.photos, "counts": counts}, text, status)


def _remarks(taken: "TakenPhoto", codes: Mapping[VisitId, str]) -> str:
    """Why it was refused, or what is worth a look."""
    if taken.sentence or taken.photo is None:
        return taken.sentence
    parts = [_("was here before")] if taken.outcome == "known" else []
    parts += [_("time of taking unknown")] if taken.photo.is_time_unknown else []
    if taken.resembles:
        parts.append(_("looks like {photos}").format(photos=", ".join(map(str, taken.resembles))))
    if taken.elsewhere:
        visits = ", ".join(codes.get(one, one) for one in taken.elsewhere)
        parts.append(_("the same picture is in {visits}").format(visits=visits))
    return _("; ").join(parts)


def _bind(arguments: Namespace) -> Report:
    if not (arguments.photo or arguments.noted):
        raise UsageError(_("Say which photos: give --photo or --noted."))
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        photos = chosen_photos(desk, visit, arguments)
        act = desk.visits.photos.unbind if arguments.off else desk.visits.photos.bind
        for photo in photos:
            act(visit, photo, ItemId(arguments.item))
    return Report({"visit": visit, "item": arguments.item, "photos": photos}, _("Saved."))
