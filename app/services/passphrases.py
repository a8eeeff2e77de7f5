"""How good a passphrase is, for the window, which does not speak to :mod:`app.crypto`."""

from collections.abc import Sequence

from app.crypto.passphrase import judge_passphrase


def strength_of(passphrase: str, *, about: Sequence[str] = ()) -> tuple[int, str]:
    """How hard *passphrase* is to guess, 0 to 4, and one sentence that says why and what would be better."""
    judged = judge_passphrase(passphrase, about=about)
    return judged.score, judged.explanation()
