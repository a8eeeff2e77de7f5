"""Settings of this desk: locking, look and language; passphrase and recovery; backup and health."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from app.i18n import _
from ui.desk.context import DeskContext
from ui.desk.settings_backup import BackupSection
from ui.desk.settings_health import HealthSection
from ui.desk.settings_keys import KeysSection
from ui.desk.settings_look import LookSection
from ui.layouts import column, hairline, row
from ui.place import PlaceView
from ui.theme import px
from ui.tokens import Size, Space


class SettingsPlace(PlaceView):
    """Sections below each other; each does its own work.

    Signals:
        idle_changed: minutes until the desk locks.
        theme_changed: the chosen :class:`ui.tokens.Theme`.
        health_found: the new :class:`app.domain.health.Health`.
        restore_asked: close this desk, please, and put a backup back.
        failed: an error for the teller.
    """

    idle_changed = Signal(int)
    theme_changed = Signal(object)
    health_found = Signal(object)
    restore_asked = Signal()
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.keys = LookSection(context), KeysSection(context)
        self.backup, self.health = BackupSection(context), HealthSection(context)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.look, hairline(), self.keys, None, gap=Space.BETWEEN))
        right.setLayout(column(self.backup, hairline(), self.health, None, gap=Space.BETWEEN))
        holder = QWidget()
        self._columns = row(left, right, margin=Space.PAGE, gap=Space.PAGE * 2)
        for place in (0, 1):
            self._columns.setStretch(place, 1)
        holder.setLayout(self._columns)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(holder)
        self.setLayout(column(scroll))
        for section in (self.look, self.keys, self.backup, self.health):
            section.message_raised.connect(self.message_raised)
            section.failed.connect(self.failed)
        self.backup.restore_asked.connect(self.restore_asked)
        self.look.idle_changed.connect(self.idle_changed)
        self.look.theme_changed.connect(self.theme_changed)
        self.health.health_found.connect(self.health_found)
        self.setFocusProxy(self.look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < px(Size.READING_WIDTH) * 2
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)

    def about(self) -> str:
        return _("They belong to this desk and travel with it")

    def entered(self) -> None:
        self.backup.reload()

    def left(self) -> None:
        self.keys.forget()
