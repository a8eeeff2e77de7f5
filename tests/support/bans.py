"""What our code never does. Each rule reads one module and yields what it found.

``tests/test_bans.py`` holds us to them.
"""

import ast
from collections.abc import Callable, Iterator
from typing import Final

from tests.support.sources import Finding, Source, dotted, imported, is_below

Rule = Callable[[Source], Iterator[Finding]]

# Each of these turns bytes of a stranger into code, leaves plaintext behind, or reaches for a network.
_MODULES: Final = (
    "pickle", "marshal", "shelve", "dill", "joblib",
    "requests", "urllib.request", "urllib3", "aiohttp", "httpx", "http.client", "http.server", "ftplib", "smtplib",
    "ssl", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "webbrowser",
    "tarfile", "xml.etree", "xml.dom", "xml.sax.parse", "xml.sax.parseString", "xml.sax.make_parser", "lxml",
    "tempfile",
)  # fmt: skip
_CALLS: Final = ("eval", "exec", "__import__", "os.system", "os.popen", "time.sleep", "qtbot.wait")
_METHODS: Final = ("extractall", "unpack_archive", "openUrl", "processEvents")
_QT_NAMES: Final = ("paint",)  # the overrides of four arguments that are spelled like ours
_SYSTEM_QUESTIONS: Final = ("sys.platform", "os.name", "platform.system", "os.uname", "sys.getwindowsversion")


def banned_import(source: Source) -> Iterator[Finding]:
    for name, line in imported(source):
        if is_below(name, _MODULES):
            yield Finding("banned_import", source.path, line, name)


def socket_import(source: Source) -> Iterator[Finding]:
    for name, line in imported(source):
        if is_below(name, ["socket"]):
            yield Finding("socket_import", source.path, line, name)


def banned_call(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if isinstance(node, ast.Call) and dotted(node.func) in _CALLS:
            yield Finding("banned_call", source.path, node.lineno, dotted(node.func))
        elif isinstance(node, ast.Attribute) and node.attr in _METHODS:
            yield Finding("banned_call", source.path, node.lineno, node.attr)


def archive_extract(source: Source) -> Iterator[Finding]:
    """Entries of an archive are read into memory under a limit, never written where their name says."""
    if not any(is_below(name, ["zipfile"]) for name, _line in imported(source)):
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "extract":
            yield Finding("archive_extract", source.path, node.lineno)


def shell(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if isinstance(node, ast.keyword) and node.arg == "shell" and getattr(node.value, "value", True):
            yield Finding("shell", source.path, node.value.lineno)


def printing(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if isinstance(node, ast.Call) and dotted(node.func) == "print":
            yield Finding("printing", source.path, node.lineno)


def swallowing(source: Source) -> Iterator[Finding]:
    """Catching everything hides bugs. A handler that cleans up and raises again hides nothing."""
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node) and not _raises_again(node):
            yield Finding("swallowing", source.path, node.lineno)


def system_question(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and dotted(node) in _SYSTEM_QUESTIONS:
            yield Finding("system_question", source.path, node.lineno, dotted(node))


def bare_label(source: Source) -> Iterator[Finding]:
    """Qt reads the text of a plain QLabel as HTML and opens the files it names."""
    for node in source.nodes:
        bases = node.bases if isinstance(node, ast.ClassDef) else [node.func] if isinstance(node, ast.Call) else []
        for base in bases:
            if dotted(base).split(".")[-1] == "QLabel":
                yield Finding("bare_label", source.path, base.lineno)


def hidden_gettext(source: Source) -> Iterator[Finding]:
    """``_`` is gettext in our modules; an assignment to it makes the next sentence fail."""
    if not any(name == "app.i18n._" for name, _line in imported(source)):
        return
    for node in source.nodes:
        match node:
            case ast.Name(id="_", ctx=ast.Store() | ast.Del()) | ast.arg(arg="_"):
                yield Finding("hidden_gettext", source.path, node.lineno)
            case _:
                pass


def words_in_braces(source: Source) -> Iterator[Finding]:
    """What stands in the braces of an f-string is not read by the extraction of sentences, and stays English."""
    for node in source.nodes:
        if isinstance(node, ast.JoinedStr):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and dotted(inner.func) in ("_", "ngettext", "N_"):
                    yield Finding("words_in_braces", source.path, inner.lineno)


def many_positions(source: Source) -> Iterator[Finding]:
    """What others call has names from the fourth argument on. Qt's own signatures, in camelCase, are Qt's business."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            count = len(names) - (names[:1] in (["self"], ["cls"]))
            is_qt = node.name != node.name.lower() or node.name in _QT_NAMES
            if count > 3 and not is_qt and not node.name.startswith("_"):
                yield Finding("many_positions", source.path, node.lineno, node.name)


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(one is None or dotted(one) in {"Exception", "BaseException"} for one in caught)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


RULES: Final[tuple[Rule, ...]] = (
    banned_import, socket_import, banned_call, archive_extract, shell, printing, swallowing, system_question,
    bare_label, hidden_gettext, words_in_braces, many_positions,
)  # fmt: skip
