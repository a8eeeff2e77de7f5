"""A home, a temporary folder and an environment that belong to this run of the tests alone."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

_ROOT = "YOUPIN_TEST_ROOT"
# People keep files in such folders, so every test does.
_AWKWARD = "评审 资料(1)"
_FORGOTTEN = (
    "DBUS_SESSION_BUS_ADDRESS",  # a test that wants a keyring starts its own
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "LANGUAGE",
    "PYTHON_KEYRING_BACKEND",
    "YOUPIN_LANGUAGE",
    "YOUPIN_PASSPHRASE",
)


def enter(worker: str) -> None:
    """Move HOME, the settings, the temporary folder and the language; *worker* keeps parallel runs apart."""
    if _ROOT not in os.environ:
        before = Path(tempfile.gettempdir())
        os.environ[_ROOT] = tempfile.mkdtemp(prefix="youpin-")
        # tmp_path outlives the run for people to look into, so it lies outside of what leave() removes.
        kept = before / _AWKWARD
        kept.mkdir(mode=0o700, exist_ok=True)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(kept)
    home = _made(root() / worker / "home")
    temporary = _made(root() / worker / "tmp")
    moved = {
        "HOME": home,
        "YOUPIN_HOME": home / "youpin",
        "TMPDIR": temporary,
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_RUNTIME_DIR": _made(root() / worker / "run"),
    }
    if sys.platform == "win32":
        moved |= {"USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home, "TEMP": temporary, "TMP": temporary}
    os.environ.update({name: str(folder) for name, folder in moved.items()})
    for name in _FORGOTTEN:
        os.environ.pop(name, None)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["YOUPIN_TEST_KDF"] = "lowest"  # still within the allowed range
    tempfile.tempdir = None  # it remembers the folder it chose first


def leave() -> None:
    """Remove everything that :func:`enter` made."""
    shutil.rmtree(os.environ.pop(_ROOT), ignore_errors=True)


def root() -> Path:
    """A private folder with a short name: the address of a local socket holds 100 bytes."""
    return Path(os.environ[_ROOT])


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
