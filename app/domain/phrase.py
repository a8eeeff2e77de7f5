"""A sentence an expert uses often: plain text with a short name, put in where it is wanted and then like any typing."""

from dataclasses import dataclass
from typing import Final

from app.errors import UserFacingError
from app.i18n import N_

LONGEST_NAME: Final = 40  # characters; what a menu can show
LONGEST_TEXT: Final = 2_000


class PhraseInvalidError(UserFacingError):
    """Without a name it cannot be chosen, without a text it would put in nothing."""

    code = "phrase_invalid"
    message = N_("A phrase needs a name of at most {name} characters and a text of at most {text} characters.")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase. The name is one line; *number* is 0 as long as it is not kept.

    Raises:
        PhraseInvalidError: name or text is empty or too long.
    """

    number: int
    name: str
    text: str

    def __post_init__(self) -> None:
        is_name = 0 < len(self.name) <= LONGEST_NAME and self.name.isprintable() and self.name == self.name.strip()
        if not is_name or not self.text.strip() or len(self.text) > LONGEST_TEXT:
            raise PhraseInvalidError(name=LONGEST_NAME, text=LONGEST_TEXT)


def name_for(text: str) -> str:
    """The beginning of *text*, as a name for it."""
    line = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return line[: LONGEST_NAME // 2].strip()
