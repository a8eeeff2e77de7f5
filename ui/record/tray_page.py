"""The tray: what could not be taken by itself. Taking or refusing it is an act with a name and a reason."""

from enum import IntEnum
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QPushButton, QSplitter, QWidget

from app.domain.outcome import Group
from app.domain.tray import TrayEntry, TrayState
from app.i18n import _
from app.services.record_tray import Decision
from app.words.imports import tray_decision_words
from app.words.sizes import size_words
from ui.layouts import column, row
from ui.message import Gravity
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.reason_dialog import ReasonDialog
from ui.record.screen import RecordScreen
from ui.record.states import outcome_state, tray_state
from ui.record.words import DASH, joined, moment_words
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


class Column(IntEnum):
    """Columns of the tray."""

    STATE = 0
    OUTCOME = 1
    FILE = 2
    FROM = 3
    APPLICATIONS = 4
    ARRIVED = 5
    SENTENCE = 6


class TrayPage(RecordScreen):
    """The newest first; the chosen one beside the list with everything that helps to decide."""

    watched: ClassVar[frozenset[str]] = frozenset({"tray"})

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._take, self._refuse = QAction(_("Take it…"), self), QAction(_("Do not take it…"), self)
        self._take.triggered.connect(self._on_take)
        self._refuse.triggered.connect(self._on_refuse)
        self._settled = QCheckBox(_("Also show what was decided"))
        self._settled.toggled.connect(self.renew)
        self.table: Table[TrayEntry] = Table(
            self._columns(), key=lambda one: one.sha256, name="record_tray", remembered=context.remembered,
            clipboard=context.clipboard, is_multiple=False,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Tray"))
        self.table.add_action(self._take)
        self.table.add_action(self._refuse)
        self.table.selection_changed.connect(self._on_selected)
        self.table.empty.say(
            _("The tray is empty"), _("Packages that are held or refused on import lie here until somebody decides.")
        )
        self._detail = _TrayDetail(self._take, self._refuse)
        self._detail.hide()
        self.table.setMinimumWidth(px(Size.DIALOG_WIDTH // 2))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.table)
        splitter.addWidget(self._detail)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        context.remembered.splitter(splitter, "record_tray")
        top = row(self._settled, None)
        top.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.PAGE), px(Space.INSIDE))
        layout = column(top, splitter, gap=0)
        layout.setStretchFactor(splitter, 1)
        self.setLayout(layout)

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def search_hint(self) -> str:
        return _("File, expert, application")

    def search(self, text: str) -> None:
        self.table.filter(text)
        self._on_selected()

    def reload(self) -> None:
        tray, waiting_only = self.context.record.tray, not self._settled.isChecked()
        self.read(lambda: tray.entries(waiting_only=waiting_only), self._on_read)

    def _columns(self) -> dict[IntEnum, ColumnSpec[TrayEntry]]:
        return {
            Column.STATE: ColumnSpec(
                _("State"), text=lambda one: tray_state(one).word, state=tray_state, width=90,
            ),
            Column.OUTCOME: ColumnSpec(
                _("Outcome"), text=lambda one: outcome_state(one.outcome).word,
                sort=lambda one: one.outcome.gravity, state=lambda one: outcome_state(one.outcome), width=130,
            ),
            Column.FILE: ColumnSpec(_("File"), text=lambda one: one.file_name, width=150),
            Column.FROM: ColumnSpec(_("From"), text=lambda one: one.device or DASH, width=90),
            Column.APPLICATIONS: ColumnSpec(_("Applications"), text=lambda one: "、".join(one.applications), width=130),
            Column.ARRIVED: ColumnSpec(
                _("Arrived"), text=lambda one: moment_words(one.arrived_at), sort=lambda one: one.arrived_at, width=176
            ),
            Column.SENTENCE: ColumnSpec(_("Why it is here, what to do"), text=self._sentence, width=0),
        }  # fmt: skip

    def _sentence(self, entry: TrayEntry) -> str:
        return self.context.record.tray.sentence(entry)

    def _on_read(self, entries: tuple[TrayEntry, ...]) -> None:
        self.table.show_rows(entries)
        self._on_selected()

    def _on_selected(self) -> None:
        entry = self._chosen()
        self._detail.setVisible(entry is not None)
        is_waiting = entry is not None and entry.state is TrayState.WAITING
        self._take.setEnabled(is_waiting and entry is not None and can_be_taken(entry))
        self._refuse.setEnabled(is_waiting)
        if entry is not None:
            self._detail.show_entry(entry, self._sentence(entry))

    def _chosen(self) -> TrayEntry | None:
        chosen = self.table.selected_rows()
        return chosen[0] if chosen else None

    def _on_take(self) -> None:
        entry = self._chosen()
        if entry is None:
            return
        reason = ReasonDialog.ask(
            _("Take {file} into the record?").format(file=entry.file_name),
            _("It is imported as if nothing had spoken against it. Your name and the reason stay in the log."),
            verb=_("Take it"), parent=self,
        )  # fmt: skip
        self._decide(entry, take=True, reason=reason)

    def _on_refuse(self) -> None:
        entry = self._chosen()
        if entry is None:
            return
        reason = ReasonDialog.ask(
            _("Leave {file} out of the record?").format(file=entry.file_name),
            _("The file stays in the tray as refused. Your name and the reason stay in the log."),
            verb=_("Do not take it"), is_danger=True, parent=self,
        )  # fmt: skip
        self._decide(entry, take=False, reason=reason)

    def _decide(self, entry: TrayEntry, *, take: bool, reason: str) -> None:
        if reason:
            tray = self.context.record.tray
            self.context.workers.run(
                lambda progress: tray.decide(entry.sha256, take=take, reason=reason, progress=progress),
                title=_("Deciding"), done=self._on_decided,
            )  # fmt: skip

    def _on_decided(self, decision: Decision) -> None:
        if decision.package is not None:
            self.say(decision.package.sentence, _gravity(decision))
        else:
            self.say(_("Left out. The file stays in the tray as refused."))
        self.publish(decision.changes)


class _TrayDetail(QWidget):
    """One entry with what helps to decide."""

    def __init__(self, take: QAction, refuse: QAction) -> None:
        super().__init__()
        self._title, self._sentence = PlainLabel(role="title", is_wrapped=True), PlainLabel(is_wrapped=True)
        self._code = PlainLabel(role="title", is_wrapped=True, is_selectable=True)
        self._code_title = PlainLabel(_("Package code, to compare by telephone"), role="muted", is_wrapped=True)
        self._facts = PlainLabel(role="muted", is_wrapped=True, is_selectable=True)
        self._buttons = [(QPushButton(action.text()), action) for action in (take, refuse)]
        for button, action in self._buttons:
            button.clicked.connect(action.trigger)
            action.changed.connect(self._on_changed)
        set_role(self._buttons[1][0], "danger")
        inner = column(
            self._title, self._sentence, row(*(button for button, _action in self._buttons), None), self._code_title,
            self._code, self._facts, None, margin=Space.BETWEEN, gap=Space.ROOM,
        )  # fmt: skip
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(inner)
        self.setMinimumWidth(px(Size.DIALOG_WIDTH * 3 // 4))

    def show_entry(self, entry: TrayEntry, sentence: str) -> None:
        """Show *entry*."""
        state = outcome_state(entry.outcome)
        self._title.setText(f"{state.sign} {state.word}")
        self._sentence.setText(sentence)
        self._code.setText(entry.package_code)
        for label in (self._code, self._code_title):
            label.setVisible(bool(entry.package_code))
        lines = [
            joined([entry.file_name, size_words(entry.size)]),
            joined([entry.expert or "", entry.device or "", "、".join(entry.applications)]),
            _("Arrived {moment}").format(moment=moment_words(entry.arrived_at)),
        ]
        if not entry.is_kept:
            lines.append(_("Too large to be kept; ask for the file again if it is needed."))
        if entry.decided_at is not None:
            lines.append(tray_decision_words(entry))
        self._facts.setText("\n".join(line for line in lines if line))
        self._on_changed()

    def _on_changed(self) -> None:
        for button, action in self._buttons:
            button.setEnabled(action.isEnabled())


def can_be_taken(entry: TrayEntry) -> bool:
    """What was refused has nothing that could be taken."""
    return entry.outcome.group is Group.HELD and entry.is_kept


def _gravity(decision: Decision) -> Gravity:
    is_taken = decision.package is not None and decision.package.outcome.group is Group.TAKEN
    return Gravity.GOOD if is_taken else Gravity.WARN
