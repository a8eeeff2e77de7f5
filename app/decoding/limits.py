"""How much a stranger's document may cost before it is given up, and why that much."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """One set of bounds for the child and for the parent that checks its answers.

    The largest honest things seen in dossiers set the scale: a 600-dpi A3 scan, a product catalogue of some
    hundred pages, a measurement log of 100,000 lines.
    """

    # What is handed over.
    document_bytes: int = 200 * _MIB  # the largest settings of intake are far below; a bare backstop

    # Pictures and pages. 10,000 pixels a side hold an A3 sheet at 600 dpi.
    image_side: int = 10_000
    image_pixels: int = 72_000_000  # 7,016 x 9,921 is A3 at 600 dpi; decoded this is 288 MB of the child's memory
    render_side: int = 10_000
    render_pixels: int = 32_000_000  # A4 at 600 %; 128 MB to hand over
    pages: int = 10_000

    # Words and bookmarks of a page or a PDF.
    words_per_page: int = 50_000  # a dense A0 sheet of drawings has about 20,000
    characters_per_page: int = 200_000
    outline_depth: int = 8
    outline_entries: int = 2_000
    title_characters: int = 200

    # Office files are ZIP archives: bombs, overlaps and lies about sizes are refused before anything is parsed.
    archive_members: int = 2_000
    archive_member_bytes: int = 128 * _MIB
    archive_bytes: int = 256 * _MIB
    sheets: int = 256
    sheet_rows: int = 200_000
    sheet_columns: int = 1_024
    sheet_cells: int = 2_000_000  # the reader holds a sheet as a full rectangle
    cell_characters: int = 32_767  # what one cell may hold in the format itself
    text_characters: int = 5_000_000
    text_blocks: int = 100_000

    # What may come back besides pixels.
    reply_bytes: int = 64 * _MIB

    # Seconds by the clock on the wall; the child is ended when they have passed.
    start_seconds: float = 20.0
    open_seconds: float = 10.0
    page_seconds: float = 5.0
    sheet_seconds: float = 20.0  # small, ordinary-looking sheets have taken other readers this long

    # The child itself.
    memory_bytes: int = 1024 * _MIB
    open_files: int = 16
    documents_per_child: int = 500  # whatever leaks, leaks away
    resident_bytes: int = 256 * _MIB  # documents kept open in the child at once; others are handed over again
    resident_documents: int = 8

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            if getattr(self, name) <= 0:
                raise ValueError(name)
