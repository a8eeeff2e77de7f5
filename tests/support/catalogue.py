"""The words of the program, collected from the sources, and the two catalogues they live in.

``python -m tests.support.catalogue`` brings the catalogues up to date: new words arrive without a translation, words
nobody says any more leave, and English is filled in by itself, because English is what the sources say.
"""

import io
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parents[2]
LANGUAGES: Final = ("zh_CN", "en")
_METHODS: Final = [("**.py", "python")]
_HEADER: Final = """\
# Words of Youpin Review. `make words` keeps the list; the translations are written by hand.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def extracted() -> Catalog:
    """Every message of ``app`` and ``ui``, with the files it stands in."""
    catalogue = Catalog(charset="utf-8")
    for part in ("app", "ui"):
        found = extract_from_dir(ROOT / part, _METHODS, keywords=DEFAULT_KEYWORDS, comment_tags=("NOTE:",))
        for name, _line, message, comments, context in found:
            place = Path(part, name).as_posix()
            catalogue.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return catalogue


def path(language: str) -> Path:
    """Where the catalogue of *language* lies."""
    return ROOT / "resources" / "translations" / language / "LC_MESSAGES" / "youpin.po"


def existing(language: str) -> Catalog:
    """The catalogue of *language* as it is in the repository; empty before the first time."""
    if not path(language).exists():
        return Catalog(locale=language)
    with path(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, wanted: Catalog) -> Catalog:
    """The messages of *wanted* with the translations that exist."""
    known = existing(language)
    catalogue = Catalog(locale=language, charset="utf-8")
    for message in wanted:
        if not message.id:
            continue
        old = known.get(message.id, message.context)
        catalogue.add(
            message.id,
            string=_as_in_the_source(message) if language == "en" else old.string if old else "",
            locations=sorted(set(message.locations)),
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return catalogue


def text_of(catalogue: Catalog) -> bytes:
    """The file for *catalogue*: sorted, so that two branches merge without quarrel, and without dates."""
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalogue,
        width=120,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    header = _HEADER.format(language=catalogue.locale_identifier, plural_forms=catalogue.plural_forms)
    return header.encode() + buffer.getvalue()


def _as_in_the_source(message: Message) -> str | tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else message.id


def main() -> None:
    """Rewrite both catalogues."""
    wanted = extracted()
    for language in LANGUAGES:
        catalogue = updated(language, wanted)
        path(language).parent.mkdir(parents=True, exist_ok=True)
        path(language).write_bytes(text_of(catalogue))
        missing = sum(1 for message in catalogue if message.id and not all(_strings(message)))
        print(f"{language}: {len(catalogue)} messages, {missing} without a translation")


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


if __name__ == "__main__":
    main()
