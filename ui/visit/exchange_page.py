"""One's notes for the team, onto a stick: for whom, of which visits, how much; then the passphrase and one button."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QWidget

from app.domain.onsite.ids import VisitId
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.services.exchange_values import ExchangeWritten, Offers
from app.words.sizes import size_words
from ui.desk.context import DeskContext
from ui.desk.sign_bar import SignBar
from ui.jobs import Lane
from ui.layouts import column, hairline, row
from ui.message import Gravity, Message
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.exchange_offer import OfferSection
from ui.visit.meeting_touch import enlarge, is_large
from ui.widgets.plain_label import PlainLabel

_KEY = "exchange"


class ExchangePage(QWidget):
    """Reads again each time somebody comes here.

    Signals:
        back_asked: to the list.
        message_raised: for the strip.
        failed: an error for the teller.
    """

    back_asked = Signal()
    message_raised = Signal(object)
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sections: tuple[OfferSection, ...] = ()
        self._left_out: list[PlainLabel] = []
        self.back = QPushButton(_("All visits"))
        set_role(self.back, "quiet")
        self.about = PlainLabel(role="muted", is_wrapped=True)
        self.sign = SignBar(_("Sign and write"), is_folder=True)
        self._body = column(gap=Space.BETWEEN)
        self._build()
        self.back.clicked.connect(self.back_asked)
        self.sign.asked.connect(self._on_asked)

    def begin(self) -> None:
        """Look what can be given now."""
        self._context.saver.flush()
        self.sign.propose_folder()
        self.sign.forget()
        self.sign.set_ready(is_ready=False)
        self._context.workers.run(
            self._load, lane=Lane.DATABASE, is_quiet=True, done=self._on_read, failed=self._on_load_failed
        )

    def first_focus(self) -> QWidget:
        """Where the keyboard comes in."""
        return self.back

    def _build(self) -> None:
        page = QWidget()
        page.setLayout(column(self._body, None))
        page.setMaximumWidth(px(Size.READING_WIDTH) * 2)
        inner = QWidget()
        line = row(page, None, margin=Space.BETWEEN)
        line.setStretchFactor(page, 100)
        inner.setLayout(line)
        self._scroll = QScrollArea()
        set_role(self._scroll, "reading")  # the keyboard scrolls it, and is seen there
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._scroll.setMinimumHeight(px(Size.ROW) * 3)  # the list gives way before the button does
        head = row(self.back, self.about, gap=Space.INSIDE)
        head.setStretchFactor(self.about, 1)
        foot = column(self.sign)
        for part in (head, foot):
            part.setContentsMargins(px(Space.BETWEEN), px(Space.HALF), px(Space.BETWEEN), px(Space.HALF))
        layout = column(head, hairline(), self._scroll, hairline(), foot, gap=0)
        layout.setStretchFactor(self._scroll, 1)
        self.setLayout(layout)

    def _load(self, _progress: Progress) -> Offers:
        return self._context.desk.exchange.offers()

    def show_offers(self, offers: Offers) -> None:
        """Show *offers* in place of whatever was shown; everything is ticked."""
        for part in (*self.sections, *self._left_out):
            self._body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.sections = tuple(OfferSection(offer) for offer in offers.offers)
        reasons = [_("{code}: {sentence}").format(code=one.code, sentence=one.sentence) for one in offers.left_out]
        self._left_out = [PlainLabel(reason, role="warn", is_wrapped=True) for reason in reasons]
        for section in self.sections:
            section.ticked_changed.connect(self._refresh)
        for part in (*self.sections, *self._left_out):
            self._body.addWidget(part)
        enlarge(self, is_large=is_large(self._context))
        self._refresh()

    def _on_read(self, offers: object) -> None:
        if isinstance(offers, Offers):
            self.show_offers(offers)

    def _refresh(self) -> None:
        wanted = self._wanted()
        self.sign.set_ready(is_ready=bool(wanted))
        if not self.sections:
            self.about.setText(_("There is nothing to give: see below why."))
        elif len(self.sections) > 1:
            self.about.setText(
                _("Teams differ, so each gets a file of its own: nobody receives a visit of another team.")
            )
        else:
            self.about.setText(_("The others drop the file onto their window; then send theirs back the same way."))

    def _wanted(self) -> tuple[VisitId, ...]:
        return tuple(visit for section in self.sections for visit in section.ticked())

    def _on_asked(self) -> None:
        self.sign.set_busy(is_busy=True)
        self._context.workers.run(  # photographs take their time; what is typed meanwhile is saved at once
            partial(self._give, self.sign.target(), self._wanted(), self.sign.passphrase()),
            title=_("Writing the notes for the team"),
            lane=Lane.OTHER,
            done=self._on_given,
            failed=self._on_failed,
            cancelled=self._on_cancelled,
        )

    def _give(self, out: Path, visits: tuple[VisitId, ...], passphrase: str, progress: Progress) -> ExchangeWritten:
        return self._context.desk.exchange.give(out, passphrase=passphrase, visits=visits, progress=progress)

    def _on_given(self, written: object) -> None:
        if not isinstance(written, ExchangeWritten):
            return
        self.sign.set_busy(is_busy=False)
        self.sign.forget()
        names = _(", ").join(one.file.name for one in written.files)
        words = _("Written and read back: {names} ({size}). Give the stick to the others of the team.").format(
            names=names, size=size_words(sum(one.size for one in written.files))
        )
        if written.damaged:
            words += " " + _("Damaged and not given: photos {numbers}. Take them from the card again.").format(
                numbers=_(", ").join(str(one.number) for one in written.damaged)
            )
        gravity = Gravity.WARN if written.damaged else Gravity.GOOD
        self.message_raised.emit(Message(words, gravity, key=_KEY))
        self.back_asked.emit()

    def _on_failed(self, error: Exception) -> None:
        self.sign.set_busy(is_busy=False)
        if isinstance(error, UserFacingError):
            self.sign.say(error.sentence())
        else:
            self.failed.emit(error)

    def _on_load_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self.back_asked.emit()

    def _on_cancelled(self) -> None:
        self.sign.set_busy(is_busy=False)
