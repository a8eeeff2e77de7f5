"""What kind of computer this is: enough for a help desk, nothing that identifies it."""

import os
import platform
import sys


def system_name() -> str:
    """Such as “Windows 10.0.19045 AMD64”."""
    if sys.platform == "win32":
        return f"Windows {platform.version()} {platform.machine()}"
    return f"{platform.system()} {platform.release()} {platform.machine()}"


def memory_bytes() -> int | None:
    """Physical memory, or ``None`` where this system does not tell."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return None


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _MemoryStatus(ctypes.Structure):
        # MEMORYSTATUSEX of the Windows API (sysinfoapi.h)
        _fields_ = (
            ("length", wintypes.DWORD),
            ("load", wintypes.DWORD),
            ("total", ctypes.c_uint64),
            ("available", ctypes.c_uint64),
            ("total_page_file", ctypes.c_uint64),
            ("available_page_file", ctypes.c_uint64),
            ("total_virtual", ctypes.c_uint64),
            ("available_virtual", ctypes.c_uint64),
            ("available_extended", ctypes.c_uint64),
        )

    def _windows_memory() -> int | None:
        status = _MemoryStatus()
        status.length = ctypes.sizeof(status)
        if not ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status)):
            return None
        return int(status.total)
