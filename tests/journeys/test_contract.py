"""The stable contract of the command line: keys of every JSON document, exit statuses, help in both languages."""

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from app.domain.conflict import ConflictKind
from app.domain.outcome import Outcome
from app.domain.task import TaskState
from app.paths import resource
from tests.support import journeys
from tests.support.commands import commands as every_command
from tests.support.journey_fixtures import FIRST
from tests.support.journeys import Campaign, youpin

LANGUAGES: Final = ("zh_CN", "en")
# What scripts rely on. A list names the keys of its items; more keys may be added, none renamed or removed.
CONTRACT: Final[Mapping[str, Any]] = {
    "record create": {"record": "", "fingerprint": "", "recovery": ""},
    "record invite": {"file": "", "fingerprint": ""},
    "record enrol": {
        "enrolments": [{"file": "", "outcome": "", "expert": "", "device": "", "code": "", "credential": ""}]
    },
    "record experts": {"experts": [{"expert": "", "name": "", "devices": ""}]},
    "record applications": {"applications": [{"application": "", "operator": "", "state": ""}]},
    "record intake": {
        "applications": [{"row": "", "application": "", "finding": "", "codes": "", "sentences": ""}],
        "files": [{"path": "", "type": "", "finding": "", "code": "", "sentence": ""}],
        "taken": "",
        "refused": "",
    },
    "record assign": {"assignments": [{"application": "", "expert": "", "review": ""}]},
    "record reassign": {"assignments": [{"application": "", "expert": "", "review": ""}]},
    "record issue": {"packages": [{"file": "", "expert": "", "device": "", "seq": "", "part": "", "applications": ""}]},
    "record import": {
        "packages": [
            {
                "file": "",
                "outcome": "",
                "sentence": "",
                "reviews": [{"review": "", "application": "", "expert": "", "outcome": ""}],
            }
        ],
        "counts": dict.fromkeys(map(str, Outcome), ""),
    },
    "record results": {
        "applications": [
            {
                "application": "",
                "operator": "",
                "experts": [{"expert": "", "status": "", "total": "", "scores": ""}],
                "recipes": {"mean": {"total": "", "dimensions": ""}, "trimmed_mean": {"total": "", "dimensions": ""}},
            }
        ]
    },
    "record verify": {"ok": "", "packages": "", "differences": [], "digest": ""},
    "desk create": {"desk": "", "recovery": ""},
    "desk enrol": {"file": "", "code": ""},
    "desk import": {
        "packages": [{"file": "", "kind": "", "outcome": "", "sentence": ""}],
        "counts": dict.fromkeys(map(str, Outcome), ""),
    },
    "desk tasks": {"tasks": [{"application": "", "operator": "", "state": "", "scored": "", "of": ""}]},
    "desk declare": {"reviews": [{"review": "", "state": ""}]},
    "desk score": {"review": "", "state": "", "missing": ""},
    "desk seal": {
        "file": "",
        "package": "",
        "seq": "",
        "reviews": [{"review": "", "application": "", "revision": ""}],
    },
    "desk check": {"worst": "", "findings": [{"severity": "", "code": "", "sentence": ""}]},
    "package inspect": {
        "outcome": "",
        "kind": "",
        "from": "",
        "to": "",
        "seq": "",
        "files": [{"path": "", "size": "", "sha256": ""}],
    },
}
PROMISED: Final = (
    "record create", "record opener", "record invite", "record enrol", "record experts", "record applications",
    "record intake", "record assign", "record issue", "record reassign", "record recall", "record revoke",
    "record extend", "record reset-code", "record import", "record decide", "record results", "record verify",
    "record export", "desk create", "desk enrol", "desk import", "desk tasks", "desk declare", "desk score",
    "desk form", "desk revise", "desk seal", "desk receipt", "desk check", "package inspect", "demo",
)  # fmt: skip


@cache
def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command that there is, by its words."""
    return {" ".join(names): one for names, one in every_command()}


def keys_of(value: object, prefix: str = "") -> set[str]:
    """Dotted names of every key; ``[]`` stands for the items of a list."""
    found = set()
    if isinstance(value, Mapping):
        for key, inner in value.items():
            found |= {f"{prefix}{key}"} | keys_of(inner, f"{prefix}{key}.")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            found |= keys_of(inner, f"{prefix}[].")
    return found


def keep(command: str, document: Mapping[str, Any]) -> None:
    """*document* has every key of the contract, and each of its keys is explained in both help pages."""
    wanted = keys_of(CONTRACT[command])
    assert wanted <= keys_of(document), f"{command} lacks {wanted - keys_of(document)}"
    for language in LANGUAGES:
        page = help_page(language, command)
        names = {key.rsplit(".", 1)[-1] for key in keys_of(document)} - _free_keys(command)
        unexplained = {name for name in names if f'"{name}"' not in page and f"`{name}`" not in page}
        assert not unexplained, f"{language}: {command} does not explain {unexplained}"


def help_page(language: str, command: str) -> str:
    group = command.split(maxsplit=1)[0]
    name = "record" if group == "record" else "desk"  # what both have, experts meet at the desk
    return resource("help", language, f"cli-{name}.md").read_text(encoding="utf-8")


def _free_keys(command: str) -> set[str]:
    """Keys that are values: outcomes, indicators, dimensions."""
    from app.intake.rubric_file import default_rubric

    rubric = default_rubric()
    names = {str(one.id) for one in (*rubric.indicators, *rubric.dimensions)}
    return names | set(map(str, Outcome)) if command.startswith(("record", "desk")) else set()


def test_every_promised_command_exists_and_nothing_was_renamed() -> None:
    assert set(PROMISED) <= set(commands())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", ["record", "desk", "package", "demo", "help", "guide"])
def test_every_command_teaches_in_both_languages(group: str, language: str) -> None:
    names = [name for name in commands() if name.split()[0] == group]
    assert names
    for name in names:
        said = youpin(*name.split(), "--help", environment={"YOUPIN_LANGUAGE": language})
        assert said.status == 0, name
        assert ("用法" if language == "zh_CN" else "usage") in said.words
        has_chinese = re.search(r"[\u4e00-\u9fff]", said.words.replace("王示例", "").replace("李示例", ""))
        if language == "zh_CN":
            assert has_chinese, name
        assert "--json" in said.words
        if " " in name:
            assert all(word in help_page(language, name) for word in name.split()[1:]), name


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("record",),
        ("record", "frobnicate"),
        ("record", "import", "x.record"),
        ("record", "assign", "x.record"),
        ("record", "assign", "x.record", "--auto", "--expert", "E0001"),
        ("record", "issue", "x.record", "--out", "d", "--max-mb", "none"),
        ("record", "extend", "x.record", "--until", "tomorrow", "--reason", "x"),
        ("record", "decide", "x.record", "ab", "--reason", "x"),
        ("record", "intake", "x.record"),
        ("record", "import", "x.record", "f", "--dry"),
        ("desk", "declare", "x.desk", "2026-0001"),
        ("desk", "declare", "x.desk", "2026-0001", "--conflict", "boredom", "--note", "x"),
        ("desk", "seal", "x.desk"),
        ("package", "inspect", "f", "--desk", "a", "--record", "b"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_how(words: tuple[str, ...], tmp_path: Path) -> None:
    said = youpin(*words, folder=tmp_path)
    assert (said.status, said.words) == (2, "")
    assert said.errors.strip()
    assert list(tmp_path.iterdir()) == []


def test_no_secret_is_an_argument() -> None:
    for name, one in commands().items():
        for action in one._actions:
            told = " ".join([*action.option_strings, action.dest])
            if re.search(r"pass|secret|key|code|recovery", told):
                takes_value = action.nargs != 0
                harmless = {"code", "codes", "recovery_out"}  # digits of a page that everybody may see; a file to write
                is_file = action.type is Path
                assert is_file or not takes_value or action.dest in harmless, (name, told)


def test_passphrase_on_the_command_line_is_wrong_usage(tmp_path: Path) -> None:
    said = youpin("desk", "tasks", "x.desk", "--passphrase", "geheim 1234", folder=tmp_path)
    assert said.status == 2


def test_refusals_are_one_sentence_and_a_code(issued: Campaign, tmp_path: Path) -> None:
    missing = issued.record_run("import", tmp_path / "nothing")
    assert (missing.status, set(missing.document["error"])) == (1, {"code", "sentence"})
    assert missing.errors.strip() == missing.document["error"]["sentence"]
    wrong = issued.record_run("verify", environment={"YOUPIN_PASSPHRASE": "not this one 12"})
    assert (wrong.status, wrong.document["error"]["code"]) == (1, "wrong_passphrase")
    silent = issued.record_run("verify", environment={"YOUPIN_PASSPHRASE": ""})
    assert (silent.status, silent.document["error"]["code"]) == (1, "passphrase_needed")
    file = tmp_path / "passphrase.txt"
    file.write_text(journeys.PASSPHRASE + "\n", encoding="utf-8")
    given = issued.record_run("experts", "--passphrase-file", file, environment={"YOUPIN_PASSPHRASE": ""})
    assert given.status == 0


def test_kinds_and_states_are_printed_by_help() -> None:
    declared = youpin("desk", "declare", "--help").words
    assert all(str(kind) in declared for kind in ConflictKind)
    states = youpin("desk", "tasks", "--help").words
    assert all(str(state) in states for state in TaskState)


def test_documents_of_the_record_have_the_promised_keys(signed: Campaign, tmp_path: Path) -> None:
    founded = youpin(
        "record", "create", tmp_path / "x.record", "--campaign", "2027", "--name", "示例", "--recovery-out",
        tmp_path / "r.age", "--json", environment={"YOUPIN_RECOVERY_PASSPHRASE": journeys.PASSPHRASE},
    )  # fmt: skip
    keep("record create", founded.document)
    keep("record invite", signed.record_run("invite", "--out", tmp_path / "i.youpin").document)
    request = signed.folder / "request-1.youpin"
    keep("record enrol", signed.record_run("enrol", request, "--out", tmp_path / "c").document)
    keep("record experts", signed.record_run("experts").document)
    keep("record applications", signed.record_run("applications").document)
    looked = signed.record_run(
        "intake", "--table", signed.folder / "汇总表.xlsx", "--files", signed.folder / "材料", "--dry-run"
    )
    keep("record intake", looked.document)
    signed.record_run("recall", "--expert", "E0001", "--application", "2026-0003", "--reason", "x")
    keep("record issue", signed.record_run("issue", "--out", tmp_path / "out").document)
    taken = signed.take_in(signed.folder / FIRST).document
    keep("record import", taken)
    results = signed.record_run("results").document
    keep("record results", results)
    keep("record verify", signed.record_run("verify").document)
    (one,) = [found for found in results["applications"] if found["application"] == "2026-0001"]
    (mine,) = [expert for expert in one["experts"] if expert["expert"] == "E0001"]
    assert mine["scores"]["rd_platform"] == {"percent": 75, "points": "30"}
    assert (mine["status"], mine["total"]) == ("sealed", "750.00")
    assert one["recipes"]["mean"]["total"] == "750.00"
    assert one["recipes"]["trimmed_mean"]["total"] is None  # fewer than five values
    assert isinstance(taken["packages"][0]["seq"], int)


def test_documents_of_the_desk_have_the_promised_keys(ready: Campaign, tmp_path: Path) -> None:
    created = youpin("desk", "create", tmp_path / "x.desk", "--name", "示例", "--json")
    keep("desk create", created.document)
    assert created.document["recovery"] is None
    assert "-" in created.errors  # shown once, and not in what a script keeps
    asked = ready.desk_run(
        "enrol", "--invitation", ready.folder / journeys.INVITATION, "--fingerprint", ready.fingerprint, "--out",
        tmp_path / "r.youpin", desk=tmp_path / "x.desk",
    )  # fmt: skip
    keep("desk enrol", asked.document)
    keep("desk import", ready.desk_run("import", *ready.assigned()).document)
    keep("desk tasks", ready.desk_run("tasks").document)
    keep("desk declare", ready.desk_run("declare", "2026-0003", "--abstain", "--note", "x").document)
    scores = tmp_path / "s.json"
    scores.write_text(json.dumps({"scores": {"rd_platform": None}}))
    scored = ready.desk_run("score", "2026-0001", "--from", scores).document
    keep("desk score", scored)
    assert scored["missing"] == ["score:rd_platform"]
    sealed = ready.desk_run("seal", "2026-0002", "--out", tmp_path / "h.youpin").document
    keep("desk seal", sealed)
    keep("desk check", ready.desk_run("check").document)
    inspected = youpin("package", "inspect", ready.folder / journeys.INVITATION, "--json")
    keep("package inspect", inspected.document)
    unopened = youpin("package", "inspect", tmp_path / "h.youpin", "--json")
    assert (unopened.status, unopened.document["outcome"]) == (1, "not_for_you")
    form = ready.desk_run("form", "2026-0001", "--out", tmp_path / "f.xlsx")
    assert (form.status, Path(form.document["file"]).read_bytes()[:2]) == (0, b"PK")
