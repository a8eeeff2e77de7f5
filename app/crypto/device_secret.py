"""The second factor of a desk: 32 random bytes in the keyring of the operating system.

Only keyrings on the list below are used, by explicit class: neither an environment variable nor an installed
package can slip in one that stores in the clear or nowhere. Every write is read back. A keyring is one of two
factors and never the only copy of anything; the recovery code and the office slot open a desk without it.
"""

import base64
import binascii
import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final, Protocol

from app.crypto.derivation import KEY_BYTES
from app.crypto.key_slots import DeviceSecret
from app.errors import UserFacingError
from app.i18n import N_

_SERVICE: Final = "youpin-review"
_USER: Final = "desk"


class NoTrustedKeyringError(UserFacingError):
    """None of the listed keyrings runs here."""

    code = "no_trusted_keyring"
    message = N_(
        "This computer has no keyring that can be trusted, so the desk cannot be bound to it. "
        "The passphrase alone protects the desk; nothing else changes."
    )


class KeyringRefusedError(UserFacingError):
    """Locked and not unlocked, or out of order."""

    code = "keyring_refused"
    message = N_("The keyring of this computer ({backend}) is locked or does not answer. Unlock it and try again.")


class KeyringForgetsError(UserFacingError):
    """Reading back gave nothing, or something else."""

    code = "keyring_forgets"
    message = N_(
        "The keyring of this computer ({backend}) did not keep the secret, so the desk was not bound to it. "
        "The passphrase alone protects the desk; nothing else changes."
    )


class KeyringBackend(Protocol):
    """What is used of a keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """The stored text."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store *password*."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True)
class TrustedKeyring:
    """A keyring on the list: its class, the modules and classes of what it raises, and the name people know."""

    module: str
    class_name: str
    name: str
    failures: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


# Read in this order; each says by its priority whether it runs here, so the system need not be asked for.
TRUSTED_KEYRINGS: Final = (
    TrustedKeyring(
        "keyring.backends.Windows",
        "WinVaultKeyring",
        "Windows Credential Manager",
        failures=(("win32ctypes.pywin32.pywintypes", "error"), ("pywintypes", "error")),
        # The default lets the secret travel with the account to other computers of the domain.
        settings=(("persist", "local machine"),),
    ),
    TrustedKeyring("keyring.backends.macOS", "Keyring", "macOS Keychain"),
    TrustedKeyring(
        "keyring.backends.SecretService",
        "Keyring",
        "Secret Service",
        failures=(
            ("secretstorage.exceptions", "SecretStorageException"),
            ("jeepney.wrappers", "DBusErrorResponse"),
        ),
    ),
    TrustedKeyring(
        "keyring.backends.kwallet", "DBusKeyring", "KWallet", failures=(("dbus.exceptions", "DBusException"),)
    ),
)


class DeviceSecretStore:
    """The device secrets in one keyring, one per vault."""

    def __init__(self, backend: KeyringBackend, *, name: str, failures: tuple[type[Exception], ...]) -> None:
        self.backend_name = name
        self._backend = backend
        self._failures = failures

    def create(self, vault_id: bytes) -> DeviceSecret:
        """A fresh secret for a vault, written and read back. Raises ``KeyringRefusedError``, ``KeyringForgetsError``.

        An earlier secret of the same vault is overwritten; the desk it opened must be bound anew in the same act.
        """
        value = os.urandom(KEY_BYTES)
        with self._answering():
            self._backend.set_password(_service(vault_id), _USER, _to_text(value))
        kept = self.load(vault_id)
        if kept is None or not compare_digest(kept.value, value):
            raise KeyringForgetsError(backend=self.backend_name)
        return kept

    def load(self, vault_id: bytes) -> DeviceSecret | None:
        """The secret of a vault; None if there is none or it is not one of ours. Raises ``KeyringRefusedError``."""
        with self._answering():
            text = self._backend.get_password(_service(vault_id), _USER)
        value = _from_text(text) if text else None
        return DeviceSecret(self.backend_name, value) if value else None

    def remove(self, vault_id: bytes) -> None:
        """Forget the secret of a vault; that there is none is no failure. Raises ``KeyringRefusedError``."""
        if self.load(vault_id) is not None:
            with self._answering():
                self._backend.delete_password(_service(vault_id), _USER)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except self._failures as problem:
            raise KeyringRefusedError(backend=self.backend_name) from problem


def find_device_secret_store() -> DeviceSecretStore:
    """The first trusted keyring that runs here. Raises ``NoTrustedKeyringError``."""
    for trusted in TRUSTED_KEYRINGS:
        backend = _running(trusted)
        if backend is not None:
            return DeviceSecretStore(backend, name=trusted.name, failures=_failures(trusted))
    raise NoTrustedKeyringError


def _running(trusted: TrustedKeyring) -> KeyringBackend | None:
    # Imported only here: a start without binding does not pay for it.
    try:
        found = getattr(importlib.import_module(trusted.module), trusted.class_name)
    except ImportError:
        return None
    cannot_run: tuple[type[Exception], ...] = (RuntimeError, *_failures(trusted))
    try:
        if found.priority <= 0:
            return None
    except cannot_run:
        return None
    backend: KeyringBackend = found()
    for setting, value in trusted.settings:
        setattr(backend, setting, value)
    return backend


def _failures(trusted: TrustedKeyring) -> tuple[type[Exception], ...]:
    errors = importlib.import_module("keyring.errors")
    found: list[type[Exception]] = [errors.KeyringError, OSError]
    for module, name in trusted.failures:
        try:
            found.append(getattr(importlib.import_module(module), name))
        except ImportError:
            continue
    return tuple(found)


def _service(vault_id: bytes) -> str:
    # A service per vault: the keyring of Windows renames an entry when a second user appears under its service.
    return f"{_SERVICE}/{vault_id.hex()}"


def _to_text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _from_text(text: str) -> bytes | None:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return value if len(value) == KEY_BYTES else None
