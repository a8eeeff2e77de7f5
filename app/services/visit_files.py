"""Files from cards and telephones: films lie among the photographs, and no more is read than a child may be handed."""

from pathlib import Path
from typing import Final

from app.decoding.errors import FileTooLargeError
from app.decoding.pool import DecodingPool
from app.intake.documents import read_file
from app.services.visit_errors import PhotoUnreadableError

_HEAD: Final = 4096  # bytes: enough to tell a film from a picture
_MIB: Final = 1 << 20


def bytes_of(file: Path, pool: DecodingPool) -> bytes:
    """All of *file*.

    Raises:
        PhotoUnreadableError: it is no ordinary file, or the medium gave it up.
        DecodingError: it is larger than any picture; where its beginning tells what it is, that is said.
    """
    most = pool.limits.document_bytes
    try:
        if file.stat().st_size <= most and (data := read_file(file, at_most=most)) is not None:
            return data
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        raise PhotoUnreadableError(file=shown_name(file)) from None
    pool.identify(head)
    raise FileTooLargeError(limit_mb=most // _MIB)


def shown_name(file: Path) -> str:
    """What *file* is called, in signs that can be written down: a card may have been named on another system."""
    return file.name.encode("utf-8", "replace").decode("utf-8")
