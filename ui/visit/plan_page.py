"""A new visit: for which dossier, and the plan that is proposed for it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from app.domain.ids import ApplicationCode
from app.domain.onsite.visit import Member
from app.domain.review import ReviewKind
from app.i18n import _
from app.services.desk_unwritten import planning
from app.services.desk_views import Task
from app.services.visit_planning import PlanDraft
from ui.desk.context import DeskContext
from ui.desk.unwritten import as_text, keep_unwritten, read_text
from ui.desk.words import title_words
from ui.layouts import column, hairline, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Space
from ui.visit.meeting_writing import InlineWriter
from ui.visit.plan_form import PlanForm
from ui.widgets.plain_label import PlainLabel


class PlanPage(QWidget):
    """A dossier is chosen, the proposal put right, and that is it; what was put right waits, also for another day.

    Signals:
        planned: the new visit.
        back_asked: to the list.
    """

    planned = Signal(str)
    back_asked = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks: tuple[Task, ...] = ()
        self._me = ""
        self._teams: Mapping[ApplicationCode, tuple[Member, ...]] = {}
        self._unwritten: dict[str, str] = {}
        self._writer = InlineWriter(context, self)
        self.back = QPushButton(_("All visits"))
        set_role(self.back, "quiet")
        self.dossier = QComboBox()
        self.dossier.setAccessibleName(_("Dossier the visit is for"))
        self.form = PlanForm()
        self.plan = QPushButton(_("Plan the visit"))
        set_role(self.plan, "primary")
        self.note = PlainLabel(role="bad", is_wrapped=True)
        head = row(self.back, self.dossier, None, gap=Space.INSIDE)
        foot = row(self.note, self.plan, gap=Space.INSIDE)
        foot.setStretchFactor(self.note, 1)
        for line in (head, foot):
            line.setContentsMargins(px(Space.BETWEEN), px(Space.HALF), px(Space.BETWEEN), px(Space.HALF))
        layout = column(head, hairline(), self.form, hairline(), foot, gap=0)
        layout.setStretchFactor(self.form, 1)
        self.setLayout(layout)
        self.back.clicked.connect(self.back_asked)
        self.dossier.activated.connect(self._on_dossier)
        self.form.edited.connect(self._on_edited)
        self.plan.clicked.connect(self._on_plan)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self.note.setText)

    def begin(
        self, tasks: tuple[Task, ...], me: str, *, teams: Mapping[ApplicationCode, tuple[Member, ...]],
        unwritten: Mapping[str, str],
    ) -> None:  # fmt: skip
        """Offer the dossiers of *tasks*, first one that is assigned for a visit; the expert here is called *me*.

        *unwritten*: plans that were filled in another day.
        """
        self._unwritten = {**unwritten, **self._unwritten}
        self._tasks, self._me, self._teams = tasks, me, teams
        self.dossier.clear()
        for task in tasks:
            self.dossier.addItem(plain(f"{task.application} {title_words(task)}"), task.review)
        assigned = (n for n, task in enumerate(tasks) if task.kind is ReviewKind.ONSITE and task.visit is None)
        self.dossier.setCurrentIndex(next(assigned, 0))
        self.note.setText("")
        self._on_dossier()
        self.dossier.setFocus()

    def _chosen(self) -> Task | None:
        return next((one for one in self._tasks if one.review == self.dossier.currentData()), None)

    def _on_dossier(self) -> None:
        task = self._chosen()
        if task is not None:
            self.form.propose(task.face.operator, self._me, team=self._teams.get(task.application, ()))
            draft = read_text(self._unwritten.get(planning(task.review), ""), PlanDraft)
            if draft is not None:
                self.form.show_draft(draft)

    def _on_edited(self) -> None:
        task = self._chosen()
        if task is not None:
            self._keep(planning(task.review), as_text(self.form.draft()))

    def _keep(self, name: str, text: str) -> None:
        self._unwritten[name] = text
        keep_unwritten(self._context, name, text)

    def _on_plan(self) -> None:
        task = self._chosen()
        if task is not None:
            self._writer.write(partial(self._context.desk.visits.planning.create, task.review, self.form.draft()))

    def _on_written(self, visit: object) -> None:
        task = self._chosen()
        if task is not None:
            self._keep(planning(task.review), "")
        self.planned.emit(str(visit))
