"""Opening and closing meeting: when, where, and who was there."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.domain.onsite.visit import Attendee, Meeting, MeetingKind
from app.i18n import _
from ui.desk.text_edit import TextEdit
from ui.layouts import column, row
from ui.tokens import Space
from ui.visit.moment_edit import MomentEdit
from ui.widgets.plain_label import PlainLabel


class MeetingForm(QWidget):
    """One meeting; left out of the plan unless it is switched on.

    Signals:
        edited: a person changed something.
    """

    edited = Signal()

    def __init__(self, kind: MeetingKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.switch = QCheckBox(_("Opening meeting") if kind is MeetingKind.OPENING else _("Closing meeting"))
        self.at = MomentEdit(_("When the meeting is"))
        self.place, self.notes = QLineEdit(), QLineEdit()
        for line, name in ((self.place, _("Room")), (self.notes, _("What was said"))):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
            line.textEdited.connect(self.edited)
        self.people = TextEdit(_("Who is there, one a line: name, post, organisation"), lines=3)
        self.people.setPlaceholderText(_("Who is there, one a line: name, post, organisation"))
        self._parts = QWidget()
        self._parts.setLayout(
            column(row(self.at, self.place, self.notes, gap=Space.INSIDE), self.people, gap=Space.HALF)
        )
        self._count = PlainLabel(role="muted")
        self.setLayout(column(row(self.switch, self._count, None), self._parts, gap=Space.HALF))
        self.switch.toggled.connect(self._parts.setVisible)
        self.switch.clicked.connect(self.edited)
        self.at.dateTimeChanged.connect(self.edited)
        self.people.typed.connect(self.edited)
        self._parts.hide()

    def show_meeting(self, meeting: Meeting | None, *, proposed: datetime) -> None:
        """Show *meeting*; *proposed*: when it would be."""
        self.at.set_moment(meeting.at if meeting else proposed)
        self.place.setText(meeting.place if meeting else "")
        self.notes.setText(meeting.notes if meeting else "")
        people = meeting.attendees if meeting else ()
        self.people.show_text("\n".join(", ".join(filter(None, (a.name, a.post, a.organisation))) for a in people))
        self.switch.setChecked(meeting is not None)
        self._count.setText(_("{count} attended").format(count=len(people)) if people else "")

    def follow(self, before: date, now: date) -> None:
        """The timetable begins or ends on *now* and no longer on *before*: a meeting of that day goes along."""
        at = self.at.moment()
        if at.date() == before != now:
            self.at.set_moment(datetime.combine(now, at.timetz()))

    def meeting(self) -> Meeting | None:
        """What was filled in; ``None`` where there is no such meeting."""
        if not self.switch.isChecked():
            return None
        people = tuple(filter(None, map(_attendee, self.people.toPlainText().splitlines())))
        return Meeting(self.kind, self.at.moment(), self.place.text().strip(), people, self.notes.text())


def _attendee(line: str) -> Attendee | None:
    """“name, post, organisation”; what is missing stays empty."""
    parts = [part.strip() for part in line.replace("，", ",").split(",", 2)]
    name, post, organisation = (*parts, "", "")[:3]
    return Attendee(name, post, organisation) if name else None
