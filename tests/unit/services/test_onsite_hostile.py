"""What nobody should hand in about a visit: other grades, other photographs, other people's signatures (Art. 14)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from app.crypto.certificates import CertifiedKey
from app.crypto.signing import sign_detached
from app.domain.ids import ExpertCode, Sha256
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.opinion import FrozenOpinion, SignedOpinion
from app.packages import canonical
from app.packages.onsite_payloads import PhotoList, VisitNotes
from app.packages.payloads import HandInPayload
from app.packages.writer import PackageFile
from app.services import desk_hand_in, visit_notebook
from app.services.visit_notebook import ONLY, Notebook
from app.storage.record.visit_tables import VisitRevisionRow
from tests.support.onsite_team import Visiting

Change = Callable[[PackageFile], PackageFile]


def _bytes(file: PackageFile) -> bytes:
    with file.source() as source:
        return source.read()


def _with(file: PackageFile, data: bytes) -> PackageFile:
    return PackageFile.from_bytes(file.path, file.media, data=data, application=file.application)


def _handed_in(visiting: Visiting, monkeypatch: pytest.MonkeyPatch, change: Change) -> list[str]:
    """Sign with a desk that packs something else than it should."""
    write = desk_hand_in.unnamed_package

    def altered(target: Any, description: Any, *, files: Sequence[PackageFile], **more: Any) -> Any:
        return write(target, description, files=[change(file) for file in files], **more)

    with monkeypatch.context() as patch:
        patch.setattr(desk_hand_in, "unnamed_package", altered)
        handed_in = visiting.hand_in(visiting.leader, is_sealing=True)
    return visiting.take(handed_in)


def _changed(name: str, kind: type[Any], change: Callable[[Any], Any]) -> Change:
    def act(file: PackageFile) -> PackageFile:
        if not file.path.endswith(name):
            return file
        return _with(file, canonical.encode(change(canonical.decode(_bytes(file), kind))))

    return act


def _without_last_entry(notes: VisitNotes) -> VisitNotes:
    return replace(notes, entries=notes.entries[:-1])


def _says_it_was_sent(photos: PhotoList) -> PhotoList:
    return PhotoList((), photos.here, ())


def _says_nothing(_photos: PhotoList) -> PhotoList:
    return PhotoList((), (), ())


def _swapped(file: PackageFile) -> PackageFile:
    return _with(file, b"another picture") if "/photos/" in file.path else file


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (_changed("/opinion.json", SignedOpinion, lambda one: replace(one, now=Conclusion.FAIL)), "damaged"),
        (_changed("/visit.json", VisitNotes, _without_last_entry), "incomplete"),
        (_changed("/photos.json", PhotoList, _says_it_was_sent), "incomplete"),
        (_changed("/photos.json", PhotoList, _says_nothing), "incomplete"),
        (_swapped, "damaged"),
    ],
)
def test_package_that_contradicts_itself_is_not_taken(
    visiting: Visiting, monkeypatch: pytest.MonkeyPatch, change: Change, outcome: str
) -> None:
    visiting.conclude()
    assert _handed_in(visiting, monkeypatch, change) == [outcome]
    assert visiting.result().facts is None
    assert visiting.world.record.record.verification.verify().is_ok


def test_opinion_that_does_not_follow_from_the_notes_is_not_taken_although_it_is_signed(
    visiting: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    visiting.conclude()
    honest = visit_notebook.opinion_of
    with monkeypatch.context() as patch:
        patch.setattr(
            visit_notebook, "opinion_of", lambda *given: replace(honest(*given), total="100/1", opinion="示例")
        )
        handed_in = visiting.hand_in(visiting.leader, is_sealing=True)
    assert visiting.take(handed_in) == ["incomplete"]


def _cosigned(visiting: Visiting) -> None:
    visiting.conclude()
    visiting.exchange(visiting.leader, visiting.member)
    visiting.member.desk.visits.cosigning.sign(visiting.visit, passphrase=visiting.passphrase)


def test_signature_below_other_words_is_refused(visiting: Visiting, monkeypatch: pytest.MonkeyPatch) -> None:
    _cosigned(visiting)
    visiting.exchange(visiting.member, visiting.leader)
    other = _changed("/opinion.json", SignedOpinion, lambda one: replace(one, opinion="示例改动"))

    def change(file: PackageFile) -> PackageFile:
        return other(file) if file.path.startswith("cosign/") else file

    assert _handed_in(visiting, monkeypatch, change) == ["damaged"]


def test_signature_in_somebody_elses_name_is_refused(visiting: Visiting, monkeypatch: pytest.MonkeyPatch) -> None:
    _cosigned(visiting)
    visiting.exchange(visiting.member, visiting.leader)
    (desk,) = visiting.world.record.enrol(1)
    signer = CertifiedKey(desk.certificate, desk.key)
    opinion = _opinion(visiting)

    def change(file: PackageFile) -> PackageFile:
        if not file.path.endswith(".p7s"):
            return file
        return _with(file, sign_detached(opinion, signer, signed_at=visiting.world.record.clock()))

    assert _handed_in(visiting, monkeypatch, change) == ["bad_signature"]


def test_signature_of_somebody_who_is_not_on_the_team_does_not_count(
    visiting: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cosigned(visiting)
    visiting.exchange(visiting.member, visiting.leader)
    (desk,) = visiting.world.record.enrol(1)
    signer, opinion = CertifiedKey(desk.certificate, desk.key), _opinion(visiting)
    mine = str(visiting.device(visiting.member)).lower()

    def change(file: PackageFile) -> PackageFile:
        if file.path == "hand-in.json":
            payload = canonical.decode(_bytes(file), HandInPayload)
            (signed,) = payload.cosignatures
            stranger = replace(signed, expert=ExpertCode(desk.expert), device=desk.device)
            return _with(file, canonical.encode(replace(payload, cosignatures=(stranger,))))
        if file.path.endswith(".p7s"):
            data = sign_detached(opinion, signer, signed_at=visiting.world.record.clock())
            path = file.path.replace(mine, desk.device.lower())
            return PackageFile.from_bytes(path, file.media, data=data, application=file.application)
        return file

    assert _handed_in(visiting, monkeypatch, change) == ["unassigned"]
    assert [str(one) for one in visiting.signed()] == ["package", "missing"]
    assert visiting.world.record.record.verification.verify().is_ok


def test_forged_signature_that_came_with_an_exchange_is_neither_shown_nor_sent(visiting: Visiting) -> None:
    _cosigned(visiting)
    bundle = visiting.member.desk.visits.merging.bundle(visiting.visit)
    forged = tuple(
        replace(entry, content=entry.content.replace(b'"p7s":"', b'"p7s":"AAAA'))
        if entry.kind == "cosignature"
        else entry
        for entry in bundle.entries
    )
    visiting.leader.desk.visits.merging.take(
        replace(bundle, entries=forged), sender=visiting.member.desk.visits.sheet(visiting.visit).me
    )
    sheet = visiting.leader.desk.visits.cosigning.sheet(visiting.visit)
    assert [str(line.signed) for line in sheet.lines] == ["package", "missing"]
    assert visiting.hand_in(visiting.leader, is_sealing=True).cosignatures == 0


def test_altered_rows_of_a_visit_are_found_by_verification(visiting: Visiting) -> None:
    _cosigned(visiting)
    assert visiting.take(visiting.hand_in(visiting.leader, is_sealing=True), visiting.hand_in(visiting.member))
    store = visiting.world.record.record._context.store
    with store.writing() as work:
        (row,) = work.visits.revisions().values()
        work._session.execute(_update(row.sha256, row.facts.replace("示例联合意见", "示例别的意见")))
        work.commit()
    found = visiting.world.record.record.verification.verify()
    assert [one.table for one in found.differences] == ["visit"]


def _update(sha256: Sha256, facts: str) -> Any:
    return update(VisitRevisionRow).where(VisitRevisionRow.sha256 == sha256).values(facts=facts)


def _opinion(visiting: Visiting) -> bytes:
    with visiting.leader.desk._store.reading() as work:
        frozen = Notebook(work, visiting.visit).find(FrozenOpinion, ONLY)
    assert frozen is not None
    return frozen.data
