"""The photographs of a visit on paper: small copies, each with its number, item, time and the end of its SHA-256."""

import io
from typing import Final

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Table

from app.documents.styles import SMALL, Cell, grid
from app.documents.visit_page import Sheet, clipped
from app.documents.visit_values import HASH_TAIL, PaperPhoto, photo_number
from app.documents.wording import NOTHING, moment_words
from app.i18n import _

LONGEST_SIDE: Final = 720  # pixels: some 220 to the inch where it stands
_QUALITY: Final = 78
_COLUMNS: Final = 2
_HIGHEST: Final = 58 * mm
_CAPTION: Final = 160


def as_jpeg(width: int, height: int, pixels: bytes) -> bytes:
    """Rows of blue, green, red and a spare byte as a JPEG. The same pixels give the same bytes."""
    image = Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", 0, 1)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return target.getvalue()


class _Picture(Flowable):
    """A JPEG as it is, as large as its place allows."""

    def __init__(self, photo: PaperPhoto, width: float) -> None:
        super().__init__()
        scale = min(width / photo.width, _HIGHEST / photo.height)
        self._jpeg = photo.jpeg
        self._size = photo.width * scale, photo.height * scale
        self.width, self.height = width, self._size[1]

    def draw(self) -> None:
        across, down = self._size
        self.canv.drawImage(ImageReader(io.BytesIO(self._jpeg)), (self.width - across) / 2, 0, across, down)


def photo_annex(sheet: Sheet) -> list[Flowable]:
    """All photographs on items, two beside each other."""
    width = sheet.width / _COLUMNS
    cells = [_cell(sheet, photo, width=width - 8) for photo in sheet.paper.photos]
    rows: list[list[Cell]] = [list(cells[start : start + _COLUMNS]) for start in range(0, len(cells), _COLUMNS)]
    rows[-1] += [[] for _spare in range(_COLUMNS - len(rows[-1]))]
    table = Table(rows, colWidths=[width] * _COLUMNS, style=grid())
    remark = _(
        "Small copies for reading. The files as they came travel with the review, unchanged, under the SHA-256 named."
    )
    return [sheet.heading(_("Annex: photographs")), sheet.small(remark), table]


def _cell(sheet: Sheet, photo: PaperPhoto, *, width: float) -> list[Flowable]:
    facts = photo.facts
    taken = moment_words(facts.taken_at) if facts.taken_at else _("time of taking cannot be established")
    caption = "　".join(
        part for part in (photo_number(facts), ", ".join(photo.items), clipped(photo.caption, _CAPTION)) if part
    )
    lines = (
        caption,
        _("taken: {time}; taken in: {received}").format(time=taken, received=moment_words(facts.received_at)),
        _("SHA-256 …{tail}").format(tail=facts.sha256[-HASH_TAIL:]),
        *_origin(photo),
    )
    picture: Flowable = _Picture(photo, width) if photo.jpeg else sheet.text(_("(cannot be shown)") or NOTHING, SMALL)
    return [picture, *(sheet.text(line, SMALL) for line in lines)]


def _origin(photo: PaperPhoto) -> tuple[str, ...]:
    if photo.copy_of is None:
        return ()
    return (_("marked copy of the photo with SHA-256 …{tail}").format(tail=photo.copy_of[-HASH_TAIL:]),)
