"""The main job, done by one expert at the window: three dossiers in two parts, and a correction in the middle."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.evidence import Anchor
from app.domain.ids import ApplicationCode, IndicatorId, Sha256
from app.domain.outcome import Outcome
from app.domain.task import TaskState
from app.i18n import _
from app.services.desk_views import ReviewSheet
from tests.support import journeys, stranger_files
from tests.support.at_the_window import Person
from tests.support.intake_material import write_files
from tests.support.journeys import PASSPHRASE, Campaign
from tests.support.rubrics import write_short_rubric
from tests.support.searchable import chinese_pdf
from tests.ui.conftest import _dressed, _gui_garbage, qtbot
from ui.desk.hand_in_place import HandInPlace
from ui.desk.review_screen import ReviewScreen
from ui.desk.task_place import TaskPlace
from ui.desk.window import HAND_IN, TASKS

__all__ = ["_dressed", "_gui_garbage", "qtbot"]
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
REPORT = "检测报告.pdf"

pytestmark = pytest.mark.timeout(300)  # about fifteen seconds on a computer that has nothing else to do


def dossier(number: int) -> dict[str, bytes]:
    """Words to search for, a report, and a photograph that makes the hand-out too large for one part."""
    return {
        "申请书.pdf": chinese_pdf([f"示例企业{number}申请书", "产品获创新奖一项", "末页"]),
        REPORT: chinese_pdf([f"检测报告{number}：抗拉强度合格"]),
        "照片.png": stranger_files.noise(260_000, seed=number),
    }


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """One expert, three applications, handed out in two parts."""
    folder = tmp_path_factory.mktemp("window")
    rules = write_short_rubric(folder / "规则.yaml")
    made = journeys.build(folder / "评审", experts=1, applications=3, dossier=dossier, max_mb=1, rubric=rules)
    assert len(made.assigned()) == 2
    return made


@dataclass
class Story:
    """The expert, the campaign, and the files that were handed in."""

    person: Person
    campaign: Campaign
    files: list[Path] = field(default_factory=list)

    @property
    def screen(self) -> ReviewScreen:
        view = self.person.window._views[TASKS]
        assert isinstance(view, TaskPlace)
        return view.review

    @property
    def hand_in(self) -> HandInPlace:
        place = self.person.window.show_place(HAND_IN)
        assert isinstance(place, HandInPlace)
        return place

    def sheet(self, application: ApplicationCode) -> ReviewSheet:
        return self.person.desk.scoring.sheet(self.person.task(application).review)

    def states(self) -> list[TaskState]:
        return [task.state for task in self.person.desk.tasks.tasks()]

    def document(self, application: ApplicationCode, name: str) -> Sha256:
        documents = self.person.desk.viewing.documents(self.person.task(application).review)
        return next(one.document.sha256 for one in documents if one.document.name == name)

    def out(self, name: str) -> Path:
        return self.campaign.folder / name

    # What the expert does

    def declare(self) -> None:
        declaring = self.person.tasks.declaring
        self.person.click(declaring._rest)
        self.person.sign(declaring._sign, PASSPHRASE, self.out("回执.youpin"))
        self.files.append(self.out("回执.youpin"))

    def open(self, application: ApplicationCode) -> None:
        tasks = self.person.tasks
        if tasks._stack.currentWidget() is not tasks.list:
            self.person.press(Qt.Key.Key_Left, ALT)
            self.person.settle()
        tasks.list.select(self.person.task(application).review)
        tasks.list.table.view.setFocus()
        self.person.press(Qt.Key.Key_Return)
        self.person.settle()
        self.person.qtbot.waitUntil(lambda: self.screen.viewer.current_anchor() is not None)

    def find(self, words: str) -> None:
        self.person.press(Qt.Key.Key_F, CONTROL | SHIFT)
        self.person.type(words)
        self.person.qtbot.waitUntil(lambda: self.screen.search.list.count() > 0)
        self.person.press(Qt.Key.Key_F3)
        self.person.settle()

    def mark_words(self, page: int, first: int, last: int) -> None:
        viewer = self.screen.viewer
        self.person.qtbot.waitUntil(lambda: bool(viewer.loader.words(page)))
        words = viewer.loader.words(page)
        assert words is not None
        (left, top, right, bottom), (x0, y0, x1, y1) = words[first].box, words[last].box
        self.person.draw(viewer, page, ((left + right) // 2, (top + bottom) // 2, (x0 + x1) // 2, (y0 + y1) // 2))

    def attach(self) -> None:
        self.person.press(Qt.Key.Key_E, CONTROL)
        self.person.settle()

    def score(self, application: ApplicationCode, *, percent: int, why: str = "", upto: int | None = None) -> None:
        """Type a value and *why* for every indicator, or for the first *upto* of them."""
        indicators = [one.id for one in self.sheet(application).rubric.indicators]
        for indicator in indicators[:upto]:
            self.screen.go_to(IndicatorId(indicator))
            self.person.type(str(percent))
            self.person.press(Qt.Key.Key_Return)
            if why:
                self.person.type(why)
        self.person.settle()

    def conclude(self) -> None:
        screen = self.screen
        screen.show_opinion()
        opinion = screen.opinion
        self.person.click(opinion._yes)
        for edit, words in ((opinion.strengths, "检测能力完整。"), (opinion.concerns, "售后数据只有一年。")):
            edit.setFocus()
            self.person.type(words)
        self.person.settle()

    def check_and_sign(self) -> None:
        """Through the self-check to the hand-in: the scores without evidence are left as they are."""
        self.person.go_on()
        missing = self.screen.missing
        if missing.isVisible():
            if missing.self_check._all.isVisible():
                self.person.click(missing.self_check._all)
                self.person.qtbot.waitUntil(lambda: not missing.self_check._all.isVisible())
            while left := len(self.leaving()):
                self.person.click(self.leaving()[0])
                self.person.qtbot.waitUntil(lambda before=left: len(self.leaving()) < before)
            self.person.go_on()
        assert self.person.window.frame.current_code() == HAND_IN

    def leaving(self) -> list[QPushButton]:
        lines = self.screen.missing.self_check._widgets
        return [one for line in lines for one in line.findChildren(QPushButton) if one.text() == _("Leave as it is")]

    def sign(self, name: str) -> None:
        self.person.sign(self.hand_in.sign, PASSPHRASE, self.out(name))
        self.files.append(self.out(name))
        assert self.out(name).exists()


def test_a_review_season_at_the_window(issued: Campaign, tmp_path: Path, qtbot: QtBot) -> None:
    campaign = issued.copy_to(tmp_path / "评审")
    one, two, three = campaign.applications
    person = Person(campaign.open_desk(), qtbot)
    story = Story(person, campaign)
    takes_both_parts(story)
    story.open(one)
    first, second, *_rest = (each.id for each in story.sheet(one).rubric.indicators)
    reads_and_anchors(story, one, first)
    person.open_document(story.screen.viewer, story.document(one, REPORT))
    story.screen.go_to(second)
    story.attach()
    story.score(one, percent=75, why="见第二页")
    story.conclude()
    looks_at_the_self_check(story, one)
    story.check_and_sign()
    story.open(two)
    story.score(two, percent=50)
    story.conclude()
    story.check_and_sign()
    story.open(three)
    story.score(three, percent=60, upto=3)
    tick_all(story)
    story.sign("交回-1.youpin")
    assert story.states() == [TaskState.SENT, TaskState.SENT, TaskState.SCORING]
    person.drop(*corrected(campaign, one))
    confirms_what_was_touched(story, one, second)
    story.check_and_sign()
    story.sign("交回-2.youpin")
    story.open(three)
    story.score(three, percent=60)
    story.conclude()
    story.check_and_sign()
    story.sign("交回-3.youpin")
    assert set(story.states()) == {TaskState.SENT}
    person.close()
    declared, *rest = story.files
    orders = [[*order] for order in permutations(rest)]
    for place, order in enumerate(orders):
        order.insert(place % 4, declared)
    (end,) = {arrived(campaign, order, tmp_path / f"到达 {place}") for place, order in enumerate(orders)}
    assert end == ((one, 750, 2), (two, 500, 1), (three, 600, 1))


def takes_both_parts(story: Story) -> None:
    """The first part opens nothing before it is declared, and not everything after; the second brings the rest."""
    first, second = story.campaign.assigned()
    story.person.drop(first)
    story.declare()
    assert set(story.states()) == {TaskState.PART_MISSING}
    story.person.drop(second)
    assert set(story.states()) == {TaskState.UNSCORED}


def reads_and_anchors(story: Story, application: ApplicationCode, indicator: IndicatorId) -> None:
    """Search, select words, draw a rectangle on a photograph: both stand beside the indicator."""
    story.find("创新")
    viewer = story.screen.viewer
    assert (viewer.sha256(), viewer.canvas.page()) == (story.document(application, "申请书.pdf"), 2)
    story.screen.go_to(indicator)
    story.mark_words(2, 0, 3)
    story.attach()
    story.person.open_document(viewer, story.document(application, "照片.png"))
    story.person.draw(viewer, 1, (40, 40, 160, 120))
    story.attach()
    words, box = story.sheet(application).draft.entry(indicator).evidence
    assert (words.page, words.words) == (2, "产品获创")
    assert box.box is not None
    story.screen.form.evidence.chips()[0].click()
    story.person.qtbot.waitUntil(lambda: viewer.canvas.page() == 2)


def looks_at_the_self_check(story: Story, application: ApplicationCode) -> None:
    """One remark is gone to; the others wait."""
    assert story.sheet(application).missing == ()
    story.person.go_on()
    assert story.screen.screen_code() == "D15"
    story.person.click_on(_("Go and look"), story.screen.missing.self_check)
    assert story.screen.screen_code() in {"D13", "D14"}


def confirms_what_was_touched(story: Story, application: ApplicationCode, indicator: IndicatorId) -> None:
    """The score that rests on the old report is named; opened again, confirmed, it rests on the new one."""
    correction = story.person.task(application).correction
    assert correction is not None
    assert [item.indicator for item in correction.touched] == [indicator]
    story.open(application)
    assert story.screen.corrections.notice.isVisible()
    story.person.click(story.screen.notice._open)
    story.person.click(story.screen.corrections.notice.look)
    story.person.click_on(_("Stands"), story.screen.corrections.list)
    assert story.person.task(application).correction is None
    evidence = story.sheet(application).draft.entry(indicator).evidence
    assert evidence == (Anchor(story.document(application, REPORT), page=1),)


def tick_all(story: Story) -> None:
    """Back in the list of what is finished, with a tick on each."""
    ready = story.hand_in.ready
    story.person.settle()
    for number in range(ready.view.count()):
        ready.view.setFocus()
        ready.view.setCurrentRow(number)
        if ready.view.item(number).checkState() is not Qt.CheckState.Checked:
            story.person.press(Qt.Key.Key_Space)
    assert len(ready.ticked()) == ready.view.count() == 2


def corrected(campaign: Campaign, application: ApplicationCode) -> list[Path]:
    """The applicant sends another report; the secretariat takes it in and hands out what is new."""
    write_files(campaign.dossiers / "1", {REPORT: chinese_pdf(["检测报告1（更正）：抗拉强度合格"])})
    with campaign.open_record() as record:
        taken = record.intake.take(record.intake.check(campaign.table, campaign.dossiers))
        assert taken.extended == (application,)
        return [one.file for one in record.issuing.issue(campaign.folder / "更正").packages]


def arrived(campaign: Campaign, files: Sequence[Path], folder: Path) -> tuple[tuple[str, Fraction, int], ...]:
    """What the record says after the files came in that order; what was judged on the dossier as it was is taken."""
    copy = campaign.copy_to(folder)
    with copy.open_record() as record:
        for file in files:
            record.importing.import_files([file])
        for held in record.tray.entries():
            if held.outcome is Outcome.RECALLED_ASSIGNMENT:
                record.tray.decide(held.sha256, take=True, reason="示例：评的是更正前的材料，另有新的一版")
        assert not record.tray.entries()
        assert record.verification.verify().is_ok
        return tuple(
            (found.application, expert.total, len(record.results.history(expert.review)))
            for found in record.results.results()
            for expert in found.experts
        )
