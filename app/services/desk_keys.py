"""The key file of an open desk: unlocked for a moment to sign or to change a slot, and written again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.atomic_file import OlderCopy, older_copy_of, write_atomically
from app.crypto.certificates import CertifiedKey
from app.crypto.key_header import WorkspaceKind
from app.crypto.key_slots import DeviceSecret
from app.crypto.unlocked_header import Passphrase, UnlockedHeader, UnlockingSecret, unlock
from app.crypto.vault_errors import HeaderDamagedError
from app.domain.ids import CampaignId
from app.errors import UserFacingError
from app.i18n import N_
from app.services.desk_errors import NoCredentialError
from app.services.desk_restored import require_enrolled
from app.storage.desk.records import KeyRecord
from app.storage.desk.store import UnitOfWork

_SIGNING: Final = b"device_key.wrapped_signing_key"


class KeyFileMissingError(UserFacingError):
    """A desk without its key file is noise."""

    code = "key_file_missing"
    message = N_("The key file {file} is not beside the desk. Put it back, or restore both from the same backup.")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """``X.desk.key`` beside ``X.desk``, and its older copy ``X.desk.key.1``."""

    path: Path
    device_secret: Callable[[bytes], DeviceSecret | None] = field(default=lambda _header: None)

    @classmethod
    def beside(cls, desk: Path) -> Path:
        """Where the key file of a desk lies."""
        return desk.with_name(desk.name + ".key")

    def read(self) -> bytes:
        """The key file's bytes.

        Raises:
            KeyFileMissingError: there is none.
        """
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise KeyFileMissingError(file=self.path.name) from None

    def unlock(self, secret: UnlockingSecret) -> UnlockedHeader:
        """Open a slot; a damaged file is replaced by its older copy, if that one opens.

        Raises:
            KeyFileMissingError, and whatever :func:`app.crypto.unlocked_header.unlock` raises.
        """
        data = self.read()
        try:
            return unlock(data, secret, kind=WorkspaceKind.DESK)
        except HeaderDamagedError:
            older = older_copy_of(self.path)
            if not older.is_file():
                raise
            unlocked = unlock(older.read_bytes(), secret, kind=WorkspaceKind.DESK)
            write_atomically(self.path, unlocked.to_bytes(), verify=True)
            return unlocked

    def unlock_typed(self, passphrase: str) -> UnlockedHeader:
        """Open with what was typed, and with this computer's secret if the desk is bound to it."""
        return self.unlock(Passphrase(passphrase, device=self.device_secret(self.read())))

    def write(self, unlocked: UnlockedHeader, *, older: OlderCopy = OlderCopy.KEEP) -> None:
        """Replace the key file. ``RENEW`` where what opened the old one must not open anything any more."""
        write_atomically(self.path, unlocked.to_bytes(), older=older, verify=True)


def wrap_signing_key(unlocked: UnlockedHeader, key_pem: bytes) -> bytes:
    """The signing key as it lies in the database."""
    return unlocked.wrap_secret(key_pem, context=_SIGNING)


def signer_of(unlocked: UnlockedHeader, keys: KeyRecord, *, certificate: bytes) -> CertifiedKey:
    """The signing key, for the one thing it was asked for."""
    return CertifiedKey(certificate, unlocked.unwrap_secret(keys.wrapped_signing_key, context=_SIGNING))


def campaign_signer(work: UnitOfWork, unlocked: UnlockedHeader, campaign: CampaignId) -> CertifiedKey:
    """The signing key with its certificate in *campaign*.

    Raises:
        NoCredentialError: none has arrived. RestoredDeskError: the desk was put back and has not enrolled anew.
    """
    require_enrolled(work)
    keys, known = work.desk.keys(), work.desk.campaign(campaign)
    if keys is None or known is None or known.certificate is None:
        raise NoCredentialError
    return signer_of(unlocked, keys, certificate=known.certificate)
