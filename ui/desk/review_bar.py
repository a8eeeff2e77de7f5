"""The slim line over a review: back to the list, undo and redo, what is missing, other files, the radar."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from app.domain.ids import Sha256
from app.i18n import _, ngettext
from app.services.desk_views import DocumentView, ReviewSheet, Sheet
from ui.icons import Icon, icon
from ui.layouts import row
from ui.plain import plain, plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class ReviewBar(QWidget):
    """Buttons only.

    Signals:
        back_asked, undo_asked, redo_asked, missing_asked: as they say.
        document_chosen: the SHA-256 of a document, from the menu that replaces the folded list.
    """

    back_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    missing_asked = Signal()
    document_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = QPushButton(_("‹ Task list"))
        set_role(self._back, "quiet")
        self._back.setToolTip(plain_tool_tip(_("Back to the task list  Alt+Left")))
        self._files = QToolButton()
        self._files.setText(_("Documents"))
        self._files.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_role(self._files, "segment")
        self._menu = QMenu(self)
        self._files.setMenu(self._menu)
        self._undo = self._tool(Icon.UNDO, _("Undo  Ctrl+Z"))
        self._redo = self._tool(Icon.REDO, _("Redo  Ctrl+Shift+Z"))
        self._note = PlainLabel(role="small")
        self.uncited, self._missing = QPushButton(), QPushButton()
        for button in (self.uncited, self._missing):
            set_role(button, "quiet")
        self.uncited.setToolTip(plain_tool_tip(_("Scores that point at no place in the dossier. That is allowed.")))
        self._missing.setToolTip(plain_tool_tip(_("What is missing  Ctrl+M")))
        layout = self._row = row(
            self._back, self._files, self._undo, self._redo, self._note, self.uncited, self._missing, gap=Space.HALF
        )
        layout.setStretchFactor(self._note, 1)
        layout.setContentsMargins(px(Space.ROOM), px(Space.HALF // 2), px(Space.ROOM), px(Space.HALF // 2))
        self.setLayout(layout)
        self.setFixedHeight(px(Size.ROW) + px(Space.HALF))
        self._back.clicked.connect(self.back_asked)
        self._undo.clicked.connect(self.undo_asked)
        self._redo.clicked.connect(self.redo_asked)
        for counted in (self.uncited, self._missing):
            counted.clicked.connect(self.missing_asked)
        self.show_files_menu(is_shown=False)

    def add(self, button: QToolButton) -> None:
        """One more button, before the counts."""
        self._row.insertWidget(self._row.count() - 2, button)
        self.setTabOrder(button, self.uncited)
        self.setTabOrder(self.uncited, self._missing)

    def show_sheet(self, sheet: Sheet) -> None:
        """What can be done now."""
        self._undo.setEnabled(sheet.can_undo)
        self._redo.setEnabled(sheet.can_redo)
        count = len(sheet.missing)
        words = ngettext("{count} missing", "{count} missing", count).format(count=count)
        self._missing.setText(words if count else _("✓ Complete"))
        self._missing.setVisible(sheet.is_editable)
        uncited = len(sheet.uncited) if isinstance(sheet, ReviewSheet) else 0
        self.uncited.setText(
            ngettext("{count} without evidence", "{count} without evidence", uncited).format(count=uncited)
            if uncited
            else _("✓ Evidence everywhere")
        )
        self.uncited.setVisible(isinstance(sheet, ReviewSheet) and sheet.draft.scored > 0)
        notice = sheet.form.status_notice()
        self._note.setText(notice)

    def show_documents(self, documents: tuple[DocumentView, ...]) -> None:
        """The files, for the menu."""
        self._menu.clear()
        for view in documents:
            action = self._menu.addAction(f"{view.number:02} {plain(view.document.name)}".replace("&", "&&"))
            action.setEnabled(view.is_here)
            action.triggered.connect(partial(self._on_document, view.document.sha256))

    def show_files_menu(self, *, is_shown: bool) -> None:
        """The menu takes the place of the list where the window is small."""
        self._files.setVisible(is_shown)

    def _on_document(self, sha256: Sha256) -> None:
        self.document_chosen.emit(sha256)

    @staticmethod
    def _tool(picture: Icon, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setToolTip(plain_tool_tip(tip))
        button.setAccessibleName(tip)
        return button
