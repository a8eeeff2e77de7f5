"""The passphrase of one workspace, and the plain ways out when it is forgotten."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.i18n import _
from ui.jobs import Lane, Workers
from ui.start.form_page import FormPage
from ui.start.opening import opening, rescuing
from ui.start.passphrase_pair import PassphrasePair, PassphrasesDifferError
from ui.start.recent import Workspace, WorkspaceKind
from ui.theme import set_role
from ui.widgets.passphrase_edit import PassphraseEdit


class UnlockPage(FormPage):
    """Opens one workspace.

    Signals:
        opened: the open workspace and what it is called.
    """

    opened = Signal(object, object)
    help_screen = "S02"

    def __init__(self, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__("", "", _("Open"), parent)
        self._workers = workers
        self._workspace: Workspace | None = None
        self._passphrase = PassphraseEdit()
        self._line = QLineEdit()
        self._line.setAccessibleName(_("Recovery code or line from the office"))
        self._new = PassphrasePair()
        self._rescue = QPushButton(_("I forgot the passphrase"))
        self._rescue.setCheckable(True)
        set_role(self._rescue, "quiet")
        self.form.addRow(_("Passphrase"), self._passphrase)
        self.form.addRow(_("Code or line"), self._line)
        self.form.addRow(_("New passphrase"), self._new)
        self.form.addRow("", self._rescue)
        self._passphrase.submitted.connect(self.submit)
        self._new.submitted.connect(self.submit)
        self._rescue.toggled.connect(self._on_rescue)
        self._on_rescue(is_rescue=False)

    def show_workspace(self, workspace: Workspace) -> None:
        """Ask for the passphrase of *workspace*."""
        self._workspace = workspace
        self._title.setText(_("Open “{name}”").format(name=workspace.name))
        self._rescue.setChecked(False)
        self._rescue.setVisible(workspace.kind is WorkspaceKind.DESK)
        self._passphrase.clear()
        self._line.clear()
        self._new.clear()
        self.end()
        self._passphrase.setFocus()

    def submit(self) -> None:
        """Derive the key in the background; the button waits until it is known."""
        if self._workspace is None:
            return
        if self._rescue.isChecked():
            try:
                work = rescuing(self._workspace, self._line.text(), self._new.passphrase())
            except PassphrasesDifferError as problem:
                self.tell(problem)
                return
        else:
            work = opening(self._workspace, self._passphrase.passphrase())
        self.begin(_("Checking the passphrase. This takes a second or two on purpose: it makes guessing expensive."))
        self._workers.run(work, lane=Lane.OTHER, is_quiet=True, done=self._on_opened, failed=self._on_failed)

    def _on_opened(self, workspace: object) -> None:
        self.end()
        self._passphrase.clear()
        self._new.clear()
        self._line.clear()
        self.opened.emit(workspace, self._workspace)

    def _on_failed(self, error: Exception) -> None:
        self.tell(error)
        self._passphrase.clear()
        self._passphrase.setFocus()

    def _on_rescue(self, is_rescue: bool) -> None:
        self._explanation.setText(
            _(
                "Call the secretariat: after checking who you are they read or send you one line of text. "
                "The recovery code on paper works as well. Nothing that you wrote is lost."
            )
            if is_rescue
            else _("It never leaves this computer. Nobody can look it up, also not the secretariat.")
        )
        for field in (self._line, self._new):
            self.form.setRowVisible(field, is_rescue)
        self.form.setRowVisible(self._passphrase, not is_rescue)
