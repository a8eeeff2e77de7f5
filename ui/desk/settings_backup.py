"""Backups of this desk: what there is, and one more now."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.i18n import _, ngettext
from app.progress import Progress
from app.services.desk_backups import BackupFile
from app.words.days import moment_words
from app.words.sizes import size_words
from ui.desk.context import DeskContext
from ui.desk.settings_section import Section
from ui.layouts import column, row
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel

_MOST = 5


class BackupSection(Section):
    """Beside the desk by default; onto a stick if somebody wants.

    Signals:
        restore_asked: close this desk, please, and put a backup back at a new place.
    """

    restore_asked = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Backup"), parent)
        self._note = PlainLabel(role="muted", is_wrapped=True)
        self.list = PlainLabel(is_wrapped=True)
        self.now, self.elsewhere = QPushButton(_("Back up now")), QPushButton(_("Back up to another disk …"))
        self.restore = QPushButton(_("Close the desk and restore a backup …"))
        set_role(self.restore, "quiet")
        self.setLayout(
            column(
                self._title, self._note, self.list, row(self.now, self.elsewhere, None, gap=Space.INSIDE),
                row(self.restore, None),
                gap=Space.INSIDE,
            )
        )  # fmt: skip
        self.now.clicked.connect(self._on_now)
        self.restore.clicked.connect(self.restore_asked)
        self.elsewhere.clicked.connect(self._on_elsewhere)

    def reload(self) -> None:
        """Look what there is."""
        self._context.workers.run(self._read, is_quiet=True, done=self._on_read, failed=self.tell)

    def back_up(self, folder: Path | None = None) -> None:
        """One more, into *folder* or beside the desk."""
        self._context.workers.run(
            partial(self._back_up, folder), title=_("Backing up"), done=self._on_backed_up, failed=self.tell
        )

    def _read(self, _progress: Progress) -> tuple[BackupFile, ...]:
        return self._context.desk.backups.list()

    def _back_up(self, folder: Path | None, progress: Progress) -> BackupFile:
        return self._context.desk.backups.back_up(folder=folder, is_thorough=True, progress=progress)

    def _on_read(self, backups: object) -> None:
        if not isinstance(backups, tuple):
            return
        count = len(backups)
        self._note.setText(
            ngettext(
                "{count} backup, encrypted like the desk.", "{count} backups, encrypted like the desk.", count
            ).format(count=count)
            if count
            else _("There is no backup yet. One is made by itself after a day of work and after every signing.")
        )
        lines = (f"{moment_words(backup.made_at)}  {size_words(backup.size)}" for backup in backups[:_MOST])
        self.list.setText("\n".join(lines))
        self.list.setVisible(bool(count))

    def _on_now(self) -> None:
        self.back_up()

    def _on_elsewhere(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Back up to another disk"))
        if folder:
            self.back_up(Path(folder))

    def _on_backed_up(self, backup: object) -> None:
        if isinstance(backup, BackupFile):
            self.say(_("Backed up: {file}").format(file=backup.path.name))
            self.reload()
