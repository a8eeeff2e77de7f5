"""A new passphrase, typed twice, with its strength beneath the first field."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserFacingError
from app.i18n import N_, _
from ui.layouts import column
from ui.tokens import Space
from ui.widgets.passphrase_edit import PassphraseEdit, Strength


class PassphrasesDifferError(UserFacingError):
    """The second field does not repeat the first."""

    code = "passphrase_pair_differs"
    message = N_("The two passphrases are not the same. Type both again.")


class PassphrasePair(QWidget):
    """Hands a passphrase over only when both fields agree.

    Signals:
        submitted: Enter in the second field.
    """

    submitted = Signal()

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._second = PassphraseEdit(_strength), PassphraseEdit()
        self._first.set_name(name or _("New passphrase"))
        self._second.set_name(_("The same once more"))
        self._first.submitted.connect(self._second.setFocus)
        self._second.submitted.connect(self.submitted)
        self.setLayout(column(self._first, self._second, gap=Space.HALF))
        self.setFocusProxy(self._first)

    def passphrase(self) -> str:
        """What was typed twice.

        Raises:
            PassphrasesDifferError: both fields are empty again, because nobody sees which one was wrong.
        """
        if self._first.passphrase() != self._second.passphrase():
            self.clear()
            self._first.setFocus()
            raise PassphrasesDifferError
        return self._first.passphrase()

    def clear(self) -> None:
        """Forget both."""
        self._first.clear()
        self._second.clear()


def _strength(passphrase: str) -> Strength:
    from app.services.passphrases import strength_of  # brings the cryptography along; nobody has typed anything yet

    level, advice = strength_of(passphrase)
    return Strength(level, advice)
