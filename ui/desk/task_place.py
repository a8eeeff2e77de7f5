"""Tasks: declare, choose, review. One place, three screens, and the title line always says which."""

from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.changes import Changes
from app.domain.ids import IndicatorId, ReviewId
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.services.desk_views import Overview, Task
from app.words.days import last_day_words
from ui.desk.comparison_page import ComparisonPage
from ui.desk.context import DeskContext
from ui.desk.declare_page import DeclarePage
from ui.desk.enrol_page import EnrolPage
from ui.desk.examination_screen import ExaminationScreen
from ui.desk.fork_page import ForkPage
from ui.desk.hand_in_file import proposed_name
from ui.desk.review_screen import ReviewScreen
from ui.desk.task_list import TaskList
from ui.desk.words import progress_words, title_words
from ui.jobs import Lane
from ui.layouts import column
from ui.message import Gravity, Message
from ui.place import PlaceView, first_in

_CODES: Final[Mapping[type, str]] = {EnrolPage: "D10", DeclarePage: "D11", ComparisonPage: "D17", ForkPage: "D22"}


class TaskPlace(PlaceView):
    """Shows declarations first if there are any to make.

    Signals:
        hand_in_asked: reviews to tick for signing.
        overview_changed: the new :class:`Overview`.
        failed: an exception for the teller.
        file_asked: somebody wants to choose a file to import.
        visit_asked: the visit an on-site review is written in; nothing while none is planned.
    """

    hand_in_asked = Signal(object)
    overview_changed = Signal(object)
    failed = Signal(object)
    file_asked = Signal()
    visit_asked = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks: tuple[Task, ...] = ()
        self._overview: Overview | None = None
        self._unsent = 0
        self._file_name = ""
        self._unwritten: Mapping[str, str] = {}
        self._put_off: frozenset[ReviewId] = frozenset()
        self._is_reading = self._is_stale = False
        self._returns_to: ReviewId | None = None
        self.list, self.review = TaskList(context), ReviewScreen(context)
        self.at: ReviewScreen | ExaminationScreen = self.review  # the screen of the review that was opened last
        self._examination: ExaminationScreen | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.review)
        self.setLayout(column(self._stack))
        self._declare = QAction(_("Declare conflicts"), self)
        self._check = QAction(_("Check and sign"), self)
        self._open = self.list.open_action
        self._wire()
        self.reload()

    # These are made when somebody goes there: until then they would only delay the list.

    @cached_property
    def declaring(self) -> DeclarePage:
        """Conflicts, of every dossier that came."""
        page = DeclarePage(self._context)
        page.finished.connect(self._on_declared)
        page.put_off.connect(self._on_put_off)
        page.message_raised.connect(self.message_raised)
        page.failed.connect(self.failed)
        self._stack.addWidget(page)
        return page

    @cached_property
    def enrolling(self) -> EnrolPage:
        """Waiting for the certificate."""
        page = EnrolPage(self._context)
        page.failed.connect(self.failed)
        page.message_raised.connect(self.message_raised)
        page.invitation_asked.connect(self.file_asked)
        page.header_changed.connect(self.header_changed)
        self._stack.addWidget(page)
        return page

    @cached_property
    def comparing(self) -> ComparisonPage:
        """One's own scores beside each other."""
        page = ComparisonPage(self._context)
        page.back_asked.connect(self.show_list)
        page.review_asked.connect(self.open_review_at)
        page.revision_asked.connect(self._on_revise)
        page.failed.connect(self.failed)
        self._stack.addWidget(page)
        return page

    @cached_property
    def forking(self) -> ForkPage:
        """What was signed at two computers."""
        page = ForkPage(self._context)
        page.back_asked.connect(self.show_list)
        page.chosen.connect(self._on_version_chosen)
        page.failed.connect(self._on_review_failed)
        self._stack.addWidget(page)
        return page

    def first_focus(self) -> QWidget | None:
        part = self._stack.currentWidget()
        if part is self.list:
            return self.list.table.view
        return self.at.first_focus() if part is self.at else first_in(part)

    def about(self) -> str:
        sheet = self.at.sheet() if self._stack.currentWidget() is self.at else None
        if sheet is not None:
            return _("{title} · {progress}").format(title=title_words(sheet.task), progress=progress_words(sheet))
        if isinstance(self._stack.currentWidget(), EnrolPage):
            return self.enrolling.about()
        if self._overview is None:
            return ""
        words = _("{count} of {of} handed in").format(count=self._overview.handed_in, of=self._overview.of)
        if self._overview.next_deadline is not None:
            due = _("next due {day}").format(day=last_day_words(self._overview.next_deadline))
            words = _("{words} · {due}").format(words=words, due=due)
        return words if self._tasks else ""

    def primary_action(self) -> QAction | None:
        current = self._stack.currentWidget()
        if current is self.at:
            sheet = self.at.sheet()
            return self._check if sheet is not None and sheet.is_editable else None
        if current is not self.list or not self._tasks:
            return None
        if self._undeclared():
            return self._declare
        return self._open

    def search_hint(self) -> str:
        return _("Operator, product, number …") if self._stack.currentWidget() is self.list and self._tasks else ""

    def search(self, text: str) -> None:
        self.list.filter(text)

    def screen_code(self) -> str:
        current = self._stack.currentWidget()
        if current is self.at:
            return self.at.screen_code()
        return _CODES.get(type(current), "D12")

    def entered(self) -> None:
        self.reload()

    def left(self) -> None:
        self.at.finish_typing()

    def reload(self) -> None:
        """Read the list again, off the GUI thread."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._context.workers.run(
            self._load, lane=Lane.DATABASE, is_quiet=True, done=self._on_read, failed=self._on_failed
        )

    def open_review(self, review: ReviewId, at: IndicatorId | None = None) -> None:
        """Go into *review*, to the indicator *at* if one is named."""
        task = next((task for task in self._tasks if task.review == review), None)
        kind = task.kind if task else ReviewKind.QUALIFICATION
        if task is not None and kind is ReviewKind.ONSITE:
            self.visit_asked.emit(task.visit or "")
            return
        screen = self.examination() if kind is ReviewKind.EXAMINATION else self.review
        if screen is not self.at:
            self.at.close_review()
            self.at = screen
        screen.open(review, at)
        self._show(screen)

    def examination(self) -> ExaminationScreen:
        """The screen of examinations, made when the first one is opened."""
        if self._examination is None:
            self._examination = screen = ExaminationScreen(self._context)
            self._stack.addWidget(screen)
            self._wire_screen(screen)
            screen.viewer.turned.connect(self.review.viewer.turned)  # whoever reads is not idle
        return self._examination

    def open_review_at(self, review: str, indicator: str) -> None:
        """Go into *review*, to *indicator*."""
        self.open_review(ReviewId(review), IndicatorId(indicator))

    def compare(self) -> None:
        """All of one's own scores beside each other."""
        self._show(self.comparing)
        self.comparing.reload()
        self.comparing.view.setFocus()

    def compare_versions(self, review: str) -> None:
        """What was signed at two computers, side by side."""
        self._show(self.forking)
        self.forking.ask(ReviewId(review))

    def show_list(self) -> None:
        """Back to the list; what was open is marked there."""
        review = self.at.editor.review
        self.at.close_review()
        self.reload()
        self._show(self.list)
        if review is not None:
            self.list.select(review)
        self.list.table.view.setFocus()

    def declare(self) -> None:
        """Show the declarations."""
        self._put_off = frozenset()
        self._show_declaring()

    def answer_invitation(self, invitation: Path) -> None:
        """Enrol with it."""
        self._show(self.enrolling)
        self.enrolling.begin_with(invitation)

    def _wire(self) -> None:
        self._context.hub.changed.connect(self._on_changed)
        self.list.opened.connect(self.open_review)
        self.list.visit_asked.connect(self.visit_asked)
        self.list.declare_asked.connect(self.declare)
        self.list.hand_in_asked.connect(self.hand_in_asked)
        self.list.revision_asked.connect(self._on_revise)
        self.list.table.selection_changed.connect(self.header_changed)
        self.list.compare_asked.connect(self.compare)
        self.list.fork_asked.connect(self.compare_versions)
        self._wire_screen(self.review)
        self._declare.triggered.connect(self.declare)
        self._check.triggered.connect(self._on_check)

    def _wire_screen(self, screen: ReviewScreen | ExaminationScreen) -> None:
        screen.back_asked.connect(self.show_list)
        screen.sheet_changed.connect(self.header_changed)
        screen.failed.connect(self._on_review_failed)
        screen.missing.signing_asked.connect(self._on_check)

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self.header_changed.emit()

    def _show_declaring(self) -> None:
        self._fill_declaring()
        self._show(self.declaring)
        self.declaring.focus_first()

    def _fill_declaring(self) -> None:
        unwritten, name = self._unwritten, self._file_name
        self.declaring.show_tasks(self._undeclared(), unsent=self._unsent, file_name=name, unwritten=unwritten)

    def _undeclared(self) -> tuple[Task, ...]:
        return tuple(task for task in self._tasks if task.state is TaskState.UNDECLARED)

    def _load(self, _progress: Progress) -> object:
        desk = self._context.desk
        name = proposed_name(desk, desk.sealing.packages())
        has_credential = desk.enrolment.status().has_credential
        unwritten = desk.unwritten.all()
        tasks = desk.tasks.tasks()
        return tasks, desk.tasks.overview(tasks), desk.declaring.unsent(), name, has_credential, unwritten

    def _on_read(self, reply: object) -> None:
        self._is_reading = False
        if not isinstance(reply, tuple):
            return
        self._tasks, self._overview, self._unsent, self._file_name, has_credential, self._unwritten = reply
        self.list.show_tasks(self._tasks)
        undeclared = self._undeclared()
        if not has_credential and not self._tasks:
            self._show(self.enrolling)
        elif isinstance(self._stack.currentWidget(), EnrolPage):
            self._show(self.list)
        current = self._stack.currentWidget()
        if current is self.list and {task.review for task in undeclared} - self._put_off:
            self._show_declaring()
        elif isinstance(current, DeclarePage):
            self._fill_declaring()
        self.overview_changed.emit(self._overview)
        self.header_changed.emit()
        if self._is_stale:
            self.reload()

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self.failed.emit(error)

    def _on_review_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        if isinstance(error, UserFacingError):  # taken back or recused meanwhile: there is nothing to show
            self.show_list()

    def _on_changed(self, changes: object, _by: object) -> None:
        if not isinstance(changes, Changes) or not (changes.tasks or changes.packages or changes.documents):
            return
        is_typing = bool(changes.reviews) and not (changes.packages or changes.documents)
        if not (is_typing and self._stack.currentWidget() is self.at):
            self.reload()

    def _on_declared(self) -> None:
        self._show(self.list)
        self.reload()
        self.list.table.view.setFocus()

    def _on_put_off(self) -> None:
        self._put_off = frozenset(task.review for task in self._undeclared())
        self._on_declared()
        if self._unsent:
            words = _("Declarations are saved but not sent yet.")
            self.message_raised.emit(
                Message(words, Gravity.WARN, action_text=_("Write the return"), action=self.declare, key="return")
            )

    def _on_revise(self, review: str) -> None:
        self.open_review(ReviewId(review))
        if self.at.editor.review == review:  # a visit is revised where it was concluded
            self.at.ask_for_revision()

    def _on_version_chosen(self, review: str) -> None:
        self.open_review(ReviewId(review))
        words = _("The version you chose is open as a new revision. Check and sign it; then hand it in.")
        self.message_raised.emit(Message(words, Gravity.INFO, key="version"))

    def _on_check(self) -> None:
        sheet = self.at.sheet()
        if sheet is None:
            return
        self.at.finish_typing()
        if self.at.mend_refused():
            return
        if sheet.missing or self.at.missing.has_remarks():
            self.at.show_missing()
        else:
            self._context.saver.now(partial(self._context.desk.scoring.settle, sheet.task.review))
            self.hand_in_asked.emit((sheet.task.review,))
