"""Asks a second person to confirm, with their own passphrase, what the first has prepared."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QWidget

from app.i18n import _
from app.services.record_openers import SecondOpener
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.passphrase_edit import PassphraseEdit
from ui.widgets.plain_label import PlainLabel


class SecondOpenerDialog(QDialog):
    """Hands back who confirms and what they typed; whether it is right is found out elsewhere."""

    def __init__(
        self, title: str, text: str, *, others: Sequence[str], verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._who = QComboBox()
        self._who.setAccessibleName(_("Who confirms"))
        for name in others:
            self._who.addItem(plain(name), name)
        self._passphrase = PassphraseEdit()
        self._passphrase.set_name(_("Passphrase of the second person"))
        self._yes = QPushButton(verb)
        set_role(self._yes, "primary")
        self._yes.setDefault(True)
        self._yes.setEnabled(False)
        no = QPushButton(_("Cancel"))
        no.setAutoDefault(False)
        self._passphrase.passphrase_changed.connect(self._on_typed)
        self._yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        self.setLayout(
            column(
                PlainLabel(title, role="title", is_wrapped=True),
                PlainLabel(text, is_wrapped=True),
                self._who,
                self._passphrase,
                row(None, self._yes, no),
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        self.setMinimumWidth(px(Size.DIALOG_WIDTH))
        self._passphrase.setFocus()

    def second(self) -> SecondOpener:
        """The one who is chosen, and what was typed."""
        return SecondOpener(self._passphrase.passphrase(), self._who.currentData())

    @classmethod
    def ask(
        cls, title: str, text: str, *, others: Sequence[str], verb: str, parent: QWidget | None = None
    ) -> SecondOpener | None:
        """Ask and wait; ``None`` where the person thought better of it."""
        dialog = cls(title, text, others=others, verb=verb, parent=parent)
        second = dialog.second() if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog._passphrase.clear()
        dialog.deleteLater()
        return second

    def _on_typed(self) -> None:
        self._yes.setEnabled(bool(self._passphrase.passphrase()))
