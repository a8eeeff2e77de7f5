"""One file of a dossier: read once, hashed, and opened in the decoding child, so that trouble is a finding today.

A bad file is named and not taken; it never keeps the others out.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.decoding.errors import (
    DecoderUnavailableError,
    DecodingError,
    FileTooLargeError,
    NotAcceptedError,
    TypeMismatchError,
)
from app.decoding.kinds import FileKind, ForeignKind
from app.decoding.pool import DecodingPool, check_name
from app.domain.application import Document, MediaType
from app.domain.ids import Sha256
from app.errors import UserFacingError
from app.i18n import N_, _
from app.intake.finding import Code, Finding, Level, find, find_error, gravest, worst
from app.intake.limits import MEGABYTE, IntakeLimits
from app.intake.listing import Entry

_MEDIA: Final = {
    FileKind.PDF: MediaType.PDF,
    FileKind.JPEG: MediaType.JPEG,
    FileKind.PNG: MediaType.PNG,
    FileKind.WEBP: MediaType.WEBP,
    FileKind.HEIC: MediaType.HEIC,
    FileKind.XLSX: MediaType.XLSX,
    FileKind.DOCX: MediaType.DOCX,
}
_SCAN_AGAIN: Final = N_("It has {per_page} MB per page; scan it again at 200 dpi.")
_DIVIDE: Final = N_("Divide it, or save it in a smaller form.")


class FileChangedError(UserFacingError):
    """Between checking and storing somebody replaced the file."""

    code = "file_changed"
    message = N_("“{name}” was changed while it was being taken in. Run the intake again.")


@dataclass(frozen=True, slots=True)
class AcceptedFile:
    """A file that opens. Its bytes are read again when it is stored, and must still be these."""

    path: Path
    name: str
    sha256: Sha256
    size: int
    media: MediaType
    pages: int | None = None

    def document(self) -> Document:
        """As the dossier lists it."""
        return Document(self.sha256, self.size, self.media, self.name, self.pages)

    def read_verified(self) -> bytes:
        """The very bytes that were checked.

        Raises:
            FileChangedError: the file is gone, or holds something else by now.
        """
        try:
            data = read_file(self.path, at_most=self.size)
        except OSError:
            raise FileChangedError(name=self.name) from None
        if data is None or hashlib.sha256(data).hexdigest() != self.sha256:
            raise FileChangedError(name=self.name)
        return data


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file or folder that was looked at, with what was found; ``accepted`` where it may be taken.

    Attributes:
        path: as shown, relative to the folder handed in.
        type: “pdf”, “jpeg” …, by content; empty where it is none of the accepted types.
        row: the row of the table it belongs to.
    """

    path: str
    type: str = ""
    findings: tuple[Finding, ...] = ()
    accepted: AcceptedFile | None = None
    row: int | None = None

    @property
    def level(self) -> Level:
        """The gravest of its findings."""
        return worst(self.findings)

    @property
    def code(self) -> str:
        """The gravest finding's code, or “ok”."""
        finding = gravest(self.findings)
        return str(finding.code) if finding else str(Level.OK)

    @property
    def sentence(self) -> str:
        """The gravest finding's sentence, or nothing."""
        finding = gravest(self.findings)
        return finding.sentence if finding else ""


def check_file(entry: Entry, *, decoder: DecodingPool, limits: IntakeLimits, row: int) -> CheckedFile:
    """Read, hash and open *entry*.

    Raises:
        DecoderUnavailableError: nothing can be opened on this computer; the intake cannot go on.
    """
    try:
        data = read_file(entry.path, at_most=decoder.limits.document_bytes)
    except OSError:
        return _refused(entry, row, find(Code.UNREADABLE, path=entry.shown))
    if data is None:
        return _refused(entry, row, _too_large(entry, decoder.limits.document_bytes + 1, limits.file_bytes))
    try:
        probe = decoder.probe(data)
    except DecoderUnavailableError:
        raise
    except DecodingError as error:
        return _refused(entry, row, decoding_finding(error, entry.shown))
    kind = probe.kind
    if len(data) > limits.file_bytes:
        finding = _too_large(entry, len(data), limits.file_bytes, pages=probe.pages)
        return _refused(entry, row, finding, kind=kind)
    return CheckedFile(
        entry.shown,
        str(kind.value),
        tuple(_name_findings(kind, entry)),
        AcceptedFile(
            entry.path,
            entry.name,
            Sha256(hashlib.sha256(data).hexdigest()),
            len(data),
            _MEDIA[kind],
            probe.pages if kind is FileKind.PDF else None,
        ),
        row,
    )


def decoding_finding(error: DecodingError, path: str) -> Finding:
    """What the child said, as a finding; an archive gets the advice to unpack it."""
    if isinstance(error, NotAcceptedError) and error.kind is ForeignKind.ARCHIVE:
        return find(Code.NOT_ACCEPTED, path=path)
    code = Code.OVER_LIMIT if isinstance(error, FileTooLargeError) else Code(error.code)
    return find_error(error, code, path=path)


def read_file(path: Path, *, at_most: int) -> bytes | None:
    """The bytes of an ordinary file; ``None`` if there are more than *at_most*. Links and devices are not opened.

    Raises:
        OSError: it cannot be read, or is no ordinary file.
    """
    # Where the system has them: do not follow a link put there a moment ago, do not wait for a pipe's other end.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file")
        data = file.read(at_most + 1)
    return data if len(data) <= at_most else None


def megabytes(size: int) -> str:
    """With one decimal, never 0.0 for something that is there."""
    return f"{max(size / MEGABYTE, 0.1):.1f}"


def too_large_advice(size: int, pages: int) -> str:
    """What makes a file smaller: for a document with pages, how heavy each of them is."""
    if pages < 1:
        return _(_DIVIDE)
    return _(_SCAN_AGAIN).format(per_page=megabytes(size // pages))


def _too_large(entry: Entry, size: int, limit: int, *, pages: int = 0) -> Finding:
    return find(
        Code.OVER_LIMIT,
        path=entry.shown,
        size=megabytes(size),
        limit=f"{limit / MEGABYTE:g}",
        advice=too_large_advice(size, pages),
    )


def _name_findings(kind: FileKind, entry: Entry) -> Iterator[Finding]:
    try:
        check_name(kind, entry.name)
    except TypeMismatchError as error:
        yield find_error(error, Code.TYPE_MISMATCH, level=Level.WARNING, path=entry.shown)


def _refused(entry: Entry, row: int, finding: Finding, *, kind: FileKind | None = None) -> CheckedFile:
    return CheckedFile(entry.shown, str(kind.value) if kind else "", (finding,), row=row)
