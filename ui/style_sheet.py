"""The short style sheet over Qt's Fusion style, made from tokens only."""

from collections.abc import Callable
from string import Template
from typing import Final

from app.paths import resource
from ui.tokens import Colours, Size, Space, Type

_SHEET: Final = Template("""
QToolTip { background: $surface; color: $text; border: 1px solid $line_strong; padding: ${half}px; }
QLabel[role="title"] { font-size: ${type_title}px; }
QLabel[role="figure"] { font-size: ${type_figure}px; }
QLabel[role="reading"] { font-size: ${type_reading}px; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${type_small}px; }
QLabel[role="bad"] { color: $bad; }
QLabel[role="warn"] { color: $warn; }
QWidget[role="rail"], QWidget[role="status"] { background: $window; }
QWidget[role="page"] { background: $surface; }
QWidget[role="sunken"] { background: $sunken; }
QFrame[role="line"] { background: $line; border: none; }

QPushButton, QToolButton[role="plain"] {
    background: $surface; color: $text; border: 1px solid $line_strong; border-radius: ${corner}px;
    padding: ${half}px ${room}px; min-height: ${button_inner}px;
}
QPushButton:hover, QToolButton[role="plain"]:hover { background: $hover; }
QPushButton:pressed, QToolButton[role="plain"]:pressed { background: $sunken; }
QPushButton:focus, QToolButton[role="plain"]:focus {
    border: 2px solid $accent; padding: ${half_less}px ${room_less}px;
}
QPushButton:disabled, QToolButton[role="plain"]:disabled { color: $disabled; border-color: $line; }
QPushButton:checked, QToolButton[role="plain"]:checked { background: $accent_soft; border-color: $accent; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus { border-color: $text; }
QPushButton[role="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus { border-color: $accent; }
QPushButton[role="quiet"]:disabled { color: $disabled; }
QPushButton[role="danger"] { color: $bad; border-color: $bad; }

QToolButton { background: transparent; color: $text; border: 1px solid transparent; border-radius: ${corner}px;
    padding: ${half_less}px; }
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton[role="rail"] { border-radius: ${corner}px; padding: ${half}px 0px; font-size: ${type_small}px; }
QToolButton[role="rail"]:checked { background: $accent_soft; color: $text; border-left: 3px solid $accent; }
QToolButton[role="rail"]:focus { border: 1px solid $accent; }
QToolButton[role="segment"] { border: 1px solid $line_strong; padding: ${half_less}px ${half}px; }
QToolButton[role="segment"][popupMode="2"] { padding-right: ${room}px; }
QToolButton::menu-indicator { subcontrol-origin: border; subcontrol-position: right center; right: ${half}px; }
QToolButton[role="bare"]::menu-indicator { image: none; }
QToolButton[role="chip"] { border: 1px solid $line_strong; padding: ${half_less}px ${inside}px; }
QToolButton[role="chip"]:checked { background: $accent_soft; border-color: $accent; }
QToolButton[role="segment"]:checked { background: $accent_soft; border-color: $accent; }
QToolButton[role="answer"] { border: 1px solid $line_strong; padding: ${half_less}px ${half}px; }
QToolButton[role="answer"]:checked { background: $accent; color: $on_accent; border-color: $accent; }
QToolButton[role="answer"]:checked:disabled { background: $accent_soft; color: $text; }
QToolButton[role="answer"]:focus { border: 2px solid $accent; padding: ${half_least}px ${half_less}px; }
QToolButton[role="answer"]:checked:focus { border: 2px solid $text; }
QToolButton[role="segment"]:disabled, QToolButton[role="answer"]:disabled { border-color: $line; }
QToolButton[role="chip"]:focus, QToolButton[role="segment"]:focus { border: 2px solid $accent;
    padding: ${half_least}px ${half_less}px; }
QToolButton[role="chip"]:checked:focus, QToolButton[role="segment"]:checked:focus { border: 2px solid $text; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox, QDateTimeEdit {
    background: $surface; color: $text; border: 1px solid $line_strong; border-radius: ${corner}px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QComboBox, QSpinBox, QDateTimeEdit { padding: ${half_less}px ${inside}px; min-height: ${button_inner}px; }
QPlainTextEdit, QTextEdit { padding: ${half}px; }
QComboBox::drop-down, QDateTimeEdit::drop-down { border: none; background: transparent; width: ${page}px; }
QComboBox::down-arrow, QDateTimeEdit::down-arrow { image: url("$down"); width: ${room}px; height: ${room}px; }
QSpinBox QLineEdit, QDateTimeEdit QLineEdit { background: transparent; border: none; padding: 0; min-height: 0; }
QSpinBox::up-arrow, QDateTimeEdit::up-arrow { image: url("$up"); width: ${room}px; height: ${room}px; }
QSpinBox::down-arrow, QTimeEdit::down-arrow { image: url("$down"); width: ${room}px; height: ${room}px; }
QSpinBox::up-button, QSpinBox::down-button, QDateTimeEdit::up-button, QDateTimeEdit::down-button {
    border: none; background: transparent; width: ${page}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus {
    border: 1px solid $accent;
}
QWidget[touch="true"] QPushButton, QWidget[touch="true"] QToolButton { min-height: ${touch_inner}px;
    font-size: ${type_reading}px; }
QWidget[touch="true"] QLineEdit, QWidget[touch="true"] QComboBox, QWidget[touch="true"] QDateTimeEdit {
    min-height: ${touch_inner}px; font-size: ${type_reading}px; }
QWidget[touch="true"] QDateTimeEdit QLineEdit { min-height: 0; }
QWidget[touch="true"] QPlainTextEdit { font-size: ${type_reading}px; }
QWidget[touch="true"] QLabel[role="reading"] { font-size: ${type_title}px; }
QWidget[touch="true"] QLabel[role="muted"], QWidget[touch="true"] QLabel[role="warn"] {
    font-size: ${type_reading}px; }
QWidget[touch="true"] QListView::item { min-height: ${touch}px; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"] { border: 1px solid $bad; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $disabled; border-color: $line; }
QPlainTextEdit[role="reading"] { border: none; border-radius: 0; background: $surface; padding: ${page}px; }

QAbstractItemView { background: $surface; alternate-background-color: $window; border: 1px solid $surface;
    outline: none; selection-background-color: $accent_soft; selection-color: $text; }
QAbstractItemView:focus { border-color: $accent; }
QScrollArea[role="reading"] { border: 1px solid $surface; }
QScrollArea[role="reading"]:focus { border-color: $accent; }
QTableView { gridline-color: $line; }
QTableView::item, QListView::item, QTreeView::item {
    padding: 0px ${inside}px; border: 1px solid transparent; border-bottom-color: $line;
}
QListView::item, QTreeView::item { min-height: ${row}px; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
    background: $accent_soft; color: $text;
}
QTableView::item:focus, QListView::item:focus, QTreeView::item:focus { border-color: $accent; }
QTableView[role="grid"]::item { border-color: transparent; }
QListView[role="thumbnails"]::item { border: none; padding: ${half}px; }
QHeaderView { background: $window; }
QHeaderView::section { background: $window; color: $muted; border: none; border-bottom: 1px solid $line;
    border-right: 1px solid $line; padding: ${half}px ${inside_more}px; font-size: ${type_small}px; }
QTableCornerButton::section { background: $window; border: none; }

QTabBar::tab { background: transparent; color: $muted; padding: ${half}px ${room}px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QMenu { background: $surface; color: $text; border: 1px solid $line_strong; padding: ${half}px 0; }
QMenu::item { padding: ${half}px ${page}px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: ${half}px 0; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: ${half}px; min-height: ${half}px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: ${scroll}px; }
QScrollBar:horizontal { height: ${scroll}px; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: ${page}px; }
QScrollBar::handle:horizontal { min-width: ${page}px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QStatusBar, QMainWindow, QDialog { background: $window; }
""")


def style_sheet(colours: Colours, px: Callable[[int], int]) -> str:
    """The whole sheet for one set of colours; *px* scales a size."""
    values = {name: str(getattr(colours, name)) for name in Colours.__slots__ if name != "dimensions"}
    sizes = {
        "half": px(Space.HALF),
        "half_less": px(Space.HALF) - 1,  # a focus ring takes one pixel from the padding: nothing moves
        "half_least": px(Space.HALF) - 2,
        "inside": px(Space.INSIDE),
        "inside_more": px(Space.INSIDE) + 2,  # cells stand in by the room of their focus frame
        "room": px(Space.ROOM),
        "room_less": px(Space.ROOM) - 1,
        "page": px(Space.PAGE),
        "corner": px(Size.CORNER),
        "row": px(Size.ROW),
        "scroll": px(Size.SCROLL_BAR),
        "button_inner": px(Size.CONTROL) - 2 * px(Space.HALF) - 2,
        "touch": px(Size.TOUCH_ROW),
        "touch_inner": px(Size.TOUCH_ROW) - 2 * px(Space.HALF) - 2,
        "type_small": px(Type.SMALL),
        "type_reading": px(Type.READING),
        "type_title": px(Type.TITLE),
        "type_figure": px(Type.FIGURE),
    }
    # One grey that is seen on light and dark alike.
    picture = {name: resource("pictures", f"{name}.svg").as_posix() for name in ("down", "up")}
    return _SHEET.substitute(values | picture | {name: str(size) for name, size in sizes.items()})
