"""The self-check under what is missing: each remark with “go there” and “leave as it is”. Only the expert sees it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.ids import ReviewId
from app.domain.self_check import Remark, RemarkCode
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.desk_remarks import remark_words
from app.services.desk_self_check import Finding, SelfCheck
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class SelfCheckList(QWidget):
    """What is missing is listed above it, so remarks that say the same are left out here.

    Signals:
        wanted: the :class:`Remark` to go to.
        checked: a new result has been shown.
    """

    wanted = Signal(object)
    checked = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._review: ReviewId | None = None
        self._shown: SelfCheck | None = None
        self._is_reading = self._is_stale = False
        self._title = PlainLabel(role="reading")
        self._note = PlainLabel(_("Only you see this. It never leaves the desk."), role="small", is_wrapped=True)
        self._all = QPushButton(_("Leave all scores without evidence as they are"))
        set_role(self._all, "quiet")
        self._all.clicked.connect(self._on_leave_uncited)
        self._lines = column(gap=Space.HALF)
        self._widgets: list[QWidget] = []
        self.setLayout(column(self._title, self._note, self._lines, row(self._all, None), gap=Space.INSIDE))
        self._all.hide()

    def look(self, review: ReviewId) -> None:
        """Check *review* again, off the GUI thread; a result that is overtaken is never shown."""
        if review != self._review:
            self._shown = None
        self._review = review
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._context.workers.run(
            partial(self._load, review),
            lane=Lane.DATABASE,
            is_quiet=True,
            done=self._on_read,
            failed=self._on_ended,
            cancelled=self._on_ended,
        )

    def has_open(self) -> bool:
        """Whether there is something that nobody has decided about."""
        return self._shown is not None and self._shown.review == self._review and bool(self._shown.open)

    def words(self) -> tuple[str, ...]:
        """The sentences that are shown."""
        return tuple(self._words(one) for one in self._listed())

    def _load(self, review: ReviewId, _progress: Progress) -> SelfCheck:
        return self._context.desk.self_check.check(review)

    def _on_read(self, reply: object) -> None:
        self._on_ended()
        if isinstance(reply, SelfCheck) and reply.review == self._review and reply != self._shown:
            self._shown = reply
            self._show()
        self.checked.emit()

    def _on_ended(self, _error: object = None) -> None:
        """A review that cannot be read any more is told by the editor, which reads it, too."""
        self._is_reading = False
        if self._is_stale and self._review is not None:
            self.look(self._review)

    def _listed(self) -> tuple[Finding, ...]:
        found = self._shown.findings if self._shown else ()
        return tuple(one for one in found if one.remark.code is not RemarkCode.MISSING)

    def _words(self, one: Finding) -> str:
        return remark_words(one.remark, self._shown.form, self._shown.names) if self._shown else ""

    def _show(self) -> None:
        had_focus = any(one.hasFocus() for line in self._widgets for one in line.findChildren(QPushButton))
        for widget in self._widgets:
            self._lines.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        listed = self._listed()
        count = sum(not one.is_left for one in listed)
        words = ngettext("Self-check: {count} thing to look at", "Self-check: {count} things to look at", count)
        self._title.setText(words.format(count=count) if count else _("Self-check: nothing to look at"))
        self._all.setVisible(sum(_is_open_uncited(one) for one in listed) > 1)
        self._widgets = [self._line(one) for one in sorted(listed, key=lambda one: one.is_left)]
        for widget in self._widgets:
            self._lines.addWidget(widget)
        if had_focus:
            first: QWidget | None = self._widgets[0].findChild(QPushButton) if self._widgets else None
            (first or self).setFocus()

    def _line(self, one: Finding) -> QWidget:
        words = plain(self._words(one))
        go, decide = QPushButton(_("Go and look")), QPushButton()
        go.setAccessibleName(_("Go there: {what}").format(what=words))
        go.clicked.connect(partial(self.wanted.emit, one.remark))
        if one.is_left:
            decide.setText(_("Ask again"))
            decide.setAccessibleName(_("Ask again: {what}").format(what=words))
            decide.clicked.connect(lambda _checked: self._decide(one.remark, is_left=False))
        else:
            decide.setText(_("Leave as it is"))
            decide.setAccessibleName(_("Leave as it is: {what}").format(what=words))
            decide.clicked.connect(lambda _checked: self._decide(one.remark, is_left=True))
        for button in (go, decide):
            set_role(button, "quiet")
        sign = PlainLabel("✓" if one.is_left else "○", role="muted")
        text = PlainLabel(words, role="muted" if one.is_left else "", is_wrapped=True)
        said = row(sign, text, gap=Space.INSIDE)
        said.setStretch(1, 1)
        line = QWidget()
        line.setLayout(column(said, row(None, go, decide, gap=Space.HALF), gap=0))
        return line

    def _decide(self, remark: Remark, *, is_left: bool) -> None:
        service = self._context.desk.self_check
        if self._review is not None:
            act = service.leave if is_left else service.take_back
            self._context.saver.now(partial(act, self._review, remark.key()))

    def _on_leave_uncited(self) -> None:
        keys = [one.remark.key() for one in self._listed() if _is_open_uncited(one)]
        if self._review is not None and keys:
            self._context.saver.now(partial(self._context.desk.self_check.leave, self._review, *keys))


def _is_open_uncited(one: Finding) -> bool:
    return one.remark.code is RemarkCode.UNCITED and not one.is_left
