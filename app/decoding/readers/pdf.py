"""PDF through PDFium, by its plain C interface: pages as pixels, words with boxes, bookmarks.

No form-filling environment is created, so no script, no action and no submit button of a document ever runs;
filled-in fields show through the appearance stored with them.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pypdfium2_raw as pdfium

from app.decoding.kinds import FileKind
from app.decoding.limits import Limits
from app.decoding.protocol import Refused
from app.decoding.readers.base import Reader
from app.decoding.readers.canvas import Canvas
from app.decoding.readers.fonts import font_folders
from app.decoding.readers.page_words import read_words
from app.decoding.readers.pieced import PiecedFile
from app.decoding.readers.shapes import fit
from app.decoding.replies import (
    BYTES_PER_PIXEL,
    Outline,
    OutlineEntry,
    Overview,
    PageSize,
    PageSizes,
    PageWords,
    Raster,
)

_WHITE: Final = 0xFFFF_FFFF
_HUNDREDTHS: Final = 100


def _start_library() -> "ctypes.Array[ctypes.c_char_p]":
    """Tell PDFium once per process where letters come from; it keeps pointing at what is returned."""
    folders = [folder.encode() for folder in font_folders()]
    paths = (ctypes.c_char_p * (len(folders) + 1))(*folders, None)
    config = pdfium.FPDF_LIBRARY_CONFIG(
        version=2,
        m_pUserFontPaths=ctypes.cast(paths, ctypes.POINTER(ctypes.POINTER(ctypes.c_char))),
        m_pIsolate=None,
        m_v8EmbedderSlot=0,
    )
    pdfium.FPDF_InitLibraryWithConfig(config)
    return paths


_FONT_PATHS: Final = _start_library()


class PdfDocument(Reader):
    """One open PDF. The bytes are kept as long as it, because PDFium reads from them."""

    def __init__(self, data: bytes | PiecedFile, limits: Limits) -> None:
        self._limits = limits
        self._data = data
        if isinstance(data, PiecedFile):
            self._access = _access_to(data)
            self._raw = pdfium.FPDF_LoadCustomDocument(self._access, None)
        else:
            self._raw = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._raw:
            error = pdfium.FPDF_GetLastError()
            protected = error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            raise Refused("password" if protected else "damaged")
        pages = pdfium.FPDF_GetPageCount(self._raw)
        if not 0 < pages <= limits.pages:
            self.close()
            raise Refused("over_limit" if pages > 0 else "damaged")
        self.overview = Overview(
            kind=FileKind.PDF, pages=pages, is_encrypted=pdfium.FPDF_GetSecurityHandlerRevision(self._raw) != -1
        )

    def close(self) -> None:
        """Give the memory back."""
        raw, self._raw = self._raw, None
        if raw:
            pdfium.FPDF_CloseDocument(raw)

    def page_sizes(self, first: int, count: int) -> PageSizes:
        """Sizes without loading the pages' content."""
        size = pdfium.FS_SIZEF()
        sizes = []
        for page in range(first, min(first + count, self.overview.pages + 1)):
            known = pdfium.FPDF_GetPageSizeByIndexF(self._raw, page - 1, size)
            # A page that cannot be loaded still has a place in the row of pages: A4, and an error when shown.
            sizes.append(_page_size(size.width, size.height) if known else PageSize(59528, 84189))
        return PageSizes(first, tuple(sizes))

    def render(self, page: int, *, width: int, height: int, rotation: int, canvas: Canvas) -> Raster:
        """Draw onto *canvas*, turned by *rotation* on top of the page's own."""
        with self._page(page) as raw:
            across, down = pdfium.FPDF_GetPageWidthF(raw), pdfium.FPDF_GetPageHeightF(raw)
            if rotation % 180:
                across, down = down, across
            raster = fit(across, down, width=width, height=height, limits=self._limits)
            stride = raster.width * BYTES_PER_PIXEL
            memory = canvas.memory(raster.byte_count)
            bitmap = pdfium.FPDFBitmap_CreateEx(raster.width, raster.height, pdfium.FPDFBitmap_BGRx, memory, stride)
            if not bitmap:
                raise MemoryError
            try:
                pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, raster.width, raster.height, _WHITE)
                turns = rotation // 90 % 4
                pdfium.FPDF_RenderPageBitmap(bitmap, raw, 0, 0, raster.width, raster.height, turns, pdfium.FPDF_ANNOT)
            finally:
                pdfium.FPDFBitmap_Destroy(bitmap)
        return raster

    def words(self, page: int) -> PageWords:
        """Words with boxes in the frame of the anchors."""
        with self._page(page) as raw:
            size = _page_size(pdfium.FPDF_GetPageWidthF(raw), pdfium.FPDF_GetPageHeightF(raw))
            return read_words(raw, size, self._limits)

    def outline(self) -> Outline:
        """Bookmarks to the depth and number of the limits; a loop is cut where it closes."""
        entries: list[OutlineEntry] = []
        seen: set[int] = set()
        waiting = [(pdfium.FPDFBookmark_GetFirstChild(self._raw, None), 0)]
        is_cut = False
        while waiting:
            mark, level = waiting.pop()
            if not mark:
                continue
            address = ctypes.addressof(mark.contents)
            if address in seen or len(entries) >= self._limits.outline_entries:
                is_cut = True
                continue
            seen.add(address)
            entries.append(OutlineEntry(level, self._title(mark), self._target(mark)))
            waiting.append((pdfium.FPDFBookmark_GetNextSibling(self._raw, mark), level))
            child = pdfium.FPDFBookmark_GetFirstChild(self._raw, mark)
            if child and level + 1 < self._limits.outline_depth:
                waiting.append((child, level + 1))
            elif child:
                is_cut = True
        return Outline(tuple(entries), is_cut)

    def _title(self, mark: object) -> str:
        length = min(pdfium.FPDFBookmark_GetTitle(mark, None, 0), 64 * 1024)
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFBookmark_GetTitle(mark, buffer, length)
        title = buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
        return " ".join(title.split())[: self._limits.title_characters]

    def _target(self, mark: object) -> int | None:
        destination = pdfium.FPDFBookmark_GetDest(self._raw, mark)
        index = pdfium.FPDFDest_GetDestPageIndex(self._raw, destination) if destination else -1
        return index + 1 if 0 <= index < self.overview.pages else None

    @contextmanager
    def _page(self, page: int) -> Iterator[object]:
        raw = pdfium.FPDF_LoadPage(self._raw, page - 1)
        if not raw:
            raise Refused("damaged")
        try:
            yield raw
        finally:
            pdfium.FPDF_ClosePage(raw)


def _access_to(file: PiecedFile) -> pdfium.FPDF_FILEACCESS:
    """PDFium's way of asking for parts of a file."""

    def _block(_parameter: object, position: int, target: object, count: int) -> int:
        return file.copy(target, position, count)

    access = pdfium.FPDF_FILEACCESS()
    access.m_FileLen = file.size
    access.m_GetBlock = type(access.m_GetBlock)(_block)
    return access


def _page_size(width: float, height: float) -> PageSize:
    return PageSize(max(1, round(width * _HUNDREDTHS)), max(1, round(height * _HUNDREDTHS)))
