"""Signing and handing in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.bootstrap.desk import open_desk
from app.crypto.vault_errors import WrongPassphraseError
from app.domain.conflict import ConflictKind, Declared
from app.domain.events import Event, EventKind
from app.domain.health import Severity
from app.domain.ids import Sha256
from app.domain.outcome import Outcome
from app.domain.review import SealedReview, SealedReviewError
from app.domain.task import TaskState
from app.file_errors import FolderMissingError
from app.packages import canonical, payloads
from app.packages.log_chain import head_of, split_lines
from app.packages.payloads import HandInPayload, ReviewReceipt, events_path, form_path, review_path
from app.packages.reader import VerifiedPackage
from app.services.desk_declaring import DeclarationLine
from app.services.desk_errors import (
    FileExistsHereError,
    NoCredentialError,
    NothingToSealError,
    ReviewIncompleteError,
)
from app.services.desk_sealing import HandedIn
from tests.support.desks import INDICATOR, PASSPHRASE, DeskStory
from tests.support.journeys import NoForms

Stories = Callable[..., DeskStory]


def seal(story: DeskStory, *reviews: str, name: str = "hand-in.youpin", **more) -> HandedIn:
    return story.desk.sealing.seal(reviews, passphrase=PASSPHRASE, out=story.folder / name, **more)


def read(story: DeskStory, name: str = "hand-in.youpin") -> VerifiedPackage:
    return story.secretariat.read(story.folder / name)


def sealed_review(package: VerifiedPackage, review: str) -> SealedReview:
    return canonical.decode(package.content(review_path(review)), SealedReview)


def test_a_package_holds_review_events_forms_and_one_page_to_sign(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    result = seal(story, story.review)
    package = read(story)
    assert (result.seq, package.description.seq, package.description.prev_sha256) == (1, 1, None)
    assert result.sha256 == package.inner_sha256
    assert [(one.application, one.revision, one.is_new) for one in result.reviews] == [("2026-0001", 1, True)]
    hand_in = canonical.decode(package.content(payloads.HAND_IN), HandInPayload)
    assert (hand_in.expert, hand_in.device, hand_in.reviews) == ("E0001", "E0001-D1", (story.review,))
    for path in (form_path(story.review, "score-sheet"), form_path(story.review, "opinion"), payloads.SIGNATURE_PAGE):
        assert package.content(path).startswith(b"%PDF-")
    assert story.desk.tasks.task(story.review).state is TaskState.SENT


def test_the_signature_covers_the_history_up_to_the_sealing(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    seal(story, story.review)
    package = read(story)
    sealed = sealed_review(package, story.review)
    lines = split_lines(package.content(events_path(story.review)))
    events = [canonical.decode(line, Event) for line in lines]
    assert head_of(lines).head == sealed.events_head
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert (events[0].what, events[-1].what) == (EventKind.DECLARED, EventKind.SEALED)
    assert events[-1].digest == canonical.digest_of(sealed.assessment)
    values = [event for event in events if event.target == f"value:{INDICATOR}"]
    assert [event.value for event in values] == ["75"]
    assert b"\xe4" not in package.content(events_path(story.review))  # no Chinese text: hashes only


def test_what_was_being_typed_is_settled_before_signing(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.desk.scoring.set_reason(story.review, INDICATOR, "最后一句")
    seal(story, story.review)
    sealed = sealed_review(read(story), story.review)
    assert sealed.assessment.score_of(INDICATOR).reason == "最后一句"


def test_an_unfinished_review_is_not_signed_and_says_what_is_missing(stories: Stories) -> None:
    story = stories("complete", "2026-0001", "2026-0002")
    first, second = (one.review for one in story.dossiers)
    story.desk.scoring.clear_score(second, INDICATOR)
    with pytest.raises(ReviewIncompleteError) as error:
        seal(story, first, second)
    assert "研发投入与平台" in error.value.sentence()
    assert story.desk.tasks.task(first).state is TaskState.COMPLETE
    assert not (story.folder / "hand-in.youpin").exists()


def test_a_wrong_passphrase_signs_nothing(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    with pytest.raises(WrongPassphraseError):
        story.desk.sealing.seal([story.review], passphrase="falsch", out=story.folder / "x.youpin")
    assert story.desk.tasks.task(story.review).state is TaskState.COMPLETE


def test_a_file_that_exists_is_not_written_over(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    (story.folder / "hand-in.youpin").write_bytes(b"something else")
    with pytest.raises(FileExistsHereError):
        seal(story, story.review)
    assert story.desk.tasks.task(story.review).state is TaskState.COMPLETE


def test_a_medium_that_fails_leaves_the_review_signed_and_it_can_be_written_elsewhere(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    with pytest.raises(FolderMissingError):
        story.desk.sealing.seal([story.review], passphrase=PASSPHRASE, out=story.folder / "gone" / "x.youpin")
    assert story.desk.tasks.task(story.review).state is TaskState.SEALED
    result = seal(story)
    assert (result.seq, [one.is_new for one in result.reviews]) == (1, [False])
    assert story.desk.tasks.task(story.review).state is TaskState.SENT


class FormsOnAPulledStick(NoForms):
    """The stick goes while the forms are being made: after the last look at the folder, before the file."""

    def __init__(self, stick: Path) -> None:
        self._stick = stick

    def signature_page(self, *_arguments: object) -> bytes:
        self._stick.rmdir()
        return b"%PDF-"


def test_a_stick_that_is_gone_before_the_file_costs_no_number(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    stick = story.folder / "stick"
    stick.mkdir()
    story.close()
    with (
        open_desk(story.path, PASSPHRASE, clock=story.clock, forms=FormsOnAPulledStick(stick)) as desk,
        pytest.raises(FolderMissingError),
    ):
        desk.sealing.seal([story.review], passphrase=PASSPHRASE, out=stick / "hand-in.youpin")
    assert story.desk.sealing.packages() == ()
    assert story.desk.tasks.task(story.review).state is TaskState.SEALED
    assert seal(story).seq == 1
    assert story.desk.checking.check().worst is not Severity.CRITICAL


def test_without_a_certificate_nothing_is_signed(stories: Stories) -> None:
    story = stories("enrolled")
    with pytest.raises(NoCredentialError):
        seal(story, declarations=True)


def test_nothing_to_send_is_said(stories: Stories) -> None:
    story = stories("assigned", "2026-0001")
    with pytest.raises(NothingToSealError):
        seal(story)


def test_declarations_travel_alone(stories: Stories) -> None:
    story = stories("assigned", "2026-0001", "2026-0002")
    first, second = (one.review for one in story.dossiers)
    story.desk.declaring.declare(
        [
            DeclarationLine(first, Declared.NONE),
            DeclarationLine(second, Declared.CONFLICT, ConflictKind.CONSULTING, "曾任顾问"),
        ]
    )
    assert story.desk.declaring.unsent() == 2
    result = seal(story, declarations=True)
    assert (result.reviews, result.declarations, story.desk.declaring.unsent()) == ((), 2, 0)
    hand_in = canonical.decode(read(story).content(payloads.HAND_IN), HandInPayload)
    assert {review: made.declared for review, made in hand_in.declarations} == {first: "none", second: "conflict"}


def test_everything_without_a_receipt_travels_again_and_what_is_confirmed_does_not(stories: Stories) -> None:
    story = stories("complete", "2026-0001", "2026-0002", "2026-0003")
    reviews = [one.review for one in story.dossiers]
    seal(story, reviews[0], name="1.youpin")
    second = seal(story, reviews[1], name="2.youpin")
    assert {one.review: one.is_new for one in second.reviews} == {reviews[0]: False, reviews[1]: True}
    package = read(story, "2.youpin")
    assert (package.description.seq, package.description.prev_sha256) == (2, read(story, "1.youpin").inner_sha256)
    content = canonical.sha256(package.content(review_path(reviews[0])))
    receipt = story.secretariat.receipt_for(
        package, Outcome.FORK, reviews=[ReviewReceipt(reviews[0], 1, content, Outcome.NEW)]
    )
    story.desk.importing.import_files([story.secretariat.receipt(story.folder / "out", story.reader, receipt)])
    third = seal(story, reviews[2], name="3.youpin")
    assert {one.review for one in third.reviews} == {reviews[1], reviews[2]}


def test_a_new_revision_names_the_one_it_replaces_and_only_it_travels(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    seal(story, story.review, name="1.youpin")
    story.desk.scoring.revise(story.review, "看漏一份报告")
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    seal(story, story.review, name="2.youpin")
    base = Sha256(canonical.sha256(read(story, "1.youpin").content(review_path(story.review))))
    sealed = sealed_review(read(story, "2.youpin"), story.review)
    assert (sealed.revision, sealed.base, sealed.reason) == (2, base, "看漏一份报告")
    assert sealed.assessment.score_of(INDICATOR).percent == 50


def test_what_is_signed_cannot_be_signed_again(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    seal(story, story.review)
    with pytest.raises(SealedReviewError):
        seal(story, story.review, name="2.youpin")


def test_ready_lists_what_is_complete(stories: Stories) -> None:
    story = stories("complete", "2026-0001", "2026-0002")
    story.desk.scoring.clear_score(story.review, INDICATOR)
    assert story.desk.sealing.ready() == (story.dossiers[1].review,)


def test_the_printed_forms_say_what_was_signed(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    assert story.desk.forms.preview(story.review).startswith(b"%PDF-")
    seal(story, story.review)
    assert story.desk.forms.sealed_form(story.review) == read(story).content(form_path(story.review, "score-sheet"))


def test_packages_are_listed_with_their_fate(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    seal(story, story.review)
    (package,) = story.desk.sealing.packages()
    assert (package.seq, package.file_name, package.is_confirmed) == (1, "hand-in.youpin", False)
    number = story.secretariat.number_for(read(story), Outcome.NEW)
    story.desk.receipts.confirm_by_number(number)
    (package,) = story.desk.sealing.packages()
    assert (package.is_confirmed, package.receipt_number, package.is_signed_receipt) == (True, number, False)


def test_a_backup_is_made_after_each_signing(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.desk  # noqa: B018 - opening makes one
    before = len(story.desk.backups.list())
    story.clock.forward(seconds=5)
    seal(story, story.review)
    assert len(story.desk.backups.list()) == before + 1


def test_two_copies_of_a_desk_sign_different_things_under_the_same_base(stories: Stories, tmp_path: Path) -> None:
    from app.bootstrap.desk import open_desk

    story = stories("complete", "2026-0001")
    story.close()
    copy = tmp_path / "copy"
    copy.mkdir(mode=0o700)
    for ending in ("", ".key"):
        source = story.path.with_name(story.path.name + ending)
        (copy / f"x.desk{ending}").write_bytes(source.read_bytes())
    seal(story, story.review)
    with open_desk(copy / "x.desk", PASSPHRASE, clock=story.clock) as other:
        other.scoring.set_score(story.review, INDICATOR, percent=0)
        other.scoring.set_reason(story.review, INDICATOR, "另一份")
        other.sealing.seal([story.review], passphrase=PASSPHRASE, out=story.folder / "other.youpin")
    mine, theirs = read(story), read(story, "other.youpin")
    assert mine.description.seq == theirs.description.seq == 1
    assert sealed_review(mine, story.review).base is sealed_review(theirs, story.review).base is None
    assert mine.content(review_path(story.review)) != theirs.content(review_path(story.review))
