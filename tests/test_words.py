"""Every word shown to people exists in Chinese and English, and nothing else is kept in the catalogues."""

import gettext
import io
import string

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from tests.support import catalogue as words
from tests.support.failures import failures

EXTRACTED = words.extracted()


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


@pytest.fixture(params=words.LANGUAGES, scope="module")
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return words.existing(request.param)


def test_the_sources_have_words() -> None:
    assert len(_messages(EXTRACTED)) > 50


def test_every_word_is_in_the_catalogue(catalogue: Catalog) -> None:
    assert [message.id for message in _messages(EXTRACTED) if message.id not in catalogue] == []


def test_every_word_has_its_translation(catalogue: Catalog) -> None:
    assert [message.id for message in _messages(catalogue) if message.fuzzy or not all(_forms(message))] == []


def test_no_catalogue_keeps_words_that_nobody_says(catalogue: Catalog) -> None:
    assert [message.id for message in _messages(catalogue) if message.id not in EXTRACTED] == []


def test_translations_fill_in_the_same_facts(catalogue: Catalog) -> None:
    """The last form is the general one; a form for exactly one thing may leave its number out."""
    wrong = []
    for message in _messages(catalogue):
        facts = set().union(*map(_places, _ids(message)))
        *special, general = map(_places, _forms(message))
        if all(_forms(message)) and (general != facts or any(not form <= facts for form in special)):
            wrong.append(message.id)
    assert wrong == []


def test_placeholders_have_names() -> None:
    nameless = [message.id for message in _messages(EXTRACTED) for text in _ids(message) if "" in _places(text)]
    assert nameless == []


def test_english_says_what_the_sources_say() -> None:
    assert [message.id for message in _messages(words.existing("en")) if _forms(message) != _ids(message)] == []


def test_every_failure_is_told_in_whole_sentences() -> None:
    chinese = words.existing("zh_CN")
    wrong = []
    for error in failures():
        if error.__module__.startswith("ui.widgets."):  # a hint of a few words beside a field, not a sentence
            continue
        entry = chinese.get(error.message)
        if not error.message.endswith(".") or not (entry and str(entry.string).endswith("。")):
            wrong.append(f"{error.__qualname__}: {error.message} {entry.string if entry else ''}")
    assert not wrong, "\n".join(wrong)


def test_the_catalogue_compiles_to_something_gettext_reads(catalogue: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    assert gettext.GNUTranslations(compiled).gettext("That did not work.")
