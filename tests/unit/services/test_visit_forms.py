"""Printing a visit from the desk: what stands in the store, on paper."""

from pathlib import Path

import pytest

from app.domain.ids import Sha256
from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.ids import ItemId
from app.domain.onsite.sheet_code import VisitForm
from app.services.visit_meeting import AcknowledgementDraft, FindingDraft
from tests.support.paper import pages_of
from tests.unit.services.test_desk_visits import Visiting, picture, visiting

__all__ = ["visiting"]  # the fixture: a desk with one planned visit


def text_of(pdf: bytes) -> str:
    return "".join("".join(pages_of(pdf)).split())


@pytest.fixture
def seen(visiting: Visiting, tmp_path: Path) -> Visiting:
    """Two photos, one of them on an item, a record, and a finding."""
    visiting.take(picture(tmp_path / "IMG_0001.jpg"), picture(tmp_path / "IMG_0002.jpg", seed=5, exif=False))
    photos = [one.photo.sha256 for one in visiting.desk.visits.sheet(visiting.visit).photos]
    visiting.desk.visits.photos.bind(visiting.visit, photos[0], ItemId("B3"), caption="示例铭牌")
    record = visiting.write(document_number="示例-1", photos=(photos[1],))
    finding = FindingDraft(
        kind=FindingKind.MINOR, item=ItemId("B5"), clause="示例条款", fact="示例点检表缺页", records=(record,)
    )
    visiting.desk.visits.meeting.find(visiting.visit, finding)
    return visiting


def test_all_forms_are_written_with_their_pages_and_read_back(seen: Visiting, tmp_path: Path) -> None:
    folder = tmp_path / "表 格" / "示例"
    written = seen.desk.visits.forms.write(seen.visit, folder)
    code = seen.desk.visits.sheet(seen.visit).code
    assert [one.form for one in written] == list(VisitForm)
    for one in written:
        assert one.file == folder / f"{code}-{one.form}.pdf"
        assert len(pages_of(one.file.read_bytes())) == one.pages
    assert written[3].pages <= 4


def test_blank_forms_lie_beside_the_filled_ones(seen: Visiting, tmp_path: Path) -> None:
    forms = seen.desk.visits.forms
    filled = forms.write(seen.visit, tmp_path, forms=[VisitForm.CHECKLIST])
    blank = forms.write(seen.visit, tmp_path, forms=[VisitForm.CHECKLIST], is_blank=True)
    assert filled[0].file != blank[0].file
    assert "示例所见" in text_of(filled[0].file.read_bytes())
    assert "示例所见" not in text_of(blank[0].file.read_bytes())


def test_the_report_shows_pictures_with_their_hash_and_says_where_the_time_is_unknown(seen: Visiting) -> None:
    drawn = seen.desk.visits.forms.draw(seen.visit, VisitForm.REPORT)
    text = text_of(drawn.pdf)
    for photo in seen.desk.visits.sheet(seen.visit).photos:
        assert photo.photo.sha256[-12:] in text
    assert "示例铭牌" in text
    assert "拍摄时间不可查" in text or "timeoftakingcannotbeestablished" in text
    assert drawn.pdf.count(b"/DCTDecode") == 2


def test_a_photo_that_is_gone_is_named_and_stops_nothing(seen: Visiting) -> None:
    with seen.desk._store.writing() as work:
        for one in seen.desk.visits.sheet(seen.visit).photos:
            work.photos.remove(one.photo.sha256)
        work.commit(b"gone")
    drawn = seen.desk.visits.forms.draw(seen.visit, VisitForm.REPORT)
    assert drawn.pdf.count(b"/DCTDecode") == 0
    assert seen.desk.visits.sheet(seen.visit).photos[0].photo.sha256[-12:] in text_of(drawn.pdf)


def test_the_same_state_prints_the_same_bytes_and_another_state_another_hash(seen: Visiting) -> None:
    draw = seen.desk.visits.forms.draw
    for form in VisitForm:
        draw(seen.visit, form)  # fonts hold all their characters from here on
    before = {form: draw(seen.visit, form).pdf for form in VisitForm}
    assert {form: draw(seen.visit, form).pdf for form in VisitForm} == before
    blank = draw(seen.visit, VisitForm.ACKNOWLEDGEMENT, is_blank=True).pdf
    seen.write("A1")
    assert draw(seen.visit, VisitForm.EVIDENCE).pdf != before[VisitForm.EVIDENCE]
    assert draw(seen.visit, VisitForm.ACKNOWLEDGEMENT, is_blank=True).pdf == blank
    content = Sha256("e" * 64)
    assert "e" * 12 in text_of(draw(seen.visit, VisitForm.REPORT, content=content).pdf)


def test_the_acknowledgement_names_the_code_the_desk_shows_and_the_outcome_once_it_stands(seen: Visiting) -> None:
    draw, sheet = seen.desk.visits.forms.draw, seen.desk.visits.sheet
    text = text_of(draw(seen.visit, VisitForm.ACKNOWLEDGEMENT).pdf)
    assert sheet(seen.visit).facts_code in text
    assert "■" not in text
    agreed = AcknowledgementDraft(outcome=AcknowledgementOutcome.AGREED, signed_by="示例代表")
    seen.desk.visits.meeting.acknowledge(seen.visit, agreed)
    text = text_of(draw(seen.visit, VisitForm.ACKNOWLEDGEMENT).pdf)
    assert "示例代表" in text
    assert text.count("■") == 1
