"""What one set of people gets: who they are, and the visits with a tick each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.onsite.ids import VisitId
from app.i18n import _, ngettext
from app.services.exchange_values import ExchangeOffer, OfferedVisit
from app.words.exchange import amount_words
from app.words.sizes import size_words
from ui.layouts import column
from ui.plain import plain
from ui.theme import px
from ui.tokens import Size, Space
from ui.visit.meeting_section import Section
from ui.widgets.plain_label import PlainLabel


class OfferSection(Section):
    """Everything is ticked to begin with.

    Signals:
        ticked_changed: other visits are ticked.
    """

    ticked_changed = Signal()

    def __init__(self, offer: ExchangeOffer, parent: QWidget | None = None) -> None:
        others = [one for one in offer.readers if not one.is_me]
        names = [one.name for one in others if one.computers]
        super().__init__(_("For {names}").format(names=_(", ").join(names)), parent=parent)
        on_paper = [one.name for one in others if not one.computers]
        words = [_("Only the computers of this team can open it.")]
        if on_paper:
            words.append(
                _("{names} has no computer; those notes on paper are typed by the others.").format(
                    names=_(", ").join(on_paper)
                )
            )
        self.say(" ".join(words))
        self.boxes: dict[VisitId, QCheckBox] = {}
        for visit in offer.visits:
            self.body.addWidget(self._line(visit))

    def ticked(self) -> tuple[VisitId, ...]:
        """What is to be given."""
        return tuple(visit for visit, box in self.boxes.items() if box.isChecked())

    def _line(self, visit: OfferedVisit) -> QWidget:
        box = QCheckBox(plain(f"{visit.operator}  {visit.code}").replace("&", "&&"))
        box.setAccessibleName(plain(_("Give the notes of {operator}").format(operator=visit.operator)))
        box.setMinimumHeight(px(Size.ROW))
        box.setChecked(True)
        box.toggled.connect(self.ticked_changed)
        self.boxes[visit.visit] = box
        told = PlainLabel(_what(visit), role="muted", is_wrapped=True)
        told.setContentsMargins(px(Space.PAGE), 0, 0, 0)
        line = QWidget()
        line.setLayout(column(box, told, gap=Space.HALF))
        return line


def _what(visit: OfferedVisit) -> str:
    words = [amount_words(visit.notes, visit.photos)]
    if visit.size:
        words.append(size_words(visit.size))
    if visit.known:
        words.append(
            ngettext(
                "{count} more photo is with the others already",
                "{count} more photos are with the others already",
                visit.known,
            ).format(count=visit.known)
        )
    if visit.absent:
        words.append(
            ngettext(
                "{count} photo of a colleague has not come here yet",
                "{count} photos of colleagues have not come here yet",
                visit.absent,
            ).format(count=visit.absent)
        )
    return " · ".join(words)
