"""A real record with enrolled experts and taken-in applications, and desks that need no window: keys and packages."""

import base64
import io
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.record import CreatedRecord, RecordWorkspace, create_record, open_record
from app.crypto import authority, certificates, sealing, suite
from app.crypto.certificates import CertifiedKey
from app.crypto.recovery_code import OfficeHalf
from app.crypto.sealing import SealIdentity
from app.domain.application import (
    Application,
    ApplicationState,
    BrandCategory,
    Document,
    FaceSheet,
    MediaType,
    Offering,
)
from app.domain.conflict import ConflictKind, Declaration, Declared
from app.domain.events import Event, EventKind
from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, PackageId, ReviewId, Sha256
from app.domain.review import Assessment, Opinion, Recommendation, ReviewKind, SealedReview
from app.domain.rubric import Rubric
from app.domain.scoring import Score
from app.packages import canonical, payloads
from app.packages.description import Addressee, Description, PackageKind, PartyRole, Sender
from app.packages.log_chain import head_of, join_lines
from app.packages.payloads import EnrolmentPayload, HandInPayload, dossier_digest
from app.packages.writer import PackageFile, write_package
from app.services.record_creation import Opener, RecoveryFile
from app.services.record_import import ImportedPackage
from app.services.record_openers import SecondOpener
from app.storage.record.applications import StoredApplication
from app.storage.record.digest import record_digest

PASSPHRASE = "示例 口令 四个 词语"
RECORD = "2026.record"
JSON = "application/json"
NOBODY, NOWHERE = ExpertCode(""), DeviceCode("")  # until the record has issued a certificate


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@dataclass
class FakeDesk:
    """An expert's keys, and the packages they make. Everything in it is real but the store."""

    world: "RecordWorld"
    key: bytes = field(default_factory=suite.generate_signing_key, repr=False)
    identity: SealIdentity = field(default_factory=sealing.create_identity)
    expert: ExpertCode = NOBODY
    device: DeviceCode = NOWHERE
    certificate: bytes = b""
    seq: int = 0
    previous: Sha256 | None = None
    office_half: OfficeHalf = field(default_factory=OfficeHalf.new)
    has_declared: bool = True  # whether its histories begin as they should

    def enrolment(self, name: str, *, employer: str = "", relations: tuple[str, ...] = ()) -> bytes:
        """The request, as it is sent."""
        signer = CertifiedKey(authority.create_self_signed(self.key), self.key)
        half = base64.b64encode(sealing.seal(self.office_half.value, self.world.recipients)).decode()
        payload = EnrolmentPayload(
            name=name,
            phone="13800000000",
            employer=employer,
            title="高级工程师",
            device_name="示例电脑",
            recipient=self.identity.recipient,
            office_half=half,
            relations=relations,
        )
        files = [
            PackageFile.from_bytes(payloads.ENROLMENT, JSON, data=canonical.encode(payload)),
            PackageFile.from_bytes(payloads.REQUEST, "application/pkcs10", data=authority.create_request(self.key)),
        ]
        return self._package(PackageKind.ENROLMENT, PartyRole.APPLICANT, files, signer=signer, seq=0)

    def sealed(
        self,
        review: ReviewId,
        *,
        percent: int = 60,
        revision: int = 1,
        base: Sha256 | None = None,
        text: str = "示例意见",
        **changes: Any,
    ) -> SealedReview:
        """A complete, consistent signed review."""
        world = self.world
        stored = world.review(review)
        application = world.record.applications.detail(stored)
        scores = tuple(Score(i.id, percent=percent) for i in world.rubric.indicators)
        opinion = Opinion(Recommendation.YES, text, "质量稳定", "尚无")
        assessment = Assessment(scores, opinion)
        sealed = SealedReview(
            review=review,
            application=stored,
            expert=self.expert,
            device=self.device,
            kind=ReviewKind.QUALIFICATION,
            revision=revision,
            base=base,
            rubric=world.rubric_sha256,
            assignment=PackageId("0" * 32),
            assignment_sha256=Sha256("0" * 64),
            dossier=dossier_digest(application.face, application.documents),
            assessment=assessment,
            reason="更正" if base else "",
            sealed_at=certificates.whole_seconds(world.clock.now),
            events_head=Sha256("0" * 64),
        )
        sealed = replace(sealed, **changes)
        return replace(sealed, events_head=Sha256(head_of(self.history(sealed)).head))

    def history(self, sealed: SealedReview) -> list[bytes]:
        """The shortest honest event chain: declared, then sealed."""
        digest = canonical.digest_of(sealed.assessment)
        declared = Event(1, certificates.whole_seconds(self.world.founded_at), EventKind.DECLARED, value="none")
        closed = Event(1 + self.has_declared, sealed.sealed_at, EventKind.SEALED, digest=digest)
        return [canonical.encode(event) for event in ([declared, closed] if self.has_declared else [closed])]

    def hand_in(
        self,
        *reviews: SealedReview,
        declarations: Sequence[tuple[ReviewId, Declaration]] | None = None,
        seq: int | None = None,
        extra: Sequence[PackageFile] = (),
        **more: Any,
    ) -> bytes:
        """A signed and sealed review package."""
        if declarations is None:
            declarations = [(one.review, self.declaration(one.application)) for one in reviews]
        payload = HandInPayload(
            expert=self.expert,
            device=self.device,
            declarations=tuple(declarations),
            reviews=tuple(one.review for one in reviews),
        )
        files = [PackageFile.from_bytes(payloads.HAND_IN, JSON, data=canonical.encode(payload)), *extra]
        for one in reviews:
            files += [
                PackageFile.from_bytes(
                    payloads.review_path(one.review), JSON, data=canonical.encode(one), application=one.application
                ),
                PackageFile.from_bytes(
                    payloads.events_path(one.review),
                    "application/x-ndjson",
                    data=join_lines(self.history(one)),
                    application=one.application,
                ),
            ]
        self.seq = self.seq + 1 if seq is None else seq
        signer = CertifiedKey(self.certificate, self.key)
        return self._package(PackageKind.REVIEW, PartyRole.EXPERT, files, signer=signer, seq=self.seq, **more)

    def declaration(
        self, application: ApplicationCode, declared: Declared = Declared.NONE, *, note: str = "", minutes: int = 0
    ) -> Declaration:
        """What the expert says about one application."""
        kind = ConflictKind.EMPLOYMENT if declared is Declared.CONFLICT else None
        at = certificates.whole_seconds(self.world.founded_at) + timedelta(minutes=minutes)
        return Declaration(application, declared, at, kind=kind, note=note)

    def _package(
        self,
        kind: PackageKind,
        role: PartyRole,
        files: list[PackageFile],
        *,
        signer: CertifiedKey,
        seq: int,
        **more: Any,
    ) -> bytes:
        world = self.world
        description = Description(
            kind=kind,
            package_id=secrets.token_hex(16),
            campaign_id=more.pop("campaign", "2026"),
            sender=Sender(role=role, cert_sha256=certificates.facts_of(signer.certificate).sha256),
            to=(Addressee(role=PartyRole.SECRETARIAT, recipient=world.recipients[0]),),
            seq=seq,
            prev_sha256=self.previous,
            issued_at=certificates.whole_seconds(world.clock.now),
            nonce=secrets.token_hex(16),
            **more,
        )
        target = io.BytesIO()
        written = write_package(target, description, files=files, signer=signer, recipients=world.recipients)
        if seq:
            self.previous = Sha256(written.inner_sha256)
        return target.getvalue()


@dataclass
class RecordWorld:
    """An open record and everybody around it."""

    folder: Path
    record: RecordWorkspace
    clock: FakeClock
    founded_at: datetime
    desks: list[FakeDesk] = field(default_factory=list)
    count: int = 0

    @property
    def recipients(self) -> tuple[str, str]:
        campaign = self.record._context.campaign
        return campaign.import_recipient, campaign.recovery_recipient

    @property
    def rubric(self) -> Rubric:
        return self.record._context.rubric

    @property
    def rubric_sha256(self) -> Sha256:
        return self.record._context.campaign.rubric_sha256

    def enrol(self, count: int = 1, **profile: Any) -> list[FakeDesk]:
        """Experts E0001, E0002, … with a computer each."""
        desks = [FakeDesk(self) for _ in range(count)]
        files = [
            self.file(desk.enrolment(f"示例专家{len(self.desks) + n}", **profile)) for n, desk in enumerate(desks, 1)
        ]
        second = SecondOpener(PASSPHRASE) if self.record.openers.others() else None
        report = self.record.enrolment.enrol(files, everything=True, second=second)
        for desk, line in zip(desks, report.enrolments, strict=True):
            assert line.expert is not None
            assert line.device is not None
            self.credit(desk, line.expert, line.device)
        self.desks += desks
        return desks

    def credit(self, desk: FakeDesk, expert: ExpertCode, device: DeviceCode) -> None:
        """Give *desk* the certificate that the record issued for it."""
        desk.expert, desk.device = expert, device
        with self.record._context.store.reading() as work:
            stored = work.roster.device(device)
            assert stored is not None
            certificate = work.authority.by_hash(stored.certificate_sha256)
            assert certificate is not None
            desk.certificate = certificate.der

    def apply(self, count: int = 1, *, size: int = 2_000) -> list[ApplicationCode]:
        """Applications with a document each, without the detour over a spreadsheet."""
        codes = []
        with self.record._context.store.writing() as work:
            first = work.applications.next_number(self.record.campaign.campaign)
            for number in range(first, first + count):
                code = ApplicationCode(f"2026-{number:04d}")
                data = secrets.token_bytes(size)
                document = Document(canonical.sha256(data), len(data), MediaType.PDF, f"申请书{number}.pdf", 1)
                face = FaceSheet(
                    code,
                    f"示例企业{number}有限公司",
                    f"91210000{number:010d}",
                    f"示例产品{number}",
                    BrandCategory.INDUSTRIAL,
                    Offering.PRODUCT,
                    "沈阳市市场监督管理局",
                )
                application = Application(face, ApplicationState.RECOMMENDED, documents=(document,))
                dossier = dossier_digest(face, application.documents)
                work.applications.add(
                    StoredApplication(
                        application=application,
                        campaign=self.record.campaign.campaign,
                        number=number,
                        key=f"key {number}",
                        dossier_sha256=dossier,
                        taken_at=self.clock.now,
                    )
                )
                work.files.make_key(code)
                work.files.put_document(code, [data], sha256=document.sha256)
                self.record._context.log(
                    work, _taken_in(), {"application": code, "dossier": dossier}, at=self.clock.now
                )
                codes.append(code)
            work.commit()
        return codes

    def assign(self, desk: FakeDesk, application: ApplicationCode) -> ReviewId:
        """One review, assigned and issued."""
        return self.record.assigning.assign([(desk.expert, application)]).assignments[0].review

    def review(self, review: ReviewId) -> ApplicationCode:
        """Which application a review is of."""
        with self.record._context.store.reading() as work:
            return work.reviews.by_id([review])[review].application

    def file(self, data: bytes, name: str | None = None) -> Path:
        """*data* as a file that arrived."""
        self.count += 1
        path = self.folder / "returned" / (name or f"{self.count:05d}.youpin")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    def take(self, *packages: bytes) -> list[str]:
        """Import packages in one go; the outcome of each."""
        report = self.record.importing.import_files([self.file(package) for package in packages])
        return [str(package.outcome) for package in report.packages]


def _taken_in() -> Any:
    from app.domain.record_log import Act

    return Act.TAKEN_IN


def found_world(folder: Path, *, location: str | None = None, recovery: bool = False) -> RecordWorld:
    """A new record in *folder*, or at the address *location*."""
    clock = FakeClock()
    made: CreatedRecord = create_record(
        location or folder / RECORD,
        "2026",
        name="示例评审",
        openers=(Opener("王示例", PASSPHRASE),),
        recovery=RecoveryFile(folder / "recovery.age", PASSPHRASE) if recovery else None,
        clock=clock,
    )
    return RecordWorld(folder, made.workspace, clock, clock.now)


def begin_world(folder: Path) -> RecordWorld:
    """The same with the keys and files of one record that this process has founded: a tenth of the time."""
    files, clock = _founded()
    for name, data in files.items():
        (folder / name).write_bytes(data)
        (folder / name).chmod(0o600)
    moved = FakeClock(clock.now)
    record = open_record(folder / RECORD, PASSPHRASE, clock=moved)
    return RecordWorld(folder, record, moved, clock.now)


@cache
def _founded() -> tuple[dict[str, bytes], FakeClock]:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("YOUPIN_TEST_KDF", "lowest")
        made = found_world(Path(name))
        made.record.close()
        return {path.name: path.read_bytes() for path in Path(name).iterdir() if path.is_file()}, made.clock


Panel = tuple[FakeDesk, FakeDesk, ReviewId, ReviewId]  # two experts, and the review of each of one application


def digest_of(world: RecordWorld) -> Sha256:
    """Everything in the record but the tray."""
    return record_digest(world.record._context.store)


def sha256_of(sealed: SealedReview) -> Sha256:
    """What a later revision names as its base."""
    return canonical.digest_of(sealed)


def import_one(world: RecordWorld, package: bytes) -> ImportedPackage:
    """Import one package by itself."""
    (one,) = world.record.importing.import_files([world.file(package)]).packages
    return one


def log_length(world: RecordWorld) -> int:
    """Number of the last line."""
    return world.record.log.entries(limit=1)[0].number
