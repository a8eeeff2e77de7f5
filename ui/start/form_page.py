"""What the pages before unlocking share: a narrow column with a title, fields, one strip, one button and a way back."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFormLayout, QProgressBar, QPushButton, QScrollArea, QWidget

from app.errors import Cancelled, UserFacingError
from app.i18n import _
from ui.layouts import column, row
from ui.message import Gravity, Message
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.strip import MessageStrip

_BY_TAB = Qt.FocusPolicy.TabFocus


class FormPage(QWidget):
    """Base of the pages: says what it is for, is busy while work runs, and tells a failure where it happened.

    Signals:
        back_requested: the person wants to return to the start page.
        went_wrong: an exception that is no sentence; the window's teller takes it.
        help_asked: the code of a sentence whose help is wanted.
    """

    back_requested = Signal()
    went_wrong = Signal(object)
    help_asked = Signal(str)
    help_screen: ClassVar[str]
    """The code of the page, for help."""

    def __init__(self, title: str, explanation: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(title, role="title")
        self._explanation = PlainLabel(explanation, role="muted", is_wrapped=True)
        self._strip = MessageStrip()
        self._strip.help_asked.connect(self.help_asked)
        self.form = QFormLayout()
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.form.setVerticalSpacing(px(Space.ROOM))
        self.form.setHorizontalSpacing(px(Space.BETWEEN))
        self._busy = QProgressBar(maximum=0, textVisible=False)
        self._busy.hide()
        self._busy_text = PlainLabel(role="muted", is_wrapped=True)
        self._go = QPushButton(verb)
        set_role(self._go, "primary")
        self._go.setDefault(True)
        self._back = QPushButton(_("Back"))
        set_role(self._back, "quiet")
        self._back.clicked.connect(self.back_requested)
        self._go.clicked.connect(self.submit)
        inner = QWidget()
        inner.setFixedWidth(px(Size.READING_WIDTH + Size.RAIL))
        inner.setLayout(
            column(
                self._title,
                self._explanation,
                self._strip,
                self.form,
                self._busy,
                self._busy_text,
                row(self._go, self._back, None),
                None,
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        holder = QWidget()
        holder.setLayout(row(None, inner, None))
        scroll.setWidget(holder)
        self.setLayout(column(scroll, margin=0))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        last = self._last_field()
        if last is not None:  # fields are added after the buttons were made, and Tab would go the way they were made
            QWidget.setTabOrder(last, self._go)
            QWidget.setTabOrder(self._go, self._back)

    def _last_field(self) -> QWidget | None:
        """The last that takes the keyboard; Qt puts nothing behind a widget that does not."""
        for number in range(self.form.rowCount() - 1, -1, -1):
            item = self.form.itemAt(number, QFormLayout.ItemRole.FieldRole)
            field = item.widget() if item is not None else None
            if field is not None:
                stops = [one for one in (field, *field.findChildren(QWidget)) if one.focusPolicy() & _BY_TAB]
                if stops:
                    return stops[-1]
        return None

    def submit(self) -> None:
        """The button or Enter; each page says what it does."""
        raise NotImplementedError

    def say(self, message: Message) -> None:
        """One sentence above the fields."""
        self._strip.show_message(message)

    def begin(self, text: str) -> None:
        """Work runs: the fields wait, and the person can see that something happens."""
        self._strip.withdraw("form")
        self._set_busy(text)

    def end(self) -> None:
        """The work is over."""
        self._set_busy("")

    def tell(self, error: BaseException) -> None:
        """The work failed; one sentence where it happened, and the fields are as they were."""
        self.end()
        if isinstance(error, UserFacingError):
            self.say(Message(error.sentence(), Gravity.BAD, code=error.code, key="form"))
        elif not isinstance(error, Cancelled):
            self.went_wrong.emit(error)

    def _set_busy(self, text: str) -> None:
        self._busy.setVisible(bool(text))
        self._busy_text.setText(text)
        self._busy_text.setVisible(bool(text))
        self._go.setDisabled(bool(text))
        for index in range(self.form.count()):
            item = self.form.itemAt(index)
            if item is not None and (widget := item.widget()) is not None:
                widget.setDisabled(bool(text))
