"""``youpin`` that has its imports behind it: a process that forks for every command.

Each command still is a process of its own, with its arguments, environment, folder, streams and exit status; only the
second in which Python reads the same modules again is saved, and the tenth of a second in which it stretches a
passphrase that an earlier command has stretched. Where a process cannot be forked, or where the start itself matters,
commands are run from cold.
"""

import atexit
import gc
import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

import pytest

from tests.support import sandbox
from tests.support.stretching import Stretching

CAN_FORK = hasattr(os, "fork")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process left behind."""

    status: int
    output: bytes
    errors: bytes


class WarmProgram:
    """One waiting process; not for two threads at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, arguments: Sequence[str], *, folder: Path | None, environment: Mapping[str, str]) -> Ran:
        """One command."""
        output, errors = self._folder / "output", self._folder / "errors"
        asked = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "folder": str(folder or Path.cwd()),
            "output": str(output),
            "errors": str(errors),
        }
        requests, replies = self._pipes()
        requests.write(json.dumps(asked).encode() + b"\n")
        requests.flush()
        status = int(replies.readline())
        return Ran(status, output.read_bytes(), errors.read_bytes())

    def close(self) -> None:
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.warm_program"],
                cwd=Path(__file__).parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("a process without pipes")
        return self._process.stdin, self._process.stdout


def run(arguments: Sequence[str], *, environment: Mapping[str, str], folder: Path | None = None) -> Ran:
    """One command, warm where a process can be forked, from cold elsewhere."""
    if CAN_FORK:
        return _shared().run(arguments, folder=folder, environment=environment)
    return run_cold([sys.executable, "-m", "app.cli", *arguments], environment=environment, folder=folder)


def run_cold(command: Sequence[str], *, environment: Mapping[str, str], folder: Path | None = None) -> Ran:
    """One command in a Python that begins with nothing."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=100,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@cache
def _shared() -> WarmProgram:
    """The one program of this process of tests, started by its first command."""
    folder = sandbox.root() / f"warm-{os.getpid()}"
    folder.mkdir(mode=0o700)
    program = WarmProgram(folder)
    atexit.register(program.close)
    return program


def _serve() -> int:
    import app.bootstrap.desk
    import app.bootstrap.record
    import app.cli.commands
    import app.documents.review_forms  # noqa: F401 - read now, so that no command has to
    from app.documents import fonts
    from app.paths import resource

    fonts.add_text(resource("data", "rubric-default.yaml").read_text(encoding="utf-8"))
    fonts.register_fonts()
    stretching = Stretching()
    stretching.stand_in(pytest.MonkeyPatch())
    gc.collect()
    gc.freeze()  # what is shared with every command is not looked at again by each of them
    requests = sys.stdin.buffer
    replies = os.fdopen(os.dup(1), "wb")
    while line := requests.readline():
        told, telling = os.pipe()
        child = _fork()
        if child == 0:
            status = _become(json.loads(line))
            os.write(telling, stretching.told())
            _end(status)
        os.close(telling)
        with os.fdopen(told, "rb") as answer:
            stretching.learn(answer.read())
        _child, status = os.waitpid(child, 0)
        replies.write(b"%d\n" % os.waitstatus_to_exitcode(status))
        replies.flush()
    return 0


def _fork() -> int:
    if sys.platform == "win32":
        raise OSError("nothing forks here")
    return os.fork()


def _end(status: int) -> NoReturn:
    """Leave without taking apart a thousand modules, which costs more than most commands."""
    sys.stdout.flush()
    sys.stderr.flush()
    logging.shutdown()
    os._exit(status)


def _become(asked: dict[str, Any]) -> int:
    """Be the command that was asked for; its exit status."""
    from app.cli.main import main

    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    for descriptor, target, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, asked["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, asked["errors"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        opened = os.open(target, flags, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it lives as long as the process
    sys.argv = ["youpin", *asked["arguments"]]
    try:
        return main()
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else 1


if __name__ == "__main__":
    sys.exit(_serve())
