"""The desk's commands as a user types them: a process, its output and its exit status."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.domain.evidence import Anchor
from app.domain.outcome import Outcome
from tests.support import warm_program
from tests.support.desks import INDICATOR, PASSPHRASE, DeskStory
from tests.support.secretariat import dossier, rubric

NEW = "另外 四个 好记 词语"
Stories = Callable[..., DeskStory]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out)


def youpin(*arguments: object, passphrase: str = PASSPHRASE, **environment: str) -> Ran:
    variables = os.environ | {
        "YOUPIN_TEST_KDF": "lowest",
        "YOUPIN_LANGUAGE": "en",
        "YOUPIN_PASSPHRASE": passphrase,
        **environment,
    }
    given = {name: value for name, value in variables.items() if value}
    ran = warm_program.run([str(argument) for argument in arguments], environment=given)
    return Ran(ran.status, ran.output.decode("utf-8"), ran.errors.decode("utf-8"))


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    file = tmp_path / "scores.json"
    given = {str(indicator.id): {"percent": 75} for indicator in rubric().indicators}
    opinion = {"recommend": "yes", "text": "意见", "strengths": "优势", "concerns": "不足"}
    file.write_text(json.dumps({"scores": given, "opinion": opinion}), encoding="utf-8")
    return file


def test_the_whole_story_of_a_desk(stories: Stories, scores: Path) -> None:
    story = stories("nothing")
    desk, folder = story.path, story.folder
    created = youpin("desk", "create", desk, "--name", "示例专家", "--recovery-out", folder / "code.txt", "--json")
    assert (created.status, created.json) == (0, {"desk": str(desk), "recovery": str(folder / "code.txt")})
    assert len((folder / "code.txt").read_text(encoding="utf-8").splitlines()[0].split("-")) == 8

    invitation = story.secretariat.invitation(folder / "out")
    request = folder / "request.youpin"
    enrolled = youpin(
        "desk", "enrol", desk, "--invitation", invitation, "--fingerprint", story.secretariat.fingerprint,
        "--out", request, "--page", folder / "page.pdf", "--json",
    )  # fmt: skip
    assert (enrolled.status, enrolled.json["file"]) == (0, str(request))
    assert len(enrolled.json["code"].replace(" ", "")) == 25
    reader = story.secretariat.enrol(request)
    files = story.secretariat.assignment(folder / "out", reader, [dossier("2026-0001"), dossier("2026-0002")], parts=2)

    imported = youpin("desk", "import", desk, *files, "--json")
    assert imported.status == 0
    assert [(one["kind"], one["outcome"]) for one in imported.json["packages"]] == [("assignment", "new")] * 2
    assert imported.json["counts"] == {str(outcome): 2 * (outcome is Outcome.NEW) for outcome in Outcome}

    tasks = youpin("desk", "tasks", desk, "--json").json["tasks"]
    assert [(one["application"], one["state"], one["scored"], one["of"]) for one in tasks] == [
        ("2026-0001", "undeclared", 0, 24),
        ("2026-0002", "undeclared", 0, 24),
    ]
    assert tasks[0]["operator"]

    declared = youpin("desk", "declare", desk, "2026-0001", "--none", "--json")
    assert [one["state"] for one in declared.json["reviews"]] == ["unscored"]
    recused = youpin("desk", "declare", desk, "2026-0002", "--conflict", "kinship", "--note", "亲属", "--json")
    assert [one["state"] for one in recused.json["reviews"]] == ["recused"]

    scored = youpin("desk", "score", desk, "2026-0001", "--from", scores, "--json")
    assert (scored.json["state"], scored.json["missing"], scored.json["total"]) == ("complete", [], "750.00")

    sealed = youpin("desk", "seal", desk, "2026-0001", "--out", folder / "hand-in.youpin", "--json")
    assert (sealed.status, sealed.json["seq"], len(sealed.json["package"])) == (0, 1, 32)
    assert [(one["application"], one["revision"]) for one in sealed.json["reviews"]] == [("2026-0001", 1)]

    package = story.secretariat.read(folder / "hand-in.youpin")
    number = story.secretariat.number_for(package, Outcome.NEW)
    assert youpin("desk", "receipt", desk, number).status == 0
    assert youpin("desk", "tasks", desk, "--json").json["tasks"][0]["state"] == "confirmed"
    checked = youpin("desk", "check", desk, "--deep", "--json")
    assert (checked.status, checked.json["worst"]) == (0, "GOOD"), checked.json


def test_a_refusal_is_one_sentence_and_status_1(stories: Stories) -> None:
    story = stories("assigned", "2026-0001")
    story.close()
    ran = youpin("desk", "seal", story.path, "2026-0001", "--out", story.folder / "x.youpin")
    assert (ran.status, ran.out, len(ran.err.strip().splitlines())) == (1, "", 1)
    assert "Declare first" in ran.err
    unknown = youpin("desk", "score", story.path, "2026-9999", "--from", "nothing.json")
    assert unknown.status == 1
    assert youpin("desk", "tasks", story.path, passphrase="falsch").err.strip() == "Wrong passphrase."


def test_some_files_taken_and_some_refused_is_status_3_and_none_is_1(stories: Stories, tmp_path: Path) -> None:
    story = stories("enrolled")
    (good,) = story.secretariat.assignment(story.folder / "out", story.reader, [dossier("2026-0001")])
    bad = tmp_path / "坏.youpin"
    bad.write_bytes(b"no package")
    ran = youpin("desk", "import", story.path, good, bad, "--json")
    assert (ran.status, [one["outcome"] for one in ran.json["packages"]]) == (3, ["new", "not_a_package"])
    assert "坏.youpin" in ran.err
    assert youpin("desk", "import", story.path, bad).status == 1
    assert youpin("desk", "import", story.path, good).status == 0, "already here: nothing to do"


@pytest.mark.parametrize(
    "arguments",
    [
        ("desk",),
        ("desk", "declare", "x.desk", "2026-0001"),
        ("desk", "declare", "x.desk", "2026-0001", "--none", "--abstain"),
        ("desk", "declare", "x.desk", "2026-0001", "--conflict", "friendship"),
        ("desk", "seal", "x.desk"),
        ("desk", "nothing"),
    ],
)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...]) -> None:
    assert youpin(*arguments).status == 2


def test_without_a_passphrase_and_without_a_person_it_is_said(stories: Stories) -> None:
    story = stories("created")
    ran = youpin("desk", "tasks", story.path, passphrase="")
    assert ran.status == 1
    assert "YOUPIN_PASSPHRASE" in ran.err


def test_the_recovery_code_is_never_in_the_json(stories: Stories) -> None:
    story = stories("nothing")
    ran = youpin("desk", "create", story.path, "--name", "示例", "--json")
    assert ran.json == {"desk": str(story.path), "recovery": None}
    assert "Recovery code" in ran.err


def test_a_forgotten_passphrase_is_reset_by_one_line(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    line = story.folder / "line.txt"
    line.write_text(story.secretariat.office_half().text() + "\n", encoding="utf-8")
    weak = youpin("desk", "reset", story.path, "--code-file", line, YOUPIN_NEW_PASSPHRASE="neu")
    assert (weak.status, weak.out) == (1, "")
    assert weak.err.startswith("This passphrase is too easy to guess.")
    assert youpin("desk", "reset", story.path, "--code-file", line, YOUPIN_NEW_PASSPHRASE=NEW).status == 0
    assert youpin("desk", "tasks", story.path).status == 1
    tasks = youpin("desk", "tasks", story.path, "--json", passphrase=NEW).json["tasks"]
    assert tasks[0]["state"] == "complete"


def test_inspecting_a_package(stories: Stories) -> None:
    story = stories("enrolled")
    (file,) = story.secretariat.assignment(story.folder / "out", story.reader, [dossier("2026-0001")])
    found = youpin("package", "inspect", file, "--desk", story.path, "--json")
    assert found.status == 0
    assert {"outcome": "new", "kind": "assignment", "to": "E0001", "seq": 1}.items() <= found.json.items()
    assert {"path", "size", "sha256"} == set(found.json["files"][0])
    sealed = youpin("package", "inspect", file, "--json")
    assert (sealed.status, sealed.json["outcome"], sealed.json["files"]) == (1, "not_for_you", [])
    invitation = youpin("package", "inspect", story.secretariat.invitation(story.folder / "out"), "--json")
    assert (invitation.status, invitation.json["kind"]) == (0, "invitation")


def test_help_teaches_states_and_conflict_kinds() -> None:
    assert "part_missing" in youpin("desk", "tasks", "--help").out
    assert "standard_drafter" in youpin("desk", "declare", "--help").out
    assert "scores" in youpin("desk", "score", "--help").out


def test_lost_work_makes_the_check_fail_until_somebody_has_looked(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.close()
    before = story.path.read_bytes()
    story.desk.scoring.set_reason(story.review, rubric().dimensions[0].indicators[0].id, "丢了")
    story.close()
    story.path.write_bytes(before)
    ran = youpin("desk", "check", story.path, "--json")
    assert (ran.status, ran.json["worst"]) == (1, "CRITICAL")
    assert youpin("desk", "check", story.path, "--acknowledge").status == 0


def test_a_sheet_for_typing_holds_names_and_no_operator(stories: Stories) -> None:
    import openpyxl

    story = stories("assigned", "2026-0001").unlock()
    story.close()
    out = story.folder / "sheet.xlsx"
    assert youpin("desk", "form", story.path, "2026-0001", "--out", out).status == 0
    sheet = openpyxl.load_workbook(out).active
    words = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert sum(word in {indicator.name for indicator in rubric().indicators} for word in words) == 24
    assert not any("有限公司" in word for word in words)


def test_usage_names_the_program_in_every_language() -> None:
    ran = youpin("desk", "seal", "--help", YOUPIN_LANGUAGE="zh_CN")
    assert ran.out.startswith("用法：youpin desk seal ")
    assert youpin("desk", "seal", "--help").out.startswith("usage: youpin desk seal ")


def test_an_unknown_kind_of_conflict_is_answered_with_the_list_as_it_is_typed() -> None:
    ran = youpin("desk", "declare", "a.desk", "2026-0001", "--conflict", "friendship")
    assert ran.status == 2
    assert "'employment'" in ran.err
    assert "ConflictKind" not in ran.err


def test_a_corrected_dossier_is_listed_and_confirmed(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    one = story.dossiers[0]
    story.desk.scoring.attach_evidence(one.review, INDICATOR, Anchor(one.documents[0].sha256, page=1))
    corrected = dossier("2026-0001", files=(b"%PDF-1.7 corrected", b"%PDF-1.7 two"))
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, [corrected]))
    story.close()
    [tasks] = youpin("desk", "tasks", story.path, "--json").json["tasks"]
    assert (tasks["state"], tasks["to_confirm"]) == ("scoring", [f"score:{INDICATOR}"])
    [listed] = youpin("desk", "corrections", story.path, "--json").json["corrections"]
    assert [item["key"] for item in listed["touched"]] == [f"score:{INDICATOR}"]
    refused = youpin("desk", "seal", story.path, "2026-0001", "--out", story.folder / "x.youpin")
    assert refused.status == 1
    assert "Confirm what rests on the old ones: 1 place" in refused.err
    confirmed = youpin("desk", "corrections", story.path, "--confirm", "2026-0001", "--json")
    assert confirmed.json == {"corrections": []}
    assert youpin("desk", "seal", story.path, "2026-0001", "--out", story.folder / "x.youpin").status == 0


def test_a_sheet_typed_by_somebody_else_is_shown_first_and_taken_when_asked(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.close()
    sheet = story.folder / "录入 表.xlsx"
    assert youpin("desk", "form", story.path, "2026-0001", "--out", sheet).status == 0
    book = openpyxl.load_workbook(sheet)
    book.worksheets[0].cell(5, 4).value = 50
    book.worksheets[0].cell(6, 4).value = "x"
    book.save(sheet)
    first = next(iter(rubric().indicators)).id
    shown = youpin("desk", "form", story.path, "2026-0001", "--read", sheet, "--json")
    assert shown.status == 3
    assert [(one["indicator"], one["file"]["value"]) for one in shown.json["differences"]] == [(first, "50")]
    assert [one["row"] for one in shown.json["refused"]] == [6]
    assert "row 6: " in shown.err
    taken = youpin("desk", "form", story.path, "2026-0001", "--read", sheet, "--take", first, "--json")
    assert taken.json["taken"] == [first]
    again = youpin("desk", "form", story.path, "2026-0001", "--read", sheet, "--take", first)
    assert again.status == 1
    assert "changes nothing" in again.err


def test_an_earlier_state_is_listed_and_put_back(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.clock.forward(minutes=30)
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    story.close()
    states = youpin("desk", "history", story.path, "2026-0001", "--json").json["states"]
    assert states[0]["targets"] == [f"value:{INDICATOR}"]
    back = youpin("desk", "history", story.path, "2026-0001", "--restore", states[1]["number"])
    assert back.status == 0, back.err
    assert story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).percent == 75
    story.close()
    refused = youpin("desk", "history", story.path, "2026-0001", "--restore", 9999)
    assert (refused.status, "no state 9999" in refused.err) == (1, True)


def test_confirmed_dossiers_are_cleared_and_others_are_refused(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    package = story.secretariat.read(story.seal())
    story.close()
    out = story.folder / "清除.pdf"
    refused = youpin("desk", "clear", story.path, "2026-0001", "--out", out)
    assert (refused.status, "not confirmed" in refused.err, out.exists()) == (1, True, False)
    number = story.secretariat.number_for(package, Outcome.NEW)
    assert youpin("desk", "receipt", story.path, number).status == 0
    cleared = youpin("desk", "clear", story.path, "--out", out, "--json")
    assert [one["documents"] for one in cleared.json["reviews"]] == [2]
    assert out.read_bytes().startswith(b"%PDF")


def test_the_self_check_is_listed_left_and_asked_again(stories: Stories) -> None:
    story = stories("complete")
    story.close()
    first = youpin("desk", "self-check", story.path, "2026-0001", "--json").json
    uncited = next(found for found in first["findings"] if found["code"] == "uncited")
    assert uncited["can_be_left"]
    assert not uncited["is_left"]
    left = youpin("desk", "self-check", story.path, "2026-0001", "--leave", uncited["key"], "--json").json
    assert left["open"] == first["open"] - 1
    again = youpin("desk", "self-check", story.path, "2026-0001", "--take-back", uncited["key"], "--json").json
    assert again["open"] == first["open"]
    refused = youpin("desk", "self-check", story.path, "2026-0001", "--leave", "0" * 32)
    assert refused.status == 1
