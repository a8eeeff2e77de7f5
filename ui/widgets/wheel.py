"""Fields that leave the wheel to the page they stand on."""

from PySide6.QtGui import QWheelEvent


class LeavesTheWheel:
    """Put before a box of numbers, days or hours: what the wheel passes over must not be chosen anew, unseen.

    Lists to choose from do the same by :class:`~ui.fusion.FusionStyle`; for these boxes a style has no say.
    """

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
