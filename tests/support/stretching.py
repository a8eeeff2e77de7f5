"""A passphrase with the same salt and cost leads to the same key, so that tests need not wait for it twice."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from app.crypto import key_slots
from app.crypto.derivation import KdfCost, stretch


@dataclass
class Stretching:
    """Stands where the program stretches a passphrase: the real work the first time, the same key afterwards."""

    known: dict[tuple[str, bytes, KdfCost], bytes] = field(default_factory=dict, repr=False)
    new: dict[tuple[str, bytes, KdfCost], bytes] = field(default_factory=dict, repr=False)
    _stretch: Callable[..., bytes] = field(default=stretch, repr=False)

    def __call__(self, passphrase: str, *, salt: bytes, cost: KdfCost) -> bytes:
        wanted = (passphrase, salt, cost)
        if wanted not in self.known:
            self.known[wanted] = self.new[wanted] = self._stretch(passphrase, salt=salt, cost=cost)
        return self.known[wanted]

    def stand_in(self, patch: pytest.MonkeyPatch) -> None:
        """Be what the program calls."""
        patch.setattr(key_slots, "stretch", self)

    def told(self) -> bytes:
        """What was new, for :meth:`learn` of another process."""
        lines = [
            [passphrase, salt.hex(), [cost.memory_kib, cost.passes, cost.lanes], key.hex()]
            for (passphrase, salt, cost), key in self.new.items()
        ]
        return json.dumps(lines).encode()

    def learn(self, told: bytes) -> None:
        """What a process had to do that has ended; nothing if it was killed."""
        for passphrase, salt, (memory, passes, lanes), key in json.loads(told) if told else ():
            cost = KdfCost(memory_kib=memory, passes=passes, lanes=lanes)
            self.known[passphrase, bytes.fromhex(salt), cost] = bytes.fromhex(key)
