"""Forming panels: by hand in the matrix, or by a proposal that is shown before it is taken."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QMenu, QSplitter, QStackedWidget, QToolButton, QWidget

from app.domain.assigning import AssignmentMatrix, AssignmentState
from app.domain.changes import Changes
from app.domain.ids import ApplicationCode, ExpertCode
from app.domain.review import ReviewKind
from app.i18n import _, ngettext
from app.services.record_assignment import AssignmentResult, Proposal
from app.words.examination import review_kind_word
from ui.layouts import column, row
from ui.message import Gravity
from ui.record.context import RecordContext
from ui.record.expert_choice_dialog import ExpertChoiceDialog
from ui.record.matrix_model import MatrixCell, MatrixModel, Narrowing
from ui.record.matrix_view import MatrixView
from ui.record.proposal_panel import ProposalPanel
from ui.record.reason_dialog import ReasonDialog
from ui.record.screen import RecordScreen
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from app.bootstrap.record import RecordWorkspace

PANEL: Final = 5
_LIGHT: Final = frozenset({AssignmentState.ASSIGNED})  # not sent: taken back without a word to anybody
_DONE: Final = frozenset({AssignmentState.RECALLED})


class AssignmentScreen(RecordScreen):
    """A click assigns; a second click takes it back as long as nothing was sent."""

    watched: ClassVar[frozenset[str]] = frozenset({"applications", "experts", "assignments", "results"})

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.model = MatrixModel(self)
        self.view = MatrixView(self.model)
        self.view.toggled.connect(self._on_toggled)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self._propose, self._take = QAction(_("Propose panels"), self), QAction(self)
        self._propose.triggered.connect(self.propose)
        self._take.triggered.connect(self._on_take)
        self.recall, self.reassign = QAction(_("Take back…"), self), QAction(_("Give to another expert…"), self)
        self.recall.triggered.connect(self._on_recall)
        self.reassign.triggered.connect(self._on_reassign)
        self.lead = QAction(_("Let this expert lead the visit"), self)
        self.lead.triggered.connect(self._on_lead)
        self.lead.setVisible(False)
        for action, keys in ((self.recall, "Del"), (self.reassign, "Ctrl+R"), (self.lead, "Ctrl+L")):
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.view.addAction(action)
        self.proposal_panel = ProposalPanel()
        self.proposal_panel.settings_changed.connect(self._on_settings)
        self.proposal_panel.repeat_requested.connect(self.propose)
        self.proposal_panel.dismissed.connect(self._on_dismissed)
        self.proposal_panel.hide()
        self._proposal: Proposal | None = None
        self._moving: MatrixCell | None = None
        self._kind = ReviewKind.QUALIFICATION
        self._counts = PlainLabel(role="muted")
        self._segments, self._kinds = QButtonGroup(self), QButtonGroup(self)
        self._empty = EmptyState()
        self._stack = QStackedWidget()
        self._build()

    def first_focus(self) -> QWidget | None:
        return self.view

    def about(self) -> str:
        return {
            ReviewKind.EXAMINATION: _("Article 9 · a known conflict blocks the cell"),
            ReviewKind.QUALIFICATION: _("Article 13 · a known conflict blocks the cell"),
            ReviewKind.ONSITE: _("Article 14 · who is chosen first leads the visit"),
        }[self._kind]

    def kind(self) -> ReviewKind:
        """Which review is being assigned."""
        return self._kind

    def primary_action(self) -> QAction | None:
        if not self.model.matrix.applications or not self.model.matrix.experts:
            return None
        if self._kind is ReviewKind.ONSITE:
            return None  # a team is put together by hand
        return self._take if self._proposal is not None else self._propose

    def search_hint(self) -> str:
        return _("Number, operator, product")

    def search(self, text: str) -> None:
        self.model.filter(text)

    def reload(self) -> None:
        assigning, kind = self.context.record.assigning, self._kind
        self.read(lambda: assigning.matrix(kind), self._on_read)

    def propose(self) -> None:
        """Ask the solver; nothing is assigned by that."""
        assigning, settings, kind = self.context.record.assigning, self.proposal_panel.settings(), self._kind
        self.context.workers.run(
            lambda progress: assigning.propose(
                kind=kind, panel=settings.panel, seed=settings.seed, progress=progress
            ),
            title=_("Looking for panels"), done=self._on_proposed,
        )  # fmt: skip

    def _build(self) -> None:
        kinds, line = row(gap=0), row(gap=0)
        for kind in ReviewKind:
            button = _segment(review_kind_word(kind))
            button.clicked.connect(partial(self._on_kind, kind))
            self._kinds.addButton(button)
            kinds.addWidget(button)
            button.setChecked(kind is self._kind)
        for narrowing, title in (
            (Narrowing.ALL, _("All")),
            (Narrowing.SHORT, _("Too few experts")),
            (Narrowing.CONFLICTS, _("With conflicts")),
        ):
            button = _segment(title)
            button.clicked.connect(partial(self._on_narrowed, narrowing))
            self._segments.addButton(button)
            line.addWidget(button)
        self._segments.buttons()[0].setChecked(True)
        legend = PlainLabel(
            _("● assigned   → sent   ◐ no conflict declared   ✓ back   – recused or abstained   ✕ conflict"),
            role="small",
            is_wrapped=True,
        )
        top = column(row(kinds, line, self._counts, None, gap=Space.BETWEEN), legend, gap=Space.HALF)
        top.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.PAGE), px(Space.INSIDE))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.view)
        splitter.addWidget(self.proposal_panel)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        splitter.setSizes([px(Size.READING_WIDTH * 2), px(Size.DIALOG_WIDTH * 4 // 5)])
        page = QWidget()
        layout = column(top, splitter, gap=0)
        layout.setStretchFactor(splitter, 1)
        page.setLayout(layout)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        self.setLayout(column(self._stack))

    def _on_kind(self, kind: ReviewKind) -> None:
        if kind is self._kind:
            return
        self._kind = kind
        self._on_dismissed()
        self.lead.setVisible(kind is ReviewKind.ONSITE)
        self.renew()
        self.header_changed.emit()

    def _on_read(self, matrix: AssignmentMatrix) -> None:
        if matrix.kind is not self._kind:
            return  # another kind was chosen meanwhile
        self.model.show_matrix(matrix)
        is_empty = not matrix.applications or not matrix.experts
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self._empty.say(
            _("Nothing to assign yet"),
            _("Panels need applications and experts. Take applications in and enrol experts first."),
        )
        self._show_counts()
        self.header_changed.emit()

    def _show_counts(self) -> None:
        short, (least, most) = self.model.short(self.proposal_panel.settings().panel), self.model.loads()
        words = _("{least} to {most} applications per expert").format(least=least, most=most)
        if short and self._kind is not ReviewKind.ONSITE:
            words = _("{count} with fewer than {panel} experts · {words}").format(
                count=short, panel=self.proposal_panel.settings().panel, words=words
            )
        self._counts.setText(words)

    def _on_narrowed(self, narrowing: Narrowing) -> None:
        self.model.narrow(narrowing, panel=self.proposal_panel.settings().panel)

    def _on_settings(self) -> None:
        self._show_counts()

    def _on_toggled(self, index: QModelIndex) -> None:
        cell = self.model.cell(index)
        if cell is None:
            return
        if cell.assignment is not None and cell.assignment.state in _LIGHT:
            self._recall(cell, _("taken back before it was sent"))
        elif cell.assignment is not None and cell.assignment.state not in _DONE:
            self.say(
                _("This has been sent. Right-click or Del takes it back, with a reason."), Gravity.INFO, key="assign"
            )
        elif cell.grounds:
            self.say(self.model.data(index, Qt.ItemDataRole.ToolTipRole), Gravity.WARN, key="assign")
        else:
            self._assign(((cell.expert.expert, cell.application.application),))

    def _assign(self, pairs: tuple[tuple[ExpertCode, ApplicationCode], ...]) -> None:
        record, kind = self.context.record, self._kind
        self.context.workers.run(
            lambda _progress: (
                record.assigning.assign(pairs, kind=kind) if kind is not ReviewKind.ONSITE else _join(record, *pairs[0])
            ),
            title=_("Assigning"), is_quiet=len(pairs) == 1,
            done=self._on_assigned,
        )  # fmt: skip

    def _on_assigned(self, result: AssignmentResult) -> None:
        count = len(result.assignments)
        if count > 1:
            self.say(ngettext("{count} assignment made.", "{count} assignments made.", count).format(count=count))
        self.publish(result.changes)

    def _recall(self, cell: MatrixCell, reason: str) -> None:
        assigning, expert, code = self.context.record.assigning, cell.expert.expert, cell.application.application
        kind = self._kind
        self.context.workers.run(
            lambda _progress: assigning.recall(expert, code, reason=reason, kind=kind), is_quiet=True, done=self.publish
        )

    def _on_recall(self) -> None:
        cell = self.model.cell(self.view.currentIndex())
        if cell is None or cell.assignment is None or cell.assignment.state in _DONE:
            return
        reason = ReasonDialog.ask(
            _("Take {application} back from {name}?").format(
                application=cell.application.application, name=cell.expert.name
            ),
            _("The expert's next package says so. What still comes in is held for a decision; scores do not count."),
            verb=_("Take back"), is_danger=True, parent=self,
        )  # fmt: skip
        if reason:
            self._recall(cell, reason)

    def _on_reassign(self) -> None:
        cell = self.model.cell(self.view.currentIndex())
        if cell is None or cell.assignment is None or cell.assignment.state in _DONE:
            return
        self._moving = cell
        assigning, kind = self.context.record.assigning, self._kind
        self.read(lambda: assigning.matrix(kind), self._on_candidates)

    def _on_candidates(self, matrix: AssignmentMatrix) -> None:
        cell = self._moving
        if cell is None:
            return
        code = cell.application.application
        free = [
            expert
            for expert in matrix.experts
            if (code, expert.expert) not in matrix.cells and (code, expert.expert) not in matrix.conflicts
        ]
        chosen = ExpertChoiceDialog.ask(
            _("Who reviews {application} instead of {name}?").format(application=code, name=cell.expert.name),
            _("Old and new scores are never mixed: the new expert begins afresh."),
            experts=free, verb=_("Give to this expert"), parent=self,
        )  # fmt: skip
        if chosen is not None:
            assigning, from_expert, kind = self.context.record.assigning, cell.expert.expert, matrix.kind
            self.context.workers.run(
                lambda _progress: assigning.reassign(from_expert, chosen, applications=(code,), kind=kind),
                done=self._on_reassigned,
            )

    def _on_reassigned(self, result: AssignmentResult) -> None:
        self.say(_("Given to another expert. Send the next packages to both."))
        self.publish(result.changes | Changes(assignments=True))

    def _on_lead(self) -> None:
        cell = self.model.cell(self.view.currentIndex())
        if cell is None or cell.assignment is None or self._kind is not ReviewKind.ONSITE:
            return
        visits, expert, code = self.context.record.visits, cell.expert.expert, cell.application.application
        self.context.workers.run(
            lambda _progress: visits.assign(code, (), leader=expert), is_quiet=True, done=self._on_assigned
        )

    def _on_menu(self, place: QPoint) -> None:
        cell = self.model.cell(self.view.indexAt(place))
        is_there = cell is not None and cell.assignment is not None and cell.assignment.state not in _DONE
        for action in (self.recall, self.reassign, self.lead):
            action.setEnabled(is_there)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.recall, self.reassign, self.lead])
        menu.aboutToHide.connect(self._on_menu_hidden)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _on_menu_hidden(self) -> None:
        for action in (self.recall, self.reassign, self.lead):
            action.setEnabled(True)

    def _on_proposed(self, proposal: Proposal) -> None:
        if proposal.kind is not self._kind:
            return  # another kind was chosen meanwhile
        self._proposal = proposal
        self.model.show_proposal(proposal.pairs)
        self.proposal_panel.show_proposal(proposal, self.model.matrix)
        count = len(proposal.pairs)
        self._take.setText(ngettext("Make {count} assignment", "Make {count} assignments", count).format(count=count))
        self._take.setEnabled(count > 0)
        self.header_changed.emit()

    def _on_take(self) -> None:
        if self._proposal is not None:
            pairs = self._proposal.pairs
            self._on_dismissed()
            self._assign(pairs)

    def _on_dismissed(self) -> None:
        self._proposal = None
        self.model.show_proposal(())
        self.proposal_panel.hide()
        self.header_changed.emit()


def _segment(title: str) -> QToolButton:
    button = QToolButton()
    button.setText(title)
    button.setCheckable(True)
    set_role(button, "segment")
    return button


def _join(record: "RecordWorkspace", expert: ExpertCode, application: ApplicationCode) -> AssignmentResult:
    """Put *expert* on the team; the first leads it until somebody else is chosen."""
    has_leader = any(seat.is_leader and not seat.is_out for seat in record.visits.team(application))
    return record.visits.assign(application, [expert], leader=None if has_leader else expert)
