"""A visit that is killed in the middle: a process that types, photographs, reads and writes, and says what is safe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from app.domain.ids import ReviewId
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.ids import EntryId, ItemId, VisitId
from app.domain.task import TaskState
from tests.support.journeys_children import READY
from tests.support.visit_photos import picture

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace

TYPED, GRADED, PHOTOGRAPHED, TAKEN, GIVEN = "typed", "graded", "photographed", "taken", "given"
OPENED, SENT = "opened", "sent"
GRADED_ITEMS = tuple(map(ItemId, ("A1", "A2", "A3", "A4", "A5")))
TYPED_ITEM = ItemId("B3")
SMALL = (160, 120)


@dataclass(frozen=True, slots=True)
class Work:
    """What a process does until it is killed.

    Attributes:
        note: the record that is typed into, letter by letter.
        card: a folder for the photographs that it makes and takes in.
        arriving: files of colleagues, in the order in which they come.
        stick: a folder for the files that it writes for them.
        concluded: an on-site review whose visit is concluded; it is signed and written to *handed_in*, again and again.
    """

    desk: Path
    passphrase: str
    visit: VisitId
    note: EntryId
    card: Path
    stick: Path
    arriving: Sequence[Path]
    concluded: ReviewId
    handed_in: Path
    seed: int


def visiting(work: Work, promise: Connection) -> None:
    """Do what is done on a visit, in an order that the seed decides; promises each thing that is shown as saved."""
    from app.bootstrap.desk import open_desk

    with open_desk(work.desk, work.passphrase) as desk:
        acts = _Acts(desk, work)
        promise.send(READY)
        for said in acts.run():
            promise.send(said)


class _Acts:
    def __init__(self, desk: "DeskWorkspace", work: Work) -> None:
        self._desk, self._work = desk, work
        self._chance = Random(work.seed)
        self._text = ""
        self._arriving = iter(work.arriving)
        self._items = cycle(GRADED_ITEMS)
        self._numbers = count(work.seed * 1000)

    def run(self) -> Iterator[tuple[str, str]]:
        """One act after the other."""
        acts = (self._type, self._type, self._type, self._grade, self._photograph, self._take, self._give, self._open)
        while True:
            act = self._chance.choice(acts)
            yield act()
            if act == self._open:
                yield self._hand_in()

    def _type(self) -> tuple[str, str]:
        from app.services.visit_notes import RecordDraft

        self._text = (self._text + chr(0x4E00 + next(self._numbers) % 500))[-60:]
        draft = RecordDraft(item=TYPED_ITEM, methods=(Method.RECORD,), seen=self._text)
        self._desk.visits.notes.record(self._work.visit, draft, entry=self._work.note)
        return TYPED, self._text

    def _grade(self) -> tuple[str, str]:
        grade, item = self._chance.choice((Grade.STRONG, Grade.CONFORM, Grade.MINOR, Grade.MAJOR)), next(self._items)
        self._desk.visits.notes.grade(self._work.visit, item, grade)
        return GRADED, f"{item}={grade}"

    def _photograph(self) -> tuple[str, str]:
        number = next(self._numbers)
        file = picture(self._work.card / f"{number}.jpg", seed=number, size=SMALL)
        self._desk.visits.photos.take(self._work.visit, [file])
        return PHOTOGRAPHED, file.name

    def _take(self) -> tuple[str, str]:
        file = next(self._arriving, None)
        if file is None:
            return self._type()
        self._desk.importing.import_files([file])
        return TAKEN, file.name

    def _open(self) -> tuple[str, str]:
        """A review that was signed before is opened once more."""
        (task,) = (one for one in self._desk.tasks.tasks() if one.review == self._work.concluded)
        if task.state is not TaskState.COMPLETE:
            self._desk.scoring.revise(task.review, f"示例更正 {next(self._numbers)}")
            return OPENED, str(task.revision + 1)
        return OPENED, str(task.revision)

    def _hand_in(self) -> tuple[str, str]:
        out = self._work.handed_in / f"{next(self._numbers)}.youpin"
        self._desk.sealing.seal([self._work.concluded], passphrase=self._work.passphrase, out=out)
        return SENT, out.name

    def _give(self) -> tuple[str, str]:
        out = self._work.stick / f"{next(self._numbers)}.youpin"
        self._desk.exchange.give(out, passphrase=self._work.passphrase)
        return GIVEN, out.name


def backing_up(desk: Path, passphrase: str, visit: VisitId, card: Path, promise: Connection) -> None:
    """Take a photograph and make a backup, again and again; promises the name of each backup that is there."""
    from app.bootstrap.desk import open_desk

    with open_desk(desk, passphrase) as opened:
        promise.send(READY)
        for number in range(10_000):
            file = picture(card / f"{len(list(card.iterdir()))}.jpg", seed=number, size=(1600, 1200), quality=95)
            opened.visits.photos.take(visit, [file])
            promise.send(opened.backups.back_up().path.name)
