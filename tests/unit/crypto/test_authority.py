"""Certificates: what is in them, how long they count, and that OpenSSL's rules and ours agree on the chain."""

from datetime import timedelta

import pytest
from cryptography import x509

from app.crypto import authority, certificates, chain, profile, revocation, suite
from app.crypto.authority import RequestInvalidError
from app.crypto.certificates import CertifiedKey, Role
from app.crypto.defect import Defect, SignatureRefusedError
from app.crypto.revocation import Revocation, RevocationReason
from app.crypto.trust import Trust, TrustInvalidError
from tests.support import pki
from tests.support.pki import ISSUED_AT, READ_AT, World


@pytest.fixture
def world() -> World:
    return pki.shared_world()


def refusal(certificate: bytes, trust: Trust, **when: object) -> Defect:
    with pytest.raises(SignatureRefusedError) as caught:
        chain.check_chain(certificate, trust, at=when.get("at", READ_AT))  # type: ignore[arg-type]
    return caught.value.defect


def test_expert_certificate_names_code_and_device_and_nothing_of_the_person(world: World) -> None:
    facts = certificates.facts_of(world.expert.signer.certificate)
    assert (facts.name, facts.device, facts.role) == ("E0001", "E0001-D1", Role.EXPERT)
    assert facts.not_after_at == ISSUED_AT + authority.PERSONAL_LIFETIME


def test_both_signing_usages_the_policy_and_the_role_are_critical(world: World) -> None:
    extensions = certificates.load(world.expert.signer.certificate).extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert extensions.get_extension_for_class(x509.CertificatePolicies).critical
    assert extensions.get_extension_for_class(x509.ExtendedKeyUsage).critical
    point = extensions.get_extension_for_class(x509.CRLDistributionPoints).value[0].full_name
    assert point is not None
    assert ".invalid/" in point[0].value


def test_a_certificate_never_outlives_its_issuer(world: World) -> None:
    late = ISSUED_AT + authority.ISSUING_LIFETIME - timedelta(days=30)
    person = pki.new_person(world.issuing, "E0003", at=late)
    issuing_end = certificates.facts_of(world.issuing.certificate).not_after_at
    assert certificates.facts_of(person.signer.certificate).not_after_at == issuing_end


def test_expert_and_dispatch_lead_to_the_root_with_their_roles(world: World) -> None:
    assert chain.check_chain(world.expert.signer.certificate, world.trust, at=READ_AT).role is Role.EXPERT
    assert chain.check_chain(world.dispatch.certificate, world.trust, at=READ_AT).role is Role.DISPATCH


def test_validity_is_judged_at_the_given_moment_to_the_second(world: World) -> None:
    certificate = world.expert.signer.certificate
    facts = certificates.facts_of(certificate)
    # The list lasts long enough here, so that only the certificate's own end counts.
    lasting = revocation.issue_revocation_list(
        world.issuing, (), number=9, at=ISSUED_AT, next_update_at=ISSUED_AT + timedelta(days=700)
    )
    trust = Trust(world.root.certificate, (world.issuing.certificate,), (world.root_list, lasting))
    second = timedelta(seconds=1)
    assert chain.check_chain(certificate, trust, at=facts.not_after_at).revoked_at is None
    assert refusal(certificate, trust, at=facts.not_after_at + second) is Defect.EXPIRED
    assert refusal(certificate, trust, at=facts.not_before_at - second) is Defect.NOT_YET_VALID
    assert chain.check_chain(certificate, trust, at=facts.not_after_at - second).revoked_at is None


def test_root_list_lasts_as_long_as_the_issuing_authority(world: World) -> None:
    facts = revocation.facts_of_list(world.root_list)
    assert facts.next_update_at == certificates.facts_of(world.issuing.certificate).not_after_at


def test_revocation_keeps_number_date_and_reason(world: World) -> None:
    entry = Revocation(77, READ_AT, RevocationReason.KEY_COMPROMISE)
    crl = revocation.issue_revocation_list(
        world.issuing, [entry], number=5, at=READ_AT, next_update_at=READ_AT + timedelta(days=90)
    )
    facts = revocation.facts_of_list(crl)
    assert (facts.number, facts.revocations) == (5, (entry,))


def test_revoked_certificate_counts_until_its_day_and_not_after(world: World) -> None:
    certificate = world.expert.signer.certificate
    day = READ_AT - timedelta(days=3)
    after = world.revoking(certificate, at=day)
    assert chain.check_chain(certificate, after.trust, at=READ_AT).revoked_at == day
    # The list of that day cannot speak of the day before: what was imported then is judged with the list of then.
    assert refusal(certificate, after.trust, at=day - timedelta(seconds=1)) is Defect.REVOCATION_UNKNOWN
    assert chain.check_chain(certificate, world.trust, at=day).revoked_at is None


def test_revocation_wins_even_if_an_older_list_lies_beside_it(world: World) -> None:
    certificate = world.expert.signer.certificate
    day = READ_AT - timedelta(days=3)
    after = world.revoking(certificate, at=day)
    both = Trust(
        world.root.certificate,
        (world.issuing.certificate,),
        (world.root_list, world.issuing_list, after.issuing_list),
    )
    assert chain.check_chain(certificate, both, at=READ_AT).revoked_at == day


def test_revoked_issuing_authority_revokes_everything_below(world: World) -> None:
    serial = certificates.facts_of(world.issuing.certificate).serial
    day = READ_AT - timedelta(days=1)
    root_list = revocation.issue_revocation_list(
        world.root, [Revocation(serial, day)], number=2, at=day, next_update_at=READ_AT + timedelta(days=90)
    )
    trust = Trust(world.root.certificate, (world.issuing.certificate,), (root_list, world.issuing_list))
    assert chain.check_chain(world.expert.signer.certificate, trust, at=READ_AT).revoked_at == day


@pytest.mark.parametrize(
    ("missing", "defect"),
    [("none", Defect.REVOCATION_UNKNOWN), ("other", Defect.REVOCATION_UNKNOWN), ("root", Defect.REVOCATION_UNKNOWN)],
)
def test_without_both_lists_nobody_is_believed(world: World, missing: str, defect: Defect) -> None:
    stranger = pki.new_world()
    lists = {
        "none": (world.root_list,),
        "other": (world.root_list, stranger.issuing_list),
        "root": (world.issuing_list,),
    }[missing]
    trust = Trust(world.root.certificate, (world.issuing.certificate,), lists)
    assert refusal(world.expert.signer.certificate, trust) is defect


def test_list_past_its_next_update_is_told_from_a_missing_one(world: World) -> None:
    short = revocation.issue_revocation_list(
        world.issuing, (), number=1, at=ISSUED_AT, next_update_at=READ_AT - timedelta(days=1)
    )
    trust = Trust(world.root.certificate, (world.issuing.certificate,), (world.root_list, short))
    assert refusal(world.expert.signer.certificate, trust) is Defect.REVOCATION_LIST_EXPIRED


def test_expert_of_another_root_is_a_stranger(world: World) -> None:
    assert refusal(pki.new_world().expert.signer.certificate, world.trust) is Defect.OTHER_ROOT


def test_same_names_under_another_root_are_still_strangers(world: World) -> None:
    double = pki.new_world()
    trust = Trust(world.root.certificate, (double.issuing.certificate,), double.trust.revocation_lists)
    assert refusal(double.expert.signer.certificate, trust) in {Defect.OTHER_ROOT, Defect.CHAIN_INVALID}


def test_merged_trust_takes_the_newer_list_and_never_an_older_one(world: World) -> None:
    newer = world.revoking(world.expert.signer.certificate, at=READ_AT)
    assert world.trust.merged_with(newer.trust).crl_number == 2
    assert newer.trust.merged_with(world.trust).crl_number == 2
    assert set(newer.trust.merged_with(world.trust).revocation_lists) == set(newer.trust.revocation_lists)


def test_merged_trust_drops_lists_and_authorities_of_strangers(world: World) -> None:
    stranger = pki.new_world()
    forged = Trust(
        world.root.certificate,
        (world.issuing.certificate, stranger.issuing.certificate),
        (world.root_list, stranger.revoking(b"" or stranger.dispatch.certificate, at=READ_AT).issuing_list),
    )
    merged = world.trust.merged_with(forged)
    assert set(merged.authorities) == {world.issuing.certificate}
    assert set(merged.revocation_lists) == set(world.trust.revocation_lists)
    with pytest.raises(TrustInvalidError):
        world.trust.merged_with(stranger.trust)


def test_new_issuing_authority_and_a_cross_signed_root_are_followed(world: World) -> None:
    successor = authority.create_issuing(world.root, "示例签发机构二", at=ISSUED_AT)
    newcomer = pki.new_person(successor, "E0009")
    crl = revocation.issue_revocation_list(
        successor, (), number=1, at=ISSUED_AT, next_update_at=ISSUED_AT + timedelta(days=300)
    )
    brought = Trust(world.root.certificate, (successor.certificate,), (world.root_list, crl))
    trust = world.trust.merged_with(brought)
    assert chain.check_chain(newcomer.signer.certificate, trust, at=READ_AT).role is Role.EXPERT
    assert chain.check_chain(world.expert.signer.certificate, trust, at=READ_AT).role is Role.EXPERT
    assert refusal(newcomer.signer.certificate, world.trust) is Defect.OTHER_ROOT


@pytest.mark.parametrize("root", [b"", b"rubbish", "expert", "issuing"])
def test_trust_without_a_real_root_cannot_exist(world: World, root: bytes | str) -> None:
    named = {"expert": world.expert.signer.certificate, "issuing": world.issuing.certificate}
    with pytest.raises(TrustInvalidError):
        Trust(named.get(str(root), root), (), ())  # type: ignore[arg-type]


def test_validation_sees_exactly_our_root_and_never_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    world = pki.new_world()  # nothing of it is remembered
    seen: list[object] = []
    original = chain.ValidationContext

    def watched(**settings: object) -> object:
        seen.append(settings)
        return original(**settings)  # type: ignore[arg-type]

    monkeypatch.setattr(chain, "ValidationContext", watched)
    chain.check_chain(world.expert.signer.certificate, world.trust, at=READ_AT)
    assert len(seen) == 1
    settings = seen[0]
    assert isinstance(settings, dict)
    assert [root.dump() for root in settings["trust_roots"]] == [world.root.certificate]
    assert settings["allow_fetching"] is False
    assert settings["revocation_mode"] == "require"


def test_judgement_is_remembered_between_two_boundaries_only(world: World) -> None:
    person = pki.new_person(world.issuing, "E0008")
    certificate = person.signer.certificate
    before = chain._judge.cache_info().misses
    for minutes in range(50):
        chain.check_chain(certificate, world.trust, at=READ_AT + timedelta(minutes=minutes))
    assert chain._judge.cache_info().misses == before + 1
    assert refusal(certificate, world.trust, at=READ_AT + timedelta(days=2000)) is Defect.EXPIRED


def test_request_that_is_rubbish_altered_or_for_another_kind_of_key_is_refused(world: World) -> None:
    good = world.expert.request
    altered = bytearray(good)
    altered[-4] ^= 1
    for request in (b"", b"rubbish", bytes(altered), good + b"\x00"):
        with pytest.raises(RequestInvalidError):
            authority.issue_expert_certificate(world.issuing, request, expert="E1", device="D", at=ISSUED_AT)


def test_request_and_certificate_are_bound_by_their_public_key(world: World) -> None:
    key = certificates.public_key_of(world.expert.signer.certificate)
    assert certificates.public_key_of_request(world.expert.request) == key
    assert certificates.public_key_of_request(world.other_expert.request) != key


def test_pem_of_the_trust_is_one_text_and_reads_back(world: World) -> None:
    pem = world.trust.to_pem()
    assert Trust.from_pem(pem) == world.trust
    for spoiled in (b"", b"\n" + pem, pem + b"x", pem.replace(b"\n", b"\r\n"), pem[: len(pem) // 2]):
        with pytest.raises(TrustInvalidError):
            Trust.from_pem(spoiled)


def test_secrets_stay_out_of_what_is_printed(world: World) -> None:
    shown = repr((world.expert, world.root, world.importing))
    assert "PRIVATE" not in shown
    assert "AGE-SECRET" not in shown


def test_self_signed_certificate_depends_on_no_clock() -> None:
    certificate = authority.create_self_signed(suite.generate_signing_key())
    profile.check_self_signed(certificate)
    facts = certificates.facts_of(certificate)
    assert (facts.role, facts.not_before_at.year, facts.not_after_at.year) == (Role.APPLICANT, 2000, 9999)


def test_certified_key_is_a_value(world: World) -> None:
    assert CertifiedKey(world.root.certificate, world.root.key) == world.root
