"""What a corrected dossier touches, without files or stores."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import Document, MediaType
from app.domain.draft import Draft, Entry
from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, Sha256
from app.domain.review import Answer, Citation, OpinionPart, Verdict, VetoFinding
from app.domain.touched import ChangeKind, Correction, Part, document_changes, settled, touched

NUMBERS = st.integers(0, 9)


def made(number: int, name: str = "", pages: int | None = 3) -> Document:
    return Document(Sha256(f"{number:064x}"), 10, MediaType.PDF, name or f"{number}.pdf", pages)


def at(number: int, page: int | None = None) -> Anchor:
    return Anchor(made(number).sha256, page=page)


def test_the_same_name_is_the_successor_wherever_it_stands() -> None:
    changes = document_changes([made(1, "a"), made(2, "b")], [made(3, "b"), made(1, "a")])
    assert [(change.kind, change.old, change.new) for change in changes] == [
        (ChangeKind.REPLACED, made(2, "b"), made(3, "b"))
    ]


def test_without_a_name_in_common_the_same_place_counts() -> None:
    [change] = document_changes([made(1), made(2)], [made(1), made(3)])
    assert (change.kind, change.new) == (ChangeKind.REPLACED, made(3))


def test_a_document_that_only_moved_has_not_changed() -> None:
    assert document_changes([made(1), made(2)], [made(2), made(1)]) == ()


@given(st.lists(NUMBERS, unique=True), st.lists(NUMBERS, unique=True))
def test_every_document_that_came_or_went_is_named_exactly_once(before: list[int], after: list[int]) -> None:
    changes = document_changes([made(n) for n in before], [made(n) for n in after])
    gone = [change.old for change in changes if change.old]
    new = [change.new for change in changes if change.new]
    assert sorted(each.sha256 for each in gone) == sorted(made(n).sha256 for n in {*before} - {*after})
    assert sorted(each.sha256 for each in new) == sorted(made(n).sha256 for n in {*after} - {*before})


def everything() -> Draft:
    """One of each thing that can refer to document 1."""
    return Draft(
        entries=(Entry(IndicatorId("a"), reason="r", evidence=(at(1, 2), at(2))),),
        vetoes=(VetoFinding("V1", "fact", (at(1),)),),
        citations=(Citation(OpinionPart.TEXT, "句子", (at(1, 9),)), Citation(OpinionPart.TEXT, "另句", (at(2),))),
        answers=(Answer("Q1", Verdict.YES, "", (at(1),)),),
    )


def test_scores_sentences_vetoes_and_answers_are_touched_and_nothing_else() -> None:
    items = touched(everything(), {made(2).sha256})
    assert [item.part for item in items] == [Part.SCORE, Part.CITATION, Part.VETO, Part.ANSWER]
    assert items[0].gone == (at(1, 2),)
    assert touched(everything(), {made(1).sha256, made(2).sha256}) == ()


def test_references_follow_to_the_same_page_if_the_new_document_has_it() -> None:
    correction = Correction(None, document_changes([made(1), made(2)], [made(5), made(2)]))
    items = touched(everything(), {made(5).sha256, made(2).sha256})
    draft = settled(everything(), items, correction, follows=True)
    assert draft.entries[0].evidence == (at(5, 2), at(2))
    assert draft.citations[0].evidence == (at(5),)
    assert touched(draft, {made(5).sha256, made(2).sha256}) == ()


def test_what_is_dropped_takes_an_empty_citation_along_and_leaves_texts_and_scores() -> None:
    correction = Correction(None, document_changes([made(1), made(2)], [made(2)]))
    draft = settled(everything(), touched(everything(), {made(2).sha256}), correction, follows=True)
    assert draft.entries[0].evidence == (at(2),)
    assert draft.entries[0].reason == "r"
    assert [each.sentence for each in draft.citations] == ["另句"]
    assert draft.vetoes[0].fact == "fact"
