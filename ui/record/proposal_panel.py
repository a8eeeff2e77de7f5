"""A proposal for panels before it is taken: who would get how many, and what could not be filled."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.assigning import AssignmentMatrix
from app.i18n import _
from app.services.record_assignment import Proposal
from ui.layouts import column, row
from ui.models.table_model import ColumnSpec
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.number_box import NumberBox
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

DEFAULT_PANEL: Final = 5
MOST_ON_PANEL: Final = 15
MOST_SEED: Final = 9999
_NAMED: Final = 5


class Column(IntEnum):
    """Columns of the loads."""

    NAME = 0
    ADDED = 1
    LOAD = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """How many experts each application gets, and the number that settles ties."""

    panel: int = DEFAULT_PANEL
    seed: int = 0


@dataclass(frozen=True, slots=True)
class _Load:
    expert: str
    name: str
    added: int
    load: int


class ProposalPanel(QWidget):
    """Beside the matrix, where the proposed pairs are marked.

    Signals:
        settings_changed: another panel size or seed.
        repeat_requested: look again with the present settings.
        dismissed: the person does not want the proposal.
    """

    settings_changed = Signal()
    repeat_requested = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel, self._seed = NumberBox(1, MOST_ON_PANEL), NumberBox(0, MOST_SEED)
        self._panel.setValue(DEFAULT_PANEL)
        self._panel.setAccessibleName(_("Experts per application"))
        self._seed.setAccessibleName(_("Draw number"))
        self._seed.setToolTip(_("Another number gives another draw; the same number always the same one"))
        self._panel.valueChanged.connect(self._on_settings)
        self._seed.valueChanged.connect(self._on_settings)
        self._words = PlainLabel(is_wrapped=True)
        self._short = PlainLabel(role="warn", is_wrapped=True)
        again, away = QPushButton(_("Propose again")), QPushButton(_("Dismiss"))
        set_role(away, "quiet")
        again.clicked.connect(self.repeat_requested)
        away.clicked.connect(self.dismissed)
        self._loads: Table[_Load] = Table(
            {
                Column.NAME: ColumnSpec(_("Expert"), text=lambda one: f"{one.expert} {one.name}", width=0),
                Column.ADDED: ColumnSpec(
                    _("Added"), text=lambda one: f"+{one.added}", sort=lambda one: one.added, width=60, is_number=True
                ),
                Column.LOAD: ColumnSpec(
                    _("In all"), text=lambda one: str(one.load), sort=lambda one: one.load, width=60, is_number=True
                ),
            },
            key=lambda one: one.expert,
            name="record_proposal",
        )
        self._loads.view.setAccessibleName(_("Experts"))
        self._loads.setMinimumWidth(px(Size.DIALOG_WIDTH // 2))
        settings = row(
            PlainLabel(_("Experts per application"), role="muted"), self._panel,
            PlainLabel(_("Draw number"), role="muted"), self._seed, None,
        )  # fmt: skip
        top = column(
            PlainLabel(_("Proposal"), role="title"), self._words, self._short, settings, row(again, away, None),
            margin=Space.BETWEEN, gap=Space.INSIDE,
        )  # fmt: skip
        layout = column(top, self._loads, gap=0)
        layout.setStretchFactor(self._loads, 1)
        self.setLayout(layout)
        self.setMinimumWidth(px(Size.DIALOG_WIDTH * 4 // 5))

    def settings(self) -> Settings:
        """What is set now."""
        return Settings(self._panel.value(), self._seed.value())

    def show_proposal(self, proposal: Proposal, matrix: AssignmentMatrix) -> None:
        """Show *proposal* and come into view."""
        added: dict[str, int] = {}
        for expert, _application in proposal.pairs:
            added[expert] = added.get(expert, 0) + 1
        self._loads.show_rows(
            [
                _Load(one.expert, one.name, added.get(one.expert, 0), proposal.loads.get(one.expert, 0))
                for one in matrix.experts
            ]
        )
        words = _("{count} assignments, marked + in the matrix. Nothing is assigned before you say so.")
        if not proposal.pairs:
            words = _("There is nothing to add: every panel is as full as it can be.")
        self._words.setText(words.format(count=len(proposal.pairs)))
        lines = [
            _("{application}: {count} experts missing").format(application=code, count=missing)
            for code, missing in proposal.short[:_NAMED]
        ]
        if len(proposal.short) > _NAMED:
            lines.append(_("and {count} more").format(count=len(proposal.short) - _NAMED))
        self._short.setText("\n".join(lines))
        self._short.setVisible(bool(lines))
        self.show()

    def _on_settings(self) -> None:
        self.settings_changed.emit()
