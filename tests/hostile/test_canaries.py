"""A whole story with thirty strings that must never be found in the clear, a crash in the middle of it included.

Everything runs in processes of its own under a fresh home; afterwards every file created anywhere below it, and in the
system's shared temporary folders, is searched. Found they may be only where the user asked for paper or open formats:
the recovery code, the page to sign, the hand-out list, the reset line and the export. Two things are no secret by
design: the names of a record's openers, which stand in its key file, and the campaign's name in the invitation.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.desk import open_desk
from app.bootstrap.record import open_record
from app.crypto.vault import Vault
from app.domain.ids import IndicatorId, ReviewId
from app.intake.rubric_file import default_rubric
from app.services.help_text import help_text
from app.services.record_context import load_keys
from tests.support import intake_material, journeys, journeys_children, stranger_files
from tests.support.canaries import Canaries, files_below
from tests.support.figures import show
from tests.support.journeys import Answer, youpin

SHARED = [Path("/var/tmp"), Path("/dev/shm")]  # where SQLite and shared memory go when nobody says otherwise
ENCRYPTED = {".record", ".desk", ".key", ".1", ".head", ".youpin", ".age", ".lock", ".desk-wal", ".desk-shm"}
GUIDE = "专家一页通 2026.pdf"  # how the program is used, for every expert alike; searched like everything else


@dataclass
class Story:
    """The folders: what the user brings, where the user works, and what the user asked to have in the clear."""

    home: Path
    brought: Path
    work: Path
    asked: Path
    canaries: Canaries = field(default_factory=Canaries)
    passphrases: dict[str, str] = field(default_factory=dict)
    said: list[Answer] = field(default_factory=list)

    def run(self, who: str, *arguments: str | Path, expected: int = 0, **more: str) -> dict[str, Any]:
        """A command of *who*, from cold, under the story's own home."""
        home = {"HOME": str(self.home), "TMPDIR": str(self.home / "tmp"), "XDG_RUNTIME_DIR": str(self.home / "run")}
        moved = {name: str(self.home / name) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        environment = {**home, **moved, "YOUPIN_HOME": "", "YOUPIN_PASSPHRASE": self.passphrases[who], **more}
        answer = youpin(*arguments, "--json", folder=self.work, environment=environment, is_cold=True)
        assert answer.status == expected, answer.errors
        self.said.append(answer)
        return answer.document


@pytest.fixture
def story(tmp_path: Path) -> Story:
    made = Story(*(tmp_path / name for name in ("home", "brought", "work", "asked")))
    for folder in (made.home / "tmp", made.home / "run", made.brought, made.work, made.asked):
        folder.mkdir(parents=True, mode=0o700)
    word = made.canaries.word
    made.passphrases = {
        "office": word("passphrase of the office", "canary-office-passphrase 山雀 鹌鹑 17"),
        "second": word("passphrase of the second opener", "canary-second-passphrase 云雀 麻雀 18"),
        "expert": word("passphrase of the expert", "canary-expert-passphrase 白鹭 灰鹤 19"),
        "recovery": word("passphrase of the recovery file", "canary-recovery-passphrase 斑鸠 夜莺 20"),
        "new": word("new passphrase", "canary-new-passphrase 雨燕 画眉 21"),
    }
    return made


def bring(story: Story) -> None:
    """The summary table, dossiers, and the expert's answers, all full of canaries."""
    word = story.canaries.word
    rows = [
        intake_material.row(
            number,
            operator=word(f"operator {number}", f"示例金丝雀{'甲乙'[number - 1]}号有限公司"),
            offering_name=word(f"product {number}", f"金丝雀牌示例产品{'子丑'[number - 1]}型"),
            contact=word(f"contact {number}", f"示例联系人金丝{'寅卯'[number - 1]}"),
            phone=word(f"telephone {number}", f"1390000765{number}"),
        )
        for number in (1, 2)
    ]
    intake_material.write_table(story.brought / "汇总表.xlsx", rows)
    name = word("file name", "canary 检测报告 金丝雀样本")
    text = word("text of a document", "canary-text-inside-a-pdf-7731")
    for number in (1, 2):
        files = {
            f"{name}.pdf": stranger_files.dense_pdf([text]),
            "照片.png": stranger_files.picture(size=(30 + number, 20)),
        }
        intake_material.write_files(story.brought / f"{number}", files)
    scores = json.loads(journeys.scores(75))
    first = next(iter(scores["scores"]))
    scores["scores"][first]["reason"] = word("reason", "理由金丝雀：研发台账与审计报告不一致")
    scores["opinion"]["text"] = word("opinion", "意见金丝雀：建议推荐并限期整改")
    scores["opinion"]["strengths"] = word("strength", "优势金丝雀：工艺稳定成品率高")
    scores["opinion"]["concerns"] = word("concern", "不足金丝雀：检测频次明显偏低")
    (story.brought / "scores.json").write_text(json.dumps(scores, ensure_ascii=False))


def play(story: Story) -> None:
    """From founding the record to results, by commands, with two crashes."""
    word, run, work = story.canaries.word, story.run, story.work
    expert = word("name of the expert", "示例专家金丝鹊")
    employer = word("employer", "示例金丝雀研究院")
    relation = word("relation", "示例金丝雀控股集团公司")
    openers = "秘书甲", "秘书乙"
    both = "\n".join((story.passphrases["office"], story.passphrases["second"]))
    founded = run(
        "office", "record", "create", "2026.record", "--campaign", "2026", "--name", "示例评审",
        "--opener", openers[0], "--opener", openers[1], "--recovery-out", "recovery.age",
        YOUPIN_OPENER_PASSPHRASES=both, YOUPIN_RECOVERY_PASSPHRASE=story.passphrases["recovery"],
    )  # fmt: skip
    run("office", "record", "invite", "2026.record", "--out", "invitation.youpin")
    run("expert", "desk", "create", "a.desk", "--name", expert, "--recovery-out", story.asked / "code.txt")
    code = (story.asked / "code.txt").read_text().split()
    word("recovery code", next(line for line in code if line.count("-") >= 7))
    run(
        "expert", "desk", "enrol", "a.desk", "--invitation", "invitation.youpin", "--fingerprint",
        founded["fingerprint"], "--out", "request.youpin", "--page", story.asked / "page.pdf", "--phone",
        word("telephone of the expert", "13955557777"), "--employer", employer, "--relation", relation,
    )  # fmt: skip
    run(
        "office", "record", "enrol", "2026.record", "request.youpin", "--yes",
        YOUPIN_SECOND_PASSPHRASE=story.passphrases["second"],
    )  # fmt: skip
    run("office", "record", "intake", "2026.record", "--table", story.brought / "汇总表.xlsx", "--files", story.brought)
    run("office", "record", "assign", "2026.record", "--auto", "--panel", "1")
    issued = run("office", "record", "issue", "2026.record", "--out", "out")
    (story.work / issued["hand_out"]).rename(story.asked / "hand-out.xlsx")
    run("expert", "desk", "import", "a.desk", *[one["file"] for one in issued["packages"]])
    run("expert", "desk", "declare", "a.desk", "2026-0001", "--none")
    note = word("note of a declaration", "曾为金丝雀公司提供咨询服务")
    run("expert", "desk", "declare", "a.desk", "2026-0002", "--conflict", "consulting", "--note", note)
    run("expert", "desk", "score", "a.desk", "2026-0001", "--from", story.brought / "scores.json")
    crash_while_typing(story)
    run("expert", "desk", "seal", "a.desk", "2026-0001", "--out", "first.youpin")
    run(
        "expert",
        "desk",
        "revise",
        "a.desk",
        "2026-0001",
        "--reason",
        word("reason of a revision", "金丝雀复核发现计算有误"),
    )
    run("expert", "desk", "seal", "a.desk", "2026-0001", "--out", "second.youpin")
    held = run("office", "record", "import", "2026.record", "second.youpin", expected=1)
    journeys_children.killed_after(
        0.05, journeys_children.importing, work / "2026.record", story.passphrases["office"], [work / "first.youpin"]
    )
    run("office", "record", "import", "2026.record", "first.youpin", "--receipts", "receipts")
    run("office", "record", "import", "2026.record", "second.youpin", "--receipts", "receipts")
    assert held["packages"][0]["outcome"] == "early_revision"
    run("office", "record", "recall", "2026.record", "--expert", "E0001", "--application", "2026-0002",
        "--reason", word("reason of a recall", "金丝雀利害关系成立收回"))  # fmt: skip
    run("office", "record", "results", "2026.record")
    run("office", "record", "verify", "2026.record")
    reset = run("office", "record", "reset-code", "2026.record", "--expert", "E0001", "--reason", "来电核对")
    (story.asked / "line.txt").write_text(word("reset code", reset["code"]))
    run("expert", "desk", "reset", "a.desk", "--code-file", story.asked / "line.txt",
        YOUPIN_NEW_PASSPHRASE=story.passphrases["new"])  # fmt: skip
    story.passphrases["expert"] = story.passphrases["new"]
    run("expert", "desk", "check", "a.desk", "--deep")
    run("office", "record", "export", "2026.record", "--out", story.asked / "export")


def crash_while_typing(story: Story) -> None:
    typed = story.canaries.word("text typed when the power failed", "canary-typed-at-the-crash-金丝雀-0409")
    desk = story.work / "a.desk"
    with open_desk(desk, story.passphrases["expert"]) as opened:
        review = opened.tasks.review_of("2026-0001")
    indicators = list(default_rubric().indicators)
    place: tuple[ReviewId, IndicatorId] = (review, indicators[1].id)
    done = journeys_children.killed_after(
        0.3, journeys_children.typing_over, desk, story.passphrases["expert"], place, typed
    )
    assert done.was_killed
    assert done.promised
    left = {path.name for path in story.work.iterdir()}
    assert "a.desk-wal" in left  # it really died in the middle
    assert story.canaries.found_in_files(files_below(story.work)) == {}


def learn_keys(story: Story) -> str:
    """The keys of the story, as the program itself holds them; and what 求助 says meanwhile."""
    canaries, words = story.canaries, ""
    with open_record(story.work / "2026.record", story.passphrases["office"]) as record:
        with record._context.store.reading() as work:
            keys = load_keys(work)
        canaries.word("import identity", keys.identity.secret)
        canaries.key("key of the issuing authority", keys.issuing.key)
        canaries.key("dispatch key", keys.dispatch.key)
        words += help_text(record, recent_codes=["late"], screen="R05").text
    with open_desk(story.work / "a.desk", story.passphrases["expert"]) as desk:
        with desk._store.reading() as work:
            mine = work.desk.keys()
        assert mine is not None
        canaries.word("identity of the desk", mine.identity)
        unlocked = desk._keys.unlock_typed(story.passphrases["expert"])
        canaries.key("master key", unlocked._master)
        canaries.key("database key", Vault.of(unlocked).database_key().key)
        words += help_text(desk, recent_codes=["wrong_passphrase"], screen="D03").text
    return words + help_text(None).text


@pytest.mark.timeout(240)
def test_nothing_of_a_story_is_found_in_the_clear(story: Story) -> None:
    shared = {path for folder in SHARED if folder.is_dir() for path in files_below(folder)}
    bring(story)
    play(story)
    help_words = learn_keys(story)
    canaries = story.canaries
    assert len(canaries) >= 30
    searched = [*files_below(story.home, story.work)]
    for folder in SHARED:
        with suppress(OSError):
            searched += [path for path in files_below(folder) if path not in shared and os.access(path, os.R_OK)]
    assert canaries.found_in_files(searched) == {}
    strange = {path.name for path in files_below(story.work) if path.suffix not in ENCRYPTED} - {GUIDE}
    assert {name for name in strange if not name.startswith(("2026.record-", "a.desk-"))} == set()
    assert canaries.found_in(help_words.encode()) == set()
    assert len(help_words.splitlines()) <= 75
    errors = "".join(answer.errors for answer in story.said)
    secrets = {name for name in canaries.found_in(errors.encode()) if "passphrase" in name or "key" in name}
    assert secrets == set()
    asked = canaries.found_in_files(files_below(story.asked / "export"))
    assert asked  # the search finds what is there in the clear
    show(f"canaries searched / found: {len(canaries)} / 0, in {len(searched)} files")
