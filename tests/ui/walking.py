"""Every screen of the program, shown once over a real desk and a real record."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.ids import ApplicationCode, CampaignId, ExpertCode, Sha256
from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.ids import EntryId, ItemId, VisitId
from app.domain.onsite.merging import EntryKind
from app.domain.review import Verdict
from app.services.exchange_errors import TeamUnknownError
from app.services.exchange_values import ExchangeOffer, ExchangeReader, LeftOut, OfferedVisit, Offers
from app.services.visit_forks import Fork, ForkedValue
from app.services.visit_meeting import AcknowledgementDraft
from app.services.visit_sheet import VisitSheet
from tests.support.desks import begin
from tests.support.forks import fork
from tests.support.record_world import RecordWorld, begin_world
from tests.support.visit_photos import picture, plan
from tests.ui.conftest import PATIENCE
from ui.clipboard import Clipboard
from ui.desk.task_place import TaskPlace
from ui.desk.window import ON_SITE, DeskWindow
from ui.errors import Teller
from ui.help.reader import HelpReader
from ui.jobs import Workers
from ui.record.tabbed_place import TabbedPlace
from ui.record.window import RecordWindow
from ui.remembered import Remembered
from ui.start.begun_page import BegunPage
from ui.start.recent import Workspace, WorkspaceKind, remember
from ui.start.start_window import StartWindow
from ui.theme import apply_theme
from ui.tokens import Theme
from ui.visit.visit_place import VisitPlace

WIDTH, HEIGHT = 1366, 690  # 768 lines less the task bar
Visit = Callable[[str, QWidget], None]


def walk(bot: QtBot, visit: Visit, *, language: str, scale: float) -> None:
    """Show every screen in *language* with letters *scale* times as large, and call *visit* with name and window."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("YOUPIN_TEST_KDF", "lowest")
        patch.setenv("YOUPIN_HOME", folder + "/home")  # what other tests had open lately must not show here
        i18n.use_language(language)
        apply_theme(application, Theme.LIGHT, scale=scale)
        try:
            _start_pages(bot, visit, Path(folder))
            _desk_places(bot, visit, Path(folder) / "desk")
            _examination(bot, visit, Path(folder) / "examination")
            _visits(bot, visit, Path(folder) / "visits")
            _empty_desk(bot, visit, Path(folder) / "empty")
            _forked(bot, visit, Path(folder) / "forked")
            _record_places(bot, visit, Path(folder) / "record")
            _help(bot, visit)
        finally:
            i18n.use_language("zh_CN")
            apply_theme(application, Theme.LIGHT, scale=1.0)


def settle(bot: QtBot, workers: Workers | None = None, *, is_idle: Callable[[], bool] = lambda: True) -> None:
    """Until nothing works any more and everything is laid out."""
    bot.waitUntil(lambda: not (workers is not None and workers.jobs) and is_idle())
    for _turn in range(8):  # a part that asks for room is heard from the inside out, one layout a turn
        QCoreApplication.sendPostedEvents()


@contextmanager
def _shown(bot: QtBot, window: QWidget) -> Iterator[None]:
    window.resize(WIDTH, HEIGHT)
    window.show()
    assert QTest.qWaitForWindowExposed(window, PATIENCE)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, PATIENCE)
    settle(bot)
    yield
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _start_pages(bot: QtBot, visit: Visit, folder: Path) -> None:
    window = StartWindow(Teller(_unheard))
    with _shown(bot, window):
        visit("start-first", window)
    opened = folder / "示例.desk"
    opened.touch()
    for location in (folder / "gone.desk", opened):
        remember(Workspace(str(location), WorkspaceKind.DESK))
    window = StartWindow(Teller(_unheard))
    pages = (window._start, window._unlock, window._desk, window._record, window._begun, window._restore)
    with _shown(bot, window):
        for page in pages:
            window._stack.setCurrentWidget(page)
            if isinstance(page, BegunPage):
                page._saved.setText("示例") if hasattr(page, "_saved") else None
            window.resize(WIDTH, HEIGHT)
            settle(bot)
            visit(f"start-{type(page).__name__}", window)


def _desk_places(bot: QtBot, visit: Visit, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    story = begin(folder, "assigned", "2026-0001", "2026-0002")
    _desk_window(bot, visit, story.desk, with_review=None)
    story._desk = None
    complete = folder / "complete"
    complete.mkdir(mode=0o700)
    story = begin(complete, "complete", "2026-0001", "2026-0002")
    _desk_window(bot, visit, story.desk, with_review=story.review)
    story._desk = None


def _examination(bot: QtBot, visit: Visit, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    story = begin(folder, "enrolled").assign_examination("2026-0001", besides="2026-0002").unlock()
    first, *_others = story.desk.answering.sheet(story.review).form.questions
    story.desk.answering.set_answer(story.review, first.id, Verdict.DOUBT)
    window = DeskWindow(story.desk, teller=Teller(_unheard), remembered=Remembered(), clipboard=Clipboard())
    with _shown(bot, window):
        place = window.show_place("D01")
        assert isinstance(place, TaskPlace)
        settle(bot, window.context.workers)
        place.open_review(story.review)
        settle(bot, window.context.workers)
        screen = place.examination()
        for show in (partial(screen.form.go_to, first.id), screen.show_opinion, screen.show_missing):
            show()
            window.resize(WIDTH, HEIGHT)
            settle(bot, window.context.workers, is_idle=lambda: window.saver.is_idle)
            visit(f"examination-{getattr(show, '__name__', first.id)}", window)
    story._desk = None


def _forked(bot: QtBot, visit: Visit, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    story = begin(folder, "complete", "2026-0001")
    fork(story)
    window = DeskWindow(story.desk, teller=Teller(_unheard), remembered=Remembered(), clipboard=Clipboard())
    with _shown(bot, window):
        place = window.show_place("D01")
        assert isinstance(place, TaskPlace)
        settle(bot, window.context.workers)
        place.compare_versions(story.review)
        window.resize(WIDTH, HEIGHT)
        settle(bot, window.context.workers)
        visit("desk-forks", window)
    story._desk = None


def _empty_desk(bot: QtBot, visit: Visit, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    story = begin(folder, "created")
    window = DeskWindow(story.desk, teller=Teller(_unheard), remembered=Remembered(), clipboard=Clipboard())
    with _shown(bot, window):
        settle(bot, window.context.workers)
        visit("desk-empty", window)
        place = window.show_place("D01")
        assert isinstance(place, TaskPlace)
        place._show(place.enrolling)
        settle(bot, window.context.workers)
        visit(f"desk-{place.screen_code()}", window)
    story._desk = None


def _visits(bot: QtBot, visit: Visit, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    story = begin(folder, "assigned", "2026-0001")
    planned = plan(story.unlock())
    planned.take(*(picture(folder / f"{number}.jpg", seed=number) for number in range(3)))
    sealed_later = AcknowledgementDraft(
        outcome=AcknowledgementOutcome.SEAL_PENDING, signed_by="示例代表", seal_due=date(2027, 1, 8)
    )
    planned.desk.visits.meeting.acknowledge(planned.visit, sealed_later)
    planned.desk.visits.evidence.limit(planned.visit, "示例：停产检修")
    window = DeskWindow(story.desk, teller=Teller(_unheard), remembered=Remembered(), clipboard=Clipboard())
    with _shown(bot, window):
        place = window.show_place(ON_SITE)
        assert isinstance(place, VisitPlace)
        settle(bot, window.context.workers)
        place.open_visit(planned.visit)
        settle(bot, window.context.workers)
        assert window.isActiveWindow()  # a part shown before it has its place is a window, and takes the keyboard
        assert place.visit is not None
        for tab in range(place.visit.bar.count()):
            place.visit.bar.setCurrentIndex(tab)
            window.resize(WIDTH, HEIGHT)
            settle(bot, window.context.workers, is_idle=lambda: window.saver.is_idle)
            visit(f"visit-{place.screen_code()}", window)
            if place.screen_code() == "D43":
                place.visit.checklist.page.record.more.click()
                settle(bot, window.context.workers)
                visit("visit-D43-details", window)
        assert place.visit.sheet is not None
        place.visit.meeting.refresh(replace(place.visit.sheet, forks=(_fork(place.visit.sheet),)))
        settle(bot, window.context.workers)
        visit("visit-D46-forks", window)
        place.show_list()
        place.plan()
        settle(bot, window.context.workers)
        visit("visit-D41", window)
        place.show_list()
        place.give()
        settle(bot, window.context.workers)
        visit("visit-D47-nobody", window)
        place.giving.show_offers(_offers())
        settle(bot, window.context.workers)
        visit("visit-D47", window)
    story._desk = None


def _fork(sheet: VisitSheet) -> Fork:
    values = ForkedValue(Sha256("a" * 64), "示例等级 — 示例理由"), ForkedValue(Sha256("b" * 64), "")
    return Fork(EntryKind.GRADE, EntryId("A1@S1"), sheet.me, ItemId("A1"), is_mine=True, values=values)


def _offers() -> Offers:
    readers = (
        ExchangeReader(ExpertCode("E0002"), "示例组员", 1, is_me=False),
        ExchangeReader(ExpertCode("E0003"), "示例纸上组员", 0, is_me=False),
    )
    visits = tuple(
        OfferedVisit(
            visit=VisitId(f"{number:032x}"),
            code=f"2026-000{number}-0001",
            application=ApplicationCode(f"2026-000{number}"),
            operator=f"示例企业{number}有限公司",
            notes=120,
            photos=118,
            size=640_000_000,
            known=2,
            absent=1,
        )
        for number in (1, 2)
    )
    why = TeamUnknownError(application="2026-0003")
    left_out = LeftOut(VisitId("f" * 32), "2026-0003-0001", why.code, why.sentence())
    return Offers((ExchangeOffer(CampaignId("2026"), readers, visits, 1),), (left_out,))


def _desk_window(bot: QtBot, visit: Visit, desk: object, *, with_review: object) -> None:
    window = DeskWindow(desk, teller=Teller(_unheard), remembered=Remembered(), clipboard=Clipboard())  # type: ignore[arg-type]
    stage = "scored" if with_review else "new"

    def look(name: str) -> None:
        window.resize(WIDTH, HEIGHT)
        settle(bot, window.context.workers, is_idle=lambda: window.saver.is_idle)
        visit(f"desk-{stage}-{name}", window)

    with _shown(bot, window):
        settle(bot, window.context.workers)
        for code in window.frame._places:
            place = window.show_place(code)
            settle(bot, window.context.workers)
            look("D12" if isinstance(place, TaskPlace) else window.frame.screen_code())
            if isinstance(place, TaskPlace) and with_review is None:
                place._show(place.declaring)
                look(place.screen_code())
                place.show_list()
            elif isinstance(place, TaskPlace):
                place.open_review(with_review)  # type: ignore[arg-type]
                look("D13")
                place.review.show_opinion()
                look("D14")
                place.review.show_missing()
                look("D15")
                place.review.more.look_back.trigger()
                look("history")
                place.review.more.phrases.shown.emit()
                look("phrases")
                place.review.more.print_pages.trigger()
                look("printing")
                place.compare()
                look("compare")
                place.show_list()


def _record_places(bot: QtBot, visit: Visit, folder: Path) -> None:
    folder.mkdir()
    world = begin_world(folder)
    _fill(world)
    window = RecordWindow(world.record, teller=Teller(_unheard), remembered=Remembered(), clipboard=Clipboard())
    with _shown(bot, window):
        for code in window.frame._places:
            place = window.show_place(code)
            settle(bot, window.workers)
            pages = [page.code for page in place._pages] if isinstance(place, TabbedPlace) else [code]
            for page in pages:
                window.show_place(page)
                window.resize(WIDTH, HEIGHT)
                settle(bot, window.workers)
                visit(f"record-{page}", window)
        window.shut_down()


def _help(bot: QtBot, visit: Visit) -> None:
    reader = HelpReader()
    size = reader.size()
    reader.show_page("D13")
    with _shown(bot, reader):
        reader.resize(size)
        settle(bot)
        visit("help-page", reader)
        reader.search.setText("package")
        reader.search.returnPressed.emit()
        bot.waitUntil(reader.found.isVisible)
        visit("help-search", reader)


def _fill(world: RecordWorld) -> None:
    made = world.enrol(3)
    codes = world.apply(4)
    world.record.assigning.assign([(desk.expert, code) for desk in made[:2] for code in codes])
    world.record.issuing.issue(world.folder / "out")


def _unheard(_message: object) -> None:
    """Nothing that is said belongs to how a screen looks."""
