"""Dossiers with words in them, on a desk that may read them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from app.domain.application import MediaType
from app.domain.conflict import Declared
from app.services.desk_declaring import DeclarationLine
from tests.support.desks import DeskStory
from tests.support.secretariat import document, dossier


def chinese_pdf(pages: Sequence[str]) -> bytes:
    """Pages of Chinese words; a line end stays one, and an empty page holds nothing but a drawn line."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    for text in pages:
        canvas.setFont("STSong-Light", 14)
        for number, line in enumerate(text.splitlines()):
            canvas.drawString(72, 742 - 20 * number, line)
        if not text:
            canvas.line(72, 700, 300, 700)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_files(
    stories: Callable[..., DeskStory], files: Sequence[tuple[str, MediaType, bytes]], *, unlock: bool = True
) -> DeskStory:
    """A desk with one dossier of *files* (name, type, bytes)."""
    story = stories("enrolled")
    made = replace(dossier("2026-0007"), files=tuple(document(data, name, media) for name, media, data in files))
    story.dossiers = (made,)
    packages = story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers)
    result = story.desk.importing.import_files(packages)
    assert all(item.outcome == "new" for item in result.packages), result.packages
    if unlock:
        story.desk.declaring.declare([DeclarationLine(made.review, Declared.NONE)])
    return story
