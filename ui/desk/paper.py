"""A finished PDF onto a printer: drawn page by page by the decoding child and painted as pictures."""

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import UserFacingError
from app.i18n import N_
from app.progress import Progress
from ui.viewing.source import OpenDocument

_LONG_SIDE = 2_339  # pixels: 200 to the inch on A4
_SHORT_SIDE = 1_654


class PrinterError(UserFacingError):
    """The printer, or its driver, gave up."""

    code = "printer_failed"
    message = N_("The printer did not take the pages. Check that it is switched on, or save them as a PDF instead.")


def choose_printer(parent: QWidget) -> QPrinter | None:
    """Ask which printer; ``None`` where the person thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    is_chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if is_chosen else None


def put_on_paper(open_document: Callable[[], OpenDocument], printer: QPrinter, progress: Progress) -> None:
    """Print every page of a document, one picture in memory at a time. Off the GUI thread.

    Raises:
        PrinterError: it was refused, perhaps after some pages.
    """
    document = open_document()
    painter = QPainter()
    try:
        sizes = document.page_sizes()
        for place, size in enumerate(sizes):
            progress.step(place, len(sizes))
            is_wide = size.width > size.height
            way = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
            printer.setPageOrientation(way)
            printer.setPageMargins(QMarginsF(0, 0, 0, 0))
            if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
                raise PrinterError
            pixels = document.render(place + 1, width=_LONG_SIDE if is_wide else _SHORT_SIDE)
            shape = pixels.width, pixels.height, pixels.stride
            image = QImage(pixels.data, *shape, QImage.Format.Format_RGB32)
            painter.drawImage(_centred(image, QRectF(painter.viewport())), image)
        if painter.isActive() and not painter.end():
            raise PrinterError
    finally:
        if painter.isActive():
            printer.abort()
            painter.end()
        document.close()


def _centred(image: QImage, room: QRectF) -> QRectF:
    scale = min(room.width() / image.width(), room.height() / image.height())
    wide, high = image.width() * scale, image.height() * scale
    return QRectF((room.width() - wide) / 2, (room.height() - high) / 2, wide, high)
