"""What is known about one photograph: two times, the camera, the file, its SHA-256, and what looks like it."""

from PySide6.QtWidgets import QWidget

from app.domain.onsite.visit import Slot, VisitPlan
from app.i18n import _, ngettext
from app.services.visit_resemblance import Resemblance
from app.services.visit_sheet import VisitSheet
from app.words.sizes import size_words
from ui.layouts import column
from ui.tokens import Space
from ui.visit.photos_lines import Flag, PhotoLine, claimed_words, clock_words, moment_words, photo_numbers
from ui.widgets.plain_label import PlainLabel


class PhotoFactsPanel(QWidget):
    """A few lines beside the grid; the rest is told beside the large photo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(role="reading")
        self.text = PlainLabel(role="small", is_wrapped=True, is_selectable=True)
        self.remarks = PlainLabel(role="warn", is_wrapped=True)
        self.setLayout(column(self.title, self.text, self.remarks, gap=Space.HALF))
        self.show_photo(None)

    def show_photo(self, line: PhotoLine | None, sheet: VisitSheet | None = None, *, chosen: int = 0) -> None:
        """One photo, or how many are chosen."""
        if line is None or sheet is None:
            words = ngettext("{count} photo chosen", "{count} photos chosen", chosen)
            self.title.setText(words.format(count=chosen) if chosen else _("No photo chosen"))
            self.text.setText("" if chosen else _("Choose with the mouse or the arrow keys; Enter shows one large."))
            self.remarks.hide()
            return
        self.title.setText(_("Photo {number}").format(number=line.number))
        self.text.setText("\n".join(fact_lines(line, sheet)))
        remarks = remark_lines(line, sheet)
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))


def fact_lines(line: PhotoLine, sheet: VisitSheet) -> list[str]:
    """What file and program say."""
    photo, plan = line.photo, sheet.plan
    lines = [
        _("Taken, by the device: {moment}").format(moment=claimed_words(photo)),
        _("Taken in, by this program: {moment}").format(moment=moment_words(photo.received_at)),
        _("Camera: {camera}").format(camera=photo.camera or _("no camera data")),
        _("{name} · {size}").format(name=photo.name, size=size_words(photo.size)),
    ]
    if photo.author != sheet.me:
        lines.append(_("Author: {name}").format(name=author_name(plan, photo.author)))
    if photo.orientation != 1:
        lines.append(_("Shown upright as the camera says; the file is not turned."))
    if photo.has_location:
        lines.append(_("The file says where it was taken."))
    slot = slot_of(line, plan)
    if slot is not None:
        lines.append(_("Timetable then: {slot}").format(slot=slot_words(slot)))
    return lines


def remark_lines(line: PhotoLine, sheet: VisitSheet) -> list[str]:
    """What an assessor should look at; nothing is refused for it."""
    found = []
    if Flag.MISSING in line.flags:
        found.append(_("The file of this photo is not here. Take it in again, or ask the member who has it."))
    if Flag.NO_TIME in line.flags and not line.photo.has_camera_data:
        found.append(_("No camera data: it probably came through a chat program."))
    if line.alike:
        found.append(_("Looks like photo {numbers}.").format(numbers=_(", ").join(line.alike)))
    found += [_elsewhere_words(one) for one in line.elsewhere]
    if line.tray.copy_of is not None:
        number = photo_numbers(sheet).get(line.tray.copy_of, "?")
        found.append(_("Marked copy of photo {number}.").format(number=number))
    return found


def _elsewhere_words(one: Resemblance) -> str:
    if one.is_identical:
        return _("The same picture is photo {number} of visit {code}.").format(number=one.number, code=one.code)
    return _("Looks like photo {number} of visit {code}.").format(number=one.number, code=one.code)


def slot_of(line: PhotoLine, plan: VisitPlan) -> Slot | None:
    """The line of the timetable for the moment the photo was taken."""
    return next((slot for slot in plan.timetable if slot.number == line.tray.slot), None)


def slot_words(slot: Slot) -> str:
    """“09:00–11:00 laboratory”."""
    return f"{clock_words(slot.starts_at)}–{clock_words(slot.ends_at)} {slot.what}"


def author_name(plan: VisitPlan, author: str) -> str:
    """Who took it; the code where the plan no longer names the person."""
    return next((one.name for one in plan.team if one.id == author), author)
