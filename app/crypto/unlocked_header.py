"""A key header whose master key is in hand for a moment: for opening, for signing, and for changing the slots.

An open vault does not keep the master key, only a key derived from it. Whoever signs, adds an opener or changes a
passphrase therefore types the passphrase again, and a desk left unattended can do none of it.
"""

import os
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from enum import Enum, auto
from typing import Self

from app.crypto.columns import ColumnCipher
from app.crypto.derivation import DEFAULT_COST, KEY_BYTES, LONGEST_PASSPHRASE, KdfCost, expand
from app.crypto.key_header import (
    MOST_OPENERS,
    KeyHeader,
    WorkspaceKind,
    header_identity,
    is_authentic,
    new_vault_id,
)
from app.crypto.key_slots import (
    DeviceSecret,
    EarlierKeySlot,
    OfficeSlot,
    PassphraseSlot,
    RecoverySlot,
    checked_name,
    same_name,
)
from app.crypto.recovery_code import OfficeHalf, RecoveryCode
from app.crypto.vault_errors import (
    HeaderDamagedError,
    LastOpenerError,
    OpenerExistsError,
    OpenerUnknownError,
    RecordNotBindableError,
    RecoveryCodeWrongError,
    ResetCodeWrongError,
    SecretDamagedError,
    TooManyOpenersError,
    WrongPassphraseError,
    WrongWorkspaceKindError,
)


class OpenedWith(Enum):
    """Which kind of slot gave the master key."""

    PASSPHRASE = auto()
    RECOVERY_CODE = auto()
    OFFICE = auto()


@dataclass(frozen=True, slots=True)
class Passphrase:
    """What was typed, by whom, and this computer's secret where a desk is bound to it.

    Without an opener's name every slot of a record is tried in turn, at the price of one derivation each.
    """

    typed: str = field(repr=False)
    _: KW_ONLY
    opener: str | None = None
    device: DeviceSecret | None = None


UnlockingSecret = Passphrase | RecoveryCode | OfficeHalf


@dataclass(frozen=True, slots=True)
class UnlockedHeader:
    """Drop it as soon as the one thing it was opened for is done. Every change gives a new value to write to disk."""

    header: KeyHeader
    opened_with: OpenedWith
    opener: str | None
    _master: bytes = field(repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a master key does not leave the process")

    def to_bytes(self) -> bytes:
        """The key file as it is now."""
        return self.header.to_bytes(self.working_key())

    def working_key(self) -> bytes:
        """The key everything but signing is derived from; what an open vault keeps."""
        return expand(self._master, "opened")

    def earlier_working_key(self) -> bytes | None:
        """The same of the earlier master key while one is being replaced."""
        earlier = self._earlier_master()
        return expand(earlier, "opened") if earlier else None

    def wrap_secret(self, secret: bytes, *, context: bytes) -> bytes:
        """*secret* (a signing key) so that only somebody who unlocks a slot again can use it."""
        return ColumnCipher(expand(self._master, "sign-wrap")).encrypt(secret, context=context)

    def unwrap_secret(self, wrapped: bytes, *, context: bytes) -> bytes:
        """The secret. Raises ``SecretDamagedError``."""
        earlier = self._earlier_master()
        try:
            return ColumnCipher(expand(self._master, "sign-wrap")).decrypt(wrapped, context=context)
        except SecretDamagedError:
            if earlier is None:
                raise
            return ColumnCipher(expand(earlier, "sign-wrap")).decrypt(wrapped, context=context)

    def with_passphrase(
        self, passphrase: str, *, cost: KdfCost = DEFAULT_COST, device: DeviceSecret | None = None
    ) -> Self:
        """The same vault under another passphrase of whoever unlocked it; *device* binds a desk to this computer.

        Rewraps 60 bytes and nothing else, so no stored value changes.
        """
        slot = self._slot(passphrase, name=self.opener or "", cost=cost, device=device)
        kept = self.header.passphrases
        slots = tuple(slot if old.name == slot.name else old for old in kept)
        return self._with(passphrases=slots)

    def with_opener(self, name: str, passphrase: str, *, cost: KdfCost = DEFAULT_COST) -> Self:
        """One more person who can open the record.

        Raises ``OpenerNameError``, ``OpenerExistsError``, ``TooManyOpenersError`` or ``WrongWorkspaceKindError``.
        """
        self._require_record()
        name = checked_name(name)
        if any(same_name(name, opener) for opener in self.header.openers):
            raise OpenerExistsError(name=name)
        if len(self.header.passphrases) == MOST_OPENERS:
            raise TooManyOpenersError(most=MOST_OPENERS)
        slot = self._slot(passphrase, name=name, cost=cost, device=None)
        return self._with(passphrases=(*self.header.passphrases, slot))

    def without_opener(self, name: str) -> Self:
        """One person less. Who kept a copy of the old key file can still open old copies of the record.

        Raises ``OpenerUnknownError``, ``LastOpenerError`` or ``WrongWorkspaceKindError``.
        """
        self._require_record()
        kept = tuple(slot for slot in self.header.passphrases if not same_name(slot.name, name))
        if len(kept) == len(self.header.passphrases):
            raise OpenerUnknownError(name=name)
        if not kept:
            raise LastOpenerError(name=name)
        return self._with(passphrases=kept)

    def with_new_recovery_code(self) -> tuple[Self, RecoveryCode]:
        """A fresh recovery code of a desk; the one on paper stops working."""
        self._require_desk()
        code = RecoveryCode.new()
        slot = RecoverySlot.make(self._master, self.header.identity, code=code)
        return self._with(recovery=slot), code

    @property
    def has_office_half_on_its_way(self) -> bool:
        """Whether a renewed half has been given out that the secretariat has not confirmed."""
        return len(self.header.offices) > 1

    def with_new_office_half(self) -> tuple[Self, OfficeHalf]:
        """A fresh office slot beside the confirmed one, and the half to seal for the secretariat.

        Both work until :meth:`with_office_half_confirmed`, because the package may never arrive. A half that is
        already on its way must be sent again instead.
        """
        self._require_desk()
        if self.has_office_half_on_its_way:
            raise RuntimeError("an office half is already on its way; send it again")
        office = OfficeHalf.new()
        slot = OfficeSlot.make(self._master, self.header.identity, office=office)
        return self._with(offices=(*self.header.offices, slot)), office

    def with_office_half_confirmed(self) -> Self:
        """Only the newest office slot left: the secretariat's receipt covers it."""
        self._require_desk()
        return self._with(offices=self.header.offices[-1:])

    def rotated(self, keep: Sequence[Passphrase]) -> "NewMaster":
        """A new master key for the same vault, openable by everyone in *keep*.

        Others' passphrases are not known and their slots fall away; paper and office half are replaced. The earlier
        master key stays inside until :meth:`with_rotation_finished`, so that a power cut between the key file and
        the database loses nothing. Raises ``WrongPassphraseError`` and the like if one of *keep* does not open.
        """
        if self.header.earlier or not keep:
            raise RuntimeError("one change of the master key at a time, and for at least one person")
        master, identity = os.urandom(KEY_BYTES), self.header.identity
        slots = []
        for secret in keep:
            old = _open_by_passphrase(self.header, secret)[0]
            slots.append(
                PassphraseSlot.make(
                    master,
                    identity,
                    name=old.name,
                    passphrase=secret.typed,
                    cost=old.cost,
                    device=secret.device if old.device else None,
                )
            )
        parts = _people_slots(self.header.kind, master, identity)
        earlier = EarlierKeySlot.make(self._master, identity, master=master)
        header = self.header.renewed(
            passphrases=tuple(slots), recovery=parts.recovery, offices=parts.offices, earlier=earlier
        )
        dropped = tuple(name for name in self.header.openers if name not in header.openers)
        unlocked = replace(self, header=header, opened_with=OpenedWith.PASSPHRASE, _master=master)
        return NewMaster(unlocked, dropped, parts.code, parts.office)

    def with_rotation_finished(self) -> Self:
        """Without the earlier master key: everything has moved to the new one."""
        return self._with(earlier=None)

    def _with(self, **changes: object) -> Self:
        return replace(self, header=self.header.renewed(**changes))

    def _slot(self, passphrase: str, *, name: str, cost: KdfCost, device: DeviceSecret | None) -> PassphraseSlot:
        if device and self.header.kind is WorkspaceKind.RECORD:
            raise RecordNotBindableError
        return PassphraseSlot.make(
            self._master, self.header.identity, name=name, passphrase=passphrase, cost=cost, device=device
        )

    def _earlier_master(self) -> bytes | None:
        if self.header.earlier is None:
            return None
        earlier = self.header.earlier.open(self.header.identity, master=self._master)
        if earlier is None:
            raise HeaderDamagedError
        return earlier

    def _require_record(self) -> None:
        if self.header.kind is not WorkspaceKind.RECORD:
            raise WrongWorkspaceKindError

    def _require_desk(self) -> None:
        if self.header.kind is not WorkspaceKind.DESK:
            raise WrongWorkspaceKindError


@dataclass(frozen=True, slots=True)
class NewMaster:
    """A new or replaced master key: whom it left out, and the secrets to hand out once (a desk's only)."""

    unlocked: UnlockedHeader
    dropped_openers: tuple[str, ...]
    recovery_code: RecoveryCode | None
    office_half_b: OfficeHalf | None


@dataclass(frozen=True, slots=True)
class _PeopleSlots:
    recovery: RecoverySlot | None = None
    offices: tuple[OfficeSlot, ...] = ()
    code: RecoveryCode | None = None
    office: OfficeHalf | None = None


def _people_slots(kind: WorkspaceKind, master: bytes, identity: bytes) -> _PeopleSlots:
    """A desk can be opened without its passphrase in two ways, a record only by its openers."""
    if kind is WorkspaceKind.RECORD:
        return _PeopleSlots()
    code, office = RecoveryCode.new(), OfficeHalf.new()
    return _PeopleSlots(
        recovery=RecoverySlot.make(master, identity, code=code),
        offices=(OfficeSlot.make(master, identity, office=office),),
        code=code,
        office=office,
    )


def create_header(kind: WorkspaceKind, secret: Passphrase, *, cost: KdfCost = DEFAULT_COST) -> NewMaster:
    """A new vault. A record's first opener has a name; a desk has none."""
    if (secret.opener is None) is (kind is WorkspaceKind.RECORD):
        raise ValueError("a record's openers have names, a desk has one owner")
    if secret.device and kind is WorkspaceKind.RECORD:
        raise RecordNotBindableError
    name = checked_name(secret.opener) if secret.opener is not None else ""
    master, vault_id = os.urandom(KEY_BYTES), new_vault_id()
    identity = header_identity(kind, vault_id)
    parts = _people_slots(kind, master, identity)
    slot = PassphraseSlot.make(master, identity, name=name, passphrase=secret.typed, cost=cost, device=secret.device)
    header = KeyHeader(
        kind=kind,
        vault_id=vault_id,
        generation=1,
        passphrases=(slot,),
        recovery=parts.recovery,
        offices=parts.offices,
        earlier=None,
    )
    unlocked = UnlockedHeader(header, OpenedWith.PASSPHRASE, name or None, master)
    return NewMaster(unlocked, (), parts.code, parts.office)


def unlock(data: bytes, secret: UnlockingSecret, *, kind: WorkspaceKind | None = None) -> UnlockedHeader:
    """Open the key file *data* with *secret*, optionally insisting on a *kind* of workspace.

    Raises ``HeaderDamagedError``, ``HeaderNewerError``, ``KeyCostOutOfRangeError``, ``WrongWorkspaceKindError``,
    ``WrongPassphraseError``, ``OpenerUnknownError``, ``RecoveryCodeWrongError``, ``ResetCodeWrongError``,
    ``DeviceSecretMissingError``, ``DeviceSecretChangedError`` or ``NotEnoughMemoryForKeyError``.
    """
    header = KeyHeader.read(data)
    if kind is not None and header.kind is not kind:
        raise WrongWorkspaceKindError
    unlocked = _unlock(header, secret)
    if not is_authentic(data, unlocked.working_key()):
        raise HeaderDamagedError
    return unlocked


def _unlock(header: KeyHeader, secret: UnlockingSecret) -> UnlockedHeader:
    if isinstance(secret, Passphrase):
        slot, master = _open_by_passphrase(header, secret)
        return UnlockedHeader(header, OpenedWith.PASSPHRASE, slot.name or None, master)
    if isinstance(secret, RecoveryCode):
        opened = header.recovery.open(header.identity, code=secret) if header.recovery else None
        if opened is None:
            raise RecoveryCodeWrongError
        return UnlockedHeader(header, OpenedWith.RECOVERY_CODE, None, opened)
    for office_slot in header.offices:
        opened = office_slot.open(header.identity, office=secret)
        if opened is not None:
            return UnlockedHeader(header, OpenedWith.OFFICE, None, opened)
    raise ResetCodeWrongError


def _open_by_passphrase(header: KeyHeader, secret: Passphrase) -> tuple[PassphraseSlot, bytes]:
    slots = header.passphrases
    if secret.opener is not None:
        slots = tuple(slot for slot in slots if slot.name and same_name(slot.name, secret.opener))
        if not slots:
            raise OpenerUnknownError(name=secret.opener)
    if 0 < len(secret.typed) <= LONGEST_PASSPHRASE:
        for slot in slots:
            master = slot.open(header.identity, passphrase=secret.typed, device=secret.device)
            if master is not None:
                return slot, master
    raise WrongPassphraseError
