"""Numbers that prove something elsewhere: trademarks, standards, telephones.

Each ``read_…`` returns the one normal form or raises; what it changes is only width, case, blanks and kinds of dashes.
"""

import re
from typing import Final

from app.domain.typed_text import tidy_code, tidy_spaced_code
from app.errors import UserFacingError
from app.i18n import N_


class TrademarkInvalidError(UserFacingError):
    """Not a registration number."""

    code = "trademark_invalid"
    message = N_(
        "“{text}” is not a trademark number: 1 to 8 digits with at most one letter behind, or G and digits. "
        "Copy it from the certificate of registration."
    )


class StandardInvalidError(UserFacingError):
    """Not a standard number of a kind we know."""

    code = "standard_invalid"
    message = N_(
        "“{text}” is not a standard number. Write it like GB/T 19001-2016, NY/T 1234-2020, DB21/T 1234-2023, "
        "T/ABC 001-2024 or Q/XYZ 001-2024."
    )


class StandardYearMissingError(StandardInvalidError):
    """Without its year nobody can tell which edition was carried out."""

    code = "standard_year_missing"
    message = N_("“{text}” has no year of four digits. Write the edition that is carried out, like GB/T 19001-2016.")


class PhoneInvalidError(UserFacingError):
    """Not a telephone number of mainland China."""

    code = "phone_invalid"
    message = N_("“{text}” is not a telephone number. Write 11 digits, or the area code and the number.")


_LONGEST: Final = 60  # characters; longer than any of these numbers, and short for the patterns below
_TRADEMARK: Final = re.compile(r"(?P<international>G?)0*(?P<number>[1-9][0-9]{0,7}[A-Z]?)")
_WORDED_TRADEMARK: Final = re.compile(r"第(.+)号")


def read_trademark(typed: str) -> str:
    """“12345678”, “12345678A” (part of a divided registration) or “G1234567” (international), without leading zeros.

    Raises:
        TrademarkInvalidError: none of these forms.
    """
    text = tidy_code(typed[:_LONGEST])
    worded = _WORDED_TRADEMARK.fullmatch(text)
    match = _TRADEMARK.fullmatch(worded[1] if worded else text)
    if not match or len(typed) > _LONGEST:
        raise TrademarkInvalidError(text=typed[:_LONGEST])
    return match["international"] + match["number"]


_NUMBER: Final = r"(?P<number>[0-9]+(?:\.[0-9]+)*)"
_YEAR: Final = r"-(?P<year>(?:19|20)[0-9]{2})"
_STANDARDS: Final = tuple(
    re.compile(prefix + " ?" + number + _YEAR)
    for prefix, number in (
        (r"(?P<prefix>GB(?:/[TZ])?)", _NUMBER),  # national
        (r"(?P<prefix>DB[0-9]{2}(?:[0-9]{2})?(?:/T)?)", _NUMBER),  # province or city
        (r"(?P<prefix>DBS[0-9]{2}/)", _NUMBER),  # food safety of a province
        (r"(?P<prefix>T/[A-Z0-9]{0,11}[A-Z])", _NUMBER),  # association
        (r"(?P<prefix>(?!GB|DB)[A-Z]{2}(?:/[TZ])?)", _NUMBER),  # industry
        # Enterprises choose their codes freely; food safety standards end in S.
        (r"(?P<prefix>Q/[A-Z0-9]{0,15}[A-Z](?: [A-Z]{1,4})?)", r"(?P<number>[0-9]+(?:[.-][0-9]+)* ?[A-Z]?)"),
    )
)
_NO_YEAR: Final = re.compile(r"(?:GB|DB|T/|Q/|[A-Z]{2})[A-Z0-9/. ]*[0-9]+[A-Z]?(?:-[0-9]{0,3})?")


def read_standard(typed: str) -> str:
    """The normal form of a standard number: “GB/T 19001-2016”, “Q/XYZ 0001S-2024”.

    Raises:
        StandardYearMissingError: everything is there but the year.
        StandardInvalidError: not a form we know.
    """
    text = re.sub(r" ?([-/]) ?", r"\1", re.sub(r"-+", "-", tidy_spaced_code(typed[:_LONGEST])))
    if len(typed) <= _LONGEST:
        for pattern in _STANDARDS:
            match = pattern.fullmatch(text)
            if match:
                return f"{match['prefix']} {match['number'].replace(' ', '')}-{match['year']}"
        if _NO_YEAR.fullmatch(text):
            raise StandardYearMissingError(text=typed)
    raise StandardInvalidError(text=typed[:_LONGEST])


_MOBILE: Final = re.compile(r"(?:\+?86)?-?(1[3-9][0-9]{9})")
_LANDLINE: Final = re.compile(
    r"(?:\+?86-?)?\(?(010|02[0-9]|0[3-9][0-9]{2})\)?-?([2-9][0-9]{6,7})(?:(?:-|转|X)([0-9]{1,6}))?"
)
_SERVICE_LINE: Final = re.compile(r"([48]00)-?([0-9]{3})-?([0-9]{4})")


def read_phone(typed: str) -> str:
    """“13900000000”, “024-12345678”, “024-12345678-801” or “400-123-4567”.

    Raises:
        PhoneInvalidError: none of these forms.
    """
    text = tidy_code(typed[:_LONGEST])
    mobile = _MOBILE.fullmatch(text.replace("-", "") if text.count("-") <= 3 else text)
    if mobile:
        return mobile[1]
    for pattern in (_SERVICE_LINE, _LANDLINE):
        match = pattern.fullmatch(text)
        if match:
            return "-".join(part for part in match.groups() if part)
    raise PhoneInvalidError(text=typed[:_LONGEST])


_DIVIDERS: Final = re.compile(r"[、,，;；\n\r|]+")


def divided(typed: str) -> tuple[str, ...]:
    """The several numbers that one cell may hold, divided by commas, semicolons or line ends; never by blanks."""
    return tuple(part.strip() for part in _DIVIDERS.split(typed) if part.strip())
