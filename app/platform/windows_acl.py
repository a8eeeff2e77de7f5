"""Windows: an access list that names the owner and the system and inherits nothing from above.

Source: Security Descriptor String Format of the Windows API. ``D:P`` is a protected list; each entry allows (A) all
(FA), inherited by files and folders below (OICI), to the owner's rights (OW, S-1-3-4) or the local system (SY).
"""

import sys

if sys.platform == "win32":
    import ctypes
    import re
    from ctypes import wintypes
    from pathlib import Path
    from typing import Final

    _OWNER_ONLY: Final = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)"
    _DACL: Final = 0x00000004
    _PROTECTED_DACL: Final = 0x80000000
    _REVISION: Final = 1
    _TRUSTEE: Final = re.compile(r"\((?:[^;)]*;){5}([^;)]*)[^)]*\)")
    _FRIENDS: Final = frozenset({"OW", "S-1-3-4", "SY", "S-1-5-18"})

    _advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.LocalFree.argtypes = (ctypes.c_void_p,)
    _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = (
        wintypes.LPCWSTR,
        wintypes.DWORD,
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_void_p,
    )
    _advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW.argtypes = (
        ctypes.c_void_p,
        wintypes.DWORD,
        wintypes.DWORD,
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_void_p,
    )
    _advapi.SetFileSecurityW.argtypes = (wintypes.LPCWSTR, wintypes.DWORD, ctypes.c_void_p)
    _advapi.GetFileSecurityW.argtypes = (
        wintypes.LPCWSTR,
        wintypes.DWORD,
        ctypes.c_void_p,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.DWORD),
    )

    def set_owner_only(path: Path) -> None:
        """Only the owner and the system may do anything with *path*. Raises ``OSError``."""
        descriptor = ctypes.c_void_p()
        _demand(
            _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                _OWNER_ONLY, _REVISION, ctypes.byref(descriptor), None
            )
        )
        try:
            _demand(_advapi.SetFileSecurityW(str(path), _DACL | _PROTECTED_DACL, descriptor))
        finally:
            _kernel.LocalFree(descriptor)

    def is_owner_only(path: Path) -> bool:
        """Whether the list of *path*, inherited or not, names nobody but the owner and the system."""
        trustees = _TRUSTEE.findall(_list_of(path))
        return bool(trustees) and _FRIENDS.issuperset(trustees)

    def _list_of(path: Path) -> str:
        needed = wintypes.DWORD()
        _advapi.GetFileSecurityW(str(path), _DACL, None, 0, ctypes.byref(needed))
        descriptor = ctypes.create_string_buffer(max(needed.value, 1))
        _demand(_advapi.GetFileSecurityW(str(path), _DACL, descriptor, needed, ctypes.byref(needed)))
        text = ctypes.c_void_p()
        _demand(
            _advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                descriptor, _REVISION, _DACL, ctypes.byref(text), None
            )
        )
        try:
            return ctypes.wstring_at(text.value or 0)
        finally:
            _kernel.LocalFree(text)

    def _demand(answer: int) -> None:
        if not answer:
            raise ctypes.WinError(ctypes.get_last_error())
