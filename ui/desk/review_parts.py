"""What the screen of a review shows in the words of the viewer and the radar."""

from typing import Final

from app.domain.application import MediaType
from app.services.desk_views import DocumentView, ReviewSheet
from app.words.sizes import size_words
from ui.desk.words import dimension_points, points_words
from ui.viewing.document_list import DocumentEntry, EntryKind
from ui.widgets.radar import RadarAxis

_KINDS: Final = {
    MediaType.PDF: EntryKind.PDF,
    MediaType.XLSX: EntryKind.SHEET,
    MediaType.DOCX: EntryKind.TEXT,
}


def radar_axis(sheet: ReviewSheet, number: int) -> RadarAxis:
    """The points of one dimension so far."""
    dimension = sheet.rubric.dimensions[number]
    points = dimension_points(sheet, dimension)
    if points is None:
        return RadarAxis(dimension.name, None, f"—/{dimension.weight}")
    return RadarAxis(dimension.name, float(points / dimension.weight), f"{points_words(points)}/{dimension.weight}")


def document_entry(view: DocumentView, read: int) -> DocumentEntry:
    """One file of the dossier, of which so many pages were *read*."""
    document = view.document
    return DocumentEntry(
        document.sha256,
        f"{view.number:02}",
        document.name,
        _KINDS.get(document.media, EntryKind.PICTURE),
        size_words(document.size),
        is_here=view.is_here,
        is_cited=view.is_cited,
        read=read,
        pages=0 if document.pages is None and document.media is MediaType.PDF else max(1, document.pages or 1, read),
    )
