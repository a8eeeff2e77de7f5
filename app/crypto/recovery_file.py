"""The record's recovery file: root key and recovery identity, under a passphrase of their own.

A plain age passphrase file, so that the ``age`` program opens it in ten years without us. It is made once, goes to
two safe places, and is opened only by a person who asked for it: packages are never opened with a passphrase.
"""

import re
from dataclasses import dataclass, field
from typing import Final

import pyrage

from app.crypto import sealing, suite
from app.crypto.sealing import SealIdentity
from app.errors import UserFacingError
from app.i18n import N_

MAX_BYTES: Final = 64 * 1024
# scrypt's work factor (age.md): 2^18 is what age writes, 2^20 a gigabyte of memory, more a bomb.
_SCRYPT: Final = re.compile(rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n")
_MAX_WORK_FACTOR: Final = 20
_IDENTITY: Final = re.compile(r"^AGE-SECRET-KEY-1[0-9A-Z]+$", re.MULTILINE)
_KEY: Final = re.compile(r"-----BEGIN PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+-----END PRIVATE KEY-----\n")
_HEAD: Final = (
    "# Youpin Review: recovery file of a record. Keep it offline, in two places.\n"
    "# The line below opens every package that was sent to the record.\n"
)


class RecoveryFileRefusedError(UserFacingError):
    """Not a recovery file, damaged, or the wrong passphrase: the three cannot be told apart safely."""

    code = "recovery_file_refused"
    message = N_("The recovery file could not be opened. Check the passphrase, or use the other copy of the file.")


@dataclass(frozen=True, slots=True)
class RecoverySecrets:
    """What the file holds: the root's private key (PKCS #8 PEM) and the identity that opens every package."""

    root_key: bytes = field(repr=False)
    identity: SealIdentity


def seal_recovery_file(secrets: RecoverySecrets, passphrase: str) -> bytes:
    """The file's bytes. Takes about a second on purpose."""
    text = f"{_HEAD}{secrets.identity.secret}\n{secrets.root_key.decode('ascii')}"
    return bytes(pyrage.passphrase.encrypt(text.encode("ascii"), passphrase))


def open_recovery_file(untrusted: bytes, passphrase: str) -> RecoverySecrets:
    """The secrets in the file.

    Raises:
        RecoveryFileRefusedError: in every other case.
    """
    stanza = _SCRYPT.match(untrusted, len(sealing.MAGIC))
    if len(untrusted) > MAX_BYTES or not untrusted.startswith(sealing.MAGIC) or stanza is None:
        raise RecoveryFileRefusedError
    if int(stanza.group(1)) > _MAX_WORK_FACTOR:
        raise RecoveryFileRefusedError
    try:
        text = bytes(pyrage.passphrase.decrypt(untrusted, passphrase)).decode("ascii")
    except (pyrage.DecryptError, UnicodeDecodeError):
        raise RecoveryFileRefusedError from None
    identity, key = _IDENTITY.search(text), _KEY.search(text)
    if identity is None or key is None:
        raise RecoveryFileRefusedError
    try:
        suite.load_signing_key(key.group(0).encode("ascii"))
        return RecoverySecrets(key.group(0).encode("ascii"), sealing.identity_from(identity.group(0)))
    except ValueError:
        raise RecoveryFileRefusedError from None
