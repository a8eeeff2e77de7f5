"""Where I was, what I read, what I noted: kept at the desk, and nowhere else."""

from collections.abc import Callable

import pytest

from app.domain.evidence import Anchor
from app.domain.ids import Sha256
from app.services.desk_errors import DocumentUnknownError, DossierLockedError
from app.services.desk_reading import LONGEST_NOTE, NoteTooLongError, ReadingPlace
from tests.support.desks import DeskStory

Stories = Callable[..., DeskStory]
NOTE = "私人备注：此处数据可疑 private-note-canary"
WORDS = "被标出的原文 marked-words-canary"


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    return stories("complete", "2026-0001")


def document(story: DeskStory, number: int = 0) -> Sha256:
    return story.dossiers[0].documents[number].sha256


def test_the_last_place_is_remembered_across_openings(story: DeskStory) -> None:
    assert story.desk.reading.reading(story.review).place is None
    for page in (1, 2, 2, 7):
        story.desk.reading.keep(story.review, ReadingPlace(document(story), page, "width:1.0"))
    story.reopen()
    reading = story.desk.reading.reading(story.review)
    assert reading.place == ReadingPlace(document(story), 7, "width:1.0")
    assert reading.pages == {document(story): 3}


def test_a_document_of_another_dossier_is_refused(story: DeskStory) -> None:
    with pytest.raises(DocumentUnknownError):
        story.desk.reading.keep(story.review, ReadingPlace(Sha256("0" * 64)))
    with pytest.raises(DocumentUnknownError):
        story.desk.reading.add_mark(story.review, Anchor(Sha256("0" * 64), page=1))


def test_a_locked_dossier_has_no_marks(stories: Stories) -> None:
    story = stories("assigned", "2026-0001")
    with pytest.raises(DossierLockedError):
        story.desk.reading.marks(story.review)
    with pytest.raises(DossierLockedError):
        story.desk.reading.add_mark(story.review, Anchor(document(story), page=1))


def test_a_mark_is_kept_changed_deleted_and_put_back(story: DeskStory) -> None:
    reading = story.desk.reading
    anchor = Anchor(document(story), page=2, box=(1, 2, 3, 4), words=WORDS)
    mark = reading.add_mark(story.review, anchor)
    changed = reading.change_note(mark, f"  {NOTE} ")
    reading = story.reopen().reading
    assert reading.marks(story.review) == (changed,)
    assert (changed.anchor, changed.note) == (anchor, NOTE)
    reading.remove_mark(changed)
    assert reading.marks(story.review) == ()
    reading.put_back(changed)
    assert reading.marks(story.review) == (changed,)


def test_a_note_has_an_end(story: DeskStory) -> None:
    with pytest.raises(NoteTooLongError):
        story.desk.reading.add_mark(story.review, Anchor(document(story)), "字" * (LONGEST_NOTE + 1))


def test_a_package_handed_in_holds_neither_marks_nor_notes_nor_what_was_read(story: DeskStory) -> None:
    story.desk.reading.keep(story.review, ReadingPlace(document(story), 7, "width:1.0"))
    anchor = Anchor(document(story), page=2, box=(1, 2, 3, 4), words=WORDS)
    mark = story.desk.reading.add_mark(story.review, anchor, NOTE)
    verified = story.secretariat.read(story.seal())
    assert verified.contents
    for path, data in verified.contents.items():
        for secret in (NOTE, "private-note-canary", WORDS, "marked-words-canary", mark.mark, "width:1.0"):
            assert secret.encode() not in data, path
