"""What became of the files that were dropped: one line each, with outcome, sentence and what to do."""

from PySide6.QtWidgets import QPushButton, QWidget

from app.i18n import _, ngettext
from app.services.desk_importing import ImportedFile
from ui.desk.states import import_state
from ui.layouts import column, hairline, row
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_chip import StateChip

_MOST = 8


class ImportLines(QWidget):
    """Over the place, until somebody closes it. The worst first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel()
        self._close = QPushButton(_("Close"))
        set_role(self._close, "quiet")
        self._close.clicked.connect(self.hide)
        self._lines = column(gap=Space.HALF)
        self._parts: list[QWidget] = []
        self._files: tuple[ImportedFile, ...] = ()
        head = row(self._title, None, self._close, gap=Space.INSIDE)
        inner = column(head, self._lines, gap=Space.HALF)
        inner.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.BETWEEN), px(Space.INSIDE))
        self.setLayout(column(inner, hairline(), gap=0))
        self.hide()

    def show_files(self, files: tuple[ImportedFile, ...]) -> None:
        """Show these instead of the last ones."""
        for part in self._parts:
            self._lines.removeWidget(part)
            part.deleteLater()
        self._files = tuple(sorted(files, key=lambda file: -file.outcome.gravity))
        self._title.setText(
            ngettext("{count} file looked at", "{count} files looked at", len(files)).format(count=len(files))
        )
        self._parts = [self._line(file) for file in self._files[:_MOST]]
        rest = len(self._files) - _MOST
        if rest > 0:
            self._parts.append(PlainLabel(_("and {count} more").format(count=rest), role="small"))
        for part in self._parts:
            self._lines.addWidget(part)
        self.show()

    def files(self) -> tuple[ImportedFile, ...]:
        """What is told."""
        return self._files

    @staticmethod
    def _line(file: ImportedFile) -> QWidget:
        line = QWidget()
        sentence = PlainLabel(file.sentence, is_wrapped=True)
        name = PlainLabel(file.file.name)
        layout = row(StateChip(import_state(file.outcome)), name, sentence, gap=Space.INSIDE)
        layout.setStretch(1, 1)
        layout.setStretch(2, 3)
        line.setLayout(layout)
        return line
