"""Files that a screen writes for a person: a printed form, a copy of a document."""

from pathlib import Path

from app.atomic_file import write_atomically


def write_file(path: Path, content: bytes) -> Path:
    """Write *content* where *path* is, whole or not at all. Raises the errors of :mod:`app.file_errors`."""
    write_atomically(path, content)
    return path
