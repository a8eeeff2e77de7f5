"""What a review still lacks, each with the way there."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from app.domain.ids import IndicatorId
from app.domain.review import Missing
from app.domain.self_check import Remark
from app.i18n import _, ngettext
from app.services.desk_missing import missing_words
from app.services.desk_views import ReviewSheet, Sheet
from ui.desk.context import DeskContext
from ui.desk.self_check_list import SelfCheckList
from ui.layouts import column, row
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class MissingList(QScrollArea):
    """Shown when somebody wants to sign and cannot yet; empties itself while things are done.

    Signals:
        wanted: the :class:`Missing` to go to.
        signing_asked: nothing is missing, and what the self-check says is read.
    """

    wanted = Signal(object)
    signing_asked = Signal()

    def __init__(
        self,
        context: DeskContext,
        *,
        go_to: Callable[[IndicatorId], None],
        show_opinion: Callable[[], None],
        go_to_question: Callable[[str], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.self_check = SelfCheckList(context)
        self.self_check.wanted.connect(self._on_remark)
        self._go_to, self._show_opinion, self._go_to_question = go_to, show_opinion, go_to_question
        self._title, self._note = PlainLabel(role="reading"), PlainLabel(role="small", is_wrapped=True)
        self._shown: tuple[Missing, ...] = ()
        self._sign = QPushButton(_("Go on to signing"))
        set_role(self._sign, "primary")
        self._sign.clicked.connect(self.signing_asked)
        self._lines = column(gap=0)
        self._buttons: list[QWidget] = []
        inner = QWidget()
        inner.setLayout(
            column(
                self._title,
                self._note,
                row(self._sign, None),  # above what may be a long list: nobody looks for it below
                self._lines,
                self.self_check,
                None,
                margin=Space.ROOM,
                gap=Space.INSIDE,
            )
        )
        set_role(inner, "page")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons take the keyboard

    def show_sheet(self, sheet: Sheet) -> None:
        """List what is missing now, and check again what is worth a look."""
        self.self_check.setVisible(sheet.is_editable)
        if sheet.is_editable:
            self.self_check.look(sheet.task.review)
        count, uncited = len(sheet.missing), len(sheet.uncited) if isinstance(sheet, ReviewSheet) else 0
        self._title.setText(
            ngettext("{count} thing is missing", "{count} things are missing", count).format(count=count)
            if count
            else _("Nothing is missing")
        )
        self._note.setText(
            ngettext(
                "{count} scored indicator has no evidence. That is allowed.",
                "{count} scored indicators have no evidence. That is allowed.",
                uncited,
            ).format(count=uncited)
            if uncited
            else ""
        )
        self._note.setVisible(bool(uncited))
        self._sign.setVisible(sheet.is_editable and not count)
        if sheet.missing == self._shown and self._buttons:
            return
        self._shown = sheet.missing
        for button in self._buttons:
            self._lines.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._line(missing, sheet) for missing in sheet.missing]
        for line in self._buttons:
            self._lines.addWidget(line)

    def has_remarks(self) -> bool:
        """Whether the self-check has something that is not in view and nobody has decided about."""
        return not self.isVisible() and self.self_check.has_open()

    def focus_first(self) -> None:
        """Ready for Enter."""
        for button in self.findChildren(QPushButton):
            if not button.isHidden():
                button.setFocus()
                return

    def _on_remark(self, remark: Remark) -> None:
        if remark.indicator is not None:
            self._go_to(remark.indicator)
        elif remark.question is not None and self._go_to_question is not None:
            self._go_to_question(remark.question)
        else:
            self._show_opinion()

    def _line(self, missing: Missing, sheet: Sheet) -> QWidget:
        words = missing_words(missing, sheet.form)
        go = QPushButton(_("Go there"))
        set_role(go, "quiet")
        go.setAccessibleName(_("Go there: {what}").format(what=words))
        go.clicked.connect(partial(self.wanted.emit, missing))
        line = QWidget()
        layout = row(PlainLabel("○", role="muted"), PlainLabel(words), go, gap=Space.INSIDE)
        layout.setStretch(1, 1)
        line.setLayout(layout)
        return line
