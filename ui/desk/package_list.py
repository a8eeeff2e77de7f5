"""What was handed in: every package with its number and what became of it, and the receipt number read out by phone."""

from collections.abc import Hashable
from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.i18n import _
from app.services.desk_views import OutgoingPackage
from app.words.days import moment_words
from ui.desk.context import DeskContext
from ui.desk.states import package_state
from ui.layouts import column, row
from ui.models.table_model import ColumnSpec
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


class Column(IntEnum):
    """State first."""

    STATE = 0
    NUMBER = 1
    WRITTEN = 2
    HOLDS = 3
    FILE = 4
    RECEIPT = 5


class PackageList(QWidget):
    """The newest first.

    Signals:
        receipt_typed: eight digits, in whatever width and grouping.
    """

    receipt_typed = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: Table[OutgoingPackage] = Table(
            _columns(),
            key=_key,
            name="desk.packages",
            remembered=context.remembered,
            clipboard=context.clipboard,
            is_multiple=False,
        )
        self.table.view.setAccessibleName(_("Handed in"))
        self.table.empty.say(_("Nothing handed in yet"), _("What you sign and write appears here, with its receipt."))
        self.number = QLineEdit()
        self.number.setPlaceholderText(_("8 digits"))
        self.number.setAccessibleName(_("Receipt number"))
        self.number.setFixedWidth(px(Size.RAIL) + px(Size.TOUCH_ROW))
        self._confirm = QPushButton(_("Confirm"))
        self._problem = PlainLabel(role="bad")
        label = PlainLabel(_("Receipt number (or drop the receipt file here)"), role="muted")
        line = row(PlainLabel(_("Handed in")), None, self._problem, label, self.number, self._confirm, gap=Space.INSIDE)
        line.setContentsMargins(px(Space.PAGE), px(Space.HALF), px(Space.PAGE), px(Space.HALF))
        layout = column(line, self.table, gap=0)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)
        self.number.returnPressed.connect(self._on_confirm)
        self.number.textChanged.connect(self._on_changed)
        self._confirm.clicked.connect(self._on_confirm)
        self._on_changed("")

    def show_packages(self, packages: tuple[OutgoingPackage, ...]) -> None:
        """Show what was handed in."""
        self.table.show_rows(packages)

    def accept_number(self) -> None:
        """The number was right."""
        self.number.clear()
        self.say("")

    def say(self, problem: str) -> None:
        """What is wrong with the number."""
        self._problem.setText(problem)

    def problem(self) -> str:
        """What is said to be wrong."""
        return self._problem.text()

    def _on_changed(self, text: str) -> None:
        self._confirm.setEnabled(bool(text.strip()))
        self.say("")

    def _on_confirm(self) -> None:
        if self.number.text().strip():
            self.receipt_typed.emit(self.number.text())


def _key(package: OutgoingPackage) -> Hashable:
    return package.package


def _holds(package: OutgoingPackage) -> str:
    if not package.reviews:
        return _("declarations")
    return _(", ").join(
        _("{application} rev. {revision}").format(application=carried.application, revision=carried.revision)
        for carried in package.reviews
    )


def _columns() -> dict[IntEnum, ColumnSpec[OutgoingPackage]]:
    return {
        Column.STATE: ColumnSpec(
            _("State"), text=lambda package: package_state(package).word, state=package_state, width=160
        ),
        Column.NUMBER: ColumnSpec(
            _("No."), text=lambda package: str(package.seq), sort=lambda package: package.seq, width=56, is_number=True
        ),
        Column.WRITTEN: ColumnSpec(
            _("Written"),
            text=lambda package: moment_words(package.written_at),
            sort=lambda package: package.written_at,
            width=180,
        ),
        Column.HOLDS: ColumnSpec(_("Holds"), text=_holds, width=0),
        Column.FILE: ColumnSpec(_("File"), text=lambda package: package.file_name, width=170),
        Column.RECEIPT: ColumnSpec(_("Receipt"), text=lambda package: package.receipt_number or "", width=96),
    }
