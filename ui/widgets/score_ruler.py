"""Giving one indicator its score: by typing, by clicking, or by arrow keys. The heart of the review screen.

The ruler asks; it keeps nothing. Every score it hears of is handed up as a :class:`Given` and comes back, saved,
through :meth:`ScoreRuler.show_given`.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QToolButton, QWidget

from app.domain.rubric import Indicator, IndicatorType, Rubric
from app.domain.scoring import Standing
from app.errors import UserFacingError
from app.i18n import _
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.anchor_list import AnchorList
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel, plain, plain_tool_tip
from ui.widgets.score_entry import Unit, parse_entry
from ui.widgets.score_track import ScoreTrack
from ui.widgets.value_edit import ValueEdit

UNITS: Final = (Unit.PERCENT, Unit.POINTS)
PAUSE_MS: Final = 400  # typing has paused: what is there is meant


@dataclass(frozen=True, slots=True)
class Given:
    """What an expert gave. No standing means: nothing yet."""

    standing: Standing | None = None
    percent: int | None = None
    at_cap: bool = False


class ScoreRuler(QWidget):
    """Track, field, “not applicable”, “cannot judge”, the cap, and the four anchor texts.

    Signals:
        scored: a :class:`Given` the person decided on.
        previewed: a step (or ``None``) while the value still moves.
        unit_changed: the person prefers to type in the other :class:`Unit`.
        finished: Enter; go on to the reason.
        refused: what stands in the field cannot be a score, word for word; empty once it is mended or given up.
    """

    refused = Signal(str)
    scored = Signal(object)
    previewed = Signal(object)
    unit_changed = Signal(object)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None, *, unit: Unit = Unit.PERCENT) -> None:
        super().__init__(parent)
        self._rubric: Rubric | None = None
        self._indicator: Indicator | None = None
        self._given = Given()
        self._unit = unit
        self.track, self.field, self.anchors = ScoreTrack(), ValueEdit(), AnchorList()
        self._refused = ""
        self._units = {unit: self._mark_button(unit.sign, _("Type in {unit}").format(unit=unit.sign)) for unit in UNITS}
        self._equals = PlainLabel(role="muted")
        self._void = {
            Standing.NOT_APPLICABLE: self._mark_button(_("Not applicable"), _("Not applicable  -")),
            Standing.UNJUDGED: self._mark_button(_("Cannot judge"), _("Cannot judge; give a reason  ?")),
        }
        self._line = PlainLabel(role="small")
        self._cap = QCheckBox()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._build()
        self._wire()

    def show_indicator(self, rubric: Rubric, indicator: Indicator, *, dimension: int = 0) -> None:
        """Get ready for *indicator*; *dimension* (0 to 5) gives the hue. What was typed before is decided first."""
        self._decide()
        self._refused = ""
        self._rubric, self._indicator = rubric, indicator
        self.track.show_indicator(rubric, indicator, dimension=dimension)
        self.anchors.show_anchors(indicator.anchors, rubric.step_percent)
        self.field.setAccessibleName(f"{indicator.number} {plain(indicator.name)}")
        cap = indicator.cap
        self._cap.setVisible(cap is not None)
        if cap is not None:
            points = indicator.weight * cap.max_percent // 100
            words = _("{condition}: at most {percent} % ({points} points)").format(
                condition=plain(cap.condition), percent=cap.max_percent, points=points
            )
            self._cap.setText(words.replace("&", "&&"))
        self._given = Given()
        self._reserve(indicator.weight)
        self._show()

    def show_given(self, given: Given) -> None:
        """Show what the store holds. Something half typed stays while the store says nothing new."""
        if given != self._given:
            typed, place = self.field.text() if self._refused else "", self.field.cursorPosition()
            self._given = given
            self._show()
            if typed:
                self.show_refused(typed)
                self.field.setCursorPosition(place)

    def show_refused(self, typed: str) -> None:
        """Put back what was typed here before and could not be taken, with the sentence that says why."""
        self.field.setText(typed)
        self.field.setModified(True)
        percent = self._parsed()
        if percent is not None:
            self._preview(percent)  # typed in the other unit before: shown as it is read now, taken when it is left
        else:
            self._decide()

    def give_up(self) -> None:
        """Forget what was typed and not taken; show what the store holds."""
        self._timer.stop()
        self._forget_refused()
        self._show()

    def given(self) -> Given:
        """What is shown and decided."""
        return self._given

    def set_unit(self, unit: Unit) -> None:
        """How numbers without a unit are read from now on."""
        if unit is not self._unit:
            self._decide()
            self._unit = unit
            if self._refused:
                self._show_unit()
                self._decide()  # the other unit may have been meant
            else:
                self._show()

    def set_read_only(self, is_read_only: bool) -> None:
        """A sealed review can be looked at."""
        self.field.setReadOnly(is_read_only)
        for part in (self.track, self._cap, *self._void.values()):
            part.setEnabled(not is_read_only)

    def decide(self) -> None:
        """What stands in the field is meant: hand it up now, because somebody goes elsewhere."""
        self._decide()

    def problem(self) -> str:
        """What is wrong with what stands in the field; empty if nothing is."""
        return self._line.text() if self._line.property("role") == "bad" else ""

    def refused_text(self) -> str:
        """What stands in the field and could not be taken; empty if nothing does."""
        return self._refused

    def _mark_button(self, words: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setToolTip(plain_tool_tip(tip))
        button.setCheckable(True)
        set_role(button, "segment")
        return button

    def _build(self) -> None:
        self.field.setFixedWidth(px(Size.SCORE_FIELD))
        for button in (*self._units.values(), self._cap, *self._void.values()):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab: value, reason, evidence, next indicator
        values = FlowLayout(gap=px(Space.HALF))  # large letters put the two that give no value below the value
        for parts in ((self.field, *self._units.values(), self._equals), tuple(self._void.values())):
            together = QWidget()
            together.setLayout(row(*parts, gap=Space.HALF))
            values.addWidget(together)
        self.setLayout(column(self.track, values, self._line, self._cap, self.anchors, gap=Space.HALF))
        self.setFocusProxy(self.field)

    def _wire(self) -> None:
        self._timer.timeout.connect(self._on_pause)
        self.track.previewed.connect(self._preview)
        self.track.picked.connect(self._pick)
        self.track.typed.connect(self._on_typed_elsewhere)
        self.anchors.picked.connect(self._pick)
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self._on_return)
        self.field.left.connect(self._decide)
        self.field.given_up.connect(self.give_up)
        self.field.stepped.connect(self._on_stepped)
        self.field.banded.connect(self._on_banded)
        self.field.marked.connect(self._mark)
        for unit, button in self._units.items():
            button.clicked.connect(partial(self._on_unit, unit))
        self._cap.clicked.connect(self._on_cap)
        self._void[Standing.NOT_APPLICABLE].clicked.connect(self._on_not_applicable)
        self._void[Standing.UNJUDGED].clicked.connect(self._on_unjudged)

    def _on_edited(self, _text: str) -> None:
        self._timer.start()
        percent = self._parsed()
        if percent is not None:
            self._preview(percent)

    def _on_pause(self) -> None:
        self._decide()

    def _on_return(self) -> None:
        self._decide()
        if not self.problem():
            self.finished.emit()

    def _on_typed_elsewhere(self, text: str) -> None:
        self.field.setFocus()
        self.field.selectAll()
        self.field.insert(text)
        self.field.setModified(True)
        self._on_edited(self.field.text())

    def _on_stepped(self, steps: int) -> None:
        self._pick(self.track.stepped(steps))

    def _on_banded(self, bands: int) -> None:
        self._pick(self.track.banded(bands))

    def _on_unit(self, unit: Unit) -> None:
        if unit is not self._unit:
            self.set_unit(unit)
            self.unit_changed.emit(unit)
        self._show_unit()  # a press on the one that holds already would leave it unchecked
        self.field.setFocus()

    def _on_cap(self, holds: bool) -> None:
        percent = self._given.percent
        cap = self._indicator.cap if self._indicator else None
        lowered = min(percent, cap.max_percent) if holds and cap and percent is not None else percent
        typed = self._refused
        self._give(Given(self._given.standing, lowered, holds))
        if typed:
            self.show_refused(typed)
        elif lowered != percent:
            self._say(_("Lowered from {before} % to the cap").format(before=percent), "warn")

    def _on_not_applicable(self) -> None:
        self._mark(Standing.NOT_APPLICABLE)

    def _on_unjudged(self) -> None:
        self._mark(Standing.UNJUDGED)

    def _mark(self, standing: Standing) -> None:
        if self.field.isReadOnly():
            return
        self._timer.stop()
        is_taken_back = self._given.standing is standing
        self._give(Given(None if is_taken_back else standing, None, self._given.at_cap))

    def _pick(self, percent: int) -> None:
        if not self.field.isReadOnly():
            self._timer.stop()
            self._give(Given(Standing.GIVEN, percent, self._given.at_cap))

    def _decide(self) -> None:
        """What stands in the field is meant: hand it up, or say why it cannot be."""
        self._timer.stop()
        if not self.field.isModified() or self._rubric is None or self._indicator is None:
            return
        try:
            entry = parse_entry(
                self.field.text(), self._rubric, self._indicator, unit=self._unit, is_capped=self._given.at_cap
            )
        except UserFacingError as problem:
            self._say(problem.sentence(), "bad")
            self._refused = self.field.text()
            self.refused.emit(self._refused)
            return
        standing = None if entry.percent is None else Standing.GIVEN
        self._give(Given(standing, entry.percent, self._given.at_cap))

    def _parsed(self) -> int | None:
        if self._rubric is None or self._indicator is None:
            return None
        try:
            return parse_entry(self.field.text(), self._rubric, self._indicator, unit=self._unit).percent
        except UserFacingError:
            return None  # not yet; “3” on the way to “30”

    def _give(self, given: Given) -> None:
        is_new = given != self._given
        self._given = given
        self._forget_refused()
        self._show()
        if is_new:
            self.scored.emit(given)

    def _forget_refused(self) -> None:
        if self._refused:
            self._refused = ""
            self.refused.emit("")

    def _preview(self, percent: int) -> None:
        self.track.show_value(percent, is_void=False, is_capped=self._given.at_cap)
        self.anchors.light(percent)
        self._tell_value(percent)
        self.previewed.emit(percent)

    def _show(self) -> None:
        given, weight = self._given, self._indicator.weight if self._indicator else 0
        is_void = given.standing in self._void
        self.track.show_value(given.percent, is_void=is_void, is_capped=given.at_cap)
        self.anchors.light(given.percent)
        shown = given.percent
        if shown is not None and self._unit is Unit.POINTS:
            shown = weight * shown // 100
        is_to_be_typed_over = self.field.hasFocus() and self.field.selectedText() == self.field.text()
        self.field.setText("" if shown is None else str(shown))
        self.field.setModified(False)
        if is_to_be_typed_over:  # a value that comes out of the store a moment later as well
            self.field.selectAll()
        self._show_unit()
        for standing, button in self._void.items():
            button.setChecked(given.standing is standing)
        self._cap.setChecked(given.at_cap)
        self._tell_value(given.percent)
        self.previewed.emit(given.percent)

    def _show_unit(self) -> None:
        for unit, button in self._units.items():
            button.setChecked(unit is self._unit)

    def _reserve(self, weight: int) -> None:
        """Room for the longest that is said beside the field, so that nothing moves while somebody types."""
        longest = (_equals(unit, weight, 100) for unit in UNITS)
        self._equals.setMinimumWidth(max(map(self._equals.fontMetrics().horizontalAdvance, longest)))

    def _tell_value(self, percent: int | None) -> None:
        weight = self._indicator.weight if self._indicator else 0
        self._equals.setText(_equals(self._unit, weight, percent))
        self.track.setAccessibleDescription(self._equals.text())
        self._say(self._band_words(percent), "small")

    def _band_words(self, percent: int | None) -> str:
        if self._given.standing in self._void and percent is None:
            return _("Counts neither as zero nor at all; the total is taken over the rest.")
        if percent is None or self._rubric is None or self._indicator is None:
            return ""
        band = self._rubric.band_of(percent)
        return band.process if self._indicator.type is IndicatorType.PROCESS else band.result

    def _say(self, words: str, role: str) -> None:
        is_problem = role == "bad"
        self._line.setText(words)
        set_role(self._line, role)
        if self.field.property("problem") != is_problem:
            self.field.setProperty("problem", is_problem)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)


def _equals(unit: Unit, weight: int, percent: int | None) -> str:
    """What the number in the field comes to in the other unit."""
    if percent is None:
        return _("of {weight}").format(weight=weight) if unit is Unit.POINTS else ""
    if unit is Unit.POINTS:
        return _("of {weight} = {percent} %").format(weight=weight, percent=percent)
    return _("= {points} of {weight} points").format(points=weight * percent // 100, weight=weight)
