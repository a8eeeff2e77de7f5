"""A review may cite only documents of the application it is about, or photographs that come with it."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.domain.evidence import Anchor
from app.domain.ids import ApplicationCode, ReviewId, Sha256
from app.domain.outcome import Outcome
from app.domain.review import SealedReview, VetoFinding
from app.packages import canonical
from app.packages.writer import PackageFile
from app.storage.engine import writing
from tests.support.record_world import FakeDesk, Panel, RecordWorld, digest_of, import_one

PHOTOGRAPH = b"\xff\xd8 sample"


def citing(desk: FakeDesk, review: ReviewId, document: Sha256, *, in_veto: bool = False) -> SealedReview:
    """A review whose first score, or a veto, refers to *document*."""
    good = desk.sealed(review).assessment
    anchors = (Anchor(document, page=1),)
    if in_veto:
        return desk.sealed(review, assessment=replace(good, vetoes=(VetoFinding("V1", "示例事实", anchors),)))
    first, *others = good.scores
    return desk.sealed(review, assessment=replace(good, scores=(replace(first, evidence=anchors), *others)))


def document_of(world: RecordWorld, application: ApplicationCode) -> Sha256:
    return world.record.applications.detail(application).documents[0].sha256


def test_citing_the_dossier_is_taken(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    sealed = citing(desk, review, document_of(world, world.review(review)))
    assert import_one(world, desk.hand_in(sealed)).outcome is Outcome.NEW
    assert world.record.verification.verify().is_ok


@pytest.mark.parametrize("in_veto", [False, True])
def test_citing_what_is_not_in_the_dossier_is_refused(world: RecordWorld, panel: Panel, *, in_veto: bool) -> None:
    desk, _other, review, _ = panel
    (other,) = world.apply()
    before = digest_of(world)
    for document in (Sha256("5" * 64), document_of(world, other)):
        sealed = citing(desk, review, document, in_veto=in_veto)
        assert import_one(world, desk.hand_in(sealed)).outcome is Outcome.INCOMPLETE
    assert digest_of(world) == before


@pytest.mark.parametrize(("media", "outcome"), [("image/jpeg", Outcome.NEW), ("application/pdf", Outcome.INCOMPLETE)])
def test_photograph_that_comes_with_the_review_is_evidence(
    world: RecordWorld, panel: Panel, media: str, outcome: Outcome
) -> None:
    desk, _other, review, _ = panel
    application = world.review(review)
    extra = [PackageFile.from_bytes("photos/0001", media, data=PHOTOGRAPH, application=application)]
    sealed = citing(desk, review, canonical.sha256(PHOTOGRAPH))
    assert import_one(world, desk.hand_in(sealed, extra=extra)).outcome is outcome
    assert world.record.verification.verify().is_ok


def test_photograph_of_another_application_is_no_evidence(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    (other,) = world.apply()
    extra = [PackageFile.from_bytes("photos/0001", "image/jpeg", data=PHOTOGRAPH, application=other)]
    sealed = citing(desk, review, canonical.sha256(PHOTOGRAPH))
    assert import_one(world, desk.hand_in(sealed, extra=extra)).outcome is Outcome.INCOMPLETE


def test_cited_document_that_vanished_is_found(world: RecordWorld, panel: Panel) -> None:
    desk, _other, review, _ = panel
    import_one(world, desk.hand_in(citing(desk, review, document_of(world, world.review(review)))))
    with writing(world.record._context.store.engine).begin() as connection:
        for table in ("document", "document_chunk"):  # where only the list is changed, the bytes are still there
            connection.execute(text(f"UPDATE {table} SET sha256 = :other"), {"other": "6" * 64})
    found = world.record.verification.verify().differences
    assert ("revision", review) in {(one.table, one.item) for one in found}
