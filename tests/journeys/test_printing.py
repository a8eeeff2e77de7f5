"""Pages of a dossier on paper: refused until the secretariat allows it, then with a watermark, logged, and reported."""

from pathlib import Path

import pypdfium2

from app.domain.outcome import Outcome
from tests.support.journeys import Campaign


def test_printing_is_refused_until_it_is_allowed_and_the_record_receives_the_log_of_it(ready: Campaign) -> None:
    application, out = ready.applications[0], ready.folder / "打印 (1).pdf"
    order = "print", application, "--document", "2", "--pages", "2"
    refused = ready.desk_run(*order, "--out", out)
    assert (refused.status, refused.document["error"]["code"]) == (1, "printing_forbidden")
    assert not out.exists()

    assert ready.record_run("printing", "show").document == {"printing": False}
    assert ready.record_run("printing", "allow").document == {"printing": True}
    assert ready.record_run("printing", "allow").status == 0  # said twice, logged once
    again = ready.record_run("issue", "--out", ready.folder / "again", "--again")
    assert again.status == 0, again.errors
    files = [Path(one["file"]) for one in again.document["packages"] if one["expert"] == ready.codes[0]]
    assert ready.desk_run("import", *files).status == 0

    printed = ready.desk_run(*order, "--out", out)
    assert printed.status == 0, printed.words + printed.errors
    assert (printed.status, printed.document["pages"], printed.document["failed"]) == (0, [2], [])
    (page,) = pypdfium2.PdfDocument(out)
    words = page.get_textpage().get_text_range()
    assert words.count(f"{ready.codes[0]} · {application}") >= 8
    assert "Page two" not in words
    (made,) = ready.desk_run("history", application).document["printed"]
    assert made["pages"] == "2"

    handed = ready.take_in(ready.seal("hand-in.youpin", application))
    assert handed.document["counts"][Outcome.NEW] == 1
    ready.digest()
    acts = [entry.act for entry in ready.open_record().log.entries()]
    assert acts.count("printing_allowed") == 1
    assert ready.desk_run("check").document["worst"] in {"GOOD", "INFO"}


def test_orders_that_cannot_be_followed_are_one_sentence(ready: Campaign) -> None:
    application, out = ready.applications[0], ready.folder / "x.pdf"
    ready.record_run("printing", "allow")
    again = ready.record_run("issue", "--out", ready.folder / "again", "--again").document["packages"]
    ready.desk_run("import", *(Path(one["file"]) for one in again if one["expert"] == ready.codes[0]))
    for more, code in (
        (("--document", "9"), "document_number_unknown"),
        (("--document", "2", "--pages", "7"), "pages_unreadable"),
        (("--document", "1", "--pages", "1-"), "pages_unreadable"),
    ):
        refused = ready.desk_run("print", application, *more, "--out", out)
        assert (refused.status, refused.document["error"]["code"]) == (1, code)
        assert len(refused.errors.splitlines()) == 1
    assert ready.desk_run("print", application, "--document", "0", "--out", out).status == 2
    assert not out.exists()
    assert ready.record_run("printing", "forbid").document == {"printing": False}
