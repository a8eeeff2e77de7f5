"""The rail: places with words, and at the bottom help and lock."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from app.i18n import _
from ui.icons import Icon, icon
from ui.layouts import column
from ui.place import Place
from ui.theme import look, px, set_role
from ui.tokens import Size, Space, Type
from ui.widgets.plain_label import plain_tool_tip

_MOST_SHORTCUTS = 10


class Rail(QWidget):
    """Arrow keys walk along it; Ctrl and a digit go straight to a place.

    Signals:
        chosen: the code of a place.
        help_chosen, lock_chosen: the two at the bottom.
    """

    chosen = Signal(str)
    help_chosen = Signal()
    lock_chosen = Signal()

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._codes: dict[QToolButton, str] = {}
        self._group = QButtonGroup(self)
        for number, place in enumerate(places, start=1):
            button = self._button(place.title, place.icon)
            button.setCheckable(True)
            self._group.addButton(button)
            self._buttons[place.code], self._codes[button] = button, place.code
            if number <= _MOST_SHORTCUTS:
                keys = f"Ctrl+{number % 10}"
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.activated.connect(button.click)
                button.setToolTip(plain_tool_tip(f"{place.title}  {keys}"))
        self._group.buttonClicked.connect(self._on_clicked)
        helping = self._button(_("Help"), Icon.HELP)
        helping.setToolTip(plain_tool_tip(_("Help  F1; help text for the telephone  F2")))
        helping.clicked.connect(self.help_chosen)
        locking = self._button(_("Lock"), Icon.LOCK)
        locking.setToolTip(plain_tool_tip(_("Lock  Ctrl+L")))
        locking.clicked.connect(self.lock_chosen)
        layout = column(*self._buttons.values(), None, helping, locking, margin=Space.HALF, gap=Space.HALF // 2)
        self.setLayout(layout)
        self._all = [*self._buttons.values(), helping, locking]
        self._fit_words()
        self.setMinimumHeight(self._needed(Size.RAIL_ROW_LOW))
        set_role(self, "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < self._needed(Size.RAIL_ROW)
        style = Qt.ToolButtonStyle.ToolButtonTextOnly if is_low else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        for button in self._all:  # words stay where pictures have no room
            button.setToolButtonStyle(style)
            button.setFixedHeight(px(Size.RAIL_ROW_LOW if is_low else Size.RAIL_ROW))

    def show_chosen(self, code: str) -> None:
        """Mark the place that is shown."""
        self._buttons[code].setChecked(True)

    def set_badge(self, code: str, title: str) -> None:
        """Change the words of a place, for example to add a count."""
        self._buttons[code].setText(title)
        self._buttons[code].setAccessibleName(title)
        self._fit_words()

    def has_focus(self) -> bool:
        """Whether the keyboard is here."""
        return any(button.hasFocus() for button in self._codes)

    def focus_chosen(self) -> None:
        """Give the keyboard to the place that is shown."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fit_words(self) -> None:
        """As wide as the longest word: words on the rail are never cut."""
        metrics = QFontMetrics(look().font(Type.SMALL))
        longest = max(metrics.horizontalAdvance(button.text()) for button in self._all) + px(Space.ROOM)
        width = max(px(Size.RAIL) - 2 * px(Space.HALF), longest)
        for button in self._all:
            button.setFixedWidth(width)
        self.setFixedWidth(width + 2 * px(Space.HALF))

    def _needed(self, row_height: int) -> int:
        gap = px(Space.HALF // 2)
        return len(self._all) * (px(row_height) + gap) + 2 * px(Space.HALF)

    def _button(self, title: str, picture: Icon) -> QToolButton:
        button = QToolButton()
        button.setText(title)
        button.setIcon(icon(picture))
        button.setIconSize(QSize(px(Size.ICON_LARGE), px(Size.ICON_LARGE)))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFixedSize(px(Size.RAIL) - 2 * px(Space.HALF), px(Size.RAIL_ROW))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(title)
        set_role(button, "rail")
        return button

    def _on_clicked(self, button: QToolButton) -> None:
        self.chosen.emit(self._codes[button])
