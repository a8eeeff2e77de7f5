"""Default names for package files: a clerk can tell three hundred apart, nobody else learns a name from them."""

import re
from typing import Final

from app.domain.ids import CampaignId, ExpertCode, PackageId

EXTENSION: Final = ".youpin"
_UNSAFE: Final = re.compile(r"[^0-9A-Za-z-]+")


def package_file_name(
    campaign: CampaignId, package_id: PackageId, *, roster_number: int, part: int = 1, parts: int = 1
) -> str:
    """Such as ``R26-017-1of3-9f3c.youpin``: campaign, place in the roster, part, four random characters.

    A package in one part has no part in its name. The random characters are the first of the package's number, so
    that a second issue to the same person does not overwrite the first.
    """
    middle = f"-{part}of{parts}" if parts > 1 else ""
    return f"R{_short(campaign)}-{roster_number:03d}{middle}-{package_id[:4]}{EXTENSION}"


def exchange_file_name(expert: ExpertCode, package_id: PackageId, *, part: int = 1, parts: int = 1) -> str:
    """Such as ``E0001-team-9f3c.youpin``: whose notes these are, for a stick on which everybody's lie."""
    middle = f"-{part}of{parts}" if parts > 1 else ""
    return f"{_UNSAFE.sub('', expert)}-team{middle}-{package_id[:4]}{EXTENSION}"


def neutral_file_name(package_id: PackageId) -> str:
    """Such as ``9f3c21aa.youpin``, for what comes from an expert: says nothing at all."""
    return f"{package_id[:8]}{EXTENSION}"


def _short(campaign: CampaignId) -> str:
    safe = _UNSAFE.sub("", campaign)
    return safe[2:] if re.fullmatch(r"20[0-9]{2}", safe) else safe
