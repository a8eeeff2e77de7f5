"""The campaign, the secretariat's keys, and every certificate and revocation list it ever issued."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.domain.ids import CampaignId, Sha256
from app.storage.record.form_tables import ExaminationFormRow, PrintingRow
from app.storage.record.tables import CampaignRow, CertificateRow, RevocationListRow, SecretRow


class Secret(StrEnum):
    """Private keys the secretariat works with every day."""

    ISSUING_KEY = "issuing_key"
    DISPATCH_KEY = "dispatch_key"
    IMPORT_IDENTITY = "import_identity"


class CertificateRole(StrEnum):
    """Whose certificate."""

    ROOT = "root"
    ISSUING = "issuing"
    DISPATCH = "dispatch"
    EXPERT = "expert"


class ListIssuer(StrEnum):
    """Whose revocation list."""

    ROOT = "root"
    ISSUING = "issuing"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCampaign:
    """One yearly call; ``rubric`` is its canonical JSON."""

    campaign: CampaignId
    name: str
    rubric: bytes = field(repr=False)
    rubric_sha256: Sha256
    import_recipient: str
    recovery_recipient: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StoredForm:
    """The examination form of a campaign; ``content`` is its canonical JSON."""

    content: bytes = field(repr=False)
    sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCertificate:
    """A certificate (DER) and what it was issued for."""

    sha256: Sha256
    role: CertificateRole
    serial: int
    der: bytes = field(repr=False)
    not_after_at: datetime
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class StoredList:
    """A revocation list (DER)."""

    issuer: ListIssuer
    number: int
    der: bytes = field(repr=False)
    issued_at: datetime


class AuthorityRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def campaign(self) -> StoredCampaign:
        """The campaign of this record."""
        row = self._session.execute(select(CampaignRow)).scalar_one()
        return StoredCampaign(
            campaign=CampaignId(row.campaign),
            name=row.name,
            rubric=row.rubric,
            rubric_sha256=Sha256(row.rubric_sha256),
            import_recipient=row.import_recipient,
            recovery_recipient=row.recovery_recipient,
            created_at=row.created_at,
        )

    def add_campaign(self, campaign: StoredCampaign) -> None:
        self._session.add(
            CampaignRow(
                campaign=campaign.campaign,
                name=campaign.name,
                rubric=campaign.rubric,
                rubric_sha256=campaign.rubric_sha256,
                import_recipient=campaign.import_recipient,
                recovery_recipient=campaign.recovery_recipient,
                created_at=campaign.created_at,
            )
        )
        self._session.flush()

    def examination(self) -> StoredForm | None:
        """The examination form; ``None`` in a record founded before there was one, until one is assigned."""
        row = self._session.execute(select(ExaminationFormRow)).scalar_one_or_none()
        return StoredForm(row.content, Sha256(row.sha256)) if row else None

    def add_examination(self, campaign: CampaignId, form: StoredForm) -> None:
        self._session.execute(
            insert(ExaminationFormRow).values(campaign=campaign, content=form.content, sha256=form.sha256)
        )

    def printing_since(self) -> datetime | None:
        """Since when pages of dossiers may be printed; ``None`` as long as they may not."""
        return self._session.execute(select(PrintingRow.allowed_at)).scalar_one_or_none()

    def allow_printing(self, campaign: CampaignId, *, at: datetime) -> None:
        self._session.execute(insert(PrintingRow).values(campaign=campaign, allowed_at=at))

    def forbid_printing(self) -> None:
        self._session.execute(delete(PrintingRow))

    def secret(self, name: Secret) -> bytes:
        return self._session.execute(select(SecretRow.value).where(SecretRow.name == name)).scalar_one()

    def add_secret(self, name: Secret, value: bytes) -> None:
        self._session.execute(insert(SecretRow).values(name=str(name), value=value))

    def add_certificate(self, certificate: StoredCertificate) -> None:
        self._session.execute(
            insert(CertificateRow).values(
                sha256=certificate.sha256,
                role=str(certificate.role),
                serial=str(certificate.serial),
                der=certificate.der,
                not_after_at=certificate.not_after_at,
                issued_at=certificate.issued_at,
            )
        )

    def certificates(self, role: CertificateRole) -> tuple[StoredCertificate, ...]:
        """All of *role*, oldest first."""
        rows = self._session.execute(
            select(CertificateRow)
            .where(CertificateRow.role == str(role))
            .order_by(CertificateRow.issued_at, CertificateRow.sha256)
        ).scalars()
        return tuple(_certificate(row) for row in rows)

    def certificate(self, role: CertificateRole) -> StoredCertificate:
        """The newest of *role*."""
        return self.certificates(role)[-1]

    def by_hash(self, sha256: Sha256) -> StoredCertificate | None:
        row = self._session.get(CertificateRow, sha256)
        return _certificate(row) if row else None

    def add_list(self, crl: StoredList) -> None:
        self._session.execute(
            insert(RevocationListRow).values(
                issuer=str(crl.issuer), number=crl.number, der=crl.der, issued_at=crl.issued_at
            )
        )

    def revocation_list(self, issuer: ListIssuer, number: int | None = None) -> StoredList:
        """List *number* of *issuer*, or the newest."""
        if number is None:
            number = self.newest_number(issuer)
        row = self._session.get_one(RevocationListRow, (str(issuer), number))
        return StoredList(ListIssuer(row.issuer), row.number, row.der, row.issued_at)

    def newest_number(self, issuer: ListIssuer) -> int:
        """The number of the newest list of *issuer*."""
        return self._session.execute(
            select(func.max(RevocationListRow.number)).where(RevocationListRow.issuer == str(issuer))
        ).scalar_one()


def _certificate(row: CertificateRow) -> StoredCertificate:
    return StoredCertificate(
        sha256=Sha256(row.sha256),
        role=CertificateRole(row.role),
        serial=int(row.serial),
        der=row.der,
        not_after_at=row.not_after_at,
        issued_at=row.issued_at,
    )
