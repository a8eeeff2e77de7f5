"""What an import cannot do without, by bare tools: open, verify once, unzip, parse, insert; same cores, same batches.

Workers import nothing of the program.
"""

import io
import multiprocessing
import os
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyrage
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_CHUNK = 10
_BATCH = 50
_MANIFEST = "META-INF/ASiCManifest.xml"
_TABLES = (
    "CREATE TABLE package (number INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    "CREATE TABLE revision (number INTEGER PRIMARY KEY, review TEXT NOT NULL UNIQUE, scores TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Bare:
    """One file with a signature over its manifest and the key that made it, beside it instead of inside."""

    file: Path
    signature: bytes
    public_key: bytes


def import_barely(files: Sequence[Bare], *, secret: str, connection: Any) -> int:
    """Insert everything into the open *connection* (SQLCipher, keyed, same pragmas); how many reviews went in."""
    for table in _TABLES:
        connection.execute(table)
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    context = multiprocessing.get_context("spawn")
    cores = os.cpu_count() or 1
    done = 0
    with ProcessPoolExecutor(cores, mp_context=context, initializer=_prepare, initargs=(secret,)) as pool:
        waiting: list[tuple[bytes, str, str]] = []
        for read in pool.map(_read, chunks):
            waiting += read
            if len(waiting) >= _BATCH:
                done += _insert(connection, waiting, done)
                waiting = []
        return done + _insert(connection, waiting, done)


def sign_again(file: Path, secret: str, key: bytes) -> Bare:
    """*file* with a bare signature by *key* (PKCS #8 PEM)."""
    private = serialization.load_pem_private_key(key, password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("a P-256 key was expected")
    inner = pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.from_str(secret)])
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        signature = private.sign(archive.read(_MANIFEST), ec.ECDSA(hashes.SHA256()))
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return Bare(file, signature, public)


def _insert(connection: Any, rows: Sequence[tuple[bytes, str, str]], first: int) -> int:
    connection.execute("BEGIN IMMEDIATE")
    numbered = [(first + place, *row) for place, row in enumerate(rows)]
    connection.executemany("INSERT INTO package VALUES (?, ?)", [(number, data) for number, data, _r, _s in numbered])
    connection.executemany(
        "INSERT INTO revision VALUES (?, ?, ?)", [(number, review, scores) for number, _d, review, scores in numbered]
    )
    connection.execute("COMMIT")
    return len(rows)


_identities: list[pyrage.x25519.Identity] = []


def _prepare(secret: str) -> None:
    _identities[:] = [pyrage.x25519.Identity.from_str(secret)]


def _read(chunk: Sequence[Bare]) -> list[tuple[bytes, str, str]]:
    return [_read_one(bare) for bare in chunk]


def _read_one(bare: Bare) -> tuple[bytes, str, str]:
    inner = bytes(pyrage.decrypt(bare.file.read_bytes(), _identities))
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    public = serialization.load_der_public_key(bare.public_key)
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise TypeError("a P-256 key was expected")
    public.verify(bare.signature, parts[_MANIFEST], ec.ECDSA(hashes.SHA256()))
    said = {name: msgspec.json.decode(data) for name, data in _values(parts)}
    review = next(value for name, value in said.items() if name.endswith("/review.json"))
    return inner, review["review"], msgspec.json.encode(review["assessment"]["scores"]).decode()


def _values(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return ((name, data) for name, data in parts.items() if name.endswith(".json"))
