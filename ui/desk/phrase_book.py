"""The phrases of the expert as the window knows them, and the menu that puts one into a text."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.domain.phrase import Phrase, name_for
from app.i18n import _
from app.progress import Progress
from app.services.desk_phrases import PhraseService
from ui.desk.context import DeskContext
from ui.desk.text_edit import TextEdit
from ui.jobs import Lane
from ui.plain import plain, plain_tool_tip

_BY_NUMBER = 9  # this many can be chosen by a digit


class PhraseBook(QObject):
    """Read once and again after each act.

    Signals:
        changed: the phrases are different now.
        page_asked: somebody wants to look after them.
        failed: an error to tell.
    """

    changed = Signal()
    page_asked = Signal()
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.phrases: tuple[Phrase, ...] = ()
        self._is_rewritten = False
        context.saver.idle.connect(self._on_idle)
        self.run(_nothing)

    def keep(self, text: str) -> None:
        """A new phrase, named by its beginning."""
        self.run(lambda service: service.add(name_for(text), text))

    def rewrite(self, number: int, *, name: str, text: str) -> None:
        """Name and text as far as they have been typed."""
        change = partial(self._context.desk.phrases.change, number, name=name, text=text)
        self._is_rewritten = True
        self._context.saver.later(f"phrase:{number}", change)

    def run(self, act: Callable[[PhraseService], object], done: Callable[[object], None] | None = None) -> None:
        """Do *act* off the GUI thread, then read again; *done* gets what it handed back."""

        def work(_progress: Progress) -> tuple[object, tuple[Phrase, ...]]:
            service = self._context.desk.phrases
            return act(service), service.all()

        def finish(reply: object) -> None:
            if isinstance(reply, tuple):
                result, self.phrases = reply
                if done is not None:
                    done(result)
                self.changed.emit()

        self._context.saver.flush()
        self._context.workers.run(work, lane=Lane.DATABASE, is_quiet=True, done=finish, failed=self.failed.emit)

    def _on_idle(self) -> None:
        if self._is_rewritten:
            self._is_rewritten = False
            self.run(_nothing)


class PhraseButton(QToolButton):
    """Opens the menu over one field; Ctrl+J does the same from inside it."""

    def __init__(self, book: PhraseBook, edit: TextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._edit = book, edit
        self.setText(_("Phrases"))
        self.setAccessibleName(_("{field}: put in a phrase").format(field=edit.accessibleName()))
        self.setToolTip(plain_tool_tip(_("Put in a phrase of your own  Ctrl+J")))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.menu_of_phrases = QMenu(self)
        self.menu_of_phrases.aboutToShow.connect(self.fill)
        self.clicked.connect(self._on_clicked)
        keys = QShortcut(QKeySequence("Ctrl+J"), edit, context=Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self._on_keys)

    def fill(self) -> None:
        """The phrases, the first ones with a digit, and what else can be done."""
        menu = self.menu_of_phrases
        menu.clear()
        is_editable = not self._edit.isReadOnly()
        for place, phrase in enumerate(self._book.phrases, start=1):
            digit = f"&{place} " if place <= _BY_NUMBER else ""
            action = menu.addAction(digit + plain(phrase.name).replace("&", "&&"))
            action.setToolTip(plain_tool_tip(phrase.text))
            action.setEnabled(is_editable)
            action.triggered.connect(partial(self._put_in, phrase.text))
        if self._book.phrases:
            menu.addSeparator()
        marked = self._edit.textCursor().selection().toPlainText().strip()
        keep = menu.addAction(_("Keep the marked words as a phrase"))
        keep.setEnabled(bool(marked))
        keep.triggered.connect(partial(self._book.keep, marked))
        menu.addAction(_("My phrases …")).triggered.connect(self._book.page_asked)

    def _put_in(self, text: str) -> None:
        self._edit.insertPlainText(text)
        self._edit.setFocus()

    def _on_clicked(self) -> None:
        self.menu_of_phrases.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_keys(self) -> None:
        self.menu_of_phrases.popup(self._edit.mapToGlobal(self._edit.cursorRect().bottomLeft()))


def _nothing(_service: PhraseService) -> None:
    """Only read again."""
