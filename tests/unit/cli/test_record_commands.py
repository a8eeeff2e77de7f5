"""The record's commands as a user types them: a process, its output and its exit status."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.bootstrap.record import create_record, open_record
from app.cli.commands import parser
from app.cli.output import table
from app.domain.ids import ApplicationCode
from app.domain.outcome import Outcome
from app.domain.review import Answer, Assessment, Opinion, Recommendation, ReviewKind, Verdict
from app.intake.examination_file import default_examination
from app.packages import canonical
from app.paths import resource
from app.services.record_creation import Opener
from tests.support import stranger_files, warm_program
from tests.support.record_world import PASSPHRASE, FakeClock, FakeDesk, RecordWorld

KEYS: set[str] = set()


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.out)
        KEYS.update(keys_of(document))
        return document


def keys_of(value: object) -> Iterator[str]:
    """Every key but those that are themselves data: outcomes, indicators, questions and dimensions."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"answers", "counts", "scores", "dimensions"}:
                yield from keys_of(inner)
            yield key
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def youpin(*arguments: object, **environment: str) -> Ran:
    variables = os.environ | {
        "YOUPIN_TEST_KDF": "lowest",
        "YOUPIN_LANGUAGE": "en",
        "YOUPIN_PASSPHRASE": PASSPHRASE,
        "YOUPIN_RECOVERY_PASSPHRASE": PASSPHRASE,
        **environment,
    }
    given = {name: value for name, value in variables.items() if value}
    ran = warm_program.run([str(argument) for argument in arguments], environment=given)
    return Ran(ran.status, ran.output.decode("utf-8"), ran.errors.decode("utf-8"))


def opened_beside(place: Path, folder: Path) -> RecordWorld:
    """The record opened here as well, to look inside and to make packages for it."""
    clock = FakeClock(datetime.now(UTC))  # noqa: TID251 - what the processes will see
    record = open_record(place, PASSPHRASE, opener="李示例", clock=clock)
    return RecordWorld(folder, record, clock, clock.now)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RecordWorld]:
    """A record with two openers."""
    monkeypatch.setenv("YOUPIN_TEST_KDF", "lowest")
    place = tmp_path / "示例 (1).record"
    openers = [Opener(name, PASSPHRASE) for name in ("王示例", "李示例")]
    create_record(place, "2026", name="示例评审", openers=openers).workspace.close()
    made = opened_beside(place, tmp_path)
    yield made
    made.record.close()


def filled_in(template: Path, rows: int) -> None:
    from tests.support.intake_material import uscc

    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    head = next(cell.row for row in sheet.iter_rows() for cell in row if "统一社会信用代码" in str(cell.value))
    columns = {str(cell.value).replace("●", ""): cell.column for cell in sheet[head]}
    for number in range(1, rows + 1):
        values = {
            "序号": number, "推荐单位": "沈阳市市场监督管理局", "经营主体名称": f"示例企业{number}有限公司",
            "统一社会信用代码": uscc(number), "申报产品(服务)名称": f"示例产品{number}", "品牌类别": "工业品牌",
            "产品/服务": "产品", "行业代码": "C3311", "商标注册号": str(12345000 + number),
            "执行标准编号": "GB/T 19001-2016", "推荐次序": number,
        }  # fmt: skip
        for heading, value in values.items():
            sheet.cell(head + number, columns[heading], value)
    book.save(template.with_name("table.xlsx"))


def test_a_campaign_from_invitation_to_verified_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUPIN_TEST_KDF", "lowest")
    place, folder = tmp_path / "示例 (1).record", tmp_path
    created = youpin(
        "record", "create", place, "--campaign", "2026", "--name", "示例评审", "--opener", "王示例",
        "--opener", "李示例", "--recovery-out", folder / "recovery.age", "--json",
    )  # fmt: skip
    assert (created.status, created.err) == (0, "")
    assert created.json["recovery"] == str(folder / "recovery.age")
    with opened_beside(place, folder).record as record:
        clock = record._context.clock
        assert isinstance(clock, FakeClock)
        campaign(RecordWorld(folder, record, clock, clock.now))


def campaign(world: RecordWorld) -> None:
    """From the invitation to the export, every answer looked at."""
    place, folder = world.record.location, world.folder
    invited = youpin("record", "invite", place, "--out", folder / "invitation.youpin", "--json")
    assert len(invited.json["fingerprint"].split()) == 8
    assert Path(invited.json["guide"]).read_bytes().startswith(b"%PDF")
    assert Path(invited.json["guide"]).parent == folder

    desk = FakeDesk(world)
    request = world.file(desk.enrolment("示例专家"))
    (asked,) = youpin("record", "enrol", place, request, "--json").json["enrolments"]
    assert (asked["outcome"], asked["expert"]) == ("unconfirmed", None)
    enrolled = youpin("record", "enrol", place, request, "--code", asked["code"], "--out", folder / "cred", "--json")
    (one,) = enrolled.json["enrolments"]
    assert (one["expert"], one["device"], Path(one["credential"]).is_file()) == ("E0001", "E0001-D1", True)
    world.credit(desk, one["expert"], one["device"])
    assert youpin("record", "experts", place, "--json").json["experts"][0]["devices"] == ["E0001-D1"]

    (application,) = world.apply()
    (assigned,) = youpin("record", "assign", place, "--expert", "E0001", "--application", application, "--json").json[
        "assignments"
    ]
    assert assigned["application"] == application
    dry = youpin("record", "issue", place, "--out", folder / "out", "--dry-run", "--json").json["packages"]
    assert (dry[0]["file"], dry[0]["medium"], (folder / "out").exists()) == (None, "mail", False)
    (package,) = youpin("record", "issue", place, "--out", folder / "out", "--json").json["packages"]
    assert (package["seq"], package["part"], package["applications"]) == (1, "1/1", [application])

    good = world.file(desk.hand_in(desk.sealed(assigned["review"])))
    junk = world.file(b"junk")
    came = youpin("record", "import", place, good, junk, "--receipts", folder / "receipts", "--json")
    assert (came.status, [one["outcome"] for one in came.json["packages"]]) == (3, ["new", "not_a_package"])
    assert set(came.json["counts"]) == {str(outcome) for outcome in Outcome}
    assert junk.name in came.err
    again = youpin("record", "import", place, good, "--json")
    assert (again.status, again.json["packages"][0]["outcome"]) == (0, "already_imported")
    assert youpin("record", "import", place, junk).status == 1

    (result,) = youpin("record", "results", place, "--application", application, "--json").json["applications"]
    expert = result["experts"][0]
    assert (expert["status"], expert["total"]) == ("sealed", "600.00")
    assert expert["scores"]["rd_platform"] == {"percent": 60, "points": "24"}
    assert result["recipes"]["mean"]["total"] == "600.00"
    assert result["recipes"]["trimmed_mean"]["total"] is None
    examine(world, desk, application)
    verified = youpin("record", "verify", place, "--json")
    assert (verified.status, verified.json["ok"], verified.json["differences"]) == (0, True, [])
    exported = youpin("record", "export", place, "--out", folder / "export", "--json").json
    assert "trust/ca+crls.pem" in exported["files"]

    undocumented = {
        (language, key)
        for language in ("zh_CN", "en")
        for key in KEYS
        if f"`{key}`" not in resource("help", language, "cli-record.md").read_text(encoding="utf-8")
    }
    assert undocumented == set()


def examine(world: RecordWorld, desk: FakeDesk, application: ApplicationCode) -> None:
    """The same expert also examines the application."""
    place, pair = world.record.location, ("--expert", desk.expert, "--application", application)
    asked = youpin("record", "assign", place, "--kind", "examination", *pair, "--json").json["assignments"]
    assert asked[0]["kind"] == "examination"
    form = default_examination()
    answers = tuple(Answer(one.id, Verdict.YES) for one in form.questions[1:])
    doubt = Answer(form.questions[0].id, Verdict.DOUBT, "商标续展待核实")
    sealed = desk.sealed(
        asked[0]["review"], kind=ReviewKind.EXAMINATION, rubric=canonical.digest_of(form),
        assessment=Assessment(opinion=Opinion(Recommendation.YES, "有代表性"), answers=(doubt, *answers)),
    )  # fmt: skip
    assert youpin("record", "import", place, world.file(desk.hand_in(sealed))).status == 0
    document = youpin("record", "results", place, "--json").json
    found = document["applications"][0]["examination"]
    assert (found["result"], found["valid"], found["yes"], found["missing"]) == ("yes", 1, 1, 0)
    assert found["experts"][0]["answers"]["eligibility"] == {"verdict": "doubt", "reason": "商标续展待核实"}
    assert document["examination_form"]["questions"][0]["question"] == "eligibility"
    told = youpin("record", "results", place).out
    assert "recommended (1 for, 0 against, 0 not back)" in told
    assert "商标续展待核实" in told
    assert "申报主体" in told


def test_a_visit_is_staffed_by_hand_and_led_by_somebody(world: RecordWorld) -> None:
    world.enrol(2)
    (application,) = world.apply()
    place, assign = world.record.location, ("record", "assign")
    pair = ("--expert", "E0001", "--application", application)
    assert youpin(*assign, place, "--kind", "onsite", "--auto").status == 2
    assert youpin(*assign, place, "--kind", "examination", "--leader", *pair).status == 2
    assert youpin(*assign, place, "--kind", "boredom", *pair).status == 2
    refused = youpin(*assign, place, "--kind", "onsite", *pair, "--json")
    assert (refused.status, refused.json["error"]["code"]) == (1, "leader_unnamed")
    (made,) = youpin(*assign, place, "--kind", "onsite", "--leader", *pair, "--json").json["assignments"]
    assert (made["expert"], made["kind"]) == ("E0001", "onsite")
    moved = youpin("record", "reassign", place, "--from", "E0001", "--to", "E0002", "--kind", "examination", "--json")
    assert moved.json["assignments"] == []
    taken = ("record", "recall", place, *pair, "--reason", "改期", "--kind")
    assert youpin(*taken, "qualification").status == 1
    assert youpin(*taken, "onsite").status == 0


def test_applications_come_from_a_table_and_a_folder(world: RecordWorld) -> None:
    place, folder = world.record.location, world.folder
    template = folder / "template.xlsx"
    assert youpin("record", "intake", place, "--template", template, "--json").json["template"] == str(template)
    filled_in(template, 2)
    dossier = folder / "files" / "1 示例企业1"
    dossier.mkdir(parents=True)
    (dossier / "坏文件.pdf").write_bytes(b"")
    arguments = ("record", "intake", place, "--table", folder / "table.xlsx", "--files", folder / "files", "--json")
    before = world.record.verification.digest()
    dry = youpin(*arguments, "--dry-run")
    assert world.record.verification.digest() == before
    taken = youpin(*arguments)
    assert [one["finding"] for one in dry.json["applications"]] == [
        one["finding"] for one in taken.json["applications"]
    ]
    assert [one["code"] for one in taken.json["files"]] == ["empty"]
    assert taken.json["taken"] + taken.json["refused"] == 2
    listed = youpin("record", "applications", place, "--json").json["applications"]
    assert len(listed) == taken.json["taken"]


def test_a_file_that_lies_in_two_dossiers_is_warned_of_once_for_each(world: RecordWorld) -> None:
    folder = world.folder
    youpin("record", "intake", world.record.location, "--template", folder / "template.xlsx")
    filled_in(folder / "template.xlsx", 2)
    for name in ("1 示例企业1", "2 示例企业2"):
        (folder / "files" / name).mkdir(parents=True)
        (folder / "files" / name / "证书.pdf").write_bytes(stranger_files.pdf())
    told = youpin(
        "record", "intake", world.record.location, "--table", folder / "table.xlsx", "--files", folder / "files"
    )
    assert told.out.count("The same file is also in another dossier") == 2, told.out


def test_what_is_held_waits_for_a_decision(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    review = world.assign(desk, application)
    place = world.record.location
    recalled = youpin(
        "record",
        "recall",
        place,
        "--expert",
        desk.expert,
        "--application",
        application,
        "--reason",
        "示例原因",
        "--json",
    )
    assert recalled.json["expert"] == desk.expert
    held = youpin("record", "import", place, world.file(desk.hand_in(desk.sealed(review))), "--json")
    assert (held.status, held.json["packages"][0]["outcome"]) == (1, "recalled_assignment")
    (entry,) = youpin("record", "tray", place, "--json").json["tray"]
    assert entry["state"] == "waiting"
    decided = youpin("record", "decide", place, entry["sha256"], "--take", "--reason", "示例理由", "--json")
    assert (decided.status, decided.json["package"]["outcome"]) == (0, "new")
    twice = youpin("record", "decide", place, entry["sha256"], "--refuse", "--reason", "示例理由", "--json")
    assert (twice.status, twice.json["error"]["code"]) == (1, "tray_entry_settled")


def test_openers_come_and_go(world: RecordWorld) -> None:
    place = world.record.location
    assert youpin("record", "opener", place, "list", "--json").json["openers"] == ["王示例", "李示例"]
    added = youpin("record", "opener", place, "add", "赵示例", YOUPIN_NEW_PASSPHRASE="另外 四个 好记 词语")
    assert added.out.split() == ["王示例", "李示例", "赵示例"]
    theirs = {"YOUPIN_PASSPHRASE": "另外 四个 好记 词语"}
    assert youpin("record", "experts", place, **theirs).status == 0
    assert youpin("record", "opener", place, "remove", "赵示例").status == 0
    gone = youpin("record", "experts", place, **theirs)
    assert (gone.status, gone.err.strip()) == (1, "Wrong passphrase.")


def test_a_second_person_confirms_what_one_enrols(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUPIN_TEST_KDF", "lowest")
    place, theirs = tmp_path / "示例.record", "另外 四个 好记 词语"
    openers = [Opener("王示例", theirs), Opener("李示例", PASSPHRASE)]
    create_record(place, "2026", name="示例评审", openers=openers).workspace.close()
    world = opened_beside(place, tmp_path)
    with world.record:
        requests = [world.file(FakeDesk(world).enrolment(f"示例{number}")) for number in (1, 2)]
        alone = youpin("record", "enrol", place, *requests, "--yes", "--json")
        assert (alone.status, alone.json["error"]["code"]) == (1, "second_opener_needed")
        wrong = youpin("record", "enrol", place, *requests, "--yes", YOUPIN_SECOND_PASSPHRASE="not theirs")
        assert (wrong.status, wrong.out, wrong.err.count("\n")) == (1, "", 1)
        assert wrong.err.startswith("This is not the passphrase of another person")
        assert world.record.roster.experts() == ()
        file = tmp_path / "second.txt"
        file.write_text(theirs + "\n", encoding="utf-8")
        one = youpin("record", "enrol", place, requests[0], "--yes", "--second-passphrase-file", file, "--json")
        assert [each["outcome"] for each in one.json["enrolments"]] == ["new"]
        both = {"YOUPIN_PASSPHRASE": "", "YOUPIN_OPENER_PASSPHRASES": ""}
        lines = tmp_path / "both.txt"
        lines.write_text(f"{PASSPHRASE}\n{theirs}\n", encoding="utf-8")
        rest = youpin("record", "enrol", place, *requests, "--yes", "--passphrase-file", lines, "--json", **both)
        assert [each["outcome"] for each in rest.json["enrolments"]] == ["already_imported", "new"]
        assert {entry.facts["confirmed_by"] for entry in world.record.log.entries(limit=2)} == {"王示例"}


def test_refusals_are_one_sentence_and_usage_errors_another_status(world: RecordWorld, tmp_path: Path) -> None:
    place = world.record.location
    nowhere = youpin("record", "experts", tmp_path / "nowhere.record", "--json")
    assert (nowhere.status, nowhere.json["error"]["code"]) == (1, "record_missing")
    assert youpin("record", "create", place, "--campaign", "2026", "--name", "x").status == 1
    silent = youpin("record", "experts", place, YOUPIN_PASSPHRASE="")
    assert (silent.status, silent.err.count("\n")) == (1, 1)
    assert youpin("record", "assign", place, "--auto", "--expert", "E0001").status == 2
    assert youpin("record", "assign").status == 2
    chinese = youpin("record", "experts", place, YOUPIN_LANGUAGE="zh_CN", YOUPIN_PASSPHRASE="错误的口令")
    assert chinese.err.strip() == "口令错误。" or chinese.err.strip().endswith("。")


def test_every_command_teaches_by_help(capsys: pytest.CaptureFixture[str]) -> None:
    page = resource("help", "zh_CN", "cli-record.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^### `([a-z-]+)", page, flags=re.MULTILINE))
    for command in documented:
        with pytest.raises(SystemExit):
            parser().parse_args(["record", command, "--help"])
        assert "--json" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        parser().parse_args(["record", "--help"])
    assert set(re.findall(r"^    ([a-z-]+)  ", capsys.readouterr().out, flags=re.MULTILINE)) <= documented


def test_arguments_may_stand_behind_options() -> None:
    parsed = parser().parse_args(["record", "opener", "R", "add", "--json", "王示例"])
    assert (parsed.action, parsed.name, parsed.json) == ("add", "王示例", True)


def test_columns_line_up_under_chinese_words() -> None:
    assert table([("辽宁", "x"), ("ab", "y")]) == "辽宁  x\nab    y"
