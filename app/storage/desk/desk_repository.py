"""Profile, keys, the pinned root, campaigns, rubrics and settings of a desk."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.domain.ids import CampaignId, Sha256
from app.storage.desk.base import put, table_of
from app.storage.desk.desk_tables import CampaignRow, KeyRow, ProfileRow, RootRow, RubricRow, SettingRow
from app.storage.desk.records import CampaignRecord, KeyRecord, ProfileRecord

_PROFILE = table_of(ProfileRow)
_KEY = table_of(KeyRow)
_ROOT = table_of(RootRow)
_CAMPAIGN = table_of(CampaignRow)
_RUBRIC = table_of(RubricRow)
_SETTING = table_of(SettingRow)
_ONLY = 1


class DeskRepository:
    """What belongs to the desk as a whole."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def profile(self) -> ProfileRecord:
        """Who works here. A desk without a profile was never created."""
        row = self._session.execute(select(_PROFILE)).one()._asdict()
        del row["id"]
        row["relations"] = tuple(msgspec.json.decode(row["relations"], type=list[str]))
        return ProfileRecord(**row)

    def save_profile(self, profile: ProfileRecord) -> None:
        values: dict[str, Any] = asdict(profile)
        values["relations"] = msgspec.json.encode(profile.relations).decode()
        put(self._session, _PROFILE, id=_ONLY, **values)

    def keys(self) -> KeyRecord | None:
        """This device's keys, once it has asked for a certificate."""
        row = self._session.execute(select(_KEY)).one_or_none()
        if row is None:
            return None
        values = row._asdict()
        del values["id"]
        return KeyRecord(**values)

    def save_keys(self, keys: KeyRecord) -> None:
        put(self._session, _KEY, id=_ONLY, **asdict(keys))

    def root(self) -> bytes | None:
        """The pinned root certificate (DER)."""
        return self._session.execute(select(_ROOT.c.certificate)).scalar_one_or_none()

    def was_root_compared(self) -> bool:
        """Whether a person or a script compared the root's fingerprint."""
        return bool(self._session.execute(select(_ROOT.c.was_compared)).scalar_one_or_none())

    def pin_root(self, certificate: bytes, *, at: datetime, was_compared: bool) -> None:
        """Believe this root from now on."""
        put(self._session, _ROOT, id=_ONLY, certificate=certificate, pinned_at=at, was_compared=was_compared)

    def campaigns(self) -> tuple[CampaignRecord, ...]:
        """Every campaign, the newest first."""
        rows = self._session.execute(select(_CAMPAIGN).order_by(_CAMPAIGN.c.campaign.desc()))
        return tuple(_campaign(row) for row in rows)

    def campaign(self, campaign: CampaignId) -> CampaignRecord | None:
        """One campaign, if this desk knows it."""
        row = self._session.execute(select(_CAMPAIGN).where(_CAMPAIGN.c.campaign == campaign)).one_or_none()
        return _campaign(row) if row else None

    def save_campaign(self, campaign: CampaignRecord) -> None:
        put(self._session, _CAMPAIGN, **asdict(campaign))

    def rubric(self, sha256: Sha256) -> bytes | None:
        """The canonical bytes of a rubric."""
        return self._session.execute(select(_RUBRIC.c.data).where(_RUBRIC.c.sha256 == sha256)).scalar_one_or_none()

    def save_rubric(self, sha256: Sha256, data: bytes) -> None:
        put(self._session, _RUBRIC, sha256=sha256, data=data)

    def setting(self, name: str) -> str | None:
        """A preference or a remembered fact."""
        return self._session.execute(select(_SETTING.c.value).where(_SETTING.c.name == name)).scalar_one_or_none()

    def settings(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Every remembered fact whose name begins with *prefix*, by name."""
        found = select(_SETTING.c.name, _SETTING.c.value).where(_SETTING.c.name.startswith(prefix, autoescape=True))
        return tuple((row.name, row.value) for row in self._session.execute(found.order_by(_SETTING.c.name)))

    def save_setting(self, name: str, value: str) -> None:
        put(self._session, _SETTING, name=name, value=value)

    def remove_setting(self, name: str) -> None:
        self._session.execute(_SETTING.delete().where(_SETTING.c.name == name))


def _campaign(row: Row[Any]) -> CampaignRecord:
    return CampaignRecord(**row._asdict())
