"""Over a review that is signed, or that is being revised: what that means, and the way on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.domain.ids import ReviewId
from app.domain.task import TaskState
from app.i18n import _
from app.services.desk_views import Sheet
from app.words.corrections import reason_words
from app.words.days import moment_words
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class SealedNotice(QWidget):
    """Not there while a first draft is written.

    Signals:
        reason_typed: the reason as far as a person has typed it.
        revision_asked: open a new revision; carries the reason.
        discard_asked: give up the revision that is being written.
    """

    reason_typed = Signal(str)
    revision_asked = Signal(str)
    discard_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about: ReviewId | None = None  # whose reason is in the field
        self._words = PlainLabel(is_wrapped=True)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(_("Why it is changed after signing"))
        self._reason.setAccessibleName(_("Why it is changed after signing"))
        self._open = QPushButton(_("Open a new revision"))
        self._discard = QPushButton(_("Give up this revision"))
        set_role(self._discard, "quiet")
        asking = row(self._reason, self._open, gap=Space.INSIDE)
        asking.setStretch(0, 1)
        layout = column(self._words, asking, row(self._discard, None), gap=Space.HALF)
        layout.setContentsMargins(px(Space.ROOM), px(Space.INSIDE), px(Space.ROOM), px(Space.INSIDE))
        self.setLayout(layout)
        self._open.clicked.connect(self._on_open)
        self._reason.returnPressed.connect(self._on_open)
        self._reason.textChanged.connect(self._on_reason)
        self._reason.textEdited.connect(self.reason_typed)
        self._discard.clicked.connect(self.discard_asked)
        self._on_reason("")
        self.hide()

    def show_sheet(self, sheet: Sheet) -> None:
        """Say how the review stands."""
        task = sheet.task
        if self._about != task.review:
            self._about = task.review
            self._reason.setText(sheet.reason_typed)
        is_sealed, is_revising = not sheet.is_editable, sheet.is_editable and sheet.revision > 1
        self.setVisible(is_sealed or is_revising)
        self._reason.setVisible(is_sealed)
        self._open.setVisible(is_sealed)
        self._discard.setVisible(is_revising)
        if is_sealed:
            self._words.setText(_sealed_words(sheet))
        elif is_revising:
            self._reason.clear()
            self._words.setText(
                _("Revision {number}: {reason}. The one signed before stays valid until this one is signed.").format(
                    number=sheet.revision, reason=sheet.revision_reason.rstrip("。.")
                )
            )
        if is_sealed and task.dossier_changed:
            changed = _("The secretariat changed the dossier after it was signed. Look at it and sign a new revision.")
            self._words.setText(f"{self._words.text()} {changed}")
            if task.correction is not None and not self._reason.text():
                self._reason.setText(reason_words(task.correction))

    def focus_reason(self) -> None:
        """Ready to type why."""
        self._reason.setFocus()

    def _on_reason(self, text: str) -> None:
        self._open.setEnabled(bool(text.strip()))

    def _on_open(self) -> None:
        if self._reason.text().strip():
            self.revision_asked.emit(self._reason.text().strip())


def _sealed_words(sheet: Sheet) -> str:
    task = sheet.task
    at = moment_words(task.sealed_at) if task.sealed_at else ""
    words = _(
        "Signed {at}, revision {number}, code {code}. It cannot be changed; a new revision can replace it."
    ).format(at=at, number=sheet.revision, code=task.revision_code)
    if task.state is TaskState.SEALED:
        words = " ".join((words, _("It has not been sent yet: go to “Hand in”.")))
    return words
