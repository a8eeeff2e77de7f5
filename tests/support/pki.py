"""A whole generated world of keys: two authorities, a dispatch desk, experts, and packages they could have sent.

Everything is made from chance; only the moments are fixed, so that nothing expires while the tests run.
"""

import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from app.crypto import authority, certificates, revocation, sealing, suite
from app.crypto.certificates import CertifiedKey
from app.crypto.revocation import Revocation
from app.crypto.sealing import SealIdentity
from app.crypto.trust import Trust
from app.packages import trust_files
from app.packages.description import Addressee, Description, PackageKind, PartyRole, Sender
from app.packages.reader import ReadingContext
from app.packages.writer import PackageFile, WrittenPackage, write_package

ISSUED_AT: Final = datetime(2026, 11, 2, 8, 0, 0, tzinfo=UTC)
READ_AT: Final = ISSUED_AT + timedelta(days=30)
_PARTY: Final = {
    PackageKind.REVIEW: PartyRole.EXPERT,
    PackageKind.EXCHANGE: PartyRole.EXPERT,
    PackageKind.ENROLMENT: PartyRole.APPLICANT,
}


@dataclass(frozen=True, slots=True)
class Person:
    """An expert at one computer: signing key with certificate, and sealing identity."""

    signer: CertifiedKey
    identity: SealIdentity
    request: bytes


@dataclass(frozen=True, slots=True)
class World:
    """Everything two sides need to exchange packages."""

    root: CertifiedKey
    issuing: CertifiedKey
    dispatch: CertifiedKey
    importing: SealIdentity
    recovery: SealIdentity
    expert: Person
    other_expert: Person
    revocations: tuple[Revocation, ...] = ()
    crl_number: int = 1
    root_list: bytes = field(repr=False, default=b"")

    @property
    def issuing_list(self) -> bytes:
        """The issuing authority's list as it stands, of the day after everything began."""
        return issuing_list(self.issuing, self.revocations, self.crl_number)

    @property
    def trust(self) -> Trust:
        """The trust of somebody who has the newest lists."""
        return Trust(self.root.certificate, (self.issuing.certificate,), (self.root_list, self.issuing_list))

    def revoking(self, certificate: bytes, *, at: datetime) -> "World":
        """The same world after *certificate* was revoked."""
        entry = Revocation(certificates.facts_of(certificate).serial, at)
        return replace(self, revocations=(*self.revocations, entry), crl_number=self.crl_number + 1)

    def at_record(self, *, at: datetime = READ_AT) -> ReadingContext:
        """What the record knows when it reads what comes back."""
        return ReadingContext(
            at=at,
            kinds=frozenset({PackageKind.REVIEW, PackageKind.ENROLMENT}),
            identities=(self.importing,),
            trust=self.trust,
        )

    def at_desk(self, *, at: datetime = READ_AT) -> ReadingContext:
        """What the expert's desk knows when it reads what was sent to it."""
        kinds = PackageKind.INVITATION, PackageKind.ASSIGNMENT, PackageKind.RECEIPT, PackageKind.CREDENTIAL
        return ReadingContext(
            at=at,
            kinds=frozenset({*kinds, PackageKind.EXCHANGE}),
            identities=(self.expert.identity,),
            trust=self.trust,
            own_certificate_sha256=suite.digest_hex(self.expert.signer.certificate),
        )


@lru_cache(maxsize=4096)
def issuing_list(issuing: CertifiedKey, revocations: tuple[Revocation, ...], number: int) -> bytes:
    """One list for the same facts, so that equal worlds have equal trust."""
    at = max([ISSUED_AT, *(entry.revoked_at for entry in revocations)])
    return revocation.issue_revocation_list(
        issuing, revocations, number=number, at=at, next_update_at=ISSUED_AT + timedelta(days=300)
    )


def new_person(issuing: CertifiedKey, code: str, *, at: datetime = ISSUED_AT) -> Person:
    """An expert who has asked for a certificate and got it."""
    key = suite.generate_signing_key()
    request = authority.create_request(key)
    certificate = authority.issue_expert_certificate(issuing, request, expert=code, device=f"{code}-D1", at=at)
    return Person(CertifiedKey(certificate, key), sealing.create_identity(), request)


def new_world(*, at: datetime = ISSUED_AT) -> World:
    """A world of its own: nothing in it is known in any other."""
    root = authority.create_root("示例根证书", at=at)
    issuing = authority.create_issuing(root, "示例签发机构", at=at)
    return World(
        root=root,
        issuing=issuing,
        dispatch=authority.create_dispatch(issuing, "示例秘书处", at=at),
        importing=sealing.create_identity(),
        recovery=sealing.create_identity(),
        expert=new_person(issuing, "E0001", at=at),
        other_expert=new_person(issuing, "E0002", at=at),
        root_list=revocation.issue_root_list(root, issuing.certificate, number=1, at=at),
    )


@lru_cache(maxsize=1)
def shared_world() -> World:
    """One world for all tests that only read it."""
    return new_world()


def describe(kind: PackageKind, signer: bytes, to: Sequence[Addressee] = (), **more: object) -> Description:
    """A description of *kind* from the owner of the certificate *signer*."""
    values: dict[str, object] = {
        "kind": kind,
        "package_id": secrets.token_hex(16),
        "campaign_id": "2026",
        "sender": Sender(role=_PARTY.get(kind, PartyRole.SECRETARIAT), cert_sha256=suite.digest_hex(signer)),
        "to": tuple(to),
        "issued_at": ISSUED_AT,
        "nonce": secrets.token_hex(16),
        "seq": 1,
        **more,
    }
    return Description(**values)  # type: ignore[arg-type]


def packed(
    description: Description, files: Sequence[PackageFile], signer: CertifiedKey, recipients: Sequence[str] = ()
) -> tuple[bytes, WrittenPackage]:
    """The bytes of a package and what the writer says of it."""
    target = io.BytesIO()
    written = write_package(target, description, files=files, signer=signer, recipients=recipients)
    return target.getvalue(), written


REVIEW_FILES: Final = (
    PackageFile.from_bytes("hand-in.json", "application/json", data=b'{"expert":"E0001"}', display_name="交卷"),
    PackageFile.from_bytes("reviews/r1/events.jsonl", "application/x-ndjson", data=b'{"n":1}\n{"n":2}\n'),
    PackageFile.from_bytes("reviews/r1/review.json", "application/json", data=b'{"percent":75}' * 20),
)


def review_package(
    world: World,
    *,
    files: Sequence[PackageFile] = REVIEW_FILES,
    signer: CertifiedKey | None = None,
    **more: object,
) -> tuple[bytes, WrittenPackage]:
    """What the first expert hands in, sealed for the record and its recovery identity."""
    by = signer or world.expert.signer
    to = Addressee(
        role=PartyRole.SECRETARIAT,
        recipient=world.importing.recipient,
        cert_sha256=suite.digest_hex(world.dispatch.certificate),
    )
    described = describe(PackageKind.REVIEW, by.certificate, (to,), **more)
    return packed(described, files, by, (world.importing.recipient, world.recovery.recipient))


def assignment_package(
    world: World,
    *,
    to: Person | None = None,
    signer: CertifiedKey | None = None,
    files: Sequence[PackageFile] = (),
    **more: object,
) -> tuple[bytes, WrittenPackage]:
    """What the record sends to one expert, with the trust files that go along."""
    reader, by = to or world.expert, signer or world.dispatch
    addressee = Addressee(
        role=PartyRole.EXPERT,
        recipient=reader.identity.recipient,
        expert_id=certificates.facts_of(reader.signer.certificate).name,
        cert_sha256=suite.digest_hex(reader.signer.certificate),
    )
    described = describe(PackageKind.ASSIGNMENT, by.certificate, (addressee,), **more)
    trust = trust_files.write_trust_files(world.trust, world.dispatch.certificate)
    own = PackageFile.from_bytes("assignment.json", "application/json", data=b"{}")
    return packed(described, (own, *trust, *files), by, (reader.identity.recipient,))


def invitation_package(world: World, **more: object) -> tuple[bytes, WrittenPackage]:
    """What the secretariat sends to everybody; open, signed."""
    described = describe(PackageKind.INVITATION, world.dispatch.certificate, (), **more)
    own = PackageFile.from_bytes("invitation.json", "application/json", data=b"{}")
    trust = trust_files.write_trust_files(world.trust, world.dispatch.certificate)
    return packed(described, (own, *trust), world.dispatch)


def enrolment_package(world: World, **more: object) -> tuple[bytes, WrittenPackage]:
    """A request for a certificate, signed by nothing but its own key."""
    key = suite.generate_signing_key()
    signer = CertifiedKey(authority.create_self_signed(key), key)
    to = Addressee(role=PartyRole.SECRETARIAT, recipient=world.importing.recipient)
    described = describe(PackageKind.ENROLMENT, signer.certificate, (to,), **more)
    request = PackageFile.from_bytes("request.csr", "application/pkcs10", data=authority.create_request(key))
    return packed(described, (request,), signer, (world.importing.recipient, world.recovery.recipient))
