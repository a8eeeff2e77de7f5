"""What a file is by its content. The name it came under is only ever compared with this, never believed."""

from enum import Enum
from typing import Final


class FileKind(Enum):
    """The types that are accepted and opened."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    XLSX = "xlsx"
    DOCX = "docx"

    @property
    def is_image(self) -> bool:
        """A single picture, measured in pixels."""
        return self in _IMAGES

    @property
    def has_pages(self) -> bool:
        """Can be rendered: a PDF, or a picture as its only page."""
        return self is FileKind.PDF or self.is_image


class ForeignKind(Enum):
    """What was recognised and is not accepted, so that the person can be told what they sent."""

    SVG = "svg"
    HTML = "html"
    XML = "xml"
    TIFF = "tiff"
    GIF = "gif"
    BMP = "bmp"
    AVIF = "avif"
    VIDEO = "video"
    OLD_OFFICE = "old_office"
    MACRO_OFFICE = "macro_office"
    PRESENTATION = "presentation"
    OPEN_DOCUMENT = "open_document"
    RTF = "rtf"
    POSTSCRIPT = "postscript"
    ARCHIVE = "archive"
    PROGRAM = "program"
    TEXT = "text"
    UNKNOWN = "unknown"


_IMAGES: Final = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC})
_ENDINGS: Final = {
    "pdf": FileKind.PDF,
    "jpg": FileKind.JPEG,
    "jpeg": FileKind.JPEG,
    "jpe": FileKind.JPEG,
    "png": FileKind.PNG,
    "webp": FileKind.WEBP,
    "heic": FileKind.HEIC,
    "heif": FileKind.HEIC,
    "xlsx": FileKind.XLSX,
    "docx": FileKind.DOCX,
}


def kind_promised_by(name: str) -> FileKind | None:
    """The kind the ending of *name* promises; None if it promises none of ours."""
    stem, dot, ending = name.rpartition(".")
    return _ENDINGS.get(ending.strip().lower()) if dot and stem else None
