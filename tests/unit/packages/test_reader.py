"""Reading: each way a package can be wrong has its outcome, and nothing wrong is ever read."""

import dataclasses
import io
import logging
import pickle
from datetime import timedelta
from typing import TypeVar, cast

import pytest

from app.crypto import sealing, suite
from app.crypto.certificates import CertifiedKey
from app.domain.outcome import Outcome
from app.packages import container, reader
from app.packages.description import PackageKind
from app.packages.reader import ReadingContext, extract, read_container, read_package, read_small, try_read_small
from app.packages.refusal import PackageRefusedError, refusal_sentence
from app.packages.writer import PackageFile
from tests.support import pki
from tests.support.pki import ISSUED_AT, READ_AT, World
from tests.support.raw_container import signed_parts, zipped


@pytest.fixture
def world() -> World:
    return pki.shared_world()


T = TypeVar("T")


def across(value: T) -> T:
    """*value* as another process of ours gets it."""
    return cast(T, pickle.loads(pickle.dumps(value)))  # noqa: S301 - our own bytes


def refusal(data: bytes, context: ReadingContext) -> tuple[Outcome, str]:
    with pytest.raises(PackageRefusedError) as caught:
        read_small(data, context)
    assert "{" not in caught.value.sentence()
    return caught.value.outcome, caught.value.reason


def changed(context: ReadingContext, **change: object) -> ReadingContext:
    return dataclasses.replace(context, **change)  # type: ignore[arg-type]


def test_every_kind_is_read_where_it_belongs(world: World) -> None:
    for make, context in (
        (pki.review_package, world.at_record()),
        (pki.enrolment_package, world.at_record()),
        (pki.assignment_package, world.at_desk()),
        (pki.invitation_package, world.at_desk()),
    ):
        data, written = make(world)
        assert read_small(data, context).inner_sha256 == written.inner_sha256


def test_first_invitation_is_read_under_the_trust_it_brings(world: World) -> None:
    data, _written = pki.invitation_package(world)
    package = read_small(data, changed(world.at_desk(), trust=None))
    assert package.trust == world.trust


def test_without_trust_nothing_but_an_invitation_is_read(world: World) -> None:
    data, _written = pki.assignment_package(world)
    assert refusal(data, changed(world.at_desk(), trust=None)) == (Outcome.UNKNOWN_SIGNER, "no_trust")


def test_one_desk_one_root(world: World) -> None:
    data, _written = pki.invitation_package(pki.new_world())
    assert refusal(data, world.at_desk()) == (Outcome.UNKNOWN_SIGNER, "other_root")


def test_trust_that_an_assignment_brings_is_handed_on(world: World) -> None:
    newer = world.revoking(world.other_expert.signer.certificate, at=ISSUED_AT)
    data, _written = pki.assignment_package(newer)
    package = read_small(data, world.at_desk())
    assert package.trust is not None
    assert package.trust.crl_number == 2


def test_older_list_in_a_later_package_does_not_bring_a_revoked_desk_back(world: World) -> None:
    data, _written = pki.assignment_package(world)
    newer = world.revoking(world.dispatch.certificate, at=ISSUED_AT + timedelta(days=1))
    context = changed(world.at_desk(), trust=newer.trust)
    assert refusal(data, context) == (Outcome.REVOKED_CERTIFICATE, "revoked")


@pytest.mark.parametrize(
    ("kind", "outcome", "reason"),
    [("other", Outcome.NOT_FOR_YOU, "no_key_fits"), ("none", Outcome.NOT_FOR_YOU, "no_key_fits")],
)
def test_package_for_somebody_else_is_not_for_you(world: World, kind: str, outcome: Outcome, reason: str) -> None:
    data, _written = pki.review_package(world)
    identities = (sealing.create_identity(),) if kind == "other" else ()
    assert refusal(data, changed(world.at_record(), identities=identities)) == (outcome, reason)


def test_package_sealed_again_for_another_reader_is_not_for_them(world: World) -> None:
    data, _written = pki.assignment_package(world)
    inner = sealing.unseal(data, [world.expert.identity])
    forwarded = sealing.seal(inner, [world.other_expert.identity.recipient])
    context = changed(world.at_desk(), identities=(world.other_expert.identity,), own_certificate_sha256=None)
    assert refusal(forwarded, context) == (Outcome.NOT_FOR_YOU, "addressee")


def test_package_for_the_certificate_of_an_old_computer_is_not_for_the_new_one(world: World) -> None:
    data, _written = pki.assignment_package(world)
    context = changed(world.at_desk(), own_certificate_sha256="0" * 64)
    assert refusal(data, context) == (Outcome.NOT_FOR_YOU, "addressee_certificate")


def test_opened_with_the_recovery_identity_it_is_still_the_records(world: World) -> None:
    data, _written = pki.review_package(world)
    context = changed(world.at_record(), identities=(world.recovery,))
    assert refusal(data, context) == (Outcome.NOT_FOR_YOU, "addressee")
    own = frozenset({world.importing.recipient})
    assert read_small(data, changed(context, own_recipients=own)).description.seq == 1


def test_expert_cannot_send_an_assignment_nor_dispatch_a_review(world: World) -> None:
    data, _written = pki.assignment_package(world, signer=world.expert.signer)
    assert refusal(data, world.at_desk()) == (Outcome.WRONG_KIND, "signed_by_expert")
    data, _written = pki.review_package(world, signer=world.dispatch)
    assert refusal(data, world.at_record()) == (Outcome.WRONG_KIND, "signed_by_dispatch")


def test_kind_that_does_not_belong_here_is_named(world: World) -> None:
    data, _written = pki.assignment_package(world)
    context = changed(world.at_desk(), kinds=frozenset({PackageKind.REVIEW}))
    assert refusal(data, context) == (Outcome.WRONG_KIND, "kind")


def test_review_in_the_name_of_another_certificate_is_refused(world: World) -> None:
    data, written = pki.review_package(world)
    del data
    parts = signed_parts(
        written.skeleton.description,
        [(file.path, file.source().read()) for file in pki.REVIEW_FILES],
        world.other_expert.signer,
        at=ISSUED_AT,
    )
    sealed = sealing.seal(zipped(parts), [world.importing.recipient])
    outcome, reason = refusal(sealed, world.at_record())
    assert (outcome, reason) == (Outcome.BAD_SIGNATURE, "sender_mismatch")


def test_signing_time_is_the_time_of_issue(world: World) -> None:
    _data, written = pki.review_package(world)
    files = [(file.path, file.source().read()) for file in pki.REVIEW_FILES]
    later = ISSUED_AT + timedelta(seconds=1)
    parts = signed_parts(written.skeleton.description, files, world.expert.signer, at=later)
    sealed = sealing.seal(zipped(parts), [world.importing.recipient])
    assert refusal(sealed, world.at_record()) == (Outcome.BAD_SIGNATURE, "time_mismatch")


def test_open_review_and_sealed_invitation_are_refused(world: World) -> None:
    data, _written = pki.review_package(world)
    inner = sealing.unseal(data, [world.importing])
    assert refusal(inner, world.at_record()) == (Outcome.WRONG_KIND, "sealing")
    data, _written = pki.invitation_package(world)
    assert refusal(sealing.seal(data, [world.expert.identity.recipient]), world.at_desk())[1] == "sealing"


def test_kept_original_is_judged_as_of_its_import(world: World) -> None:
    data, written = pki.review_package(world)
    inner = sealing.unseal(data, [world.importing])
    assert read_container(inner, world.at_record()).inner_sha256 == written.inner_sha256
    with pytest.raises(PackageRefusedError) as caught:
        read_container(inner, world.at_record(at=READ_AT + timedelta(days=280)))
    assert caught.value.outcome is Outcome.REVOKED_CERTIFICATE  # the list of then does not reach so far
    assert caught.value.reason == "revocation_list_expired"


def test_revoked_signer_is_held_until_a_person_decides(world: World) -> None:
    data, _written = pki.review_package(world)
    after = world.revoking(world.expert.signer.certificate, at=READ_AT - timedelta(days=1))
    assert refusal(data, after.at_record()) == (Outcome.REVOKED_CERTIFICATE, "revoked")
    package = read_small(data, changed(after.at_record(), is_revoked_accepted=True))
    assert package.signature.revoked_at == READ_AT - timedelta(days=1)


def test_deciding_for_a_revoked_signer_accepts_nothing_else(world: World) -> None:
    data, _written = pki.review_package(pki.new_world())
    after = world.revoking(world.expert.signer.certificate, at=READ_AT)
    with pytest.raises(PackageRefusedError):
        read_small(data, changed(after.at_record(), is_revoked_accepted=True))


def test_slow_clock_of_a_desk_does_not_refuse_what_the_secretariat_signed(world: World) -> None:
    data, _written = pki.assignment_package(world)
    slow = ISSUED_AT - timedelta(days=400)
    assert read_small(data, world.at_desk(at=slow)).description.kind is PackageKind.ASSIGNMENT
    data, _written = pki.review_package(world)
    assert refusal(data, world.at_record(at=slow))[0] is Outcome.CERTIFICATE_EXPIRED


def test_applicant_cannot_hand_in_a_review(world: World) -> None:
    key = suite.generate_signing_key()
    from app.crypto import authority

    own = CertifiedKey(authority.create_self_signed(key), key)
    data, _written = pki.review_package(world, signer=own)
    assert refusal(data, world.at_record()) == (Outcome.UNKNOWN_SIGNER, "self_signed")


def test_newer_format_is_said_even_if_nothing_else_is_understood(world: World) -> None:
    description = b'{"schema":2,"suite":7,"brand":"new"}'
    parts = signed_parts(description, [], world.expert.signer, at=ISSUED_AT)
    sealed = sealing.seal(zipped(parts), [world.importing.recipient])
    assert refusal(sealed, world.at_record()) == (Outcome.FORMAT_TOO_NEW, "format_too_new")


@pytest.mark.parametrize("data", [b"", b"x", b"%PDF-1.4", b"MZ", b"\x00" * 5000, "评审".encode()])
def test_other_files_are_not_packages(world: World, data: bytes) -> None:
    assert refusal(data, world.at_record())[0] is Outcome.NOT_A_PACKAGE


def test_refusal_crosses_processes_and_says_no_reason_to_people(world: World) -> None:
    result = try_read_small(b"x", world.at_record())
    assert isinstance(result, PackageRefusedError)
    again = across(result)
    assert (again.outcome, again.reason) == (result.outcome, result.reason)
    assert result.reason not in result.sentence()
    assert str(result) == ""


def test_context_and_package_cross_processes(world: World) -> None:
    data, _written = pki.review_package(world)
    context = across(world.at_record())
    package = read_small(data, context)
    assert across(package) == package
    assert "SECRET" not in repr(context)
    assert "percent" not in repr(package)


GOLDEN = {
    "wrong key": ("not_for_you", "no_key_fits"),
    "damaged head": ("damaged", "head_damaged"),
    "damaged stanza": ("not_for_you", "no_key_fits"),
    "damaged seal of the head": ("damaged", "body_damaged"),
    "damaged body": ("damaged", "body_damaged"),
    "cut": ("damaged", "body_damaged"),
}


@pytest.mark.parametrize("case", GOLDEN)
@pytest.mark.usefixtures("english")
def test_one_sentence_per_outcome_and_the_reason_only_for_the_log(
    world: World, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    data, _written = pki.review_package(world)
    mac = data.index(b"\n--- ") + 10
    context = world.at_record()
    match case:
        case "wrong key":
            context = changed(context, identities=(sealing.create_identity(),))
        case "damaged head":
            data = data[:mac] + b"\x00" + data[mac + 1 :]
        case "damaged stanza":
            data = data.replace(data[34:40], b"AAAAAA")
            context = changed(context, identities=(sealing.create_identity(),))
        case "damaged seal of the head":
            data = data[:mac] + (b"A" if data[mac : mac + 1] != b"A" else b"B") + data[mac + 1 :]
        case "damaged body":
            data = data[:-30] + bytes([data[-30] ^ 1]) + data[-29:]
        case _:
            data = data[:-1]
    outcome, reason = refusal(data, context)
    assert (outcome.value, reason) == GOLDEN[case]
    assert (
        refusal_sentence(outcome)
        == {
            "not_for_you": (
                "This package was sealed for somebody else, or its head was damaged on the way. "
                "Check who it is for, or ask its sender to send it again."
            ),
            "damaged": "The file is damaged or not complete. Copy it again or ask its sender to send it again.",
        }[outcome.value]
    )
    assert not caplog.records


class Collecting:
    """Collects what the second pass hands out."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._pieces: list[bytes] = []
        self._path = ""

    def begin(self, file: reader.VerifiedFile) -> None:
        self._path, self._pieces = file.path, []

    def write(self, data: memoryview) -> None:
        self._pieces.append(bytes(data))

    def end(self) -> None:
        self.files[self._path] = b"".join(self._pieces)


def test_large_package_is_read_in_two_passes_without_being_held(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SMALL_BYTES", 1000)
    big = PackageFile.from_bytes("dossiers/1", "application/pdf", data=bytes(range(256)) * 2000)
    data, written = pki.assignment_package(world, files=(big,))
    source = io.BytesIO(data)
    package = read_package(source, world.at_desk())
    assert package.contents is None
    assert (package.inner_sha256, package.file_sha256) == (written.inner_sha256, written.file_sha256)
    sink = Collecting()
    extract(source, world.at_desk(), package=package, sink=sink)
    assert {path: suite.digest_hex(content) for path, content in sink.files.items()} == {
        file.path: file.sha256 for file in package.files
    }


def test_file_exchanged_between_the_two_passes_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SMALL_BYTES", 1000)
    first, _ = pki.assignment_package(world)
    second, _ = pki.assignment_package(world, files=(PackageFile.from_bytes("x", "text/plain", data=b"y"),))
    package = read_package(io.BytesIO(first), world.at_desk())
    with pytest.raises(PackageRefusedError):
        extract(io.BytesIO(second), world.at_desk(), package=package, sink=Collecting())


def test_missing_file_of_a_package_is_incomplete(world: World) -> None:
    data, _written = pki.review_package(world)
    package = read_small(data, world.at_record())
    with pytest.raises(PackageRefusedError) as caught:
        package.content("reviews/r2/review.json")
    assert caught.value.outcome is Outcome.INCOMPLETE
    assert container.DESCRIPTION_NAME not in (package.contents or {})
