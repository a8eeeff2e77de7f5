from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.conflict import ConflictKind, Declaration, DeclarationIncompleteError, Declared
from app.domain.ids import ApplicationCode

CODE = ApplicationCode("2026-0001")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_only_the_absence_of_a_relation_unlocks() -> None:
    assert Declaration(CODE, Declared.NONE, NOW).unlocks
    assert not Declaration(CODE, Declared.CONFLICT, NOW, ConflictKind.EMPLOYMENT, "曾任顾问").unlocks
    assert not Declaration(CODE, Declared.ABSTAIN, NOW, note="专业不符").unlocks


@pytest.mark.parametrize(
    ("declared", "kind", "note"),
    [
        (Declared.CONFLICT, None, "曾任顾问"),
        (Declared.CONFLICT, ConflictKind.KINSHIP, " "),
        (Declared.ABSTAIN, None, ""),
        (Declared.ABSTAIN, ConflictKind.OTHER, "专业不符"),
        (Declared.NONE, ConflictKind.OTHER, ""),
    ],
)
def test_a_declaration_without_its_kind_or_note_cannot_be_made(
    declared: Declared, kind: ConflictKind | None, note: str
) -> None:
    with pytest.raises(DeclarationIncompleteError) as caught:
        Declaration(CODE, declared, NOW, kind, note)
    assert CODE in caught.value.sentence()


@given(st.sampled_from(Declared), st.one_of(st.none(), st.sampled_from(ConflictKind)), st.text())
def test_a_declaration_that_can_be_made_is_whole(declared: Declared, kind: ConflictKind | None, note: str) -> None:
    try:
        made = Declaration(CODE, declared, NOW, kind, note)
    except DeclarationIncompleteError:
        return
    assert (made.kind is not None) == (made.declared is Declared.CONFLICT)
    assert made.unlocks or made.note.strip()
