"""Giving a score by keys, mouse and field."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.rubric import Cap, Height, Rubric
from app.domain.scoring import Standing
from ui.layouts import column
from ui.widgets.score_entry import Unit
from ui.widgets.score_ruler import Given, ScoreRuler

KEY = Qt.Key


@pytest.fixture
def ruler(qtbot, rubric: Rubric) -> ScoreRuler:
    ruler = ScoreRuler(unit=Unit.POINTS)
    qtbot.addWidget(ruler)
    indicator = replace(next(iter(rubric.indicators)), cap=Cap("无财务佐证", 45))
    ruler.show_indicator(rubric, indicator)
    ruler.resize(360, 300)
    ruler.show()
    ruler.setFocus()
    return ruler


@pytest.fixture
def scored(ruler: ScoreRuler) -> list[Given]:
    heard: list[Given] = []
    ruler.scored.connect(heard.append)
    return heard


def test_typing_points_and_enter_gives_the_score_and_goes_on(qtbot, ruler: ScoreRuler, scored) -> None:
    with qtbot.waitSignal(ruler.finished):
        qtbot.keyClicks(ruler.field, "30")
        qtbot.keyClick(ruler.field, KEY.Key_Return)
    assert scored == [Given(Standing.GIVEN, 75)]
    assert ruler.anchors.lit() is Height.GOOD


def test_full_width_digits_are_understood(qtbot, ruler: ScoreRuler, scored, type_text) -> None:
    type_text(ruler.field, "３０")
    qtbot.keyClick(ruler.field, KEY.Key_Return)
    assert scored == [Given(Standing.GIVEN, 75)]


def test_a_pause_is_enough(qtbot, ruler: ScoreRuler, scored) -> None:
    qtbot.keyClicks(ruler.field, "30")
    assert ruler._timer.isActive()
    ruler._timer.timeout.emit()
    assert scored == [Given(Standing.GIVEN, 75)]


def test_leaving_the_field_is_enough(qtbot, ruler: ScoreRuler, scored) -> None:
    qtbot.keyClicks(ruler.field, "30")
    ruler.field.left.emit()
    assert scored == [Given(Standing.GIVEN, 75)]


def test_points_between_steps_are_answered_and_kept(qtbot, ruler: ScoreRuler, scored) -> None:
    qtbot.keyClicks(ruler.field, "31")
    with qtbot.assertNotEmitted(ruler.finished):
        qtbot.keyClick(ruler.field, KEY.Key_Return)
    assert ruler.problem() == "每档 2 分：30 或 32"
    assert ruler.field.text() == "31"
    assert scored == []


def test_a_number_on_its_way_is_not_scolded(qtbot, ruler: ScoreRuler) -> None:
    qtbot.keyClicks(ruler.field, "3")
    assert ruler.problem() == ""


def test_escape_takes_back_what_was_typed_and_nothing_else(qtbot, ruler: ScoreRuler, scored) -> None:
    ruler.show_given(Given(Standing.GIVEN, 60))
    qtbot.keyClicks(ruler.field, "9")
    qtbot.keyClick(ruler.field, KEY.Key_Escape)
    assert ruler.field.text() == "24"
    assert scored == []
    assert ruler.given() == Given(Standing.GIVEN, 60)


@pytest.mark.parametrize("part", ["field", "track"])
@pytest.mark.parametrize(
    ("key", "percent"), [(KEY.Key_Up, 65), (KEY.Key_Down, 55), (KEY.Key_PageUp, 70), (KEY.Key_PageDown, 50)]
)
def test_arrow_keys_step_and_page_keys_go_from_band_to_band(
    qtbot, ruler: ScoreRuler, scored, part: str, key: Qt.Key, percent: int
) -> None:
    ruler.show_given(Given(Standing.GIVEN, 60))
    qtbot.keyClick(getattr(ruler, part), key)
    assert scored == [Given(Standing.GIVEN, percent)]


def test_steps_end_at_nought_and_at_a_hundred(qtbot, ruler: ScoreRuler) -> None:
    qtbot.keyClick(ruler.track, KEY.Key_End)
    qtbot.keyClick(ruler.track, KEY.Key_Right)
    assert ruler.given().percent == 100
    qtbot.keyClick(ruler.track, KEY.Key_Home)
    qtbot.keyClick(ruler.track, KEY.Key_Left)
    assert ruler.given().percent == 0


def test_a_click_on_the_ruler_takes_the_nearest_step(qtbot, ruler: ScoreRuler, scored) -> None:
    place = QPoint(round(ruler.track._x(76)), ruler.track.height() // 2)
    qtbot.mouseClick(ruler.track, Qt.MouseButton.LeftButton, pos=place)
    assert scored == [Given(Standing.GIVEN, 75)]


def test_a_digit_typed_on_the_ruler_lands_in_the_field(qtbot, ruler: ScoreRuler, scored) -> None:
    ruler.track.setFocus()
    qtbot.keyClick(ruler.track, "2")
    assert ruler.field.text() == "2"


def test_a_press_on_an_anchor_text_gives_the_beginning_of_its_range(qtbot, ruler: ScoreRuler, scored) -> None:
    lines = ruler.anchors._rects(ruler.anchors.width())
    qtbot.mouseClick(ruler.anchors, Qt.MouseButton.LeftButton, pos=lines[2].center())
    assert scored == [Given(Standing.GIVEN, 70)]


@pytest.mark.parametrize(
    ("typed", "standing"),
    [
        ("-", Standing.NOT_APPLICABLE),
        ("－", Standing.NOT_APPLICABLE),
        ("?", Standing.UNJUDGED),
        ("？", Standing.UNJUDGED),
    ],
)
def test_not_applicable_and_cannot_judge_have_keys_and_are_taken_back_by_the_same(
    ruler: ScoreRuler, scored, type_text, typed: str, standing: Standing
) -> None:
    type_text(ruler.field, typed)
    type_text(ruler.field, typed)
    assert scored == [Given(standing), Given()]


def test_an_emptied_field_takes_the_score_back(qtbot, ruler: ScoreRuler, scored) -> None:
    ruler.show_given(Given(Standing.GIVEN, 60))
    ruler.field.selectAll()
    qtbot.keyClick(ruler.field, KEY.Key_Backspace)
    qtbot.keyClick(ruler.field, KEY.Key_Return)
    assert scored == [Given()]


def test_a_cap_lowers_what_is_above_it_and_stops_what_would_be(qtbot, ruler: ScoreRuler, scored) -> None:
    ruler.show_given(Given(Standing.GIVEN, 75))
    ruler._cap.click()
    assert scored == [Given(Standing.GIVEN, 45, at_cap=True)]
    qtbot.keyClick(ruler.track, KEY.Key_Right)
    assert ruler.given().percent == 45
    ruler.field.selectAll()
    qtbot.keyClicks(ruler.field, "30")
    qtbot.keyClick(ruler.field, KEY.Key_Return)
    assert ruler.problem() == "最高 45 %（18 分）：无财务佐证"


def test_the_other_unit_shows_the_same_score(qtbot, ruler: ScoreRuler, scored) -> None:
    ruler.show_given(Given(Standing.GIVEN, 75))
    with qtbot.waitSignal(ruler.unit_changed) as changed:
        ruler._units[Unit.PERCENT].click()
    assert changed.args == [Unit.PERCENT]
    assert ruler.field.text() == "75"
    assert scored == []


def test_what_the_store_repeats_does_not_disturb_typing(qtbot, ruler: ScoreRuler) -> None:
    ruler.show_given(Given(Standing.GIVEN, 60))
    ruler.field.selectAll()
    qtbot.keyClicks(ruler.field, "3")
    ruler.show_given(Given(Standing.GIVEN, 60))
    assert ruler.field.text() == "3"


def test_going_to_the_next_indicator_decides_what_was_typed(qtbot, ruler: ScoreRuler, rubric: Rubric, scored) -> None:
    qtbot.keyClicks(ruler.field, "30")
    ruler.show_indicator(rubric, list(rubric.indicators)[1])
    assert scored == [Given(Standing.GIVEN, 75)]
    assert ruler.field.text() == ""


def test_the_input_method_is_left_out(ruler: ScoreRuler) -> None:
    for part in (ruler.field, ruler.track):
        assert not part.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_tab_goes_from_the_value_straight_to_the_reason(qtbot, rubric: Rubric) -> None:
    window, ruler, reason = QWidget(), ScoreRuler(), QLineEdit()
    ruler.show_indicator(rubric, next(iter(rubric.indicators)))
    qtbot.addWidget(window)
    window.setLayout(column(ruler, reason))
    window.show()
    ruler.setFocus()
    qtbot.waitUntil(ruler.field.hasFocus)
    qtbot.keyClick(ruler.field, KEY.Key_Tab)
    assert reason.hasFocus()


def test_assistive_technology_hears_name_value_and_range(ruler: ScoreRuler) -> None:
    ruler.show_given(Given(Standing.GIVEN, 75))
    heard = QAccessible.queryAccessibleInterface(ruler.track)
    assert heard.role() == QAccessible.Role.Slider
    assert heard.text(QAccessible.Text.Name).startswith("1.1 ")
    value = heard.valueInterface()
    assert (value.currentValue(), value.minimumValue(), value.maximumValue()) == (75, 0, 100)


def test_a_sealed_score_can_be_looked_at_only(qtbot, ruler: ScoreRuler, scored) -> None:
    ruler.show_given(Given(Standing.GIVEN, 75))
    ruler.set_read_only(True)
    qtbot.keyClicks(ruler.field, "2")
    qtbot.keyClick(ruler.field, KEY.Key_Up)
    qtbot.keyClicks(ruler.field, "-")
    assert scored == []
    assert ruler.field.text() == "30"


def test_the_wheel_never_changes_a_score(qtbot, ruler: ScoreRuler, scored) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    ruler.show_given(Given(Standing.GIVEN, 75))
    here = QPointF(ruler.track.rect().center())
    turn = QWheelEvent(
        here, here, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(ruler.track, turn)
    assert scored == []
    assert ruler.given().percent == 75


def test_a_new_ruler_is_typed_into_in_per_cent_like_its_anchors(qtbot, rubric: Rubric) -> None:
    ruler, heard = ScoreRuler(), []
    qtbot.addWidget(ruler)
    ruler.scored.connect(heard.append)
    ruler.show_indicator(rubric, next(iter(rubric.indicators)))
    qtbot.keyClicks(ruler.field, "95")
    ruler.decide()
    assert heard == [Given(Standing.GIVEN, 95)]


def test_a_number_that_cannot_be_is_kept_with_its_sentence_until_it_is_mended(qtbot, ruler: ScoreRuler) -> None:
    heard: list[str] = []
    ruler.refused.connect(heard.append)
    qtbot.keyClicks(ruler.field, "95")
    ruler.field.left.emit()
    assert (ruler.field.text(), ruler.problem()) == ("95", "请输入 0 到 40 分。要按百分比输入，请点“%”")
    ruler.show_given(Given())
    assert ruler.refused_text() == "95"
    ruler.field.selectAll()
    qtbot.keyClicks(ruler.field, "30")
    ruler.decide()
    assert heard == ["95", ""]
    assert ruler.problem() == ""


def test_the_switch_reads_a_refused_number_in_the_other_unit(qtbot, ruler: ScoreRuler, scored) -> None:
    qtbot.keyClicks(ruler.field, "95")
    ruler.decide()
    ruler._units[Unit.PERCENT].click()
    assert scored == [Given(Standing.GIVEN, 95)]
    assert ruler.refused_text() == ""


def test_a_refused_number_is_put_back_and_not_given_by_being_looked_at(qtbot, ruler: ScoreRuler, scored) -> None:
    ruler.show_refused("31")
    assert (ruler.field.text(), ruler.problem()) == ("31", "每档 2 分：30 或 32")
    ruler._cap.click()
    assert ruler.field.text() == "31"
    qtbot.keyClick(ruler.field, KEY.Key_Escape)
    assert (ruler.field.text(), ruler.problem()) == ("", "")
    assert [given.percent for given in scored] == [None]


def test_the_unit_that_holds_stays_pressed(ruler: ScoreRuler) -> None:
    ruler._units[Unit.POINTS].click()
    assert ruler._units[Unit.POINTS].isChecked()
    assert not ruler._units[Unit.PERCENT].isChecked()
