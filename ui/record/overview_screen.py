"""The overview: what was sent, what came back, what waits, and the one next step with its article."""

from typing import ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QWidget

from app.i18n import N_, _, ngettext
from ui.layouts import column, hairline, row
from ui.record.context import RecordContext
from ui.record.screen import RecordScreen
from ui.record.standing import Standing, Step, standing_of
from ui.record.words import last_day
from ui.state import State, Tone
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_chip import StateChip

_TITLES: Final = {
    Step.INTAKE: N_("Take in applications"),
    Step.EXPERTS: N_("Enrol experts"),
    Step.ASSIGNMENT: N_("Form panels"),
    Step.ISSUE: N_("Send the work out"),
    Step.IMPORT: N_("Take signed reviews back"),
    Step.RESULTS: N_("Look at the results"),
}
_ARTICLES: Final = {
    Step.INTAKE: N_("Articles 8 and 9"),
    Step.EXPERTS: N_("Articles 9 and 13"),
    Step.ASSIGNMENT: N_("Article 13"),
    Step.ISSUE: N_("Article 13"),
    Step.IMPORT: N_("Article 13"),
    Step.RESULTS: N_("Article 13"),
}
_DONE: Final = State("✓", "")


class OverviewScreen(RecordScreen):
    """Figures side by side, then the ladder of steps.

    Signals:
        step_chosen: a :class:`Step` the person wants to work on.
        standing_read: the :class:`Standing` that is shown now.
    """

    step_chosen = Signal(object)
    standing_read = Signal(object)
    watched: ClassVar[frozenset[str]] = frozenset(
        {"applications", "experts", "assignments", "packages", "tray", "results"}
    )

    is_always_fresh: ClassVar[bool] = True  # the rail counts what waits, wherever the person is

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.standing: Standing | None = None
        self._action = QAction(self)
        self._action.triggered.connect(self._on_next)
        self._sent, self._back, self._settled, self._open = (_Figure() for _number in range(4))
        self._attention = PlainLabel(role="warn", is_wrapped=True)
        self._lines = {step: _StepLine(step) for step in Step}
        for line in self._lines.values():
            line.chosen.connect(self.step_chosen)
        self._build()

    def about(self) -> str:
        campaign = self.context.record.campaign
        status = "" if campaign.rubric.is_official else _("unofficial rubric")
        return " · ".join(part for part in (campaign.name, status) if part)

    def primary_action(self) -> QAction | None:
        return self._action if self.standing else None

    def reload(self) -> None:
        record = self.context.record
        self.read(lambda: standing_of(record), self._on_read)

    def _build(self) -> None:
        figures = row(self._sent, self._back, self._settled, self._open, gap=Space.PAGE)
        for place in range(figures.count()):
            figures.setStretch(place, 1)
        ladder = QGridLayout()
        ladder.setHorizontalSpacing(px(Space.BETWEEN))
        ladder.setVerticalSpacing(0)
        for number, step in enumerate(Step):
            self._lines[step].place(ladder, number)
        ladder.setColumnStretch(3, 1)
        inner = QWidget()
        set_role(inner, "page")
        inner.setLayout(
            column(
                PlainLabel(_("Sent, returned, in the record"), role="muted"),
                figures,
                self._attention,
                hairline(),
                PlainLabel(_("Step by step"), role="muted"),
                ladder,
                None,
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inner)
        self.setLayout(column(scroll))

    def _on_read(self, standing: Standing) -> None:
        self.standing = standing
        self._sent.show_figure(standing.sent, _("reviews sent out"), _sent_words(standing))
        self._back.show_figure(standing.back, _("came back"), _back_words(standing))
        self._settled.show_figure(standing.settled, _("in the record"), _settled_words(standing))
        self._open.show_figure(standing.open, _("still outside"), _deadline_words(standing))
        attention = _attention(standing)
        self._attention.setText(attention)
        self._attention.setVisible(bool(attention))
        now = standing.next_step()
        for step, line in self._lines.items():
            line.show_standing(standing, is_now=step is now)
        self._action.setText(_next_words(standing, now))
        self.header_changed.emit()
        self.standing_read.emit(standing)

    def _on_next(self) -> None:
        if self.standing is not None:
            self.step_chosen.emit(self.standing.next_step())


class _Figure(QWidget):
    """One large number with what it counts."""

    def __init__(self) -> None:
        super().__init__()
        self._number, self._what = PlainLabel(role="figure"), PlainLabel()
        self._more = PlainLabel(role="small", is_wrapped=True)
        self.setLayout(column(self._number, self._what, self._more, None, gap=0))

    def show_figure(self, number: int, what: str, more: str) -> None:
        self._number.setText(str(number))
        self._number.setAccessibleName(f"{number} {what}")
        self._what.setText(what)
        self._more.setText(more)


class _StepLine(QWidget):
    """One rung of the ladder: state, title, where it stands, article, way in."""

    chosen = Signal(object)

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._step = step
        self._chip = StateChip()
        self._title = PlainLabel(_(_TITLES[step]))
        self._words = PlainLabel(role="muted")
        self._article = PlainLabel(_(_ARTICLES[step]), role="small")
        self._button = QPushButton(_("Open"))
        set_role(self._button, "quiet")
        self._button.setAccessibleName(_("Open: {title}").format(title=_(_TITLES[step])))
        self._button.clicked.connect(self._on_clicked)

    def place(self, grid: QGridLayout, number: int) -> None:
        """Put the parts into line *number* of the ladder."""
        for place, part in enumerate((self._chip, self._title, self._article, self._words, self._button)):
            grid.addWidget(part, number, place)
        grid.setRowMinimumHeight(number, px(Space.PAGE + Space.BETWEEN))

    def show_standing(self, standing: Standing, *, is_now: bool) -> None:
        if is_now:
            self._chip.show_state(State("●", _("Next step"), Tone.ACTIVE))
        elif standing.is_done(self._step):
            self._chip.show_state(State("✓", _("Done so far"), Tone.GOOD))
        else:
            self._chip.show_state(State("○", _("Open step"), Tone.NEUTRAL))
        self._words.setText(_step_words(self._step, standing))

    def _on_clicked(self) -> None:
        self.chosen.emit(self._step)


def _next_words(standing: Standing, step: Step) -> str:
    if step is Step.IMPORT and standing.waiting:
        return ngettext("Decide {count} file", "Decide {count} files", standing.waiting).format(count=standing.waiting)
    return _(_TITLES[step])


def _step_words(step: Step, standing: Standing) -> str:
    match step:
        case Step.INTAKE:
            words = ngettext("{count} application", "{count} applications", standing.applications)
            return words.format(count=standing.applications)
        case Step.EXPERTS:
            words = ngettext("{count} expert", "{count} experts", standing.experts).format(count=standing.experts)
            if not standing.without_device:
                return words
            lacking = _("{count} without a valid device").format(count=standing.without_device)
            return f"{words} · {lacking}"
        case Step.ASSIGNMENT:
            if standing.applications and standing.unassigned:
                return _("{count} applications have no expert yet").format(count=standing.unassigned)
            return _("{count} assignments").format(count=standing.assigned)
        case Step.ISSUE:
            return _("{sent} sent, {left} to send").format(sent=standing.sent, left=standing.to_send)
        case Step.IMPORT:
            return _("{back} of {sent} back, {waiting} to decide").format(
                back=standing.back, sent=standing.sent, waiting=standing.waiting
            )
        case Step.RESULTS:
            return _("{count} signed reviews count").format(count=standing.signed)


def _sent_words(standing: Standing) -> str:
    if standing.to_send:
        return _("{count} more are assigned and not sent").format(count=standing.to_send)
    return _("Everything assigned has been sent") if standing.sent else _("Nothing has been sent yet")


def _back_words(standing: Standing) -> str:
    return _("{count} of them wait for a decision").format(count=standing.held) if standing.held else ""


def _settled_words(standing: Standing) -> str:
    return _("{signed} signed, {excused} recused or abstained").format(signed=standing.signed, excused=standing.excused)


def _deadline_words(standing: Standing) -> str:
    if standing.deadline_at is None:
        return ""
    return _("Deadline {date}").format(date=last_day(standing.deadline_at))


def _attention(standing: Standing) -> str:
    lines = []
    if standing.waiting:
        lines.append(_("! {count} files wait in the tray for a decision.").format(count=standing.waiting))
    if standing.dismissable:
        words = ngettext(
            "{count} refused file lies in the tray. It cannot be taken; put it away there when you have read why.",
            "{count} refused files lie in the tray. They cannot be taken; put them away there when you have read why.",
            standing.dismissable,
        )
        lines.append(words.format(count=standing.dismissable))
    lines += [
        _("! Package {seq} of device {device} never arrived. Ask the expert to send it again.").format(
            seq=one.seq, device=one.device
        )
        for one in standing.missing[:5]
    ]
    return "\n".join(lines)
