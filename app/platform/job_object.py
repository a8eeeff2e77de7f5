"""Windows: a Job Object around the child, set by the parent before the child has seen a stranger's byte.

Source: Job Objects in the Windows API (CreateJobObjectW, SetInformationJobObject). The job bounds memory and
the number of processes, and ends the child when the parent ends, however it ends.
"""

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes
    from typing import Final

    _EXTENDED_LIMITS: Final = 9
    _LIMIT_ACTIVE_PROCESS: Final = 0x0008
    _LIMIT_PROCESS_MEMORY: Final = 0x0100
    _LIMIT_DIE_ON_UNHANDLED_EXCEPTION: Final = 0x0400
    _LIMIT_KILL_ON_JOB_CLOSE: Final = 0x2000

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("per_process_user_time", ctypes.c_int64),
            ("per_job_user_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority_class", wintypes.DWORD),
            ("scheduling_class", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("io_counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    class JobObject:
        """Lives as long as the child; closing it ends the child."""

        def __init__(self, *, memory_bytes: int, processes: int) -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = wintypes.HANDLE
            self._job = wintypes.HANDLE(self._kernel.CreateJobObjectW(None, None))
            limits = _ExtendedLimits()
            limits.basic.flags = (
                _LIMIT_ACTIVE_PROCESS
                | _LIMIT_PROCESS_MEMORY
                | _LIMIT_DIE_ON_UNHANDLED_EXCEPTION
                | _LIMIT_KILL_ON_JOB_CLOSE
            )
            limits.basic.active_processes = processes
            limits.process_memory = memory_bytes
            self._demand(
                self._kernel.SetInformationJobObject(
                    self._job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
                )
            )

        def assign(self, process_handle: int) -> None:
            """Put a process under the limits; what it starts later is under them too.

            Raises:
                OSError: the system refused.
            """
            self._demand(self._kernel.AssignProcessToJobObject(self._job, wintypes.HANDLE(process_handle)))

        def close(self) -> None:
            """End every process in the job."""
            job, self._job = self._job, wintypes.HANDLE(None)
            if job.value:
                self._kernel.CloseHandle(job)

        def __del__(self) -> None:
            self.close()

        @staticmethod
        def _demand(succeeded: int) -> None:
            if not succeeded:
                raise ctypes.WinError(ctypes.get_last_error())
