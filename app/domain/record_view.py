"""What the secretariat's screens and commands show of a record as a whole."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.ids import CampaignId
from app.domain.rubric import Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """The campaign of a record; ``fingerprint`` is of its root, eight groups of five digits."""

    campaign: CampaignId
    name: str
    rubric: Rubric
    fingerprint: str
    created_at: datetime
    deadline_at: datetime | None
