"""What every use case of a record shares: the open store, who acts, the clock, the campaign and its rules."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.clock import Clock, system_clock
from app.crypto.certificates import CertifiedKey
from app.crypto.sealing import SealIdentity, identity_from
from app.crypto.trust import Trust
from app.domain.record_log import Act, Facts, LoggedAct
from app.domain.rubric import Rubric
from app.packages import canonical
from app.progress import NoProgress
from app.storage.record.authority import CertificateRole, ListIssuer, Secret, StoredCampaign
from app.storage.record.log import LogHead
from app.storage.record.unit_of_work import RecordStore, RecordWork

SILENT: Final = NoProgress()  # for callers who neither watch nor cancel


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretariatKeys:
    """The keys of the secretariat's daily work, and whom it believes. Fetched for one use case, then forgotten."""

    issuing: CertifiedKey = field(repr=False)
    dispatch: CertifiedKey = field(repr=False)
    identity: SealIdentity = field(repr=False)
    trust: Trust = field(repr=False)
    root_crl: int
    issuing_crl: int


@dataclass(frozen=True, slots=True)
class RecordContext:
    """Shared by the services of one open record; safe in any thread."""

    store: RecordStore
    opener: str
    campaign: StoredCampaign
    rubric: Rubric
    clock: Clock = system_clock

    @classmethod
    def of(cls, store: RecordStore, opener: str, *, clock: Clock = system_clock) -> "RecordContext":
        """The context of a record that was just opened."""
        with store.reading() as work:
            campaign = work.authority.campaign()
        return cls(store, opener, campaign, canonical.decode(campaign.rubric, Rubric), clock)

    def log(self, work: RecordWork, act: Act, facts: Facts, *, at: datetime | None = None) -> LogHead:
        """Chain one act to the log, within the unit of work that performs it."""
        line = canonical.encode(LoggedAct(at or self.clock(), self.opener, act, dict(facts)))
        return work.log.add(line)


def load_keys(work: RecordWork, *, root_crl: int | None = None, issuing_crl: int | None = None) -> SecretariatKeys:
    """The keys with the newest revocation lists, or with those of an earlier time."""
    authority = work.authority
    root = authority.certificate(CertificateRole.ROOT)
    issuing = authority.certificate(CertificateRole.ISSUING)
    dispatch = authority.certificate(CertificateRole.DISPATCH)
    root_list = authority.revocation_list(ListIssuer.ROOT, root_crl)
    issuing_list = authority.revocation_list(ListIssuer.ISSUING, issuing_crl)
    return SecretariatKeys(
        issuing=CertifiedKey(issuing.der, authority.secret(Secret.ISSUING_KEY)),
        dispatch=CertifiedKey(dispatch.der, authority.secret(Secret.DISPATCH_KEY)),
        identity=identity_from(authority.secret(Secret.IMPORT_IDENTITY).decode("ascii")),
        trust=Trust(root.der, (issuing.der,), (root_list.der, issuing_list.der)),
        root_crl=root_list.number,
        issuing_crl=issuing_list.number,
    )
