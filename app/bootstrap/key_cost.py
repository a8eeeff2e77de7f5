"""What one guess of a passphrase shall cost on this computer."""

import os
from typing import Final

from app.crypto.derivation import DEFAULT_COST, LOWEST_COST, KdfCost

# Tests derive hundreds of keys. The lowest cost is still within the allowed range, and a header says which it has.
_VARIABLE: Final = "YOUPIN_TEST_KDF"


def chosen_cost() -> KdfCost:
    """The default, unless a test asks for the lowest cost that is allowed."""
    return LOWEST_COST if os.environ.get(_VARIABLE) == "lowest" else DEFAULT_COST
