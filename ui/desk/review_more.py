"""The menu beside undo: what is done to a review now and then."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QToolButton, QWidget

from app.domain.ids import ReviewId
from app.i18n import _
from app.services.desk_views import Sheet
from ui.desk.context import DeskContext
from ui.desk.history_page import HistoryPage
from ui.desk.phrase_page import PhrasePage
from ui.desk.print_page import PrintPage
from ui.desk.review_editor import ReviewEditor
from ui.desk.typed_page import TypedPage
from ui.theme import set_role
from ui.viewing.viewer import Viewer


class ReviewMore(QObject):
    """Owns the button and its pages; the screen says where the pages go and how one is shown."""

    def __init__(
        self,
        context: DeskContext,
        editor: ReviewEditor,
        stack: QStackedWidget,
        *,
        viewer: Viewer,
        show: Callable[[QWidget], None],
        is_scored: bool = True,
    ) -> None:
        super().__init__(editor)
        self._editor, self._show = editor, show
        self.button = QToolButton()
        self.button.setText(_("More"))
        self.button.setAccessibleName(_("More: typed by somebody else, earlier states"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_role(self.button, "segment")
        self._menu = QMenu(self.button)
        self.button.setMenu(self._menu)
        self.typed = TypedPage(context)
        stack.addWidget(self.typed)
        self.typed.shown.connect(lambda: self._show(self.typed))
        self.typed.failed.connect(editor.failed)
        self.write = self._menu.addAction(_("Write a sheet somebody else can type into …"))
        self.write.triggered.connect(lambda: self._with_review(self.typed.write))
        self.read = QAction(_("Read a sheet that was filled in …"), self)  # the menu goes before the last answer comes
        self._menu.addAction(self.read)
        self.read.triggered.connect(lambda: self._with_review(self.typed.ask))
        for action in (self.write, self.read):  # only scores are typed into a sheet
            action.setVisible(is_scored)
        self.history = HistoryPage(context)
        stack.addWidget(self.history)
        self.history.shown.connect(lambda: self._show(self.history))
        self.history.failed.connect(editor.failed)
        self.look_back = self._menu.addAction(_("What changed, and earlier states"))
        self.look_back.triggered.connect(lambda: self._with_review(self.history.ask))
        self.printing = PrintPage(context, viewer)
        stack.addWidget(self.printing)
        self.printing.shown.connect(lambda: self._show(self.printing))
        self.printing.failed.connect(editor.failed)
        self.print_pages = self._menu.addAction(_("Print with a watermark …"))
        self.print_pages.triggered.connect(lambda: self._with_review(self.printing.ask))
        viewer.bar.offer_printing()
        viewer.bar.print_asked.connect(self.print_pages.trigger)
        self.phrases = PhrasePage(editor.phrases)
        stack.addWidget(self.phrases)
        self.phrases.shown.connect(lambda: self._show(self.phrases))
        editor.phrases.failed.connect(context.saver.refused)
        self._menu.addAction(_("My phrases …")).triggered.connect(editor.phrases.page_asked)
        editor.sheet_changed.connect(self._on_sheet)

    def screen_code(self, page: QWidget | None, *, others: Mapping[QWidget, str]) -> str:
        """The code of *page* for help, if it is one of these or of *others*."""
        pages = {self.history: "D19", self.phrases: "D20", self.typed: "D21", self.printing: "D23", **others}
        return pages.get(page, "") if page is not None else ""

    def _on_sheet(self, sheet: Sheet) -> None:
        self.read.setEnabled(sheet.is_editable)

    def _with_review(self, act: Callable[[ReviewId], None]) -> None:
        review = self._editor.review
        if review is not None:
            act(review)
