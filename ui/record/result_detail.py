"""One application's result: the figures that matter, the grid of scores, and what can be printed."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QMenu,
    QPushButton,
    QSplitter,
    QTableView,
    QWidget,
)

from app.domain.results import ApplicationResult, ExpertResult, ExpertStatus
from app.domain.rubric import Rubric
from app.i18n import _
from ui.layouts import column, row
from ui.message import Gravity, Message
from ui.record.context import RecordContext
from ui.record.examination_view import ExaminationView
from ui.record.onsite_view import OnSiteView
from ui.record.review_dialog import ReviewDialog, SignedReview
from ui.record.saving import write_file
from ui.record.score_grid_model import MEAN, NAME, WEIGHT, ScoreGridModel
from ui.record.words import DASH, points_words
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel

_NAME_WIDTH = 176
_WEIGHT_WIDTH = 60
_COLUMN_WIDTH = 96
_FORMS = ("score-sheet", "opinion")


class ResultDetail(QWidget):
    """Enter or a double click on an expert's column opens that expert's reasons.

    Signals:
        message_raised: a :class:`ui.message.Message`.
    """

    message_raised = Signal(object)

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rubric: Rubric = context.record.campaign.rubric
        self._result: ApplicationResult | None = None
        self._title = PlainLabel(role="title")
        self._figures = [(PlainLabel(role="figure"), PlainLabel(title, role="small")) for title in _titles()]
        self._notice = PlainLabel(self._rubric.status_notice(), role="warn", is_wrapped=True)
        self._notice.setVisible(not self._rubric.is_official)
        self.model = ScoreGridModel(self)
        self.grid = QTableView()
        self.examination = ExaminationView(context)
        self.examination.message_raised.connect(self.message_raised)
        self.onsite = OnSiteView(context)
        self.onsite.message_raised.connect(self.message_raised)
        self._scored: list[QWidget] = []  # what is shown where there are scores
        self._summary = QPushButton(_("Save the summary table…"))
        self._summary.clicked.connect(self._on_summary)
        self._forms = QPushButton(_("Forms of an expert"))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._forms.setMenu(self._menu)
        self._build()

    def show_result(self, result: ApplicationResult) -> None:
        """Show *result*."""
        is_other = self._result is None or [one.expert for one in self._result.experts] != [
            one.expert for one in result.experts
        ]
        self._result = result
        is_scored = bool(result.experts)
        for part in self._scored:
            part.setVisible(is_scored)
        self._notice.setVisible(is_scored and not self._rubric.is_official)
        self.examination.setVisible(result.examination is not None)
        self._title.setText(f"{result.application}  {result.operator} — {result.offering_name}")
        sealed = sum(one.status is ExpertStatus.SEALED for one in result.experts)
        values = (
            points_words(result.mean.total),
            points_words(result.trimmed_mean.total),
            DASH if result.spread is None else f"{result.spread.lowest} – {result.spread.highest}",
            f"{sealed}/{len(result.experts)}",
        )
        for (label, _caption), text in zip(self._figures, values, strict=True):
            label.setText(text)
        if result.examination is not None:
            self.examination.show_result(result.application, result.examination)
        self.onsite.setVisible(result.onsite is not None)
        if result.onsite is not None:
            self.onsite.show_result(result.application, result.onsite)
        self.model.show_result(result, self._rubric)
        if is_other:
            self._size_columns()
        self._forms.setEnabled(sealed > 0)
        self._summary.setEnabled(bool(result.experts))

    def open_review(self, expert: ExpertResult) -> None:
        """Read what *expert* signed, and show it with reasons and opinion."""
        if expert.status is not ExpertStatus.SEALED:
            return
        results = self._context.record.results
        self._context.workers.run(
            lambda _progress: SignedReview(expert, results.review(expert.review), results.history(expert.review)),
            is_quiet=True, done=self._on_review,
        )  # fmt: skip

    def _build(self) -> None:
        figures = FlowLayout(gap=px(Space.BETWEEN))  # a figure goes to the next line before it is cut
        for label, caption in self._figures:
            figure = QWidget()
            figure.setLayout(column(label, caption, gap=0))
            figures.addWidget(figure)
            self._scored.append(figure)
        self._scored += [self._summary, self._forms, self.grid]
        buttons = row(self._summary, self._forms, None)
        head = QWidget()
        set_role(head, "page")
        head.setLayout(column(self._title, figures, self._notice, buttons, margin=Space.BETWEEN, gap=Space.INSIDE))
        grid = self.grid
        grid.setModel(self.model)
        grid.setAccessibleName(_("Scores"))
        grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setShowGrid(False)
        grid.setWordWrap(False)
        grid.setTabKeyNavigation(False)
        grid.verticalHeader().hide()
        grid.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        grid.verticalHeader().setDefaultSectionSize(px(Size.ROW) - px(Space.HALF))
        grid.horizontalHeader().setHighlightSections(False)
        grid.activated.connect(self._on_activated)
        lower = QSplitter(Qt.Orientation.Vertical)
        lower.setChildrenCollapsible(False)
        for part, share in ((self.examination, 2), (grid, 3), (self.onsite, 2)):
            lower.addWidget(part)
            lower.setStretchFactor(lower.count() - 1, share)
        layout = column(head, lower, gap=0)
        layout.setStretchFactor(lower, 1)
        self.setLayout(layout)

    def _size_columns(self) -> None:
        self.grid.setColumnWidth(NAME, px(_NAME_WIDTH))
        self.grid.setColumnWidth(WEIGHT, px(_WEIGHT_WIDTH))
        for place in range(MEAN, self.model.columnCount()):
            self.grid.setColumnWidth(place, px(_COLUMN_WIDTH))

    def _on_activated(self, index: QModelIndex) -> None:
        expert = self.model.expert_at(index.column())
        if expert is not None:
            self.open_review(expert)

    def _on_review(self, signed: SignedReview) -> None:
        if signed.review is not None:
            ReviewDialog(signed, self._rubric, self._context, self).open()

    def _on_summary(self) -> None:
        if self._result is None:
            return
        code = self._result.application
        name = _("Score summary {application}.pdf").format(application=code)
        path = self._ask_path(name)
        if path is not None:
            printing = self._context.record.printing
            self._context.workers.run(
                lambda _progress: write_file(path, printing.summary_sheet(code)), title=_("Printing"),
                done=self._on_saved,
            )  # fmt: skip

    def _fill_menu(self) -> None:
        self._menu.clear()
        for expert in self._result.experts if self._result else ():
            if expert.status is ExpertStatus.SEALED:
                for form, title in zip(_FORMS, (_("Score sheet of {name}…"), _("Opinion of {name}…")), strict=True):
                    action = QAction(title.format(name=expert.name).replace("&", "&&"), self._menu)
                    action.setData((expert, form))
                    action.triggered.connect(self._on_form)
                    self._menu.addAction(action)

    def _on_form(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction) or self._result is None:
            return
        expert, form = action.data()
        title = _("Score sheet {application} {expert}.pdf")
        if form != _FORMS[0]:
            title = _("Opinion {application} {expert}.pdf")
        path = self._ask_path(title.format(application=self._result.application, expert=expert.expert))
        if path is not None:
            results = self._context.record.results
            self._context.workers.run(
                lambda _progress: write_file(path, results.printed(expert.review, form)), title=_("Printing"),
                done=self._on_saved,
            )  # fmt: skip

    def _ask_path(self, name: str) -> Path | None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), name, _("PDF (*.pdf)"))
        return Path(chosen) if chosen else None

    def _on_saved(self, path: Path) -> None:
        self.message_raised.emit(Message(_("Saved as {name}.").format(name=path.name), Gravity.GOOD))


def _titles() -> tuple[str, ...]:
    return (
        _("mean"),
        _("mean without the highest and the lowest"),
        _("lowest to highest"),
        _("signed of asked"),
    )
