"""On site: the list of visits, a new one, and the one that is open."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes
from app.domain.ids import ApplicationCode
from app.domain.onsite.ids import VisitId
from app.domain.onsite.visit import Member, Role
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.errors import UserFacingError
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.desk_views import Task
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column
from ui.place import PlaceView
from ui.visit.exchange_page import ExchangePage
from ui.visit.narrow_stack import NarrowStack
from ui.visit.plan_page import PlanPage
from ui.visit.visit_frame import MEETING, VisitFrame
from ui.visit.visit_list import VisitList, VisitRow

_CLOSED = frozenset(
    {TaskState.UNDECLARED, TaskState.RECUSED, TaskState.ABSTAINED, TaskState.RECALLED, TaskState.WITH_LEADER}
)


class VisitPlace(PlaceView):
    """The list first; Enter goes into a visit.

    Signals:
        failed: an error for the teller.
        hand_in_asked: the on-site review to tick for signing.
        file_asked: somebody wants to take in what a member gave.
    """

    failed = Signal(object)
    hand_in_asked = Signal(object)
    file_asked = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: tuple[VisitRow, ...] = ()
        self._tasks: tuple[Task, ...] = ()
        self._teams: dict[ApplicationCode, tuple[Member, ...]] = {}
        self._leaders: tuple[str, ...] = ()
        self._name = ""
        self._unwritten: Mapping[str, str] = {}
        self._is_reading = self._is_stale = False
        self.list, self.planning, self.giving = VisitList(context), PlanPage(context), ExchangePage(context)
        self.visit: VisitFrame | None = None
        self._stack = NarrowStack()
        self._stack.add(self.list)
        self._stack.add(self.planning)
        self._stack.add(self.giving)
        self.setLayout(column(self._stack))
        self.plan_action = QAction(_("Plan a visit"), self)
        self.plan_action.triggered.connect(self.plan)
        self.give_action = QAction(_("Give notes to the team"), self)
        self.give_action.triggered.connect(self.give)
        self.take_action = QAction(_("Take a member's notes in"), self)
        self.take_action.triggered.connect(self.file_asked)
        for action in (self.plan_action, self.give_action, self.take_action):
            self.list.table.add_action(action, needs_selection=False)
        self.list.offer(self.give_action, self.take_action)
        self.list.opened.connect(self._on_opened)
        self.planning.planned.connect(self._on_opened)
        self.planning.back_asked.connect(self.show_list)
        self.giving.back_asked.connect(self.show_list)
        self.giving.message_raised.connect(self.message_raised)
        self.giving.failed.connect(self.failed)
        context.hub.changed.connect(self._on_changed)
        self.reload()

    def about(self) -> str:
        if self._stack.currentWidget() is self.visit and self.visit is not None:
            return self.visit.about()
        if self._stack.currentWidget() is self.planning:
            return _("A new visit")
        if self._stack.currentWidget() is self.giving:
            return _("Notes for the team")
        count = len(self._rows)
        return ngettext("{count} visit", "{count} visits", count).format(count=count) if count else ""

    def primary_action(self) -> QAction | None:
        return self.plan_action if self._stack.currentWidget() is self.list and self._tasks and self._rows else None

    def search_hint(self) -> str:
        return _("Operator, number …") if self._stack.currentWidget() is self.list and self._rows else ""

    def search(self, text: str) -> None:
        self.list.table.filter(text)

    def screen_code(self) -> str:
        current = self._stack.currentWidget()
        if current is self.visit and self.visit is not None:
            return f"D4{self.visit.bar.currentIndex() + 2}"
        if current is self.giving:
            return "D47"
        return "D41" if current is self.planning else "D40"

    def entered(self) -> None:
        self.reload()

    def first_focus(self) -> QWidget | None:
        current = self._stack.currentWidget()
        if current is self.visit and self.visit is not None:
            return self.visit.first_focus()
        if current is self.giving:
            return self.giving.first_focus()
        return self.planning.back if current is self.planning else self.list.table.view

    def left(self) -> None:
        self._context.saver.flush()

    def reload(self) -> None:
        """Read the list again, off the GUI thread."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._context.workers.run(
            self._load, lane=Lane.DATABASE, is_quiet=True, done=self._on_read, failed=self._on_failed
        )

    def open_visit(self, visit: VisitId, *, is_meeting: bool = False) -> None:
        """Go into *visit*, or straight to its meeting."""
        if self.visit is None or self.visit.visit != visit:
            self._drop_visit()
            frame = self.visit = VisitFrame(self._context, visit)
            frame.back_asked.connect(self.show_list)
            frame.hand_in_asked.connect(self.hand_in_asked)
            frame.sheet_changed.connect(self.header_changed)
            frame.bar.currentChanged.connect(self.header_changed)
            frame.message_raised.connect(self.message_raised)
            frame.failed.connect(self._on_visit_failed)
            self._stack.add(frame)
        if is_meeting:
            self.visit.bar.setCurrentIndex(MEETING)
        self._show(self.visit)

    def give(self) -> None:
        """What the others of the team can be given."""
        self.giving.begin()
        self._show(self.giving)
        self.giving.first_focus().setFocus()

    def plan(self) -> None:
        """Plan a new visit."""
        if self._tasks:
            self.planning.begin(self._tasks, self._name, teams=self._teams, unwritten=self._unwritten)
            self._show(self.planning)

    def show_list(self) -> None:
        """Back to the list; what was open is marked there."""
        self._context.saver.flush()
        self._show(self.list)
        if self.visit is not None:
            self.list.table.select(self.visit.visit)
        self.reload()
        self.list.table.view.setFocus()

    def _drop_visit(self) -> None:
        if self.visit is not None:
            self._context.saver.flush()
            self._stack.removeWidget(self.visit)
            self.visit.deleteLater()
            self.visit = None

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self.header_changed.emit()

    def _load(self, _progress: Progress) -> object:
        desk = self._context.desk
        rows = []
        for line in desk.visits.all():
            sheet = desk.visits.sheet(line.visit)
            of = sum(len(aspect.items) for aspect in sheet.checklist.aspects)
            starts = min((slot.starts_at for slot in sheet.plan.timetable), default=None)
            rows.append(VisitRow(line, of - len(sheet.score.missing), of, starts))
        tasks = desk.tasks.tasks()
        teams = {task.application: desk.visits.members(task.application) for task in tasks}
        led = [one for task in tasks if task.state is TaskState.WITH_LEADER for one in teams[task.application]]
        leaders = tuple(dict.fromkeys(one.name for one in led if one.role is Role.LEADER))
        name, unwritten = desk.enrolment.status().profile.name, desk.unwritten.all()
        return tuple(rows), _plannable(tasks), teams, leaders, name, unwritten

    def _on_read(self, reply: object) -> None:
        self._is_reading = False
        if not isinstance(reply, tuple):
            return
        self._rows, self._tasks, self._teams, self._leaders, self._name, self._unwritten = reply
        self.plan_action.setEnabled(bool(self._tasks))
        self.give_action.setEnabled(bool(self._rows))
        self.list.say_empty(plan=self.plan_action if self._tasks else None, leaders=self._leaders)
        self.list.show_visits(self._rows)
        self.header_changed.emit()
        if self._is_stale:
            self.reload()

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self.failed.emit(error)

    def _on_visit_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        if isinstance(error, UserFacingError) and self.visit is not None and self.visit.sheet is None:
            self.show_list()

    def _on_opened(self, visit: str) -> None:
        self.open_visit(VisitId(visit))

    def _on_changed(self, changes: object, _by: object) -> None:
        is_ours = isinstance(changes, Changes) and (changes.visits or changes.tasks or changes.packages)
        if is_ours and self._stack.currentWidget() is self.list:
            self.reload()


def _plannable(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """One review of each application whose dossier is open and whose visit nobody else leads; the on-site one first."""
    led = {task.application for task in tasks if task.state is TaskState.WITH_LEADER}
    found: dict[str, Task] = {}
    for task in tasks:
        is_open = task.state not in _CLOSED and task.application not in led
        if is_open and (task.application not in found or task.kind is ReviewKind.ONSITE):
            found[task.application] = task
    return tuple(found.values())
