"""A field for a passphrase: hidden unless asked, kept away from input methods, with its strength if wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from app.i18n import N_, _
from ui.layouts import column, row
from ui.theme import look, px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel

LONGEST: Final = 256
PAUSE_MS: Final = 150
STEPS: Final = 4
_TONES: Final = ("bad", "bad", "warn", "good", "good")
_WORDS: Final = (N_("Very weak"), N_("Weak"), N_("Middling"), N_("Fairly strong"), N_("Strong"))


@dataclass(frozen=True, slots=True)
class Strength:
    """How long a passphrase would resist: *level* 0 to 4, and one sentence of advice or none."""

    level: int
    advice: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.level <= STEPS:
            raise ValueError("level is 0 to 4")


class PassphraseEdit(QWidget):
    """Typed once, handed over once.

    Signals:
        passphrase_changed: something was typed; the text itself never travels in a signal.
        submitted: Enter was pressed in a field that is not empty.
    """

    passphrase_changed = Signal()
    submitted = Signal()

    def __init__(self, strength: Callable[[str], Strength] | None = None, parent: QWidget | None = None) -> None:
        """With *strength* a meter stands beneath; it is asked after a short pause."""
        super().__init__(parent)
        self._strength = strength
        self._edit = QLineEdit(echoMode=QLineEdit.EchoMode.Password, maxLength=LONGEST)
        self._edit.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._edit.setMinimumWidth(px(Size.DIALOG_WIDTH) // 2)
        self._edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._show = QPushButton(_("Show"))
        self._show.setCheckable(True)
        set_role(self._show, "quiet")
        self._meter = _Meter()
        self._advice = PlainLabel(role="small", is_wrapped=True)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._measure)
        self._edit.textChanged.connect(self._on_text_changed)
        self._edit.returnPressed.connect(self._on_return)
        self._show.toggled.connect(self._on_show)
        self.setLayout(column(row(self._edit, self._show), self._meter, self._advice, gap=Space.HALF))
        self.setFocusProxy(self._edit)
        for part in (self._meter, self._advice):
            part.setVisible(strength is not None)
        self.set_name(_("Passphrase"))

    def set_name(self, name: str) -> None:
        """What this passphrase is for, also for people who hear the screen."""
        self._edit.setAccessibleName(name)
        self._edit.setPlaceholderText(name)

    def passphrase(self) -> str:
        """What was typed."""
        return self._edit.text()

    def clear(self) -> None:
        """Forget what was typed and hide again."""
        self._show.setChecked(False)
        self._edit.clear()

    def strength(self) -> Strength | None:
        """What the meter shows, once it was asked."""
        return self._meter.strength

    def _on_text_changed(self, _text: str) -> None:
        self._timer.start()
        self.passphrase_changed.emit()

    def _on_return(self) -> None:
        if self._edit.text():
            self._measure()
            self.submitted.emit()

    def _on_show(self, is_shown: bool) -> None:
        self._edit.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self._show.setText(_("Hide") if is_shown else _("Show"))
        self._edit.setFocus()

    def _measure(self) -> None:
        self._timer.stop()
        if self._strength is None:
            return
        text = self._edit.text()
        found = self._strength(text) if text else None
        self._meter.show_strength(found)
        self._advice.setText("" if found is None else found.advice)


class _Meter(QWidget):
    """Four steps and a word."""

    def __init__(self) -> None:
        super().__init__()
        self.strength: Strength | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_strength(self, strength: Strength | None) -> None:
        self.strength = strength
        self.setAccessibleName("" if strength is None else _(_WORDS[strength.level]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        words = [_(word) for word in _WORDS]
        widest = max(self.fontMetrics().horizontalAdvance(word) for word in words) + px(Space.INSIDE)
        level = -1 if self.strength is None else self.strength.level
        gap = px(Space.HALF)
        step = (self.width() - widest - gap * STEPS) / STEPS
        for number in range(STEPS):
            is_filled = number < max(level, 1 if level == 0 else 0)
            painter.setBrush(look().colour(_TONES[level] if is_filled else "line"))
            painter.drawRoundedRect(QRectF(number * (step + gap), self.height() / 2 - gap / 2, step, gap), 2, 2)
        if level >= 0:
            painter.setPen(look().colour(_TONES[level]))
            painter.drawText(
                self.rect(), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words[level]
            )
        painter.end()
