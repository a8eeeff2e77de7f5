"""Static bans: what our code never does, each rule shown to fire, and every permission with its reason."""

from functools import cache
from typing import Final

import pytest

from tests.support import bans
from tests.support.sources import Finding, source, sources

# (rule, path or folder): why it may. An entry that nothing needs any more fails too.
ALLOWED: Final = {
    ("printing", "app/cli/"): "printing is the command line's job",
    ("system_question", "app/platform/"): "the only place that asks which system this is",
    ("banned_call", "app/platform/durable.py"): "a virus scanner may hold a file for a moment on Windows",
    ("banned_call", "ui/written_file.py"): "a folder or page of our own making, when a person presses; never a link",
    ("swallowing", "ui/jobs.py"): "handed to the window's one place for errors",
    ("swallowing", "app/cli/main.py"): "the command line's one place for errors",
    ("swallowing", "app/decoding/worker.py"): "a stranger's file may raise anything in a decoder; it is a finding",
    ("swallowing", "app/crypto/chain.py"): "hostile certificates raise many kinds in pyHanko; all mean refused",
    ("swallowing", "app/crypto/verification.py"): "hostile signatures raise many kinds in pyHanko; all mean refused",
    ("bare_label", "ui/widgets/plain_label.py"): "the label that shows text as it is",
}
EXAMPLES: Final = [
    ("banned_import", "import pickle"),
    ("banned_import", "from urllib.request import urlopen"),
    ("banned_import", "def f():\n    import tempfile"),
    ("socket_import", "from socket import create_connection"),
    ("banned_call", "eval(text)"),
    ("banned_call", "QDesktopServices.openUrl(link)"),
    ("banned_call", "app.processEvents()"),
    ("banned_call", "qtbot.wait(100)"),
    ("archive_extract", "import zipfile\nzipfile.ZipFile(p).extract(name)"),
    ("shell", "subprocess.run(command, shell=True)"),
    ("printing", "print('x')"),
    ("swallowing", "try:\n    f()\nexcept Exception:\n    pass"),
    ("swallowing", "try:\n    f()\nexcept:\n    pass"),
    ("swallowing", "try:\n    f()\nexcept (ValueError, BaseException) as e:\n    log(e)"),
    ("system_question", "if sys.platform == 'win32': f()"),
    ("bare_label", "QLabel(name)"),
    ("bare_label", "class Mine(QtWidgets.QLabel): pass"),
    ("hidden_gettext", "from app.i18n import _\nfor _, x in pairs: f(x)"),
    ("words_in_braces", "from app.i18n import _\nx = f\"{told} {_('more')}\""),
    ("many_positions", "def f(a, b, c, d): pass"),
]
HARMLESS: Final = """
import urllib.parse
from app.i18n import _
try:
    f()
except BaseException:
    clean()
    raise
subprocess.run(command, shell=False)
def g(self, a, b, c, *, d): return [_("x") for name in a]
def setData(self, index, value, role, more): pass
"""


def _permission(finding: Finding) -> tuple[str, str] | None:
    for rule, path in ALLOWED:
        if rule == finding.rule and (finding.path == path or (path.endswith("/") and finding.path.startswith(path))):
            return rule, path
    return None


@cache
def _findings() -> tuple[Finding, ...]:
    return tuple(finding for one in sources("app", "ui") for rule in bans.RULES for finding in rule(one))


def test_our_code_does_nothing_banned() -> None:
    found = [str(finding) for finding in _findings() if _permission(finding) is None]
    assert not found, "\n".join(found)


def test_every_permission_is_still_needed() -> None:
    used = {_permission(finding) for finding in _findings()}
    idle = [" ".join(entry) for entry in ALLOWED if entry not in used]
    assert not idle, "\n".join(idle)


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_each_ban_notices_what_it_bans(rule: str, text: str) -> None:
    example = source("app/example.py", text)
    assert [finding.rule for one in bans.RULES for finding in one(example)] == [rule]


def test_each_ban_has_an_example() -> None:
    assert {rule.__name__ for rule in bans.RULES} == {rule for rule, _text in EXAMPLES}


def test_what_only_looks_alike_is_left_alone() -> None:
    example = source("app/example.py", HARMLESS)
    assert [finding for rule in bans.RULES for finding in rule(example)] == []


def test_tests_neither_sleep_nor_wait_by_the_clock() -> None:
    clock = {"time.sleep", "qtbot.wait", "processEvents"}
    suspects = [one for one in sources("tests") if any(word in one.text for word in clock)]
    found = [finding for one in suspects for finding in bans.banned_call(one) if finding.said in clock]
    assert not found, "\n".join(map(str, found))
