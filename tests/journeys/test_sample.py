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


@pytest.mark.timeout(600)  # one campaign with everything in it, on a machine that may be busy
def test_sample_is_a_campaign_in_the_middle_that_can_be_verified(tmp_path: Path) -> None:
    """One story, because a second campaign would only take the same time again."""
    sample = youpin("demo", "--headless", "--dir", str(tmp_path / "示例 (1)"))
    everything_lies_where_it_says(sample)
    record_is_verified_and_desks_are_healthy(sample)
    every_kind_of_progress_is_there(sample)
    nothing_is_overwritten(sample)
    every_screen_can_be_drawn(sample, tmp_path / "screens")


def everything_lies_where_it_says(sample: dict[str, Any]) -> None:
    packages = sample["packages"]
    assert len(sample["desks"]) == 5
    assert len(packages["assignments"]) >= 5
    assert len(packages["reviews"]) == 6
    assert len(packages["receipts"]) == 5
    files = [sample["record"], sample["recovery"], *sample["desks"], packages["invitation"]]
    files += [*packages["assignments"], *packages["reviews"], *packages["receipts"]]
    assert [file for file in files if not Path(file).is_file()] == []


def record_is_verified_and_desks_are_healthy(sample: dict[str, Any]) -> None:
    verified = youpin("record", "verify", sample["record"], passphrase=sample["passphrase"])
    assert verified["ok"] is True
    assert verified["differences"] == []
    for desk in sample["desks"]:
        assert youpin("desk", "check", desk, passphrase=sample["passphrase"])["worst"] in {"GOOD", "INFO"}


def every_kind_of_progress_is_there(sample: dict[str, Any]) -> None:
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


def nothing_is_overwritten(sample: dict[str, Any]) -> None:
    folder = Path(sample["record"]).parent
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "demo", "--headless", "--dir", str(folder)],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 1
    assert folder.name in done.stderr.decode()


def every_screen_can_be_drawn(sample: dict[str, Any], folder: Path) -> None:
    desk = next(desk for desk in sample["desks"] if "李" in Path(desk).name)
    subprocess.run(
        [sys.executable, "-m", "ui", "--pictures", sample["record"], desk, str(folder), "--theme", "dark"],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "YOUPIN_PASSPHRASE": sample["passphrase"],
            "YOUPIN_HOME": str(sandbox.root() / "tour"),
        },
        check=True,
        timeout=300,
    )
    pictures = sorted(folder.glob("*.png"))
    assert len(pictures) == 23
    assert all(picture.stat().st_size > 4_000 for picture in pictures)
