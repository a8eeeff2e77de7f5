"""Who can open the record: each with a passphrase of their own. Every act carries the name."""

from contextlib import suppress
from dataclasses import dataclass, field

from app.atomic_file import OlderCopy
from app.crypto.derivation import DEFAULT_COST, KdfCost
from app.crypto.key_header import WorkspaceKind
from app.crypto.key_slots import same_name
from app.crypto.unlocked_header import Passphrase, UnlockedHeader, unlock
from app.crypto.vault import list_openers
from app.crypto.vault_errors import WrongPassphraseError
from app.domain.changes import Changes
from app.domain.record_log import Act
from app.services.passphrases import check_new_passphrase
from app.services.record_context import RecordContext
from app.services.record_errors import OwnOpenerError, SecondOpenerWrongError
from app.storage.record.place import RecordPlace


@dataclass(frozen=True, slots=True)
class SecondOpener:
    """Another person who confirms what one has prepared; without a *name* the passphrase says who it is."""

    passphrase: str = field(repr=False)
    name: str | None = None


class OpenerService:
    """Changing who opens a record takes the passphrase of somebody who can: an unattended window cannot do it."""

    def __init__(self, context: RecordContext, place: RecordPlace, *, cost: KdfCost = DEFAULT_COST) -> None:
        self._context, self._place, self._cost = context, place, cost

    def names(self) -> tuple[str, ...]:
        """In the order in which they were added."""
        return list_openers(self._place.header())

    def others(self) -> tuple[str, ...]:
        """Everybody but the one who has the record open."""
        return tuple(name for name in self.names() if not same_name(name, self._context.opener))

    def confirmed_by(self, second: SecondOpener) -> str:
        """The name of the second person, whose passphrase it is; one key derivation for each that is tried.

        Raises:
            SecondOpenerWrongError: it is nobody else's passphrase.
        """
        header = self._place.header()
        for name in self.others():
            if second.name is None or same_name(name, second.name):
                with suppress(WrongPassphraseError):
                    unlock(header, Passphrase(second.passphrase, opener=name), kind=WorkspaceKind.RECORD)
                    return name
        raise SecondOpenerWrongError

    def add(self, name: str, passphrase: str, *, own_passphrase: str) -> Changes:
        """One more opener.

        Raises:
            WrongPassphraseError, OpenerExistsError, OpenerNameError, TooManyOpenersError, PassphraseTooWeakError.
        """
        check_new_passphrase(passphrase, about=(name, self._context.campaign.name))
        changed = self._unlocked(own_passphrase).with_opener(name, passphrase, cost=self._cost)
        return self._settle(changed, Act.OPENER_ADDED, name, older=OlderCopy.KEEP)

    def remove(self, name: str, *, own_passphrase: str) -> Changes:
        """One opener less; the older copy of the key file, which they could still open, is renewed as well.

        Raises:
            WrongPassphraseError, OpenerUnknownError, OwnOpenerError, LastOpenerError.
        """
        unlocked = self._unlocked(own_passphrase)
        changed = unlocked.without_opener(name)
        if same_name(name, self._context.opener):
            raise OwnOpenerError
        return self._settle(changed, Act.OPENER_REMOVED, name, older=OlderCopy.RENEW)

    def _unlocked(self, own_passphrase: str) -> UnlockedHeader:
        secret = Passphrase(own_passphrase, opener=self._context.opener or None)
        return unlock(self._place.header(), secret, kind=WorkspaceKind.RECORD)

    def _settle(self, changed: UnlockedHeader, act: Act, name: str, *, older: OlderCopy) -> Changes:
        with self._context.store.writing() as work:
            self._context.log(work, act, {"name": name})
            work.commit()
        # Logged first: an act that failed after its line is visible, one without a line would not be.
        self._place.write_header(changed.to_bytes(), older=older)
        return Changes(openers=True, log=True)
