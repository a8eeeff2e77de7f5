"""How good a passphrase is, in words. Nothing here keeps, trims or changes what was typed.

The estimate is zxcvbn's (Wheeler, USENIX Security 2016): how many guesses somebody needs who tries likely ones
first. With the cost of :mod:`app.crypto.derivation` a thief with good computers makes about a thousand a second.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.crypto.derivation import LONGEST_PASSPHRASE
from app.errors import UserFacingError
from app.i18n import N_, _

ENOUGH: Final = 3  # of 0…4: at least 10⁸ guesses
ENOUGH_WORDS: Final = 4
_JUDGED: Final = 72  # characters; more cannot be worse, and the estimate takes time that grows with the square
_SHORTEST_WORD: Final = 3  # letters of an alphabet; two signs of Chinese
_COMMON_HERE: Final = (
    *("liaoning", "youpin", "shenyang", "dalian", "zhongguo", "zhiliang", "pinpai", "zhuanjia", "pingshen"),
    *("mima", "kouling", "woaini", "admin", "password", "辽宁", "优品", "密码", "口令", "专家", "评审", "中国", "质量"),
)

_VERDICTS: Final = (
    N_("Very weak: guessed at once."),
    N_("Weak: a thief with good computers guesses it within minutes."),
    N_("Not strong enough: a thief with good computers guesses it within a day or two."),
    N_("Good: a thief with good computers would need weeks or months."),
    N_("Strong: a thief with good computers would need years."),
)
_SHORT: Final = N_("It is too short.")
_KNOWN_WORD: Final = N_("A single word, even with changed letters, is easy to guess.")
_MATCHES: Final = {
    "spatial": N_("Neighbouring keys are easy to guess."),
    "repeat": N_("Repeated characters are easy to guess."),
    "sequence": N_("Sequences such as abc or 6543 are easy to guess."),
    "regex": N_("Dates and years are easy to guess."),
    "date": N_("Dates and years are easy to guess."),
}
_DICTIONARIES: Final = {
    "passwords": N_("It contains something that many people use as a password."),
    "user_inputs": N_("It contains a name or a word that others expect from you."),
}
_ADVICE: Final = N_("Four or more words that do not belong together make a good passphrase.")
_OUTER_SPACE: Final = N_("It begins or ends with a space, and the space counts.")
_FULL_WIDTH: Final = N_("It contains full-width characters; the input method must be set the same way each time.")


class PassphraseTooWeakError(UserFacingError):
    """Below strength 3 and of fewer than four words."""

    code = "passphrase_too_weak"
    message = N_("This passphrase is too easy to guess. {explanation} Choose another one.")


class PassphraseTooLongError(UserFacingError):
    """Nobody types that; something was pasted by mistake."""

    code = "passphrase_too_long"
    message = N_("A passphrase has at most {longest} characters.")


class PassphraseMissingError(UserFacingError):
    """Nothing was typed."""

    code = "passphrase_missing"
    message = N_("A passphrase is needed. Type one.")


@dataclass(frozen=True, slots=True)
class PassphraseStrength:
    """``score`` 0…4, whether it may be used, and message ids that say why; in words by :meth:`explanation`."""

    score: int
    is_enough: bool
    reasons: tuple[str, ...]

    def explanation(self) -> str:
        """A few plain sentences: the verdict, what is weak, what would help."""
        told = [_(sentence) for sentence in (_VERDICTS[self.score], *self.reasons)]
        return "".join(sentence if sentence.endswith("。") else f"{sentence} " for sentence in told).rstrip()


def judge_passphrase(passphrase: str, *, about: Sequence[str] = ()) -> PassphraseStrength:
    """How hard *passphrase* is to guess for somebody who knows *about* (the person's name, the campaign).

    Takes some milliseconds; a passphrase of any length may be given while it is typed.
    """
    notes = _notes(passphrase)
    if not passphrase:
        return PassphraseStrength(0, is_enough=False, reasons=(_SHORT, _ADVICE))
    from zxcvbn import zxcvbn

    known = [word for phrase in (*about, *_COMMON_HERE) for word in {phrase, *phrase.split()} if word]
    result = zxcvbn(unicodedata.normalize("NFC", passphrase)[:_JUDGED], known, max_length=_JUDGED)
    score = int(result["score"])
    if score >= ENOUGH or words_in(passphrase) >= ENOUGH_WORDS:
        return PassphraseStrength(max(score, ENOUGH), is_enough=True, reasons=notes)
    return PassphraseStrength(score, is_enough=False, reasons=(_weakness(result["sequence"]), _ADVICE, *notes))


def require_good_passphrase(passphrase: str, *, about: Sequence[str] = ()) -> None:
    """The minimum rule: strength 3, or four words.

    Raises ``PassphraseMissingError``, ``PassphraseTooLongError`` or ``PassphraseTooWeakError``.
    """
    if not passphrase:
        raise PassphraseMissingError
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise PassphraseTooLongError(longest=LONGEST_PASSPHRASE)
    strength = judge_passphrase(passphrase, about=about)
    if not strength.is_enough:
        raise PassphraseTooWeakError(explanation=strength.explanation())


def words_in(passphrase: str) -> int:
    """How many different words, set apart by spaces, that are more than a letter repeated."""
    words = {word for word in unicodedata.normalize("NFKC", passphrase).casefold().split() if len(set(word)) > 1}
    return sum(len(word) >= _SHORTEST_WORD or not word.isascii() for word in words)


def _weakness(sequence: Sequence[dict[str, Any]]) -> str:
    """What the longest guessable part is; an even longer part that must be tried through is merely too short."""
    longest = max(sequence, key=lambda match: len(match["token"]))
    if longest["pattern"] == "dictionary":
        return _DICTIONARIES.get(longest["dictionary_name"], _KNOWN_WORD)
    return _MATCHES.get(longest["pattern"], _SHORT)


def _notes(passphrase: str) -> tuple[str, ...]:
    notes = []
    if passphrase != passphrase.strip():
        notes.append(_OUTER_SPACE)
    if any(unicodedata.east_asian_width(symbol) == "F" for symbol in passphrase):
        notes.append(_FULL_WIDTH)
    return tuple(notes)
