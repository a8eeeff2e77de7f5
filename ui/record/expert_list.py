"""The experts with their devices, and what is done when a computer is lost or a passphrase forgotten."""

from enum import IntEnum
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QSplitter, QWidget

from app.domain.changes import Changes
from app.domain.ids import DeviceCode, ExpertCode
from app.domain.roster import ExpertEntry
from app.i18n import _
from app.services.record_inviting import Invitation
from app.services.record_roster import ResetCode
from ui.layouts import column
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.expert_detail import ExpertDetail
from ui.record.invitation_dialog import InvitationDialog
from ui.record.reason_dialog import ReasonDialog
from ui.record.reset_code_dialog import ResetCodeDialog
from ui.record.screen import RecordScreen
from ui.record.words import DASH
from ui.state import State, Tone
from ui.theme import px
from ui.tokens import Size
from ui.widgets.table import Table


class Column(IntEnum):
    """Columns of the list."""

    STATE = 0
    CODE = 1
    NAME = 2
    EMPLOYER = 3
    TITLE = 4
    PHONE = 5
    RETURNED = 6
    DEVICES = 7


def expert_standing(expert: ExpertEntry) -> State:
    """Whether work can be sent to *expert*, and whether some is outside."""
    if expert.current_device is None:
        return State("!", _("No device"), Tone.WARN)
    if expert.assigned > expert.returned:
        return State("◐", _("Working"), Tone.ACTIVE)
    if expert.assigned:
        return State("✓", _("All back"), Tone.GOOD)
    return State("○", _("Free"), Tone.NEUTRAL)


class ExpertList(RecordScreen):
    """Everybody on the roster; the chosen one in full beside it.

    Signals:
        enrolment_requested: the person wants to enrol experts.
    """

    enrolment_requested = Signal()
    watched: ClassVar[frozenset[str]] = frozenset({"experts", "assignments", "packages", "results"})

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._invite = QAction(_("Make an invitation…"), self)
        self._invite.triggered.connect(self._on_invite)
        self.table: Table[ExpertEntry] = Table(
            _columns(), key=lambda one: one.expert, name="record_experts", remembered=context.remembered,
            clipboard=context.clipboard,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Experts"))
        self.table.empty.say(
            _("No experts yet"),
            _(
                "Make the invitation and send it to everybody, with its fingerprint in the letter. "
                "Each expert sends one file back; drop those files under “Enrolment”."
            ),
            action=self._invite,
        )
        self.detail = ExpertDetail(context)
        self.detail.revoke_requested.connect(self._on_revoke)
        self.detail.reset_requested.connect(self._on_reset)
        self.detail.hide()
        self.table.setMinimumWidth(px(Size.DIALOG_WIDTH // 2))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        context.remembered.splitter(self._splitter, "record_experts")
        self.table.selection_changed.connect(self._on_selected)
        self.setLayout(column(self._splitter))

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def about(self) -> str:
        return _("Articles 9 and 13")

    def primary_action(self) -> QAction | None:
        return self._invite

    def search_hint(self) -> str:
        return _("Name, employer, code, telephone")

    def search(self, text: str) -> None:
        self.table.filter(text)

    def reload(self) -> None:
        self.read(self.context.record.roster.experts, self._on_read)

    def _on_read(self, experts: tuple[ExpertEntry, ...]) -> None:
        self.table.show_rows(experts)
        self._on_selected()

    def _on_selected(self) -> None:
        chosen = self.table.selected_rows()
        self.detail.setVisible(len(chosen) == 1)
        if len(chosen) == 1:
            self.detail.show_expert(chosen[0])

    def _on_invite(self) -> None:
        record = self.context.record
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Save the invitation"),
            _("Invitation {campaign}.youpin").format(campaign=record.campaign.campaign),
            _("Packages (*.youpin)"),
        )
        if name:
            path = Path(name)
            self.context.workers.run(
                lambda _progress: record.inviting.invite(path), title=_("Making the invitation"), done=self._on_invited
            )

    def _on_invited(self, invitation: Invitation) -> None:
        InvitationDialog(invitation, self.context.clipboard, self).open()

    def _on_revoke(self, device: DeviceCode) -> None:
        reason = ReasonDialog.ask(
            _("Revoke {device}?").format(device=device),
            _(
                "From now on nothing signed on this computer is taken without a decision. "
                "This cannot be undone; the expert enrols again with a new file."
            ),
            verb=_("Revoke"), is_danger=True, parent=self,
        )  # fmt: skip
        if reason:
            roster = self.context.record.roster
            self.context.workers.run(lambda _progress: roster.revoke(device, reason=reason), done=self._on_revoked)

    def _on_revoked(self, changes: Changes) -> None:
        self.say(_("Revoked. The new revocation list travels with every later package."))
        self.publish(changes)

    def _on_reset(self, expert: ExpertCode) -> None:
        reason = ReasonDialog.ask(
            _("Read out a reset code?"),
            _(
                "Make sure that it is the expert who calls. The code lets them set a new passphrase on their own "
                "computer; it is worthless anywhere else. The log keeps that it was given out."
            ),
            verb=_("Show the code"), parent=self,
        )  # fmt: skip
        if reason:
            roster = self.context.record.roster
            self.context.workers.run(
                lambda _progress: roster.reset_code(expert, reason=reason), done=self._on_reset_code
            )

    def _on_reset_code(self, code: ResetCode) -> None:
        self.publish(code.changes)
        ResetCodeDialog(code, self.context.clipboard, self).open()


def _columns() -> dict[IntEnum, ColumnSpec[ExpertEntry]]:
    return {
        Column.STATE: ColumnSpec(
            _("State"), text=lambda one: expert_standing(one).word, state=expert_standing, width=96
        ),
        Column.CODE: ColumnSpec(_("Expert no."), text=lambda one: one.expert, width=76),
        Column.NAME: ColumnSpec(_("Name"), text=lambda one: one.name, width=110),
        Column.EMPLOYER: ColumnSpec(_("Employer"), text=lambda one: one.employer, width=0),
        Column.TITLE: ColumnSpec(_("Professional title"), text=lambda one: one.title, width=110),
        Column.PHONE: ColumnSpec(_("Telephone"), text=lambda one: one.phone, width=116),
        Column.RETURNED: ColumnSpec(
            _("Returned"),
            text=lambda one: f"{one.returned}/{one.assigned}" if one.assigned else DASH,
            sort=lambda one: (one.assigned - one.returned, one.assigned),
            width=64,
            is_number=True,
        ),
        Column.DEVICES: ColumnSpec(
            _("Devices"),
            text=lambda one: str(sum(device.revoked_at is None for device in one.devices)),
            sort=lambda one: len(one.devices),
            width=64,
            is_number=True,
        ),
    }
