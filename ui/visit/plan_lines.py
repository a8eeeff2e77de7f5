"""Lines of a plan that are added, filled and taken away: a site, a person, an hour of the timetable."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.clock import BEIJING
from app.domain.onsite.ids import ItemId, MemberId, SiteId
from app.domain.onsite.visit import Member, Role, Site, Slot
from app.i18n import _
from app.services.visit_planning import ME
from ui.icons import Icon, icon
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.meeting_parts import DayEdit
from ui.visit.moment_edit import ClockEdit
from ui.widgets.plain_label import PlainLabel

_SPAN: Final = re.compile(r"([A-Za-z]+)(\d+)\s*[-–~至]\s*(?:\1)?(\d+)")
_ROLES: Final = tuple(Role)


class PlanLine(QWidget):
    """One line.

    Signals:
        removed: this line goes away.
        edited: something in it was changed by a person.
    """

    removed = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.remove = QToolButton()
        self.remove.setIcon(icon(Icon.CLOSE))
        self.remove.setAccessibleName(_("Take this line out"))
        self.remove.setToolTip(_("Take this line out"))
        self.remove.setFixedWidth(px(Size.CONTROL))
        self.remove.setMinimumHeight(px(Size.CONTROL))
        self.remove.clicked.connect(self.removed)

    def field(self, name: str, text: str, width: int = 0) -> QLineEdit:
        """A field that is called *name* and shows it while it is empty."""
        line = QLineEdit(text)
        line.setAccessibleName(name)
        line.setPlaceholderText(name)
        if width:
            line.setMaximumWidth(px(width))
        line.textEdited.connect(self.edited)
        return line

    def is_blank(self) -> bool:
        """Whether nothing was filled in: such a line is left out of the plan."""
        raise NotImplementedError


class SiteLine(PlanLine):
    """One site."""

    def __init__(self, site: Site | None = None) -> None:
        super().__init__()
        self.id = site.id if site else None
        self.name = self.field(_("Name of the site"), site.name if site else "")
        self.address = self.field(_("Address"), site.address if site else "")
        self.setLayout(row(self.name, self.address, self.remove, gap=Space.INSIDE))

    def is_blank(self) -> bool:
        return not self.name.text().strip()

    def site(self, number: int) -> Site:
        """The site; a new one gets *number*."""
        return Site(self.id or SiteId(f"S{number}"), self.name.text().strip(), self.address.text().strip())


class MemberLine(PlanLine):
    """One person; without an expert's code one whose paper somebody else types."""

    def __init__(self, member: Member | None = None, *, me: MemberId | None = None) -> None:
        super().__init__()
        self._member, self._is_me = member, member is not None and member.id == me
        self.name = self.field(_("Name"), member.name if member else "")
        self.employer = self.field(_("Employer"), member.employer if member else "")
        code = member.id if member is not None and member.has_desk and member.id != ME else ""
        self.code = self.field(_("Expert code; empty: on paper"), code, Size.READING_WIDTH // 2)
        self.code.setEnabled(not self._is_me)
        self.role = QComboBox()
        self.role.setAccessibleName(_("Role"))
        for role in _ROLES:
            self.role.addItem(role_words(role), role)
        self.role.setCurrentIndex(_ROLES.index(member.role if member else Role.MEMBER))
        self.role.activated.connect(self.edited)
        self.remove.setEnabled(not self._is_me)
        self.setLayout(row(self.name, self.role, self.employer, self.code, self.remove, gap=Space.INSIDE))

    def is_blank(self) -> bool:
        return not self.name.text().strip()

    def member(self, paper: MemberId) -> Member:
        """The person; one without a desk who is new is called *paper*."""
        code = self.code.text().strip()
        before = self._member
        if before is not None and (self._is_me or not code):  # known to the office by the number, also on paper
            number, has_desk = before.id, self._is_me and before.has_desk
        else:
            number, has_desk = (MemberId(code), True) if code else (paper, False)
        return Member(
            number, self.name.text().strip(), Role(self.role.currentData()), has_desk, self.employer.text().strip()
        )


class SlotLine(PlanLine):
    """One line of the timetable, on one day."""

    def __init__(self, slot: Slot, sites: Sequence[tuple[SiteId, str]]) -> None:
        super().__init__()
        self._members = slot.members
        self.day = DayEdit(_("Day"))
        self.starts, self.ends = ClockEdit(), ClockEdit()
        self.site = QComboBox()
        self.site.setAccessibleName(_("Site"))
        self.what = self.field(_("What is looked at"), slot.what)
        self.items = self.field(_("Items, e.g. A1-A7 B3"), " ".join(slot.items), Size.READING_WIDTH // 2)
        there, until = slot.starts_at.astimezone(BEIJING), slot.ends_at.astimezone(BEIJING)
        self.day.set_day(there.date())
        for edit, name, moment in ((self.starts, _("From"), there), (self.ends, _("Until"), until)):
            edit.setDisplayFormat("HH:mm")
            edit.lineEdit().setTextMargins(px(Space.INSIDE), 0, 0, 0)
            edit.setAccessibleName(name)
            edit.setTime(QTime(moment.hour, moment.minute))
            edit.timeChanged.connect(self.edited)
        self.day.dateChanged.connect(self.edited)
        self.show_sites(sites, slot.site)
        self.site.activated.connect(self.edited)
        line = row(self.day, self.starts, self.ends, self.site, self.what, self.items, self.remove, gap=Space.INSIDE)
        line.setStretchFactor(self.what, 1)
        self.setLayout(line)

    def is_blank(self) -> bool:
        return not self.what.text().strip()

    def show_sites(self, sites: Sequence[tuple[SiteId, str]], chosen: SiteId | None = None) -> None:
        """Offer *sites*."""
        wanted = chosen or self.site.currentData()
        self.site.clear()
        for number, name in sites:
            self.site.addItem(plain(name), number)
        self.site.setCurrentIndex(max(0, self.site.findData(wanted)))
        self.site.setVisible(len(sites) > 1)

    def slot(self, number: int, members: Sequence[MemberId]) -> Slot:
        """The line as *number* of the timetable; *members*: who goes there where nobody was named before."""
        day = self.day.day()
        known = tuple(one for one in self._members if one in members)
        site = SiteId(str(self.site.currentData()))
        return Slot(
            number, site, _moment(day, self.starts.time()), _moment(day, self.ends.time()), self.what.text().strip(),
            items_in(self.items.text()), known or tuple(members),
        )  # fmt: skip


L = TypeVar("L", bound=PlanLine)


class PlanLines(QWidget, Generic[L]):
    """A head, the lines, and the button that adds one.

    Signals:
        edited: a line was added, changed or taken out.
    """

    edited = Signal()

    def __init__(self, title: str, verb: str, make: Callable[[], L], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self.lines: list[L] = []
        self.add = QPushButton(verb)
        set_role(self.add, "quiet")
        self._column: QVBoxLayout = column(gap=Space.HALF)
        self.setLayout(column(PlainLabel(title, role="reading"), self._column, row(self.add, None), gap=Space.HALF))
        self.add.clicked.connect(self._on_add)

    def show_lines(self, lines: Sequence[L]) -> None:
        """*lines*, in place of those before."""
        for line in self.lines:
            self._drop(line)
        self.lines = []
        for line in lines:
            self.append(line)

    def append(self, line: L) -> None:
        """One line more."""
        self.lines.append(line)
        self._column.addWidget(line)
        line.edited.connect(self.edited)
        line.removed.connect(lambda: self._on_removed(line))

    def filled(self) -> list[L]:
        """The lines that say something."""
        return [line for line in self.lines if not line.is_blank()]

    def _drop(self, line: L) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _on_add(self) -> None:
        line = self._make()
        self.append(line)
        first = line.findChild(QLineEdit)
        if isinstance(first, QLineEdit):
            first.setFocus()
        self.edited.emit()

    def _on_removed(self, line: L) -> None:
        self.lines.remove(line)
        self._drop(line)
        self.add.setFocus()
        self.edited.emit()


def role_words(role: Role) -> str:
    """Who somebody is on a visit."""
    words = {
        Role.LEADER: _("team leader"),
        Role.MEMBER: _("member"),
        Role.LIAISON: _("liaison"),
        Role.OBSERVER: _("observer"),
    }
    return words[role]


def items_in(text: str) -> tuple[ItemId, ...]:
    """“A1-A3, B2” as A1, A2, A3 and B2."""

    def spread(found: re.Match[str]) -> str:
        first, last = int(found[2]), int(found[3])
        return " ".join(f"{found[1]}{number}" for number in range(first, min(last, first + 99) + 1))

    words = re.split(r"[\s,，、;；]+", _SPAN.sub(spread, text).strip())
    return tuple(dict.fromkeys(ItemId(word.upper()) for word in words if word))


def day_after(moment: datetime) -> date:
    """The day after *moment*, in Beijing."""
    return (moment.astimezone(BEIJING) + timedelta(days=1)).date()


def _moment(day: date, clock: QTime) -> datetime:
    return datetime.combine(day, time(clock.hour(), clock.minute()), BEIJING)
