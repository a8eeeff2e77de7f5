"""A new record: campaign, the two people who open it, and the recovery file that belongs in a safe."""

from pathlib import Path

from PySide6.QtCore import QDate, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from app.errors import UserFacingError
from app.i18n import N_, _
from ui.jobs import Lane, Workers
from ui.layouts import column, row
from ui.start.form_page import FormPage
from ui.start.opening import RecordWish, beginning_record
from ui.start.passphrase_pair import PassphrasePair
from ui.widgets.number_box import NumberBox


class OpenerMissingError(UserFacingError):
    """An opener has no name, or both have the same."""

    code = "opener_missing"
    message = N_("Both openers need a name of their own. Type the names of two people.")


class _OpenerFields(QWidget):
    """Name and passphrase of one person."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.name.setPlaceholderText(hint)
        self.name.setAccessibleName(hint)
        self.passphrase = PassphrasePair()
        self.setLayout(column(self.name, self.passphrase))
        self.setFocusProxy(self.name)


class RecordPage(FormPage):
    """Creates a record.

    Signals:
        begun: a :class:`ui.start.opening.Begun`.
    """

    begun = Signal(object)
    help_screen = "S04"

    def __init__(self, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Create a record"),
            _(
                "Two people can open a record, each with a passphrase of their own. The recovery file holds the root "
                "key: keep it on a stick in a safe, not on this computer. Whoever has it and its passphrase can read "
                "every returned package."
            ),
            _("Create the record"),
            parent,
        )
        self._workers = workers
        year = QDate.currentDate().year()
        self._campaign = NumberBox(2025, 2099)
        self._campaign.setValue(year)
        self._name = QLineEdit(_("Liaoning Youpin {year}").format(year=year))
        self._target = QLineEdit(str(_documents() / f"{year}.record"))
        self._recovery = QLineEdit(str(_documents() / f"{year}-recovery.age"))
        self._openers = (_OpenerFields(_("First opener")), _OpenerFields(_("Second opener")))
        self._recovery_passphrase = PassphrasePair()
        for label, field in (
            (_("Campaign"), self._campaign),
            (_("Campaign name"), self._name),
            (_("Record file or server"), self._with_browse(self._target, "*.record")),
            (_("First opener"), self._openers[0]),
            (_("Second opener"), self._openers[1]),
            (_("Recovery file"), self._with_browse(self._recovery, "*.age")),
            (_("Its passphrase"), self._recovery_passphrase),
        ):
            self.form.addRow(label, field)
            field.setAccessibleName(label)
        self._target.setAccessibleName(_("Record file or server"))
        self._recovery.setAccessibleName(_("Recovery file"))

    def submit(self) -> None:
        """Make the keys in the background and open the new record."""
        try:
            wish = self._wish()
        except UserFacingError as problem:
            self.tell(problem)
            return
        self.begin(_("Making the keys of the record …"))
        self._workers.run(beginning_record(wish), lane=Lane.OTHER, is_quiet=True, done=self._on_begun, failed=self.tell)

    def _wish(self) -> RecordWish:
        names = [opener.name.text().strip() for opener in self._openers]
        if not all(names) or names[0] == names[1]:
            raise OpenerMissingError
        return RecordWish(
            target=self._target.text().strip(),
            campaign=str(self._campaign.value()),
            name=self._name.text().strip(),
            openers=tuple((opener.name.text().strip(), opener.passphrase.passphrase()) for opener in self._openers),
            recovery=Path(self._recovery.text()),
            recovery_passphrase=self._recovery_passphrase.passphrase(),
        )

    def _on_begun(self, begun: object) -> None:
        self.end()
        for pair in (*(opener.passphrase for opener in self._openers), self._recovery_passphrase):
            pair.clear()
        self.begun.emit(begun)

    def _with_browse(self, edit: QLineEdit, pattern: str) -> QWidget:
        holder = QWidget()
        button = QPushButton(_("Choose …"))
        holder.setLayout(row(edit, button))
        holder.setFocusProxy(edit)
        chooser = _Chooser(edit, pattern)
        button.clicked.connect(chooser.choose)
        return holder


class _Chooser(QWidget):
    """Asks for a file name and puts it into a field it belongs to."""

    def __init__(self, edit: QLineEdit, pattern: str) -> None:
        super().__init__(edit)
        self._edit, self._pattern = edit, pattern
        self.hide()

    def choose(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self._edit.window(), "", self._edit.text(), self._pattern)
        if path:
            self._edit.setText(path)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
