"""Notes from a colleague who should not have sent them, or that were changed on the way: nothing of them is taken."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.crypto import suite
from app.domain.ids import ExpertCode, Sha256
from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import ItemId, MemberId, VisitId
from app.domain.onsite.merging import Entry, EntryKind
from app.packages import canonical
from app.packages.description import Description
from app.packages.exchange_payloads import EXCHANGE, ExchangePayload, NoteEntry, NotesPayload, notes_path, photo_path
from app.packages.writer import PackageFile
from app.services import package_output
from tests.support.exchanging import give, note, plan, state
from tests.support.onsite_world import PASSPHRASE, OnSiteWorld, TeamDesk, onsite
from tests.support.visit_photos import picture

__all__ = ["onsite"]
Files = dict[str, PackageFile]


@dataclass
class Pair:
    """A leader whose visit a member has, and who hands out something that was tampered with before signing."""

    leader: TeamDesk
    member: TeamDesk
    visit: VisitId
    patch: pytest.MonkeyPatch

    def forged(self, who: TeamDesk, files: Callable[[Files], None], description: dict[str, Any] | None = None) -> Path:
        """A file of *who*, signed by *who*, with other contents than the program would give it."""
        write = package_output.write_package

        def writing(target: Any, described: Description, **more: Any) -> Any:
            held = {one.path: one for one in more["files"]}
            files(held)
            changed = msgspec.structs.replace(described, **(description or {}))
            return write(target, changed, **(more | {"files": list(held.values())}))

        with self.patch.context() as patch:
            patch.setattr(package_output, "write_package", writing)
            return give(who)


@pytest.fixture
def pair(onsite: OnSiteWorld, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Pair:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    visit = plan(leader, application)
    leader.desk.visits.photos.take(visit, [picture(tmp_path / "1.jpg", seed=1)])
    member.take(give(leader))
    note(leader, visit, "示例所见")
    leader.desk.visits.photos.take(visit, [picture(tmp_path / "2.jpg", seed=2)])
    return Pair(leader, member, visit, monkeypatch)


def data_of(file: PackageFile) -> bytes:
    with file.source() as source:
        return source.read()


def json_file(path: str, value: Any) -> PackageFile:
    return PackageFile.from_bytes(path, "application/json", data=canonical.encode(value))


def _swapped(files: Files) -> None:
    for path in [one for one in files if "/photos/" in one]:
        files[path] = PackageFile.from_bytes(path, "image/jpeg", data=b"another picture")


def _unlisted(files: Files) -> None:
    path = next(one for one in files if "/photos/" in one)
    data = b"nobody wrote of this one"
    added = path.rsplit("/", 1)[0] + "/" + suite.digest_hex(data)
    files[added] = PackageFile.from_bytes(added, "image/jpeg", data=data)


def _without_notes(files: Files) -> None:
    del files[next(path for path in files if path.endswith("notes.json"))]


def _other_file(files: Files) -> None:
    files["visits/readme.txt"] = PackageFile.from_bytes("visits/readme.txt", "text/plain", data=b"x")


def _other_expert(files: Files) -> None:
    top = canonical.decode(data_of(files[EXCHANGE]), ExchangePayload)
    files[EXCHANGE] = json_file(EXCHANGE, replace(top, expert=ExpertCode("E0099")))


@pytest.mark.parametrize("change", [_swapped, _unlisted, _without_notes, _other_file, _other_expert])
def test_file_that_does_not_hold_what_it_says_is_refused_whole(pair: Pair, change: Callable[[Files], None]) -> None:
    before = state(pair.member, pair.visit)
    assert pair.member.take(pair.forged(pair.leader, change)) == ["incomplete"]
    assert state(pair.member, pair.visit) == before
    assert pair.member.take(give(pair.leader)) == ["new"]
    assert state(pair.member, pair.visit) == state(pair.leader, pair.visit)


def test_file_that_was_altered_or_cut_on_the_way_is_refused_whole(pair: Pair, tmp_path: Path) -> None:
    before, data = state(pair.member, pair.visit), give(pair.leader).read_bytes()
    middle = len(data) // 2
    for number, changed in enumerate(
        (data[:-1], data[:middle], data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    ):
        file = tmp_path / f"{number}.youpin"
        file.write_bytes(changed)
        assert pair.member.take(file) == ["damaged"]
    assert state(pair.member, pair.visit) == before


def test_signer_who_is_not_on_the_team_is_refused(onsite: OnSiteWorld) -> None:
    leader, member, former = (onsite.join(name) for name in ("组长", "组员", "前组员"))
    (application,) = onsite.send_team(leader, member, former)
    visit = plan(leader, application)
    for one in (member, former):
        one.take(give(leader))
    note(former, visit, "示例所见")
    file = give(former)
    onsite.record.record.assigning.recall(former.expert, application, reason="示例")
    member.take(*onsite.issue()[member.expert])
    before = state(member, visit)
    (refused,) = member.desk.importing.import_files([file]).packages
    assert refused.outcome == "unknown_signer"
    assert application in refused.sentence
    assert state(member, visit) == before


def test_package_of_another_campaign_is_refused(pair: Pair) -> None:
    file = pair.forged(pair.leader, lambda _files: None, {"campaign_id": "2031"})
    assert pair.member.take(file) == ["unassigned"]


def test_member_cannot_write_for_others_or_decide_for_the_leader(pair: Pair) -> None:
    leader, member, visit = pair.leader, pair.member, pair.visit
    leader.desk.visits.notes.grade(visit, ItemId("A1"), Grade.CONFORM)
    leader.desk.visits.meeting.agree(visit, ItemId("A1"), grade=Grade.CONFORM, reason="示例理由")
    member.take(give(leader))
    note(member, visit, "示例所见")
    before = leader.desk.visits.merging.bundle(visit).entries
    theirs = [one for one in before if one.author == leader.expert]

    def forging(files: Files) -> None:
        path = notes_path(visit)
        notes = canonical.decode(data_of(files[path]), NotesPayload)
        forged = [_as_note(one, revision=99) for one in theirs]
        forged += [_as_note(one, revision=99, author=member.expert) for one in theirs if one.kind in _ANYBODYS]
        entries = (*notes.entries, *forged)
        files[path] = json_file(path, replace(notes, entries=entries))

    assert leader.take(pair.forged(member, forging)) == ["new"]
    after = leader.desk.visits.merging.bundle(visit).entries
    assert {one for one in after if one.author == leader.expert} == set(theirs)
    assert {one.kind for one in set(after) - set(before)} == {EntryKind.RECORD}


_ANYBODYS = frozenset({EntryKind.CONSENSUS, EntryKind.PLAN})


def _as_note(entry: Entry, *, revision: int, author: str | None = None) -> NoteEntry:
    return replace(NoteEntry.of(entry), revision=revision, author=MemberId(author or entry.author))


def test_visits_of_another_team_are_not_given_to_a_desk_even_by_its_leader(pair: Pair) -> None:
    world = pair.leader.world
    other = world.join("另一组员")
    (application,) = world.send_team(pair.leader, other)
    foreign = plan(pair.leader, application)
    folder = world.folder / "盘"
    folder.mkdir()
    files = [one.file for one in pair.leader.desk.exchange.give(folder, passphrase=PASSPHRASE).files]
    assert sorted(pair.member.take(*files)) == ["new", "not_for_you"]
    assert foreign not in {one.visit for one in pair.member.desk.visits.all()}
    assert [one.visit for one in other.desk.visits.all()] == []


def test_photo_of_another_name_is_not_kept(pair: Pair) -> None:
    def renamed(files: Files) -> None:
        path = next(one for one in files if "/photos/" in one)
        data = data_of(files.pop(path))
        name = photo_path(pair.visit, Sha256("ab" * 32))
        files[name] = PackageFile.from_bytes(name, "image/jpeg", data=data)

    assert pair.member.take(pair.forged(pair.leader, renamed)) == ["incomplete"]
