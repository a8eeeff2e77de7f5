"""The help beside the work: a window that stays open, with pages, a search, and the way back."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QPushButton, QStackedWidget, QWidget

from app.i18n import _, ngettext
from app.services.help_pages import CONTENTS, GUIDE, Found, HelpShelf
from ui.help.page_document import picture_name
from ui.help.page_view import PageView
from ui.help.picture_dialog import PictureDialog
from ui.layouts import column, hairline, row
from ui.plain import plain, plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.filter_edit import FilterEdit
from ui.widgets.plain_label import PlainLabel

_NAME: Final = Qt.ItemDataRole.UserRole
_MOST_STEPS: Final = 100


class HelpReader(QWidget):
    """Shows a page, finds others by words, screen code or sentence code, and remembers the way.

    Signals:
        text_asked: the person wants the help text for the telephone.
        guide_asked: the two pages for experts are to be written; carries the path.
    """

    text_asked = Signal()
    guide_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, shelf: HelpShelf | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.shelf = shelf or HelpShelf()
        self._way: list[str] = []
        self._at = -1
        self.setWindowTitle(_("Help"))
        self.back, self.forward = QPushButton(_("Back")), QPushButton(_("Forward"))
        self.contents, self.text = QPushButton(_("Contents")), QPushButton(_("Help text  F2"))
        for button in (self.back, self.forward, self.contents, self.text):
            set_role(button, "quiet")
            button.setAutoDefault(False)
        self.guide = QPushButton(_("Save as PDF …"))
        set_role(self.guide, "primary")
        self.guide.hide()
        self.said = PlainLabel(role="muted", is_wrapped=True)
        self.said.hide()
        self.search = FilterEdit(_("Words, or the code of a screen or sentence"))
        self.page, self.found = PageView(self.shelf), QListWidget()
        self.found.setAccessibleName(_("What was found"))
        self.found.setWordWrap(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.count = PlainLabel(role="muted", is_wrapped=True)
        self._stack = QStackedWidget()
        self._build()
        self._wire()

    def show_page(self, name: str) -> None:
        """Go to the page called *name* and come to the front; an unknown one leads to the contents."""
        self._go(self.shelf.page(name).name)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def name(self) -> str:
        """The name of the page that is shown."""
        return self._way[self._at] if self._at >= 0 else ""

    def say(self, text: str) -> None:
        """One line above the page, until another page is shown."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def say_written(self, file: Path) -> None:
        """The pages for experts are there."""
        self.say(_("Saved as {name}.").format(name=plain(file.name)))

    def go_back(self) -> None:
        """To the page before, or from what was found to the page."""
        if self.search.text():
            self.search.clear()
        elif self._at > 0:
            self._show_at(self._at - 1)

    def go_forward(self) -> None:
        """To the page that was left with :meth:`go_back`."""
        if self._at + 1 < len(self._way):
            self._show_at(self._at + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.found.hasFocus():
            self._on_chosen(self.found.currentItem())
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        top = row(self.back, self.forward, self.contents, None, self.text, gap=Space.HALF)
        results = QWidget()
        inside = column(self.count, self.found, gap=Space.INSIDE)
        inside.setContentsMargins(px(Space.ROOM), px(Space.INSIDE), px(Space.ROOM), 0)
        inside.setStretchFactor(self.found, 1)
        results.setLayout(inside)
        self._stack.addWidget(self.page)
        self._stack.addWidget(results)
        head = column(top, self.search, row(self.guide, None), self.said, gap=Space.INSIDE)
        head.setContentsMargins(px(Space.ROOM), px(Space.INSIDE), px(Space.ROOM), px(Space.INSIDE))
        layout = column(head, hairline(), self._stack, gap=0)
        layout.setStretchFactor(self._stack, 1)
        self.setLayout(layout)
        wanted = QSize(px(Size.READING_WIDTH + Size.RAIL), px(Size.READING_WIDTH + Size.RAIL * 3 // 2))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _wire(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.contents.clicked.connect(self._on_contents)
        self.text.clicked.connect(self.text_asked)
        self.guide.clicked.connect(self._on_guide)
        self.page.link_followed.connect(self._on_link)
        self.search.filter_changed.connect(self._on_search)
        self.search.left_downwards.connect(self._on_downwards)
        self.search.returnPressed.connect(self._on_downwards)
        self.found.itemClicked.connect(self._on_chosen)
        for keys, slot in (
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Ctrl+F", self._on_find),
            ("F1", self._on_contents),
            ("F2", self.text_asked),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _go(self, name: str) -> None:
        if name != self.name:
            self._way = [*self._way[: self._at + 1], name][-_MOST_STEPS:]
            self._at = len(self._way) - 1
        self._show_at(self._at)

    def _show_at(self, place: int) -> None:
        self._at = place
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        page = self.shelf.page(self._way[place])
        self.page.show_page(page)
        self._stack.setCurrentWidget(self.page)
        self.guide.setVisible(page.name == GUIDE)
        self.say("")
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at + 1 < len(self._way))

    def _on_link(self, target: str) -> None:
        screen = picture_name(target)
        if not screen:
            self._go(self.shelf.page(target).name)
            return
        file: Path = self.shelf.picture(screen)
        PictureDialog(file, self.shelf.page(screen).title, self).open()

    def _on_guide(self) -> None:
        name = plain(self.shelf.page(GUIDE).title) + ".pdf"
        path, _kind = QFileDialog.getSaveFileName(self, self.guide.text(), name, _("PDF (*.pdf)"))
        if path:
            self.guide_asked.emit(path)

    def _on_contents(self) -> None:
        self._go(CONTENTS)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_search(self, words: str) -> None:
        if not words.strip():
            self._stack.setCurrentWidget(self.page)
            self.back.setEnabled(self._at > 0)
            return
        found = self.shelf.search(words)
        self.found.clear()
        for one in found:
            self.found.addItem(_line(one))
        self.found.setCurrentRow(0)
        self.found.setVisible(bool(found))
        count = ngettext("{count} page", "{count} pages", len(found)).format(count=len(found))
        nothing = _("Nothing fits. Try fewer words, or look through the contents.")
        self.count.setText(count if found else nothing)
        self._stack.setCurrentIndex(1)
        self.back.setEnabled(True)

    def _on_downwards(self) -> None:
        if self._stack.currentIndex() == 1 and self.found.count():
            self.found.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._stack.currentIndex() == 0:
            self.page.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._go(str(item.data(_NAME)))
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(found: Found) -> QListWidgetItem:
    words = _("Message: {words}").format(words=found.title) if found.is_sentence else found.title
    item = QListWidgetItem(plain(words))
    item.setToolTip(plain_tool_tip(words))
    item.setData(_NAME, found.name)
    return item
