"""What must hold on every screen: names for those who hear it, a way for those who type, whole words for everybody."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QWidget,
)

from ui.frame import Frame
from ui.widgets.score_ruler import ScoreRuler

_ROLE = QAccessible.Role
INTERACTIVE = {
    _ROLE.PushButton, _ROLE.Button, _ROLE.CheckBox, _ROLE.RadioButton, _ROLE.EditableText, _ROLE.ComboBox,
    _ROLE.SpinBox, _ROLE.Slider, _ROLE.List, _ROLE.Table, _ROLE.Tree, _ROLE.ButtonMenu, _ROLE.ButtonDropDown,
    _ROLE.PageTab, _ROLE.MenuItem, _ROLE.Link,
}  # fmt: skip
_KEY = re.compile(r"(Alt|Ctrl)\+")
_MOST_STEPS = 400
_DATE_PARTS = 5
_MOST_LINKS = 60
SLACK = 4  # px
_NO_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)


def shown(window: QWidget, kind: type[QWidget] = QWidget) -> list[QWidget]:
    """Widgets of *kind* that can be seen in *window*, and what a scroll area holds below its edge."""
    return [one for one in window.findChildren(kind) if one.isVisible() and one.window() is window]


def told(widget: QWidget) -> str:
    """A widget as a finding names it."""
    words = widget.accessibleName() or (widget.text() if isinstance(widget, QLabel | QAbstractButton) else "")
    around = widget.parentWidget()
    return f"{type(widget).__name__} “{words}” in {type(around).__name__}"


def unnamed(window: QWidget) -> Iterator[str]:
    """Controls that a screen reader cannot name, and several that it names alike in one place."""
    top = QAccessible.queryAccessibleInterface(window)
    assert top is not None
    names: Counter[tuple[int, str, str]] = Counter()
    for one in _interfaces(top):
        if one.role() not in INTERACTIVE or one.state().invisible:
            continue
        widget = one.object()
        name = one.text(QAccessible.Text.Name).strip()
        if isinstance(widget, QWidget) and _is_part_of_another(widget):
            continue
        if not name:
            yield f"no name: {one.role().name} {told(widget) if isinstance(widget, QWidget) else ''}"
        if isinstance(widget, QWidget):
            names[id(widget.parentWidget()), one.role().name, name] += 1
    for (_, role, name), count in names.items():
        if count > 1:
            yield f"{count} times “{name}” ({role}) side by side"


def _interfaces(top: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    waiting = [top]
    while waiting:
        one = waiting.pop()
        if one is None or not one.isValid():
            continue
        yield one
        if one.role() not in {_ROLE.Table, _ROLE.List, _ROLE.Tree}:  # cells are named by what stands in them
            waiting += [child for number in range(one.childCount()) if (child := one.child(number)) is not None]


def _is_part_of_another(widget: QWidget) -> bool:
    """The field of a number box, the corner of a table, the header: spoken of through what they belong to."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QAbstractSpinBox | QComboBox | QTabBar | QHeaderView | QAbstractItemView | QLineEdit):
            return True
        around = around.parentWidget()
    return isinstance(widget, QHeaderView)


def controls(window: QWidget) -> list[QWidget]:
    """What a person can use on this screen right now."""
    return [
        one
        for one in shown(window)
        if isinstance(one, _CONTROLS) and one.isEnabled() and not _is_part_of_another(one) and not _is_only_read(one)
    ]


def _is_only_read(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractItemView) and widget.model() is not None and widget.model().rowCount() == 0


def by_tab(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> tuple[list[QWidget], list[str]]:
    """Everything that *key* reaches, in order, and where it went wrong."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    start = QApplication.focusWidget()
    if start is None or not start.isVisible():
        QTest.keyClick(window, key)
        start = QApplication.focusWidget()
    order: list[QWidget] = []
    wrong: list[str] = []
    here = start
    while here is not None and here not in order and len(order) < _MOST_STEPS:
        order.append(here)
        focused = _picture(here)
        QTest.keyClick(here, key)
        for _part in range(_parts(here)):
            if QApplication.focusWidget() is here:
                QTest.keyClick(here, key)
        after = QApplication.focusWidget()
        if after is here and len(controls(window)) > 1:
            wrong.append(f"{key.name} does not leave {told(here)}")
            break
        if focused == _picture(here) and not isinstance(here, QLineEdit | QPlainTextEdit | QTextEdit):
            wrong.append(f"nobody sees that the keyboard is at {told(here)}")
        here = after
    return order, wrong


def _parts(widget: QWidget) -> int:
    """How often Tab stays: at year, month, day, hour and minute, or at every link of a page."""
    if isinstance(widget, QDateTimeEdit):
        return _DATE_PARTS
    return _MOST_LINKS if isinstance(widget, QTextBrowser) else 0


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def unreachable(window: QWidget) -> Iterator[str]:
    """Controls that Tab never comes to, traps, places where the focus is not seen, and steps against reading order."""
    usable = controls(window)
    order, wrong = _walked(window, Qt.Key.Key_Tab)
    back, wrong_back = _walked(window, Qt.Key.Key_Backtab)
    yield from wrong
    yield from (one for one in wrong_back if one.startswith("Key_Backtab"))
    reached = {id(one) for one in order}
    groups = {id(one.group()) for one in order if isinstance(one, QAbstractButton) and one.group()}
    for one in usable:
        in_group = isinstance(one, QAbstractButton) and one.group() is not None and id(one.group()) in groups
        if id(one) not in reached and not in_group and not _has_a_key(one) and one.isVisible() and one.isEnabled():
            yield f"Tab does not reach {told(one)}"
    for one in order:
        if one not in back and not _has_group(one) and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield f"only forwards: {told(one)}"
    yield from _against_reading(order)


def _walked(window: QWidget, key: Qt.Key) -> tuple[list[QWidget], list[str]]:
    order, wrong = by_tab(window, key)
    for frame in shown(window, Frame):  # the form of a review keeps Tab to itself; F6 leaves it
        QTest.keyClick(frame, Qt.Key.Key_F6)
        again, more = by_tab(window, key)
        order += [one for one in again if one not in order]
        wrong += [one for one in more if one not in wrong]
    return order, wrong


def _has_a_key(widget: QWidget) -> bool:
    """Tab passes it by on purpose: the field beside it, or a key that its name or tool tip tells, does the same."""
    if any(ruler.isAncestorOf(widget) for ruler in shown(widget.window(), ScoreRuler)):
        return widget.focusPolicy() is Qt.FocusPolicy.ClickFocus
    return widget.focusPolicy() is Qt.FocusPolicy.ClickFocus and bool(
        _KEY.search(f"{widget.accessibleName()} {widget.toolTip()}")
    )


def _has_group(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and widget.group() is not None


def _against_reading(order: list[QWidget]) -> Iterator[str]:
    begin = min(range(len(order)), key=lambda place: _place(order[place]), default=0)
    turned = order[begin:] + order[:begin]
    for before, after in pairwise(turned):
        if before.parentWidget() is not after.parentWidget() or _has_group(before) or _has_group(after):
            continue
        one, other = before.geometry(), after.geometry()
        same_line = one.top() < other.bottom() and other.top() < one.bottom()
        if (same_line and other.left() < one.left()) or (not same_line and other.top() < one.top()):
            yield f"{told(after)} comes after {told(before)}"


def _place(widget: QWidget) -> tuple[int, int]:
    point = widget.mapTo(widget.window(), QPoint(0, 0))
    return point.y(), point.x()


def ambiguous(window: QWidget) -> Iterator[str]:
    """Keys that two things on this screen claim, so that neither is done."""
    claims: Counter[str] = Counter()
    for shortcut in window.findChildren(QShortcut):
        around = shortcut.parent()
        is_heard = shortcut.isEnabled() and isinstance(around, QWidget) and around.isVisible()
        if is_heard and shortcut.context() is Qt.ShortcutContext.WindowShortcut:
            claims[shortcut.key().toString()] += 1
    for action in window.findChildren(QAction):
        homes = [one for one in action.associatedObjects() if isinstance(one, QWidget) and one.isVisible()]
        if homes and action.isEnabled() and action.shortcutContext() is Qt.ShortcutContext.WindowShortcut:
            claims.update(QKeySequence(keys).toString() for keys in action.shortcuts())
    yield from (f"{keys} is claimed {count} times" for keys, count in claims.items() if keys and count > 1)


def cut(window: QWidget) -> Iterator[str]:
    """Words that do not fit where they must be whole. A line that ends in “…” has to say the rest in its tool tip."""
    if window.minimumSizeHint().width() > window.width() or window.minimumSizeHint().height() > window.height():
        yield f"the window needs {window.minimumSizeHint().toTuple()} and has {window.size().toTuple()}"
    for one in shown(window):
        if _is_part_of_another(one):
            continue
        if isinstance(one, QLabel):
            yield from _cut_label(one)
        elif isinstance(one, QAbstractButton):
            yield from _cut_button(one)
        elif isinstance(one, QTabBar):
            yield from _cut_tabs(one)
        if isinstance(one, _CONTROLS) and not _scrolls(one):
            yield from _clipped(one)
        elif isinstance(one, _CONTROLS):
            yield from _beside(one)


def _cut_label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    room, metrics = label.contentsRect(), label.fontMetrics()
    if label.wordWrap():
        needed = metrics.boundingRect(
            QRect(0, 0, room.width(), 10_000), int(Qt.TextFlag.TextWordWrap), label.text()
        )  # fmt: skip
        if needed.height() > room.height() + 2 or needed.width() > room.width() + 2:
            yield f"wrapped, needs {needed.size().toTuple()}, has {room.size().toTuple()}: {told(label)}"
    elif max(map(metrics.horizontalAdvance, label.text().split("\n"))) > room.width() + 1:
        if not label.toolTip():
            yield f"elided without a tool tip: {told(label)}"
        elif room.width() < metrics.averageCharWidth() * 3:
            yield f"nothing is left of {told(label)}"
    elif metrics.height() > label.height() + 2:
        yield f"too low: {told(label)}"


def _cut_button(button: QAbstractButton) -> Iterator[str]:
    text = button.text().replace("&", "")
    if not text:
        return
    beside = isinstance(button, QToolButton) and (
        button.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    )
    style = button.toolButtonStyle() if isinstance(button, QToolButton) else None
    if style is Qt.ToolButtonStyle.ToolButtonIconOnly and not button.icon().isNull():
        return
    picture = 0 if beside or button.icon().isNull() else button.iconSize().width() + 4
    if isinstance(button, QCheckBox):
        picture += button.style().pixelMetric(button.style().PixelMetric.PM_IndicatorWidth)
    width = max(map(button.fontMetrics().horizontalAdvance, text.split("\n"))) + picture
    if isinstance(button, QPushButton):
        width = max(width, button.sizeHint().width() - SLACK)
    if width > button.width() - SLACK:
        yield f"needs {width} px, has {button.width()}: {told(button)}"
    if button.fontMetrics().height() > button.height():
        yield f"too low: {told(button)}"


def _cut_tabs(bar: QTabBar) -> Iterator[str]:
    for place in range(bar.count()):
        if bar.fontMetrics().horizontalAdvance(bar.tabText(place)) > bar.tabRect(place).width():
            yield f"tab “{bar.tabText(place)}” is cut"
    if bar.count() and bar.tabRect(bar.count() - 1).right() > bar.width() + 1:
        yield "the last tab is out of sight"


def _scrolls(widget: QWidget) -> bool:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea | QAbstractScrollArea):
            return True
        around = around.parentWidget()
    return False


def _beside(widget: QWidget) -> Iterator[str]:
    """What lies to the right of a part that only scrolls up and down is never seen."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and around.horizontalScrollBarPolicy() is _NO_BAR:
            room, place = around.viewport().width(), widget.mapTo(around.viewport(), QPoint(0, 0)).x()
            if place < 0 or place + widget.width() > room + 1:
                yield f"from {place} to {place + widget.width()} of {room} px: {told(widget)}"
        around = around.parentWidget()


def _clipped(widget: QWidget) -> Iterator[str]:
    seen = widget.visibleRegion().boundingRect()
    if seen.width() < widget.width() - 1 or seen.height() < widget.height() - 1:
        yield f"only {seen.size().toTuple()} of {widget.size().toTuple()} is seen: {told(widget)}"
