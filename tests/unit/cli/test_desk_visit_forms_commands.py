"""Forms of a visit from the command line: written, signed, and read back."""

from collections.abc import Callable
from pathlib import Path

from app.domain.onsite.sheet_code import VisitForm
from tests.support.paper import pages_of
from tests.support.telephone import photographed, printed
from tests.unit.cli.test_desk_commands import Ran, youpin
from tests.unit.cli.test_desk_visit_commands import run, run_in_words

__all__ = ["run", "run_in_words"]  # the fixtures: a command of one planned visit


def test_all_forms_are_written_and_listed_with_their_pages(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "表单"
    done = run("forms", "--out", folder)
    assert done.status == 0, done.err
    assert [one["form"] for one in done.json["files"]] == [form.value for form in VisitForm]
    for one in done.json["files"]:
        assert len(pages_of(Path(one["file"]).read_bytes())) == one["pages"]
        assert one["missing_characters"] == []
    blank = run("forms", "--out", folder, "--form", "checklist", "--form", "acknowledgement", "--blank").json
    assert (blank["blank"], [one["pages"] <= 4 for one in blank["files"]]) == (True, [True, True])
    assert len(list(folder.iterdir())) == len(VisitForm) + 2


def test_a_signed_sheet_finds_its_visit_without_being_told_which(run: Callable[..., Ran], tmp_path: Path) -> None:
    written = run("forms", "--out", tmp_path, "--form", "acknowledgement").json["files"][0]
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(photographed(printed(Path(written["file"]).read_bytes()), turn=3))
    text = tmp_path / "x.txt"
    text.write_text("示例", encoding="utf-8")
    desk = next(tmp_path.rglob("*.desk"))
    done = youpin("desk", "visit", "scan", desk, photo, text, "--json")
    assert done.status == 3, done.err
    assert done.json["counts"] == {"taken": 1, "known": 0, "refused": 1}
    assert done.json["scans"][0]["forms"] == ["acknowledgement"]
    assert run("show").json["scans"][0]["form"] == "acknowledgement"
    assert youpin("desk", "visit", "scan", desk, text, "--json").status == 1
    acknowledged = run("acknowledge", "agreed", "--signed-by", "示例代表")
    assert acknowledged.status == 0
    assert len(run("show").json["acknowledgement"]["sheets"]) == 1
    assert run("forms", "--out", text / "x").status == 1
