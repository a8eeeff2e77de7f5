"""Our own last step and pyHanko's whole path agree, on what is good and on every way to be bad."""

import itertools
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from app.crypto import authority, certificates, chain, revocation, suite
from app.crypto.defect import Defect, SignatureRefusedError
from app.crypto.revocation import Revocation
from app.crypto.trust import Trust
from tests.support import full_validation, pki
from tests.support.figures import show
from tests.support.pki import ISSUED_AT, READ_AT, World

DAY = timedelta(days=1)


def ours(certificate: bytes, trust: Trust, at: datetime) -> bool:
    try:
        return chain.check_chain(certificate, trust, at=at).revoked_at is None
    except SignatureRefusedError:
        return False


def trusts(world: World) -> list[Trust]:
    """Lists in all states: fresh, short, missing, of strangers, revoking the signer, revoking the authority."""
    root, issuing = world.root.certificate, world.issuing.certificate
    serial = certificates.facts_of(world.expert.signer.certificate).serial
    above = certificates.facts_of(issuing).serial

    def of_issuing(*entries: Revocation, at: datetime = ISSUED_AT, days: int = 700) -> bytes:
        until = at + timedelta(days=days)
        return revocation.issue_revocation_list(world.issuing, entries, number=3, at=at, next_update_at=until)

    revoked_root_list = revocation.issue_revocation_list(
        world.root, [Revocation(above, READ_AT)], number=2, at=READ_AT, next_update_at=READ_AT + 700 * DAY
    )
    stranger = pki.new_world()
    lists: list[tuple[bytes, ...]] = [
        (world.root_list, of_issuing()),
        (world.root_list, of_issuing(days=20)),
        (world.root_list, of_issuing(Revocation(serial, READ_AT), at=READ_AT)),
        (world.root_list, of_issuing(), of_issuing(Revocation(serial, READ_AT), at=READ_AT)),
        (world.root_list, of_issuing(Revocation(serial + 1, READ_AT), at=READ_AT)),
        (revoked_root_list, of_issuing()),
        (world.root_list, revoked_root_list, of_issuing()),
        (of_issuing(),),
        (world.root_list,),
        (world.root_list, stranger.issuing_list),
        (stranger.root_list, of_issuing()),
        (),
    ]
    return [Trust(root, (issuing,), one) for one in lists] + [Trust(root, (), lists[0]), stranger.trust]


def test_both_ways_agree_on_every_state_at_every_moment() -> None:
    world = pki.new_world()
    signers = [world.expert.signer.certificate, world.dispatch.certificate, pki.new_world().expert.signer.certificate]
    # Not READ_AT itself: in the very second of a revocation pyHanko still believes, and we no longer do.
    second = timedelta(seconds=1)
    moments = [ISSUED_AT - 2 * DAY, ISSUED_AT, READ_AT - second, READ_AT + second, ISSUED_AT + 396 * DAY]
    moments += [ISSUED_AT + 397 * DAY, ISSUED_AT + 732 * DAY]
    count = good = 0
    for certificate, trust, at in itertools.product(signers, trusts(world), moments):
        expected = full_validation.is_good(certificate, trust, at=at)
        assert ours(certificate, trust, at) == expected, (trust, at)
        count, good = count + 1, good + expected
    show(f"chains: {count} compared with pyHanko, {good} good, 0 differences")
    assert 0 < good < count


def test_a_certificate_is_revoked_from_the_very_second_on() -> None:
    world = pki.shared_world()
    certificate = world.expert.signer.certificate
    revoked = world.revoking(certificate, at=READ_AT)
    assert chain.check_chain(certificate, revoked.trust, at=READ_AT).revoked_at == READ_AT


def test_an_extension_we_do_not_write_is_refused() -> None:
    world = pki.shared_world()
    model = certificates.load(world.expert.signer.certificate)
    builder = (
        x509.CertificateBuilder()
        .subject_name(model.subject)
        .issuer_name(model.issuer)
        .public_key(model.public_key())
        .serial_number(model.serial_number)
        .not_valid_before(model.not_valid_before_utc)
        .not_valid_after(model.not_valid_after_utc)
    )
    for extension in model.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.25.1"), b"\x05\x00")
    signed = builder.add_extension(unknown, critical=False).sign(suite.load_signing_key(world.issuing.key), suite.HASH)
    with pytest.raises(SignatureRefusedError) as caught:
        chain.check_chain(signed.public_bytes(serialization.Encoding.DER), world.trust, at=READ_AT)
    assert caught.value.defect is Defect.CHAIN_INVALID


def test_a_list_with_a_scope_of_its_own_does_not_count() -> None:
    world = pki.shared_world()
    issuing = certificates.load(world.issuing.certificate)
    scope = x509.IssuingDistributionPoint(
        full_name=None, relative_name=None, only_contains_user_certs=False, only_contains_ca_certs=True,
        only_some_reasons=None, indirect_crl=False, only_contains_attribute_certs=False,
    )  # fmt: skip
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuing.subject)
        .last_update(ISSUED_AT)
        .next_update(ISSUED_AT + 300 * DAY)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(scope, critical=True)
        .sign(suite.load_signing_key(world.issuing.key), hashes.SHA256())
    )
    trust = Trust(
        world.root.certificate,
        (world.issuing.certificate,),
        (world.root_list, crl.public_bytes(serialization.Encoding.DER)),
    )
    with pytest.raises(SignatureRefusedError) as caught:
        chain.check_chain(world.expert.signer.certificate, trust, at=READ_AT)
    assert caught.value.defect is Defect.REVOCATION_UNKNOWN


def test_an_expert_cannot_issue_certificates() -> None:
    world = pki.shared_world()
    below = authority.issue_expert_certificate(
        world.expert.signer, world.other_expert.request, expert="E0666", device="E0666-D1", at=ISSUED_AT
    )
    crl = revocation.issue_revocation_list(
        world.expert.signer, (), number=1, at=ISSUED_AT, next_update_at=ISSUED_AT + 300 * DAY
    )
    trust = Trust(
        world.root.certificate,
        (world.issuing.certificate, world.expert.signer.certificate),
        (*world.trust.revocation_lists, crl),
    )
    assert not ours(below, trust, READ_AT)
    assert not full_validation.is_good(below, trust, at=READ_AT)
    root_signed = authority.issue_expert_certificate(
        world.root, world.expert.request, expert="E0001", device="E0001-D1", at=ISSUED_AT
    )
    assert not ours(root_signed, world.trust, READ_AT)
