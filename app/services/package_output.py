"""A package goes to the medium whole or not at all: written beside its name, read back, then renamed."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from app.crypto import suite
from app.crypto.certificates import CertifiedKey
from app.file_errors import WriteNotConfirmedError, write_problem
from app.packages.description import Description
from app.packages.writer import PackageFile, WrittenPackage, write_package
from app.platform.durable import forget_cached, replace_file, sync_file, sync_folder
from app.platform.private_files import create_private_file

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class UnnamedPackage:
    """A package whose bytes have all been written, beside the name it is to have."""

    path: Path
    written: WrittenPackage
    _part: Path
    _target: BinaryIO = field(repr=False)

    def give_name(self) -> None:
        """Read the bytes back from the medium and put them where the package is to stand.

        Raises:
            UserFacingError: the medium failed, in words.
        """
        try:
            self._target.flush()
            sync_file(self._target.fileno())
            forget_cached(self._target.fileno())
            if digest_of(self._target) != self.written.file_sha256:
                raise WriteNotConfirmedError(file=self.path.name)
            self._target.close()
            replace_file(self._part, self.path)
            sync_folder(self.path.parent)
        except OSError as problem:
            raise write_problem(problem, self.path) from problem


@contextmanager
def unnamed_package(
    path: Path, description: Description, *, files: Sequence[PackageFile], signer: CertifiedKey,
    recipients: Sequence[str] = (),
) -> Iterator[UnnamedPackage]:  # fmt: skip
    """The bytes of a package on the medium of *path*; gone at the end, unless they were given their name.

    Only ciphertext (or an invitation, which is public) ever touches the medium, and no file is held as a whole.

    Raises:
        UserFacingError: the medium failed, in words.
    """
    part = path.with_name(f".youpin-{secrets.token_hex(8)}.part")
    target: BinaryIO | None = None
    try:
        try:
            target = os.fdopen(create_private_file(part), "w+b")
            written = write_package(target, description, files=files, signer=signer, recipients=recipients)
            target.flush()
        except OSError as problem:
            raise write_problem(problem, path) from problem
        yield UnnamedPackage(path, written, part, target)
    finally:
        with suppress(OSError):  # the first failure is the one to tell; a pulled stick refuses this one too
            if target is not None:
                target.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_package_file(
    path: Path, description: Description, *, files: Sequence[PackageFile], signer: CertifiedKey,
    recipients: Sequence[str] = (),
) -> WrittenPackage:  # fmt: skip
    """Write a package to *path*; what stands there afterwards was read back and is what was signed.

    Raises:
        UserFacingError: the medium failed, in words; nothing is left under the name.
    """
    with unnamed_package(path, description, files=files, signer=signer, recipients=recipients) as package:
        package.give_name()
    return package.written


def digest_of(file: BinaryIO) -> str:
    """SHA-256 of *file* from its beginning, read piece by piece."""
    digest = suite.new_digest()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
