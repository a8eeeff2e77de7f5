"""How a thing stands: sign, word and tone."""

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """The stem of the colour tokens a state is shown in."""

    NEUTRAL = "muted"
    ACTIVE = "accent"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class State:
    """How a thing stands: ``sign`` is one character, ``word`` at most a few."""

    sign: str
    word: str
    tone: Tone = Tone.NEUTRAL
