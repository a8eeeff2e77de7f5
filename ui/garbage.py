"""Cyclic garbage is collected on the GUI thread only.

Python frees a cycle on whichever thread happens to allocate next. A closed screen is often part of a cycle, and a
widget freed on a worker thread takes the process with it: no sentence, no crash report. So the automatic collection
is off while the window stands, and a timer collects by the same counts on the one thread that may free widgets.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS: Final = (
    250  # a long import leaves some ten thousand objects in that time, collected in a few milliseconds
)


class GuiGarbageCollector(QObject):
    """From its making until :meth:`stop`, the only collector of cycles in this process."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        gc.freeze()  # modules and classes stay until the end: looking at them again would only hold the window up
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(_INTERVAL_MS)

    def stop(self) -> None:
        """Give back the automatic collection that was found, when no other thread works any more."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_automatic:
            gc.enable()

    def _collect(self) -> None:
        due = [
            generation
            for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > threshold
        ]
        if due:
            gc.collect(max(due))
