"""What is still open about a visit, in the list and above the visit, with one button that goes on."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.pending import Pending
from app.domain.onsite.sheet_code import VisitForm
from app.services.visit_meeting import AcknowledgementDraft
from tests.ui.visit.conftest import OnSite
from ui.visit.visit_frame import MEETING
from ui.visit.visit_list import Column

Start = Callable[..., OnSite]


def promise_a_seal(site: OnSite) -> str:
    """The applicant has signed and sends the sealed sheet later; the day until when."""
    assert site.planned is not None
    due = site.planned.story.clock.now.date() + timedelta(days=7)
    outcome = AcknowledgementOutcome.SEAL_PENDING
    draft = AcknowledgementDraft(outcome=outcome, signed_by="示例代表", seal_due=due)
    site.planned.desk.visits.meeting.acknowledge(site.planned.visit, draft)
    return due.isoformat()


def test_seal_to_come_stands_in_the_list_and_one_button_takes_the_sealed_sheet_in(
    on_site: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site = on_site()
    assert site.planned is not None
    due = promise_a_seal(site)
    site.place.reload()
    site.settle()
    model = site.place.list.table.view.model()
    assert due in str(model.index(0, Column.STATE).data())
    site.place.open_visit(site.planned.visit)
    site.settle()
    frame = site.place.visit
    assert frame is not None
    button = frame.pending.buttons[Pending.SEAL]
    assert button.isVisible()
    written = site.planned.desk.visits.forms.write(
        site.planned.visit, tmp_path / "印", forms=[VisitForm.ACKNOWLEDGEMENT]
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(written[0].file), ""))
    button.click()
    site.settle()
    assert frame.bar.currentIndex() == MEETING
    made = site.sheet.acknowledgement
    assert made is not None
    assert made.sealed_on is not None
    assert not button.isVisible()
    assert frame.pending.isHidden()
