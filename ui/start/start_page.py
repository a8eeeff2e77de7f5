"""The first page: what was open lately, and the ways to begin."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QScrollArea, QWidget

from app.i18n import N_, _
from ui.layouts import column, row
from ui.start.recent import Workspace, WorkspaceKind
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel, plain, plain_tool_tip

_KIND = {WorkspaceKind.DESK: N_("Desk"), WorkspaceKind.RECORD: N_("Record")}


class StartPage(QWidget):
    """Signals carry what the person chose; nothing is opened here.

    Signals:
        workspace_chosen: a :class:`Workspace` of the list.
        open_requested, desk_requested, record_requested, practice_requested, restore_requested: one of the buttons.
        invitation_requested: the person has an invitation file and wants to enrol.
    """

    workspace_chosen = Signal(object)
    open_requested = Signal()
    invitation_requested = Signal()
    desk_requested = Signal()
    record_requested = Signal()
    practice_requested = Signal()
    restore_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent: tuple[Workspace, ...] = ()
        self._list = QListWidget()
        self._list.setAccessibleName(_("Opened lately"))
        self._list.setUniformItemSizes(True)
        self._empty = PlainLabel(
            _("Nothing was opened on this computer yet. Begin on the right."), role="muted", is_wrapped=True
        )
        invitation = self._way(_("I have an invitation"), self.invitation_requested, is_primary=True)
        left = column(PlainLabel(_("Opened lately"), role="title"), self._list, self._empty, None)
        left.setStretchFactor(self._list, 1)
        right = column(
            PlainLabel(_("Experts"), role="title"),
            PlainLabel(
                _("A desk holds the dossiers assigned to you, encrypted, on this computer."),
                role="muted",
                is_wrapped=True,
            ),
            invitation,
            self._way(_("Open a desk or record …"), self.open_requested),
            self._way(_("Restore a backup …"), self.restore_requested),
            self._way(_("Practise with the sample first"), self.practice_requested),
            PlainLabel(_("Secretariat"), role="title"),
            PlainLabel(
                _("A record carries all applications of a campaign from the call to the certificate."),
                role="muted",
                is_wrapped=True,
            ),
            self._way(_("Create a record …"), self.record_requested),
            self._way(_("Create an empty desk …"), self.desk_requested),
            None,
            gap=Space.ROOM,
        )
        side = QWidget()
        side.setLayout(right)
        side.setFixedWidth(px(Size.DIALOG_WIDTH))
        page = row(left, side, gap=Space.PAGE * 2)
        page.setStretchFactor(left, 1)
        outer = column(
            PlainLabel(_("Youpin Review"), role="figure"),
            PlainLabel(_("Offline expert review for the quality brand “Liaoning Youpin”"), role="muted"),
            page,
            margin=Space.PAGE,
            gap=Space.ROOM,
        )
        outer.setStretchFactor(page, 1)
        inner = QWidget()
        inner.setLayout(outer)
        scroll = QScrollArea(widgetResizable=True)  # a small laptop that writes large
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inner)
        self.setLayout(column(scroll, gap=0))
        self._list.activated.connect(self._on_activated)
        self._list.clicked.connect(self._on_activated)
        self._invitation = invitation

    def show_recent(self, recent: Sequence[Workspace]) -> None:
        """List *recent*; what is not there any more is shown as such and cannot be chosen."""
        self._recent = tuple(recent)
        self._list.clear()
        for workspace in self._recent:
            missing = "" if workspace.is_there else " · " + _("not found")
            kind = _(_KIND[workspace.kind])
            item = QListWidgetItem(plain(f"{kind}　{workspace.name}{missing}"))
            item.setToolTip(plain_tool_tip(workspace.location))
            item.setSizeHint(QSize(0, px(Size.TOUCH_ROW)))
            if not workspace.is_there:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self._list.addItem(item)
        self._list.setVisible(bool(self._recent))
        self._empty.setVisible(not self._recent)

    def begin(self) -> None:
        """Put the keyboard where this person most likely goes on: at what was open last, else at the invitation.

        A focus proxy would do it, too, but Tab arriving at this page would then always pass the list by.
        """
        there = next((place for place, workspace in enumerate(self._recent) if workspace.is_there), None)
        if there is None:
            self._invitation.setFocus()
        else:
            self._list.setCurrentRow(there)
            self._list.setFocus()

    def _way(self, text: str, signal: SignalInstance, *, is_primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setMinimumHeight(px(Size.CONTROL + Space.INSIDE))
        if is_primary:
            set_role(button, "primary")
        button.clicked.connect(signal)
        return button

    def _on_activated(self, index: QModelIndex) -> None:
        workspace = self._recent[index.row()]
        if workspace.is_there:
            self.workspace_chosen.emit(workspace)
