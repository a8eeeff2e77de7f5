"""Signatures as we make them: one byte form, and checked by pyHanko and OpenSSL as well."""

import asyncio
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1_x509
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko_certvalidator.context import ValidationContext

from app.crypto import cms, signing, suite, verification
from tests.support import pki
from tests.support.pki import ISSUED_AT, READ_AT, World

CONTENT = "示例内容".encode()


@pytest.fixture
def world() -> World:
    return pki.shared_world()


def test_signature_carries_who_and_when(world: World) -> None:
    p7s = signing.sign_detached(CONTENT, world.expert.signer, signed_at=ISSUED_AT + timedelta(microseconds=999_999))
    found = verification.verify_detached(p7s, CONTENT, world.trust, at=READ_AT)
    assert (found.name, found.device, found.signed_at) == ("E0001", "E0001-D1", ISSUED_AT)
    assert found.revoked_at is None


def test_signature_is_the_form_that_asn1crypto_writes(world: World) -> None:
    p7s = signing.sign_detached(CONTENT, world.expert.signer, signed_at=ISSUED_AT)
    parsed = asn1_cms.ContentInfo.load(p7s, strict=True)
    signed = parsed["content"]
    assert (signed["version"].native, signed["signer_infos"][0]["version"].native) == ("v1", "v1")
    assert len(signed["certificates"]) == len(signed["signer_infos"]) == 1
    attributes = {attribute["type"].native for attribute in signed["signer_infos"][0]["signed_attrs"]}
    assert attributes == {"content_type", "signing_time", "message_digest", "signing_certificate_v2"}
    assert signed["signer_infos"][0]["unsigned_attrs"].native is None
    assert signed["crls"].native is None


def test_pyhanko_accepts_our_signature(world: World) -> None:
    p7s = signing.sign_detached(CONTENT, world.expert.signer, signed_at=ISSUED_AT)
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(world.root.certificate)],
        other_certs=[asn1_x509.Certificate.load(world.issuing.certificate)],
        crls=list(world.trust.revocation_lists),
        allow_fetching=False,
        revocation_mode="require",
        moment=READ_AT,
    )
    signed = asn1_cms.ContentInfo.load(p7s)["content"]
    status = asyncio.run(async_validate_detached_cms(CONTENT, signed, signer_validation_context=context))
    assert status.intact
    assert status.valid
    assert status.trusted


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_openssl_accepts_our_signature_and_refuses_it_once_revoked(world: World, tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(CONTENT)
    (tmp_path / "p7s").write_bytes(signing.sign_detached(CONTENT, world.expert.signer, signed_at=ISSUED_AT))
    (tmp_path / "good.pem").write_bytes(world.trust.to_pem())
    revoked = world.revoking(world.expert.signer.certificate, at=ISSUED_AT + timedelta(days=1))
    (tmp_path / "revoked.pem").write_bytes(revoked.trust.to_pem())

    def status(trust: str) -> int:
        command = [
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "p7s", "-content", "content",
            "-CAfile", trust, "-crl_check_all", "-purpose", "any", "-cades", "-out", "out",
            "-attime", str(int(READ_AT.timestamp())),
        ]  # fmt: skip
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    assert status("good.pem") == 0
    assert status("revoked.pem") != 0


@given(
    moment=st.datetimes(
        min_value=datetime(1950, 1, 1),  # noqa: DTZ001 - the strategy wants them naive
        max_value=datetime(9999, 12, 31),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    digest=st.binary(min_size=32, max_size=32),
    signature=st.binary(min_size=1, max_size=80),
)
def test_taking_apart_and_building_are_inverse(moment: datetime, digest: bytes, signature: bytes) -> None:
    certificate = pki.shared_world().expert.signer.certificate
    form = cms.SignedForm(certificate, moment.replace(microsecond=0), digest, signature)
    assert cms.take_apart(cms.build(form)) == form


@given(st.binary(max_size=300))
def test_rubbish_is_never_a_signature(data: bytes) -> None:
    with pytest.raises(cms.NotCanonicalError):
        cms.take_apart(data)


def test_the_other_valid_s_of_a_signature_is_not_let_in(world: World) -> None:
    from cryptography.hazmat.primitives.asymmetric import utils

    key = suite.load_signing_key(world.expert.signer.key)
    for _attempt in range(20):
        signature = suite.sign(key, CONTENT)
        assert suite.is_genuine(key.public_key(), signature, CONTENT)
        r, s = utils.decode_dss_signature(signature)
        mirrored = utils.encode_dss_signature(r, suite._ORDER - s)
        assert not suite.is_genuine(key.public_key(), mirrored, CONTENT)


def test_key_of_another_kind_does_not_load() -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    other = ec.generate_private_key(ec.SECP384R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(ValueError, match="suite"):
        suite.load_signing_key(other)
