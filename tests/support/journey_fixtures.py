"""Fixtures of the stories: every stage is reached once a process, by commands, and copied for each test."""

import shutil
from pathlib import Path

import pytest

from tests.support import journeys
from tests.support.journeys import Campaign

FIRST = "hand-in-1.youpin"
SECOND = "hand-in-2.youpin"
LEFT, RIGHT = "left.youpin", "right.youpin"


@pytest.fixture(scope="session")
def issued_once(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Assignments are written; no desk has imported any."""
    return journeys.build(tmp_path_factory.mktemp("issued") / "示例 评审")


@pytest.fixture(scope="session")
def ready_once(issued_once: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Every desk has scored everything; nothing is signed."""
    return journeys.make_ready(issued_once.copy_to(tmp_path_factory.mktemp("ready") / "示例 评审"))


@pytest.fixture(scope="session")
def signed_once(ready_once: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Expert 1 has signed the first application and handed it in; the record has not seen it."""
    campaign = ready_once.copy_to(tmp_path_factory.mktemp("signed") / "示例 评审")
    campaign.seal(FIRST, campaign.applications[0])
    return campaign


@pytest.fixture(scope="session")
def revised_once(signed_once: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """... and has signed a second revision of it, which is handed in as well."""
    campaign = signed_once.copy_to(tmp_path_factory.mktemp("revised") / "示例 评审")
    campaign.revise(campaign.applications[0], percent=50)
    campaign.seal(SECOND, campaign.applications[0])
    return campaign


@pytest.fixture(scope="session")
def forked_once(signed_once: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """... and has revised it twice, on the desk and on a copy of it."""
    campaign = signed_once.copy_to(tmp_path_factory.mktemp("forked") / "示例 评审")
    copy = campaign.folder / "copy.desk"
    for ending in ("", ".key", ".key.1", ".head"):
        original = campaign.desk().with_name(campaign.desk().name + ending)
        if original.exists():
            shutil.copy2(original, copy.with_name(copy.name + ending))
    for desk, percent, name in ((None, 50, LEFT), (copy, 100, RIGHT)):
        campaign.revise(campaign.applications[0], percent=percent, desk=desk)
        campaign.seal(name, campaign.applications[0], desk=desk)
    return campaign


@pytest.fixture(scope="session")
def twofold_once(ready_once: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Expert 1 has enrolled a second computer and signed the first application at both; the record has seen neither."""
    campaign = ready_once.copy_to(tmp_path_factory.mktemp("twofold") / "示例 评审")
    journeys.add_second_desk(campaign, percent=50)
    campaign.seal(LEFT, campaign.applications[0])
    campaign.seal(RIGHT, campaign.applications[0], desk=campaign.second_desk)
    return campaign


@pytest.fixture(scope="session")
def stranger_once(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Another secretariat's campaign of the same year, with one expert who has handed in."""
    made = journeys.build(tmp_path_factory.mktemp("stranger") / "别处", experts=1, applications=1, name="别处 2026")
    journeys.make_ready(made)
    made.seal(FIRST)
    return made


@pytest.fixture
def issued(issued_once: Campaign, tmp_path: Path) -> Campaign:
    return issued_once.copy_to(tmp_path / "评审")


@pytest.fixture
def ready(ready_once: Campaign, tmp_path: Path) -> Campaign:
    return ready_once.copy_to(tmp_path / "评审")


@pytest.fixture
def signed(signed_once: Campaign, tmp_path: Path) -> Campaign:
    return signed_once.copy_to(tmp_path / "评审")


@pytest.fixture
def revised(revised_once: Campaign, tmp_path: Path) -> Campaign:
    return revised_once.copy_to(tmp_path / "评审")


@pytest.fixture
def faketime() -> None:
    """The clock of a command can be moved."""
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed")
