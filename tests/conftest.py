"""What holds for every test: a home of its own, no network, no surprise in the log, one language, one seed."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.support import network, sandbox

pytest_plugins = ["tests.support.log_guard", "tests.support.postgres"]

hypothesis.settings.register_profile("dev", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=100, print_blob=True, database=None)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2000, print_blob=True)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before anything of ours is imported: Qt and the paths read the environment only once."""
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    sandbox.enter(worker)
    network.refuse()
    on_ci = bool(os.environ.get("CI"))
    hypothesis.settings.load_profile(os.environ.get("YOUPIN_HYPOTHESIS") or ("ci" if on_ci else "dev"))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        sandbox.leave()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """On CI every tool is there, so that a skipped test is a test that nobody runs."""
    if os.environ.get("CI") and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = _skipped(terminalreporter.config)
    if not (os.environ.get("CI") and skipped):
        return
    terminalreporter.section("skipped, which CI does not accept", red=True)
    for report in skipped:
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.line(f"{report.nodeid}: {reason}")


def _skipped(config: pytest.Config) -> list[pytest.TestReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    # An expected failure is listed elsewhere; only real skips count.
    return list(reporter.stats.get("skipped", [])) if reporter else []


@pytest.fixture(autouse=True)
def _chinese_unless_the_test_says_otherwise() -> Iterator[None]:
    from app import i18n

    i18n.use_language("zh_CN")
    yield
    i18n.use_language("zh_CN")


@pytest.fixture(scope="session", autouse=True)
def _no_passphrase_is_stretched_twice() -> Iterator[None]:
    from tests.support.stretching import Stretching

    with pytest.MonkeyPatch.context() as patch:
        Stretching().stand_in(patch)
        yield


@pytest.fixture
def short_folder() -> Path:
    """An empty folder whose path is short enough for the address of a local socket, which ``tmp_path`` is not."""
    return Path(tempfile.mkdtemp(prefix="s", dir=sandbox.root()))


@pytest.fixture
def english() -> None:
    """The same words as the msgids, for a test that quotes a sentence."""
    from app import i18n

    i18n.use_language("en")
