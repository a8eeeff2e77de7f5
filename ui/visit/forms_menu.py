"""The button behind which the printed forms of a visit lie: saved as PDF, filled or blank, and taken back in signed."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from app.atomic_file import write_atomically
from app.domain.onsite.ids import VisitId
from app.domain.onsite.sheet_code import VisitForm
from app.errors import UserFacingError
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.visit_forms import WrittenForm
from app.services.visit_scans import ReadScan, ScanImport, ScanOutcome
from app.services.visit_sheet import VisitSheet
from app.words.onsite_forms import form_words
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.message import Gravity, Message
from ui.plain import plain
from ui.theme import set_role

_KEY = "visit-forms"


class FormsButton(QToolButton):
    """Draws off the GUI thread; a form is always of what is kept, so what is being typed is saved first.

    Signals:
        message_raised: for the strip.
        failed: an error for the teller.
    """

    message_raised = Signal(object)
    failed = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._code = ""
        self.setText(_("Forms"))
        self.setAccessibleName(_("Forms of this visit: save to print, take in signed"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_role(self, "segment")
        self._menu = QMenu(self)
        self._blank = QMenu(_("Blank, to be filled by hand"), self._menu)
        for menu, is_blank in ((self._menu, False), (self._blank, True)):
            for form in VisitForm:
                action = menu.addAction(plain(_("{form} …").format(form=form_words(form))))
                action.triggered.connect(partial(self._on_form, form, is_blank))
            menu.addSeparator()
            menu.addAction(_("All into a folder …")).triggered.connect(partial(self._on_folder, is_blank))
        self._menu.addMenu(self._blank)
        self._menu.addSeparator()
        self._menu.addAction(_("Take signed sheets in …")).triggered.connect(self._on_signed)
        self.setMenu(self._menu)

    def refresh(self, sheet: VisitSheet) -> None:
        """Files are proposed under the visit's code."""
        self._code = sheet.code

    def save(self, form: VisitForm, path: Path, *, is_blank: bool = False) -> None:
        """Write one form to *path*."""
        self._context.saver.flush()
        self._run(partial(self._save, form, path, is_blank=is_blank), _("Printing the form"), done=self._on_saved)

    def save_all(self, folder: Path, *, is_blank: bool = False) -> None:
        """Write every form into *folder*."""
        self._context.saver.flush()
        self._run(partial(self._save_all, folder, is_blank=is_blank), _("Printing the forms"), done=self._on_all_saved)

    def take(self, paths: Sequence[Path]) -> None:
        """Take photographs or scans of signed sheets in; each finds its visit by its code."""
        self._run(partial(self._take, tuple(paths)), _("Reading the sheets"), done=self._on_taken)

    def _run(self, work: Callable[[Progress], object], title: str, *, done: Callable[[Any], object]) -> None:
        self.setEnabled(False)
        self._context.workers.run(  # pictures take their time; what is typed meanwhile is saved at once
            work,
            title=title,
            lane=Lane.OTHER,
            done=done,
            failed=self._on_failed,
            cancelled=self._on_ended,
        )

    def _save(self, form: VisitForm, path: Path, progress: Progress, *, is_blank: bool) -> WrittenForm:
        drawn = self._context.desk.visits.forms.draw(self._visit, form, is_blank=is_blank, progress=progress)
        write_atomically(path, drawn.pdf, verify=True)
        return WrittenForm(form, path, drawn.pages, drawn.missing_characters)

    def _save_all(self, folder: Path, progress: Progress, *, is_blank: bool) -> tuple[WrittenForm, ...]:
        write, name_of = self._context.desk.visits.forms.write, partial(self._file_name, is_blank=is_blank)
        return write(self._visit, folder, is_blank=is_blank, name_of=name_of, progress=progress)

    def _file_name(self, form: VisitForm, *, is_blank: bool) -> str:
        blank = _("blank form") if is_blank else ""
        return f"{' '.join(part for part in (self._code, form_words(form), blank) if part)}.pdf"

    def _take(self, paths: tuple[Path, ...], progress: Progress) -> ScanImport:
        return self._context.desk.visits.scans.take(paths, progress=progress)

    def _on_ended(self) -> None:
        self.setEnabled(True)

    def _on_saved(self, saved: WrittenForm) -> None:
        self._on_ended()
        words = ngettext(
            "{file} is saved, {count} page. It is no longer encrypted there.",
            "{file} is saved, {count} pages. It is no longer encrypted there.",
            saved.pages,
        )
        self._tell(words.format(file=saved.file.name, count=saved.pages), saved.missing_characters)

    def _on_all_saved(self, saved: tuple[WrittenForm, ...]) -> None:
        self._on_ended()
        words = _("{count} forms are saved in {folder}. They are no longer encrypted there.")
        missing = sorted({one for form in saved for one in form.missing_characters})
        self._tell(words.format(count=len(saved), folder=saved[0].file.parent.name), tuple(missing))

    def _tell(self, words: str, missing: tuple[str, ...]) -> None:
        if missing:
            words += " " + _("The printed letters lack {characters}; they show as “〓”.").format(
                characters=_(", ").join(missing)
            )
        gravity = Gravity.WARN if missing else Gravity.GOOD
        self.message_raised.emit(Message(words, gravity, key=_KEY))

    def _on_taken(self, found: ScanImport) -> None:
        self._on_ended()
        refused = [one.sentence for one in found.scans if one.outcome is ScanOutcome.REFUSED]
        words = [_said(one) for one in found.scans if one.outcome is not ScanOutcome.REFUSED]
        gravity = Gravity.BAD if refused else Gravity.GOOD
        self.message_raised.emit(Message(" ".join(words + refused), gravity, key=_KEY))
        if found.changes:
            self._context.hub.publish(found.changes, by=self)

    def _on_failed(self, error: Exception) -> None:
        self._on_ended()
        if isinstance(error, UserFacingError):
            self.message_raised.emit(Message(error.sentence(), Gravity.BAD, key=_KEY))
        else:
            self.failed.emit(error)

    def _on_form(self, form: VisitForm, is_blank: bool) -> None:
        name = self._file_name(form, is_blank=is_blank)
        path, _kind = QFileDialog.getSaveFileName(self, form_words(form), name, "*.pdf")
        if path:
            self.save(form, Path(path if path.endswith(".pdf") else f"{path}.pdf"), is_blank=is_blank)

    def _on_folder(self, is_blank: bool) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Choose a folder"))
        if folder:
            self.save_all(Path(folder), is_blank=is_blank)

    def _on_signed(self) -> None:
        pattern = _("Photos and scans (*.jpg *.jpeg *.png *.webp *.heic *.heif *.pdf)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("Signed sheets"), "", pattern)
        if names:
            self.take(tuple(Path(name) for name in names))


def _said(scan: ReadScan) -> str:
    forms = _("; ").join(form_words(form) for form in scan.forms)
    if scan.outcome is ScanOutcome.KNOWN:
        return _("{file} was here already: {forms} of {code}.").format(file=scan.file, forms=forms, code=scan.code)
    words = _("{file} taken: {forms} of {code}.").format(file=scan.file, forms=forms, code=scan.code)
    return " ".join((words, _("Facts have changed since it was printed."))) if scan.is_stale else words
