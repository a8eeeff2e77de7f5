"""Figures that a test wants to be read: ``pytest -rP`` shows them."""

import sys


def show(line: str) -> None:
    """Put *line* into the report of the running test."""
    sys.stdout.write(line + "\n")
