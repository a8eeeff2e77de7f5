"""Right before signing: why a review is revised, and what is different from the revision that was signed last."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from app.domain.ids import ReviewId
from app.i18n import _, ngettext
from app.services.desk_history import History
from app.services.desk_views import Task
from app.words.changes import difference_words
from ui.layouts import column
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel

_LINES = 5  # that are seen without scrolling


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision that can be signed now."""

    task: Task
    history: History


class ChangesNote(QScrollArea):
    """Not there where nothing that is ticked replaces something signed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._revised: tuple[Revised, ...] = ()
        self.words = PlainLabel(is_wrapped=True, is_selectable=True)
        inner = QWidget()
        layout = column(self.words, None, gap=0)
        layout.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.PAGE), px(Space.INSIDE))
        inner.setLayout(layout)
        set_role(inner, "page")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setAccessibleName(_("What this revision changes"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "reading")
        self.hide()

    def show_revised(self, revised: Sequence[Revised]) -> None:
        """Everything that could be signed and replaces something."""
        self._revised = tuple(revised)

    def show_ticked(self, ticked: Collection[ReviewId]) -> None:
        """Only what is going to be signed."""
        parts = [_words(one) for one in self._revised if one.task.review in ticked]
        self.words.setText("\n".join(parts))
        lines = sum(part.count("\n") + 1 for part in parts)
        self.setFixedHeight(px(Size.ROW) * min(lines, _LINES) * 2 // 3 + px(Space.PAGE))
        self.setVisible(bool(parts))


def _words(revised: Revised) -> str:
    task, since = revised.task, revised.history.since
    if since is None:
        return ""
    count = len(since.differences)
    head = _("{application}, revision {number}: {reason}").format(
        application=task.application, number=task.revision, reason=revised.history.reason.rstrip("。.")
    )
    changes = ngettext(
        "{count} change since revision {number} was signed", "{count} changes since revision {number} was signed", count
    ).format(count=count, number=since.revision)
    lines = [f"    {difference_words(each, revised.history.rubric)}" for each in since.differences]
    return "\n".join([_("{head} – {changes}").format(head=head, changes=changes), *lines])
