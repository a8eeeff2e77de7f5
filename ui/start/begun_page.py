"""After a workspace was made: what to write down, what to send, what to sign."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.i18n import _
from ui.start.form_page import FormPage
from ui.start.opening import Begun
from ui.widgets.plain_label import PlainLabel
from ui.written_file import WrittenFiles


class BegunPage(FormPage):
    """Shows once what is never shown again, and goes on only when the person says that it is written down.

    Signals:
        finished: the :class:`Begun` that can be worked with now.
    """

    finished = Signal(object)
    help_screen = "S05"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Almost done"), "", _("Go on"), parent)
        self._begun: Begun | None = None
        self._code = PlainLabel(role="title", is_selectable=True, is_wrapped=True)
        self._request_code = PlainLabel(role="title", is_selectable=True, is_wrapped=True)
        self._files = PlainLabel(is_selectable=True, is_wrapped=True)
        self._fingerprint = PlainLabel(role="title", is_selectable=True, is_wrapped=True)
        self._open = WrittenFiles()
        self._kept = QCheckBox(_("I have written it down"))
        self._why = PlainLabel(_("Tick above that the recovery code is written down, then go on."), role="muted")
        self.form.addRow(_("Recovery code"), self._code)
        self.form.addRow("", self._kept)
        self.form.addRow(_("Request code"), self._request_code)
        self.form.addRow(_("Files"), self._files)
        self.form.addRow("", self._open)
        self.form.addRow(_("Fingerprint"), self._fingerprint)
        self.form.addRow("", self._why)
        self._kept.toggled.connect(self._on_kept)
        self._back.hide()

    def show_begun(self, begun: Begun) -> None:
        """Say what is left to do by hand."""
        self._begun = begun
        self._code.setText(begun.recovery_code)
        self._request_code.setText(begun.request_code)
        self._fingerprint.setText(begun.fingerprint)
        if begun.request is not None and begun.pledge is not None:
            self._files.setText(
                _("1. Send this file back: {request}\n2. Print, sign and hand in this page: {pledge}").format(
                    request=begun.request, pledge=begun.pledge
                )
            )
        for field, text in (
            (self._code, begun.recovery_code),
            (self._kept, begun.recovery_code),
            (self._request_code, begun.request_code),
            (self._files, begun.request_code),
            (self._fingerprint, begun.fingerprint),
        ):
            self.form.setRowVisible(field, bool(text))
        self._open.show_files(begun.request, begun.pledge)
        self.form.setRowVisible(self._open, not self._open.isHidden())
        self._explanation.setText(_what_next(begun))
        self._kept.setChecked(False)
        self._on_kept(not begun.recovery_code)

    def _on_kept(self, is_kept: bool, /) -> None:
        self._go.setEnabled(is_kept)
        self.form.setRowVisible(self._why, not is_kept)

    def submit(self) -> None:
        """Forget the code and go on."""
        if self._begun is None:
            return
        begun, self._begun = self._begun, None
        self._code.setText("")
        self.finished.emit(begun)


def _what_next(begun: Begun) -> str:
    if begun.fingerprint:
        return _("Print the fingerprint in the letter of invitation: experts compare it when they enrol.")
    return _(
        "Write the recovery code on paper and keep it away from this computer. It is shown only now. "
        "It opens the desk when the passphrase is forgotten."
    )
