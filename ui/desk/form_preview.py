"""The printed form before it is signed, page by page, through the same viewer as every other document."""

import hashlib
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QPushButton, QToolButton, QWidget

from app.atomic_file import write_atomically
from app.domain.ids import ReviewId, Sha256
from app.domain.review import ReviewKind
from app.i18n import _
from app.progress import Progress
from app.services.desk_forms import EXAMINATION, OPINION, SCORE_SHEET, forms_of
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, hairline, row
from ui.message import Gravity, Message
from ui.theme import px, set_role
from ui.tokens import Space
from ui.viewing.source import OpenDocument
from ui.viewing.viewer import Viewer
from ui.widgets.plain_label import PlainLabel


class Form(StrEnum):
    """What can be looked at and printed."""

    SHEET = SCORE_SHEET
    EXAMINATION = EXAMINATION
    REPORT = "report"  # Art. 14
    OPINION = OPINION
    ACKNOWLEDGEMENT = "acknowledgement"  # Art. 14


class FormPreview(QWidget):
    """Draws the form off the GUI thread and keeps the bytes only while they are looked at.

    Signals:
        message_raised: for the strip.
        failed: an error to tell.
    """

    message_raised = Signal(object)
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._review: ReviewId | None = None
        self._form = Form.SHEET
        self._is_sealed = False
        self._pdf = b""
        self._title = PlainLabel(role="muted")
        self._group = QButtonGroup(self)
        self._tabs = {
            Form.SHEET: self._tab(_("Score sheet")),
            Form.EXAMINATION: self._tab(_("Examination")),
            Form.REPORT: self._tab(_("On-site report")),
            Form.OPINION: self._tab(_("Opinion")),
            Form.ACKNOWLEDGEMENT: self._tab(_("Acknowledgement of facts")),
        }
        self._save = QPushButton(_("Save as PDF …"))
        set_role(self._save, "quiet")
        self._save.setEnabled(False)
        self.viewer = Viewer(self._open, context.workers)
        self.viewer.fold_list(is_folded=True)
        self.viewer.set_can_cite(can_cite=False)
        self.viewer.empty.say(_("Printed form"), _("Choose a line to see the form as it will be printed."))
        head = row(*self._tabs.values(), self._title, self._save, gap=Space.HALF)
        head.setStretchFactor(self._title, 1)
        head.setContentsMargins(px(Space.ROOM), px(Space.HALF), px(Space.ROOM), px(Space.HALF))
        layout = column(head, hairline(), self.viewer, gap=0)
        layout.setStretchFactor(self.viewer, 1)
        self.setLayout(layout)
        self._offer(ReviewKind.QUALIFICATION)
        self._save.clicked.connect(self._on_save)
        self._group.buttonClicked.connect(self._on_tab)

    def show_review(
        self, review: ReviewId, title: str, *, is_sealed: bool, kind: ReviewKind = ReviewKind.QUALIFICATION
    ) -> None:
        """Show the form of *review*, which is of *kind*: as signed, or as it would be printed now."""
        self._review, self._is_sealed = review, is_sealed
        self._offer(kind)
        self._title.setText(title)
        self._draw()

    def _offer(self, kind: ReviewKind) -> None:
        """The forms that reviews of *kind* have; the one that was looked at stays, if it is among them."""
        forms = [Form(name) for name in forms_of(kind)]
        for form, button in self._tabs.items():
            button.setVisible(form in forms)
        self._form = self._form if self._form in forms else forms[0]
        self._tabs[self._form].setChecked(True)

    def _tab(self, words: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setCheckable(True)
        set_role(button, "segment")
        self._group.addButton(button)
        return button

    def _draw(self) -> None:
        if self._review is None:
            return
        work = partial(self._print, self._review, self._form)
        self._context.workers.run(
            work, lane=Lane.DATABASE, is_quiet=True, done=self._on_printed, failed=self._on_failed
        )

    def _print(self, review: ReviewId, form: Form, _progress: Progress) -> tuple[ReviewId, Form, bytes]:
        forms = self._context.desk.forms
        pdf = forms.sealed_form(review, form=form) if self._is_sealed else forms.preview(review, form=form)
        return review, form, pdf

    def _on_printed(self, reply: object) -> None:
        if not isinstance(reply, tuple):
            return
        review, form, pdf = reply
        if (review, form) == (self._review, self._form) and pdf != self._pdf:
            self._pdf = pdf
            self._save.setEnabled(True)
            self.viewer.open_document(Sha256(hashlib.sha256(pdf).hexdigest()))

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _open(self, sha256: Sha256) -> OpenDocument:
        """Called off the GUI thread by the viewer."""
        return self._context.desk.viewing.open_paper(self._pdf, sha256)

    def _on_tab(self) -> None:
        self._form = next(form for form, button in self._tabs.items() if button.isChecked())
        self._draw()

    def _on_save(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), f"{self._form}.pdf", "*.pdf")
        if path:
            self.save(Path(path if path.endswith(".pdf") else f"{path}.pdf"))

    def save(self, path: Path) -> None:
        """Write what is shown to *path*."""
        pdf = self._pdf

        def work(_progress: Progress) -> Path:
            write_atomically(path, pdf, verify=True)
            return path

        self._context.workers.run(
            work, title=_("Saving the form"), lane=Lane.OTHER, done=self._on_saved, failed=self._on_failed
        )

    def _on_saved(self, path: object) -> None:
        words = _("Saved as {file}. It is no longer encrypted there.").format(file=getattr(path, "name", ""))
        self.message_raised.emit(Message(words, Gravity.GOOD, key="form"))
