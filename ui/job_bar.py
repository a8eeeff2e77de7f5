"""Work that takes longer than a moment shows itself in the status line, with a way to stop it."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from app.i18n import _, ngettext
from ui.jobs import Job, Workers
from ui.layouts import row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel

LATE_MS: Final = 600


class JobBar(QWidget):
    """The oldest job with its progress and “Stop”. Appears after 0.6 s, so that nothing flickers."""

    def __init__(self, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._title = PlainLabel(role="small")
        self._progress = QProgressBar(textVisible=False)
        self._progress.setFixedWidth(px(Size.PROGRESS))
        self._stop = QPushButton(_("Stop"))
        set_role(self._stop, "quiet")
        self._stop.clicked.connect(self._on_stop)
        self.setLayout(row(self._title, self._progress, self._stop, gap=Space.INSIDE))
        self._timer = QTimer(self, singleShot=True, interval=LATE_MS)
        self._timer.timeout.connect(self.show)
        self.hide()
        workers.started.connect(self._on_started)
        workers.ended.connect(self._on_ended)

    def _on_started(self, job: Job) -> None:
        if job.is_quiet:
            return
        self._jobs.append(job)
        job.progressed.connect(self._on_progressed)
        self._refresh()
        if not self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _on_ended(self, job: QObject) -> None:
        if job not in self._jobs:
            return
        self._jobs.remove(job)
        self._refresh()
        if not self._jobs:
            self._timer.stop()
            self.hide()

    def _on_progressed(self, done: int, total: int) -> None:
        if self._jobs and self.sender() is self._jobs[0]:
            self._progress.setRange(0, total)
            self._progress.setValue(done)

    def _on_stop(self) -> None:
        if self._jobs:
            self._jobs[0].cancel()
            self._refresh()

    def _refresh(self) -> None:
        if not self._jobs:
            return
        first, others = self._jobs[0], len(self._jobs) - 1
        title = _("Stopping: {title}").format(title=first.title) if first.is_cancelling else first.title
        if others:
            more = ngettext("{count} more", "{count} more", others).format(count=others)
            title = f"{title} · {more}"
        self._title.setText(title)
        self._stop.setEnabled(not first.is_cancelling)
        self._stop.setAccessibleName(_("Stop: {title}").format(title=first.title))
        self._progress.setRange(0, 0)
