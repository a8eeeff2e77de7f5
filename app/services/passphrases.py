"""How good a passphrase is, and the rule for every one that is chosen; the window asks here."""

from collections.abc import Sequence

from app.crypto.passphrase import judge_passphrase, require_good_passphrase


def strength_of(passphrase: str, *, about: Sequence[str] = ()) -> tuple[int, str]:
    """How hard *passphrase* is to guess, 0 to 4, and one sentence that says why and what would be better."""
    judged = judge_passphrase(passphrase, about=about)
    return judged.score, judged.explanation()


def check_new_passphrase(passphrase: str, *, about: Sequence[str] = ()) -> None:
    """Asked wherever a passphrase is chosen, before anything is made with it; never where one is only typed.

    Args:
        about: names that others would try first: the person's, the campaign's.

    Raises:
        PassphraseMissingError, PassphraseTooLongError, PassphraseTooWeakError.
    """
    require_good_passphrase(passphrase, about=about)
