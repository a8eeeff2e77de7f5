"""One signal that tells every screen what a use case altered; each decides for itself whether to refresh."""

from PySide6.QtCore import QObject, Signal


class ChangeHub(QObject):
    """Broadcasts the ``Changes`` a service returned.

    Signals:
        changed: the changes, and who made them (or ``None``), so that a screen can leave out its own.
    """

    changed = Signal(object, object)

    def publish(self, changes: object, *, by: QObject | None = None) -> None:
        """Tell everybody on the GUI thread; safe to call from any thread."""
        self.changed.emit(changes, by)
