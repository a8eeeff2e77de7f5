"""A package goes to the medium whole or not at all: written beside its name, read back, then renamed."""

import os
import secrets
from collections.abc import Sequence
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


def write_package_file(
    path: Path, description: Description, *, files: Sequence[PackageFile], signer: CertifiedKey,
    recipients: Sequence[str] = (),
) -> WrittenPackage:  # fmt: skip
    """Write a package to *path*; what stands there afterwards was read back and is what was signed.

    Only ciphertext (or an invitation, which is public) ever touches the medium.

    Raises:
        UserFacingError: the medium failed, in words; nothing is left under the name.
    """
    part = path.with_name(f".youpin-{secrets.token_hex(8)}.part")
    try:
        descriptor = create_private_file(part)
        with os.fdopen(descriptor, "w+b") as target:
            written = write_package(target, description, files=files, signer=signer, recipients=recipients)
            target.flush()
            sync_file(target.fileno())
            forget_cached(target.fileno())
            if _digest(target) != written.file_sha256:
                raise WriteNotConfirmedError(file=path.name)
        replace_file(part, path)
        sync_folder(path.parent)
    except OSError as problem:
        raise write_problem(problem, path) from problem
    finally:
        part.unlink(missing_ok=True)
    return written


def _digest(file: BinaryIO) -> str:
    digest = suite.new_digest()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
