"""Phrases of the expert's own, over a real desk."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.phrase import LONGEST_NAME, LONGEST_TEXT, Phrase, PhraseInvalidError, name_for
from app.services.desk_phrases import PhraseUnknownError
from tests.support.desks import DeskStory
from tests.unit.cli.test_desk_commands import youpin


@pytest.fixture
def story(stories: Callable[..., DeskStory]) -> DeskStory:
    return stories("created")


def test_phrases_are_there_after_the_desk_was_closed_and_stand_by_name(story: DeskStory) -> None:
    second = story.desk.phrases.add("乙", "检测能力完整。")
    first = story.desk.phrases.add(" 甲 ", "三年数据齐全。\n")
    story.reopen()
    assert story.desk.phrases.all() == tuple(
        sorted((Phrase(first.number, "甲", "三年数据齐全。"), second), key=lambda one: one.name)
    )


def test_renaming_and_rewriting_keep_the_number(story: DeskStory) -> None:
    kept = story.desk.phrases.add("甲", "旧")
    story.desk.phrases.change(kept.number, name="丙", text="新")
    assert story.desk.phrases.all() == (Phrase(kept.number, "丙", "新"),)


def test_what_was_deleted_can_be_put_back(story: DeskStory) -> None:
    kept = story.desk.phrases.add("甲", "三年数据齐全。")
    story.desk.phrases.put_back(story.desk.phrases.remove(kept.number))
    assert story.desk.phrases.all() == (kept,)
    story.desk.phrases.remove(kept.number)
    for act in (story.desk.phrases.remove, lambda number: story.desk.phrases.change(number, name="a", text="b")):
        with pytest.raises(PhraseUnknownError):
            act(kept.number)


@pytest.mark.parametrize(
    ("name", "text"), [("", "文"), ("名", " \n"), ("名" * (LONGEST_NAME + 1), "文"), ("名", "文" * (LONGEST_TEXT + 1))]
)
def test_a_phrase_without_name_or_text_is_refused(story: DeskStory, name: str, text: str) -> None:
    with pytest.raises(PhraseInvalidError):
        story.desk.phrases.add(name, text)


def test_characters_no_file_can_hold_are_dropped_and_markup_is_only_text(story: DeskStory) -> None:
    kept = story.desk.phrases.add("甲", "<b>完整</b>\0\ud800")
    assert kept.text == "<b>完整</b>"


@given(st.text(min_size=1, max_size=200))
def test_a_proposed_name_is_always_one_printable_line(text: str) -> None:
    name = name_for(text)
    assert not name or Phrase(0, name, "x").name == name


def test_phrases_are_in_a_backup(story: DeskStory) -> None:
    story.desk.phrases.add("甲", "三年数据齐全。")
    with story.desk._store.reading() as work:
        assert work.phrases.all()
    assert story.desk.backups.back_up().size > 0


def test_phrases_are_listed_added_changed_and_deleted_by_commands(story: DeskStory) -> None:
    story.close()
    added = youpin("desk", "phrases", story.path, "--add", "三年数据齐全，检测能力完整。", "--json").json
    (phrase,) = added["phrases"]
    number = str(phrase["number"])
    changed = youpin("desk", "phrases", story.path, "--change", number, "--name", "数据", "--json").json
    assert changed["phrases"] == [{"number": phrase["number"], "name": "数据", "text": "三年数据齐全，检测能力完整。"}]
    deleted = youpin("desk", "phrases", story.path, "--delete", number, "--json").json
    assert (deleted["phrases"], deleted["deleted"]["name"]) == ([], "数据")
    assert youpin("desk", "phrases", story.path, "--delete", number).status == 1
