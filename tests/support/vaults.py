"""Ready vaults at the lowest allowed cost, made once for a whole run: every key derivation is a tenth of a second."""

from functools import cache

from app.crypto.derivation import LOWEST_COST
from app.crypto.unlocked_header import UnlockedHeader
from app.crypto.vault import CreatedVault, Vault, WorkspaceKind

DESK_PASSPHRASE = "示例 口令 café"
OPENERS = {"示例甲": "first made-up passphrase", "示例乙": "second made-up passphrase"}


@cache
def desk_vault() -> CreatedVault:
    """A desk nobody changes: headers are values."""
    return Vault.create(kind=WorkspaceKind.DESK, passphrase=DESK_PASSPHRASE, cost=LOWEST_COST)


@cache
def record_vault() -> UnlockedHeader:
    """A record with both openers, unlocked by the first."""
    (first, passphrase), (second, other) = OPENERS.items()
    created = Vault.create(kind=WorkspaceKind.RECORD, passphrase=passphrase, opener=first, cost=LOWEST_COST)
    return created.unlocked.with_opener(second, other, cost=LOWEST_COST)
