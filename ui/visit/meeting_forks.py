"""Notes that two copies of one desk wrote differently: their author keeps one of them."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.onsite.ids import VisitId
from app.i18n import _, ngettext
from app.services.visit_forks import Fork
from app.services.visit_sheet import VisitSheet
from app.words.exchange import entry_words
from ui.desk.context import DeskContext
from ui.layouts import column, hairline, row
from ui.plain import plain
from ui.state import State, Tone
from ui.tokens import Space
from ui.visit.meeting_parts import item_words, name_of
from ui.visit.meeting_section import Section
from ui.visit.meeting_writing import InlineWriter
from ui.widgets.plain_label import PlainLabel


class ForkSection(Section):
    """Not there as long as nothing stands twice."""

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(_("Written differently at two copies of one desk"), parent=parent)
        self._context, self._visit = context, visit
        self._writer = InlineWriter(context, self)
        self._lines: list[QWidget] = []
        self.keep: list[QPushButton] = []
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self.note.hide()
        self._writer.refused.connect(self._on_refused)
        self.hide()

    def refresh(self, sheet: VisitSheet) -> None:
        """Show the notes of *sheet* that stand twice."""
        for line in self._lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.body.removeWidget(self.note)
        self.note.hide()
        self.keep = []
        self._lines = [self._line(fork, sheet) for fork in sheet.forks]
        for line in self._lines:
            self.body.addWidget(line)
        self.body.addWidget(self.note)
        count = len(sheet.forks)
        self.setVisible(bool(count))
        words = ngettext("{count} to choose", "{count} to choose", count).format(count=count)
        self.show_state(State("!", words, Tone.WARN))
        self.say(_("All of them stay until whoever wrote them keeps one."))

    def _line(self, fork: Fork, sheet: VisitSheet) -> QWidget:
        what = entry_words(fork.kind)
        if fork.item is not None:
            what = _("{what} · {item}").format(what=what, item=item_words(sheet, fork.item))
        name = name_of(sheet, fork.author)
        title = PlainLabel(_("{name}: {what}").format(name=name, what=what), is_wrapped=True)
        parts: list[QWidget] = [title]
        for number, value in enumerate(fork.values, start=1):
            words = value.words or _("version {number}").format(number=number)
            said = PlainLabel(words, role="muted", is_wrapped=True, is_selectable=True)
            if not fork.is_mine:
                parts.append(said)
                continue
            button = QPushButton(_("Keep this one"))
            button.setAccessibleName(plain(_("Keep this one: {words}").format(words=words)))
            button.clicked.connect(partial(self._on_keep, fork, number - 1))
            self.keep.append(button)
            box = QWidget()
            line = row(said, button, gap=Space.INSIDE)
            line.setStretch(0, 1)
            box.setLayout(line)
            parts.append(box)
        if not fork.is_mine:
            waiting = _("{name} chooses at the own desk and gives the notes once more.").format(name=name)
            parts.append(PlainLabel(waiting, role="small", is_wrapped=True))
        whole = QWidget()
        whole.setLayout(column(*parts, hairline(), gap=Space.HALF))
        return whole

    def _on_keep(self, fork: Fork, place: int) -> None:
        choose = self._context.desk.visits.merging.choose
        self._writer.write(partial(choose, self._visit, fork.kind, entry=fork.id, sha256=fork.values[place].sha256))

    def _on_refused(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()
