"""The code on a sheet: short enough for a telephone, and never taken for anything else."""

import segno
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import Sha256
from app.domain.onsite.acknowledgement import acknowledgement_code
from app.domain.onsite.ids import VisitId
from app.domain.onsite.sheet_code import SheetCode, VisitForm, read_sheet_code

VISIT = VisitId("0123456789abcdef" * 2)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64).map(Sha256)
visits = st.text("0123456789abcdef", min_size=32, max_size=32).map(VisitId)


@given(st.sampled_from(list(VisitForm)), visits, st.none() | hashes)
def test_a_code_reads_back_to_the_same_sheet(form: VisitForm, visit: VisitId, content: Sha256 | None) -> None:
    made = SheetCode.of(form, visit, content)
    assert read_sheet_code(made.text()) == made
    assert made.digits == (acknowledgement_code(content) if content else "")


def test_a_code_fits_a_small_symbol_of_large_modules() -> None:
    made = segno.make(SheetCode(VisitForm.REPORT, VISIT, "12345678").text(), error="m", micro=False)
    assert made.designator == "3-M"
    assert made.mode == "alphanumeric"


@given(st.text(max_size=80))
def test_other_codes_are_nobodys_sheet(text: str) -> None:
    assert read_sheet_code(text) is None


def test_codes_with_a_digit_too_many_or_an_unknown_form_are_refused() -> None:
    good = SheetCode(VisitForm.ACKNOWLEDGEMENT, VISIT, "12345678").text()
    for wrong in (good + "9", good.lower(), good.replace("/AK/", "/XX/"), good.replace("YPV1", "YPV2"), f" {good}"):
        assert read_sheet_code(wrong) is None
