"""Whether a campaign allows pages of its dossiers to be printed, as the newest package of the secretariat says."""

from typing import Final

from app.domain.ids import CampaignId
from app.storage.desk.store import UnitOfWork

_NAME: Final = "printing.{campaign}"
_YES: Final = "yes"
_NO: Final = "no"


def keep_leave(work: UnitOfWork, campaign: CampaignId, *, seq: int, is_allowed: bool) -> None:
    """Remember what package *seq* says; an earlier one that arrives later changes nothing."""
    if seq >= _known(work, campaign)[0]:
        work.desk.save_setting(_NAME.format(campaign=campaign), f"{seq} {_YES if is_allowed else _NO}")


def has_leave(work: UnitOfWork, campaign: CampaignId) -> bool:
    """Whether pages may be printed; not, as long as nobody said so."""
    return _known(work, campaign)[1]


def _known(work: UnitOfWork, campaign: CampaignId) -> tuple[int, bool]:
    seq, _blank, said = (work.desk.setting(_NAME.format(campaign=campaign)) or f"0 {_NO}").partition(" ")
    return int(seq), said == _YES
