"""The unified social credit code of legal persons and other organisations, GB 32100-2015.

18 characters: department, kind of entity, six digits of the area of registration, the nine characters of the
organisation code with its own check character (GB 11714), and the check character of the whole.
"""

from dataclasses import dataclass
from typing import Final, Self

from app.domain.typed_text import tidy_code
from app.errors import UserFacingError
from app.i18n import N_, _

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z: they look like digits
_VALUES: Final = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_LENGTH: Final = 18
_LIAONING: Final = "21"
# What a hand or a scanner puts in place of a character; each is looked up alone.
_LOOKALIKES: Final = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}


class UsccInvalidError(UserFacingError):
    """Not a code that can exist. ``hint`` is a suggestion for a person, never used by the program."""

    code = "uscc_invalid"
    message = N_("“{text}” is not a unified social credit code: {what}. Compare it with the business licence.")

    def __init__(self, *, text: str, what: str, hint: str | None = None) -> None:
        super().__init__(text=text, what=what)
        self.hint = hint

    def sentence(self) -> str:
        """With the suggestion, where there is exactly one."""
        told = super().sentence()
        if not self.hint:
            return told
        hint = _("Perhaps {hint} is meant.").format(hint=self.hint)
        return f"{told} {hint}"


@dataclass(frozen=True, slots=True)
class Uscc:
    """A code whose two check characters are right.

    Raises:
        UsccInvalidError: wrong length, a character that does not occur, or a check character that does not fit.
    """

    text: str

    def __post_init__(self) -> None:
        problem = _problem(self.text)
        if problem:
            raise UsccInvalidError(text=self.text, what=_(problem), hint=suggestion(self.text))

    @classmethod
    def read(cls, typed: str) -> Self:
        """The code that was typed, once width and blanks are put right (GB 32100 itself knows capitals only)."""
        return cls(tidy_code(typed))

    @property
    def entity(self) -> str:
        """Department and kind: “91” enterprise, “92” sole trader, “93” farmers' co-operative, “51” association."""
        return self.text[:2]

    @property
    def area(self) -> str:
        """GB/T 2260 code of the first registration; it is lifelong and proves nothing about today's seat."""
        return self.text[2:8]

    @property
    def is_of_liaoning(self) -> bool:
        """Whether the first registration was in the province. Only a hint: Art. 7 is proved by the licence."""
        return self.area.startswith(_LIAONING)


def check_character(first_seventeen: str) -> str:
    """The 18th character. The second “mod 31” matters when the remainder is 0."""
    total = sum(_VALUES[c] * weight for c, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def organisation_check_character(first_eight: str) -> str:
    """The 9th character of an organisation code (GB 11714): 10 is written X, 11 is written 0."""
    total = sum(int(c, 36) * weight for c, weight in zip(first_eight, _ORGANISATION_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


def _problem(text: str) -> str:
    if len(text) != _LENGTH:
        return N_("it does not have 18 characters")
    if any(character not in _VALUES for character in text):
        return N_("it has characters that never occur in one (I, O, S, V, Z)")
    if not text[2:8].isdecimal():
        return N_("its 3rd to 8th characters are not digits")
    if text[17] != check_character(text[:17]):
        return N_("its last character does not fit the others")
    if text[16] != organisation_check_character(text[8:16]):
        return N_("its 17th character does not fit the organisation code")
    return ""


def suggestion(text: str) -> str | None:
    """The one valid code that differs by lookalike characters or by two neighbours changing places.

    ``None`` where there is none or more than one. A code is never “corrected” by recomputing its check character:
    that would make any typing error look right.
    """
    if len(text) != _LENGTH:
        return None
    plain = "".join(_LOOKALIKES.get(c, c) for c in text)
    swapped = [text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(_LENGTH - 1)]
    found = {candidate for candidate in (plain, *swapped) if candidate != text and not _problem(candidate)}
    return found.pop() if len(found) == 1 else None
