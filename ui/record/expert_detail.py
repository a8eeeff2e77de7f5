"""One expert: profile, declared relations, devices."""

from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFormLayout, QPushButton, QWidget

from app.domain.roster import DeviceEntry, ExpertEntry
from app.i18n import _
from ui.layouts import column, row
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.words import DASH, day_words
from ui.state import State, Tone
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


class DeviceColumn(IntEnum):
    """Columns of the devices."""

    STATE = 0
    CODE = 1
    NAME = 2
    UNTIL = 3


def device_state(device: DeviceEntry) -> State:
    """Whether what is signed on *device* is taken."""
    if device.revoked_at is not None:
        return State("✕", _("Revoked"), Tone.BAD)
    return State("✓", _("In use"), Tone.GOOD) if device.is_current else State("○", _("Valid"), Tone.NEUTRAL)


class ExpertDetail(QWidget):
    """Shows one expert; asks for acts by signal and performs none.

    Signals:
        revoke_requested: a device code.
        reset_requested: an expert code.
    """

    revoke_requested = Signal(str)
    reset_requested = Signal(str)

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expert: ExpertEntry | None = None
        self._title = PlainLabel(role="title")
        self._employer, self._contact, self._relations = (
            PlainLabel(is_wrapped=True, is_selectable=True) for _number in range(3)
        )
        form = QFormLayout()
        form.setVerticalSpacing(px(Space.HALF))
        form.setHorizontalSpacing(px(Space.BETWEEN))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(PlainLabel(_("Employer"), role="muted"), self._employer)
        form.addRow(PlainLabel(_("Telephone"), role="muted"), self._contact)
        form.addRow(PlainLabel(_("Declared relations"), role="muted"), self._relations)
        self.devices: Table[DeviceEntry] = Table(
            {
                DeviceColumn.STATE: ColumnSpec(
                    _("State"), text=lambda one: device_state(one).word, state=device_state, width=84
                ),
                DeviceColumn.CODE: ColumnSpec(_("Device"), text=lambda one: one.device, width=92),
                DeviceColumn.NAME: ColumnSpec(_("Computer"), text=lambda one: one.name, width=0),
                DeviceColumn.UNTIL: ColumnSpec(
                    _("Valid until"), text=lambda one: day_words(one.valid_until), sort=lambda one: one.valid_until,
                    width=128,
                ),
            },
            key=lambda one: one.device, name="record_devices", remembered=context.remembered,
            clipboard=context.clipboard, is_multiple=False,
        )  # fmt: skip
        self.devices.view.setAccessibleName(_("Computer"))
        self.devices.setMinimumWidth(px(Size.DIALOG_WIDTH // 2))
        self.devices.selection_changed.connect(self._on_selected)
        self._revoke = QAction(_("Revoke the device…"), self)
        self._revoke.triggered.connect(self._on_revoke)
        self.devices.add_action(self._revoke)
        self._revoke_button = QPushButton(self._revoke.text())
        set_role(self._revoke_button, "danger")
        self._revoke_button.clicked.connect(self._on_revoke)
        self._reset_button = QPushButton(_("Passphrase forgotten…"))
        self._reset_button.clicked.connect(self._on_reset)
        self._build(form)

    def show_expert(self, expert: ExpertEntry) -> None:
        """Show *expert*."""
        self._expert = expert
        self._title.setText(f"{expert.name}  {expert.expert}")
        self._employer.setText(" · ".join(part for part in (expert.employer, expert.title) if part) or DASH)
        self._contact.setText(expert.phone or DASH)
        self._relations.setText("、".join(expert.relations) or _("none declared"))
        self.devices.show_rows(expert.devices)
        device = expert.current_device
        self._reset_button.setEnabled(device is not None and device.has_office_half)
        self._reset_button.setToolTip(
            "" if self._reset_button.isEnabled() else _("This desk never left its half of the code with the office.")
        )
        self._on_selected()

    def _build(self, form: QFormLayout) -> None:
        top = QWidget()
        set_role(top, "page")
        buttons = row(self._reset_button, self._revoke_button, None)
        top.setLayout(column(self._title, form, buttons, margin=Space.BETWEEN, gap=Space.ROOM))
        layout = column(top, self.devices, gap=0)
        layout.setStretchFactor(self.devices, 1)
        self.setLayout(layout)
        self.setMinimumWidth(px(Size.DIALOG_WIDTH * 3 // 4))

    def _chosen(self) -> DeviceEntry | None:
        chosen = self.devices.selected_rows()
        if chosen:
            return chosen[0]
        return self._expert.current_device if self._expert else None

    def _on_selected(self) -> None:
        device = self._chosen()
        self._revoke_button.setEnabled(device is not None and device.revoked_at is None)

    def _on_revoke(self) -> None:
        device = self._chosen()
        if device is not None and device.revoked_at is None:
            self.revoke_requested.emit(device.device)

    def _on_reset(self) -> None:
        if self._expert is not None:
            self.reset_requested.emit(self._expert.expert)
