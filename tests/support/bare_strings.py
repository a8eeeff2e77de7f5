"""Finds texts that a window would show without asking the catalogue for them."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from tests.support.sources import Finding, Source, dotted

# Whatever is handed to these is read by a person.
_SHOWING: Final = frozenset(
    {
        "setText", "setPlainText", "setWindowTitle", "setTitle", "setSubTitle", "setToolTip", "setStatusTip",
        "setWhatsThis", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setInformativeText",
        "setDetailedText", "setLabelText", "setHeaderLabels", "setHorizontalHeaderLabels", "setVerticalHeaderLabels",
        "setTabText", "setItemText", "setPrefix", "setSuffix", "showMessage", "addItem", "addItems", "addAction",
        "addMenu", "addTab", "addRow", "addSection", "addButton", "insertItem", "insertTab", "drawText",
        "insertPlainText", "appendPlainText", "setCancelButtonText", "setButtonText",
        "QLabel", "PlainLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction",
        "QMenu", "QDockWidget", "QMessageBox", "QProgressDialog", "QTableWidgetItem", "QListWidgetItem",
        "QTreeWidgetItem", "QStandardItem", "EmptyState", "Message", "ConfirmDialog", "ColumnSpec", "Place",
        "information", "warning", "critical", "question", "getOpenFileName", "getOpenFileNames", "getSaveFileName",
        "getExistingDirectory", "getText", "getItem",
    }
)  # fmt: skip
_FILE_PATTERN: Final = re.compile(r"\(?\*?(\.[a-z0-9]+)+\)?")
# Methods of these are not Qt's: a log is English and for us.
_NOT_SHOWN: Final = frozenset({"logger", "_logger", "log", "_log", "logging", "_LOGGER", "LOGGER"})
# Keyword arguments that are names for machines.
_MACHINE_WORDS: Final = frozenset({"code", "name", "key", "role", "object_name", "objectName"})


def bare_strings(source: Source) -> Iterator[Finding]:
    """Every literal with a letter in it that reaches a showing call and did not pass through gettext."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and _shows(node.func):
            texts = [*node.args, *(word.value for word in node.keywords if word.arg not in _MACHINE_WORDS)]
            for literal in (literal for text in texts for literal in _literals(text)):
                yield Finding("bare_string", source.path, literal.lineno, repr(literal.value))


def _shows(function: ast.expr) -> bool:
    name = dotted(function)
    *owner, method = name.split(".") if name else [getattr(function, "attr", "")]
    return method in _SHOWING and not _NOT_SHOWN.intersection(owner)


def _has_words(text: str) -> bool:
    """Whether there is anything to translate; patterns and endings of file names are the same everywhere."""
    return any(letter.isalpha() for part in text.split() if not _FILE_PATTERN.fullmatch(part) for letter in part)


def _literals(expression: ast.expr) -> Iterator[ast.Constant]:
    """Texts of *expression* itself and of what is joined, chosen or listed in it; not those inside other calls."""
    match expression:
        case ast.Constant(value=str(text)) if _has_words(text):
            yield expression
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _literals(part)
        case ast.BinOp(left=left, right=right):
            yield from _literals(left)
            yield from _literals(right)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _literals(body)
            yield from _literals(orelse)
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from _literals(part)
        case ast.Call(func=ast.Attribute(value=owner, attr="format" | "join")):
            yield from _literals(owner)
        case _:
            return
