"""The leader signs the visit, the members sign with them, and the record takes it all in any order (Art. 14)."""

import itertools

import pytest
from sqlalchemy import update

from app.bootstrap.desk import DeskWorkspace
from app.domain.health import Finding, Severity
from app.domain.ids import Sha256
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.returned import PhotoGap, SignedBy
from app.domain.task import TaskState
from app.file_errors import FolderMissingError
from app.services.desk_errors import ReviewIncompleteError
from app.services.visit_cosigning import LeaderSignsPackageError, NothingToCosignError
from app.services.visit_errors import NotLeaderError
from app.storage.desk.visit_tables import VisitEntryRow
from tests.support.onsite_team import Visiting
from tests.support.onsite_world import PASSPHRASE, TeamDesk


def test_visit_is_signed_by_its_leader_and_stands_in_the_results(visiting: Visiting) -> None:
    visiting.conclude()
    assert visiting.leader.on_site(visiting.application).state is TaskState.COMPLETE
    assert visiting.leader.desk.sealing.ready() == (visiting.leader.on_site(visiting.application).review,)
    handed_in = visiting.hand_in(visiting.leader, is_sealing=True)
    assert handed_in.lost_photos == ()
    assert visiting.take(handed_in) == ["new"]
    result = visiting.result()
    assert result.facts is not None
    assert (result.facts.now, result.facts.opinion, result.full) == (Conclusion.PASS, "示例联合意见", 100)
    assert len(result.facts.photos) == 1
    assert visiting.signed() == [SignedBy.PACKAGE, SignedBy.MISSING]
    assert visiting.leader.on_site(visiting.application).state is TaskState.CONFIRMED
    assert visiting.member.on_site(visiting.application).state is TaskState.WITH_LEADER
    assert visiting.world.record.record.verification.verify().is_ok


def test_visit_signed_again_after_a_signature_that_was_never_written_is_taken_without_a_person(
    visiting: Visiting,
) -> None:
    visiting.conclude()
    review, sealing = visiting.leader.on_site(visiting.application).review, visiting.leader.desk.sealing
    for reason in ("示例：先写错了地方", "示例：又写错了地方"):
        with pytest.raises(FolderMissingError):  # signed, and in no package
            sealing.seal([review], passphrase=PASSPHRASE, out=visiting.world.folder / "没有" / "交回.youpin")
        visiting.leader.desk.scoring.revise(review, reason)
    assert visiting.take(visiting.hand_in(visiting.leader, is_sealing=True)) == ["revision"]
    assert visiting.leader.on_site(visiting.application).state is TaskState.CONFIRMED
    visiting.leader.desk.scoring.revise(review, "示例：再改一处")
    assert visiting.take(visiting.hand_in(visiting.leader, is_sealing=True)) == ["revision"]
    assert visiting.world.record.record.tray.entries() == ()
    assert visiting.world.record.record.verification.verify().is_ok


def test_what_is_left_to_do_is_named_and_only_the_leader_signs(visiting: Visiting) -> None:
    with pytest.raises(ReviewIncompleteError) as problem:
        visiting.hand_in(visiting.leader, is_sealing=True)
    assert len(str(problem.value.facts["what"]).split("；")) == 2
    visiting.conclude()
    visiting.exchange(visiting.leader, visiting.member)
    with pytest.raises(NotLeaderError):
        visiting.hand_in(visiting.member, is_sealing=True)


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_member_signs_with_the_leader_and_the_order_of_arrival_does_not_matter(
    visiting: Visiting, order: tuple[int, ...]
) -> None:
    visiting.conclude()
    visiting.exchange(visiting.leader, visiting.member)
    visiting.member.desk.visits.cosigning.sign(visiting.visit, passphrase=PASSPHRASE)
    files = [visiting.hand_in(visiting.leader, is_sealing=True), visiting.hand_in(visiting.member)]
    for place in order:
        assert visiting.take(files[place]) == ["new"]
    assert visiting.signed() == [SignedBy.PACKAGE, SignedBy.DIGITAL]
    assert visiting.world.record.record.verification.verify().is_ok
    assert visiting.take(*files) == ["already_imported", "already_imported"]


def test_signature_comes_with_the_leaders_package_after_an_exchange(visiting: Visiting) -> None:
    visiting.conclude()
    visiting.exchange(visiting.leader, visiting.member)
    visiting.member.desk.visits.cosigning.sign(visiting.visit, passphrase=PASSPHRASE)
    visiting.exchange(visiting.member, visiting.leader)
    sheet = visiting.leader.desk.visits.cosigning.sheet(visiting.visit)
    assert [line.signed for line in sheet.lines] == [SignedBy.PACKAGE, SignedBy.DIGITAL]
    assert visiting.hand_in(visiting.leader, is_sealing=True).cosignatures == 1
    assert visiting.take(*[visiting.hand_in(visiting.leader)]) == ["new"]
    assert visiting.signed() == [SignedBy.PACKAGE, SignedBy.DIGITAL]


def test_dissent_brought_after_the_conclusion_is_put_up_for_signing_as_soon_as_the_leader_has_it(
    visiting: Visiting,
) -> None:
    visiting.conclude()
    visiting.exchange(visiting.leader, visiting.member)
    visiting.member.desk.visits.meeting.dissent(visiting.visit, "示例不同意见")
    visiting.exchange(visiting.member, visiting.leader)
    visiting.exchange(visiting.leader, visiting.member)
    visiting.member.desk.visits.cosigning.sign(visiting.visit, passphrase=PASSPHRASE)
    files = visiting.hand_in(visiting.leader, is_sealing=True), visiting.hand_in(visiting.member)
    assert visiting.take(*files) == ["new", "new"]
    assert visiting.signed() == [SignedBy.PACKAGE, SignedBy.DIGITAL]


def test_leader_has_nothing_to_cosign_and_nobody_signs_before_the_conclusion(visiting: Visiting) -> None:
    with pytest.raises(LeaderSignsPackageError):
        visiting.leader.desk.visits.cosigning.sign(visiting.visit, passphrase=PASSPHRASE)
    with pytest.raises(NothingToCosignError):
        visiting.member.desk.visits.cosigning.sign(visiting.visit, passphrase=PASSPHRASE)


def test_later_revision_sends_the_photographs_by_hash_alone(visiting: Visiting) -> None:
    visiting.conclude()
    first = visiting.hand_in(visiting.leader, is_sealing=True)
    assert visiting.take(first) == ["new"]
    review = visiting.leader.on_site(visiting.application).review
    visiting.acknowledge()
    visiting.leader.desk.scoring.revise(review, "示例更正")
    second = visiting.hand_in(visiting.leader, is_sealing=True)
    assert visiting.take(second) == ["revision"]
    facts = visiting.result().facts
    assert facts is not None
    assert (facts.photos, len(facts.earlier), facts.lost) == ((), 1, ())
    assert visiting.world.record.record.verification.verify().is_ok


def test_revision_before_the_receipt_sends_them_again(visiting: Visiting) -> None:
    visiting.conclude()
    visiting.hand_in(visiting.leader, is_sealing=True)
    again = visiting.hand_in(visiting.leader)
    assert visiting.take(again) == ["new"]
    facts = visiting.result().facts
    assert facts is not None
    assert len(facts.photos) == 1


@pytest.mark.parametrize("gap", list(PhotoGap))
def test_photograph_that_cannot_be_packed_is_named_on_the_desk_and_in_the_record(
    visiting: Visiting, gap: PhotoGap
) -> None:
    visiting.conclude()
    (photo,) = (one.photo for one in visiting.leader.desk.visits.sheet(visiting.visit).photos)
    _harm(visiting.leader, photo.sha256, gap)
    handed_in = visiting.hand_in(visiting.leader, is_sealing=True)
    assert [(code, one.number, one.gap) for code, one in handed_in.lost_photos] == [(visiting.application, 1, gap)]
    assert visiting.take(handed_in) == ["new"]
    facts = visiting.result().facts
    assert facts is not None
    assert [(one.name, one.gap) for one in facts.lost] == [("IMG_0001.JPG", gap)]


def _harm(desk: TeamDesk, photo: Sha256, gap: PhotoGap) -> None:
    with desk.desk._store.writing() as work:
        work.photos.remove(photo)
        if gap is PhotoGap.DAMAGED:
            other, _size = work.photos.put([b"other bytes"])
            blobs, chunks = work.photos._blobs, work.photos._chunks
            for table in (blobs, chunks):
                work._session.execute(table.update().where(table.c.sha256 == other).values(sha256=photo))
        work.commit()


@pytest.mark.parametrize(
    ("gap", "code", "severity"),
    [(PhotoGap.MISSING, "photos_missing", Severity.WARN), (PhotoGap.DAMAGED, "photos", Severity.CRITICAL)],
)
def test_check_of_the_desk_hashes_the_photographs_and_names_a_bad_one(
    visiting: Visiting, gap: PhotoGap, code: str, severity: Severity
) -> None:
    desk = visiting.leader.desk
    assert _finding(desk, "photos").severity is Severity.GOOD
    (photo,) = (one.photo for one in desk.visits.sheet(visiting.visit).photos)
    _harm(visiting.leader, photo.sha256, gap)
    found = _finding(desk, code)
    assert found.severity is severity
    assert "IMG_0001.JPG" in found.sentence


def test_check_of_the_desk_finds_a_note_that_was_changed_behind_its_back(visiting: Visiting) -> None:
    desk = visiting.leader.desk
    with desk._store.writing() as work:
        work._session.execute(update(VisitEntryRow).where(VisitEntryRow.kind == "grade").values(author="E0099"))
        work.commit()
    assert _finding(desk, "visit_notes").severity is Severity.CRITICAL


def _finding(desk: DeskWorkspace, code: str) -> Finding:
    return next(one for one in desk.checking.check().findings if one.code == code)
