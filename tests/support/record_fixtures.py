"""Fixtures over a real record; a test module names this one in ``pytest_plugins`` or imports what it needs."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.record_world import Panel, RecordWorld, begin_world, found_world


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RecordWorld]:
    """A record in a file, with nobody and nothing in it yet."""
    monkeypatch.setenv("YOUPIN_TEST_KDF", "lowest")
    made = begin_world(tmp_path)
    yield made
    made.record.close()


@pytest.fixture
def server_world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_database: Callable[[], str]
) -> Iterator[RecordWorld]:
    """The same on a real PostgreSQL server."""
    monkeypatch.setenv("YOUPIN_TEST_KDF", "lowest")
    made = found_world(tmp_path, location=new_database())
    yield made
    made.record.close()


@pytest.fixture(params=["file", "server"])
def any_world(request: pytest.FixtureRequest) -> RecordWorld:
    """Both, one after the other."""
    fixture: RecordWorld = request.getfixturevalue("world" if request.param == "file" else "server_world")
    return fixture


@pytest.fixture
def panel(world: RecordWorld) -> Panel:
    """Two experts, one application, a review for each."""
    first, second = world.enrol(2)
    (application,) = world.apply()
    return first, second, world.assign(first, application), world.assign(second, application)
