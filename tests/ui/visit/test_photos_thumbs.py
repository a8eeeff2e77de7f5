"""The cache of small pictures: bounded, two questions at a time, a failure told once."""

from dataclasses import dataclass, field
from threading import Lock

import pytest
from pytestqt.qtbot import QtBot

from app.domain.ids import Sha256
from app.services.visit_errors import PhotoUnreadableError
from ui.jobs import Workers
from ui.visit.photos_thumbs import AT_ONCE, PhotoThumbs, ThumbKey


@dataclass(frozen=True)
class Plain:
    """White pixels."""

    width: int
    height: int

    @property
    def stride(self) -> int:
        return self.width * 4

    @property
    def data(self) -> bytes:
        return b"\xff" * (self.stride * self.height)


@dataclass
class Child:
    """Counts what is open at the same time."""

    broken: frozenset[Sha256] = frozenset()
    asked: list[Sha256] = field(default_factory=list)
    running: int = 0
    most: int = 0
    lock: Lock = field(default_factory=Lock)

    def __call__(self, photo: Sha256) -> "Opened":
        with self.lock:
            self.asked.append(photo)
            self.running += 1
            self.most = max(self.most, self.running)
        if photo in self.broken:
            with self.lock:
                self.running -= 1
            raise PhotoUnreadableError(file="示例.jpg")
        return Opened(self)


@dataclass
class Opened:
    child: Child

    def thumbnail(self, _page: int, *, side: int) -> Plain:
        return Plain(side, side)

    def render(self, _page: int, *, width: int, rotation: int = 0) -> Plain:
        return Plain(width, width + rotation * 0)

    def close(self) -> None:
        with self.child.lock:
            self.child.running -= 1


def keys(count: int, side: int = 10) -> list[ThumbKey]:
    return [ThumbKey(Sha256(f"{number:064x}"), side) for number in range(count)]


@pytest.fixture
def child() -> Child:
    return Child()


def test_every_wanted_picture_comes_and_few_are_asked_for_at_once(child: Child, workers: Workers, qtbot: QtBot) -> None:
    thumbs = PhotoThumbs(child, workers)
    wanted = keys(30)
    thumbs.want(wanted, who="tray")
    qtbot.waitUntil(lambda: all(thumbs.image(key) is not None for key in wanted))
    assert child.most <= AT_ONCE
    assert sorted(child.asked) == sorted(key.photo for key in wanted)


def test_the_cache_stays_within_its_bound(child: Child, workers: Workers, qtbot: QtBot) -> None:
    one = 10 * 10 * 4
    thumbs = PhotoThumbs(child, workers, most_bytes=5 * one)
    for key in keys(12):
        thumbs.want([key])
        qtbot.waitUntil(lambda key=key: thumbs.image(key) is not None)  # type: ignore[misc]
    assert sum(thumbs.image(key) is not None for key in keys(12)) == 5


def test_what_is_no_longer_wanted_is_not_asked_for(child: Child, workers: Workers, qtbot: QtBot) -> None:
    thumbs = PhotoThumbs(child, workers)
    first, last = keys(40)[:39], keys(40)[39]
    thumbs.want(first, who="tray")
    thumbs.want([last], who="tray")
    qtbot.waitUntil(lambda: thumbs.image(last) is not None and not workers.jobs)
    assert len(child.asked) <= AT_ONCE + 1


def test_a_picture_that_cannot_be_made_is_told_once_and_holds_up_nobody(workers: Workers, qtbot: QtBot) -> None:
    bad, good = keys(2)
    child = Child(broken=frozenset({bad.photo}))
    thumbs = PhotoThumbs(child, workers)
    thumbs.want([bad, good])
    qtbot.waitUntil(lambda: thumbs.image(good) is not None and thumbs.failure(bad) is not None)
    thumbs.want([bad, good])
    qtbot.waitUntil(lambda: not workers.jobs)
    assert child.asked.count(bad.photo) == 1
    thumbs.clear()
    assert thumbs.image(good) is None
    assert thumbs.failure(bad) is None
