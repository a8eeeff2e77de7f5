"""Youpin Review without a window: imports and runs where PySide6 is not installed."""

from typing import Final

__version__: Final = "0.1.0"

# The day this version was made. No clock that claims an earlier moment is believed (threat T9).
BUILT_ON: Final = "2026-11-01"
