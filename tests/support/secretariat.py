"""The other side of a desk, small: answers enrolments, hands out assignments, reads what comes back.

It keeps no record and decides nothing; the tests tell it what to send.
"""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.crypto import authority, certificates, codes, sealing, suite
from app.crypto.recovery_code import OfficeHalf
from app.domain.application import BrandCategory, Document, FaceSheet, MediaType, Offering
from app.domain.ids import ApplicationCode, CampaignId, DeviceCode, ExpertCode, PackageId, ReviewId, Sha256
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind
from app.domain.rubric import Rubric
from app.intake.examination_file import default_examination
from app.intake.rubric_file import default_rubric
from app.packages import canonical, payloads, trust_files
from app.packages.description import Addressee, LogState, PackageKind, Part, PartyRole
from app.packages.fork_payloads import FORKS, ForksPayload, ReviewFork, fork_path
from app.packages.payloads import (
    AssignedReview,
    AssignmentPayload,
    CampaignNotice,
    CredentialPayload,
    EnrolmentPayload,
    InvitationPayload,
    PartPayload,
    PrintingLeave,
    Recall,
    ReceiptPayload,
    ReviewReceipt,
    document_path,
    dossier_digest,
)
from app.packages.reader import ReadingContext, VerifiedPackage, read_small
from app.packages.writer import PackageFile
from tests.support import pki
from tests.support.pki import World

JSON = "application/json"
_CAMPAIGN = CampaignId("2026")
_FILES = (b"%PDF-1.7 one", b"%PDF-1.7 two")
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
DEADLINE = datetime(2026, 12, 4, 16, 0, tzinfo=UTC)


class FakeClock:
    """A clock the test moves."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@cache
def rubric() -> Rubric:
    """The rules every test judges by."""
    return default_rubric()


@cache
def examination_form() -> bytes:
    """The form every test examines by, as a package carries it."""
    return canonical.encode(default_examination())


def face(application: str, **changes: Any) -> FaceSheet:
    """A fictional applicant."""
    values: dict[str, Any] = {
        "application": ApplicationCode(application),
        "operator": f"示例{application[-2:]}有限公司",
        "uscc": "91210000MA0000000X",
        "offering_name": "示例产品",
        "category": BrandCategory.INDUSTRIAL,
        "offering": Offering.PRODUCT,
        "recommender": "示例市市场监管局",
        **changes,
    }
    return FaceSheet(**values)


def document(data: bytes, name: str = "申请书.pdf", media: MediaType = MediaType.PDF) -> tuple[Document, bytes]:
    """A document and its bytes."""
    return Document(canonical.sha256(data), len(data), media, name, 1), data


@dataclass(frozen=True, slots=True)
class Dossier:
    """One assigned application as the tests describe it."""

    review: ReviewId
    face: FaceSheet
    files: tuple[tuple[Document, bytes], ...]
    kind: ReviewKind = ReviewKind.QUALIFICATION

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(document for document, _data in self.files)

    def assigned(self) -> AssignedReview:
        return AssignedReview(
            self.review,
            self.kind,
            self.face,
            self.documents,
            dossier_digest(self.face, self.documents),
        )


def dossier(application: str, *, files: Sequence[bytes] = _FILES, **changes: Any) -> Dossier:
    """A dossier of small files; its review id is always the same for the same code."""
    return Dossier(
        ReviewId(f"01930000-0000-7000-8000-0000000{application[-4:]:0>5}"),
        face(application, **changes),
        tuple(document(application.encode() + data, f"{n:02d} 材料.pdf") for n, data in enumerate(files, start=1)),
    )


@dataclass
class Secretariat:
    """One campaign of one world of keys."""

    world: World = field(default_factory=pki.shared_world)
    campaign: CampaignId = _CAMPAIGN
    seq: int = 0
    log_index: int = 0
    allows_printing: bool = False
    enrolments: list[EnrolmentPayload] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        return codes.fingerprint(self.world.root.certificate)

    @property
    def notice(self) -> CampaignNotice:
        return CampaignNotice(self.campaign, f"{self.campaign} 示例年度")

    def invitation(self, folder: Path) -> Path:
        payload = InvitationPayload(self.notice, self.world.importing.recipient, self.world.recovery.recipient)
        files = (
            PackageFile.from_bytes(payloads.INVITATION, JSON, data=canonical.encode(payload)),
            *trust_files.write_trust_files(self.world.trust, self.world.dispatch.certificate),
        )
        described = pki.describe(PackageKind.INVITATION, self.world.dispatch.certificate, campaign_id=self.campaign)
        data, _written = pki.packed(described, files, self.world.dispatch)
        return _write(folder, data)

    def enrol(self, file: Path, *, expert: str = "E0001", device: str = "E0001-D1", at: datetime = NOW) -> "Reader":
        """Give the request in *file* its certificate."""
        context = ReadingContext(
            at=at,
            kinds=frozenset({PackageKind.ENROLMENT}),
            identities=(self.world.importing,),
            trust=self.world.trust,
        )
        package = read_small(file.read_bytes(), context)
        payload = canonical.decode(package.content(payloads.ENROLMENT), EnrolmentPayload)
        self.enrolments.append(payload)
        certificate = authority.issue_expert_certificate(
            self.world.issuing, package.content(payloads.REQUEST), expert=expert, device=device, at=at
        )
        credential = CredentialPayload(
            ExpertCode(expert),
            DeviceCode(device),
            payload.name,
            payload.recipient,
            Sha256(suite.digest_hex(certificate)),
            Sha256(package.inner_sha256),
        )
        return Reader(credential, certificate)

    def office_half(self) -> OfficeHalf:
        """Half B of the last enrolment, as the secretariat would release it."""
        sealed = base64.b64decode(self.enrolments[-1].office_half)
        return OfficeHalf(sealing.unseal(sealed, (self.world.importing,)))

    def assignment(
        self,
        folder: Path,
        reader: "Reader",
        dossiers: Sequence[Dossier],
        *,
        recalls: Sequence[Recall] = (),
        receipts: Sequence[ReceiptPayload] = (),
        parts: int = 1,
        rules: Rubric | None = None,
        form: bytes | None = b"default",
        **more: Any,
    ) -> list[Path]:
        """Hand out *dossiers*; the documents of dossier n lie in part n modulo *parts*.

        Examinations need *form*: the default one, other bytes in its place, or none at all.
        """
        form = examination_form() if form == b"default" else form
        assignment = PackageId(secrets.token_hex(16))
        written = []
        for number in range(1, parts + 1):
            mine = [one for place, one in enumerate(dossiers) if place % parts == number - 1]
            files = self._documents(mine)
            part = PartPayload(assignment, number, parts, tuple(_listed(mine)))
            files.append(PackageFile.from_bytes(payloads.PART, JSON, data=canonical.encode(part)))
            if number == 1:
                payload = AssignmentPayload(
                    assignment,
                    parts,
                    self.notice,
                    reader.credential,
                    DEADLINE,
                    self.world.importing.recipient,
                    self.world.recovery.recipient,
                    canonical.digest_of(rules or rubric()),
                    tuple(one.assigned() for one in dossiers),
                    tuple(recalls),
                    tuple(receipts),
                )
                if any(one.kind is ReviewKind.EXAMINATION for one in dossiers):
                    named = canonical.sha256(examination_form()) if form is not None else None
                    payload = replace(payload, examination_sha256=named)
                    if form is not None:
                        files.append(PackageFile.from_bytes(payloads.EXAMINATION, JSON, data=form))
                if self.allows_printing:
                    leave = PrintingLeave(self.campaign, NOW)
                    files.append(PackageFile.from_bytes(payloads.PRINTING, JSON, data=canonical.encode(leave)))
                files += [
                    PackageFile.from_bytes(payloads.ASSIGNMENT, JSON, data=canonical.encode(payload)),
                    PackageFile.from_bytes(payloads.RUBRIC, JSON, data=canonical.encode(rules or rubric())),
                    *self._credential_files(reader),
                ]
            written.append(self._send(folder, PackageKind.ASSIGNMENT, reader, files, part=(number, parts), **more))
        return written

    def credential(self, folder: Path, reader: "Reader") -> Path:
        return self._send(folder, PackageKind.CREDENTIAL, reader, self._credential_files(reader))

    def receipt(self, folder: Path, reader: "Reader", *receipts: ReceiptPayload) -> Path:
        data = canonical.encode(receipts[0] if len(receipts) == 1 else receipts)
        return self._send(
            folder, PackageKind.RECEIPT, reader, [PackageFile.from_bytes(payloads.RECEIPT, JSON, data=data)]
        )

    def fork(
        self, folder: Path, reader: "Reader", review: ReviewId, *, counts: bytes, waiting: Sequence[bytes] = (),
        broken: bytes | None = None,
    ) -> Path:  # fmt: skip
        """Tell a desk that *review* came in several versions; *broken* travels in the place of each of them."""
        self.log_index += 1
        contents = {canonical.sha256(data): data for data in (counts, *waiting)}
        told = ReviewFork(review, canonical.sha256(counts), tuple(canonical.sha256(data) for data in waiting))
        files = [
            PackageFile.from_bytes(payloads.RECEIPT, JSON, data=canonical.encode(())),
            PackageFile.from_bytes(FORKS, JSON, data=canonical.encode(ForksPayload(self.log_index, (told,)))),
            *(
                PackageFile.from_bytes(fork_path(review, content), JSON, data=broken or data)
                for content, data in contents.items()
            ),
        ]
        return self._send(folder, PackageKind.RECEIPT, reader, files)

    def read(self, file: Path, *, at: datetime = NOW) -> VerifiedPackage:
        """A review package as the record reads it."""
        context = ReadingContext(
            at=at, kinds=frozenset({PackageKind.REVIEW}), identities=(self.world.importing,), trust=self.world.trust
        )
        return read_small(file.read_bytes(), context)

    def receipt_for(
        self, package: VerifiedPackage, outcome: Outcome, *, reviews: Sequence[ReviewReceipt] = ()
    ) -> ReceiptPayload:
        self.log_index += 1
        return ReceiptPayload(
            PackageId(package.description.package_id),
            Sha256(package.inner_sha256),
            outcome,
            NOW,
            self.number_for(package, outcome),
            tuple(reviews),
            self.log_index,
            Sha256("ab" * 32),
        )

    def number_for(self, package: VerifiedPackage, outcome: Outcome) -> str:
        """What the clerk reads out."""
        return codes.receipt_number(bytes.fromhex(package.description.nonce), package.inner_sha256, outcome)

    def _documents(self, dossiers: Sequence[Dossier]) -> list[PackageFile]:
        return [
            PackageFile.from_bytes(
                document_path(one.face.application, number),
                document.media,
                data=data,
                display_name=document.name,
                application=one.face.application,
            )
            for one in dossiers
            for number, (document, data) in enumerate(one.files, start=1)
        ]

    def _credential_files(self, reader: "Reader") -> list[PackageFile]:
        pem = certificates.to_pem(reader.certificate).encode()
        return [
            PackageFile.from_bytes(payloads.CREDENTIAL, JSON, data=canonical.encode(reader.credential)),
            PackageFile.from_bytes(payloads.CERTIFICATE, "application/x-pem-file", data=pem),
        ]

    def _send(
        self,
        folder: Path,
        kind: PackageKind,
        reader: "Reader",
        files: Sequence[PackageFile],
        *,
        part: tuple[int, int] = (1, 1),
        **more: Any,
    ) -> Path:
        self.seq += 1
        to = Addressee(
            role=PartyRole.EXPERT,
            recipient=reader.credential.recipient,
            expert_id=reader.credential.expert,
            cert_sha256=reader.credential.certificate_sha256,
        )
        described = pki.describe(
            kind,
            self.world.dispatch.certificate,
            (to,),
            campaign_id=self.campaign,
            part=Part(number=part[0], of=part[1]),
            **{"seq": self.seq, "log": LogState(index=self.seq, head="cd" * 32), **more},
        )
        trust = trust_files.write_trust_files(self.world.trust, self.world.dispatch.certificate)
        data, _written = pki.packed(described, (*files, *trust), self.world.dispatch, (reader.credential.recipient,))
        return _write(folder, data)


@dataclass(frozen=True, slots=True)
class Reader:
    """An enrolled device as the secretariat knows it."""

    credential: CredentialPayload
    certificate: bytes


def _listed(dossiers: Sequence[Dossier]) -> list[tuple[ApplicationCode, int, Sha256]]:
    return [
        (one.face.application, number, document.sha256)
        for one in dossiers
        for number, document in enumerate(one.documents, start=1)
    ]


def _write(folder: Path, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    target = folder / f"{secrets.token_hex(4)}.youpin"
    target.write_bytes(data)
    return target
