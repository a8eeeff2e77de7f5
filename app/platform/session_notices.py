"""Who tells a program that the screen was locked, the user changed, or the computer goes to sleep.

Sources: Microsoft's reference of WM_WTSSESSION_CHANGE, WM_POWERBROADCAST and WTSRegisterSessionNotification; the
D-Bus interfaces of systemd-logind and of the freedesktop screen saver.
"""

import ctypes.wintypes
import sys
from enum import Enum
from typing import Final

_SESSION_CHANGE: Final = 0x02B1  # WM_WTSSESSION_CHANGE
_POWER_BROADCAST: Final = 0x0218  # WM_POWERBROADCAST
_LOCKING: Final = frozenset(
    {
        (_SESSION_CHANGE, 0x2),  # WTS_CONSOLE_DISCONNECT: another user at this screen
        (_SESSION_CHANGE, 0x3),  # WTS_REMOTE_CONNECT
        (_SESSION_CHANGE, 0x4),  # WTS_REMOTE_DISCONNECT
        (_SESSION_CHANGE, 0x7),  # WTS_SESSION_LOCK
        (_POWER_BROADCAST, 0x4),  # PBT_APMSUSPEND
    }
)


class NoticesBy(Enum):
    """Where such notices come from on this system."""

    D_BUS = "d_bus"
    WINDOW_MESSAGES = "window_messages"
    NOBODY = "nobody"


def notices_by() -> NoticesBy:
    """What to listen to here."""
    if sys.platform == "win32":
        return NoticesBy.WINDOW_MESSAGES
    return NoticesBy.D_BUS if sys.platform == "linux" else NoticesBy.NOBODY


def ask_for_notices(window: int) -> bool:
    """Have Windows send *window* a message when its session is locked or left; whether it will."""
    if sys.platform == "win32":
        this_session = 0  # NOTIFY_FOR_THIS_SESSION
        return bool(
            ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification(ctypes.wintypes.HWND(window), this_session)
        )
    return False


def is_lock_message(message: int, detail: int) -> bool:
    """Whether a window message, with its first parameter, means that the person has gone from the screen."""
    return (message, detail) in _LOCKING


def message_at(address: int) -> tuple[int, int]:
    """Number and first parameter of the ``MSG`` at *address*, as a toolkit's filter of native events hands it over."""
    found = ctypes.wintypes.MSG.from_address(address)
    return found.message, found.wParam
