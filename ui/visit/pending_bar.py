"""What is still open about a visit, above every part of it, each with the one button that goes on."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.onsite.pending import Pending, PendingLine
from app.i18n import N_, _
from app.services.visit_sheet import VisitSheet
from app.words.onsite import pending_words
from ui.layouts import column, hairline, row
from ui.state import State, Tone
from ui.theme import px
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_chip import StateChip

_BUTTONS: Final = {
    Pending.SEAL: N_("Attach the sealed sheet …"),
    Pending.SIGN: N_("To the signatures"),
    Pending.SIGN_AGAIN: N_("Sign again …"),
}
_ABOUT: Final = {
    Pending.SEAL: N_("The report does not wait for it. A photo or scan is found by the code on the sheet."),
    Pending.SIGN: N_("Missing signatures of members do not hold it up."),
    Pending.SIGN_AGAIN: N_("What was signed stays; the new revision goes with the next package."),
}


class PendingBar(QWidget):
    """Nothing is shown where nothing is open.

    Signals:
        asked: what to go on with.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = {what: StateChip() for what in Pending}
        self.buttons = {what: QPushButton(_(words)) for what, words in _BUTTONS.items()}
        self._lines = {what: self._line(what) for what in Pending}
        self.setLayout(column(*self._lines.values(), gap=0))
        self.hide()

    def refresh(self, sheet: VisitSheet) -> None:
        """Show what is open in *sheet*."""
        open_now = {line.what: line for line in sheet.pending}
        for what, shown in self._lines.items():
            shown.setVisible(what in open_now)
            if what in open_now:
                self._chips[what].show_state(pending_state(open_now[what]))
        self.setVisible(bool(open_now))

    def _line(self, what: Pending) -> QWidget:
        button = self.buttons[what]
        button.clicked.connect(lambda: self.asked.emit(what))
        about = PlainLabel(_(_ABOUT[what]), role="small", is_wrapped=True)
        line = row(self._chips[what], about, button, gap=Space.INSIDE)
        line.setStretchFactor(about, 1)
        line.setContentsMargins(px(Space.BETWEEN), px(Space.HALF), px(Space.BETWEEN), px(Space.HALF))
        shown = QWidget()
        shown.setLayout(column(line, hairline(), gap=0))
        return shown


def pending_state(line: PendingLine) -> State:
    """What is open as sign, word and tone."""
    if line.what is Pending.SIGN:
        return State("○", pending_words(line), Tone.ACTIVE)
    tone = Tone.BAD if line.is_overdue else Tone.WARN
    return State("!" if line.is_overdue or line.what is Pending.SIGN_AGAIN else "○", pending_words(line), tone)
