"""Signing: the passphrase once more, a file that somebody chose, one button. The same wherever something is signed."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from app.i18n import _
from ui.layouts import column, row
from ui.plain import plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.passphrase_edit import PassphraseEdit
from ui.widgets.plain_label import PlainLabel

ENDING = ".youpin"


class SignBar(QWidget):
    """Hands over what was typed and chosen; signs nothing itself.

    Signals:
        asked: the button or Enter.
    """

    asked = Signal()

    def __init__(
        self, verb: str, parent: QWidget | None = None, *, is_stacked: bool = False, is_folder: bool = False
    ) -> None:
        """*verb* is what the button says; *is_stacked* where the room is narrow; *is_folder*: files name themselves."""
        super().__init__(parent)
        self._proposed, self._is_folder = "", is_folder
        self._passphrase = PassphraseEdit()
        self._passphrase.set_name(_("Passphrase, to sign"))
        self._target = QLineEdit()
        self._target.setAccessibleName(_("Folder or stick") if is_folder else _("File to write"))
        self._browse = QPushButton(_("Choose …"))
        tip = _("Choose the folder or stick") if is_folder else _("Choose the folder or stick and the file name")
        self._browse.setToolTip(plain_tool_tip(tip))
        self._go = QPushButton(verb)
        set_role(self._go, "primary")
        self._problem = PlainLabel(role="bad", is_wrapped=True)
        self._problem.hide()
        self._passphrase.setFixedWidth(px(Size.DIALOG_WIDTH) * 3 // 5)
        if is_stacked:
            target = row(self._target, self._browse, gap=Space.INSIDE)
            target.setStretch(0, 1)
            line = row(self._passphrase, None, self._go, gap=Space.INSIDE)
            self.setLayout(column(target, self._problem, line, gap=Space.ROOM))
        else:
            line = row(self._passphrase, self._target, self._browse, self._go, gap=Space.INSIDE)
            line.setStretch(1, 1)
            self.setLayout(column(self._problem, line, gap=Space.HALF))
        self._passphrase.passphrase_changed.connect(self._refresh)
        self._passphrase.submitted.connect(self._on_go)
        self._target.textChanged.connect(self._refresh)
        self._browse.clicked.connect(self._on_browse)
        self._go.clicked.connect(self._on_go)
        self._is_ready, self._is_busy = True, False
        self._refresh()

    def propose(self, file_name: str) -> None:
        """Propose a file in the folder used last; what somebody chose stays."""
        if self._target.text() and self._target.text() != self._proposed:
            return
        folder = Path(self._proposed).parent if self._proposed else _documents()
        self._proposed = str(_free(folder / file_name))
        self._target.setText(self._proposed)

    def proposed_anew(self, file_name: str) -> None:
        """The last file is written: propose another one beside it."""
        folder = Path(self._target.text()).parent if self._target.text() else _documents()
        self._proposed = str(_free(folder / file_name))
        self._target.setText(self._proposed)

    def propose_folder(self) -> None:
        """Propose the folder of documents; what somebody chose stays."""
        if not self._target.text():
            self._target.setText(str(_documents()))

    def passphrase(self) -> str:
        """What was typed."""
        return self._passphrase.passphrase()

    def target(self) -> Path:
        """The file to write, with our ending; or the folder."""
        path = Path(self._target.text().strip())
        return path if self._is_folder or path.suffix == ENDING else path.with_name(path.name + ENDING)

    def set_target(self, path: Path) -> None:
        """Write to *path*."""
        self._target.setText(str(path))

    def set_verb(self, verb: str) -> None:
        """What the button says."""
        self._go.setText(verb)

    def set_ready(self, *, is_ready: bool) -> None:
        """Whether there is anything to sign."""
        self._is_ready = is_ready
        self._refresh()

    def set_busy(self, *, is_busy: bool) -> None:
        """Work runs; the fields wait."""
        self._is_busy = is_busy
        for part in (self._passphrase, self._target, self._browse):
            part.setDisabled(is_busy)
        self._refresh()

    def forget(self) -> None:
        """The passphrase has done its work."""
        self._passphrase.clear()
        self.say("")

    def say(self, problem: str) -> None:
        """What went wrong, right where it can be mended; the wrong passphrase is gone."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            self._passphrase.clear()
            self._passphrase.setFocus()

    def problem(self) -> str:
        """What is said to be wrong."""
        return self._problem.text()

    def focus_first(self) -> None:
        """Ready to type the passphrase."""
        self._passphrase.setFocus()

    def _refresh(self) -> None:
        is_filled = bool(self._passphrase.passphrase() and self._target.text().strip())
        self._go.setEnabled(self._is_ready and is_filled and not self._is_busy)

    def _on_go(self) -> None:
        if self._go.isEnabled():
            self.say("")
            self.asked.emit()

    def _on_browse(self) -> None:
        if self._is_folder:
            folder = QFileDialog.getExistingDirectory(self, _("Choose the folder or stick"), self._target.text())
            self._target.setText(folder or self._target.text())
            return
        path, _kind = QFileDialog.getSaveFileName(self, _("File to write"), self._target.text(), f"*{ENDING}")
        if path:
            self._target.setText(path)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _free(path: Path) -> Path:
    """*path*, or the next one with a number that does not exist yet."""
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free
