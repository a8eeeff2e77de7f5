"""The review: the dossier on the left, what the expert thinks of it on the right. The heart of the program."""

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.domain.evidence import Anchor
from app.domain.ids import DimensionId, IndicatorId, ReviewId, Sha256
from app.domain.review import Gap, Missing
from app.domain.rubric import Rubric
from app.services.desk_views import DocumentView, ReviewSheet
from app.services.viewing import ViewingService
from ui.desk.context import DeskContext
from ui.desk.correction_list import Corrections
from ui.desk.indicator_form import IndicatorForm
from ui.desk.missing_list import MissingList
from ui.desk.notes_panel import NotesPanel
from ui.desk.opinion_form import OpinionForm
from ui.desk.outline import OutlineRow, dimension_of, next_lacking, outline
from ui.desk.outline_list import OutlineList
from ui.desk.reading_track import ReadingTrack
from ui.desk.review_bar import ReviewBar
from ui.desk.review_editor import ReviewEditor
from ui.desk.review_more import ReviewMore
from ui.desk.review_parts import document_entry, radar_axis
from ui.desk.sealed_notice import SealedNotice
from ui.desk.search_panel import SearchKeys, SearchPanel
from ui.layouts import column, hairline
from ui.place import first_in
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.viewing.source import OpenDocument
from ui.viewing.viewer import Viewer
from ui.widgets.radar import Radar
from ui.widgets.score_entry import Unit

_WIDE: Final = Size.READING_WIDTH * 2 + Size.RAIL * 2  # narrower than this, the file list folds away
_TALL: Final = Size.READING_WIDTH + Space.PAGE  # lower than this, the radar does
_FORM: Final = Size.READING_WIDTH - Size.RAIL - Space.BETWEEN
_LIST: Final = Size.THUMBNAIL + Size.ROW * 2 + Space.HALF  # a number and the beginning of a name
QWIDGETSIZE_MAX: Final = 16_777_215  # Qt's word for "as wide as you like"


class ReviewScreen(QWidget):
    """Builds and wires; the editor knows the review, the parts show it.

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
        self._indicator: IndicatorId | None = None
        self._dimension: DimensionId | None = None
        self._wants_first = False
        self._start_at: IndicatorId | None = None
        self.editor = ReviewEditor(context, self)
        unit = context.remembered.choice("review.unit", Unit.PERCENT)
        self.bar, self.notice = ReviewBar(), SealedNotice()
        self.viewer = Viewer(self._open_document, context.workers, remembered=context.remembered)
        self.search = SearchPanel(context, self.viewer)
        self.track, self.notes = ReadingTrack(context, self.viewer, self), NotesPanel(context, self.viewer)
        for part in (self.search, self.notes):
            self.viewer.add_to_side(part)
        self._documents: tuple[DocumentView, ...] = ()
        SearchKeys(self, self.search)
        self.outline, self.radar = OutlineList(), Radar(is_narrow=True)
        self.form = IndicatorForm(self.editor, unit=unit)
        self.opinion = OpinionForm(self.editor)
        self.missing = MissingList(context, go_to=self.go_to, show_opinion=self.show_opinion)
        self.corrections = Corrections(
            self.editor, show=self._show_part, go_to=self.go_to, show_opinion=self.show_opinion
        )
        self._stack, self._splitter, self._side = QStackedWidget(), QSplitter(), QWidget()
        self.more = ReviewMore(context, self.editor, self._stack, viewer=self.viewer, show=self._show_part)
        self.bar.add(self.more.button)
        self._build()
        self._wire()

    def open(self, review: ReviewId, at: IndicatorId | None = None) -> None:
        """Turn to *review*: to the indicator *at*, or where the next thing is missing."""
        self._start_at = at
        if review == self.editor.review:
            return
        self.track.close_review()
        self.notes.show_review(None)
        self.viewer.close_document()
        self._indicator = self._dimension = None
        self._wants_first = True
        self.editor.open(review)

    def finish_typing(self) -> None:
        """What stands half typed in a field is meant, and goes on its way to the store."""
        self.form.ruler.decide()
        self.notes.finish_typing()
        self._context.saver.flush()

    def close_review(self) -> None:
        """Leave it; everything typed goes on its way."""
        self.finish_typing()
        self.editor.close()
        self.search.close_review()
        self.track.close_review()
        self.viewer.close_document()

    def sheet(self) -> ReviewSheet | None:
        """What is open."""
        return self.editor.sheet

    def screen_code(self) -> str:
        """For help."""
        codes: dict[QWidget, str] = {self.opinion: "D14", self.missing: "D15", self.corrections.list: "D18"}
        return self.more.screen_code(self._stack.currentWidget(), others=codes) or "D13"

    def show_missing(self) -> None:
        """List what is missing, in place of the form."""
        self.finish_typing()
        self._show_part(self.missing)
        self.missing.focus_first()

    def mend_refused(self) -> bool:
        """Go to the first indicator where something is typed that cannot be a score; whether there is one."""
        sheet, refused = self.editor.sheet, self.form.refused()
        first = next((each.id for each in sheet.rubric.indicators if each.id in refused), None) if sheet else None
        if first is not None:
            self.go_to(first)
        return first is not None

    def ask_for_revision(self) -> None:
        """Ready to type why it is changed after signing."""
        self.notice.focus_reason()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow, is_low = self.width() < px(_WIDE), self.height() < px(_TALL)
        self.viewer.fold_list(is_narrow)
        self.bar.show_files_menu(is_shown=is_narrow)
        self.radar.setVisible(not (is_low or is_narrow))
        self.outline.set_narrow(is_narrow=is_narrow)
        least = px(Size.RAIL) if is_narrow else px(Size.RAIL) * 2 + px(Space.PAGE)
        self._side.setMinimumWidth(least)
        self._side.setMaximumWidth(least if is_narrow else QWIDGETSIZE_MAX)

        if not self._is_arranged:  # until somebody moves a handle
            form = px(_FORM if not is_narrow else Size.RAIL * 4)
            viewer = self.width() - least - form
            self._splitter.setSizes([viewer, least, form])
            if not self._is_list_arranged:
                self.viewer.splitter.setSizes([px(_LIST), viewer - px(_LIST)])

    def minimumSizeHint(self) -> QSize:
        """Smaller than its parts now: they fold away when it becomes so."""
        return QSize(px(Size.RAIL) * 8, px(Size.RAIL) * 3)

    def _build(self) -> None:
        side = self._side
        side_parts = column(self.outline, self.radar, gap=Space.HALF)
        side_parts.setStretchFactor(self.outline, 1)
        side.setLayout(side_parts)
        set_role(side, "page")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for page in (self.form, self.opinion, self.missing, self.corrections.list):
            self._stack.addWidget(page)
        right = QWidget()
        right_parts = column(self.notice, self.corrections.notice, self._stack, gap=0)
        right_parts.setStretchFactor(self._stack, 1)
        right.setLayout(right_parts)
        right.setMinimumWidth(px(Size.RAIL) * 4)
        set_role(right, "page")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for place, part in enumerate((self.viewer, side, right)):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(place, 1 if part is self.viewer else 0)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._is_arranged = self._context.remembered.splitter(self._splitter, "review.main")
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._is_list_arranged = self._context.remembered.number("review.list_moved", 0) == 1
        self.viewer.splitter.splitterMoved.connect(self._on_list_moved)
        self.viewer.side.setMinimumWidth(px(_LIST))
        layout = column(self.bar, hairline(), self._splitter, gap=0)
        layout.setStretchFactor(self._splitter, 1)
        self.setLayout(layout)

    def first_focus(self) -> QWidget | None:
        """Where the keyboard comes in: what is judged on the right."""
        part = self._stack.currentWidget()
        return self.form.ruler.field if part is self.form else first_in(part)

    def _wire(self) -> None:
        self.editor.sheet_changed.connect(self._on_sheet)
        self.editor.documents_changed.connect(self._on_documents)
        self.editor.failed.connect(self.failed)
        bar = self.bar
        bar.back_asked.connect(self.back_asked)
        bar.undo_asked.connect(self._on_undo)
        bar.redo_asked.connect(self.editor.redo)
        bar.missing_asked.connect(self.show_missing)
        bar.document_chosen.connect(self.viewer.open_document)
        self.notice.reason_typed.connect(self.editor.type_revision_reason)
        self.notice.revision_asked.connect(self.editor.revise)
        self.notice.discard_asked.connect(self.editor.discard_revision)
        self.outline.chosen.connect(self._on_chosen)
        self.missing.wanted.connect(self._on_missing)
        self.form.moved.connect(self.go_to)
        self.form.refused_changed.connect(self._show_outline)
        self.form.anchor_wanted.connect(self.viewer.go_to)
        self.form.cite_asked.connect(self._on_cite)
        self.form.unit_changed.connect(self._on_unit)
        self.opinion.anchor_wanted.connect(self.viewer.go_to)
        self.opinion.cite_asked.connect(self._on_cite)
        self.opinion.vetoes.cite_asked.connect(self._on_cite_veto)
        self.viewer.cited.connect(self._on_cited)
        self.track.changed.connect(self._show_entries)
        for keys, slot in (
            ("Ctrl+Z", self._on_undo),
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

    def go_to(self, indicator: IndicatorId) -> None:
        """Show *indicator*, ready for its value."""
        sheet = self.editor.sheet
        if sheet is None:
            return
        self._indicator = indicator
        self._dimension = dimension_of(sheet, indicator)[1].id
        self.form.show_sheet(sheet, indicator)
        self._show_part(self.form)
        self.form.focus_value()

    def show_opinion(self) -> None:
        """Show the written opinion."""
        self._dimension = None
        self._show_part(self.opinion)
        self.opinion.focus_first()

    def _show_part(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self._show_outline()
        self.sheet_changed.emit()

    def _show_outline(self) -> None:
        sheet = self.editor.sheet
        if sheet is None:
            return
        rows = outline(sheet, self._dimension, self.form.refused())
        here = self._stack.currentWidget()
        current = rows[-1] if here is self.opinion else None
        if here is self.form:
            current = next(
                (row for row in rows if row.indicator is not None and row.indicator == self._indicator), None
            )
        self.outline.show_rows(rows, current=current)
        self.radar.show_axes([radar_axis(sheet, number) for number in range(len(sheet.rubric.dimensions))])

    def _on_list_moved(self) -> None:
        self._is_list_arranged = True
        self._context.remembered.keep_number("review.list_moved", 1)

    def _on_splitter_moved(self) -> None:
        self._is_arranged = True

    def _on_sheet(self, sheet: ReviewSheet) -> None:
        self.bar.show_sheet(sheet)
        self.notice.show_sheet(sheet)
        self.viewer.set_can_cite(sheet.is_editable)
        self.opinion.show_sheet(sheet)
        self.missing.show_sheet(sheet)
        if self._wants_first:
            self._wants_first = False
            self._begin(sheet)
        elif self._indicator is not None:
            self.form.show_sheet(sheet, self._indicator)
        self._show_outline()
        self.sheet_changed.emit()

    def _begin(self, sheet: ReviewSheet) -> None:
        first = self._start_at or next_lacking(sheet, None)
        gaps = {missing.gap for missing in sheet.missing}
        if first is None and gaps & {Gap.CONCLUSION, Gap.STRENGTH, Gap.CONCERN, Gap.FACT} and sheet.is_editable:
            self._indicator = _first(sheet.rubric)
            self.form.show_sheet(sheet, self._indicator)
            self.show_opinion()
        else:
            self.go_to(first or _first(sheet.rubric))

    def _on_documents(self, documents: tuple[DocumentView, ...]) -> None:
        self.form.show_documents(documents)
        self.opinion.show_documents(documents)
        self.bar.show_documents(documents)
        if self.editor.review is not None:
            here = frozenset(view.document.sha256 for view in documents if view.is_here)
            self.search.show_dossier(self.editor.review, here)
        self._documents = documents
        self._show_entries()
        if self._wants_first and self.editor.review is not None:
            self.track.begin(self.editor.review, documents)
            self.notes.show_review(self.editor.review)

    def _show_entries(self) -> None:
        self.viewer.show_documents(
            [document_entry(view, self.track.read(view.document.sha256)) for view in self._documents]
        )

    def _on_chosen(self, row: OutlineRow) -> None:
        sheet = self.editor.sheet
        if sheet is None:
            return
        if row.indicator is not None:
            self.go_to(row.indicator)
        elif row.dimension is None:
            self.show_opinion()
        else:
            dimension = next(each for each in sheet.rubric.dimensions if each.id == row.dimension)
            lacking = {missing.indicator for missing in sheet.missing}
            first = next((each.id for each in dimension.indicators if each.id in lacking), dimension.indicators[0].id)
            self.go_to(first)

    def _on_missing(self, missing: Missing) -> None:
        if missing.indicator is None:
            self.show_opinion()
            self.opinion.focus_gap(missing.gap)
            return
        self.go_to(missing.indicator)
        if missing.gap is Gap.REASON:
            self.form.focus_reason()

    def _on_next_lacking(self) -> None:
        sheet = self.editor.sheet
        if sheet is None:
            return
        self.finish_typing()
        wanted = next_lacking(sheet, self._indicator, self.form.refused())
        if wanted is None or wanted == self._indicator:
            self.show_opinion()
        else:
            self.go_to(wanted)

    def _on_undo(self) -> None:
        """What was typed last goes first, also where the store has never heard of it."""
        if self._stack.currentWidget() is self.form and self.form.ruler.refused_text():
            self.form.ruler.give_up()
        else:
            self.editor.undo()

    def _on_cite(self) -> None:
        anchor = self.viewer.current_anchor()
        if anchor is not None:
            self._on_cited(anchor)

    def _on_cite_veto(self, veto: str) -> None:
        anchor = self.viewer.current_anchor()
        if anchor is not None:
            self.opinion.vetoes.attach(veto, anchor)

    def _on_cited(self, anchor: Anchor) -> None:
        sheet = self.editor.sheet
        here = self._stack.currentWidget()
        if sheet is not None and sheet.is_editable and (here is self.form or here is self.opinion):
            (self.form if here is self.form else self.opinion).attach(anchor)

    def _on_unit(self, unit: Unit) -> None:
        self._context.remembered.keep_choice("review.unit", unit)

    def _open_document(self, sha256: Sha256) -> OpenDocument:
        """Called off the GUI thread by the viewer."""
        review = self.editor.review
        if review is None:
            raise RuntimeError("a document without a review")
        viewing: ViewingService = self._context.desk.viewing
        return viewing.open(review, sha256)


def _first(rubric: Rubric) -> IndicatorId:
    return next(indicator.id for indicator in rubric.indicators)
