"""Who has signed the joint opinion: the leader goes on to hand in, the member signs, and the record shows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.onsite.returned import SignedBy
from app.domain.onsite.sheet_code import VisitForm
from app.services.visit_sheet import VisitSheet
from tests.support.onsite_team import Visiting, visiting
from tests.support.onsite_world import PASSPHRASE, TeamDesk, onsite
from tests.support.telephone import photographed, printed
from ui.change_hub import ChangeHub
from ui.clipboard import Clipboard
from ui.desk.context import DeskContext
from ui.desk.saver import Saver
from ui.jobs import Workers
from ui.layouts import column
from ui.remembered import Remembered
from ui.visit.cosign_section import CosignSection

__all__ = ["onsite", "visiting"]


@dataclass
class Shown:
    """The section over one desk."""

    section: CosignSection
    desk: TeamDesk
    visiting: Visiting
    settle: Callable[[], None]
    window: QWidget

    @property
    def sheet(self) -> VisitSheet:
        return self.desk.desk.visits.sheet(self.visiting.visit)

    def refresh(self) -> None:
        self.section.refresh(self.sheet)


Show = Callable[[TeamDesk], Shown]


@pytest.fixture
def show(visiting: Visiting, qtbot: QtBot) -> Iterator[Show]:
    """The section of a desk of the team, in a window of its own."""
    workers: list[Workers] = []

    def start(desk: TeamDesk) -> Shown:
        made, hub = Workers(), ChangeHub()
        workers.append(made)
        saver = Saver(made, hub)
        context = DeskContext(desk.desk, made, hub, saver, Remembered(), Clipboard())
        section = CosignSection(context, visiting.visit)
        window = QWidget()
        window.setLayout(column(section))
        qtbot.addWidget(window)
        window.resize(900, 400)
        shown = Shown(section, desk, visiting, lambda: qtbot.waitUntil(lambda: not made.jobs and saver.is_idle), window)
        shown.refresh()
        window.show()
        return shown

    yield start
    for one in workers:
        one.close()


def test_nothing_is_asked_before_the_conclusion(visiting: Visiting, show: Show) -> None:
    assert show(visiting.leader).section.isHidden()


def test_member_signs_with_the_passphrase_and_is_told_where_it_goes(visiting: Visiting, show: Show) -> None:
    visiting.conclude()
    visiting.exchange(visiting.leader, visiting.member)
    shown = show(visiting.member)
    assert shown.section.hand_in.isHidden()
    assert not shown.section.sign.isEnabled()
    shown.section.passphrase._edit.setText(PASSPHRASE)
    shown.section.sign.click()
    shown.settle()
    shown.refresh()
    assert [one.signed for one in shown.sheet.signing.lines] == [SignedBy.PACKAGE, SignedBy.DIGITAL]
    assert shown.section._signing.isHidden()
    assert not shown.section.passphrase.passphrase()


def test_page_that_comes_back_counts_for_nobody_until_the_leader_says_who_is_on_it(
    visiting: Visiting, show: Show, tmp_path: Path
) -> None:
    visiting.conclude()
    visits = visiting.leader.desk.visits
    page = tmp_path / "IMG_0002.jpg"
    page.write_bytes(photographed(printed(visits.forms.draw(visiting.visit, VisitForm.OPINION).pdf)))
    assert visits.scans.take([page]).scans[0].forms == (VisitForm.OPINION,)
    shown = show(visiting.leader)
    (box,) = shown.section.paper.values()
    assert not box.isChecked()
    assert [one.signed for one in shown.sheet.signing.lines] == [SignedBy.PACKAGE, SignedBy.MISSING]
    box.click()
    shown.settle()
    shown.refresh()
    assert box.isChecked()
    assert [one.signed for one in shown.sheet.signing.lines] == [SignedBy.PACKAGE, SignedBy.PAPER]


def test_wrong_passphrase_is_told_there_and_signs_nothing(visiting: Visiting, show: Show) -> None:
    visiting.conclude()
    visiting.exchange(visiting.leader, visiting.member)
    shown = show(visiting.member)
    shown.section.passphrase._edit.setText("别的 口令 不是 这个")
    shown.section.sign.click()
    shown.settle()
    assert not shown.section.note.isHidden()
    assert shown.sheet.signing.can_sign


def test_leader_goes_on_to_hand_in_and_signs_anew_with_a_reason(visiting: Visiting, show: Show, qtbot: QtBot) -> None:
    visiting.conclude()
    shown = show(visiting.leader)
    with qtbot.waitSignal(shown.section.hand_in_asked) as asked:
        shown.section.hand_in.click()
    assert asked.args == [(shown.sheet.review,)]
    visiting.hand_in(visiting.leader, is_sealing=True)
    shown.refresh()
    assert shown.section.hand_in.isHidden()
    visiting.acknowledge()
    shown.refresh()
    assert not shown.section.hand_in.isEnabled()
    shown.section.reason.setText("示例：盖章页已补来")
    with qtbot.waitSignal(shown.section.hand_in_asked):
        shown.section.hand_in.click()
    shown.settle()
    assert not shown.sheet.is_signed
