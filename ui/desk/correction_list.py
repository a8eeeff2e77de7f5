"""A dossier that changed: a line over the form that says so, and the list of what is to be confirmed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from app.domain.ids import IndicatorId
from app.domain.touched import Correction, Part, Touched
from app.i18n import _
from app.services.desk_views import Sheet
from app.words.corrections import change_words, correction_words, gone_words, touched_words
from ui.desk.review_editor import ReviewEditor
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class CorrectionNotice(QWidget):
    """Not there while the dossier is as it was.

    Signals:
        look_asked: show what is to be confirmed.
        read_asked: nothing is to be confirmed, and the news has been read.
    """

    look_asked = Signal()
    read_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel(is_wrapped=True)
        self.look, self.read = QPushButton(_("Look and confirm")), QPushButton(_("Noted"))
        set_role(self.read, "quiet")
        self.look.clicked.connect(self.look_asked)
        self.read.clicked.connect(self.read_asked)
        layout = row(self._words, self.look, self.read, gap=Space.INSIDE)
        layout.setStretch(0, 1)
        layout.setContentsMargins(px(Space.ROOM), px(Space.INSIDE), px(Space.ROOM), px(Space.INSIDE))
        self.setLayout(layout)
        self.hide()

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_correction(self, correction: Correction | None) -> None:
        """Say what has changed, or nothing."""
        self.setVisible(correction is not None)
        if correction is not None:
            self._words.setText(_("Dossier changed: {what}.").format(what=correction_words(correction)))
            self.look.setVisible(bool(correction.touched))
            self.read.setVisible(not correction.touched)


class CorrectionList(QScrollArea):
    """Each thing that rests on a document that is gone, with what stands in its place.

    Signals:
        wanted: the :class:`Touched` to go to.
        confirmed: the key of what stands, and whether its references follow.
        all_confirmed: everything stands.
    """

    wanted = Signal(object)
    confirmed = Signal(str, bool)
    all_confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._changes = PlainLabel(role="reading", is_wrapped=True), PlainLabel(is_wrapped=True)
        self._note = PlainLabel(role="small", is_wrapped=True)
        self._all = QPushButton(_("All of it stands"))
        self._all.clicked.connect(self.all_confirmed)
        self._lines = column(gap=Space.INSIDE)
        self._shown: list[QWidget] = []
        inner = QWidget()
        parts = (self._title, self._changes, self._note, self._lines, row(self._all, None), None)
        inner.setLayout(column(*parts, margin=Space.ROOM, gap=Space.INSIDE))
        set_role(inner, "page")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def show_sheet(self, sheet: Sheet) -> None:
        """List what waits now."""
        correction = sheet.task.correction
        for line in self._shown:
            self._lines.removeWidget(line)
            line.deleteLater()
        self._shown = []
        self._all.setVisible(correction is not None and bool(correction.touched) and sheet.is_editable)
        if correction is None:
            self._title.setText(_("Nothing is left to confirm"))
            self._changes.setText("")
            self._note.setText("")
            return
        self._title.setText(_("Dossier changed: {what}.").format(what=correction_words(correction)))
        self._changes.setText("\n".join(change_words(change) for change in correction.changes))
        self._note.setText(_note(sheet))
        self._shown = [self._line(item, correction, sheet) for item in correction.touched]
        for line in self._shown:
            self._lines.addWidget(line)

    def focus_first(self) -> None:
        """Ready for Enter, at the first thing to look at; never at the button that confirms everything."""
        button = self._shown[0].findChild(QPushButton) if self._shown else None
        if button is not None:
            button.setFocus()

    def _line(self, item: Touched, correction: Correction, sheet: Sheet) -> QWidget:
        words = touched_words(item, sheet.form)
        places = "\n".join(gone_words(anchor, correction) for anchor in item.gone)
        go = self._button(_("Go there"), _("Go there: {what}").format(what=words), partial(self.wanted.emit, item))
        buttons: list[QWidget] = [go]
        if sheet.is_editable:
            if any(correction.successor(anchor.document) for anchor in item.gone):
                stands = _("Stands, on the new document: {what}").format(what=words)
                buttons.append(self._button(_("Stands"), stands, partial(self.confirmed.emit, item.key(), True)))
            drops = _("Stands without this reference: {what}").format(what=words)
            buttons.append(self._button(_("Stands without it"), drops, partial(self.confirmed.emit, item.key(), False)))
        line = QWidget()
        small = PlainLabel(plain(places), role="small", is_wrapped=True)
        line.setLayout(column(PlainLabel(plain(words), is_wrapped=True), small, row(*buttons, None), gap=Space.HALF))
        return line

    @staticmethod
    def _button(words: str, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        set_role(button, "quiet")
        button.setAccessibleName(plain(name))
        button.clicked.connect(lambda _checked: act())
        return button


class Corrections(QObject):
    """Both, wired to one editor; the screen says how a part is shown and how one goes to an indicator."""

    def __init__(
        self,
        editor: ReviewEditor,
        *,
        show: Callable[[QWidget], None],
        go_to: Callable[[IndicatorId], None],
        show_opinion: Callable[[], None],
        go_to_question: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(editor)
        self.notice, self.list = CorrectionNotice(), CorrectionList()
        self._show, self._go_to, self._show_opinion = show, go_to, show_opinion
        self._go_to_question = go_to_question
        editor.sheet_changed.connect(self._on_sheet)
        self.notice.look_asked.connect(self._on_look)
        self.notice.read_asked.connect(editor.confirm_all)
        self.list.all_confirmed.connect(editor.confirm_all)
        self.list.confirmed.connect(editor.confirm)
        self.list.wanted.connect(self._on_wanted)

    def _on_sheet(self, sheet: Sheet) -> None:
        self.notice.show_correction(sheet.task.correction)
        self.list.show_sheet(sheet)

    def _on_look(self) -> None:
        self._show(self.list)
        self.list.focus_first()

    def _on_wanted(self, item: Touched) -> None:
        if item.indicator is not None:
            self._go_to(item.indicator)
        elif item.part is Part.ANSWER and self._go_to_question is not None:
            self._go_to_question(item.name)
        else:
            self._show_opinion()


def _note(sheet: Sheet) -> str:
    correction = sheet.task.correction
    if correction is None or not correction.touched:
        return ""
    if not sheet.is_editable:
        return _("This review is signed. Open a new revision above, then confirm.")
    return _(
        "Look at the new document, then say for each that it stands, or go there and change it. Undo brings it back."
    )
