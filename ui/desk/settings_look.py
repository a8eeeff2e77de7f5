"""When the desk locks, how it looks, which language it speaks."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from app.i18n import _
from app.progress import Progress
from app.services.desk_settings import DeskSettings
from ui.desk.context import DeskContext
from ui.desk.settings_section import Section
from ui.idle_lock import FEWEST_MINUTES, MOST_MINUTES
from ui.language import keep_language
from ui.layouts import column
from ui.theme import px
from ui.tokens import Size, Space, Theme

_LANGUAGES = (("zh_CN", "简体中文"), ("en", "English"))


class LookSection(Section):
    """Every choice holds at once; the language from the next start on.

    Signals:
        idle_changed: minutes; ``theme_changed``: a :class:`Theme`.
    """

    idle_changed = Signal(int)
    theme_changed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Locking and appearance"), parent)
        self.minutes, self.theme, self.language = QComboBox(), QComboBox(), QComboBox()
        for minutes in range(FEWEST_MINUTES, MOST_MINUTES + 1, FEWEST_MINUTES):
            self.minutes.addItem(_("{count} minutes").format(count=minutes), minutes)
        for theme, words in (
            (Theme.SYSTEM, _("As this computer")),
            (Theme.LIGHT, _("Light")),
            (Theme.DARK, _("Dark")),
        ):
            self.theme.addItem(words, theme)
        for code, words in _LANGUAGES:
            self.language.addItem(words, code)
        form = QFormLayout()
        form.setHorizontalSpacing(px(Space.BETWEEN))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for label, field in (
            (_("Lock after no input for"), self.minutes),
            (_("Appearance"), self.theme),
            (_("Language"), self.language),
        ):
            field.setMinimumWidth(px(Size.RAIL) * 2)
            field.setAccessibleName(label)
            form.addRow(label, field)
        self.setLayout(column(self._title, form, gap=Space.ROOM))
        self.setFocusProxy(self.minutes)
        context.workers.run(self._read, is_quiet=True, done=self._on_read, failed=self.tell)

    def _read(self, _progress: Progress) -> DeskSettings:
        return self._context.desk.settings.all()

    def _on_read(self, settings: object) -> None:
        if not isinstance(settings, DeskSettings):
            return
        nearest = min(range(self.minutes.count()), key=partial(self._distance, settings.idle_minutes))
        self.minutes.setCurrentIndex(nearest)
        self.theme.setCurrentIndex(self.theme.findData(Theme(settings.theme)))
        self.language.setCurrentIndex(self.language.findData(settings.language))
        self.minutes.activated.connect(self._on_minutes)
        self.theme.activated.connect(self._on_theme)
        self.language.activated.connect(self._on_language)

    def _save(self, name: str, value: str) -> None:
        self._context.saver.now(partial(self._context.desk.settings.change, name, value))

    def _distance(self, minutes: int, place: int) -> int:
        return abs(int(self.minutes.itemData(place)) - minutes)

    def _on_minutes(self) -> None:
        minutes = int(self.minutes.currentData())
        self._save("idle_minutes", str(minutes))
        self.idle_changed.emit(minutes)

    def _on_theme(self) -> None:
        theme = Theme(self.theme.currentData())
        self._save("theme", theme.value)
        self.theme_changed.emit(theme)

    def _on_language(self) -> None:
        language = str(self.language.currentData())
        self._save("language", language)
        keep_language(self._context.remembered, language)
        self.say(_("The language changes when the desk is opened the next time."))
