"""The line of a file beside the page."""

import pytest

from app.domain.ids import Sha256
from ui.viewing.document_list import DocumentEntry, EntryKind


@pytest.mark.parametrize(
    ("number", "name", "line"),
    [
        ("01", "01 申报书.pdf", "01 申报书.pdf"),
        ("01", "01-申报书.pdf", "01 申报书.pdf"),
        ("01", "01、申报书.pdf", "01 申报书.pdf"),
        ("01", "申报书.pdf", "01 申报书.pdf"),
        ("01", "02 执照.pdf", "01 02 执照.pdf"),
        ("20", "2026年度报告.pdf", "20 2026年度报告.pdf"),
        ("20", "20年度报告.pdf", "20 20年度报告.pdf"),
        ("03", "03", "03 03"),
    ],
)
def test_a_number_that_the_line_has_already_is_not_said_twice(number: str, name: str, line: str) -> None:
    assert DocumentEntry(Sha256("a" * 64), number, name, EntryKind.PDF).line() == line
