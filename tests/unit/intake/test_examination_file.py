"""The form of examination from its file."""

import pytest

from app.intake.examination_file import FormFileError, default_examination, read_examination


def test_the_default_form_asks_the_five_questions_and_says_that_it_is_not_official() -> None:
    form = default_examination()
    asked = [question.id for question in form.questions]
    assert asked == ["eligibility", "offering", "standard", "evidence", "representative"]
    assert not form.is_official


def test_an_entry_nobody_knows_is_refused_with_its_place() -> None:
    text = "examination: {id: a, version: 1, status: official, questions: [{id: q, text: 问题, wieght: 3}]}"
    with pytest.raises(FormFileError) as refused:
        read_examination(text.encode())
    assert "wieght" in refused.value.sentence()


def test_an_official_form_says_so() -> None:
    text = "examination: {id: a, version: 1, status: official, questions: [{id: q, text: 问题}]}"
    assert read_examination(text.encode()).is_official
