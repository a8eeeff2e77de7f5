"""Every defect of a signer has its own name, and not one bit of a signature file can change (trust tests 4 to 6)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from app.crypto import authority, certificates, signing, suite, verification
from app.crypto.certificates import CertifiedKey, Role
from app.crypto.defect import Defect, SignatureRefusedError
from tests.support import foreign_cms, pki
from tests.support.figures import show
from tests.support.pki import ISSUED_AT, READ_AT, World

CONTENT: Final = b"<manifest/>"


@pytest.fixture
def world() -> World:
    return pki.shared_world()


def defect(p7s: bytes, world: World, *, at: datetime = READ_AT) -> Defect:
    with pytest.raises(SignatureRefusedError) as caught:
        verification.verify_detached(p7s, CONTENT, world.trust, at=at)
    return caught.value.defect


def sign(signer: CertifiedKey) -> bytes:
    return signing.sign_detached(CONTENT, signer, signed_at=ISSUED_AT)


@dataclass(frozen=True)
class Twin:
    """A certificate of our issuing authority with one thing wrong."""

    world: World

    def issue(self, public_key: object, **change: object) -> bytes:
        parent = certificates.load(self.world.issuing.certificate)
        model = certificates.load(self.world.expert.signer.certificate)
        builder = (
            x509.CertificateBuilder()
            .subject_name(model.subject)
            .issuer_name(parent.subject)
            .public_key(public_key)  # type: ignore[arg-type]
            .serial_number(x509.random_serial_number())
            .not_valid_before(ISSUED_AT)
            .not_valid_after(ISSUED_AT + timedelta(days=100))
        )
        for extension in model.extensions:
            name = type(extension.value).__name__
            if name == "SubjectKeyIdentifier":
                continue
            value = change.get(name, extension.value)
            if value is not None:
                builder = builder.add_extension(value, critical=extension.critical)  # type: ignore[arg-type]
        key = suite.load_signing_key(self.world.issuing.key)
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def signer(self, **change: object) -> CertifiedKey:
        key = suite.generate_signing_key()
        return CertifiedKey(self.issue(suite.load_signing_key(key).public_key(), **change), key)


def without_non_repudiation() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def test_1_other_root(world: World) -> None:
    assert defect(sign(pki.new_world().expert.signer), world) is Defect.OTHER_ROOT


def test_2_self_signed(world: World) -> None:
    key = suite.generate_signing_key()
    assert defect(sign(CertifiedKey(authority.create_self_signed(key), key)), world) is Defect.SELF_SIGNED


def test_3_expired(world: World) -> None:
    assert defect(sign(world.expert.signer), world, at=ISSUED_AT + timedelta(days=397)) is Defect.EXPIRED


def test_4_not_yet_valid(world: World) -> None:
    tomorrow = pki.new_person(world.issuing, "E0004", at=READ_AT + timedelta(days=10))
    assert defect(sign(tomorrow.signer), world) is Defect.NOT_YET_VALID


def test_5_no_non_repudiation(world: World) -> None:
    assert defect(sign(Twin(world).signer(KeyUsage=without_non_repudiation())), world) is Defect.KEY_USAGE


def test_6_authority_as_signer(world: World) -> None:
    assert defect(sign(world.issuing), world) is Defect.AUTHORITY_AS_SIGNER
    assert defect(sign(world.root), world) is Defect.AUTHORITY_AS_SIGNER


def test_7_and_8_roles_are_told_apart_for_the_reader_of_the_kind(world: World) -> None:
    found = [
        verification.verify_detached(sign(signer), CONTENT, world.trust, at=READ_AT).role
        for signer in (world.expert.signer, world.dispatch)
    ]
    assert found == [Role.EXPERT, Role.DISPATCH]


def test_9_rsa_1024(world: World) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - it must be refused
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate = Twin(world).issue(key.public_key())
    p7s = foreign_cms.signature_file(CONTENT, [(certificate, pem)], signed_at=ISSUED_AT)
    assert defect(p7s, world) is Defect.KEY_ALGORITHM


def test_10_sha_1(world: World) -> None:
    pair = (world.expert.signer.certificate, world.expert.signer.key)
    p7s = foreign_cms.signature_file(CONTENT, [pair], signed_at=ISSUED_AT, digest="sha1")
    assert defect(p7s, world) is Defect.DIGEST_ALGORITHM


def test_11_two_signers(world: World) -> None:
    people = [(person.signer.certificate, person.signer.key) for person in (world.expert, world.other_expert)]
    assert defect(foreign_cms.signature_file(CONTENT, people, signed_at=ISSUED_AT), world) is Defect.TWO_SIGNERS


def test_12_no_signer(world: World) -> None:
    p7s = foreign_cms.signature_file(CONTENT, [], signed_at=ISSUED_AT, certificates=[world.expert.signer.certificate])
    assert defect(p7s, world) is Defect.NO_SIGNER


def test_13_certificate_swapped_for_another_with_the_same_key(world: World) -> None:
    signer = world.expert.signer
    second = authority.issue_expert_certificate(
        world.issuing, world.expert.request, expert="E0666", device="E0666-D1", at=ISSUED_AT
    )
    p7s = foreign_cms.signature_file(
        CONTENT, [(signer.certificate, signer.key)], signed_at=ISSUED_AT, certificates=[second]
    )
    assert defect(p7s, world) is Defect.CERTIFICATE_SWAPPED


def test_14_role_or_policy_missing(world: World) -> None:
    assert defect(sign(Twin(world).signer(ExtendedKeyUsage=None)), world) is Defect.ROLE_MISSING
    assert defect(sign(Twin(world).signer(CertificatePolicies=None)), world) is Defect.POLICY_MISSING


def test_every_defect_of_a_signer_has_a_name_of_its_own() -> None:
    named = [
        Defect.OTHER_ROOT, Defect.SELF_SIGNED, Defect.EXPIRED, Defect.NOT_YET_VALID, Defect.KEY_USAGE,
        Defect.AUTHORITY_AS_SIGNER, Defect.KEY_ALGORITHM, Defect.DIGEST_ALGORITHM, Defect.TWO_SIGNERS,
        Defect.NO_SIGNER, Defect.CERTIFICATE_SWAPPED, Defect.ROLE_MISSING, Defect.POLICY_MISSING,
    ]  # fmt: skip
    assert len({one.value for one in named}) == len(named)


def test_the_form_of_a_foreign_tool_with_spare_certificate_is_refused(world: World) -> None:
    pair = (world.expert.signer.certificate, world.expert.signer.key)
    spare = [pair[0], world.issuing.certificate]
    p7s = foreign_cms.signature_file(CONTENT, [pair], signed_at=ISSUED_AT, certificates=spare)
    assert defect(p7s, world) in {Defect.NOT_CANONICAL, Defect.CERTIFICATE_SWAPPED}


def test_other_content_is_told_from_a_false_signature(world: World) -> None:
    p7s = sign(world.expert.signer)
    with pytest.raises(SignatureRefusedError) as caught:
        verification.verify_detached(p7s, CONTENT + b" ", world.trust, at=READ_AT)
    assert caught.value.defect is Defect.CONTENT_CHANGED


def test_no_bit_of_a_signature_file_can_be_flipped(world: World) -> None:
    p7s = sign(world.expert.signer)
    places = range(len(p7s) * 8)
    accepted = 0
    for place in places:
        altered = bytearray(p7s)
        altered[place // 8] ^= 1 << place % 8
        try:
            verification.verify_detached(bytes(altered), CONTENT, world.trust, at=READ_AT)
            accepted += 1
        except SignatureRefusedError:
            pass
    show(f"signature file: {len(places)} bits flipped / {accepted} accepted")
    assert accepted == 0


def test_signature_file_cut_or_continued_is_refused(world: World) -> None:
    p7s = sign(world.expert.signer)
    for altered in (*(p7s[:length] for length in range(len(p7s))), p7s + b"\x00", p7s + p7s, b"\x00" * 70_000):
        with pytest.raises(SignatureRefusedError):
            verification.verify_detached(altered, CONTENT, world.trust, at=READ_AT)


def test_self_signed_signature_proves_possession_and_nothing_else(world: World) -> None:
    key = suite.generate_signing_key()
    own = CertifiedKey(authority.create_self_signed(key), key)
    assert verification.verify_self_signed(sign(own), CONTENT).role is Role.APPLICANT
    with pytest.raises(SignatureRefusedError) as caught:
        verification.verify_self_signed(sign(world.expert.signer), CONTENT)
    assert caught.value.defect is Defect.ROLE_MISSING
    other = CertifiedKey(own.certificate, suite.generate_signing_key())
    with pytest.raises(SignatureRefusedError) as caught:
        verification.verify_self_signed(sign(other), CONTENT)
    assert caught.value.defect is Defect.SIGNATURE_WRONG


def test_applicants_certificate_signed_by_another_key_is_refused() -> None:
    key, other = suite.generate_signing_key(), suite.generate_signing_key()
    genuine = certificates.load(authority.create_self_signed(key))
    builder = (
        x509.CertificateBuilder()
        .subject_name(genuine.subject)
        .issuer_name(genuine.issuer)
        .public_key(suite.load_signing_key(key).public_key())
        .serial_number(genuine.serial_number)
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
    )
    for extension in genuine.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    forged = builder.sign(suite.load_signing_key(other), hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    with pytest.raises(SignatureRefusedError) as caught:
        verification.verify_self_signed(sign(CertifiedKey(forged, key)), CONTENT)
    assert caught.value.defect is Defect.NOT_SELF_SIGNED
