"""Keep keys out of crash dumps and away from other processes of the same person, as far as the system can.

Malicious software that runs as the same person is out of scope; these measures close the accidents.
"""

import sys
from dataclasses import dataclass
from typing import Final

_PR_SET_DUMPABLE: Final = 4  # linux/prctl.h
_WER_FAULT_REPORTING_FLAG_NOHEAP: Final = 1  # werapi.h


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardening:
    """What took effect. ``reason`` says why something did not, for the health report; empty if everything did."""

    no_core_dump: bool
    no_inspection: bool
    reason: str = ""


def harden_process() -> Hardening:
    """No memory image of this process on disk, and no reading of its memory by its neighbours. Called at the start.

    Children that execute another program are not covered: they call it themselves.
    """
    if sys.platform == "win32":
        return _harden_windows()
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        # PT_DENY_ATTACH would also end the process under the crash reporter; the hardened runtime does it better.
        return Hardening(no_core_dump=True, no_inspection=False, reason="left to the signed program's hardened runtime")
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    refused = library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0
    return Hardening(
        no_core_dump=True, no_inspection=not refused, reason="the kernel refused PR_SET_DUMPABLE" if refused else ""
    )


if sys.platform == "win32":

    def _harden_windows() -> Hardening:
        import ctypes

        # Error reports of Windows stay possible, without the heap in which the keys lie.
        failed = ctypes.WinDLL("kernel32").WerSetFlags(_WER_FAULT_REPORTING_FLAG_NOHEAP) != 0
        return Hardening(
            no_core_dump=not failed,
            no_inspection=False,
            reason="Windows lets every program of the same person read another's memory",
        )
