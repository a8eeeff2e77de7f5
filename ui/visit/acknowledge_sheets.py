"""The signed sheet: photographed or scanned and found by its code, or chosen from the tray."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QWidget

from app.domain.ids import Sha256
from app.domain.onsite.ids import VisitId
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.services.visit_photos import PhotoImport, PhotoOutcome
from app.services.visit_scans import ScanImport, ScanOutcome
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import set_role
from ui.tokens import Space
from ui.visit.meeting_parts import item_combo
from ui.visit.photos_lines import moment_words, photo_numbers
from ui.widgets.plain_label import PlainLabel


class SheetPicker(QWidget):
    """A photo of the tray, and a button that takes a new one in.

    Signals:
        chosen: the photo of the sheet, or ``None``.
    """

    chosen = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, *, is_sealed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit, self._is_sealed = context, visit, is_sealed
        self._wanted: Sha256 | None = None
        self.combo: QComboBox = item_combo()
        self.combo.setAccessibleName(_("Photo of the signed sheet"))
        self.take = QPushButton(_("Take the sealed sheet in…") if is_sealed else _("Take the sheet in…"))
        self.take.setToolTip(_("A photo or scan; a printed sheet is found by its code."))
        self.note = PlainLabel(role="small", is_wrapped=True)
        self.note.hide()
        set_role(self.take, "quiet")
        line = row(self.combo, self.take, gap=Space.INSIDE)
        line.setStretch(0, 1)
        self.setLayout(column(line, self.note, gap=Space.HALF))
        self.take.clicked.connect(self._on_take)
        self.combo.currentIndexChanged.connect(self._on_chosen)

    def sheet(self) -> Sha256 | None:
        """The photo that is chosen."""
        chosen = self.combo.currentData()
        return Sha256(chosen) if chosen else None

    def refresh(self, sheet: VisitSheet) -> None:
        """The newest photos first; what was just taken in is chosen."""
        chosen = self._wanted or self.sheet()
        numbers = photo_numbers(sheet)
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItem(_("No photo of the sheet"), None)
        for tray in sorted(sheet.photos, key=lambda one: one.photo.received_at, reverse=True):
            photo = tray.photo
            words = _("Photo {number} of {moment}, {file}").format(
                number=numbers[photo.sha256], moment=moment_words(photo.taken_at or photo.received_at), file=photo.name
            )
            self.combo.addItem(plain(words), photo.sha256)
        place = self.combo.findData(chosen)
        self.combo.setCurrentIndex(max(0, place))
        self.combo.blockSignals(False)
        if self._wanted is not None and place >= 0:
            self._wanted = None
        self._on_chosen()

    def read(self, path: Path) -> None:
        """Take *path* in."""
        self._context.workers.run(
            partial(self._read, path), title=_("Taking the sheet in"), lane=Lane.OTHER, done=self._on_read,
            failed=self._on_failed,
        )  # fmt: skip

    def _read(self, path: Path, _progress: Progress) -> tuple[ScanImport, PhotoImport | None]:
        """By its code; a sheet whose code cannot be read is a photo like any other."""
        visits = self._context.desk.visits
        found = visits.scans.take([path], visit=self._visit, is_sealed=self._is_sealed)
        if all(one.error == "sheet_unreadable" for one in found.scans):
            return found, visits.photos.take(self._visit, [path])
        return found, None

    def _on_read(self, reply: tuple[ScanImport, PhotoImport | None]) -> None:
        found, photos = reply
        if photos is not None:
            photo = photos.photos[0]
            is_taken = photo.outcome is not PhotoOutcome.REFUSED and photo.photo is not None
            self._wanted = photo.photo.sha256 if photo.photo else None
            self._say(
                _("Taken in. Its code could not be read: compare the digits yourself.") if is_taken else photo.sentence
            )
            changes = photos.changes
        else:
            one, changes = found.scans[0], found.changes
            self._wanted = one.sha256
            if one.outcome is ScanOutcome.REFUSED:
                self._say(one.sentence)
            elif one.is_stale:
                self._say(_("Taken in by its code. Facts have changed since this sheet was printed."))
            else:
                self._say(_("Taken in by its code, as photo {number}.").format(number=one.number))
        if changes:
            self._context.hub.publish(changes, by=self)
        elif self._wanted is not None:
            self.combo.setCurrentIndex(max(0, self.combo.findData(self._wanted)))
            self._wanted = None

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserFacingError):
            self._say(error.sentence())
        else:
            self._context.workers.failed.emit(error)

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.show()

    def _on_take(self) -> None:
        pattern = _("Photos and scans (*.jpg *.jpeg *.png *.webp *.heic *.heif *.pdf)")
        name, _kind = QFileDialog.getOpenFileName(self, _("The signed sheet"), "", pattern)
        if name:
            self.read(Path(name))

    def _on_chosen(self) -> None:
        self.chosen.emit(self.sheet())
