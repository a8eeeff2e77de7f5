"""The summary table on paper says what the results say."""

import pypdfium2
import pytest

from app.services.record_errors import ApplicationUnknownHereError
from tests.support.record_world import RecordWorld


def _text(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


@pytest.mark.usefixtures("english")
def test_missing_is_printed_as_a_word_and_left_out_of_the_mean(world: RecordWorld) -> None:
    first, second = world.enrol(2)
    (code,) = world.apply(1)
    review = world.assign(first, code)
    world.assign(second, code)
    world.record.issuing.issue(world.folder / "out")
    assert world.take(first.hand_in(first.sealed(review, percent=60))) == ["new"]
    pdf = world.record.printing.summary_sheet(code)
    text = _text(pdf)
    assert text.count("600.00") >= 2
    assert "Not back yet" in text
    assert world.record.printing.summary_sheet(code) == pdf


def test_unknown_application_is_said(world: RecordWorld) -> None:
    with pytest.raises(ApplicationUnknownHereError):
        world.record.printing.summary_sheet("2026-9999")  # type: ignore[arg-type]
