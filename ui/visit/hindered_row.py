"""Why a visit does not take place: a line below the stage, shown where one of these stages is chosen."""

from datetime import date, timedelta
from typing import TypedDict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.clock import BEIJING, system_clock
from app.domain.onsite.hindrance import HindranceKind
from app.domain.onsite.visit import NOT_VISITED, Stage
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from app.words.onsite import hindrance_words
from ui.layouts import column, row
from ui.theme import px
from ui.tokens import Size, Space
from ui.visit.meeting_parts import DayEdit, labelled
from ui.widgets.plain_label import PlainLabel

_LONGEST = 200
_WEEK = timedelta(days=7)


class Excuse(TypedDict):
    """What the service is told with the stage."""

    reason: str
    until: date | None
    allowed_by: str


class HinderedRow(QWidget):
    """What was written down before stands above the fields; nothing is shown where there is neither.

    Signals:
        edited: a person typed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage: Stage | None = None
        self._is_again = False
        self.told = PlainLabel(role="warn", is_wrapped=True, is_selectable=True)
        self.reason, self.allowed_by = QLineEdit(), QLineEdit()
        self.until = DayEdit(_("The new day"))
        self.until.set_day(system_clock().astimezone(BEIJING).date() + _WEEK)
        self.until.setMinimumHeight(px(Size.CONTROL))
        names = ((self.reason, _("Why it does not take place")), (self.allowed_by, _("Who allowed it once more")))
        for edit, name in names:
            edit.setMaxLength(_LONGEST)
            edit.setMinimumHeight(px(Size.CONTROL))
            edit.setAccessibleName(name)
            edit.textEdited.connect(self.edited)
        self._until_box = labelled(_("The new day"), self.until)
        self._allowed_box = labelled(_("Who allowed it once more"), self.allowed_by)
        line = row(
            labelled(_("Why it does not take place"), self.reason), self._until_box, self._allowed_box,
            gap=Space.INSIDE,
        )  # fmt: skip
        line.setStretch(0, 2)
        line.setStretch(2, 1)
        self._fields = QWidget()
        self._fields.setLayout(line)
        layout = column(self.told, self._fields, gap=Space.HALF)
        layout.setContentsMargins(px(Space.BETWEEN), 0, px(Space.BETWEEN), px(Space.HALF))
        self.setLayout(layout)
        self.hide()

    def refresh(self, sheet: VisitSheet, stage: Stage | None) -> None:
        """What is on record, and the fields that belong to *stage*."""
        self._stage = stage
        kinds = [one.kind for one in sheet.hindrances]
        self._is_again = stage is Stage.POSTPONED and HindranceKind.POSTPONED in kinds
        self.told.setText("\n".join(hindrance_words(one) for one in sheet.hindrances))
        self.told.setVisible(bool(kinds))
        self._fields.setVisible(stage in NOT_VISITED)
        self._until_box.setVisible(stage is Stage.POSTPONED)
        self._allowed_box.setVisible(self._is_again)
        self.setVisible(bool(kinds) or stage in NOT_VISITED)

    def is_complete(self) -> bool:
        """Whether nothing is missing that the chosen stage needs."""
        if self._stage not in NOT_VISITED:
            return True
        is_allowed = not self._is_again or bool(self.allowed_by.text().strip())
        return bool(self.reason.text().strip()) and is_allowed

    def excuse(self) -> Excuse:
        """What was filled in; nothing for a stage of a visit that takes place."""
        if self._stage not in NOT_VISITED:
            return {"reason": "", "until": None, "allowed_by": ""}
        return {
            "reason": self.reason.text().strip(),
            "until": self.until.day() if self._stage is Stage.POSTPONED else None,
            "allowed_by": self.allowed_by.text().strip() if self._is_again else "",
        }

    def clear(self) -> None:
        """It is written down."""
        self.reason.clear()
        self.allowed_by.clear()
