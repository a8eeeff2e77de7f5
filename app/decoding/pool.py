"""Strangers' documents for everybody else in the program: open, look at, close. Usable from any thread.

A document stays with one child. A child that crashed, hung, lied or has opened its number of files is replaced,
and the documents it held are handed over again when somebody next asks for them.
"""

from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from app.decoding.document import Document
from app.decoding.errors import TypeMismatchError
from app.decoding.kinds import FileKind, kind_promised_by
from app.decoding.limits import Limits
from app.decoding.pieces import Source
from app.decoding.replies import PictureFacts
from app.decoding.seat import PoolStatus, Seat
from app.domain.ids import Sha256

__all__ = ["DecodingPool", "Document", "PoolStatus", "Probe", "check_name"]

_PROBE_WIDTH: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A document that opens and whose first page, sheet or text could be read."""

    kind: FileKind
    byte_count: int
    pages: int
    width: int
    height: int
    sheets: tuple[str, ...]
    is_encrypted: bool
    bytes_per_page: int | None
    picture: PictureFacts | None


def check_name(kind: FileKind, name: str) -> None:
    """Compare content with the ending of a name.

    Raises:
        TypeMismatchError: the ending promises another accepted kind.
    """
    promised = kind_promised_by(name)
    if promised is not None and promised is not kind:
        raise TypeMismatchError(kind=kind, promised=promised)


class DecodingPool:
    """A few children, started when first needed."""

    def __init__(self, *, limits: Limits | None = None, processes: int = 1, share_pixels: bool = True) -> None:
        """Start nothing yet.

        Args:
            processes: children; one is enough for a window, intake may use one per core.
            share_pixels: through shared memory where the system has it, otherwise through the pipe.
        """
        self.limits = limits or Limits()
        self._seats = [Seat(self.limits, share_pixels=share_pixels) for _ in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the children now, for example while a passphrase is typed.

        Raises:
            DecoderUnavailableError: they cannot be started on this computer.
        """
        for seat in self._seats:
            seat.start()

    def close(self) -> None:
        """End the children; documents still open can no longer be asked."""
        for seat in self._seats:
            seat.close()

    def status(self) -> PoolStatus:
        """Counts of all children together."""
        return PoolStatus.together([seat.status() for seat in self._seats])

    def open(self, source: Source, sha256: Sha256) -> Document:
        """Hand a document over.

        Args:
            source: gives the bytes, or the pieces of a large document; called now, and again if the child had to be
                replaced or put it away.
            sha256: of those bytes; the store vouches for it.

        Raises:
            DecodingError: it is not accepted, damaged, protected, too large, or was too much for the child.
        """
        return Document(self._free_seat(), source, sha256)

    def identify(self, data: bytes) -> FileKind:
        """What *data* is by its content.

        Raises:
            NotAcceptedError: none of the accepted kinds; says which.
            DecodingError: empty, an encrypted Office file, or too large.
        """
        return self._free_seat().identify(data)

    def probe(self, data: bytes) -> Probe:
        """Open *data*, read its first page, sheet or text, and forget it again.

        Raises:
            DecodingError: what is wrong with it, by ``code``.
        """
        with self.open(lambda: data, Sha256(f"probe-{id(data):x}")) as document:
            known = document.overview
            if known.kind.has_pages:
                document.render(1, width=_PROBE_WIDTH)
            elif known.kind is FileKind.XLSX:
                document.sheet(1, limit=1)
            else:
                document.text()
        return Probe(
            kind=known.kind,
            byte_count=len(data),
            pages=known.pages,
            width=known.width,
            height=known.height,
            sheets=known.sheets,
            is_encrypted=known.is_encrypted,
            bytes_per_page=-(-len(data) // known.pages) if known.pages else None,
            picture=known.picture,
        )

    def _free_seat(self) -> Seat:
        return min(self._seats, key=lambda seat: seat.load)
