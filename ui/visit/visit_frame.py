"""One visit: read on the database thread, handed to every tab, read again whenever somebody wrote."""

from functools import cached_property
from typing import Final, Protocol, cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QTabBar, QWidget

from app.domain.changes import Changes
from app.domain.onsite.ids import ItemId, VisitId
from app.domain.onsite.pending import Pending
from app.i18n import _
from app.progress import Progress
from app.services.visit_sheet import VisitSheet
from app.words.onsite import conclusion_words, stage_words
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, hairline, row
from ui.theme import px, set_role
from ui.tokens import Space
from ui.visit.checklist_tab import ChecklistTab
from ui.visit.findings_tab import FindingsTab
from ui.visit.forms_menu import FormsButton
from ui.visit.meeting_tab import MeetingTab
from ui.visit.narrow_stack import NarrowStack
from ui.visit.pending_bar import PendingBar
from ui.visit.photos_tab import PhotosTab
from ui.visit.plan_tab import PlanTab
from ui.visit.visit_list import graded_words

_PARTS: Final = ("plan", "checklist", "photos", "findings", "meeting")
CHECKLIST: Final = _PARTS.index("checklist")
PHOTOS: Final = _PARTS.index("photos")
MEETING: Final = _PARTS.index("meeting")


class Tab(Protocol):
    """What every tab of a visit is."""

    changed: SignalInstance

    def refresh(self, sheet: VisitSheet) -> None: ...


class VisitFrame(QWidget):
    """The tabs of one visit, each made when somebody goes there: all five at once took a second.

    Signals:
        back_asked: to the list.
        sheet_changed: the title line says something else now.
        failed: the visit cannot be shown, and why.
        message_raised: for the strip.
        hand_in_asked: the on-site review to tick for signing.
    """

    back_asked = Signal()
    sheet_changed = Signal()
    failed = Signal(object)
    message_raised = Signal(object)
    hand_in_asked = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.visit = context, visit
        self.sheet: VisitSheet | None = None
        self._is_reading = self._is_stale = False
        self._is_entering = True
        self.back = QPushButton(_("All visits"))
        set_role(self.back, "quiet")
        self.bar = QTabBar()
        self.bar.setAccessibleName(_("Parts of the visit"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.forms = FormsButton(context, visit)
        self.pending = PendingBar()
        self.stack = NarrowStack()
        self._refreshed: set[int] = set()
        for name in (_("Plan"), _("Checklist"), _("Photos"), _("Findings on site"), _("Meeting")):
            self.bar.addTab(name)
        head = row(self.back, self.bar, None, self.forms, gap=Space.INSIDE)
        head.setContentsMargins(px(Space.ROOM), px(Space.HALF), px(Space.BETWEEN), px(Space.HALF))
        layout = column(head, hairline(), self.pending, self.stack, gap=0)
        layout.setStretchFactor(self.stack, 1)
        self.setLayout(layout)
        self._wire()
        self.bar.setCurrentIndex(CHECKLIST)
        self.reload()

    @cached_property
    def plan(self) -> PlanTab:
        """When, who, where."""
        tab = PlanTab(self._context, self.visit)
        tab.item_wanted.connect(self.show_item)
        self.stack.add(tab)
        return tab

    @cached_property
    def checklist(self) -> ChecklistTab:
        """The items and their grades."""
        tab = ChecklistTab(self._context, self.visit)
        tab.photos_wanted.connect(self._on_photos_wanted)
        tab.message_raised.connect(self.message_raised)
        self.stack.add(tab)
        return tab

    @cached_property
    def photos(self) -> PhotosTab:
        """The tray."""
        tab = PhotosTab(self._context, self.visit)
        self.stack.add(tab)
        return tab

    @cached_property
    def findings(self) -> FindingsTab:
        """What was found."""
        tab = FindingsTab(self._context, self.visit)
        self.stack.add(tab)
        return tab

    @cached_property
    def meeting(self) -> MeetingTab:
        """What the team decides and signs."""
        tab = MeetingTab(self._context, self.visit)
        tab.item_wanted.connect(self.show_item)
        tab.hand_in_asked.connect(self.hand_in_asked)
        self.stack.add(tab)
        return tab

    def about(self) -> str:
        """Operator, stage or conclusion, and how far the checklist is."""
        sheet = self.sheet
        if sheet is None:
            return ""
        of = sum(len(aspect.items) for aspect in sheet.checklist.aspects)
        return _("{operator} · {stage} · {graded}").format(
            operator=sheet.face.operator,
            stage=conclusion_words(sheet.result.now) if sheet.result else stage_words(sheet.plan.stage),
            graded=graded_words(of - len(sheet.score.missing), of),
        )

    def first_focus(self) -> QWidget | None:
        """Where the keyboard comes in."""
        return self.back

    def take_keyboard(self) -> None:
        """On the checklist the number keys work at once; the other parts leave the keyboard where it is."""
        if self.bar.currentIndex() == CHECKLIST and self.isVisible():
            self.checklist.take_keyboard()

    def show_item(self, item: str) -> None:
        """Go to an item of the checklist."""
        self.bar.setCurrentIndex(CHECKLIST)
        self.checklist.go_to(ItemId(item))

    def go_on(self, what: Pending) -> None:
        """To where *what* is done."""
        self.bar.setCurrentIndex(MEETING)
        if what is Pending.SEAL:
            self.meeting.attach_seal()
        else:
            self.meeting.go_to_signing()

    def finish_typing(self) -> None:
        """What was typed goes on its way to the store."""
        self._context.saver.flush()

    def reload(self) -> None:
        """Read the visit, and once more where something changes meanwhile."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._context.workers.run(
            self._load, lane=Lane.DATABASE, is_quiet=True, done=self._on_read, failed=self._on_failed
        )

    def _wire(self) -> None:
        self._context.hub.changed.connect(self._on_changed)
        self.back.clicked.connect(self.back_asked)
        self.bar.currentChanged.connect(self._on_tab)
        self.pending.asked.connect(self.go_on)
        self.forms.message_raised.connect(self.message_raised)
        self.forms.failed.connect(self.failed)
        for keys, steps in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda steps=steps: self._step(steps))

    def _load(self, _progress: Progress) -> VisitSheet:
        return self._context.desk.visits.sheet(self.visit)

    def _on_read(self, sheet: object) -> None:
        self._is_reading = False
        if not isinstance(sheet, VisitSheet):
            return
        self.sheet = sheet
        self._refreshed.clear()
        self._refresh_shown()
        self.forms.refresh(sheet)
        self.pending.refresh(sheet)
        self.sheet_changed.emit()
        if self._is_entering:
            self._is_entering = False
            self.take_keyboard()
        if self._is_stale:
            self.reload()

    def _refresh_shown(self) -> None:
        """Only the tab that is seen; the others when somebody goes there."""
        index = self.bar.currentIndex()
        if self.sheet is not None and index not in self._refreshed:
            self._refreshed.add(index)
            cast(Tab, self._tab(index)).refresh(self.sheet)

    def _tab(self, index: int) -> QWidget:
        tab: QWidget = getattr(self, _PARTS[index])
        return tab

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self.failed.emit(error)

    def _on_changed(self, changes: object, _by: object) -> None:
        if isinstance(changes, Changes) and (self.visit in changes.visits or changes.reviews or changes.packages):
            self.reload()

    def _on_tab(self, index: int) -> None:
        self._context.saver.flush()
        self.stack.setCurrentWidget(self._tab(index))
        self._refresh_shown()

    def _on_photos_wanted(self) -> None:
        self.bar.setCurrentIndex(PHOTOS)

    def _step(self, steps: int) -> None:
        self.bar.setCurrentIndex((self.bar.currentIndex() + steps) % self.bar.count())
