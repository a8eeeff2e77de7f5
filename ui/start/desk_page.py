"""Enrolment on one page: from an invitation to a desk, one file to send back and one page to print and sign."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QPushButton, QWidget

from app.errors import UserFacingError
from app.i18n import N_, _
from ui.jobs import Lane, Workers
from ui.layouts import row
from ui.message import Gravity, Message
from ui.start.form_page import FormPage
from ui.start.opening import DeskWish, beginning_desk, reading_invitation
from ui.start.passphrase_pair import PassphrasePair
from ui.widgets.plain_label import PlainLabel


class NameMissingError(UserFacingError):
    """A desk belongs to somebody."""

    code = "name_missing"
    message = N_("A name is needed: type your own.")


class NotComparedError(UserFacingError):
    """Everything the desk believes later rests on this comparison."""

    code = "fingerprint_not_compared"
    message = N_("Compare the fingerprint with the one in the letter, then tick the box beneath it.")


class DeskPage(FormPage):
    """Creates a desk, with an invitation or without.

    Signals:
        begun: a :class:`ui.start.opening.Begun`.
    """

    begun = Signal(object)
    help_screen = "S03"

    def __init__(self, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__("", "", _("Create the desk"), parent)
        self._workers = workers
        self._invitation: Path | None = None
        self._fingerprint = PlainLabel(is_selectable=True, is_wrapped=True)
        self._compared = QCheckBox(_("It is the same as in the letter"))
        self._name, self._phone, self._employer, self._relations = (QLineEdit() for _n in range(4))
        self._relations.setPlaceholderText(_("organisations you work for, advise or own; several with “;”"))
        self._target = QLineEdit()
        self._browse = QPushButton(_("Choose …"))
        self._browse.clicked.connect(self._on_browse)
        self._passphrase = PassphrasePair()
        self._passphrase.submitted.connect(self.submit)
        place = QWidget()
        place.setLayout(row(self._target, self._browse))
        for label, field in (
            (_("Fingerprint"), self._fingerprint),
            (_("Compared"), self._compared),
            (_("Name"), self._name),
            (_("Telephone"), self._phone),
            (_("Employer"), self._employer),
            (_("Relations"), self._relations),
            (_("Passphrase"), self._passphrase),
            (_("Desk file"), place),
        ):
            self.form.addRow(label, field)
            field.setAccessibleName(label)
        self._target.setAccessibleName(_("Desk file"))
        self._name.textChanged.connect(self._on_name_changed)

    def begin_empty(self) -> None:
        """A desk without an invitation; one can be added later."""
        self._invitation = None
        self._title.setText(_("Create an empty desk"))
        self._explanation.setText(_explanation())
        self._go.setText(_("Create the desk"))
        for field in (self._fingerprint, self._compared, self._phone, self._employer, self._relations):
            self.form.setRowVisible(field, False)
        self._reset()

    def begin_with(self, invitation: Path) -> None:
        """Read *invitation* first; the page appears with who sent it."""
        self._invitation = invitation
        self._title.setText(_("Enrol as an expert"))
        self._explanation.setText(_explanation())
        self._go.setText(_("Create the desk and the request"))
        for field in (self._fingerprint, self._compared, self._phone, self._employer, self._relations):
            self.form.setRowVisible(field, True)
        self._reset()
        self._workers.run(
            reading_invitation(invitation), lane=Lane.OTHER, is_quiet=True, done=self._on_read, failed=self.tell
        )

    def submit(self) -> None:
        """One button: the desk, the file to send back, and the page to sign."""
        try:
            wish = self._wish()
        except UserFacingError as problem:
            self.tell(problem)
            return
        self.begin(_("Making your keys …"))
        self._workers.run(beginning_desk(wish), lane=Lane.OTHER, is_quiet=True, done=self._on_begun, failed=self.tell)

    def _wish(self) -> DeskWish:
        if not self._name.text().strip():
            self._name.setFocus()
            raise NameMissingError
        target = Path(self._target.text())
        if self._invitation is not None and not self._compared.isChecked():
            raise NotComparedError
        wish = DeskWish(target, self._name.text().strip(), self._passphrase.passphrase())
        if self._invitation is None:
            return wish
        relations = tuple(part.strip() for part in self._relations.text().replace("；", ";").split(";") if part.strip())
        return replace(
            wish,
            phone=self._phone.text().strip(),
            employer=self._employer.text().strip(),
            relations=relations,
            invitation=self._invitation,
            fingerprint=self._fingerprint.text(),
            request=target.with_name(_("{name}-enrolment").format(name=target.stem) + ".youpin"),
        )

    def _reset(self) -> None:
        self._passphrase.clear()
        self._on_name_changed(self._name.text())
        self.end()
        self._name.setFocus()

    def _on_read(self, invitation: object) -> None:
        campaign, fingerprint = getattr(invitation, "name", ""), getattr(invitation, "fingerprint", "")
        self._fingerprint.setText(fingerprint)
        self.say(
            Message(
                _("Invitation to “{campaign}”. Compare the fingerprint with the letter before you go on.").format(
                    campaign=campaign
                ),
                Gravity.INFO,
                key="form",
            )
        )

    def _on_begun(self, begun: object) -> None:
        self.end()
        self._passphrase.clear()
        self.begun.emit(begun)

    def _on_name_changed(self, name: str) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        safe = "".join(letter for letter in name.strip() if letter.isalnum()) or _("my desk")
        self._target.setText(str(Path(folder) / f"{safe}.desk"))

    def _on_browse(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Desk file"), self._target.text(), "*.desk")
        if path:
            self._target.setText(path if path.endswith(".desk") else f"{path}.desk")


def _explanation() -> str:
    return _(
        "The passphrase protects everything on the desk. After this page you get a recovery code to write down: "
        "with it, or with the help of the secretariat, a forgotten passphrase can be replaced and nothing is lost."
    )
