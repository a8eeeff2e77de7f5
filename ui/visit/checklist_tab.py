"""The checklist of one visit: beside a list at a desk, in one column with large boxes on a tablet."""

from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import ItemId, VisitId
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.layouts import column, hairline, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.checklist_list import ChecklistList
from ui.visit.checklist_words import Hand, given_grade, is_ungraded
from ui.visit.item_page import ItemPage
from ui.visit.item_questions import ItemQuestions
from ui.visit.meeting_parts import fill_authors, fill_items, item_combo
from ui.widgets.plain_label import PlainLabel

_MOST_BOXES: Final = 5


class Layout(StrEnum):
    """Two sizes of the same page."""

    NORMAL = "normal"
    LARGE = "large"


class ChecklistTab(QWidget):
    """Number keys grade, arrows walk, Ctrl+Enter finds the next item without a grade.

    Signals:
        changed: never needed: whatever is written here is told to the hub.
        photos_wanted: the photographs of the visit.
        message_raised: for the strip.
    """

    changed = Signal()
    photos_wanted = Signal()
    message_raised = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._sheet: VisitSheet | None = None
        self._item: ItemId | None = None
        self._undo: list[tuple[ItemId, Hand, Grade | None]] = []
        self.site, self.author, self.jump = QComboBox(), QComboBox(), item_combo()
        self.site.setAccessibleName(_("Site"))
        self.author.setAccessibleName(_("Whose notes and grades"))
        self.jump.setAccessibleName(_("Item"))
        self.progress = PlainLabel(role="muted")
        self.take_back = QPushButton(_("Take the last grade back"))
        set_role(self.take_back, "quiet")
        self.large = QToolButton()
        self.large.setText(_("Large layout"))
        self.large.setCheckable(True)
        self.large.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self.large, "segment")
        self.asked = QToolButton()
        self.asked.setCheckable(True)
        self.asked.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self.asked, "segment")
        self.list, self.page = ChecklistList(), ItemPage(context, visit)
        self.loose = ItemQuestions(context, visit)
        self.before, self.next = QPushButton(_("Item before")), QPushButton(_("Next item"))
        self.ungraded = QPushButton(_("Next open"))
        set_role(self.next, "primary")
        self._splitter, self._stack = QSplitter(Qt.Orientation.Horizontal), QStackedWidget()
        self._build()
        self._wire()
        kept = context.remembered.choice("visit.layout", Layout.NORMAL)
        self.large.setChecked(kept is Layout.LARGE)
        self._show_layout()

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; the item and what is being typed stay."""
        self._sheet = sheet
        chosen = self.site.currentData()
        self.site.blockSignals(True)
        self.site.clear()
        for site in sheet.plan.sites:
            self.site.addItem(plain(site.name), site.id)
        self.site.setCurrentIndex(max(0, self.site.findData(chosen)))
        self.site.blockSignals(False)
        self.site.setVisible(len(sheet.plan.sites) > 1)
        fill_authors(self.author, sheet, _("my own"))
        fill_items(self.jump, sheet.checklist)
        self._item = self._item or next(sheet.checklist.items).id
        self._show()

    def take_keyboard(self) -> None:
        """Number keys grade the item that is shown."""
        self._focus_grades()

    def hand(self) -> Hand | None:
        """Who writes here, and about which site."""
        site = self.site.currentData()
        return Hand(site, self.author.currentData()) if site is not None else None

    def item(self) -> ItemId | None:
        """The item that is shown."""
        return self._item

    def go_to(self, item: ItemId) -> None:
        """Show *item*."""
        self._context.saver.flush()
        self.asked.setChecked(False)
        self._item = item
        self._show()

    def step(self, steps: int) -> None:
        """The item so many lines further on."""
        if self._sheet is None or self._item is None:
            return
        items = [one.id for one in self._sheet.checklist.items]
        place = items.index(self._item) + steps
        if 0 <= place < len(items):
            self.go_to(items[place])

    def next_ungraded(self) -> None:
        """The next item without a grade, from the beginning again after the last."""
        sheet, hand = self._sheet, self.hand()
        if sheet is None or hand is None or self._item is None:
            return
        items = [one.id for one in sheet.checklist.items]
        start = items.index(self._item) + 1
        wanted = next((one for one in items[start:] + items[:start] if is_ungraded(sheet, one, hand)), None)
        if wanted is not None:
            self.go_to(wanted)
            self._focus_grades()

    def undo(self) -> None:
        """The grade before the last one that was given here."""
        if not self._undo:
            return
        item, hand, before = self._undo.pop()
        self._write(item, hand, before)
        self.go_to(item)

    def set_large(self, *, is_large: bool) -> None:
        """One column with large boxes, or the list beside the item; kept for the next time."""
        self.large.setChecked(is_large)

    def _build(self) -> None:
        self._head = row(
            self.jump,
            self.site,
            self.author,
            self.asked,
            self.progress,
            None,
            self.take_back,
            self.large,
            gap=Space.INSIDE,
        )
        self._head.setContentsMargins(px(Space.ROOM), px(Space.HALF), px(Space.ROOM), px(Space.HALF))
        self._foot = row(self.before, None, self.ungraded, self.next, gap=Space.INSIDE)
        self._foot.setContentsMargins(px(Space.ROOM), px(Space.HALF), px(Space.ROOM), px(Space.HALF))
        right = QWidget()
        page = column(self.page, hairline(), self._foot, gap=0)
        page.setStretchFactor(self.page, 1)
        right.setLayout(page)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([px(Size.DIALOG_WIDTH), px(Size.READING_WIDTH) * 2])
        self._splitter.setChildrenCollapsible(False)
        self._context.remembered.splitter(self._splitter, "visit_checklist")
        inner = QWidget()
        inner.setLayout(column(self.loose, None, margin=Space.ROOM))
        set_role(inner, "page")
        room = QScrollArea(widgetResizable=True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(inner)
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(room)
        layout = column(self._head, hairline(), self._stack, gap=0)
        layout.setStretchFactor(self._stack, 1)
        self.setLayout(layout)

    def _wire(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.page.graded.connect(self._on_graded)
        self.page.photos.wanted.connect(self.photos_wanted)
        self.page.photos.message_raised.connect(self.message_raised)
        self.site.activated.connect(self._on_hand)
        self.author.activated.connect(self._on_hand)
        self.jump.activated.connect(self._on_jump)
        self.before.clicked.connect(partial(self.step, -1))
        self.next.clicked.connect(partial(self.step, 1))
        self.ungraded.clicked.connect(self.next_ungraded)
        self.take_back.clicked.connect(self.undo)
        self.large.toggled.connect(self._on_large)
        self.asked.toggled.connect(self._on_asked)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        keys = [
            ("Alt+Up", partial(self.step, -1)), ("Alt+Down", partial(self.step, 1)),
            ("Ctrl+Return", self.next_ungraded), ("Ctrl+Enter", self.next_ungraded), ("Ctrl+Z", self._on_undo_key),
        ]  # fmt: skip
        keys += [(str(number), partial(self._on_number, number)) for number in range(1, _MOST_BOXES + 1)]
        for text, act in keys:
            QShortcut(QKeySequence(text), self, context=inside).activated.connect(act)
        for text, steps in (("Up", -1), ("Down", 1)):
            arrow = QShortcut(QKeySequence(text), self.page.grades, context=inside)
            arrow.activated.connect(partial(self._on_arrow, steps))

    def _show(self) -> None:
        sheet, hand = self._sheet, self.hand()
        if sheet is None or hand is None or self._item is None:
            return
        self.list.show_sheet(sheet, hand)
        self.list.go_to(self._item)
        self.jump.setCurrentIndex(self.jump.findData(self._item))
        self.page.show_item(sheet, self._item, hand)
        items = [one.id for one in sheet.checklist.items]
        left = sum(is_ungraded(sheet, one, hand) for one in items)
        words = _("{count} of {of} still without a grade").format(count=left, of=len(items))
        self.progress.setText(words if left else _("Every item has its grade."))
        self.ungraded.setEnabled(bool(left))
        self.take_back.setVisible(bool(self._undo) and sheet.result is None)
        self.before.setEnabled(self._item != items[0])
        self.next.setEnabled(self._item != items[-1])
        loose = [one for one in sheet.questions if one.question.item is None]
        self.loose.show_questions(sheet, loose, hand)
        self.asked.setText(_("To be verified: {count}").format(count=len(loose)))
        self.asked.setVisible(bool(loose))
        if not loose:
            self.asked.setChecked(False)

    def _show_layout(self) -> None:
        is_large = self.large.isChecked()
        self.list.setVisible(not is_large)
        self.jump.setVisible(is_large)
        self.progress.setVisible(not is_large)
        self.page.set_large(is_large=is_large)
        self._foot.setStretchFactor(self.next, 1 if is_large else 0)
        self.setProperty("touch", is_large)
        for part in (self, *self.findChildren(QWidget)):
            part.style().unpolish(part)
            part.style().polish(part)

    def _write(self, item: ItemId, hand: Hand, grade: Grade | None) -> None:
        give = partial(self._context.desk.visits.notes.grade, self._visit, item, grade)
        self._context.saver.now(partial(give, site=hand.site, author=hand.author))

    def _focus_grades(self) -> None:
        button = self.page.grades.first()
        if button is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_graded(self, grade: Grade | None) -> None:
        sheet, hand = self._sheet, self.hand()
        if sheet is not None and hand is not None and self._item is not None:
            self._undo.append((self._item, hand, given_grade(sheet, self._item, hand)))
            self._write(self._item, hand, grade)

    def _on_undo_key(self) -> None:
        if not isinstance(self.window().focusWidget(), QLineEdit | QPlainTextEdit):
            self.undo()

    def _on_number(self, number: int) -> None:
        if self.page.isVisible():  # nobody grades an item that is not seen
            self.page.grades.give_number(number)

    def _on_chosen(self, item: str) -> None:
        self.go_to(ItemId(item))

    def _on_jump(self) -> None:
        self.go_to(self.jump.currentData())

    def _on_hand(self) -> None:
        self._context.saver.flush()
        self._show()

    def _on_arrow(self, steps: int) -> None:
        self.step(steps)
        self._focus_grades()

    def _on_asked(self, is_asked: bool, /) -> None:
        self._stack.setCurrentIndex(int(is_asked))

    def _on_large(self) -> None:
        chosen = Layout.LARGE if self.large.isChecked() else Layout.NORMAL
        self._context.remembered.keep_choice("visit.layout", chosen)
        self._show_layout()
