"""The health of the store, in sentences."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.health import Finding, Health, Severity
from app.i18n import _
from app.progress import Progress
from ui.desk.context import DeskContext
from ui.desk.settings_section import Section
from ui.layouts import column, row
from ui.state import State, Tone
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_chip import StateChip


class HealthSection(Section):
    """Looks when asked; a deep look reads every document again.

    Signals:
        health_found: the new :class:`Health`.
    """

    health_found = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Health of the store"), parent)
        self.check, self.deep = QPushButton(_("Check")), QPushButton(_("Check every document, too"))
        self._lines = column(gap=Space.HALF)
        self._parts: list[QWidget] = []
        self._findings: tuple[Finding, ...] = ()
        self.setLayout(
            column(self._title, row(self.check, self.deep, None, gap=Space.INSIDE), self._lines, gap=Space.INSIDE)
        )
        self.check.clicked.connect(self._on_check)
        self.deep.clicked.connect(self._on_deep)

    def findings(self) -> tuple[Finding, ...]:
        """What was found last."""
        return self._findings

    def _on_check(self) -> None:
        self._start(is_deep=False)

    def _on_deep(self) -> None:
        self._start(is_deep=True)

    def _start(self, *, is_deep: bool) -> None:
        for button in (self.check, self.deep):
            button.setEnabled(False)
        work = partial(self._check, is_deep)
        self._context.workers.run(
            work, title=_("Checking the store"), done=self._on_found, failed=self._on_failed, cancelled=self._release
        )

    def _check(self, is_deep: bool, progress: Progress) -> Health:
        return self._context.desk.checking.check(deep=is_deep, progress=progress)

    def _on_found(self, health: object) -> None:
        self._release()
        if not isinstance(health, Health):
            return
        for part in self._parts:
            self._lines.removeWidget(part)
            part.deleteLater()
        self._findings = health.findings
        self._parts = [_line(finding) for finding in health.findings]
        for part in self._parts:
            self._lines.addWidget(part)
        self.health_found.emit(health)

    def _on_failed(self, error: Exception) -> None:
        self._release()
        self.tell(error)

    def _release(self) -> None:
        for button in (self.check, self.deep):
            button.setEnabled(True)


def _line(finding: Finding) -> QWidget:
    states = {
        Severity.GOOD: State("✓", _("Good"), Tone.GOOD),
        Severity.INFO: State("i", _("Note"), Tone.ACTIVE),
        Severity.WARN: State("!", _("Look at this"), Tone.WARN),
        Severity.CRITICAL: State("✕", _("Damaged"), Tone.BAD),
    }
    line = QWidget()
    sentence = PlainLabel(finding.sentence, is_wrapped=True)
    layout = row(StateChip(states[finding.severity]), sentence, gap=Space.INSIDE)
    layout.setStretch(1, 1)
    line.setLayout(layout)
    return line
