"""A stranger's text made fit to be shown: bounded, literal, with a sign for what would not be seen."""

import html
from typing import Final

LONGEST: Final = 4_000
LONGEST_TIP: Final = 600
_CUT: Final = "…"
# C0 and C1 controls but tab and line feed, and the marks that reorder text (Unicode TR 9).
_UNSEEN: Final = dict.fromkeys(
    (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C),
    "\N{REPLACEMENT CHARACTER}",
)


def plain(text: str, limit: int = LONGEST) -> str:
    """*text* as it may be shown: bounded, with a sign for what would not be seen."""
    shown = text[:limit].translate(_UNSEEN)
    return f"{shown}{_CUT}" if len(text) > limit else shown


def plain_tool_tip(text: str) -> str:
    """*text* for ``setToolTip``, which has no plain mode: escaped, inside a paragraph that keeps its line ends."""
    shown = plain(text, LONGEST_TIP)
    return f"<p style='white-space:pre-wrap'>{html.escape(shown)}</p>" if shown else ""
