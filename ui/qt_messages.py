"""What Qt has to say goes to the log and not to the terminal, where nobody could make anything of it."""

import logging
import re
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# A path or a name that Qt quotes begins with one of these; what stands before it is Qt's own words.
_FOREIGN: Final = re.compile(r"""["'“‘:/\\]""")
_NOT_WORTH_A_LINE: Final = "This plugin does not support"  # what a platform cannot do is no fault of anything
_log = logging.getLogger("qt")


def log_qt_messages() -> None:
    """From now on Qt's messages are lines of the log, cut where somebody else's words may begin."""
    qInstallMessageHandler(_on_message)


def _on_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if message.startswith(_NOT_WORTH_A_LINE):
        return
    words = _FOREIGN.split(message, maxsplit=1)[0].strip()
    _log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "default", words)
