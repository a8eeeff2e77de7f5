"""What became of the files that were dropped: one line each, with outcome, sentence and what to do."""

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.onsite.ids import VisitId
from app.domain.outcome import Group
from app.i18n import _, ngettext
from app.services.desk_importing import ImportedFile
from app.services.exchange_values import TakenVisit
from ui.desk.states import import_state
from ui.layouts import column, hairline, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_chip import StateChip

_MOST = 8


class ImportLines(QWidget):
    """Over the place, until somebody closes it or goes on to other work. The worst first.

    Signals:
        visit_asked: somebody wants to see what came of a visit.
        meeting_asked: ... and what the team has to talk about.
    """

    visit_asked = Signal(str)
    meeting_asked = Signal(str)

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

    def go_on(self) -> None:
        """Something else is begun: what was taken is known by now; what was not taken stays."""
        left = tuple(file for file in self._files if file.outcome.group in (Group.HELD, Group.REFUSED))
        if not left:
            self.hide()
        elif not self.isHidden() and left != self._files:
            self.show_files(left)

    def files(self) -> tuple[ImportedFile, ...]:
        """What is told."""
        return self._files

    def _line(self, file: ImportedFile) -> QWidget:
        line = QWidget()
        sentence = PlainLabel(file.sentence, is_wrapped=True)
        name = PlainLabel(file.file.name)
        layout = row(StateChip(import_state(file.outcome)), name, sentence, gap=Space.INSIDE)
        layout.setStretch(1, 1)
        layout.setStretch(2, 3)
        for visit, is_meeting in _places(file):
            button = QPushButton(_("Go to the meeting") if is_meeting else _("Open the visit"))
            button.setAccessibleName(plain(f"{button.text()}: {visit.code}"))
            asked = self.meeting_asked if is_meeting else self.visit_asked
            button.clicked.connect(partial(self._on_asked, asked, visit.visit))
            layout.addWidget(button)
        line.setLayout(layout)
        return line

    def _on_asked(self, asked: SignalInstance, visit: VisitId) -> None:
        self.hide()
        asked.emit(visit)


def _places(file: ImportedFile) -> list[tuple[TakenVisit, bool]]:
    """Where to go from here: to the visit with something to talk about, or to the one that came."""
    visits = [one for one in file.notes.visits if one.is_planned] if file.notes else []
    talk = [one for one in visits if one.differences or one.forks]
    return [(one, True) for one in talk[:1]] or [(one, False) for one in visits[:1] if one.is_new]
