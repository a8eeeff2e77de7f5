"""A small rotating log of what happened, never of what was typed, named or read.

Messages name classes, codes and counts. Tracebacks are reduced to where they came from, because an exception's text
may hold a path, a name or a value.
"""

import logging
from pathlib import Path
from types import TracebackType
from typing import Final

from app.paths import settings_folder

_FILE: Final = "youpin.log"
_BYTES: Final = 512 * 1024
_KEPT: Final = 3


class PlacesOnlyFormatter(logging.Formatter):
    """Formats an exception as its class and the places it passed, without any message or value."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another formatter has left there holds the words of the exception
        return super().format(record)

    def formatException(  # noqa: N802 - logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _error, trace = ei
        lines = [kind.__qualname__ if kind else "no exception"]
        while trace is not None:
            frame = trace.tb_frame
            lines.append(f"  {frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}:{trace.tb_lineno}")
            trace = trace.tb_next
        return "\n".join(lines)

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's name
        return ""


class _LateFileHandler(logging.Handler):
    """Loads its rotating file with the first line: most starts write none, and what rotates brings sockets along."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._rotating: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._rotating is None:
            from logging.handlers import RotatingFileHandler

            self._rotating = RotatingFileHandler(
                self._file, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
            )
            self._rotating.setFormatter(self.formatter)
        self._rotating.emit(record)

    def close(self) -> None:
        if self._rotating is not None:
            self._rotating.close()
        super().close()


def start_logging(level: int = logging.INFO) -> None:
    """Write to a file in the settings folder; where that cannot be, the program runs without a log."""
    folder = settings_folder() / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _LateFileHandler(folder / _FILE)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(PlacesOnlyFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    for loud in ("sqlalchemy", "alembic", "pyhanko", "PIL", "fontTools"):
        logging.getLogger(loud).setLevel(logging.WARNING)
