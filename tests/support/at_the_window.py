"""An expert at the window: presses, types, points and drops as a person does, and waits until all is settled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.desk import DeskWorkspace
from app.domain.ids import ApplicationCode, Sha256
from app.domain.review import ReviewKind
from app.services.desk_views import Task
from tests.ui.conftest import PATIENCE
from ui.clipboard import Clipboard
from ui.desk.sign_bar import SignBar
from ui.desk.task_place import TaskPlace
from ui.desk.window import TASKS, DeskWindow
from ui.errors import Teller
from ui.message import Message
from ui.remembered import Remembered
from ui.viewing.viewer import Viewer

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@dataclass
class Person:
    """Somebody with a desk and its window; closing the window closes the desk."""

    desk: DeskWorkspace
    qtbot: QtBot
    said: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._teller = Teller(self.said.append)
        self.window = DeskWindow(self.desk, teller=self._teller, remembered=Remembered(), clipboard=Clipboard())
        self.qtbot.addWidget(self.window)
        self.window.resize(1366, 690)
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window, PATIENCE)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is on its way any more."""
        self.qtbot.waitUntil(lambda: not self.window.context.workers.jobs and self.window.saver.is_idle)
        QCoreApplication.sendPostedEvents()  # what came is laid out, too

    def close(self) -> None:
        """Go home."""
        self.window.close()

    # Hands

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        """A key, to whatever has the keyboard."""
        QTest.keyClick(self._keyboard(), key, modifier)

    def type(self, text: str) -> None:
        """Any characters, one key each; QTest knows the keys of Latin-1 only."""
        for character in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = ord(character.upper()) if ord(character) < 256 else 0
                QApplication.sendEvent(self._keyboard(), QKeyEvent(kind, key, NO_KEY, character))

    def click(self, part: QWidget, at: QPoint | None = None) -> None:
        """The left button, on something that can be seen and used."""
        assert part.isVisible(), part
        assert part.isEnabled(), part
        QTest.mouseClick(part, LEFT, pos=at or QPoint(min(12, part.width() // 2), part.height() // 2))
        self.settle()

    def click_on(self, words: str, within: QWidget, *, number: int = 0) -> None:
        """The button that says *words*: the first that is shown, or the one of *number*."""
        shown = [one for one in within.findChildren(QPushButton) if one.isVisible() and one.text() == words]
        assert len(shown) > number, [one.text() for one in within.findChildren(QAbstractButton) if one.isVisible()]
        self.click(shown[number])

    def draw(self, viewer: Viewer, page: int, box: tuple[int, int, int, int]) -> None:
        """Press at one corner of *box* on a page, move to the other, let go."""
        viewport = viewer.canvas.viewport()
        begin, end = (_on_screen(viewer, page, corner) for corner in (box[:2], box[2:]))
        QTest.mousePress(viewport, LEFT, pos=begin)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, LEFT, pos=end)

    def drop(self, *files: Path) -> None:
        """Drag files from the folder onto the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        action, place = Qt.DropAction.CopyAction, QPointF(300, 300)
        entering = QDragEnterEvent(place.toPoint(), action, data, LEFT, NO_KEY)
        self.window.dragEnterEvent(entering)
        assert entering.isAccepted()
        self.window.dropEvent(QDropEvent(place, action, data, LEFT, NO_KEY))
        self.settle()

    # Ways through the window

    @property
    def tasks(self) -> TaskPlace:
        """The place of tasks, gone to."""
        place = self.window.show_place(TASKS)
        assert isinstance(place, TaskPlace)
        return place

    def task(self, application: ApplicationCode, kind: ReviewKind = ReviewKind.QUALIFICATION) -> Task:
        """What the list says of one application."""
        (found,) = [one for one in self.desk.tasks.tasks() if (one.application, one.kind) == (application, kind)]
        return found

    def go_on(self) -> None:
        """The button at the top right."""
        self.click(self.window.frame._primary)

    def sign(self, bar: SignBar, passphrase: str, out: Path) -> None:
        """Type the passphrase and the file, press the button."""
        self.click(bar._passphrase._edit)
        self.type(passphrase)
        self.click(bar._target)
        bar._target.selectAll()
        self.type(str(out))
        self.click(bar._go)
        assert not bar.problem()

    def open_document(self, viewer: Viewer, sha256: Sha256) -> None:
        """Choose a document in the list."""
        documents = viewer.documents
        line = documents._documents.line_of(sha256)
        assert line is not None
        place = documents.visualRect(documents._documents.index(line)).center()
        QTest.mouseClick(documents.viewport(), LEFT, pos=place)
        self.qtbot.waitUntil(lambda: viewer.current_anchor() is not None)
        self.settle()

    def _keyboard(self) -> QWidget:
        target = self.window.focusWidget()
        assert isinstance(target, QWidget)
        return target


def _on_screen(viewer: Viewer, page: int, place: Sequence[int]) -> QPoint:
    layout = viewer.canvas._layout
    assert layout is not None
    x, y = place
    bars = viewer.canvas.horizontalScrollBar(), viewer.canvas.verticalScrollBar()
    return (layout.to_view(page, (x, y, x, y)).topLeft() - QPointF(bars[0].value(), bars[1].value())).toPoint()
