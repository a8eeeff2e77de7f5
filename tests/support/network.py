"""No test speaks to another machine: the program is for people without a network."""

import sys
from typing import Any

_LOCAL = ("127.", "::1", "localhost")
_refused: list[bool] = []


class NetworkUseError(AssertionError):
    """A test reached for the network."""


def refuse() -> None:
    """From now on, and until the process ends, connecting to anything but this machine fails."""
    if not _refused:
        _refused.append(True)
        sys.addaudithook(_watch)


def _watch(event: str, details: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = details[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOCAL):
            raise NetworkUseError(f"a test tried to reach {address[0]}")
    elif event == "socket.getaddrinfo" and details[0] is not None and not str(details[0]).startswith(_LOCAL):
        raise NetworkUseError(f"a test asked where {details[0]} is")
