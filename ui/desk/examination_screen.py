"""The examination of an application (Art. 9): the dossier on the left, questions and conclusion on the right."""

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, ReviewId, Sha256
from app.domain.review import Gap, Missing
from app.services.desk_views import DocumentView, ExaminationSheet
from app.services.viewing import ViewingService
from ui.desk.context import DeskContext
from ui.desk.correction_list import Corrections
from ui.desk.examination_editor import ExaminationEditor
from ui.desk.examination_form import ExaminationFormView
from ui.desk.missing_list import MissingList
from ui.desk.notes_panel import NotesPanel
from ui.desk.reading_track import ReadingTrack
from ui.desk.review_bar import ReviewBar
from ui.desk.review_more import ReviewMore
from ui.desk.review_parts import document_entry
from ui.desk.sealed_notice import SealedNotice
from ui.desk.search_panel import SearchKeys, SearchPanel
from ui.layouts import column, hairline
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.viewing.source import OpenDocument
from ui.viewing.viewer import Viewer

_WIDE: Final = Size.READING_WIDTH * 2 + Size.RAIL  # narrower than this, the file list folds away
_FORM: Final = Size.READING_WIDTH - Size.RAIL
_LEAST: Final = Size.RAIL * 4


class ExaminationScreen(QWidget):
    """Does for questions what the screen of scores does for indicators; both share their parts.

    Signals:
        back_asked: the task list, please.
        sheet_changed: the title line may say something else now.
        failed: an error to tell.
    """

    back_asked = Signal()
    sheet_changed = Signal()
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wants_first = False
        self._documents: tuple[DocumentView, ...] = ()
        self.editor = ExaminationEditor(context, self)
        self.bar, self.notice = ReviewBar(), SealedNotice()
        self.viewer = Viewer(self._open_document, context.workers, remembered=context.remembered)
        self.search = SearchPanel(context, self.viewer)
        self.track, self.notes = ReadingTrack(context, self.viewer, self), NotesPanel(context, self.viewer)
        for part in (self.search, self.notes):
            self.viewer.add_to_side(part)
        SearchKeys(self, self.search)
        self.form = ExaminationFormView(self.editor)
        self.missing = MissingList(
            context, go_to=self._go_to_indicator, show_opinion=self.show_opinion, go_to_question=self.go_to
        )
        self.corrections = Corrections(
            self.editor, show=self._show_part, go_to=self._go_to_indicator, show_opinion=self.show_opinion,
            go_to_question=self.go_to,
        )  # fmt: skip
        self._stack, self._splitter = QStackedWidget(), QSplitter()
        self.more = ReviewMore(
            context, self.editor, self._stack, viewer=self.viewer, show=self._show_part, is_scored=False
        )
        self.bar.add(self.more.button)
        self._build()
        self._wire()

    def open(self, review: ReviewId, at: IndicatorId | None = None) -> None:
        """Turn to *review*, where the next thing is missing. An examination has no indicator to go to."""
        if review == self.editor.review:
            return
        self.track.close_review()
        self.notes.show_review(None)
        self.viewer.close_document()
        self.form.open_question(None)
        self._wants_first = True
        self.editor.open(review)

    def finish_typing(self) -> None:
        """What stands half typed in a field is meant, and goes on its way to the store."""
        self.notes.finish_typing()
        self._context.saver.flush()

    def close_review(self) -> None:
        """Leave it; everything typed goes on its way."""
        self.editor.close()
        self.search.close_review()
        self.track.close_review()
        self.viewer.close_document()

    def sheet(self) -> ExaminationSheet | None:
        """What is open."""
        return self.editor.examination

    def screen_code(self) -> str:
        """For help."""
        return self.more.screen_code(self._stack.currentWidget(), others={self.missing: "D15"}) or "D16"

    def first_focus(self) -> QWidget:
        """Where the keyboard comes in."""
        opened = next((card for card in self.form.cards if card.question == self.form.opened()), None)
        return opened.answers.entry() if opened else self.form.conclusion.entry()

    def show_missing(self) -> None:
        """List what is missing, in place of the form."""
        self.finish_typing()
        self._show_part(self.missing)
        self.missing.focus_first()

    def mend_refused(self) -> bool:
        """Nothing can be typed here that is refused."""
        return False

    def ask_for_revision(self) -> None:
        """Ready to type why it is changed after signing."""
        self.notice.focus_reason()

    def go_to(self, question: str) -> None:
        """Show *question*, ready for its answer."""
        self._show_part(self.form)
        self.form.go_to(question)

    def show_opinion(self) -> None:
        """Show the conclusion."""
        self._show_part(self.form)
        self.form.focus_conclusion()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < px(_WIDE)
        self.viewer.fold_list(is_narrow)
        self.bar.show_files_menu(is_shown=is_narrow)
        if not self._is_arranged:  # until somebody moves the handle
            form = px(_LEAST if is_narrow else _FORM)
            self._splitter.setSizes([self.width() - form, form])

    def minimumSizeHint(self) -> QSize:
        """Smaller than its parts now: they fold away when it becomes so."""
        return QSize(px(Size.RAIL) * 8, px(Size.RAIL) * 3)

    def _build(self) -> None:
        for page in (self.form, self.missing, self.corrections.list):
            self._stack.addWidget(page)
        right = QWidget()
        parts = column(self.notice, self.corrections.notice, self._stack, gap=0)
        parts.setStretchFactor(self._stack, 1)
        right.setLayout(parts)
        right.setMinimumWidth(px(_LEAST))
        set_role(right, "page")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for place, part in enumerate((self.viewer, right)):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(place, 1 - place)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(Space.HAIR)
        self._is_arranged = self._context.remembered.splitter(self._splitter, "examination.main")
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        layout = column(self.bar, hairline(), self._splitter, gap=0)
        layout.setStretchFactor(self._splitter, 1)
        self.setLayout(layout)

    def _wire(self) -> None:
        self.editor.sheet_changed.connect(self._on_sheet)
        self.editor.documents_changed.connect(self._on_documents)
        self.editor.failed.connect(self.failed)
        bar = self.bar
        bar.back_asked.connect(self.back_asked)
        bar.undo_asked.connect(self.editor.undo)
        bar.redo_asked.connect(self.editor.redo)
        bar.missing_asked.connect(self.show_missing)
        bar.document_chosen.connect(self.viewer.open_document)
        self.notice.reason_typed.connect(self.editor.type_revision_reason)
        self.notice.revision_asked.connect(self.editor.revise)
        self.notice.discard_asked.connect(self.editor.discard_revision)
        self.missing.wanted.connect(self._on_missing)
        self.form.anchor_wanted.connect(self.viewer.go_to)
        self.form.cite_asked.connect(self._on_cite)
        self.viewer.cited.connect(self._on_cited)
        self.track.changed.connect(self._show_entries)
        for keys, slot in (
            ("Ctrl+Z", self.editor.undo),
            ("Ctrl+Shift+Z", self.editor.redo),
            ("Ctrl+Y", self.editor.redo),
            ("Ctrl+Return", self._on_next_lacking),
            ("Ctrl+Enter", self._on_next_lacking),
            ("Ctrl+E", self._on_cite),
            ("Ctrl+H", self.notes.mark),
            ("Ctrl+M", self.show_missing),
            ("Alt+Left", self.back_asked),
            ("Alt+Up", partial(self.form.step, -1)),
            ("Alt+Down", partial(self.form.step, 1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _show_part(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self.sheet_changed.emit()

    def _go_to_indicator(self, _indicator: IndicatorId) -> None:
        """Nothing in an examination names one."""
        self._show_part(self.form)

    def _on_splitter_moved(self) -> None:
        self._is_arranged = True

    def _on_sheet(self, sheet: ExaminationSheet) -> None:
        self.bar.show_sheet(sheet)
        self.notice.show_sheet(sheet)
        self.viewer.set_can_cite(sheet.is_editable)
        self.form.show_sheet(sheet)
        self.missing.show_sheet(sheet)
        if self._wants_first:
            self._wants_first = False
            self._show_part(self.form)
            self._go_to_lacking(sheet)
        self.sheet_changed.emit()

    def _go_to_lacking(self, sheet: ExaminationSheet) -> None:
        if sheet.missing:
            self._on_missing(sheet.missing[0])
        else:
            self.go_to(sheet.form.questions[0].id)

    def _on_missing(self, missing: Missing) -> None:
        self._show_part(self.form)
        if missing.question is None:
            self.form.focus_conclusion()
            if missing.gap is Gap.GROUNDS:
                self.form.focus_grounds()
        elif missing.gap is Gap.ANSWER_REASON:
            self.form.focus_reason(missing.question)
        else:
            self.form.go_to(missing.question)

    def _on_next_lacking(self) -> None:
        """The next thing after the open question, and from the end again from the beginning."""
        sheet = self.editor.examination
        if sheet is None:
            return
        self.finish_typing()
        order = [question.id for question in sheet.form.questions]
        opened = self.form.opened()
        here = order.index(opened) if opened in order else len(order)
        places = [(order.index(one.question) if one.question else len(order), one) for one in sheet.missing]
        later = [one for place, one in places if place > here] or [one for place, one in places if place != here]
        if later:
            self._on_missing(later[0])
        else:
            self.show_opinion()

    def _on_documents(self, documents: tuple[DocumentView, ...]) -> None:
        self.form.show_documents(documents)
        self.bar.show_documents(documents)
        review = self.editor.review
        if review is not None:
            self.search.show_dossier(review, frozenset(one.document.sha256 for one in documents if one.is_here))
        self._documents = documents
        self._show_entries()
        if self._wants_first and review is not None:
            self.track.begin(review, documents)
            self.notes.show_review(review)

    def _show_entries(self) -> None:
        self.viewer.show_documents(
            [document_entry(one, self.track.read(one.document.sha256)) for one in self._documents]
        )

    def _on_cite(self) -> None:
        anchor = self.viewer.current_anchor()
        if anchor is not None:
            self._on_cited(anchor)

    def _on_cited(self, anchor: Anchor) -> None:
        sheet = self.editor.examination
        if sheet is not None and sheet.is_editable and self._stack.currentWidget() is self.form:
            self.form.attach(anchor)

    def _open_document(self, sha256: Sha256) -> OpenDocument:
        """Called off the GUI thread by the viewer."""
        review = self.editor.review
        if review is None:
            raise RuntimeError("a document without a review")
        viewing: ViewingService = self._context.desk.viewing
        return viewing.open(review, sha256)
