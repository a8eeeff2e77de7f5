"""Codes of digits as people type them: with blanks, hyphens or full-width digits."""

import unicodedata


def digits_of(text: str) -> str:
    """The decimal digits of *text* as ASCII, in order."""
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())


def is_same_code(code: str, typed: str) -> bool:
    """Whether *typed* is *code*, however it is grouped. A code of another alphabet is compared by its letters."""
    return bool(code) and digits_of(code) == digits_of(typed)
