"""Identifiers of a visit and of what belongs to it."""

from typing import NewType

VisitId = NewType("VisitId", str)  # 32 hex digits, random: two desks never make the same
ItemId = NewType("ItemId", str)  # "B3": aspect and number within it
AspectId = NewType("AspectId", str)  # "quality_control_capability"
MemberId = NewType("MemberId", str)  # the expert's code "E0001", or "P1" for a member without a desk
SiteId = NewType("SiteId", str)  # "S1"
EntryId = NewType("EntryId", str)  # of a record, finding, sample or dissent; unique within a visit
