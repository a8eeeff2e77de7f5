"""Looking after one's own phrases: names and texts are saved as they are typed, deleting can be undone."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QWidget

from app.domain.phrase import LONGEST_NAME, LONGEST_TEXT, Phrase
from app.i18n import _
from app.services.desk_phrases import PhraseService
from ui.desk.phrase_book import PhraseBook
from ui.desk.text_edit import TextEdit
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class PhrasePage(QScrollArea):
    """In place of the form.

    Signals:
        shown: it is to be looked at.
    """

    shown = Signal()

    def __init__(self, book: PhraseBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._removed: Phrase | None = None
        self.lines: list[PhraseLine] = []
        self._note = PlainLabel(
            _("Put one into a reason or an opinion with Ctrl+J. They stay on this desk."), role="small", is_wrapped=True
        )
        self.said = PlainLabel(role="muted", is_wrapped=True)
        self.undo, self.add = QPushButton(_("Undo")), QPushButton(_("New phrase"))
        set_role(self.undo, "quiet")
        undone = row(self.said, self.undo, gap=Space.INSIDE)
        undone.setStretchFactor(self.said, 1)
        self._box = column(gap=Space.BETWEEN)
        inner = QWidget()
        parts = (PlainLabel(_("My phrases"), role="reading"), self._note, undone, self._box, row(self.add, None), None)
        inner.setLayout(column(*parts, margin=Space.ROOM, gap=Space.INSIDE))
        set_role(inner, "page")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.undo.hide()
        book.changed.connect(self._show)
        book.page_asked.connect(self._on_asked)
        self.add.clicked.connect(self._on_add)
        self.undo.clicked.connect(self._on_undo)

    def _on_asked(self) -> None:
        self._show()
        self.shown.emit()
        (self.lines[0].name if self.lines else self.add).setFocus()

    def _show(self) -> None:
        numbers = {phrase.number for phrase in self._book.phrases}
        if numbers == {line.number for line in self.lines}:
            return  # what is being typed here is newer than what was read
        for line in self.lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [PhraseLine(phrase) for phrase in self._book.phrases]
        for line in self.lines:
            line.typed.connect(partial(self._on_typed, line))
            line.remove.clicked.connect(partial(self._on_remove, line.number))
            self._box.addWidget(line)

    def _on_typed(self, line: "PhraseLine") -> None:
        name, text = line.name.text().strip(), line.text.toPlainText()
        is_whole = bool(name and text.strip()) and len(text) <= LONGEST_TEXT
        self.said.setText("" if is_whole else _("A phrase is saved once it has a name and a text."))
        if is_whole:
            self._book.rewrite(line.number, name=name, text=text)

    def _on_add(self) -> None:
        number = len(self.lines) + 1
        name = _("Phrase {number}").format(number=number)
        self._book.run(lambda service: service.add(name, name), self._on_added)

    def _on_added(self, phrase: object) -> None:
        if isinstance(phrase, Phrase):
            self._show()
            line = next(each for each in self.lines if each.number == phrase.number)
            line.text.setFocus()
            line.text.selectAll()

    def _on_remove(self, number: int) -> None:
        self._book.run(lambda service: service.remove(number), self._on_removed)

    def _on_removed(self, phrase: object) -> None:
        if isinstance(phrase, Phrase):
            self._removed = phrase
            self.said.setText(_("“{name}” was deleted.").format(name=plain(phrase.name)))
            self.undo.show()
            self.undo.setFocus()

    def _on_undo(self) -> None:
        phrase, self._removed = self._removed, None
        self.said.setText("")
        self.undo.hide()
        if phrase is not None:
            self._book.run(partial(_put_back, phrase=phrase))
        self.add.setFocus()


class PhraseLine(QWidget):
    """One phrase.

    Signals:
        typed: name or text is different.
    """

    typed = Signal()

    def __init__(self, phrase: Phrase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = phrase.number
        name = plain(phrase.name)
        self.name, self.text = QLineEdit(phrase.name), TextEdit(_("Text of “{name}”").format(name=name), lines=2)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(_("Name of “{name}”").format(name=name))
        self.text.show_text(phrase.text)
        self.remove = QPushButton(_("Delete"))
        self.remove.setAccessibleName(_("Delete “{name}”").format(name=name))
        set_role(self.remove, "quiet")
        head = row(self.name, self.remove, gap=Space.INSIDE)
        head.setStretchFactor(self.name, 1)
        self.setLayout(column(head, self.text, gap=Space.HALF))
        self.name.textEdited.connect(lambda _text: self.typed.emit())
        self.text.typed.connect(lambda _text: self.typed.emit())


def _put_back(service: PhraseService, *, phrase: Phrase) -> None:
    service.put_back(phrase)
