"""Containers that our writer refuses to make: any parts in any order, signed or not."""

import hashlib
import zlib
from collections.abc import Sequence
from datetime import datetime

from app.crypto import signing
from app.crypto.certificates import CertifiedKey
from app.packages import container
from app.packages.container import Entry
from app.packages.manifest import Reference, write_manifest
from app.packages.writer import Skeleton

Parts = list[tuple[str, bytes]]


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The stored ZIP of *parts*, in our form, whatever their names and order."""
    entries = [Entry(name, len(data), zlib.crc32(data)) for name, data in parts]
    body = b"".join(container.local_header(entry) + data for entry, (_name, data) in zip(entries, parts, strict=True))
    return body + container.closing(entries)


def parts_of(skeleton: Skeleton, files: dict[str, bytes]) -> Parts:
    """Name and bytes of everything in a good container, in order."""
    return [*skeleton.parts(), *sorted(files.items())]


def signed_parts(
    description: bytes, files: Sequence[tuple[str, bytes]], signer: CertifiedKey, *, at: datetime, listed: bool = True
) -> Parts:
    """Parts whose manifest is signed over exactly *files*, allowed or not; *listed* puts the description into it."""
    references = [Reference(name, "application/json", hashlib.sha256(data).hexdigest()) for name, data in files]
    if listed:
        digest = hashlib.sha256(description).hexdigest()
        references.insert(0, Reference(container.DESCRIPTION_NAME, "application/json", digest))
    manifest = write_manifest(references)
    signature = signing.sign_detached(manifest, signer, signed_at=at)
    return [*Skeleton(description, manifest, signature).parts(), *files]
