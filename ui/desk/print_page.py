"""Pages of the dossier on paper or in a PDF, with a watermark; and what was printed before."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QPushButton, QScrollArea, QWidget

from app.domain.ids import ReviewId, Sha256
from app.domain.print_pages import PrintMade
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.services.desk_dossier_prints import PrintedPages, PrintingForbiddenError
from app.words.prints import print_words
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import set_role
from ui.tokens import Space
from ui.viewing.viewer import Viewer
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


@dataclass(frozen=True, slots=True)
class _Leave:
    """Why it is not allowed, or nothing; and what was printed before."""

    reason: str
    prints: tuple[PrintMade, ...]


class PrintPage(QScrollArea):
    """In place of the form; the document is the one in the viewer.

    Signals:
        shown: it is to be looked at.
        failed: an error that is neither the document's nor the printer's.
    """

    shown = Signal()
    failed = Signal(object)

    def __init__(self, context: DeskContext, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._viewer = context, viewer
        self._review: ReviewId | None = None
        self._is_allowed = False
        self._offered: Sha256 | None = None
        self.choose_printer: Callable[[QWidget], QPrinter | None] = _choose_printer
        self._title = PlainLabel(_("Print pages of the dossier"), role="reading")
        self._reason, self._document = PlainLabel(is_wrapped=True), PlainLabel(is_wrapped=True)
        self.pages, self._of = QLineEdit(), PlainLabel(role="muted")
        self.pages.setAccessibleName(_("Pages to print"))
        self.pages.setPlaceholderText(_("such as 1-3,7"))
        self._rule = PlainLabel(
            _("Your number, the application and the time stand across every page. The print-out is noted in the "
              "history of this review, which the secretariat receives with it."),
            role="small", is_wrapped=True,
        )  # fmt: skip
        self.save, self.print = QPushButton(_("Save as PDF …")), QPushButton(_("Print …"))
        self._outcome = PlainLabel(is_wrapped=True)
        self._before_title = PlainLabel(_("Printed before"), role="muted")
        self._before = PlainLabel(role="small", is_wrapped=True)
        self._form = QWidget()
        self._build()
        self.save.clicked.connect(self._on_save)
        self.print.clicked.connect(self._on_print)
        viewer.document_shown.connect(self._on_document)

    def ask(self, review: ReviewId) -> None:
        """Show the page for the document that is open; or why nothing can be printed."""
        self._outcome.setText("")
        self._offered = None
        self._read(review)

    def words(self) -> str:
        """What it says, as it is read."""
        parts = (self._reason, self._document, self._outcome, self._before)
        return "\n".join(part.text() for part in parts if part.text())

    def save_as(self, out: Path) -> None:
        """Write the chosen pages into a new file."""
        review, sha256 = self._review, self._viewer.sha256()
        if review is not None and sha256 is not None:
            self._run(partial(self._save, review, sha256, self.pages.text(), out))

    def print_on(self, printer: "QPrinter") -> None:
        """Send the chosen pages to *printer*."""
        review, sha256 = self._review, self._viewer.sha256()
        if review is not None and sha256 is not None:
            self._run(partial(self._print, review, sha256, self.pages.text(), printer))

    def _build(self) -> None:
        for button in (self.save, self.print):
            button.setAutoDefault(True)
        set_role(self.save, "primary")
        which = row(PlainLabel(_("Which pages")), self.pages, self._of, gap=Space.INSIDE)
        which.setStretchFactor(self.pages, 1)
        buttons = row(self.save, self.print, None, gap=Space.INSIDE)
        self._form.setLayout(column(self._document, which, self._rule, buttons, gap=Space.INSIDE))
        inner = QWidget()
        parts = (self._title, self._reason, self._form, self._outcome, self._before_title, self._before, None)
        inner.setLayout(column(*parts, margin=Space.ROOM, gap=Space.INSIDE))
        set_role(inner, "page")
        set_role(self, "reading")  # the keyboard scrolls it, and is seen there
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def _read(self, review: ReviewId) -> None:
        self._review = review
        self._context.workers.run(
            partial(self._load, review), lane=Lane.DATABASE, is_quiet=True, done=self._on_loaded,
            failed=self.failed.emit,
        )  # fmt: skip

    def _load(self, review: ReviewId, _progress: Progress) -> _Leave:
        prints, reason = self._context.desk.dossier_prints, ""
        try:
            prints.require_allowed(review)
        except PrintingForbiddenError as error:
            reason = error.sentence()
        return _Leave(reason, prints.prints(review))

    def _on_loaded(self, leave: object) -> None:
        if not isinstance(leave, _Leave):
            return
        self._is_allowed = not leave.reason
        self._reason.setText(leave.reason)
        self._before.setText(plain("\n".join(print_words(made) for made in leave.prints)))
        for part in (self._before_title, self._before):
            part.setVisible(bool(leave.prints))
        self._show_document()
        self.shown.emit()
        if self._is_allowed and self._form.isVisible():
            self.pages.setFocus()
            self.pages.selectAll()

    def _on_document(self) -> None:
        self._outcome.setText("")
        self._show_document()

    def _show_document(self) -> None:
        """What would be printed now: the page in view of the open document."""
        sha256, count = self._viewer.sha256(), self._viewer.canvas.page_count()
        can_print = self._is_allowed and sha256 is not None and count > 0
        self._form.setVisible(can_print)
        if self._is_allowed:
            has_none = _("Open a PDF file or a picture in the list; sheets and texts have no pages to print.")
            self._reason.setText("" if can_print else has_none)
        self._reason.setVisible(bool(self._reason.text()))
        if can_print and sha256 is not None and sha256 != self._offered:
            self._offered = sha256  # what somebody typed for it stays
            self._document.setText(plain(self._viewer.documents.title(sha256)))
            self.pages.setText(str(self._viewer.canvas.page()))
            self._of.setText(_("of {count}").format(count=count))

    def _run(self, work: Callable[[Progress], object]) -> None:
        self._outcome.setText("")
        self._set_busy(is_busy=True)
        self._context.workers.run(
            work, lane=Lane.OTHER, title=_("Printing pages"), done=self._on_done, failed=self._on_failed,
            cancelled=self._on_cancelled,
        )  # fmt: skip

    def _save(self, review: ReviewId, sha256: Sha256, pages: str, out: Path, progress: Progress) -> object:
        printed = self._context.desk.dossier_prints.save(review, sha256, pages, out=out, progress=progress)
        return printed, out.name

    def _print(self, review: ReviewId, sha256: Sha256, pages: str, printer: "QPrinter", progress: Progress) -> object:
        from ui.desk.paper import put_on_paper

        printed = self._context.desk.dossier_prints.print_pages(review, sha256, pages, progress=progress)
        digest = Sha256(hashlib.sha256(printed.pdf).hexdigest())
        put_on_paper(partial(self._context.desk.viewing.open_paper, printed.pdf, digest), printer, progress)
        return printed, ""

    def _on_done(self, reply: object) -> None:
        self._set_busy(is_busy=False)
        if not (isinstance(reply, tuple) and isinstance(reply[0], PrintedPages)):
            return
        printed, name = reply
        words = _("Printed: {title}, pages {pages}.").format(title=printed.title, pages=printed.pages.text())
        if name:
            words = _("{words} The file is {name}.").format(words=words, name=name)
        if printed.failed:
            pages = _(", ").join(map(str, printed.failed))
            failed = _("These pages could not be shown; a sentence stands in their place: {pages}").format(pages=pages)
            words = f"{words}\n{failed}"
        self._renew(plain(words))
        self._context.hub.publish(printed.changes)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(is_busy=False)
        if isinstance(error, UserFacingError):
            self._renew(error.sentence())
            self.pages.setFocus()
        else:
            self.failed.emit(error)

    def _on_cancelled(self) -> None:
        self._set_busy(is_busy=False)
        self._renew(_("Stopped."))

    def _renew(self, outcome: str) -> None:
        """Say how it went, with the log as it is now below."""
        self._outcome.setText(outcome)
        if self._review is not None:
            self._read(self._review)

    def _set_busy(self, *, is_busy: bool) -> None:
        for part in (self.save, self.print, self.pages):
            part.setEnabled(not is_busy)

    def _on_save(self) -> None:
        names_freely = QFileDialog.Option.DontConfirmOverwrite  # nothing is written over
        name, _kind = QFileDialog.getSaveFileName(self, _("Save the pages as a PDF"), "", "*.pdf", options=names_freely)
        if name:
            target = Path(name)
            self.save_as(target if target.suffix else target.with_suffix(".pdf"))

    def _on_print(self) -> None:
        printer = self.choose_printer(self)
        if printer is not None:
            self.print_on(printer)


def _choose_printer(parent: QWidget) -> "QPrinter | None":
    from ui.desk.paper import choose_printer  # the printing library is loaded when somebody prints

    return choose_printer(parent)
