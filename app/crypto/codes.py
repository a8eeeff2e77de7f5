"""Short codes that people compare by eye, read out or type. Digits only: they work over any telephone."""

import unicodedata
from typing import Final

from app.crypto import suite

GROUP: Final = 5
REQUEST_DIGITS: Final = 25  # 83 bits: nobody can make a second request with the same code
FINGERPRINT_DIGITS: Final = 40  # 132 bits
PACKAGE_DIGITS: Final = 20  # 66 bits: held packages are compared by telephone with a person whose laptop is gone
RECEIPT_DIGITS: Final = 8  # a one-in-a-hundred-million guess; it proves receipt, not authorship


def fingerprint(root_certificate: bytes) -> str:
    """Eight groups of five digits from the SHA-256 of the root certificate (DER)."""
    return _grouped(suite.digest(root_certificate), FINGERPRINT_DIGITS)


def request_code(request_sha256: str) -> str:
    """Five groups of five digits for a request, from the SHA-256 (hex) of its inner package."""
    return _grouped(bytes.fromhex(request_sha256), REQUEST_DIGITS)


def package_code(package_sha256: str) -> str:
    """Four groups of five digits for a package, from the SHA-256 (hex) of its inner bytes."""
    return _grouped(bytes.fromhex(package_sha256), PACKAGE_DIGITS)


def receipt_number(nonce: bytes, package_sha256: str, outcome: str) -> str:
    """Eight digits that only somebody who opened exactly this package can tell, and that depend on what became of it.

    *nonce* stands inside the sealed package; *package_sha256* (hex) is of its inner bytes.
    """
    message = bytes.fromhex(package_sha256) + outcome.encode("ascii")
    number = int.from_bytes(suite.keyed_digest(nonce, message)) % 10**RECEIPT_DIGITS
    return f"{number:0{RECEIPT_DIGITS}d}"


def is_same_code(shown: str, untrusted_typed: str) -> bool:
    """Whether *untrusted_typed* is the code *shown*, however it was spaced and whichever digits the keyboard gave."""
    typed = unicodedata.normalize("NFKC", untrusted_typed)
    return digits_of(typed) == digits_of(shown) and all(_is_filler(sign) or sign.isdecimal() for sign in typed)


def digits_of(code: str) -> str:
    """The digits of *code* alone, as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) for sign in code if sign.isdecimal())


def _is_filler(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Pd", "Po", "Pc", "Cf"}


def _grouped(digest: bytes, count: int) -> str:
    digits = f"{int.from_bytes(digest) % 10**count:0{count}d}"
    return " ".join(digits[start : start + GROUP] for start in range(0, count, GROUP))
