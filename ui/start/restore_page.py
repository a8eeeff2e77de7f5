"""Putting a backup back step by step: which one, where to, the passphrase; then what was found and what to do."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.domain.health import Finding, Severity
from app.errors import UserFacingError
from app.i18n import N_, _, ngettext
from app.progress import Progress
from app.words.days import moment_words
from app.words.health import severity_word
from app.words.sizes import size_words
from ui.jobs import Lane, Workers
from ui.layouts import row
from ui.plain import plain, plain_tool_tip
from ui.start.form_page import FormPage
from ui.start.recent import Workspace, WorkspaceKind
from ui.start.restoring import ENDING, FoundBackup, Restoring, Step, find_backups
from ui.theme import px
from ui.tokens import Size
from ui.widgets.passphrase_edit import PassphraseEdit
from ui.widgets.plain_label import PlainLabel

_PATH = Qt.ItemDataRole.UserRole
_LINES = 5
_EXPLANATIONS = {
    Step.BACKUP: N_(
        "A backup holds everything that was typed and signed; documents come again with the packages. A backup is two "
        "files, ….desk and ….desk.key, which belong together; photos of visits lie in the folder “photos-…” beside "
        "them. Nothing that exists is written over."
    ),
    Step.PLACE: N_("The desk is put back under a new name. The old one, if it is still there, stays as it is."),
    Step.PASSPHRASE: N_("It is the passphrase the desk had when the backup was made."),
    Step.RUNNING: N_("It is the passphrase the desk had when the backup was made."),
    Step.RESULT: N_("The backup is put back, opened and checked."),
}
_VERBS = {
    Step.BACKUP: N_("Go on"),
    Step.PLACE: N_("Go on"),
    Step.PASSPHRASE: N_("Restore and check"),
    Step.RUNNING: N_("Restore and check"),
    Step.RESULT: N_("Open the restored desk"),
}


class RestorePage(FormPage):
    """Draws the steps of :class:`Restoring`; decides nothing.

    Signals:
        opened: the open desk and where it lies.
    """

    opened = Signal(object, object)
    help_screen = "S06"

    def __init__(self, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(_("Restore a backup"), "", _("Go on"), parent)
        self._workers = workers
        self.steps = Restoring(_documents())
        self.list = QListWidget()
        self.list.setAccessibleName(_("Backups"))
        self.list.setFixedHeight(px(Size.ROW) * _LINES)
        self._other = QPushButton(_("Another file …"))
        self._target = QLineEdit()
        self._browse = QPushButton(_("Choose …"))
        self._passphrase = PassphraseEdit()
        self._findings, self._next = PlainLabel(is_wrapped=True), PlainLabel(is_wrapped=True)
        place = QWidget()
        place.setLayout(row(self._target, self._browse))
        self._rows: dict[Step, list[QWidget]] = {}
        for step, label, field in (
            (Step.BACKUP, _("Backup"), self.list),
            (Step.BACKUP, "", self._other),
            (Step.PLACE, _("Restored desk"), place),
            (Step.PASSPHRASE, _("Passphrase"), self._passphrase),
            (Step.RESULT, _("What the check found"), self._findings),
            (Step.RESULT, _("What is left to do"), self._next),
        ):
            self.form.addRow(label, field)
            self._rows.setdefault(step, []).append(field)
        self._target.setAccessibleName(_("Restored desk"))
        self._other.clicked.connect(self._on_other)
        self._browse.clicked.connect(self._on_browse)
        self._passphrase.submitted.connect(self.submit)
        self._target.returnPressed.connect(self.submit)
        self.list.itemActivated.connect(self.submit)
        self._back.clicked.disconnect()
        self._back.clicked.connect(self._on_back)
        self._show()

    def begin_with(self, desks: tuple[Path, ...]) -> None:
        """From the first step, with the backups beside *desks*."""
        self.steps = Restoring(_documents())
        self._passphrase.clear()
        self.end()
        self._workers.run(
            partial(self._find, desks), lane=Lane.OTHER, is_quiet=True, done=self._on_found, failed=self.tell
        )
        self._show()

    def choose_file(self, path: Path) -> None:
        """Somebody named the file of a backup."""
        try:
            self.steps.choose(path)
        except UserFacingError as problem:
            self.tell(problem)
            return
        self._strip.withdraw("form")
        self._fill_list()

    def submit(self) -> None:
        """The one button: on to the next step, or the work, or into the desk."""
        try:
            self._forward()
        except UserFacingError as problem:
            self.tell(problem)
            return
        self._show()

    def _forward(self) -> None:
        steps = self.steps
        if steps.step is Step.RESULT:
            self._open()
            return
        if steps.step is Step.BACKUP and self.list.currentItem() is not None:
            steps.choose(Path(self.list.currentItem().data(_PATH)))
        if steps.step is Step.PLACE:
            steps.place(self._target.text())
        self._strip.withdraw("form")
        if steps.go_on() is Step.RUNNING:
            self.begin(_("Copying, opening and checking everything …"))
            self._workers.run(
                partial(self._work, steps, self._passphrase.passphrase()),
                lane=Lane.OTHER,
                is_quiet=True,
                done=self._on_done,
                failed=self._on_failed,
                progressed=self._on_progress,
            )

    @staticmethod
    def _find(desks: tuple[Path, ...], _progress: Progress) -> tuple[FoundBackup, ...]:
        return find_backups(desks)

    @staticmethod
    def _work(steps: Restoring, passphrase: str, progress: Progress) -> object:
        return steps.work(passphrase, progress)

    def _show(self) -> None:
        """Only what the step asks for."""
        step = self.steps.step
        shown = Step.PASSPHRASE if step is Step.RUNNING else step
        for each, fields in self._rows.items():
            for field in fields:
                self.form.setRowVisible(field, each is shown)
        self._explanation.setText(_(_EXPLANATIONS[step]))
        self._go.setText(_(_VERBS[step]))
        self._back.setVisible(step is not Step.RESULT)
        if step is Step.PLACE and self.steps.target is not None:
            self._target.setText(str(self.steps.target))
        if step is Step.RESULT:
            self._show_result()
        first: dict[Step, QWidget] = {Step.BACKUP: self.list, Step.PLACE: self._target}
        first.get(step, self._passphrase if step is Step.PASSPHRASE else self._go).setFocus()

    def _show_result(self) -> None:
        result = self.steps.result
        if result is None:
            return
        findings = sorted(result.health.findings, key=_gravity, reverse=True)
        told = [one for one in findings if one.severity is not Severity.GOOD]
        fine = len(findings) - len(told)
        lines = [f"{severity_word(one.severity)}　{one.sentence}" for one in told]
        lines.append(
            ngettext("✓ {count} check is in order.", "✓ {count} checks are in order.", fine).format(count=fine)
        )
        self._findings.setText("\n".join(lines))
        steps = [f"{number}. {words}" for number, words in enumerate(self.steps.next_steps(), start=1)]
        self._next.setText("\n".join(steps) or _("Nothing. The desk can be worked with at once."))
        if result.health.worst is Severity.CRITICAL:
            self._explanation.setText(
                _("The backup is put back, but it is damaged. Keep it, and try an older backup as well.")
            )

    def _fill_list(self) -> None:
        self.list.clear()
        for found in self.steps.found:
            when = moment_words(found.made_at) if found.made_at else found.path.name
            item = QListWidgetItem(plain(f"{when}　{found.desk}　{size_words(found.size)}"))
            item.setToolTip(plain_tool_tip(str(found.path)))
            item.setData(_PATH, str(found.path))
            self.list.addItem(item)
        self.list.setVisible(bool(self.steps.found))
        if self.steps.found:
            chosen = self.steps.chosen
            self.list.setCurrentRow(self.steps.found.index(chosen) if chosen in self.steps.found else 0)

    def _open(self) -> None:
        result, target = self.steps.result, self.steps.target
        self._passphrase.clear()
        if result is not None and target is not None:
            self.opened.emit(result.workspace, Workspace(str(target), WorkspaceKind.DESK))

    def _on_found(self, found: object) -> None:
        if isinstance(found, tuple) and self.steps.step is Step.BACKUP:
            self.steps.found = found
            self._fill_list()

    def _on_progress(self, done: int, total: int) -> None:
        self._busy.setMaximum(max(total, 1))
        self._busy.setValue(done)

    def _on_done(self, result: object) -> None:
        from app.bootstrap.desk_restoring import RestoredDesk

        self.end()
        self._passphrase.clear()
        if isinstance(result, RestoredDesk):
            self.steps.done(result)
            self._show()

    def _on_failed(self, error: Exception) -> None:
        self.steps.failed()
        self._show()
        self.tell(error)
        self._passphrase.clear()

    def _on_back(self) -> None:
        if self.steps.go_back():
            self._strip.withdraw("form")
            self._show()
        elif self.steps.step is Step.BACKUP:
            self.back_requested.emit()

    def _on_other(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("The file of a backup"), "", f"*{ENDING}")
        if path:
            self.choose_file(Path(path))

    def _on_browse(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Restored desk"), self._target.text(), f"*{ENDING}")
        if path:
            self._target.setText(path)


def _gravity(finding: Finding) -> int:
    return list(Severity).index(finding.severity)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
