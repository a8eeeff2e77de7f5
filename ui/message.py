"""What the window tells a person in passing: one sentence, how grave it is, and at most one thing to do."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Gravity(Enum):
    """From a remark to a failure; the value is the stem of the colour tokens."""

    INFO = "accent"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the strip under the title.

    Attributes:
        text: what happened and what to do.
        code: of the error, for the telephone.
        action_text, action: the one thing that can be done right here; a method of a QObject.
        key: messages with the same key replace each other.
        is_lasting: stays until it is withdrawn, because what it tells of goes on.
    """

    text: str
    gravity: Gravity = Gravity.INFO
    code: str = ""
    action_text: str = ""
    action: Callable[[], object] | None = None
    key: str = ""
    is_lasting: bool = False

    @property
    def needs_doing(self) -> bool:
        """Stays until somebody has seen to it."""
        return self.is_lasting or self.action is not None or self.gravity in {Gravity.WARN, Gravity.BAD}
