"""Words, not codes: what a person reads in the terminal, over one small campaign and its usual mishaps."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

import pytest

from app.cli.commands import parser
from app.crypto.certificates import Role
from app.domain.conflict import ConflictKind, Declared
from app.domain.health import Severity
from app.domain.outcome import Outcome
from app.domain.parting import Medium
from app.domain.task import TaskState
from app.domain.tray import TrayState
from app.intake.finding import Code, Level
from app.packages.description import PackageKind, PartyRole
from app.words.dossiers import level_word
from app.words.packages import kind_word, party_word
from tests.support import journeys
from tests.support.intake_material import row, write_table
from tests.support.journey_fixtures import FIRST
from tests.support.journeys import Answer, Campaign, youpin

SCORES: Final = "分数.json"
LOADED: Final = (parser, Role, Code, PartyRole, Medium, TrayState, Severity, Outcome)  # every list is imported here


def _lists(kind: type[StrEnum]) -> Iterator[type[StrEnum]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("app.") and not one.__module__.startswith("app.documents"):
            yield one
        yield from _lists(one)


def codes_in(words: str) -> set[str]:
    """Values of closed lists that stand in *words* by themselves; names of files and commands are left alone."""
    values = {member.value for listed in _lists(StrEnum) for member in listed}
    commands = re.sub(r"youpin(?: [a-z-]+)+", " ", words)
    named = re.sub(r"[\w./\\-]*[./\\-][\w./\\-]*", " ", commands)
    return values & set(re.findall(r"(?<![0-9A-Za-z_])[A-Za-z][A-Za-z_]*(?![0-9A-Za-z_])", named))


def plain(*arguments: str | Path, status: int = 0, later: timedelta | None = None, **environment: str) -> Answer:
    """One command in Chinese without ``--json``, whose words are looked at."""
    said = youpin(*arguments, later=later, environment={"YOUPIN_LANGUAGE": "zh_CN", **environment})
    assert said.status == status, said.words + said.errors
    assert codes_in(said.words + said.errors) == set(), said.words + said.errors
    return said


def test_the_check_sees_codes_and_leaves_names_alone() -> None:
    assert codes_in("2026-0001  示例企业  undeclared  0/24") == {"undeclared"}
    assert codes_in("GOOD pages 一切正常") == {"GOOD"}
    assert codes_in("已写入：new.youpin，请用 youpin record import 接收 reviews/new") == set()


def test_a_desk_speaks_in_words(issued: Campaign) -> None:
    desk, (first, second, third) = issued.desk(), issued.applications
    files = issued.assigned()
    said = plain("desk", "import", desk, *files)
    assert "评审任务" in said.words
    assert "已在本机" in plain("desk", "import", desk, *files).words
    assert "待声明" in plain("desk", "tasks", desk).words
    plain("desk", "declare", desk, first, "--none")
    recused = plain("desk", "declare", desk, second, "--conflict", str(ConflictKind.KINSHIP), "--note", "亲属")
    assert "已回避" in recused.words
    plain("desk", "declare", desk, third, "--abstain", "--note", "健康原因")
    (issued.folder / SCORES).write_bytes(journeys.scores(75))
    assert "待签名" in plain("desk", "score", desk, first, "--from", issued.folder / SCORES).words
    sealed = issued.folder / "交回.youpin"
    plain("desk", "seal", desk, first, "--out", sealed)
    plain("desk", "tasks", desk)
    assert "正常" in plain("desk", "check", desk, "--deep").words
    plain("desk", "revise", desk, first, "--reason", "看漏了")
    plain("package", "inspect", files[0], "--desk", desk)
    plain("package", "inspect", issued.folder / journeys.INVITATION)
    plain("package", "inspect", files[0], status=1)
    plain("package", "inspect", sealed, "--record", issued.record)
    damaged = issued.folder / "坏.youpin"
    damaged.write_bytes(b"?")
    refused = plain("desk", "import", desk, damaged, status=1)
    assert len((refused.words + refused.errors).split("不是优品评审包")) == 2, "said once"


def test_a_record_speaks_in_words(signed: Campaign) -> None:
    record, folder, (first, *_others) = signed.record, signed.folder, signed.applications
    rehearsed = plain("record", "import", record, folder / FIRST, "--dry-run")
    assert "可接收" in rehearsed.words
    assert "已接收" not in rehearsed.words
    plain("record", "import", record, folder / FIRST, "--receipts", folder / "回执")
    assert "已有" in plain("record", "import", record, folder / FIRST).words
    for command in ("applications", "experts", "results", "tray", "verify"):
        plain("record", command, record)
    plain("record", "opener", record, "list")
    plain("record", "issue", record, "--out", folder / "再发", "--again", "--dry-run")
    plain("record", "issue", record, "--out", folder / "再发", "--again")
    plain("record", "recall", record, "--expert", "E0002", "--application", first, "--reason", "示例")
    late = folder / "迟到.youpin"
    shutil.copy(signed.seal("hand-in-2.youpin", first, expert=2), late)
    held = plain("record", "import", record, late, status=1)
    assert held.errors.startswith(late.name)
    assert len((held.words + held.errors).split("决定是否仍然接收")) <= 2, "said once"
    (entry,) = signed.record_run("tray").document["tray"]
    plain("record", "tray", record)
    plain("record", "decide", record, entry["sha256"], "--take", "--reason", "示例")
    plain("record", "tray", record, "--all")
    plain("record", "results", record)
    plain("record", "revoke", record, "--device", "E0003-D1", "--reason", "丢失")
    plain("record", "reset-code", record, "--expert", "E0001", "--reason", "已核实")
    plain("record", "export", record, "--out", folder / "导出")
    plain("record", "import", record, folder / "没有.youpin", status=1)


def test_intake_speaks_in_words(issued: Campaign) -> None:
    folder = issued.folder
    known = folder / "汇总表.xlsx", folder / "材料"
    again = plain("record", "intake", issued.record, "--table", known[0], "--files", known[1])
    assert "已有 3 项" in again.words
    table = write_table(folder / "新表.xlsx", [row(7), row(8, uscc="91210100")])
    shutil.copytree(known[1] / "1", folder / "新材料" / "7")
    shutil.copytree(known[1] / "2", folder / "新材料" / "8")
    (folder / "新材料" / "8" / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    both = "--table", table, "--files", folder / "新材料"
    rehearsed = plain("record", "intake", issued.record, *both, "--dry-run", status=3)
    assert "可收录 1 项，不能收录 1 项" in rehearsed.words
    assert "没有写入" in rehearsed.words
    taken = plain("record", "intake", issued.record, *both, status=3)
    assert "收录 1 项，未收录 1 项" in taken.words


def test_enrolment_speaks_in_words(issued: Campaign) -> None:
    request = issued.folder / "申请.youpin"
    journeys.write_request(issued, request, name="示例专家丁")
    plain("record", "enrol", issued.record, request)
    (issued.folder / "坏.youpin").write_bytes(b"?")
    plain("record", "enrol", issued.record, issued.folder / "坏.youpin", status=1)


def test_codes_stay_codes_for_scripts(issued: Campaign) -> None:
    issued.desk_run("import", *issued.assigned())
    states = {task["state"] for task in issued.desk_run("tasks").document["tasks"]}
    assert states == {str(TaskState.UNDECLARED)}
    assert json.loads(youpin("desk", "check", issued.desk(), "--json").words)["worst"] == "GOOD"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_closed_list_has_its_words(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in PackageKind:
        assert kind_word(kind) not in ("", kind)
    for level in Level:
        assert level_word(level) != level
    assert all(party_word(party) != party for party in PartyRole)
    assert {Declared.NONE} <= set(Declared)
