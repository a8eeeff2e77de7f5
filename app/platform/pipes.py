"""Pipes between parent and child, as fast as each system lets them be."""

import os
import sys


def binary_stdio() -> tuple[int, int]:
    """Private descriptors for the child's standard input and output.

    A library that prints must not end up in the middle of an answer: what is written to the usual
    descriptors afterwards goes nowhere.
    """
    reading, writing = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(reading, os.O_BINARY)
        msvcrt.setmode(writing, os.O_BINARY)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for usual in (0, 1):
        os.dup2(nowhere, usual)
    os.close(nowhere)
    return reading, writing


def widen_pipe(descriptor: int) -> None:
    """Ask for a larger pipe; a page of 8 MB crosses three times as fast. Not granted: no harm."""
    if sys.platform == "linux":
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, 1024 * 1024)
        except OSError:  # more than this person's share of pipe memory
            return


def read_into(descriptor: int, buffer: memoryview) -> int:
    """Fill the front of *buffer* with what is there, at least one byte; 0 when the other side closed."""
    if sys.platform != "win32":
        return os.readv(descriptor, [buffer])
    chunk = os.read(descriptor, min(len(buffer), 1024 * 1024))
    buffer[: len(chunk)] = chunk
    return len(chunk)
