"""The sample campaign as somebody meets it who types ``youpin demo`` or ``make run``."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import sandbox


def youpin(*words: str, passphrase: str = "") -> dict[str, Any]:
    """One command as typed; its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *words, "--json"],
        env={**os.environ, "YOUPIN_PASSPHRASE": passphrase},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("示例 (1)") / "new"
    return youpin("demo", "--headless", "--dir", str(folder))


def test_sample_leaves_a_record_desks_packages_and_receipts_where_it_says(sample: dict[str, Any]) -> None:
    packages = sample["packages"]
    assert len(sample["desks"]) == 5
    assert len(packages["assignments"]) >= 5
    assert len(packages["reviews"]) == 6
    assert len(packages["receipts"]) == 5
    files = [sample["record"], sample["recovery"], *sample["desks"], packages["invitation"]]
    files += [*packages["assignments"], *packages["reviews"], *packages["receipts"]]
    assert [file for file in files if not Path(file).is_file()] == []


def test_sample_record_is_verified_and_its_desks_are_healthy(sample: dict[str, Any]) -> None:
    verified = youpin("record", "verify", sample["record"], passphrase=sample["passphrase"])
    assert verified["ok"] is True
    assert verified["differences"] == []
    for desk in sample["desks"]:
        assert youpin("desk", "check", desk, passphrase=sample["passphrase"])["worst"] in {"GOOD", "INFO"}


def test_sample_shows_every_kind_of_progress(sample: dict[str, Any]) -> None:
    states = {
        task["state"]
        for desk in sample["desks"]
        for task in youpin("desk", "tasks", desk, passphrase=sample["passphrase"])["tasks"]
    }
    assert {"confirmed", "sent", "recused", "complete", "scoring", "unscored"} <= states
    results = youpin("record", "results", sample["record"], passphrase=sample["passphrase"])["applications"]
    assert len(results) == 15
    told = {expert["status"] for result in results for expert in result["experts"]}
    assert told == {"sealed", "recused", "missing"}
    assert any(result["recipes"]["trimmed_mean"]["total"] for result in results)
    assert any(result["recipes"]["trimmed_mean"]["total"] is None for result in results)


def test_sample_is_refused_where_something_lies_already(sample: dict[str, Any]) -> None:
    folder = Path(sample["record"]).parent
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "demo", "--headless", "--dir", str(folder)],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 1
    assert folder.name in done.stderr.decode()


def test_every_screen_of_the_sample_can_be_drawn(sample: dict[str, Any], tmp_path: Path) -> None:
    desk = next(desk for desk in sample["desks"] if "李" in Path(desk).name)
    subprocess.run(
        [sys.executable, "-m", "ui.tour", sample["record"], desk, str(tmp_path / "screens"), "--theme", "dark"],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "YOUPIN_PASSPHRASE": sample["passphrase"],
            "YOUPIN_HOME": str(sandbox.root() / "tour"),
        },
        check=True,
        timeout=300,
    )
    pictures = sorted((tmp_path / "screens").glob("*.png"))
    assert len(pictures) == 23
    assert all(picture.stat().st_size > 4_000 for picture in pictures)
