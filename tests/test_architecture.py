"""The rules of the house that no linter knows."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.bare_strings import bare_strings
from tests.support.failures import RUN_BY_ALEMBIC, failures
from tests.support.sources import ROOT, source, sources

MOST_LINES = 400
# What the unlock prompt does not need is not loaded before it: the start would take twice as long.
LATE = {"sqlalchemy", "alembic", "pyhanko", "reportlab", "scipy", "qtawesome", "fontTools", "pypdfium2", "openpyxl"}
# Of the program itself and of the standard library: what a start without a file does not show or use.
OTHER_PAGES = {
    "ui.start.unlock_page",
    "ui.start.opening",
    "ui.start.practice",
    "ui.dialogs.crash_dialog",
    "socket",
    "subprocess",
}

WITHOUT_A_WINDOW = """
import importlib, importlib.abc, json, pkgutil, sys
REFUSED = ("PySide6", "shiboken6", "qtpy", "qtawesome", "pyqtgraph", "ui")
class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in REFUSED:
            raise ModuleNotFoundError(f"{name} is not installed", name=name)
sys.meta_path.insert(0, Refuse())
skipped = tuple(json.loads(sys.argv[1]))
def failed(name):
    raise ImportError(name)
import app
names = [found.name for found in pkgutil.walk_packages(app.__path__, "app.", onerror=failed)]
names = [name for name in names if not name.startswith(skipped) and not name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
print(json.dumps(names))
"""
UNTIL_THE_UNLOCK_PROMPT = """
import json, sys, traceback
from PySide6.QtWidgets import QApplication
from ui.main import main
QApplication.exec = staticmethod(lambda: 0)  # everything up to the moment when the window waits for a person
try:
    main([])
except Exception:  # the window's own hook would tell it to a person
    sys.exit(traceback.format_exc())
print(json.dumps(sorted(sys.modules)))
"""


def _python(program: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_app_runs_where_there_is_no_window() -> None:
    imported = _python(WITHOUT_A_WINDOW, json.dumps(RUN_BY_ALEMBIC))
    assert {"app.errors", "app.domain.scoring"} <= set(imported)


def test_the_start_loads_only_what_the_unlock_prompt_needs() -> None:
    modules = set(_python(UNTIL_THE_UNLOCK_PROMPT))
    loaded = {name.split(".")[0] for name in modules}
    assert "PySide6" in loaded
    assert loaded & LATE == set()
    assert modules & OTHER_PAGES == set()


def test_a_helping_process_that_reads_the_window_s_first_module_loads_no_qt() -> None:
    loaded = _python("import json, sys, ui.main; print(json.dumps(sorted(sys.modules)))")
    assert not [name for name in loaded if name.startswith(("PySide6", "shiboken6", "ui.start"))]


def test_no_module_is_longer_than_a_stranger_reads_at_once() -> None:
    long = [
        f"{one.path} has {lines} lines"
        for one in sources("app", "ui", "tests")
        if (lines := one.text.count("\n")) > MOST_LINES
    ]
    assert not long, "\n".join(long)


def test_no_bare_string_in_the_window() -> None:
    found = [str(finding) for one in sources("ui") for finding in bare_strings(one)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        'label.setText("Save")',
        'QPushButton("保存", self)',
        'menu.addAction(f"Open {name}")',
        'QLabel(parent=self, text="Name")',
        'box.addItems(["One", _("Two")])',
        'label.setText("Yes" if ready else _("No"))',
        'label.setText("{} left".format(count))',
        'self.label().setToolTip("Total")',
    ],
)
def test_a_bare_string_is_noticed(text: str) -> None:
    assert len(list(bare_strings(source("ui/example.py", text)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        'label.setText(_("Save"))',
        'label.setText(_("{count} left").format(count=3))',
        'label.setText(" · ".join(parts))',
        'label.setText(f"{page}/{pages}")',
        'box.addItem(_("Name"), userData)',
        'label.setObjectName("save")',
        'edit.setPlaceholderText("*.desk *.record")',
        'logger.warning("not shown to people")',
        'Place(code="D02", title=_("Tasks"))',
    ],
)
def test_a_text_that_is_translated_or_not_a_word_is_left_alone(text: str) -> None:
    assert list(bare_strings(source("ui/example.py", text))) == []


def test_every_failure_told_in_words_has_a_code_of_its_own() -> None:
    codes: dict[str, list[str]] = {}
    for error in failures():
        codes.setdefault(error.code, []).append(error.__qualname__)
    shared = {code: names for code, names in codes.items() if len(names) > 1}
    assert not shared, "\n".join(f"{code}: {', '.join(sorted(names))}" for code, names in sorted(shared.items()))
    assert len(codes) > 20


def test_every_code_is_one_word_for_scripts() -> None:
    assert [error.code for error in failures() if not re.fullmatch(r"[a-z][a-z0-9_]*", error.code)] == []


def test_the_locks_pin_every_file_and_name_no_host() -> None:
    for lock in ("run.lock", "develop.lock"):
        text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
        entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert entries
        assert all("==" in line and line.endswith("\\") for line in entries)
        assert "://" not in text
        assert "--index-url" not in text


def test_only_the_essential_half_of_pyside_is_locked() -> None:
    """The addons bring a web engine and twice the size; neither is wanted near strangers' documents."""
    text = (ROOT / "requirements" / "develop.lock").read_text(encoding="utf-8").lower()
    assert "pyside6-essentials==6.11.3" in text
    assert "pyside6-addons" not in text
    assert "\npyside6==" not in text


def test_nothing_of_ours_depends_on_where_it_was_started(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from app.paths import resource; print(resource('translations').is_dir())"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "True"
