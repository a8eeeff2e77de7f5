"""Documents for the window: never before the declaration, never beside the dossier."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.decoding.pieces import PIECE_BYTES
from app.domain.conflict import ConflictKind, DeclarationIncompleteError, Declared
from app.domain.ids import Sha256
from app.domain.task import TaskState
from app.services.desk_declaring import DeclarationLine
from app.services.desk_errors import (
    AlreadySealedError,
    DeclaredForGoodError,
    DocumentUnknownError,
    DossierClosedError,
    DossierLockedError,
)
from app.storage.blobs import CHUNK_BYTES, BlobDamagedError, BlobMissingError
from app.storage.engine import writing
from tests.support.desks import DeskStory
from tests.support.secretariat import dossier
from tests.support.stranger_files import pdf, scanned_pdf

Stories = Callable[..., DeskStory]
_SECOND = "WHERE sha256 = :one AND number = 1"  # of three chunks


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    return stories("assigned", "2026-0001", "2026-0002")


def declare(story: DeskStory, place: int, declared: Declared, **more) -> None:
    story.desk.declaring.declare([DeclarationLine(story.dossiers[place].review, declared, **more)])


def test_before_the_declaration_there_is_the_face_sheet_and_nothing_else(story: DeskStory) -> None:
    assert story.desk.tasks.task(story.review).face.operator
    with pytest.raises(DossierLockedError):
        story.desk.viewing.documents(story.review)
    with pytest.raises(DossierLockedError):
        story.desk.viewing.open(story.review, story.dossiers[0].documents[0].sha256)


def test_a_declaration_opens_its_own_dossier_only(story: DeskStory) -> None:
    declare(story, 0, Declared.NONE)
    assert [view.is_here for view in story.desk.viewing.documents(story.review)] == [True, True]
    with pytest.raises(DossierLockedError):
        story.desk.viewing.documents(story.dossiers[1].review)


def test_a_page_is_drawn_by_the_child(stories: Stories) -> None:
    story = stories("enrolled")
    one = dossier("2026-0001", files=())
    data = pdf(["一页"])
    from tests.support.secretariat import Dossier, document

    one = Dossier(one.review, one.face, (document(data),))
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, [one]))
    story.dossiers = (one,)
    declare(story, 0, Declared.NONE)
    with story.desk.viewing.opener(one.review)(one.documents[0].sha256) as opened:
        pixels = opened.render(1, width=200)
        assert (pixels.width, len(pixels.data) >= pixels.width * pixels.height * 4) == (200, True)


@pytest.fixture
def scanned(stories: Stories) -> DeskStory:
    """A desk with one dossier of two large documents, declared free of conflicts."""
    story = stories("enrolled")
    story.dossiers = (dossier("2026-0001", files=[scanned_pdf(5), scanned_pdf(6)]),)
    files = story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers)
    story.desk.importing.import_files(files)
    declare(story, 0, Declared.NONE)
    return story


def change(story: DeskStory, statement: str) -> None:
    with writing(story.desk._store.engine).begin() as connection:
        first, second = (document.sha256 for document in story.dossiers[0].documents)
        connection.execute(text(statement), {"one": first, "other": second})


def test_the_pages_of_a_large_document_are_those_of_its_bytes(scanned: DeskStory) -> None:
    viewing, (_document, data) = scanned.desk.viewing, scanned.dossiers[0].files[0]
    sha256 = scanned.dossiers[0].documents[0].sha256
    with viewing.open(scanned.review, sha256) as shown, viewing.open_paper(data, Sha256("paper")) as paper:
        for page in range(1, 6):
            assert shown.render(page, width=100) == paper.render(page, width=100)


@pytest.mark.parametrize(
    "damage",
    [
        f"UPDATE blob_chunk SET data = CAST(X'00' || substr(data, 2) AS BLOB) {_SECOND}",
        # Genuine bytes of this desk in the wrong place, as an old page put back would bring them.
        f"UPDATE blob_chunk SET data = (SELECT data FROM blob_chunk WHERE sha256 = :one AND number = 0) {_SECOND}",
        f"UPDATE blob_chunk SET data = (SELECT data FROM blob_chunk WHERE sha256 = :other AND number = 1) {_SECOND}",
        f"UPDATE blob_chunk SET data = CAST(data || X'00' AS BLOB) {_SECOND}",
    ],
)
def test_pages_of_changed_bytes_are_refused_in_words_and_never_shown(scanned: DeskStory, damage: str) -> None:
    change(scanned, damage)
    document = scanned.desk.viewing.open(scanned.review, scanned.dossiers[0].documents[0].sha256)
    assert document.render(1, width=100).width == 100  # made of bytes that are as they were sent
    for _time in range(2):
        with pytest.raises(BlobDamagedError):
            document.render(3, width=100)
    with scanned.desk.viewing.open(scanned.review, scanned.dossiers[0].documents[1].sha256) as other:
        assert other.render(3, width=100).width == 100


def test_a_document_kept_without_hashes_of_its_chunks_is_checked_as_a_whole(scanned: DeskStory) -> None:
    sha256 = scanned.dossiers[0].documents[0].sha256
    change(scanned, "DELETE FROM blob_digest WHERE sha256 = :one AND number = 1")
    with scanned.desk.viewing.open(scanned.review, sha256) as document:
        assert document.render(3, width=100).width == 100
    change(scanned, "UPDATE blob_chunk SET data = CAST(data || X'00' AS BLOB) WHERE sha256 = :one AND number = 1")
    with pytest.raises(BlobDamagedError):
        scanned.desk.viewing.open(scanned.review, sha256)


def test_a_dossier_that_is_closed_gives_no_further_page(scanned: DeskStory) -> None:
    document = scanned.desk.viewing.open(scanned.review, scanned.dossiers[0].documents[0].sha256)
    document.render(1, width=100)
    declare(scanned, 0, Declared.CONFLICT, kind=ConflictKind.KINSHIP, note="亲属")
    with pytest.raises(DossierClosedError):
        document.render(3, width=100)
    with scanned.desk._store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM blob_digest")).scalar_one() == 0


def test_the_pieces_of_the_child_are_the_chunks_of_the_store() -> None:
    assert PIECE_BYTES == CHUNK_BYTES


def test_a_document_of_another_dossier_is_refused(story: DeskStory) -> None:
    declare(story, 0, Declared.NONE)
    for foreign in (story.dossiers[1].documents[0].sha256, Sha256("0" * 64)):
        with pytest.raises(DocumentUnknownError):
            story.desk.viewing.open(story.review, foreign)


def test_a_conflict_deletes_the_files_for_good(story: DeskStory) -> None:
    declare(story, 0, Declared.CONFLICT, kind=ConflictKind.EMPLOYMENT, note="曾任职")
    task = story.desk.tasks.task(story.review)
    assert (task.state, task.documents_here) == (TaskState.RECUSED, 0)
    with pytest.raises(DossierClosedError):
        story.desk.viewing.documents(story.review)
    with pytest.raises(DeclaredForGoodError):
        declare(story, 0, Declared.NONE)
    assert story.desk.tasks.task(story.dossiers[1].review).documents_here == 2


def test_an_abstention_needs_a_note_and_closes(story: DeskStory) -> None:
    with pytest.raises(DeclarationIncompleteError):
        declare(story, 0, Declared.ABSTAIN)
    declare(story, 0, Declared.ABSTAIN, note="时间冲突")
    assert story.desk.tasks.task(story.review).state is TaskState.ABSTAINED


def test_a_conflict_found_later_closes_what_was_begun(story: DeskStory) -> None:
    declare(story, 0, Declared.NONE)
    story.score(story.review)
    declare(story, 0, Declared.CONFLICT, kind=ConflictKind.KINSHIP, note="亲属")
    assert story.desk.tasks.task(story.review).state is TaskState.RECUSED


def test_all_lines_are_declared_or_none(story: DeskStory) -> None:
    lines = [
        DeclarationLine(story.dossiers[0].review, Declared.NONE),
        DeclarationLine(story.dossiers[1].review, Declared.CONFLICT, ConflictKind.OTHER, ""),
    ]
    with pytest.raises(DeclarationIncompleteError):
        story.desk.declaring.declare(lines)
    assert {task.state for task in story.desk.tasks.tasks()} == {TaskState.UNDECLARED}


def test_a_conflict_after_signing_is_a_matter_for_the_secretariat(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    with pytest.raises(AlreadySealedError):
        declare(story, 0, Declared.CONFLICT, kind=ConflictKind.KINSHIP, note="亲属")


def test_a_document_shared_by_two_dossiers_stays_for_the_open_one(stories: Stories) -> None:
    from dataclasses import replace

    story = stories("enrolled")
    first, second = dossier("2026-0001"), dossier("2026-0002")
    second = replace(second, files=(first.files[0], second.files[1]))
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, [first, second]))
    story.dossiers = (first, second)
    declare(story, 0, Declared.CONFLICT, kind=ConflictKind.OTHER, note="其他")
    assert story.desk.tasks.task(second.review).documents_here == 2


def test_a_document_whose_part_is_missing_is_named(stories: Stories) -> None:
    story = stories("enrolled")
    dossiers = [dossier("2026-0001"), dossier("2026-0002")]
    files = story.secretariat.assignment(story.folder / "out", story.reader, dossiers, parts=2)
    story.desk.importing.import_files(files[:1])
    story.dossiers = tuple(dossiers)
    declare(story, 1, Declared.NONE)
    with pytest.raises(BlobMissingError):
        story.desk.viewing.open(dossiers[1].review, dossiers[1].documents[0].sha256)
