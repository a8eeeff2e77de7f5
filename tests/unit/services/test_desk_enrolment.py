"""Invitation, one page, one file back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.crypto import codes
from app.domain.outcome import Outcome
from app.packages import canonical, payloads
from app.packages.description import PackageKind
from app.packages.payloads import EnrolmentPayload
from app.packages.reader import ReadingContext, read_small
from app.packages.refusal import PackageRefusedError
from app.services.desk_enrolment import Enrolled, Profile
from app.services.desk_errors import (
    AlreadyEnrolledError,
    FileExistsHereError,
    FingerprintDiffersError,
    OtherRootError,
)
from tests.support import pki
from tests.support.desks import PASSPHRASE, DeskStory
from tests.support.secretariat import NOW, Secretariat

Stories = Callable[..., DeskStory]
PROFILE = Profile("王示例", "024-0000000", "示例大学", "教授", ("示例检测中心",))


def enrol(story: DeskStory, *, name: str = "request.youpin", **more) -> Enrolled:
    invitation = more.pop("invitation", None) or story.secretariat.invitation(story.folder / "out")
    more.setdefault("fingerprint", story.secretariat.fingerprint)
    return story.desk.enrolment.enrol(
        invitation, profile=PROFILE, passphrase=PASSPHRASE, out=story.folder / name, **more
    )


def test_the_request_holds_what_the_expert_said_and_its_code_is_of_its_bytes(stories: Stories) -> None:
    story = stories("created")
    enrolled = enrol(story)
    context = ReadingContext(
        at=NOW,
        kinds=frozenset({PackageKind.ENROLMENT}),
        identities=(story.secretariat.world.importing,),
        trust=story.secretariat.world.trust,
    )
    package = read_small(enrolled.file.read_bytes(), context)
    payload = canonical.decode(package.content(payloads.ENROLMENT), EnrolmentPayload)
    assert (payload.name, payload.phone, payload.relations) == ("王示例", "024-0000000", ("示例检测中心",))
    assert enrolled.code == codes.request_code(package.inner_sha256)
    assert enrolled.qr == "YOUPIN-ENROL:" + enrolled.code.replace(" ", "")
    assert story.desk.enrolment.status().request_code == enrolled.code


def test_recovery_identity_opens_the_request_too(stories: Stories) -> None:
    story = stories("created")
    world = story.secretariat.world
    context = ReadingContext(
        at=NOW,
        kinds=frozenset({PackageKind.ENROLMENT}),
        identities=(world.recovery,),
        trust=world.trust,
        own_recipients=frozenset({world.importing.recipient}),
    )
    assert read_small(enrol(story).file.read_bytes(), context).description.kind is PackageKind.ENROLMENT


def test_a_fingerprint_that_differs_changes_nothing(stories: Stories) -> None:
    story = stories("created")
    with pytest.raises(FingerprintDiffersError):
        enrol(story, fingerprint="12345 " * 8)
    assert story.desk.enrolment.status().root_fingerprint == ""
    assert not (story.folder / "request.youpin").exists()


def test_the_fingerprint_may_be_typed_in_any_grouping(stories: Stories) -> None:
    story = stories("created")
    enrol(story, fingerprint=story.secretariat.fingerprint.replace(" ", "-"))
    assert story.desk.enrolment.status().was_root_compared


def test_an_invitation_is_shown_before_it_is_believed(stories: Stories) -> None:
    story = stories("created")
    view = story.desk.enrolment.read_invitation(story.secretariat.invitation(story.folder / "out"))
    assert (view.campaign, view.fingerprint, view.is_known) == ("2026", story.secretariat.fingerprint, False)
    assert story.desk.enrolment.status().campaigns == ()


def test_another_root_is_refused_once_one_is_pinned(stories: Stories) -> None:
    story = stories("enrolled")
    foreign = Secretariat(world=pki.new_world()).invitation(story.folder / "out")
    with pytest.raises(OtherRootError):
        story.desk.enrolment.read_invitation(foreign)
    with pytest.raises(OtherRootError):
        enrol(story, invitation=foreign, name="second.youpin")


def test_something_else_than_an_invitation_is_refused(stories: Stories, tmp_path: Path) -> None:
    story = stories("created")
    letter = tmp_path / "信.pdf"
    letter.write_bytes(b"%PDF-1.7")
    with pytest.raises(PackageRefusedError) as refusal:
        enrol(story, invitation=letter)
    assert refusal.value.outcome is Outcome.NOT_A_PACKAGE


def test_asking_again_before_the_answer_uses_the_same_keys_under_a_new_code(stories: Stories) -> None:
    story = stories("created")
    first, second = enrol(story), enrol(story, name="again.youpin")
    assert first.code != second.code
    reader = story.secretariat.enrol(second.file)
    assert reader.credential.recipient == story.secretariat.enrol(first.file).credential.recipient


def test_asking_again_with_a_certificate_is_refused(stories: Stories) -> None:
    story = stories("assigned")
    with pytest.raises(AlreadyEnrolledError):
        enrol(story, name="again.youpin")


def test_a_file_that_exists_is_not_written_over(stories: Stories) -> None:
    story = stories("created")
    (story.folder / "request.youpin").write_bytes(b"something else")
    with pytest.raises(FileExistsHereError):
        enrol(story)


def test_a_certificate_for_another_key_is_refused(stories: Stories) -> None:
    story, other = stories("enrolled"), stories("nothing").create().enrol()
    from dataclasses import replace

    from tests.support.secretariat import Reader, dossier

    swapped = Reader(
        replace(other.reader.credential, recipient=story.reader.credential.recipient), other.reader.certificate
    )
    files = story.secretariat.assignment(story.folder / "out", swapped, [dossier("2026-0001")])
    result = story.desk.importing.import_files(files).packages[0]
    assert result.outcome is Outcome.NOT_FOR_YOU
    assert not story.desk.enrolment.status().has_credential


def test_the_page_to_sign_is_a_pdf(stories: Stories) -> None:
    story = stories("created")
    assert story.desk.forms.pledge(enrol(story), PROFILE).startswith(b"%PDF-")
