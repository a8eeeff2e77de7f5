"""The team's meeting: what differs, who dissents, what the applicant acknowledged, and the conclusion."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.domain.onsite.ids import VisitId
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.layouts import column, row
from ui.theme import px
from ui.tokens import Size, Space
from ui.visit.acknowledge_section import AcknowledgementSection
from ui.visit.conclude_section import ConclusionSection
from ui.visit.cosign_section import CosignSection
from ui.visit.limited_section import LimitedSection
from ui.visit.meeting_differences import DifferenceSection
from ui.visit.meeting_dissent import DissentSection
from ui.visit.meeting_forks import ForkSection
from ui.visit.meeting_touch import enlarge, is_large

_WIDEST = 2  # times the width that reads well


class MeetingTab(QScrollArea):
    """One column, in the order of the meeting.

    Signals:
        changed: never needed: whatever is written here is told to the hub.
        item_wanted: an item of the checklist to go to.
        hand_in_asked: the on-site review to tick for signing.
    """

    changed = Signal()
    item_wanted = Signal(str)
    hand_in_asked = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._goes_on = False  # to the signatures, as soon as they are shown
        self.forks = ForkSection(context, visit)
        self.differences = DifferenceSection(context, visit)
        self.dissent = DissentSection(context, visit)
        self.acknowledgement = AcknowledgementSection(context, visit)
        self.limited = LimitedSection(context, visit)
        self.conclusion = ConclusionSection(context, visit)
        self.signing = CosignSection(context, visit)
        self._sections = (
            self.forks, self.differences, self.dissent, self.acknowledgement, self.limited, self.conclusion,
            self.signing,
        )  # fmt: skip
        page = QWidget()
        page.setLayout(column(*self._sections, None, gap=Space.BETWEEN))
        page.setMaximumWidth(px(Size.READING_WIDTH) * _WIDEST)
        self._inner, self._line = QWidget(), row(page, None, margin=Space.BETWEEN)
        self._line.setStretchFactor(page, 100)
        self._inner.setLayout(self._line)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.conclusion.item_wanted.connect(self.item_wanted)
        self.conclusion.concluded.connect(self._on_concluded)
        self.signing.hand_in_asked.connect(self.hand_in_asked)

    def attach_seal(self) -> None:
        """Bring the seal that is to come into view and take its sheet in."""
        self._bring(self.acknowledgement)
        self.acknowledgement.seal_sheet.take.setFocus()
        self.acknowledgement.seal_sheet.take.click()

    def go_to_signing(self) -> None:
        """Bring the signatures into view, with the keyboard on the next step."""
        self._bring(self.signing)
        self.signing.take_keyboard()

    def _bring(self, section: QWidget) -> None:
        """The head of *section* to the top, as far as there is room below it."""
        self._line.activate()
        self.verticalScrollBar().setValue(section.mapTo(self._inner, section.rect().topLeft()).y())

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what is typed stays."""
        for section in self._sections:
            section.refresh(sheet)
        enlarge(self, is_large=is_large(self._context))
        self._go_on()

    def _on_concluded(self) -> None:
        self._goes_on = True
        self._go_on()

    def _go_on(self) -> None:
        if self._goes_on and not self.signing.isHidden():
            self._goes_on = False
            self.go_to_signing()
