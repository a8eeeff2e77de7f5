"""Identifier types, so that no signature takes a bare ``str`` and hopes."""

from typing import NewType

CampaignId = NewType("CampaignId", str)  # "2026", the year of the annual call (Art. 6)
ApplicationCode = NewType("ApplicationCode", str)  # "2026-0001": campaign, order of intake
ExpertCode = NewType("ExpertCode", str)  # "E0001"
DeviceCode = NewType("DeviceCode", str)  # "E0001-D1": the first computer bound to that expert
ReviewId = NewType("ReviewId", str)  # UUIDv7, minted by the record when it assigns
PackageId = NewType("PackageId", str)  # 32 hex digits, random
Sha256 = NewType("Sha256", str)  # 64 lower-case hex digits
IndicatorId = NewType("IndicatorId", str)  # "rd_platform"
DimensionId = NewType("DimensionId", str)  # "innovation"
