"""How long work says how far it is and learns that it should stop."""

from typing import Protocol


class Progress(Protocol):
    """Given to every use case that may take longer than a moment."""

    def step(self, done: int, total: int) -> None:
        """*done* of *total* units are finished.

        Raises:
            Cancelled: the person no longer wants it. Let it pass through; the unit of work rolls back.
        """


class NoProgress:
    """For callers who neither watch nor cancel."""

    def step(self, done: int, total: int) -> None:
        """Nobody listens."""
