"""The line at the bottom: it always tells the truth about saving."""

from datetime import datetime
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from app.i18n import N_, _
from ui.job_bar import JobBar
from ui.jobs import Workers
from ui.layouts import row
from ui.theme import look, px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class SavedState(Enum):
    """Where what was typed is now; the value is the colour token."""

    NOTHING = "muted"
    SAVING = "accent"
    SAVED = "good"
    FAILED = "bad"


class Health(Enum):
    """The worst finding of the store check; the value is the colour token."""

    GOOD = "good"
    INFO = "accent"
    WARN = "warn"
    CRITICAL = "bad"


_HEALTH_WORDS: Final = {
    Health.GOOD: N_("✓ Store healthy"),
    Health.INFO: N_("i Store: see note"),
    Health.WARN: N_("! Store needs a look"),
    Health.CRITICAL: N_("✕ Store damaged"),
}


class StatusLine(QWidget):
    """Saved time, store health, offline, and the work that is going on."""

    def __init__(self, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved, self._health, self._note = PlainLabel(), PlainLabel(), PlainLabel(role="small")
        self._offline = PlainLabel(_("Offline: nothing leaves this computer by itself"), role="small")
        self._saved_state, self._health_state = SavedState.NOTHING, Health.GOOD
        self.jobs = JobBar(workers)
        layout = row(self._saved, self._health, self._offline, self._note, None, self.jobs, gap=Space.BETWEEN)
        layout.setContentsMargins(px(Space.BETWEEN), 0, px(Space.BETWEEN), 0)
        self.setLayout(layout)
        self.setFixedHeight(px(Size.STATUS_LINE))
        set_role(self, "status")
        self.set_saved(SavedState.NOTHING)
        self._health.hide()

    def set_saved(self, state: SavedState, *, at: datetime | None = None) -> None:
        """Say where what was typed is; *at* is shown in this computer's time."""
        self._saved_state = state
        if state is SavedState.SAVED and at is not None:
            words = _("✓ Saved {time}").format(time=f"{at.astimezone():%H:%M:%S}")
        else:
            words = {
                SavedState.SAVED: _("✓ Saved"),
                SavedState.SAVING: _("… Saving"),
                SavedState.FAILED: _("✕ Not saved yet"),
                SavedState.NOTHING: "",
            }[state]
        self._saved.setText(words)
        self._saved.setVisible(bool(words))
        self._colour()

    def set_health(self, health: Health) -> None:
        """Say how the store is."""
        self._health_state = health
        self._health.setText(_(_HEALTH_WORDS[health]))
        self._health.show()
        self._colour()

    def set_note(self, text: str) -> None:
        """One more fact, such as “9 of 15 handed in”."""
        self._note.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        for label, token in ((self._saved, self._saved_state.value), (self._health, self._health_state.value)):
            palette = label.palette()
            if palette.color(label.foregroundRole()) != look().colour(token):
                palette.setColor(label.foregroundRole(), look().colour(token))
                label.setPalette(palette)
