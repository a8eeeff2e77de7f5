"""Signed sheets coming back: photographed with a telephone or scanned, found again by their code."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.documents.visit_forms import visit_form
from app.domain.application import MediaType
from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.ids import ItemId
from app.domain.onsite.sheet_code import VisitForm
from app.services.visit_meeting import AcknowledgementDraft, FindingDraft
from app.services.visit_scans import ReadScan, ScanOutcome
from tests.support.telephone import photographed, printed, scanned
from tests.support.visit_paper import paper
from tests.unit.services.test_desk_visits import DRAFT, Visiting, picture, visiting

__all__ = ["visiting"]  # the fixture: a desk with one planned visit
Put = Callable[..., Path]


@pytest.fixture
def sheet(visiting: Visiting, tmp_path: Path) -> Put:
    """A form of the visit, printed, signed and photographed."""

    def put(
        form: VisitForm = VisitForm.ACKNOWLEDGEMENT, *, is_blank: bool = False, turn: float = 4, seed: int = 0
    ) -> Path:
        drawn = visiting.desk.visits.forms.draw(visiting.visit, form, is_blank=is_blank)
        file = tmp_path / f"IMG_{form}_{is_blank}_{turn}_{seed}.jpg"
        file.write_bytes(photographed(printed(drawn.pdf), turn=turn, tilt=0.06, seed=seed))
        return file

    return put


def scan(visiting: Visiting, *files: Path, is_sealed: bool = False) -> ReadScan:
    return visiting.desk.visits.scans.take(files, is_sealed=is_sealed).scans[0]


def agree(visiting: Visiting, outcome: AcknowledgementOutcome = AcknowledgementOutcome.AGREED) -> None:
    due = date(2026, 12, 20) if outcome is AcknowledgementOutcome.SEAL_PENDING else None
    draft = AcknowledgementDraft(outcome=outcome, signed_by="示例代表", seal_due=due)
    visiting.desk.visits.meeting.acknowledge(visiting.visit, draft)


def sheets(visiting: Visiting) -> tuple[str, ...]:
    made = visiting.desk.visits.sheet(visiting.visit).acknowledgement
    return made.sheets if made else ()


@pytest.mark.parametrize("turn", [4, 90, 186])
def test_a_photographed_sheet_finds_its_visit_and_keeps_every_byte(visiting: Visiting, sheet: Put, turn: float) -> None:
    file = sheet(turn=turn)
    agree(visiting)
    read = scan(visiting, file)
    assert (read.outcome, read.visit, read.forms) == (
        ScanOutcome.TAKEN, visiting.visit, (VisitForm.ACKNOWLEDGEMENT,)
    )  # fmt: skip
    assert read.is_attached
    assert not read.is_stale
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    assert sheets(visiting) == (sha256,)
    visiting.story.reopen()
    kept = visiting.desk.visits.sheet(visiting.visit)
    assert [one.photo.sha256 for one in kept.photos] == [sha256]
    assert visiting.desk.visits.photos.original(visiting.visit, kept.photos[0].photo.sha256) == file.read_bytes()
    assert not kept.is_acknowledgement_stale


def test_a_sheet_that_comes_before_the_outcome_is_written_down_waits_for_it(visiting: Visiting, sheet: Put) -> None:
    file = sheet()
    assert not scan(visiting, file).is_attached
    agree(visiting)
    assert len(sheets(visiting)) == 1
    assert scan(visiting, file).outcome is ScanOutcome.KNOWN
    assert len(sheets(visiting)) == 1


def test_a_pre_printed_blank_is_bound_to_its_visit(visiting: Visiting, sheet: Put) -> None:
    agree(visiting)
    read = scan(visiting, sheet(is_blank=True))
    assert (read.visit, read.is_attached, read.is_stale) == (visiting.visit, True, False)


def test_a_sheet_of_older_facts_is_kept_and_said_to_be_old(visiting: Visiting, sheet: Put) -> None:
    file = sheet()
    record = visiting.write("B5")
    finding = FindingDraft(kind=FindingKind.MINOR, item=ItemId("B5"), clause="示例", fact="示例", records=(record,))
    visiting.desk.visits.meeting.find(visiting.visit, finding)
    agree(visiting)
    read = scan(visiting, file)
    assert (read.outcome, read.is_stale, read.is_attached) == (ScanOutcome.TAKEN, True, False)
    assert sheets(visiting) == ()
    assert len(visiting.desk.visits.sheet(visiting.visit).scans) == 1


def test_the_sealed_sheet_comes_later_by_its_code_even_after_the_conclusion(visiting: Visiting, sheet: Put) -> None:
    agree(visiting, AcknowledgementOutcome.SEAL_PENDING)
    signed, sealed = sheet(seed=1), sheet(seed=2)
    visiting.grade_all()
    visiting.desk.visits.meeting.conclude(visiting.visit)
    scan(visiting, signed)
    made = visiting.desk.visits.sheet(visiting.visit).acknowledgement
    assert made is not None
    assert made.is_seal_pending
    assert scan(visiting, sealed, is_sealed=True).is_attached
    made = visiting.desk.visits.sheet(visiting.visit).acknowledgement
    assert made is not None
    assert (made.is_seal_pending, len(made.sheets)) == (False, 2)
    assert scan(visiting, sealed, is_sealed=True).outcome is ScanOutcome.KNOWN


def test_a_seal_nobody_waits_for_is_refused_and_nothing_changes(visiting: Visiting, sheet: Put) -> None:
    agree(visiting)
    read = scan(visiting, sheet(), is_sealed=True)
    assert (read.outcome, read.error) == (ScanOutcome.REFUSED, "no_seal_pending")
    after = visiting.desk.visits.sheet(visiting.visit)
    assert (after.photos, after.scans) == ((), ())


def test_a_scan_of_several_pages_is_taken_once_for_all_its_forms(visiting: Visiting, tmp_path: Path) -> None:
    draw = visiting.desk.visits.forms.draw
    pages = [printed(draw(visiting.visit, form).pdf) for form in (VisitForm.OPINION, VisitForm.ACKNOWLEDGEMENT)]
    file = tmp_path / "扫描 件.pdf"
    file.write_bytes(scanned(*pages))
    agree(visiting)
    read = scan(visiting, file)
    assert read.forms == (VisitForm.OPINION, VisitForm.ACKNOWLEDGEMENT)
    assert read.is_attached
    kept = visiting.desk.visits.sheet(visiting.visit)
    assert [one.form for one in kept.scans] == [VisitForm.ACKNOWLEDGEMENT, VisitForm.OPINION]
    assert len(kept.photos) == 1
    assert kept.photos[0].photo.media is MediaType.PDF
    assert visiting.desk.visits.photos.open(visiting.visit, kept.photos[0].photo.sha256).thumbnail(1).width > 0
    assert visiting.desk.visits.photos.missing(visiting.visit) == ()


def test_what_is_no_sheet_of_this_desk_changes_nothing_and_says_why(
    visiting: Visiting, tmp_path: Path, sheet: Put
) -> None:
    foreign = tmp_path / "foreign.jpg"
    foreign.write_bytes(photographed(printed(visit_form(VisitForm.ACKNOWLEDGEMENT, paper()).pdf)))
    factory = picture(tmp_path / "factory.jpg")
    words = tmp_path / "words.txt"
    words.write_text("示例", encoding="utf-8")
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(foreign.read_bytes()[:300])
    own = sheet(VisitForm.OPINION)
    mixed = tmp_path / "mixed.pdf"
    mixed.write_bytes(scanned(*(printed(one) for one in (
        visiting.desk.visits.forms.draw(visiting.visit, VisitForm.OPINION).pdf,
        visit_form(VisitForm.OPINION, paper()).pdf,
    ))))  # fmt: skip
    before = visiting.desk.visits.sheet(visiting.visit)
    found = visiting.desk.visits.scans.take([foreign, factory, words, broken, mixed])
    assert [one.error for one in found.scans] == [
        "foreign_sheet", "sheet_unreadable", "not_accepted", "damaged", "sheets_mixed",
    ]  # fmt: skip
    assert all(one.sentence for one in found.scans)
    assert not found.changes
    assert visiting.desk.visits.sheet(visiting.visit) == before
    later, _changes = visiting.desk.visits.planning.create(visiting.review, DRAFT)
    refused = visiting.desk.visits.scans.take([own], visit=later)
    assert refused.scans[0].error == "foreign_sheet"
    taken = visiting.desk.visits.scans.take([own, factory], visit=visiting.visit)
    assert [one.outcome for one in taken.scans] == [ScanOutcome.TAKEN, ScanOutcome.REFUSED]
    assert taken.changes.visits == {visiting.visit}
