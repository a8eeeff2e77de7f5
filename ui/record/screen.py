"""What the screens of the record share: they read off the GUI thread and renew themselves when something changed."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes
from ui.message import Gravity, Message
from ui.place import PlaceView
from ui.record.context import RecordContext


class RecordScreen(PlaceView):
    """A screen over the services of one record.

    Attributes:
        watched: the flags of :class:`app.domain.changes.Changes` after which this screen reads again.
        is_always_fresh: reads again even while another screen is shown.
    """

    watched: ClassVar[frozenset[str]] = frozenset()
    is_always_fresh: ClassVar[bool] = False

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._is_stale = True
        context.hub.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read again what is shown."""

    def entered(self) -> None:
        if self._is_stale:
            self.renew()

    def renew(self) -> None:
        """Read again, now."""
        self._is_stale = False
        self.reload()

    def read(self, work: Callable[[], object], done: Callable[[Any], object]) -> None:
        """A short reading that needs neither progress nor a line in the status bar."""
        self.context.workers.run(lambda _progress: work(), is_quiet=True, done=done)

    def publish(self, changes: Changes) -> None:
        """Tell every screen, this one too, what a use case changed."""
        self.context.hub.publish(changes, by=self)

    def say(
        self, text: str, gravity: Gravity = Gravity.GOOD, *, action_text: str = "",
        action: Callable[[], object] | None = None, key: str = "",
    ) -> None:  # fmt: skip
        """One sentence in the strip under the title."""
        self.message_raised.emit(Message(text, gravity, action_text=action_text, action=action, key=key))

    def _on_changed(self, changes: Changes, _by: QObject | None) -> None:
        if not any(getattr(changes, flag) for flag in self.watched):
            return
        if self.isVisible() or self.is_always_fresh:
            self.renew()
        else:
            self._is_stale = True
